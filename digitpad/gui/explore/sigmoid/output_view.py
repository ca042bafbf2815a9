"""``OutputView``: the sigmoid with the weighted input marked before and after a change, and the step beside it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.explore.perceptron import Perceptron
from digitpad.explore.sigmoid import SmallChange, small_change
from digitpad.gui.widgets.colours import legible, series
from digitpad.gui.widgets.formula import DELTA, SIGMA, number
from digitpad.gui.widgets.theme import SMALL, font, grow, grown
from digitpad.nn.neurons import sigmoid, sigmoid_prime

_LOW, _HIGH = -8.0, 8.0  # the weighted inputs that are shown
_DISC, _RING = 4.5, 9.0  # pixels: the radius of what marks now, and of what goes round it after the change
_TOP = 26  # pixels above the plot, for the key


class OutputView(QWidget):
    """The sigmoid, its derivative and the step, with the weighted input marked; the two outputs on scales beside it."""

    def __init__(self) -> None:
        """Start with a weighted input of 0 and no change."""
        super().__init__()
        grow(self, minimumHeight=185)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription("Disc: now. Ring: after the change. Straight line: the tangent that foretells it")
        self._change = small_change(Perceptron((0,), 0), (0,), (0, 0))

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(260, grown(185))

    def show_change(self, change: SmallChange) -> None:
        """Mark what ``change`` does."""
        self._change = change
        before, after = change.sigmoid
        self.setAccessibleName(
            f"Output against z: sigmoid from {before:.4f} to {after:.4f}, perceptron from {change.perceptron[0]} to "
            f"{change.perceptron[1]}"
        )
        self.update()

    def _frame(self) -> QRectF:
        left, right, below = grown(30), grown(112), grown(34)
        return QRectF(left, grown(_TOP), self.width() - left - right, self.height() - grown(_TOP) - below)

    def to_widget(self, z: float, y: float) -> QPointF:
        """Return where in the widget the output ``y`` for the weighted input ``z`` is; beyond the ends, at the end."""
        frame = self._frame()
        share = (min(max(z, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
        return QPointF(frame.left() + share * frame.width(), frame.bottom() - y * frame.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, curves, marks and the two scales."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_axes(painter)
            self._paint_curves(painter)
            self._paint_marks(painter)
            self._paint_key(painter)
            right = self._frame().right()
            accent, quiet = self._ink(QPalette.ColorRole.Highlight), self._ink(QPalette.ColorRole.Text)
            self._paint_scale(painter, right + grown(34), f"{SIGMA}(z)", self._change.sigmoid, accent)
            self._paint_scale(painter, right + grown(86), "step", self._change.perceptron, quiet)

    def _ink(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)

    def _paint_axes(self, painter: QPainter) -> None:
        frame, line = self._frame(), self._ink(QPalette.ColorRole.Mid)
        quiet = self._ink(QPalette.ColorRole.PlaceholderText)
        painter.setFont(font(SMALL))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for y, text in ((0.0, "0"), (0.5, "½"), (1.0, "1")):
            place = self.to_widget(_LOW, y)
            painter.setPen(QPen(line, 1))
            painter.drawLine(place, self.to_widget(_HIGH, y))
            painter.setPen(quiet)
            painter.drawText(QRectF(0, place.y() - grown(8), grown(24), grown(16)), right, text)
        for z in (-8, -4, 0, 4, 8):
            place = self.to_widget(z, 0)
            painter.drawText(
                QRectF(place.x() - grown(20), frame.bottom() + 4, grown(40), grown(16)),
                Qt.AlignmentFlag.AlignCenter,
                number(z, 0),
            )
        italic = font(SMALL)
        italic.setItalic(True)
        painter.setFont(italic)
        painter.drawText(
            QRectF(frame.left(), frame.bottom() + grown(18), frame.width(), grown(16)),
            Qt.AlignmentFlag.AlignCenter,
            "z",
        )

    def _paint_curves(self, painter: QPainter) -> None:
        z = np.linspace(_LOW, _HIGH, 161)
        green = series(2, self.palette())
        accent, quiet = self._ink(QPalette.ColorRole.Highlight), self._ink(QPalette.ColorRole.Dark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(quiet, 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([self.to_widget(*place) for place in ((_LOW, 0), (0, 0), (0, 1), (_HIGH, 1))]))
        for values, colour in ((sigmoid_prime(z), green), (sigmoid(z), accent)):
            painter.setPen(QPen(colour, 2))
            places = zip(z.tolist(), values.tolist(), strict=True)
            painter.drawPolyline(QPolygonF([self.to_widget(*place) for place in places]))
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(accent)
        painter.drawText(self.to_widget(2.6, 0.93) + QPointF(2, 18), f"{SIGMA}(z)")
        painter.setPen(legible(self._ink(QPalette.ColorRole.Window), green, self._ink(QPalette.ColorRole.Text)))
        painter.drawText(self.to_widget(2.2, 0.1) + QPointF(2, -5), f"{SIGMA}′(z)")

    def _paint_marks(self, painter: QPainter) -> None:
        change, (now, after) = self._change, self._change.z
        text, contrast = self._ink(QPalette.ColorRole.Text), self._ink(QPalette.ColorRole.BrightText)
        paper, green = self._ink(QPalette.ColorRole.Base), series(2, self.palette())
        painter.save()
        painter.setClipRect(self._frame().adjusted(0, -6, 6, 6))
        painter.setPen(QPen(self._ink(QPalette.ColorRole.PlaceholderText), 1))
        painter.drawLine(self.to_widget(now, 0), self.to_widget(now, 1))
        if _LOW + 2 < now < _HIGH - 2:  # nearer to the ends the tangent's ends would be bent
            painter.setPen(QPen(contrast, 1.5))
            ends = [self.to_widget(now + d, change.sigmoid[0] + d * change.slope) for d in (-2.0, 2.0)]
            painter.drawLine(ends[0], ends[1])
        painter.restore()
        painter.setPen(QPen(paper, 1))
        for y, colour in ((float(change.perceptron[0]), text), (change.slope, green), (change.sigmoid[0], contrast)):
            painter.setBrush(colour)
            painter.drawEllipse(self.to_widget(now, y), _DISC, _DISC)
        painter.setBrush(Qt.BrushStyle.NoBrush)  # so that a ring round a disc hides nothing of it
        for y, colour in ((float(change.perceptron[1]), text), (change.sigmoid[1], contrast)):
            painter.setPen(QPen(colour, 2))
            painter.drawEllipse(self.to_widget(after, y), _RING, _RING)

    def _paint_key(self, painter: QPainter) -> None:
        """Say over the plot what disc, ring and tangent are."""
        contrast, x, y = self._ink(QPalette.ColorRole.BrightText), self._frame().left(), grown(_TOP) / 2 - 2
        painter.setFont(font(SMALL))
        row, sample = grown(16), grown(20)
        for word in ("now", f"after {DELTA}", "tangent"):
            middle = QPointF(x + sample / 2, y)
            painter.setPen(QPen(contrast, 2))
            painter.setBrush(contrast if word == "now" else Qt.BrushStyle.NoBrush)
            if word == "tangent":
                painter.drawLine(middle - QPointF(sample / 2 - 3, -3), middle + QPointF(sample / 2 - 3, -3))
            else:
                radius = _DISC if word == "now" else _RING * 0.8
                painter.drawEllipse(middle, radius, radius)
            wide = painter.fontMetrics().horizontalAdvance(word) + 2
            painter.setPen(self._ink(QPalette.ColorRole.PlaceholderText))
            place = QRectF(x + sample + 3, y - row / 2, wide, row)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            x = place.right() + grown(12)

    def _paint_scale(
        self, painter: QPainter, x: float, name: str, outputs: tuple[float, float], colour: QColor
    ) -> None:
        frame = self._frame()
        before, after = (frame.bottom() - y * frame.height() for y in outputs)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(QRectF(x - 9, frame.top(), 18, frame.height()), 3, 3)
        painter.setBrush(self._ink(QPalette.ColorRole.BrightText))
        painter.drawRect(QRectF(x - 9, min(before, after), 18, abs(before - after)))
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(x - 13, before), QPointF(x + 13, before))
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x - 13, after), QPointF(x + 13, after))
        painter.setFont(font(SMALL))
        painter.setPen(self._ink(QPalette.ColorRole.PlaceholderText))
        painter.drawText(
            QRectF(x - grown(26), frame.bottom() + 4, grown(52), grown(16)), Qt.AlignmentFlag.AlignCenter, name
        )
        rise = number(outputs[1] - outputs[0], 0 if name == "step" else 4)
        painter.drawText(
            QRectF(x - grown(28), frame.bottom() + grown(18), grown(56), grown(16)),
            Qt.AlignmentFlag.AlignCenter,
            rise if outputs[1] <= outputs[0] else f"+{rise}",
        )
