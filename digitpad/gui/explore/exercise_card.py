"""``ExerciseCard``: an exercise of the chapter that unfolds; answers are checked, the way to them is shown by steps."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from digitpad.explore.exercises.exercise import Attempt, Choose, Exercise
from digitpad.gui.explore.options import Options, unbroken, words
from digitpad.gui.services.ways import ToBook
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.fold import Fold
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.theme import GAP, grow
from digitpad.train.typed import number

_LINE_PX = 720  # the longest lines of text, which would be hard to read if they went across a wide page


class ExerciseCard(Fold):
    """Shows an exercise folded, its title alone; it stays as it is left for as long as the page is there.

    Signals: ``solved(key)`` when all answers are right; ``wanted(Destination)``.
    """

    solved = Signal(str)
    wanted = Signal(object)

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nothing answered."""
        content, whole = QWidget(), QWidget()
        side = row_of(content, parent=whole)  # by itself its height would be that of lines as long as the page is wide
        side.setStretch(0, 1)
        side.addStretch()
        super().__init__(f"exercise_{exercise.key}", f"Exercise: {exercise.title}", whole)
        self.attempt = Attempt(exercise)
        grow(content, maximumWidth=_LINE_PX)
        column = QVBoxLayout(content)
        column.setContentsMargins(GAP * 2, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(words(exercise.question))
        self.answers = [
            _Options(answer) if isinstance(answer, Choose) else _Value(answer.prompt) for answer in exercise.answers
        ]
        for answer in self.answers:
            column.addWidget(answer)
        self.check = tool_button("check", "Check", "Check the answers")
        self.step = tool_button("next_step", "", "Show one step more of the way to the answer")
        links = Links("Where this exercise is", (("In the book", ToBook(exercise.address)),))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.check, self.step):
            buttons.addWidget(button)
        buttons.addWidget(links, 1)
        column.addLayout(buttons)
        self.steps = words("")
        self.steps.hide()
        column.addWidget(self.steps)
        self.check.clicked.connect(self._check)
        self.step.clicked.connect(self._show_step)
        for answer in self.answers:
            answer.entered.connect(self._check)
        links.wanted.connect(self.wanted)
        self._show_steps()

    def mark_solved(self) -> None:
        """Show that it is solved, as it was when the program was last used."""
        self.set_summary("✓ solved")

    def _check(self) -> None:
        was_solved = self.attempt.solved
        for i, answer in enumerate(self.answers):
            answer.answer(self.attempt, i)
        if self.attempt.solved and not was_solved:
            self.mark_solved()
            self.solved.emit(self.attempt.exercise.key)

    def _show_step(self) -> None:
        self.attempt.next_step()
        self._show_steps()

    def _show_steps(self) -> None:
        steps, shown = self.attempt.exercise.steps, self.attempt.steps_shown
        lines = (f'<p style="margin: 0 0 6px 0">{i}. {step}</p>' for i, step in enumerate(steps[:shown], 1))
        self.steps.setText(unbroken("".join(lines)))
        self.steps.setVisible(shown > 0)
        self.step.setText(f"Next step ({shown} of {len(steps)})" if shown else "Show the first step")
        self.step.setEnabled(shown < len(steps))


class _Answer(QWidget):
    """A question with the person's answer to it, and the verdict under both. Signal: ``entered()`` by Return."""

    entered = Signal()

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP // 2)
        self.prompt, self.verdict = words(prompt), words("")
        self.verdict.setProperty("verdict", True)
        self.verdict.hide()
        self.column.addWidget(self.prompt)

    def answer(self, attempt: Attempt, number: int) -> None:
        """Take the person's answer into ``attempt``, as that to its question ``number``, and show the verdict."""
        raise NotImplementedError

    def show_verdict(self, attempt: Attempt, number: int) -> None:
        """Show what came of it."""
        verdict = attempt.verdicts[number]
        if verdict is not None:
            self.tell(f"<b>{'✓ Right.' if verdict.right else '✗ Not so.'}</b> {verdict.says}")

    def tell(self, text: str) -> None:
        """Say ``text``, rich text of our own, under the answer."""
        self.verdict.setText(unbroken(text))
        self.verdict.show()


class _Options(_Answer):
    """One of some options."""

    def __init__(self, answer: Choose) -> None:
        super().__init__(answer.prompt)
        self.options = Options([text for text, _ in answer.options])
        self.column.addWidget(self.options)
        self.column.addWidget(self.verdict)
        self.options.chosen.connect(self.verdict.hide)  # it was of another answer

    def answer(self, attempt: Attempt, number: int) -> None:
        """Take what is chosen."""
        if self.options.number is None:
            self.tell("Choose an answer first.")
            return
        attempt.choose(number, self.options.number)
        self.show_verdict(attempt, number)


class _Value(_Answer):
    """A number that is typed."""

    def __init__(self, prompt: str) -> None:
        super().__init__(prompt)
        self.box = QLineEdit()
        self.box.setMaxLength(40)
        self.box.setAccessibleName("Your answer")
        self.box.setAccessibleDescription("A number, which Return checks")
        grow(self.box, maximumWidth=160)
        self.column.addWidget(self.box)
        self.column.addWidget(self.verdict)
        self.box.returnPressed.connect(self.entered)
        self.box.textEdited.connect(self.verdict.hide)

    def answer(self, attempt: Attempt, number_of: int) -> None:
        """Take what is typed, where it is a number."""
        try:
            value = number(self.box.text())
            if not math.isfinite(value):
                raise ValueError
        except ValueError as error:
            attempt.withdraw(number_of)
            hint = f": {error}" if str(error) else ", such as 0.5"
            self.tell(f"Write a number{hint}.")
            return
        attempt.enter(number_of, value)
        self.show_verdict(attempt, number_of)
