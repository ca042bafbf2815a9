"""``Options``: answers of which one is chosen, whose words may wrap; ``words``, rich text of our own that does."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QWidget

from digitpad.gui.widgets.theme import GAP

_SIGN = re.compile(" ([>≤≥≠≈+−·×/]|&lt;|&gt;) ")  # in a formula
_SLASH_OR_BAR = re.compile(r"(?<=</i>)/|(?<=[ \u00a0])\|(?=\S)|\|(?=\u00a0)")
_NO_BREAK, _JOINER = "\u00a0", "\u2060"  # a space, and nothing, where no line breaks


class Options(QWidget):
    """Options, plain text, each on lines of its own. Signal: ``chosen(number)``, counted from 0."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], *, side_by_side: bool = False) -> None:
        """Begin with none chosen; those that are ``side_by_side`` share the width."""
        super().__init__()
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)  # a button has room for words beside itself
        grid.setVerticalSpacing(GAP // 2)
        for i, text in enumerate(texts):
            button, label = QRadioButton(" "), _Label(text)  # as high as a line of the words
            button.setAccessibleName(text)
            button.setAccessibleDescription("An answer to choose")
            label.clicked.connect(button.click)
            self._group.addButton(button, i)
            row, column = (0, 2 * i) if side_by_side else (i, 0)
            grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, column + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column + 1, 1)
        self._group.idClicked.connect(self.chosen)

    @property
    def number(self) -> int | None:
        """Which is chosen, counted from 0."""
        number = self._group.checkedId()
        return None if number < 0 else number


class _Label(QLabel):
    """Words that wrap, beside a button that they stand for. Signal: ``clicked()``."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(0, 2, GAP, 2)  # as a button has them

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand for the button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


def words(text: str) -> QLabel:
    """Return ``text``, rich text of our own, in lines that can be selected by mouse."""
    label = QLabel(unbroken(text))
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # which those flags give it
    return label


def unbroken(text: str) -> str:
    """Return ``text``, rich text of our own, so that in formulas its lines break at equals signs alone."""
    joined = _SIGN.sub(rf"{_NO_BREAK}\1{_NO_BREAK}", text)
    return _SLASH_OR_BAR.sub(rf"\g<0>{_JOINER}", joined).replace("</sub> <i>", f"</sub>{_NO_BREAK}<i>")
