"""The curves above what is below them, with a handle between: ``StorySplitter``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from digitpad.gui.widgets.theme import GAP


class StorySplitter(QSplitter):
    """One part above another. Where the handle is dragged to is told, for it may make the whole higher.

    Signal: ``dragged(height)``, of the upper part.
    """

    dragged = Signal(int)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GAP)

    def hold(self, upper: QWidget, lower: QWidget) -> None:
        """Put ``upper`` above ``lower``, which takes what room is left."""
        self.addWidget(upper)
        self.addWidget(lower)
        self.setStretchFactor(1, 1)

    def createHandle(self) -> QSplitterHandle:
        """Return a handle that tells where it is dragged to."""
        return _Handle(self)


class _Handle(QSplitterHandle):
    def __init__(self, splitter: StorySplitter) -> None:
        super().__init__(Qt.Orientation.Vertical, splitter)
        self._splitter = splitter
        self._held_at = 0  # pixels from its upper edge

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held_at = event.position().toPoint().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._splitter.dragged.emit(self.mapToParent(event.position().toPoint()).y() - self._held_at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pass
