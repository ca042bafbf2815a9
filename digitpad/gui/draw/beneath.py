"""What lay beneath the strokes that were painted last: ``Beneath``."""

from collections import deque

from PySide6.QtGui import QPainter, QPixmap, QTransform

from digitpad.draw.drawing import Stroke
from digitpad.gui.draw import brushwork

_AREA = 4  # times that of the canvas: what is kept of it at most


class Beneath:
    """Keeps the pixels that strokes are painted over, so that these are taken back without painting others anew.

    It is of one pixmap, on which strokes are painted one after the other; the oldest are forgotten.
    """

    def __init__(self) -> None:
        """Begin with no stroke."""
        self._patches: deque[tuple[Stroke, int, int, QPixmap]] = deque()
        self._area = 0

    def keep(self, stroke: Stroke, pixmap: QPixmap) -> None:
        """Keep what ``stroke`` is about to be painted over, as the next on ``pixmap``."""
        ratio = pixmap.devicePixelRatio()
        place = brushwork.within(stroke.points, stroke.brush, pixmap.width() / ratio)
        cut = QTransform.fromScale(ratio, ratio).mapRect(place).toAlignedRect() & pixmap.rect()
        patch = QPixmap() if cut.isEmpty() else pixmap.copy(cut)
        patch.setDevicePixelRatio(1)
        self._patches.append((stroke, cut.x(), cut.y(), patch))
        self._area += _area(patch)
        while self._area > _AREA * _area(pixmap):
            self._area -= _area(self._patches.popleft()[3])

    def take_back(self, strokes: tuple[Stroke, ...], pixmap: QPixmap) -> bool:
        """Put back what lay beneath ``strokes``, the last on ``pixmap``, unless that is not known of all of them."""
        n = len(strokes)
        if n > len(self._patches) or any(
            patch[0] is not stroke for patch, stroke in zip(reversed(self._patches), reversed(strokes), strict=False)
        ):
            return False
        ratio = pixmap.devicePixelRatio()
        pixmap.setDevicePixelRatio(1)  # or what lies between whole pixels of the window would be blurred
        with QPainter(pixmap) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            for _ in strokes:
                _, x, y, patch = self._patches.pop()
                painter.drawPixmap(x, y, patch)
                self._area -= _area(patch)
        pixmap.setDevicePixelRatio(ratio)
        return True

    def values(self) -> list[QPixmap]:
        """Return all pixels that are kept."""
        return [patch for _, _, _, patch in self._patches]


def _area(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height()
