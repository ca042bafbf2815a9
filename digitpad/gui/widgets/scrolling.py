"""``Scrolling``, what keeps a page whole in a window of any size; ``fit_around`` and ``scroll_to`` a part of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

Place = Callable[[QWidget], None]  # puts what is still empty where it is to be filled


class Scrolling(QScrollArea):
    """Scrolls a page where there is less room than it needs at least.

    So nothing of it is cut off, and the window need not be wider or higher than its screen for it. Qt's own scroll
    areas would scroll a page with wrapped text as soon as there is less room than it would like to have.
    """

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        """Show ``page``, as large as there is room, and no smaller than it can be.

        Where it is to stand in ``parent``, that is better said here: what is on the page and was looked at before is
        dressed once more wherever it is moved with it.
        """
        super().__init__(parent)
        self._page = page
        self._by_hand = False  # whether a click gave it the focus
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on the page has it, and is scrolled to
        page.setAutoFillBackground(True)  # or all that lies behind would be painted anew with every movement
        page.setParent(self.viewport())
        page.installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        """Ask how large the page is no sooner than this is dressed itself: that dresses all that is on it."""
        if event.type() is QEvent.Type.Polish and self.widget() is None:
            self.setWidget(self._page)
            self.fit()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note by what it came to have the focus."""
        self._by_hand = event.reason() is Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def focus_place(self) -> QRect:
        """Return where the ring of the focus goes: nowhere after a click, which only means that keys scroll it."""
        return QRect() if self._by_hand else self.rect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room there is."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the page the room it needs when that has changed."""
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def fit(self) -> None:
        """Give the page the room it needs, and all that there is besides."""
        if self.widget() is None:
            return
        room, bar = self.maximumViewportSize(), self.verticalScrollBar().sizeHint().width()
        least = self._least(room.width())
        if least.height() > room.height():
            room.setWidth(room.width() - bar)
            least = self._least(room.width())
        if least.width() > room.width():
            room.setHeight(room.height() - bar)
        self._page.resize(least.expandedTo(room))

    def _least(self, width: int) -> QSize:
        """Return what the page needs at least where it is given a ``width``."""
        least, layout = self._page.minimumSizeHint().expandedTo(self._page.minimumSize()), self._page.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(width, least.width())))
        return least


def fit_around(part: QWidget) -> None:
    """Give a page room at once for what is shown or hidden in ``part`` of it.

    A button paints what there is to paint as soon as it is switched, and the page, whose turn comes later, would be
    seen squeezed into the room it had.
    """
    around = part.parentWidget() if part.isVisible() else None
    while around is not None:
        if isinstance(around, Scrolling):
            around.fit()
        around = around.parentWidget()


def scroll_to(part: QWidget) -> None:
    """Scroll down, or up, to where ``part`` of a page begins, as far as the page goes."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, Scrolling):
            page: QWidget = around.widget()  # type: ignore[assignment] # it always has one
            around.verticalScrollBar().setValue(part.mapTo(page, QPoint()).y())
        around = around.parentWidget()
