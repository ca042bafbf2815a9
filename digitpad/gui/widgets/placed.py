"""Parts of a page that are placed by the size there is alone, never by what they show: ``Placed``."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Placed(QWidget):
    """Holds parts that a subclass puts in their places in ``_place``, and how high they are in ``heightForWidth``."""

    def __init__(self, parts: Sequence[QWidget], vertical: QSizePolicy.Policy) -> None:
        """Take in the ``parts``; ``vertical`` is what to do with height that is left."""
        super().__init__()
        self._parts = tuple(parts)
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _place(self) -> None:
        """Put the parts in their places."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Follow what the parts need."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        super().resizeEvent(event)
        self._place()


def least_height(part: QWidget, width: int) -> int:
    """Return the least height of a ``part`` with ``width``."""
    layout = part.layout()
    if layout is not None and layout.hasHeightForWidth():
        return max(layout.totalMinimumHeightForWidth(width), part.minimumHeight())
    return max(part.minimumSizeHint().height(), part.minimumHeight())
