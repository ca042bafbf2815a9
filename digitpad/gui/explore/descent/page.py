"""``DescentPage``, page 6: gradient descent on a function of one variable."""

from math import ceil, log2

import numpy as np
from PySide6.QtCore import QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from digitpad.explore.chapter import Idea
from digitpad.explore.descent import FAR, MOST, Curve, Descent, Parabola, Quartic, behaviour, descend
from digitpad.gui.explore.page import Page, Shared, choice
from digitpad.gui.explore.player import Player
from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.formula import DOT, ETA, MINUS, added, factor, letter, number
from digitpad.gui.widgets.graph import Graph, Remark, plain, short
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import SMALL, grow, set_font

_OUT = 6.0  # the start lies between this and its negative, which is what the graph shows as long as x stays there
_LOW, _HIGH = -4.0, 24.0  # what the graph then shows of C
_PAUSE_MS = 350  # between two steps, when they are played
_TANGENT = 42.0  # pixels: half the length of a tangent
_NEAR, _AWAY = 0.05, 2.0  # the task: how near to the bottom one step is to lead, and from how far away
_SHORT = 0.1  # farther than this from the bottom, the loop ended because it crawled
_EXACT = 1e-9  # as good as 0, but for rounding
_QUARTIC = Quartic()


class DescentPage(Page):
    """The steps x - eta dC/dx on a parabola or a quartic, with tangents, table, and what becomes of them."""

    IDEA = Idea.DESCENT
    TEXT = (
        f"Gradient descent moves x against the slope, by {ETA} times the slope: x → x {MINUS} {ETA} dC/dx. "
        "Press in the graph to choose where to begin; the grey path shows where the steps will lead."
    )
    TASK = (
        f"on a parabola, begin at least {_AWAY:.0f} away from the bottom, find the {ETA} that leads to within "
        f"{_NEAR} of it in one step, and take that step."
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with a parabola, and with an eta that crawls."""
        super().__init__(shared)
        self.graph = CurveGraph()
        self.verdict = Remark(letters=225)
        self.table = _table()
        self.picture.addWidget(self.graph, 1)
        self.picture.addWidget(self.verdict)
        self.picture.addWidget(self.table)
        curves = "Parabola: one valley", "Quartic: two valleys"
        self.curve_box = choice("Function", "The function C(x) to be made small", *curves)
        self.c2 = NumberSlider(letter("c", 2), "Coefficient of x squared", 0.3, 3, 0.8, 0.05)
        self.c1 = NumberSlider(letter("c", 1), "Coefficient of x", -2, 2, -1.6, 0.05)
        self.c0 = NumberSlider(letter("c", 0), "Constant", 0, 6, 3, 0.05)
        self.x0 = NumberSlider(letter("x", 0), "Start", -_OUT, _OUT, -4, 0.05)
        self.eta = NumberSlider(ETA, "Learning rate eta", 0.01, 4, 0.1, 0.01)
        tips = "Take one step", "Take step after step, until the loop ends", "Go back to the start"
        self.player = Player(_PAUSE_MS, self._step, self._rewind, lambda: self._taken == self.run.steps, tips)
        self.controls.addWidget(self.curve_box)
        for slider in (self.c2, self.c1, self.c0, self.x0, self.eta):
            slider.changed.connect(self._begin_again)
            self.controls.addWidget(slider)
        self.controls.addWidget(self.player)
        self.curve_box.currentIndexChanged.connect(self._begin_again)
        self.graph.placed.connect(self._place)
        self._taken = 0
        self._curve: Curve
        self.run: Descent
        self._begin_again()

    @property
    def taken(self) -> int:
        """How many steps were taken."""
        return self._taken

    @property
    def place(self) -> float:
        """Where the steps have led so far."""
        return self.run.path[self._taken]

    def _begin_again(self) -> None:
        parabola = self.curve_box.currentIndex() == 0
        for slider in (self.c2, self.c1, self.c0):
            slider.setEnabled(parabola)
        self._curve = Parabola(self.c2.value, self.c1.value, self.c0.value) if parabola else _QUARTIC
        self.run = descend(self._curve, self.x0.value, self.eta.value)
        self.player.stop()
        self._rewind()

    def _rewind(self) -> None:
        self._taken = 0
        self.update_soon()

    def _place(self, x0: float) -> None:
        with QSignalBlocker(self.x0):
            self.x0.set_value(x0)
        self._begin_again()

    def _step(self) -> None:
        self._taken += 1
        self.update_soon()
        if isinstance(self._curve, Parabola) and self._taken == 1:
            bottom = self._curve.minimum
            if abs(self.run.path[0] - bottom) >= _AWAY and abs(self.place - bottom) <= _NEAR:
                self._done()

    def _update(self) -> None:
        self.graph.show_run(self._curve, self.run.path, self._taken)
        _fill(self.table, self._curve, self.run.path[: self._taken + 1])
        self.player.refresh()
        curve, eta, run = self._curve, self.eta.value, self.run
        if isinstance(curve, Parabola):
            self.verdict.setText(f"{_of_parabola(curve, eta, run)} {_of_loop(curve, run)}")
            self.formula.show_lines(*self._parabola_lines(curve, eta))
        else:
            self.verdict.setText(f"{_of_quartic(eta, run)} {_of_loop(curve, run)}")
            self.formula.show_lines(*self._quartic_lines(eta))

    def _step_line(self) -> str:
        n, x, slope = self._taken, self.place, self._curve.slope(self.place)
        there = x - self.eta.value * slope
        return (
            f"{letter('x', n + 1)} = {letter('x', n)} {MINUS} {ETA} d{letter('C')}/d{letter('x')}<br>"
            f"&nbsp;&nbsp;= {plain(x)} {MINUS} {number(self.eta.value)} {DOT} {_bracketed(slope)} = {plain(there)}"
        )

    def _parabola_lines(self, curve: Parabola, eta: float) -> list[str]:
        n, x0, x = self._taken, self.run.path[0], letter("x")
        each, bottom = curve.factor(eta), curve.minimum
        left, power = f"1 {MINUS} 2 {letter('c', 2)} {ETA}", f"<sup>{letter('n')}</sup>"
        return [
            f"{letter('C')}({x}) = {number(curve.c2)} {letter('x', power=2)} {added(curve.c1)} {x} {added(curve.c0)}",
            f"d{letter('C')}/d{x} = 2 {letter('c', 2)} {x} + {letter('c', 1)}"
            f" = {number(2 * curve.c2)} {x} {added(curve.c1)}",
            self._step_line(),
            f"{left} = 1 {MINUS} 2 {DOT} {number(curve.c2)} {DOT} {number(eta)} = {number(each, 3)}",
            f"{letter('x', letter('n'))} = {x}* + ({left}){power} ({letter('x', 0)} {MINUS} {x}*)<br>"
            f"{letter('x', n)} = {number(bottom)} + {factor(each, 3)}<sup>{n}</sup> {DOT} {factor(x0 - bottom)}"
            f" = {plain(curve.after(n, x0, eta))}",
        ]

    def _quartic_lines(self, eta: float) -> list[str]:
        curve, x = _QUARTIC, letter("x")
        bottom = min(curve.minima, key=lambda place: abs(place - self.run.path[-1]))
        bend = curve.curvature(bottom)
        return [
            f"{letter('C')}({x}) = {curve.a4} {letter('x', power=4)} {added(curve.a2, 1)} {letter('x', power=2)}"
            f" {added(curve.a1, 1)} {x} {added(curve.a0, 0)}",
            f"d{letter('C')}/d{x} = {number(4 * curve.a4, 1)} {letter('x', power=3)} {added(2 * curve.a2, 1)} {x}"
            f" {added(curve.a1, 1)}",
            self._step_line(),
            f"near {x}* = {number(bottom)}: 2 {letter('c', 2)} ≈ {letter('C')}″({x}*) = {number(bend)}",
            f"1 {MINUS} {ETA} {letter('C')}″({x}*) = 1 {MINUS} {number(eta)} {DOT} {number(bend)}"
            f" = {number(1 - eta * bend, 3)}",
        ]


def _of_parabola(curve: Parabola, eta: float, run: Descent) -> str:
    """Return what the steps do on a parabola, and why."""
    each = curve.factor(eta)
    kind, left = behaviour(each), f"{number(100 * abs(each), 1)} %"
    one = f"1/{letter('c', 2)} = {number(1 / curve.c2, 3)}"
    half = f"1/(2 {letter('c', 2)}) = {number(1 / (2 * curve.c2), 3)}"
    if abs(run.path[0] - curve.minimum) < _EXACT:
        return "<b>Begins at the bottom:</b> the slope is 0, and x stays where it is."
    if kind in ("swings", "diverges") and run.ending == "converged":
        return f"<b>Begins next to the bottom:</b> {ETA} is too large to come nearer, but the first step is tiny."
    if abs(each) < _EXACT:
        return f"<b>Arrives at once:</b> {ETA} is {half}, and the first step takes the whole way."
    return {
        "crawls": f"<b>Crawls:</b> {ETA} is far below {half}, and each step leaves {left} of the way.",
        "converges": f"<b>Converges</b> from one side: each step leaves {left} of the way to the bottom.",
        "arrives": f"<b>Nearly arrives at once:</b> {ETA} is close to {half}, and one step takes nearly the whole way.",
        "oscillates": (
            f"<b>Oscillates about the minimum, and converges:</b> {ETA} is above {half}, so each step goes too far, "
            f"and below {one}, so {left} of the distance is left."
        ),
        "swings": f"<b>Swings for ever:</b> {ETA} is {one}, and each step leads to the same height on the other side.",
        "diverges": (
            f"<b>Diverges:</b> {ETA} is above {one}, and each step multiplies the distance by {number(abs(each), 3)}."
        ),
    }[kind]


def _of_quartic(eta: float, run: Descent) -> str:
    """Return what the steps do on the quartic, and why."""
    if run.ending == "diverged":
        return f"<b>Diverges:</b> the walls are so steep that {ETA} = {number(eta)} throws x out higher than it was."
    low = min(_QUARTIC.minima, key=lambda bottom: abs(bottom - run.path[-1]))
    bound = 2 / _QUARTIC.curvature(low)
    why = f"{ETA} is {{}} 2/{letter('C')}″({letter('x')}*) = {number(bound)}"
    if run.ending == "unfinished":
        if eta < bound:
            return f"<b>Jumps about without settling,</b> though {why.format('below')}: it never comes near enough."
        return f"<b>Jumps about without settling:</b> {why.format('above')}, and no step is short enough to stay."
    if abs(run.path[-1] - low) > _SHORT:
        return f"<b>Crawls:</b> where the slope is gentle, {ETA} times the slope is soon below 0.01."
    if eta > bound:
        return f"<b>Stops by chance:</b> {why.format('above')}, but it happened to land next to the bottom."
    began, ended = ("right" if x > _QUARTIC.hill else "left" for x in (run.path[0], run.path[-1]))
    if began != ended:
        return f"<b>Leaps over the hill:</b> it begins in the {began} valley and ends in the {ended} one."
    crossed = any((x > _QUARTIC.hill) != (run.path[0] > _QUARTIC.hill) for x in run.path)
    if crossed:
        return f"<b>Comes back:</b> it leaps over the hill and ends in the {ended} valley, where it began."
    return f"<b>Converges</b> in the {ended} valley, where it began; the other one it cannot know of."


def _of_loop(curve: Curve, run: Descent) -> str:
    """Return how the loop of the steps ends."""
    count = f"{run.steps} step{'s' * (run.steps != 1)}"
    if run.ending == "unfinished":
        return f"After {MOST} steps they are still longer than 0.01."
    if run.ending == "diverged":
        return f"After {count} x is farther out than {FAR:.0f}, and is stopped there."
    rest = min(abs(run.path[-1] - bottom) for bottom in curve.minima)
    if rest > _SHORT:
        return (
            f"The loop “while step &gt; 0.01” ends after {count}, yet {number(rest)} from the bottom: "
            "the steps are short, not the way."
        )
    return f"The loop “while step &gt; 0.01” ends after {count}, {number(rest, 3)} from the bottom."


def _bracketed(value: float) -> str:
    text = plain(value)
    return f"({text})" if text.startswith(MINUS) else text


def _table() -> QTableWidget:
    table = QTableWidget(0, 4)
    table.setHorizontalHeaderLabels(["step", "x", "C(x)", "dC/dx"])
    table.setAccessibleName("Places visited")
    table.setAccessibleDescription("Each step with x, the cost and its derivative there")
    table.verticalHeader().hide()
    grow(table.verticalHeader(), defaultSectionSize=22)
    set_font(table.horizontalHeader(), SMALL)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)  # Tab leaves it; the arrow keys move in it
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the columns keep their width
    grow(table, minimumHeight=22 * 5 + 26, maximumHeight=22 * 5 + 26)
    return table


def _fill(table: QTableWidget, curve: Curve, path: tuple[float, ...]) -> None:
    """Show ``path``: only what is new where it goes on, all of it where it begins again."""
    have = table.rowCount() if 1 < table.rowCount() <= len(path) else 0
    table.setRowCount(len(path))
    for row in range(have, len(path)):
        x = path[row]
        for column, value in enumerate((row, x, curve.value(x), curve.slope(x))):
            text = number(value, 3) if abs(value) < 1e5 else short(value)
            item = table.item(row, column)
            if item is None:
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
            item.setText(text if column else str(row))
    table.scrollToBottom()


class CurveGraph(Graph):
    """The curve, the steps taken with their tangents, and those to come."""

    def __init__(self) -> None:
        """Start without a curve."""
        super().__init__("Graph of C(x): press to choose the start", "x", "C", 260)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._curve: Curve | None = None
        self._path: tuple[float, ...] = ()
        self._taken = 0

    def show_run(self, curve: Curve, path: tuple[float, ...], taken: int) -> None:
        """Show ``curve`` and a ``path`` along it, of which the first steps are ``taken``."""
        self._curve, self._path, self._taken = curve, path, taken
        x = path[min(taken, len(path) - 1)]
        self.setAccessibleDescription(
            f"Step {taken} of {len(path) - 1}: x = {short(x)}, C = {short(curve.value(x))}, "
            f"slope {short(curve.slope(x))}"
        )
        near = [x for x in path[: taken + 1] if abs(x) <= FAR]
        farthest = max(abs(x) for x in near) / _OUT
        highest = max(curve.value(x) for x in near if abs(x) <= 2 * _OUT) / _HIGH
        zoom = 2.0 ** max(0, ceil(log2(max(farthest, max(highest, 1e-9) ** 0.5))))
        self.set_view(-_OUT * zoom, _OUT * zoom, _LOW * zoom**2, _HIGH * zoom**2)  # a parabola keeps its shape

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, curve, path and tangents."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            if self._curve is None:
                return
            palette, area, curve = self.palette(), self.area(), self._curve
            painter.setClipRect(area)
            left, right, _, _ = self.view
            xs = np.linspace(left, right, 241)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawPolyline(QPolygonF(self.points(xs, curve.value(xs))))
            self._paint_path(painter, palette, curve)

    def _paint_path(self, painter: QPainter, palette: QPalette, curve: Curve) -> None:
        # What comes after the first two hundred would add nothing that one could tell apart.
        xs = np.array(self._path[:200])
        places = self.points(xs, curve.value(xs))
        gone, ahead = places[: self._taken + 1], places[self._taken :]
        paper, pale = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Dark)
        accent, contrast = palette.color(QPalette.ColorRole.Highlight), series(1, palette)
        painter.setPen(QPen(pale, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(ahead))
        painter.setBrush(paper)
        for place in ahead[1:]:
            painter.drawEllipse(place, 3, 3)
        painter.setPen(QPen(contrast, 1.5))
        left, right, low, high = self.view
        across, up = self.area().width() / (right - left), self.area().height() / (high - low)  # pixels to 1
        for x, place in zip(self._path, gone, strict=False):
            along = QPointF(across, -curve.slope(x) * up)
            along *= _TANGENT / float(np.hypot(along.x(), along.y()))
            painter.drawLine(place - along, place + along)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(gone))
        painter.setPen(QPen(paper, 1.5))
        painter.setBrush(accent)
        for place in gone[:-1]:
            painter.drawEllipse(place, 5, 5)
        if self._taken < len(places):
            painter.setBrush(contrast)
            painter.drawEllipse(places[self._taken], 8, 8)
