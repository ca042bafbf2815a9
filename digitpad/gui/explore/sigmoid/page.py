"""``SigmoidPage``, page 2: a sigmoid neuron of two inputs, and what a small change of a weight makes of its output."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.explore.chapter import Idea
from digitpad.explore.guesses import DELTA_Z
from digitpad.explore.perceptron import Perceptron
from digitpad.explore.sigmoid import SmallChange, small_change
from digitpad.gui.explore.page import Page, Shared, choice, table_of
from digitpad.gui.explore.plane import Plane
from digitpad.gui.widgets.colours import legible, series
from digitpad.gui.widgets.formula import DELTA, DOT, SIGMA, added, factor, letter, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import SMALL, font, grow, grown
from digitpad.nn.neurons import sigmoid, sigmoid_prime

_STEP = 0.05
_SMALL_DELTA, _SMALL_OUTPUT = 0.1, 0.02  # of the task
_COLUMNS = 76, 50, 50, 58  # pixels: the widths of the table's
_CHANGED = ("w₁", "w₂", "b")  # what Δ can be added to


class SigmoidPage(Page):
    """Weights, bias and input by slider or mouse; a change of one weight, and what the output makes of it."""

    IDEA = Idea.SIGMOID
    TEXT = (
        f"A sigmoid neuron's output {SIGMA}(z) rises smoothly from 0 to 1, so that a small change {DELTA} of a weight "
        "makes a small change of the output, where a perceptron's stays or jumps. "
        "Press in the plane to choose the input, and turn the line z = 0 by its handles."
    )
    TASK = (
        f"with a {DELTA} of at most 0.1, make the perceptron jump from 0 to 1 while the sigmoid neuron's output "
        "changes by less than 0.02."
    )

    def __init__(self, shared: Shared) -> None:
        """Begin far from the line, with a change of 0.1."""
        super().__init__(shared)
        self.plane = Plane("Input plane: the deeper the colour, the nearer the output is to 1")
        self.outputs = OutputView()
        self.picture.addWidget(self.plane, 3)
        self.picture.addWidget(self.outputs, 2)
        self.w1 = NumberSlider(letter("w", 1), "Weight of the first input", -4, 4, 2, _STEP)
        self.w2 = NumberSlider(letter("w", 2), "Weight of the second input", -4, 4, 2, _STEP)
        self.b = NumberSlider(letter("b"), "Bias", -6, 6, -1, _STEP)
        self.x1 = NumberSlider(letter("x", 1), "First input", -0.5, 1.5, 1, 0.01)
        self.x2 = NumberSlider(letter("x", 2), "Second input", -0.5, 1.5, 0.5, 0.01)
        self.which = choice(
            "What is changed",
            "Which weight, or the bias, the change is added to",
            *(f"Change {name} by {DELTA}" for name in _CHANGED),
        )
        self.delta = NumberSlider(DELTA, "Change of the weight", -1, 1, 0.1, 0.01)
        headers = ("", "output", f"after {DELTA}", f"{DELTA} output")
        table, self.cells = table_of(2, 4, headers, "Outputs before and after the change", _COLUMNS)
        for slider in (self.w1, self.w2, self.b, self.x1, self.x2):
            self.controls.addWidget(slider)
        self.controls.addWidget(self.which)
        self.controls.addWidget(self.delta)
        self.controls.addWidget(table)
        for name, row in zip(("sigmoid", "perceptron"), self.cells, strict=True):
            row[0].setText(name)
        for slider in (self.w1, self.w2, self.b, self.x1, self.x2, self.delta):
            slider.moved.connect(self.update_soon)
        self.which.currentIndexChanged.connect(self.update_soon)
        self.plane.line_dragged.connect(self._line_dragged)
        self.plane.point_dragged.connect(self._point_dragged)

    @property
    def neuron(self) -> Perceptron:
        """The weights and the bias, which the sigmoid neuron and the perceptron share."""
        return Perceptron((self.w1.value, self.w2.value), self.b.value)

    @property
    def change(self) -> SmallChange:
        """What the change does at the chosen input."""
        deltas = [self.delta.value if i == self.which.currentIndex() else 0.0 for i in range(len(_CHANGED))]
        return small_change(self.neuron, (self.x1.value, self.x2.value), deltas)

    def _line_dragged(self, w1: float, w2: float, b: float) -> None:
        for slider, value in ((self.w1, w1), (self.w2, w2), (self.b, b)):
            slider.set_value(value)
        self.update_soon()

    def _point_dragged(self, x1: float, x2: float) -> None:
        self.x1.set_value(x1)
        self.x2.set_value(x2)
        self.update_soon()

    def _try(self) -> None:
        sliders = self.w1, self.w2, self.b, self.x1, self.x2, self.delta
        for slider, value in zip(sliders, (2, 2, -3, 1, 0.5, DELTA_Z), strict=True):  # where z is 0
            slider.set_value(value)
        self.which.setCurrentIndex(0)
        self.update_soon()

    def _update(self) -> None:
        neuron, change, which = self.neuron, self.change, self.which.currentIndex()
        (w1, w2), b = neuron.weights, neuron.bias
        x1, x2, delta = self.x1.value, self.x2.value, self.delta.value
        self.plane.show_field(lambda x: sigmoid(neuron.weighted_input(x)))
        self.plane.show_line(w1, w2, b)
        self.plane.show_point(x1, x2)
        self.outputs.show_change(change)
        smooth, sharp = self.cells
        for cell, value in zip(smooth[1:], (*change.sigmoid, change.measured), strict=True):
            cell.setText(number(value, 4))
        for cell, output in zip(sharp[1:], (*change.perceptron, change.jump), strict=True):
            cell.setText(number(output, 0))
        changed = letter("b") if which == 2 else letter("w", which + 1)
        slope = f"{SIGMA}′({letter('z')})"
        symbols = slope if which == 2 else f"{slope} {letter('x', which + 1)}"
        factors = [change.slope] if which == 2 else [change.slope, (x1, x2)[which]]
        product = f" {DOT} ".join([number(factors[0], 4), *map(factor, factors[1:]), factor(delta)])
        self.formula.show_lines(
            f"{letter('z')} = {letter('w', 1)}{letter('x', 1)} + {letter('w', 2)}{letter('x', 2)} + {letter('b')}<br>"
            f"&nbsp;&nbsp;= {factor(w1)} {DOT} {factor(x1)} + {factor(w2)} {DOT} {factor(x2)} {added(b)}<br>"
            f"&nbsp;&nbsp;= {number(change.z[0], 4)}",
            f"{DELTA}output ≈ {symbols} {DELTA}{changed}<br>"
            f"&nbsp;&nbsp;= {product} = <b>{number(change.predicted, 4)}</b>",
            f"measured: <b>{number(change.measured, 4)}</b>",
        )
        if abs(delta) <= _SMALL_DELTA and change.jump == 1 and abs(change.measured) < _SMALL_OUTPUT:
            self._done()


_LOW, _HIGH = -8.0, 8.0  # the weighted inputs that are shown


class OutputView(QWidget):
    """The sigmoid, its derivative and the step, with the weighted input marked; the two outputs on scales beside it."""

    def __init__(self) -> None:
        """Start with a weighted input of 0 and no change."""
        super().__init__()
        grow(self, minimumHeight=170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            f"Disc: now. Ring: after the change. Straight line: the tangent, on which the predicted {DELTA}output lies."
        )
        self._change = small_change(Perceptron((0,), 0), (0,), (0, 0))

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(260, grown(170))

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
        return QRectF(left, 12, self.width() - left - right, self.height() - 12 - below)

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
        painter.setPen(QPen(text, 1.5))
        painter.setBrush(paper)
        painter.drawEllipse(self.to_widget(after, change.sigmoid[1]), 6, 6)
        painter.setPen(QPen(paper, 1.5))
        for y, colour in ((float(change.perceptron[0]), text), (change.slope, green), (change.sigmoid[0], contrast)):
            painter.setBrush(colour)
            painter.drawEllipse(self.to_widget(now, y), 5, 5)

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
