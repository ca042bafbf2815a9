"""Labels that widen nothing and cut nothing off in mid-number: ``ElidedLabel``."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip

from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.widgets.theme import SMALL, font

_BETWEEN = "  ·  "  # parts
_LEAST = 3  # letters, of which one is "…": fewer say nothing
Part = tuple[str, int]  # a text and its rank


class ElidedLabel(QLabel):
    """Plain text on one line, of which as much is shown as there is room for; its tool tip has all of it.

    ``text()``, which screen readers read, is all of it, too. A label may keep room for a wider text than it has at
    present, so that numbers that grow move nothing beside it.
    """

    def __init__(self, text: str = "") -> None:
        """Show ``text``."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._widest = ""
        self._parts: list[Part] = []
        self._between = _BETWEEN

    def keep_room_for(self, *parts: Part) -> None:
        """Ask from now on for no less room than these take."""
        widest = _up_to(math.inf, parts)
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()

    def show_parts(self, *parts: Part, between: str = _BETWEEN) -> None:
        """Show these texts side by side; where there is too little room those of the highest rank go first.

        Those of rank 0 never go: what is still too long ends in "…". ``between`` stands between two.
        """
        self._parts, self._between = [(text, rank) for text, rank in parts if text], between
        self.setText(_up_to(math.inf, self._parts, between))

    @property
    def shown(self) -> str:
        """What of the text there is room for."""
        metrics, width, text = self.fontMetrics(), self.contentsRect().width(), self.text()
        parts = self._parts if _up_to(math.inf, self._parts, self._between) == text else [(text, 0)]
        for most in sorted({0, *(rank for _, rank in parts)}, reverse=True):
            text = _up_to(most, parts, self._between)
            if metrics.horizontalAdvance(text) <= width:
                return text
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return elided if len(elided) > _LEAST else ""

    def sizeHint(self) -> QSize:
        """Return the room for all of it."""
        margins, metrics = self.contentsMargins(), self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in (self.text(), self._widest))
        return QSize(widest + margins.left() + margins.right(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line, and no width."""
        return QSize(0, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter, self.contentsRect(), int(self.alignment()), self.palette(), self.isEnabled(), self.shown,
                self.foregroundRole(),
            )  # fmt: skip

    def event(self, event: QEvent) -> bool:
        """Show all of it as tool tip where it is not shown, and there is no other."""
        if isinstance(event, QHelpEvent) and not self.toolTip() and self.shown != self.text():
            QToolTip.showText(event.globalPos(), as_it_is(self.text()), self)
            return True
        return super().event(event)


def elided_caption(text: str = "") -> ElidedLabel:
    """Return a small heading, as ``theme.caption`` has it, that widens nothing."""
    label = ElidedLabel(text)
    label.setProperty("caption", True)
    label.setFont(font(SMALL, strong=True))
    return label


def _up_to(most: float, parts: Iterable[Part], between: str = _BETWEEN) -> str:
    """Return the parts of at most this rank as one text."""
    return between.join(text for text, rank in parts if rank <= most)
