"""The drawing's way from ink to the 784 greys that the network sees, each stage a picture."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.draw.preprocess import BOX, CENTRE, SIDE, Greys, Stages, to_bytes
from digitpad.gui.images import image_of
from digitpad.gui.widgets.arrow import arrow
from digitpad.gui.widgets.theme import GAP, SMALL, font, grow, grown

_CAPTIONS = ("ink", "cropped", f"{BOX} × {BOX}", f"{SIDE} × {SIDE}")
_BLANK = "Nothing is drawn yet"
_TOLD = f"Four pictures: the ink, cropped, {BOX} × {BOX}, and {SIDE} × {SIDE} with its centre of mass in the middle"
_CAPTION_HEIGHT = 20  # pixels where text has its usual size


class StagesView(QWidget):
    """The four stages in a row, the last one, which the network reads, larger."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setObjectName("stages")
        self.setAccessibleName("What the network sees")
        self._stages: Stages | None = None
        grow(self, minimumHeight=72 + _CAPTION_HEIGHT, maximumHeight=220 + _CAPTION_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(_BLANK)
        self.setToolTip(" ")  # made by event() for the pixel under the pointer

    def sizeHint(self) -> QSize:
        """Return a size at which single pixels can be told apart."""
        return QSize(440, 128 + grown(_CAPTION_HEIGHT))

    def show_stages(self, stages: Stages) -> None:
        """Show the stages of a drawing."""
        self._stages = None if stages.blank else stages
        self.setAccessibleDescription(_BLANK if stages.blank else _TOLD)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the grey under the pointer in the picture the network reads."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            last = self._frames()[-1]
            place = (QPointF(event.pos()) - last.topLeft()) * SIDE / last.width()
            row, column = int(place.y() // 1), int(place.x() // 1)
            if self._stages and 0 <= row < SIDE and 0 <= column < SIDE:
                grey = float(self._stages.centred[row, column])
                QToolTip.showText(event.globalPos(), f"row {row}, column {column}: grey {grey:.2f}", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _frames(self) -> list[QRectF]:
        """Return where the four pictures go: square, bottoms aligned, the last one a third larger."""
        gap = GAP * 3
        large = min(self.height() - grown(_CAPTION_HEIGHT), (self.width() - 3 * gap) / 3.25)
        small = large * 0.75
        frames = [QRectF(i * (small + gap), large - small, small, small) for i in range(3)]
        return [*frames, QRectF(3 * (small + gap), 0, large, large)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures on black, as MNIST is shown, with arrows between; their places where there are none."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frames = self._frames()
            quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
            for i, (frame, caption) in enumerate(zip(frames, _CAPTIONS, strict=True)):
                if self._stages is None:
                    painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
                else:
                    painter.fillRect(frame, QColor("black"))
                    self._paint_stage(painter, i, frame, self._stages)
                painter.setPen(quiet)
                painter.setFont(font(SMALL))
                below = frame.adjusted(-GAP, frame.height() + 4, GAP, grown(_CAPTION_HEIGHT))
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, caption)
                if i:
                    _paint_arrow(painter, frames[i - 1].right(), frame.left(), frames[0].center().y(), quiet)

    def _paint_stage(self, painter: QPainter, i: int, frame: QRectF, stages: Stages) -> None:
        if i == 0:
            target = QRectF(*(length * frame.width() for length in stages.place))
            painter.save()
            painter.setClipRect(frame)
            _paint_greys(painter, stages.ink, target.translated(frame.topLeft()), smooth=True)
            painter.restore()
        elif i == 1:
            _paint_greys(painter, stages.cropped, _within(frame, stages.cropped), smooth=True)
        elif i == 2:
            _paint_greys(painter, stages.scaled, _within(frame, stages.scaled), smooth=False)
        else:
            _paint_greys(painter, stages.centred, frame, smooth=False)
            # The centre of mass goes to the middle of pixel 14, 14.
            middle = frame.topLeft() + QPointF(1, 1) * (CENTRE + 0.5) * frame.width() / SIDE
            cross = QPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setPen(cross)
            painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
            painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))


def _within(frame: QRectF, greys: Greys) -> QRectF:
    """Return the largest place of the greys' proportions in the middle of ``frame``."""
    height, width = greys.shape
    scale = frame.width() / max(height, width)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(frame.center())
    return place


def _paint_greys(painter: QPainter, greys: Greys, place: QRectF, *, smooth: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(place, image_of(to_bytes(greys)))


def _paint_arrow(painter: QPainter, left: float, right: float, y: float, colour: QColor) -> None:
    tip = QPointF((left + right) / 2 + 4, y)
    arrow(painter, tip - QPointF(8, 0), tip, colour, 1.2, head=6)
