"""``GuessCard``: what a person thinks will happen, asked before it does; the truth is laid beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.explore.guessing import Guess
from digitpad.gui.explore.options import Options, unbroken, words
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, SMALL, font


class GuessCard(QWidget):
    """Asks; once something is chosen, a button has it happen on the page.

    Signals: ``try_wanted()`` when it is to happen on the page; ``guessed(came_true)`` when it has.
    """

    try_wanted = Signal()
    guessed = Signal(bool)

    def __init__(self, guess: Guess) -> None:
        """Begin without an answer."""
        super().__init__()
        self.setObjectName("guess")
        self._guess = guess
        self.options = Options(guess.options, side_by_side=True)
        self.see = tool_button(
            "see", "See what happens", "See what comes true, on this page where it can be seen there"
        )
        self.see.setEnabled(False)
        self.truth, self.score = words(""), words("")
        self.truth.hide()
        self.score.setProperty("quiet", True)
        self.score.setFont(font(SMALL))
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.see)
        line.addWidget(self.score, 1)
        column = column_in(self)
        column.addWidget(words(f"<b>Guess first:</b> {guess.question}"))
        column.addWidget(self.options)
        column.addLayout(line)
        column.addWidget(self.truth)
        self.options.chosen.connect(lambda _: self.see.setEnabled(True))
        self.see.clicked.connect(self._see)

    def show_score(self, text: str) -> None:
        """Tell the score beside the button."""
        self.score.setText(text)

    def _see(self) -> None:
        """Have it happen, and show whether it was guessed."""
        self.try_wanted.emit()
        truth = self._guess.truth()
        came_true = truth.option == self.options.number
        self.truth.setText(
            unbroken(f"<b>{'✓ As you said.' if came_true else '✗ Another thing happened.'}</b> {truth.says}")
        )
        self.truth.show()
        self.guessed.emit(came_true)
