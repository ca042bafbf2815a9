"""``DescentPage``: gradient descent on a function of one variable."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker

from digitpad.explore.chapter import Idea
from digitpad.explore.descent import Curve, Descent, Parabola, Quartic, descend
from digitpad.explore.exercises.one_variable import ONE_VARIABLE
from digitpad.explore.guesses import OVERSHOOTING
from digitpad.explore.task import Task
from digitpad.gui.explore.controls import button, choice
from digitpad.gui.explore.descent.graph import CurveGraph
from digitpad.gui.explore.descent.table import PlacesTable
from digitpad.gui.explore.descent.verdicts import of_loop, of_parabola, of_quartic
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.player import Player
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, added, factor, letter, number, whole, whole_added
from digitpad.gui.widgets.graph import Remark, fine, plain, plain_factor
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.train.recipe import Recipe

_FARTHEST = 20.0  # a start lies between this and its negative
_PAUSE_MS = 350  # between two steps, when they are played
_NEAR, _AWAY = 0.05, 2.0  # the task: how near to the bottom one step is to lead, and from how far away
_NOTEBOOKS_START, _NOTEBOOKS_ETA = 10.0, 0.05
_QUARTIC = Quartic()


class DescentPage(Page):
    """The steps x - eta dC/dx on a parabola or a quartic, with tangents, table, and what becomes of them."""

    IDEA = Idea.DESCENT
    TEXT = (
        f"With one variable the gradient is the slope of the tangent, and x slides down the tangent: "
        f"x → x {MINUS} {ETA} dC/dx, to the side on which it falls, the farther the steeper it is. "
        "Press in the graph to choose where to begin; the grey path shows where the steps will lead."
    )
    TASK = Task(
        f"on a parabola, begin at least {_AWAY:.0f} away from the bottom, find the {ETA} that leads to within "
        f"{_NEAR} of it in one step, and take that step.",
        f"A parabola’s slope grows in proportion to the distance from the bottom, so one {ETA}, 1/(2c₂), turns every "
        f"slope into the whole way. No other curve has one {ETA} that does.",
    )
    WAYS = (
        ("Two variables", ToPage(Idea.VALLEY)),
        (f"Train with {ETA} = 0.001", ToTrain(replace(Recipe(), eta=0.001))),
        (f"Train with {ETA} = 100", ToTrain(replace(Recipe(), eta=100.0))),
    )
    EXERCISES = (ONE_VARIABLE,)

    def __init__(self, shared: Shared) -> None:
        """Begin with a parabola, and with an eta that crawls."""
        super().__init__(shared)
        self.graph = CurveGraph(_FARTHEST)
        self.verdict = Remark(letters=240)
        self.table = PlacesTable()
        self.picture.addWidget(self.graph, 1)
        self.picture.addWidget(self.verdict)
        self.picture.addWidget(self.table)
        curves = "Parabola: one valley", "Quartic: two valleys"
        self.curve_box = choice("Function", "The function C(x) to be made small", *curves)
        self.c2 = NumberSlider(letter("c", 2), "Coefficient of x squared", 0.3, 3, 0.8, 0.05)
        self.c1 = NumberSlider(letter("c", 1), "Coefficient of x", -2, 2, -1.6, 0.05)
        self.c0 = NumberSlider(letter("c", 0), "Constant", 0, 6, 3, 0.05)
        self.x0 = NumberSlider(letter("x", 0), "Start", -_FARTHEST, _FARTHEST, -4, 0.05)
        self.eta = NumberSlider(ETA, "Learning rate eta", 0.01, 4, 0.1, 0.01)
        tips = "Take one step", "Take step after step, until the loop ends", "Go back to the start"
        self.player = Player(_PAUSE_MS, self._step, self._rewind, lambda: self._taken == self.run.steps, tips)
        self.notebook = button(
            f"The notebook’s: x² from 10, step {_NOTEBOOKS_ETA}",
            f"The run of “Parabool” in the notebook, which calls {ETA} μ: all its steps and tangents",
        )
        self.notebook.clicked.connect(self._run_the_notebooks)
        self.controls.addWidget(self.curve_box)
        for slider in (self.c2, self.c1, self.c0, self.x0, self.eta):
            slider.changed.connect(self._begin_again)
            self.controls.addWidget(slider)
        self.controls.addWidget(self.player)
        self.controls.addWidget(self.notebook)
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

    def _run_the_notebooks(self) -> None:
        self._set(Parabola(1.0, 0.0, 0.0), _NOTEBOOKS_START, _NOTEBOOKS_ETA)
        self._taken = self.run.steps
        self.update_soon()

    def _set(self, curve: Parabola, start: float, eta: float) -> None:
        self.curve_box.setCurrentIndex(0)
        values = curve.c2, curve.c1, curve.c0, start, eta
        for slider, value in zip((self.c2, self.c1, self.c0, self.x0, self.eta), values, strict=True):
            slider.set_value(value)

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

    def _try(self) -> None:
        curve, start, eta = OVERSHOOTING
        self._set(curve, start, eta)
        self._taken = 3
        self.update_soon()

    def _update(self) -> None:
        self.graph.show_run(self._curve, self.run.path, self._taken)
        self.table.show_path(self._curve, self.run.path[: self._taken + 1])
        self.player.refresh()
        curve, eta, run = self._curve, self.eta.value, self.run
        if isinstance(curve, Parabola):
            self.verdict.setText(f"{of_parabola(curve, eta, run)} {of_loop(curve, run)}")
            self.formula.show_lines(*self._parabola_lines(curve, eta))
        else:
            self.verdict.setText(f"{of_quartic(_QUARTIC, eta, run)} {of_loop(curve, run)}")
            self.formula.show_lines(*self._quartic_lines(eta))

    def _step_line(self) -> str:
        n = min(self._taken, self.run.steps - 1)  # the next step; at the end the last
        x = self.run.path[n]
        slope, eta = self._curve.slope(x), self.eta.value
        there = x - eta * slope
        return (
            f"{letter('x', n + 1)} = {letter('x', n)} {MINUS} {ETA} d{letter('C')}/d{letter('x')}<br>"
            f"&nbsp;&nbsp;= {plain(x)} {MINUS} {whole(eta)} {DOT} {plain_factor(slope)} = {plain(there)}<br>"
            f"on the tangent {DELTA}{letter('C')} = {MINUS}{ETA} (d{letter('C')}/d{letter('x')})² = "
            f"{fine(slope * (there - x))}, on the curve {fine(self._curve.value(there) - self._curve.value(x))}"
        )

    def _parabola_lines(self, curve: Parabola, eta: float) -> list[str]:
        n, x0, x = self._taken, self.run.path[0], letter("x")
        each, bottom = curve.factor(eta), curve.minimum
        left, power = f"1 {MINUS} 2 {letter('c', 2)} {ETA}", f"<sup>{letter('n')}</sup>"
        return [
            f"{letter('C')}({x}) = {whole(curve.c2)} {letter('x', power=2)} {whole_added(curve.c1)} {x} "
            f"{whole_added(curve.c0)}",
            f"d{letter('C')}/d{x} = 2 {letter('c', 2)} {x} + {letter('c', 1)}"
            f" = {whole(2 * curve.c2)} {x} {whole_added(curve.c1)}",
            self._step_line(),
            f"{left} = 1 {MINUS} 2 {DOT} {whole(curve.c2)} {DOT} {whole(eta)} = {number(each, 3)}",
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
            f"1 {MINUS} {ETA} {letter('C')}″({x}*) = 1 {MINUS} {whole(eta)} {DOT} {number(bend)}"
            f" = {number(1 - eta * bend, 3)}",
        ]
