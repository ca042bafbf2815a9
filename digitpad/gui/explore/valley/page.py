"""``ValleyPage``, page 7: gradient descent on a function of two variables."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF

from digitpad.explore.chapter import Idea
from digitpad.explore.descent import FAR
from digitpad.explore.valley import BentValley, Bowl, Move, Surface, TwoValleys, contours, measured_changes, move
from digitpad.gui.explore.page import Page, Shared, choice
from digitpad.gui.explore.plane import coloured
from digitpad.gui.explore.player import Player
from digitpad.gui.widgets.arrow import arrow
from digitpad.gui.widgets.colours import mixed, series
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, NABLA, letter, number
from digitpad.gui.widgets.graph import Graph, Remark, fine, plain, short
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.nn.neurons import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OUT = 3.0  # both variables are shown from the negative of this to it
_FINE = 128  # pixels of the image of the heights
_GRID = 64  # points a side, between which the contours are found
_LEVELS = 12
_PAUSE_MS = 250  # between two steps, when they are played
_ARRIVED = 0.1  # nearer than this to a minimum, the ball has reached the bottom
_MOST = 500  # steps, after which playing ends
_GOOD, _AWAY, _QUICK = 0.1, 2.0, 30  # the task: the greatest error, the least way, and fewer steps than this
_ETA = 1.2  # the greatest eta

_SHAPES: dict[str, tuple[Callable[[float], Surface], str]] = {
    "Bowl": (Bowl, "½ ({v1}² + {s} {v2}²)"),
    "Bent valley": (BentValley, "½ (({v1} − 1)² + {s} ({v2} + 1 − ½ {v1}²)²)"),
    "Two valleys": (TwoValleys, "({v1}² − 3)² / 12 + {v1} / 5 + ½ · {s} {v2}²"),
}


class ValleyPage(Page):
    """A ball in a valley seen from above: the step against the gradient, and how well it is predicted."""

    IDEA = Idea.VALLEY
    TEXT = (
        f"The ball at v = (v₁, v₂) moves by {DELTA}v = {MINUS}{ETA}{NABLA}C, straight down the slope; put it anywhere. "
        f"The cost should then change by {NABLA}C·{DELTA}v, and below you see how far that can be trusted "
        f"as {ETA} grows."
    )
    TASK = (
        f"begin at least {_AWAY:.0f} away from a bottom and reach it in fewer than {_QUICK} steps, with {ETA} so small "
        f"that in every step prediction and measurement differ by less than {100 * _GOOD:.0f} %."
    )

    def __init__(self, shared: Shared) -> None:
        """Begin on the wall of a bowl, with an eta that reaches the bottom but spoils the prediction."""
        super().__init__(shared)
        self.map, self.graph = ValleyMap(), ChangeGraph()
        self.verdict = Remark(letters=110)
        self.picture.addWidget(self.map, 5)
        self.picture.addWidget(self.verdict)
        self.picture.addWidget(self.graph, 2)
        self.shape = choice("Shape", "The shape of the valley", *_SHAPES)
        self.stretch = NumberSlider(letter("s"), "Stretch: how much steeper the walls are", 1, 10, 2, 0.5)
        self.v1 = NumberSlider(letter("v", 1), "First variable: the ball from left to right", -_OUT, _OUT, -2.5, 0.05)
        self.v2 = NumberSlider(letter("v", 2), "Second variable: the ball up and down", -_OUT, _OUT, 1.5, 0.05)
        self.eta = NumberSlider(ETA, "Learning rate eta", 0.005, _ETA, 0.3, 0.005)
        tips = "Take one step", "Take steps until the bottom is reached", "Put the ball back to where it began"
        self.player = Player(_PAUSE_MS, self._step, self._rewind, lambda: self._over, tips)
        self.controls.addWidget(self.shape)
        for slider in (self.stretch, self.v1, self.v2, self.eta):
            self.controls.addWidget(slider)
        self.controls.addWidget(self.player)
        self.shape.currentIndexChanged.connect(self._begin_again)
        self.stretch.changed.connect(self._begin_again)
        for at, slider in enumerate((self.v1, self.v2)):
            slider.moved.connect(partial(self._slid, at))
        self.eta.changed.connect(self.update_soon)
        self.map.placed.connect(self._place)
        self._surface: Surface = Bowl()
        self._moves: list[Move] = []
        self._start = np.array([self.v1.value, self.v2.value])
        self._begin_again()

    @property
    def v(self) -> Floats:
        """Where the ball is, of shape (2,)."""
        return self._moves[-1].end if self._moves else self._start

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps taken from where the ball was put."""
        return tuple(self._moves)

    @property
    def reached(self) -> bool:
        """Whether the ball is at the bottom."""
        return self._way(self.v) <= _ARRIVED

    def _way(self, v: Floats) -> float:
        """Return how far it is from ``v`` to the nearest minimum."""
        return min(float(np.hypot(*(v - np.array(place)))) for place in self._surface.minima)

    def _begin_again(self) -> None:
        made = _SHAPES[self.shape.currentText()][0](self.stretch.value)
        if made != self._surface:
            self._surface = made
            self.map.show_surface(made)
        self._place(*self._start.tolist())

    def _slid(self, at: int, value: float) -> None:
        """Move the ball along one variable, by the slider; the other stays what it is."""
        v = np.clip(self.v, -_OUT, _OUT)
        v[at] = value
        self._place(*v.tolist())

    def _place(self, v1: float, v2: float) -> None:
        self._start = np.array([v1, v2])
        self.player.stop()
        self._rewind()

    def _rewind(self) -> None:
        self._moves = []
        self._follow()

    def _follow(self) -> None:
        """Let the sliders show where the ball is."""
        for slider, value in zip((self.v1, self.v2), np.clip(self.v, -_OUT, _OUT).tolist(), strict=True):
            slider.set_value(value)
        self.update_soon()

    @property
    def _over(self) -> bool:
        return self.reached or not np.abs(self.v).max() <= FAR or len(self._moves) >= _MOST

    def _step(self) -> None:
        self._moves.append(move(self._surface, self.v, self.eta.value))
        self._follow()
        quick = 0 < len(self._moves) < _QUICK and self._way(self._start) >= _AWAY
        if quick and self.reached and all(taken.error < _GOOD for taken in self._moves):
            self._done()

    def _update(self) -> None:
        eta, coming = self.eta.value, move(self._surface, self.v, self.eta.value)
        self.player.refresh()
        self.map.show_path(np.array([self._start, *(taken.end for taken in self._moves)]), coming.change)
        self.graph.show_changes(self._surface, coming, eta)
        self.verdict.setText(self._words(coming))
        self.formula.show_lines(*self._lines(coming, eta))

    def _words(self, coming: Move) -> str:
        count = len(self._moves)
        steps = f"{count} step{'s' * (count != 1)}"
        worst = max((taken.error for taken in self._moves), default=0.0)
        missed = f", mispredicted by at most {_per_cent(worst)}" if self._moves else ""
        if self.reached:
            return f"<b>At the bottom</b> after {steps}{missed}."
        if not np.abs(self.v).max() <= FAR:
            return (
                f"<b>Lost:</b> {ETA} is so large that the steps grew without bound. Stopped after {steps}, far outside."
            )
        if self._over:
            last = self._moves[-1]
            if last.measured < 0 and last.error < _GOOD:
                way = number(self._way(self.v))
                return f"<b>Given up</b> after {steps}, {way} from a bottom: {ETA} is very small."
            return f"<b>Given up</b> after {steps}: they jump about and settle nowhere, {ETA} is too large."
        if coming.measured > 0:
            return f"<b>Uphill:</b> the next step would overshoot and raise the cost. {steps.capitalize()} taken."
        words = "well predicted" if coming.error < _GOOD else "poorly predicted"
        return f"The next step is <b>{words}</b>: off by {_per_cent(coming.error)}. {steps.capitalize()} taken{missed}."

    def _lines(self, coming: Move, eta: float) -> list[str]:
        c, v, names = letter("C"), letter("v"), {"v1": letter("v", 1), "v2": letter("v", 2)}
        written = _SHAPES[self.shape.currentText()][1].format(s=number(self.stretch.value, 1), **names)
        squared = float(coming.gradient @ coming.gradient)
        return [
            f"{c} = {written}<br>&nbsp;&nbsp;= {fine(float(self._surface.value(self.v)))}",
            f"{NABLA}{c} = (∂{c}/∂{names['v1']}, ∂{c}/∂{names['v2']}) = {_vector(coming.gradient)}",
            f"{DELTA}{v} = {MINUS}{ETA} {NABLA}{c} = {MINUS}{number(eta, 3)} {DOT} {_vector(coming.gradient)}<br>"
            f"&nbsp;&nbsp;= {_vector(coming.change)}",
            f"<b>predicted</b> {DELTA}{c} ≈ {NABLA}{c}{DOT}{DELTA}{v} = {MINUS}{ETA} ‖{NABLA}{c}‖²<br>"
            f"&nbsp;&nbsp;= {MINUS}{number(eta, 3)} {DOT} {fine(squared)} = {fine(coming.predicted)}",
            f"<b>measured</b> {DELTA}{c} = {c}({v} + {DELTA}{v}) {MINUS} {c}({v}) = {fine(coming.measured)}",
        ]


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.995 else f"{min(100 * share, 9999):.0f} %"


def _vector(v: Floats) -> str:
    return f"({plain(float(v[0]))}, {plain(float(v[1]))})"


class ValleyMap(Graph):
    """The valley from above: colour and contours, the ball, its path and its next step."""

    def __init__(self) -> None:
        """Start without a valley."""
        super().__init__("Valley from above: press to put the ball somewhere", "v₁", "v₂", 260)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.margins = QMarginsF(26, 26, 26, 26)
        numbers = [(value, number(value, 0)) for value in (-2, 0, 2)]
        self.set_view(-_OUT, _OUT, -_OUT, _OUT, x_ticks=numbers, y_ticks=numbers)
        self._heights: NDArray[np.float64] | None = None
        self._contours: list[Floats] = []
        self._ground: QPixmap | None = None
        self._path: Floats = np.zeros((1, 2))
        self._change: Floats = np.zeros(2)

    def area(self) -> QRectF:
        """Return the largest square there is room for, in the middle."""
        room = super().area()
        side = min(room.width(), room.height())
        return QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)

    def show_surface(self, surface: Surface) -> None:
        """Show this valley."""
        fine = (np.arange(_FINE) + 0.5) / _FINE * 2 * _OUT - _OUT
        heights = surface.value(np.stack(np.meshgrid(fine, fine[::-1]), axis=-1))
        coarse = np.linspace(-_OUT, _OUT, _GRID)
        values = surface.value(np.stack(np.meshgrid(coarse, coarse[::-1]), axis=-1))
        low, high = float(heights.min()), float(np.quantile(heights, 0.95))
        share = (heights - low) / (high - low)
        self._heights = np.sqrt(share, dtype=np.float64)  # the root tells heights near the bottom apart
        spread = (np.arange(_LEVELS * 2) + 0.5) / _LEVELS  # of the root, too; beyond 1 for the corners
        lines = contours(values, (low + (high - low) * spread**2).tolist())
        self._contours = [pieces / (_GRID - 1) for pieces in lines]
        self._ground = None
        self.update()

    def show_path(self, path: Floats, change: Floats) -> None:
        """Show the ball at the end of ``path`` (n, 2), and ``change`` (2,), where its next step would lead it."""
        self._path, self._change = path, change
        (v1, v2), (d1, d2) = path[-1].tolist(), change.tolist()
        self.setAccessibleDescription(
            f"After {len(path) - 1} steps the ball is at v1 = {short(v1)}, v2 = {short(v2)}; "
            f"its next step changes them by {short(d1)} and {short(d2)}"
        )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._ground = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the valley, the path and the ball."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area, ratio = self.area(), self.devicePixelRatioF()
            self.paint_axes(painter)
            if self._heights is not None:
                side = max(1, round(area.width() * ratio))
                if self._ground is None or self._ground.width() != side:
                    self._ground = self._paint_ground(side)
                    self._ground.setDevicePixelRatio(ratio)
                painter.drawPixmap(area.topLeft(), self._ground)
            painter.setClipRect(area)
            self._paint_path(painter)

    def _paint_ground(self, side: int) -> QPixmap:
        """Return colours and contours, painted once and kept: they are the same wherever the ball is."""
        assert self._heights is not None
        palette = self.palette()
        low, high = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
        ground = QPixmap(side, side)
        with QPainter(ground) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, side, side), coloured(self._heights, low, mixed(low, high, 0.55)))
            line = mixed(mixed(low, high, 0.55), palette.color(QPalette.ColorRole.Text), 0.35)
            painter.setPen(QPen(line, self.devicePixelRatioF()))
            for pieces in self._contours:
                painter.drawLines([QLineF(*ends) for ends in (pieces.reshape(-1, 4) * side).tolist()])
        return ground

    def _paint_path(self, painter: QPainter) -> None:
        palette = self.palette()
        paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        contrast = palette.color(QPalette.ColorRole.BrightText)
        *places, tip = self.points(*np.vstack([self._path, self._path[-1] + self._change]).T)
        painter.setPen(QPen(text, 2))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(paper, 1.5))
        painter.setBrush(text)
        for place in places[:-1]:
            painter.drawEllipse(place, 4.5, 4.5)
        arrow(painter, places[-1], tip, contrast, 3)
        painter.setPen(QPen(paper, 2))
        painter.setBrush(contrast)
        painter.drawEllipse(places[-1], 9, 9)


class ChangeGraph(Graph):
    """How one step from here changes C, against eta: the straight line that is predicted, and what is measured."""

    def __init__(self) -> None:
        """Start with nothing to compare."""
        super().__init__("Predicted and measured change of C against eta", ETA, f"{DELTA}C", 150)
        self._etas = np.linspace(0, _ETA, 161)
        self._measured: Floats = np.zeros(161)
        self._slope, self._eta, self._change = 0.0, 0.0, 0.0

    def show_changes(self, surface: Surface, coming: Move, eta: float) -> None:
        """Compare for all eta; mark ``eta``, which leads to the move that is ``coming``."""
        self._measured = measured_changes(surface, coming.v, self._etas)
        self._slope = -float(coming.gradient @ coming.gradient)
        self._eta, self._change = eta, coming.measured
        self.setAccessibleDescription(
            f"At {ETA} = {number(eta, 3)}: predicted {short(self._slope * eta)}, measured {short(coming.measured)}"
        )
        deepest = max(-float(self._measured.min()), 1e-9)
        self.set_view(0, _ETA, -1.6 * deepest, 0.8 * deepest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both lines, the eta chosen, and what the colours mean."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            palette, area = self.palette(), self.area()
            predicted, measured = series(0, palette), palette.color(QPalette.ColorRole.Text)
            painter.setClipRect(area)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
            painter.drawLine(self.to_widget(0, 0), self.to_widget(_ETA, 0))
            _, _, low, high = self.view
            x = self.to_widget(self._eta, 0).x()
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            etas = self._etas[self._slope * self._etas > 2 * low]  # clipping the line's direction would bend it
            painter.setPen(QPen(predicted, 2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(self.points(etas, self._slope * etas)))
            painter.setPen(QPen(measured, 2))
            painter.drawPolyline(QPolygonF(self.points(self._etas, self._measured)))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
            for change, colour in ((self._slope * self._eta, predicted), (self._change, measured)):
                painter.setBrush(colour)
                if low <= change <= high:
                    painter.drawEllipse(self.to_widget(self._eta, change), 5, 5)
            painter.setFont(font(SMALL, strong=True))
            falls = self._measured[-1] < 0.4 * low  # then the lines are below, and the words go above
            for row, (colour, text) in enumerate(((predicted, "predicted"), (measured, "measured"))):
                painter.setPen(colour)
                top = (area.top() + 4 if falls else area.bottom() - grown(40)) + grown(17) * row
                box = QRectF(area.right() - grown(90), top, grown(82), grown(16))
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)
