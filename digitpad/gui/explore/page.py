"""``Page``, and what pages are built of: a title, two sentences, a picture, controls, a formula and a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.explore.book_code import CODE
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.exercise import Exercise
from digitpad.explore.guesses import GUESSES
from digitpad.explore.guessing import Station
from digitpad.explore.task import Task
from digitpad.gui.explore.chosen_network import ChosenNetwork
from digitpad.gui.explore.code_fold import CodeFold
from digitpad.gui.explore.exercise_card import ExerciseCard
from digitpad.gui.explore.guess_card import GuessCard
from digitpad.gui.explore.views import View, Views
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.progress import Progress
from digitpad.gui.services.session import Session
from digitpad.gui.services.ways import Destination, ToBook, ToExercise, ToPage
from digitpad.gui.widgets.formula import Formula
from digitpad.gui.widgets.kept_current import KeptCurrent
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.links import Link, Links
from digitpad.gui.widgets.scrolling import fit_around, scroll_to
from digitpad.gui.widgets.theme import GAP, LARGE, font, grow

_SIDE = 270, 340  # pixels: the least and the most that the column of controls takes


@dataclass(frozen=True)
class Shared:
    """What pages know of the rest of the program: the network, the drawing and the runs of training, and the digits.

    ``progress`` says what was done on which page; ``guesses`` whether one guesses first; ``chosen`` which network those
    pages look at that need one, chapter 1's own or that in use.
    """

    session: Session
    digits: DigitSets
    progress: Progress
    guesses: Guesses
    chosen: ChosenNetwork


class Page(KeptCurrent):
    """One idea of the chapter to play with.

    A page gives its ``IDEA``, ``TEXT`` (two sentences), ``TASK``, ``MORE_TASKS`` (those of views that have another),
    ``WAYS`` (to other parts of the program) and ``EXERCISES``. It fills ``picture`` (a layout that takes all room there
    is) and ``controls`` (a column), or has ``views`` that do. It writes into ``formula``, calls ``_done`` when a task
    is, shows in ``_try`` what is guessed at its station, and does what takes time in ``_update``, which runs only while
    the page is shown, and what can be done of it before in ``prepare``.
    """

    IDEA: ClassVar[Idea]
    TEXT = ""
    TASK: ClassVar[Task]
    MORE_TASKS: tuple[Task, ...] = ()
    WAYS: tuple[Link, ...] = ()
    EXERCISES: tuple[Exercise, ...] = ()

    def __init__(self, shared: Shared, *views: View) -> None:
        """Lay the page out, with picture and controls still empty but for the ``views``."""
        super().__init__()
        self.setObjectName("page")
        self.shared = shared
        self._station = Station.of(self.IDEA)
        self.guess = GuessCard(GUESSES[self._station]) if self._station in GUESSES else None
        self.cards = [ExerciseCard(exercise) for exercise in self._exercises()]
        self.code = CodeFold(self.IDEA, self._sizes_in_code) if self.IDEA in CODE else None
        self._lay_out()
        self.views = Views(self, self.picture, self.controls, *views)
        for view in views:
            view.changed.connect(self.update_soon)
            view.solved.connect(self._done)
        self.views.idClicked.connect(self._turn_to_view)
        if self.guess:
            self._ask(self.guess)
        for card in self.cards:
            key = card.attempt.exercise.key
            if shared.progress.is_solved(key):
                card.mark_solved()
            card.solved.connect(partial(shared.progress.note_solved, self.IDEA))
            card.wanted.connect(self._go)
        shared.progress.changed.connect(self._show_progress)
        self._show_task()

    def _lay_out(self) -> None:
        """Put head, picture, side and foot in their places."""
        self.picture = QVBoxLayout()
        self.picture.setSpacing(GAP)
        body = QHBoxLayout()
        body.setSpacing(GAP * 3)
        body.addLayout(self.picture, 1)
        body.addWidget(self._made_side(), 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 2, 0, GAP * 3, GAP * 2)
        rows.setSpacing(GAP)
        for widget in (*self._made_head(), *([self.guess] if self.guess else [])):
            rows.addWidget(widget)
        rows.addSpacing(GAP)
        rows.addLayout(body, 1)
        for widget in (*self.cards, *([self.code] if self.code else [])):
            rows.addWidget(widget)

    def _made_head(self) -> tuple[QWidget, ...]:
        """Make the title, the two sentences, and the ways to the book and to the foot of the page."""
        title, text = QLabel(self.IDEA.title), QLabel(self.TEXT)
        title.setFont(font(LARGE, strong=True))
        text.setWordWrap(True)
        text.setProperty("quiet", True)
        section = self.IDEA.section
        self.top = Links(
            "The book and exercises",
            [
                (f"The book: {section.value}", ToBook(section.address)),
                *((f"Exercise: {exercise.title}", ToExercise(exercise.key)) for exercise in self.EXERCISES),
            ],
        )
        self.top.wanted.connect(self._go)
        return title, text, self.top

    def _made_side(self) -> QWidget:
        """Make the column beside the picture: controls, formula and task."""
        self.controls = QVBoxLayout()
        self.controls.setSpacing(GAP)
        self.formula = Formula()
        self.task = QLabel()
        self.task.setWordWrap(True)
        self.task.setObjectName("task")
        self.links = Links("Ways from here")
        self.links.wanted.connect(self._go)
        column = QWidget()
        grow(column, minimumWidth=_SIDE[0], maximumWidth=_SIDE[1])
        side = column_in(column, GAP * 2)
        side.addLayout(self.controls)
        below = _line()
        for widget in (_line(), self.formula, below, self.task, self.links):
            side.addWidget(widget)
        for widget in (self.formula, below):  # without a formula one line is enough
            widget.hide()
            self.formula.filled.connect(widget.setVisible)
        side.addStretch()
        return column

    def _ask(self, card: GuessCard) -> None:
        card.try_wanted.connect(self._try)
        card.guessed.connect(self._note_guess)
        self.shared.guesses.changed.connect(self._show_guesses)
        self._show_guesses()

    def _show_guesses(self) -> None:
        if self.guess:
            self.guess.setVisible(self.shared.guesses.wanted)
            self.guess.show_score(self.shared.guesses.score.words)
            fit_around(self.guess)

    def _note_guess(self, came_true: bool) -> None:
        if self._station:
            self.shared.guesses.note(self._station, came_true)

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

    def prepare(self) -> None:
        """Do ahead what would take long when the page is shown."""

    def _update(self) -> None:
        """Show the present state in picture and formula: that of the view on show."""
        if view := self.views.current:
            self.formula.show_lines(*view.show())

    # Tasks

    @classmethod
    def tasks(cls) -> tuple[Task, ...]:
        """Return all that is to be brought about on such a page."""
        return cls.TASK, *cls.MORE_TASKS

    @property
    def done(self) -> bool:
        """Whether all its tasks are done."""
        return all(map(self.is_done, self.tasks()))

    def is_done(self, task: Task) -> bool:
        """Return whether this one of its tasks is done."""
        return self.shared.progress.is_done(self.IDEA, task)

    def _done(self, task: Task | None = None) -> None:
        """Note that ``task`` is done, or without one that of the page."""
        self.shared.progress.note_done(self.IDEA, task or self.TASK)

    def _show_progress(self, idea: Idea) -> None:
        if idea is self.IDEA:
            self._show_task()

    def _show_task(self) -> None:
        """Show the task of the view that is open, why it is so once it is done, and what is next."""
        view = self.views.current
        task = (view and view.TASK) or self.TASK
        is_done = self.is_done(task)
        why = f" {task.why}" if is_done and task.why else ""
        self.task.setText(f"{'<b>✓ Done:</b>' if is_done else '<b>Task:</b>'} {task.text}{why}")
        self.task.setProperty("done", is_done)
        self.task.style().polish(self.task)
        self.links.show_links([*(self._next() if is_done else []), *self.WAYS])

    def _next(self) -> Sequence[Link]:
        """Return the way to what is next: a view whose task is not done yet, or the page after this one."""
        for view in self.views.all:
            if view.TASK and not self.is_done(view.TASK):
                return [(f"Next: {view.NAME}", ToPage(self.IDEA, view.NAME))]
        later = list(Idea)[list(Idea).index(self.IDEA) + 1 :]
        return [(f"Next: {idea.title}", ToPage(idea)) for idea in later if idea in self.shared.progress.pages][:1]

    # Going about

    def show_view(self, name: str) -> None:
        """Show the view of this name, of a page that has several."""
        self.views.show_named(name)

    def _turn_to_view(self) -> None:
        self._show_task()
        self.update_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the views rest while nobody looks."""
        super().hideEvent(event)
        for view in self.views.all:
            view.pause()

    def _go(self, destination: Destination) -> None:
        if isinstance(destination, ToExercise):
            card = next(card for card in self.cards if card.attempt.exercise.key == destination.key)
            card.set_open(True)
            QTimer.singleShot(0, card, lambda: scroll_to(card))  # when it has its height
        else:
            self.shared.session.ways.go(destination)


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
