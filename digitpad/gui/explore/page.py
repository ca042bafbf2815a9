"""``Page``, and what pages are built of: a title, two sentences, a picture, controls, a formula and a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from digitpad.explore.book_code import CODE
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.exercise import Exercise
from digitpad.explore.guesses import GUESSES
from digitpad.explore.guessing import Station
from digitpad.gui.explore.chosen_network import ChosenNetwork
from digitpad.gui.explore.code_fold import CodeFold
from digitpad.gui.explore.exercise_card import ExerciseCard
from digitpad.gui.explore.guess_card import GuessCard
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.ways import Destination, ToBook, ToExercise, ToPage
from digitpad.gui.widgets.formula import Formula
from digitpad.gui.widgets.kept_current import KeptCurrent
from digitpad.gui.widgets.links import Link, Links
from digitpad.gui.widgets.scrolling import scroll_to
from digitpad.gui.widgets.theme import GAP, LARGE, font, grow

_SIDE = 270, 340  # pixels: the least and the most that the column of controls takes


@dataclass(frozen=True)
class Shared:
    """What pages know of the rest of the program: the network, the drawing and the runs of training, and the digits.

    ``preferences`` say which pages were opened, which tasks were done, and which exercises solved; ``guesses`` whether
    one guesses first; ``chosen`` which network those pages look at that need one, chapter 1's own or that in use.
    ``exercises`` are the keys of the exercises there are, by the idea of their page.
    """

    session: Session
    digits: DigitSets
    preferences: Preferences
    guesses: Guesses
    chosen: ChosenNetwork
    exercises: Mapping[Idea, tuple[str, ...]] = field(default_factory=dict)


class Page(KeptCurrent):
    """One idea of the chapter to play with.

    A page gives its ``IDEA``, ``TEXT`` (two sentences), ``TASK`` (what to bring about), ``DONE`` (why that is so, for
    whom it has done), ``WAYS`` (to other parts of the program) and ``EXERCISES``. It fills ``picture`` (a layout that
    takes all room there is) and ``controls`` (a column), writes into ``formula``, calls ``_done`` when the task is,
    shows in ``_try`` what is guessed at its station, and does what takes time in ``_update``, which runs only while the
    page is shown.

    Signals: ``task_done()``, once; ``exercise_solved(key)``.
    """

    IDEA: ClassVar[Idea]
    TEXT = ""
    TASK = ""
    DONE = ""
    WAYS: tuple[Link, ...] = ()
    EXERCISES: tuple[Exercise, ...] = ()

    task_done = Signal()
    exercise_solved = Signal(str)

    def __init__(self, shared: Shared) -> None:
        """Lay the page out, with picture and controls still empty."""
        super().__init__()
        self.setObjectName("page")
        self.shared = shared
        self.done = False
        title, text = QLabel(self.IDEA.title), QLabel(self.TEXT)
        title.setFont(font(LARGE, strong=True))
        text.setWordWrap(True)
        text.setProperty("quiet", True)
        self.formula = Formula()
        self.task = QLabel()
        self.task.setWordWrap(True)
        self.task.setObjectName("task")
        section = self.IDEA.section
        self.top = Links(
            "The book and exercises",
            [
                (f"The book: {section.value}", ToBook(section.address)),
                *((f"Exercise: {exercise.title}", ToExercise(exercise.key)) for exercise in self.EXERCISES),
            ],
        )
        self.links = Links("Ways from here")
        for links in (self.top, self.links):
            links.wanted.connect(self._go)
        self.cards = [ExerciseCard(exercise) for exercise in self._exercises()]
        self._station = Station.of(self.IDEA)
        self.guess = GuessCard(GUESSES[self._station]) if self._station in GUESSES else None
        self.picture, self.controls = QVBoxLayout(), QVBoxLayout()
        for layout in (self.picture, self.controls):
            layout.setSpacing(GAP)
        side = QVBoxLayout()
        side.setSpacing(GAP * 2)
        side.addLayout(self.controls)
        side.addWidget(_line())
        below = _line()
        for part in (self.formula, below):  # without a formula one line is enough
            side.addWidget(part)
            part.hide()
            self.formula.filled.connect(part.setVisible)
        side.addWidget(self.task)
        side.addWidget(self.links)
        side.addStretch()
        column = QWidget()
        column.setLayout(side)
        grow(column, minimumWidth=_SIDE[0], maximumWidth=_SIDE[1])
        side.setContentsMargins(0, 0, 0, 0)
        body = QHBoxLayout()
        body.setSpacing(GAP * 3)
        body.addLayout(self.picture, 1)
        body.addWidget(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 2, 0, GAP * 3, GAP * 2)
        rows.setSpacing(GAP)
        rows.addWidget(title)
        rows.addWidget(text)
        rows.addWidget(self.top)
        if self.guess:
            rows.addWidget(self.guess)
            self._ask(self.guess)
        rows.addSpacing(GAP)
        rows.addLayout(body, 1)
        for card in self.cards:
            rows.addWidget(card)
            card.solved.connect(self.exercise_solved)
            card.wanted.connect(self._go)
        self.code = CodeFold(self.IDEA, self._sizes_in_code) if self.IDEA in CODE else None
        if self.code:
            rows.addWidget(self.code)
        self._show_task()

    def _ask(self, card: GuessCard) -> None:
        guesses, station = self.shared.guesses, self._station

        def show() -> None:
            card.setVisible(guesses.wanted)
            card.show_score(guesses.score.words)

        def note(came_true: bool) -> None:
            if station:
                guesses.note(station, came_true)

        card.try_wanted.connect(self._try)
        card.guessed.connect(note)
        guesses.changed.connect(show)
        show()

    def _exercises(self) -> tuple[Exercise, ...]:
        """Return ``EXERCISES``, of a page whose checks look at what the person did with those that do."""
        return self.EXERCISES

    def _try(self) -> None:
        """Have happen on the page what is guessed, where it can be seen there."""

    def _sizes_in_code(self) -> Sequence[int]:
        """Return the layers of the network whose shapes stand under the book's code."""
        return self.shared.chosen.network.sizes

    def update_soon(self) -> None:
        """Bring it up to date, with the shapes under the book's code."""
        super().update_soon()
        if self.code:
            self.code.refresh()

    def _update(self) -> None:
        """Show the present state in picture and formula."""
        raise NotImplementedError

    def _done(self) -> None:
        """Note that the task is done."""
        if not self.done:
            self.mark_done()
            self.task_done.emit()

    def mark_done(self) -> None:
        """Show the task as done, as it was when the program was last used."""
        self.done = True
        self._show_task()

    def show_view(self, name: str) -> None:
        """Show the view of this name, of a page that has several."""

    def _go(self, destination: Destination) -> None:
        if isinstance(destination, ToExercise):
            card = next(card for card in self.cards if card.attempt.exercise.key == destination.key)
            card.set_open(True)
            QTimer.singleShot(0, card, lambda: scroll_to(card))  # when it has its height
        else:
            self.shared.session.ways.go(destination)

    def _task_in_view(self) -> tuple[bool, str, str]:
        """Return whether the task on show is done, the task, and why it is so: a page's views may have a task each."""
        return self.done, self.TASK, self.DONE

    def _show_task(self) -> None:
        is_done, task, why = self._task_in_view()
        done = f" {why}" if is_done and why else ""
        self.task.setText(f"{'<b>✓ Done:</b>' if is_done else '<b>Task:</b>'} {task}{done}")
        self.task.setProperty("done", is_done)
        self.task.style().polish(self.task)
        later = list(Idea)[list(Idea).index(self.IDEA) + 1 :] if self.done else []
        after = [idea for idea in later if idea in self.shared.exercises][:1]  # those that have a page
        self.links.show_links([*((f"Next: {idea.title}", ToPage(idea)) for idea in after), *self.WAYS])


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
