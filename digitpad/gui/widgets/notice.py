"""One sentence across the top of the window when something did not work, until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from digitpad.errors import SENTENCE, one_line
from digitpad.gui.widgets.actions import with_key
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.theme import GAP

_LONGEST_WORD = 60  # letters


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setObjectName("notice")
        self.label = QLabel()
        self.label.setObjectName("notice_text")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = QToolButton()
        close.setObjectName("close_notice")
        close.setText("Close")
        close.setToolTip(with_key("Close this message", "Esc"))
        QShortcut(QKeySequence("Esc"), self, self.hide)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        row.addWidget(self.label, 1)
        row.addWidget(close)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show ``sentence``."""
        sentence = one_line(sentence, SENTENCE)
        # A path without spaces would not wrap: let lines break after its slashes.
        self.label.setText(breakable(sentence.replace("/", "/\u200b"), _LONGEST_WORD))
        self.label.setAccessibleName(sentence)
        self.show()
