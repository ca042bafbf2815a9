"""A part of a page that unfolds under its heading: ``Fold``."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.scrolling import fit_around
from digitpad.gui.widgets.theme import GAP, SMALL, font, grow

_DESCRIPTION = "Shows or hides this part"
_ARROW = QSize(12, 12)  # pixels
_POLICIES = {True: QSizePolicy.Policy.Preferred, False: QSizePolicy.Policy.Fixed}


class Fold(QWidget):
    """Shows its ``content`` only while it is open; otherwise, beside the heading, what is in it in a few words.

    Signal: ``toggled(open)`` when the person opens or closes it.
    """

    toggled = Signal(bool)

    def __init__(self, name: str, heading: str, content: QWidget) -> None:
        """Start closed, the button with ``heading`` having ``name`` as object name."""
        super().__init__()
        self.content = content
        self.button = QToolButton()
        self.button.setObjectName(name)
        self.button.setAccessibleDescription(_DESCRIPTION)
        self.button.setText(heading)
        self.button.setCheckable(True)
        self.button.setProperty("fold", True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grow(self.button, iconSize=_ARROW)
        self.button.toggled.connect(self._show)
        self.button.clicked.connect(self.toggled)
        self.summary = ElidedLabel()
        self.summary.setProperty("quiet", True)
        self.summary.setFont(font(SMALL))
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(content, 1)
        self._show(False)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.button.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self.button.setChecked(is_open)

    def set_summary(self, summary: str) -> None:
        """Tell ``summary`` beside the heading while it is closed."""
        self.summary.setText(summary)
        self.button.setAccessibleDescription(summary or _DESCRIPTION)

    def _show(self, is_open: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.content.setVisible(is_open)
        self.summary.setVisible(not is_open)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, _POLICIES[is_open])
        fit_around(self)
