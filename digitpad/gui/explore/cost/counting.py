"""``Counting``, the view of the page of the cost that asks why right answers are not counted instead."""

from functools import partial
from html import escape

import numpy as np
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Digits
from digitpad.explore.cost import NO_COST
from digitpad.explore.one_weight import OneWeight
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.chosen_network import ChosenNetwork, NetworkChoice
from digitpad.gui.explore.working import Slice, WorkingView
from digitpad.gui.widgets.formula import DELTA, added, letter, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.words import counted
from digitpad.nn.network import Network

_IMAGES = 200  # that are read, the first of the test set
_PLACES = 201  # changes of the weight that the curves are of, an odd number: 0 is one of them
_REACH, _STEP = 2.0, 0.01  # of the slider, until the network is known
_FIGURES = 6  # of the cost, behind the point
_LEAST = 1e-6  # by which the cost must fall: what these figures can tell


class Counting(WorkingView):
    """Cost and count of right answers against one weight of the network, with a hand on the weight."""

    NAME = "Counting"
    TIP = "The cost and the count of right answers, as one weight is changed"
    TASK = Task(
        "under Counting, move the weight so that the cost falls, while the count of right answers stays as it was.",
        "The cost follows even small changes of the weight, and its slope says which way is down. The count keeps one "
        "value over a stretch, then jumps: its slope is 0 wherever it has one, so it gives gradient descent no "
        "direction.",
        "Counting",
    )

    def __init__(self, chosen: ChosenNetwork) -> None:
        """Fill the columns of the view, with nothing to show yet."""
        super().__init__()
        self._chosen = chosen
        self._weighed: tuple[Network, Digits] | None = None  # that the weight is of
        self._weight: OneWeight | None = None
        self._name = ""  # of the data set
        self._by_hand = False  # whether the person chose this weight
        across = f"change {DELTA}w of the weight"
        self.costs = Chart("Cost against the change of one weight", across, "cost C", height=180)
        self.counts = Chart("Right answers against the change of one weight", across, "right answers", height=180)
        for chart in (self.costs, self.counts):
            chart.set_view(-_REACH, _REACH, 0, 1)
            chart.placed.connect(self._go_to)
            self.pictures.addWidget(chart)
        self.change = NumberSlider(f"{DELTA}{letter('w')}", "Change of the weight", -_REACH, _REACH, 0, _STEP)
        self.change.moved.connect(self._move)
        self.which, self.told = NetworkChoice(chosen), QLabel(" ")
        self.told.setWordWrap(True)
        for widget in (self.which, self.change, self.told):
            self.controls.addWidget(widget)

    def wanted(self, digits: Digits) -> Slice | None:
        """Return the weight, as long as it is of another network or of other images."""
        network = self._chosen.network
        if self._weighed == (network, digits):
            return None
        some = digits.test[:_IMAGES]
        return Slice(partial(OneWeight, network, some.images, some.labels), partial(self._take, network, digits))

    def _take(self, network: Network, digits: Digits, weight: OneWeight) -> None:
        """Begin with the weight as it is."""
        self._weighed, self._name = (network, digits), digits.name
        self._weight, self._by_hand = (weight if weight.finite else None), False
        if self._weight is None:
            for chart in (self.costs, self.counts):
                chart.show_lines()
            self.changed.emit()
            return
        j = weight.steepest
        reach = weight.reach(j)
        self.change.set_range(-reach, reach)
        self.change.set_value(0)
        changes = np.linspace(-reach, reach, _PLACES)
        costs, counts = weight.changed(j, changes)
        low, high = float(costs.min()), float(costs.max())
        room = max(0.08 * (high - low), 1e-6)
        self.costs.set_view(-reach, reach, low - room, high + room)
        self.costs.show_lines(Line("", 0, changes.tolist(), costs.tolist()))
        half = changes[1] / 2 - changes[0] / 2  # a count is drawn level, up to half way to its neighbours
        x, y = np.repeat(changes, 2), np.repeat(counts, 2)
        x[::2] -= half
        x[1::2] += half
        self.counts.set_view(-reach, reach, float(counts.min()) - 1, float(counts.max()) + 1)
        self.counts.show_lines(Line("", 1, x.clip(-reach, reach).tolist(), y.tolist()))
        self.changed.emit()

    def show(self) -> tuple[str, ...]:
        """Show the weight as it is now, or what is in the way of it; return the lines of the formula."""
        weight, change = self._weight, self.change.value
        if weight is None or self.trouble:
            self.told.setText(self.trouble or (NO_COST if self._weighed else "Computing…"))
            return ()
        j = weight.steepest
        (before, now), (right_before, right) = weight.changed(j, np.array([0.0, change]))
        for chart in (self.costs, self.counts):
            chart.show_mark(change)
        self.told.setText(
            f"Over {counted(weight.count, 'test image')} ({escape(self._name)}):<br>"
            f"cost <b>{number(now, _FIGURES)}</b>, before {number(before, _FIGURES)}<br>"
            f"read rightly <b>{right}</b>, before {right_before}"
        )
        if self._by_hand and now < before - _LEAST and right == right_before:
            self._solve()
        w, c = letter("w"), letter("C")
        return (
            f"{w} leads from {self._source(weight)} to output {j}: of all weights to outputs, that on which {c} "
            "depends most",
            f"{w} + {DELTA}{w} = {number(weight.weight(j), 4)} {added(change, 4)}"
            f" = {number(weight.weight(j) + change, 4)}",
            f"at {DELTA}{w} = 0: ∂{c}/∂{w} = {number(weight.slope(j), _FIGURES)}",
        )

    @staticmethod
    def _source(weight: OneWeight) -> str:
        """Return where the weight comes from, counted from 1 as on the page of the layers."""
        hidden, k = len(weight.network.weights) > 1, int(weight.sources[weight.steepest]) + 1
        return f"neuron {k} of the last hidden layer" if hidden else f"pixel {k}"

    def _go_to(self, change: float, _: float) -> None:
        self.change.choose(change)

    def _move(self) -> None:
        self._by_hand = True
        self.changed.emit()
