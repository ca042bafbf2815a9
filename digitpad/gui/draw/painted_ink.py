"""What is drawn as pixels, kept from one painting of the canvas to the next so that each paints only what is new."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.kept import Kept
from digitpad.draw.preprocess import to_bytes
from digitpad.gui.draw import brushwork
from digitpad.gui.draw.beneath import Beneath
from digitpad.gui.images import image_of

_AT_ONCE = 12_000  # pixels of ``effort``, some 20 ms, are painted before the screen is shown, and more in turns,
_A_STROKE = 400  # where a stroke takes as long as so many besides its own
_TURN_S = 0.006
_REST_MS = 30  # without a change, before the turns begin


class PaintedInk(QObject):
    """The finished strokes as one pixmap, and the beginning of the stroke under way, so that a long one stays quick.

    Where much has to be painted anew, as after a change of size, something near to it is shown until it is.

    Signals: ``refined()`` when there is something better to show.
    """

    refined = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing painted."""
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._painted: Drawing | None = None  # what the pixmap shows, but for parts of the stroke under way
        self._side, self._ratio = 0.0, 1.0  # of the canvas, in the painter's pixels, and how many of the screen one is
        self._colour = QColor()
        self._kept: Kept[QPixmap] = Kept()
        self._beneath = Beneath()
        self._work: _Work | None = None
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._take_a_turn)
        self._begin_parts()

    def _begin_parts(self) -> None:
        self._parts = 0  # parts of the stroke under way that are in the pixmap
        self._before: tuple[Drawing, QPixmap] | None = None  # what was painted before any of them was
        self._ended: Stroke | None = None  # it, where it is over and still to be painted as the next of the drawing

    def end_stroke(self, stroke: Stroke | None) -> None:
        """Know that the stroke under way is over: it is the next of the drawing, or gone where there is None."""
        if self._ended:  # this one was never seen: what there is was painted of the one before it
            return
        if stroke is None:
            self._forget_stroke()
        self._ended = stroke

    def _forget_stroke(self) -> None:
        """Let go what was painted of a stroke that is over and in no drawing."""
        if self._before:
            self._painted, self._pixmap = self._before
        elif self._parts:
            self._painted = None
        self._begin_parts()

    def rub(self, path: Points, radius: float) -> None:
        """Show at once that an eraser moved along ``path`` (n, 2), all in canvas sides."""
        if self._pixmap.isNull():
            return
        self.leave_off()
        if self._painted is not None:
            self._leave(self._painted)
            self._painted = None
        with QPainter(self._pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
            round_ = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(QColor("black"), 2 * radius * self._side, *round_))
            places = [QPointF(x, y) for x, y in (path * self._side).tolist()]
            painter.drawPolyline(QPolygonF(places)) if len(places) > 1 else painter.drawPoint(places[0])

    def paint(
        self, painter: QPainter, square: QRectF, ratio: float, drawing: Drawing | None, colour: QColor,
        stroke: Stroke | None,
    ) -> None:  # fmt: skip
        """Paint ``drawing`` into ``square``, on a screen with ``ratio`` pixels to one of the painter's.

        While nobody knows it, as very much of it is being rubbed out, what there was is painted, and ``rub`` on it. The
        ``stroke`` under way, if there is one, is painted over it.
        """
        self._side = square.width()
        self._refresh(ratio, drawing, colour)
        if stroke:
            self._settle(stroke, colour)
        painter.drawPixmap(square.topLeft(), self._pixmap)
        if stroke:
            painter.save()
            painter.translate(square.topLeft())
            painter.setBrush(colour)
            rest = range(self._parts, brushwork.parts(len(stroke.points)))
            brushwork.paint(painter, stroke.points, stroke.brush, self._side, rest)
            painter.restore()

    def _settle(self, stroke: Stroke, colour: QColor) -> None:
        """Paint the parts of the stroke under way for good that stay as they are when it goes on."""
        new = range(self._parts, brushwork.settled(len(stroke.points)))
        if not new:
            return
        if not self._parts and self._painted is not None:
            self._before = self._painted, self._pixmap
            self._pixmap = QPixmap(self._pixmap)
        with self._painter(self._pixmap, colour) as painter:
            brushwork.paint(painter, stroke.points, stroke.brush, self._side, new)
        self._parts = new.stop

    def _refresh(self, ratio: float, drawing: Drawing | None, colour: QColor) -> None:
        """Bring the pixmap up to the drawing, or near to it, painting only what is new where that is all."""
        size = QSize(round(self._side * ratio), round(self._side * ratio))
        if colour != self._colour:
            self._recolour(colour)
        if self._pixmap.size() != size or self._ratio != ratio:
            self._resize(size, ratio)
        if drawing is None:
            return
        work = self._work
        before = work.drawing if work else self._painted
        if self._ended and before and drawing.strokes[len(before.strokes) :][:1] != (self._ended,):
            self._forget_stroke()  # it was taken back before it was painted
        painted = self._painted
        if work and not self._turns.isActive():
            self._turns.start(0)  # the last turn waits until a stroke is over, and is painted
        if drawing == (work.drawing if work else painted):
            return
        if work and drawing.goes_on_from(work.drawing):
            more = _Work(self._pixmap, self._beneath, work.drawing, drawing, self._parts)
            if more.is_quick(self._side * ratio, self._ended):
                with self._painter(self._pixmap, colour) as painter:
                    for stroke in drawing.strokes[more.strokes :]:
                        parts = range(self._parts, brushwork.parts(len(stroke.points)))
                        brushwork.paint(painter, stroke.points, stroke.brush, self._side, parts)
                        self._parts = 0
            self._begin_parts()
            work.drawing = drawing
            return
        self._work = None
        if painted is not None and not drawing.goes_on_from(painted):
            self._leave(painted)
            if painted.goes_on_from(drawing) and not self._parts:
                pixmap = QPixmap(self._pixmap)
                if self._beneath.take_back(painted.strokes[len(drawing.strokes) :], pixmap):
                    self._pixmap, self._painted = pixmap, drawing
                    return
            painted = None
            self._begin_parts()
        nearest = None
        if painted is None or len(drawing.strokes) > len(painted.strokes) + 1:  # not the next alone is new
            nearest = self._kept.nearest(drawing)
        if nearest and (painted is None or len(nearest[0].strokes) > len(painted.strokes)):
            work = _Work(QPixmap(nearest[1]), Beneath(), nearest[0], drawing)
        elif painted is not None:
            if self._before:
                self._beneath.keep(drawing.strokes[len(painted.strokes)], self._before[1])
            work = _Work(self._pixmap, self._beneath, painted, drawing, self._parts)
        else:
            work = _Work(_blank(size, ratio), Beneath(), None, drawing)
        quick = work.is_quick(self._side * ratio, self._ended)
        self._begin_parts()
        if quick:
            self._go_on(work, float("inf"))
            self._pixmap, self._beneath, self._painted = work.pixmap, work.beneath, drawing
        else:
            work.pixmap = QPixmap(work.pixmap)  # or strokes that follow meanwhile, painted on what is shown, were twice
            self._work, self._painted = work, None
            self._turns.start(_REST_MS)

    def _leave(self, painted: Drawing) -> None:
        """Keep what is painted, without a stroke under way: a copy, as what there is may be painted on further."""
        drawing, pixmap = self._before or (painted, self._pixmap)
        self._kept.leave(drawing, QPixmap(pixmap))

    def _resize(self, size: QSize, ratio: float) -> None:
        """Show what there is in another size, until it is painted in that size."""
        smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._pixmap = _blank(size, ratio) if self._pixmap.isNull() else self._pixmap.scaled(size, *smooth)
        self._pixmap.setDevicePixelRatio(ratio)
        self._ratio, self._painted, self._work = ratio, None, None
        self._kept.clear()
        self._begin_parts()

    def _recolour(self, colour: QColor) -> None:
        """Give everything painted another colour; how opaque it is stays."""
        self._colour = QColor(colour)
        others = [self._before[1]] if self._before else []
        others += [self._work.pixmap, *self._work.beneath.values()] if self._work else []
        for pixmap in (self._pixmap, *self._kept.values(), *self._beneath.values(), *others):
            if not pixmap.isNull():
                with QPainter(pixmap) as painter:
                    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
                    painter.fillRect(pixmap.rect(), colour)

    # Painting in turns

    def leave_off(self) -> None:
        """Paint no more by itself; what was under way is begun again when it is to be seen again."""
        self._turns.stop()
        self._work = None

    def _take_a_turn(self) -> None:
        work = self._work
        if work is None:
            return
        self._go_on(work, perf_counter() + _TURN_S)
        if not work.over:
            self._turns.start(0)
        elif not (self._parts or self._ended):  # a stroke would vanish that was seen on what is shown until now
            self._pixmap, self._beneath, self._painted = work.pixmap, work.beneath, work.drawing
            self._work = None
            self._begin_parts()
            self.refined.emit()

    def _go_on(self, work: "_Work", end: float) -> None:
        """Paint what is left to paint until the time of ``end``."""
        strokes, picture = work.drawing.strokes, work.drawing.picture
        if work.begins and picture:
            with self._painter(work.pixmap, self._colour) as painter:
                paint_picture(painter, picture, self._side, self._colour)
        work.begins = False
        while not work.over and perf_counter() < end:
            stroke = strokes[work.strokes]
            parts = brushwork.parts(len(stroke.points))
            if not work.parts:
                work.beneath.keep(stroke, work.pixmap)
            with self._painter(work.pixmap, self._colour) as painter:
                for part in range(work.parts, parts):
                    brushwork.paint(painter, stroke.points, stroke.brush, self._side, range(part, part + 1))
                    work.parts = part + 1
                    if perf_counter() >= end:
                        break
            if work.parts == parts:
                work.strokes, work.parts = work.strokes + 1, 0
                reached = Drawing(strokes[: work.strokes], picture)
                if self._kept.due(reached):
                    self._kept.step(reached, QPixmap(work.pixmap))

    @contextmanager
    def _painter(self, pixmap: QPixmap, colour: QColor) -> Iterator[QPainter]:
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(colour)
            yield painter


class _Work:
    """A drawing that is painted on a pixmap, which shows another one that it goes on from, or nothing."""

    def __init__(
        self, pixmap: QPixmap, beneath: Beneath, shown: Drawing | None, drawing: Drawing, parts: int = 0
    ) -> None:
        self.pixmap, self.beneath, self.drawing = pixmap, beneath, drawing
        self.begins = shown is None
        self.strokes = len(shown.strokes) if shown else 0  # that are painted,
        self.parts = parts  # and parts of the next one

    @property
    def over(self) -> bool:
        return self.strokes == len(self.drawing.strokes)

    def is_quick(self, side: float, ended: Stroke | None) -> bool:
        """Whether so little is left to paint, on ``side`` pixels, that the screen can wait for it.

        The end of the stroke that has just ``ended`` is no more than was painted with each movement of the pen.
        """
        left: float = _AT_ONCE
        for i, stroke in enumerate(itertools.islice(self.drawing.strokes, self.strokes, None)):
            parts = 0 if i else self.parts
            if stroke is ended and parts >= brushwork.settled(len(stroke.points)):
                continue
            left -= _A_STROKE + brushwork.effort(stroke.points[parts * brushwork.PART :], stroke.brush, side)
            if left < 0:
                return False
        return True


def _blank(size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_picture(painter: QPainter, picture: Picture, side: float, colour: QColor) -> None:
    """Paint the picture's ink in ``colour``, its greys as opacity."""
    pixels = np.empty((*picture.ink.shape, 4), dtype=np.uint8)
    pixels[:] = (colour.red(), colour.green(), colour.blue(), 0)
    pixels[..., 3] = to_bytes(picture.ink)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(*(length * side for length in picture.box)), image_of(pixels))
