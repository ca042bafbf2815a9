"""What the wheel does over a control on a page that scrolls: ``WheelScrolls``."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    _Control = QWidget
else:
    _Control = object  # Qt's class comes behind it: a class has no two of Qt's


class WheelScrolls(_Control):
    """Lets the wheel scroll the page under a control, which comes under the pointer without having been meant.

    It stands before Qt's class in what is derived from both. Over one that has the focus, or lies on no page that
    scrolls, the wheel does what it does in Qt: it changes what is chosen.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Begin as Qt's class does, but do not take the focus with a turn of the wheel."""
        super().__init__(*arguments, **named)
        if self.focusPolicy() is Qt.FocusPolicy.WheelFocus:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies around, unless the person has this control in hand."""
        if self.hasFocus() or not _is_scrolled(self):
            super().wheelEvent(event)
        else:
            event.ignore()


def _is_scrolled(widget: QWidget) -> bool:
    """Return whether ``widget`` lies on a page that scrolls where there is too little room."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        if around.isWindow():
            return False
        around = around.parentWidget()
    return around is not None
