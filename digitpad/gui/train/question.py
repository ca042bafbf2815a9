"""The question to an experiment, above its curves: ``QuestionBar``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.theme import GAP


class QuestionBar(QFrame):
    """Shows a question as plain text while there is one.

    Signal: ``put_away()`` when the person has done with it.
    """

    put_away = Signal()

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.setObjectName("question")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # which those flags give it
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        close = tool_button("close_question", "×", "Put the question away")
        close.setAccessibleName("Put the question away")
        close.setProperty("flat", True)
        close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + 4, GAP // 2, GAP // 2, GAP // 2)
        row.setSpacing(GAP)
        row.addWidget(self.words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def question(self) -> str:
        """What is asked; "" while it is hidden."""
        return "" if self.isHidden() else self.words.accessibleName()

    def ask(self, question: str) -> None:
        """Show ``question``, or nothing where it is ""."""
        self.words.setText(breakable(question))
        self.words.setAccessibleName(question)
        self.setVisible(bool(question))
