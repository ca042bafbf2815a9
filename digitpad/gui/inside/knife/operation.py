"""What is done to a copy of the network in use, and what comes of it: ``Operation``."""

from collections.abc import Generator, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Dataset
from digitpad.gui.inside.knife.slices import in_slices
from digitpad.gui.services.background import Background
from digitpad.inside.activity import Neuron
from digitpad.inside.knife import Cut, Order, after, in_order, score_steps
from digitpad.inside.pruning import Pruning, digits_for, pruning_steps
from digitpad.nn.network import Network
from digitpad.train.hand import Score

_CUT, _SCORE, _PRUNING = "knife: cut", "knife: score", "knife: pruning"  # of which the newest request counts


class Operation(QObject):
    """Cuts a ``network``, and measures what is left, away from the window.

    ``cut`` is what is wanted; ``result`` is the network after it, as soon as it is made, and until then the one of
    before. ``before`` and ``score`` are what the uncut network and the result read of the digits, None until that is
    known; ``curves`` has how many neurons of the ``layer`` that is looked at can go, by the order in which they do.

    Signals: ``cut_changed()`` after what is wanted changed, ``made()`` after there was another result, ``measured()``
    after more was known of scores or curves.
    """

    cut_changed = Signal()
    made = Signal()
    measured = Signal()

    def __init__(self, parent: QObject, background: Background, network: Network) -> None:
        """Begin with ``network`` whole."""
        super().__init__(parent)
        self._background = background
        self.digits: Dataset | None = None
        self.order, self.seed = Order.RANDOM, 0
        self._ordered: tuple[object, NDArray[np.intp]] = None, np.empty(0, np.intp)  # for what, and how
        self._take_up(network)

    def _take_up(self, network: Network) -> None:
        for key in (_CUT, _SCORE, _PRUNING):
            self._background.drop(key)
        self.network = self.result = network
        self.cut, self.layer = Cut(), 1
        self.before: Score | None = None
        self.score: Score | None = None
        self.curves: dict[Order, Pruning] = {}

    # What is cut

    def use(self, network: Network, cut: Cut) -> None:
        """Begin anew with another ``network``, and do this ``cut`` to it."""
        layer = self.layer
        self._take_up(network)
        self.layer = min(layer, max(len(self.hidden), 1))
        for changed in (self.cut_changed, self.made, self.measured):
            changed.emit()
        if cut == self.cut:
            self._measure()
        else:
            self._wish(cut)

    @property
    def is_made(self) -> bool:
        """Whether ``result`` is the network after ``cut``."""
        return not self._background.pending(_CUT)

    @property
    def hidden(self) -> tuple[int, ...]:
        """How many neurons each hidden layer has."""
        return self.network.sizes[1:-1]

    @property
    def neurons(self) -> int:
        """How many neurons the layer has that is looked at; 0 where the network has no hidden layer."""
        return self.hidden[self.layer - 1] if self.hidden else 0

    @property
    def off(self) -> frozenset[int]:
        """Which neurons of the layer that is looked at are off."""
        return frozenset(self.cut.off_in(self.layer).tolist())

    def look_at(self, layer: int) -> None:
        """Look at another hidden ``layer``, 1 being the first; what is off in others stays off."""
        if layer != self.layer:
            self.layer = layer
            self._forget_curves()
            self.cut_changed.emit()

    def switch_off(self, count: int) -> None:
        """Have the first ``count`` neurons of the layer off, in the order that was chosen."""
        self._set_off(self._first_to_go()[:count].tolist())

    def _first_to_go(self) -> NDArray[np.intp]:
        wanted = self.network, self.layer, self.order, self.seed
        if wanted != self._ordered[0]:
            self._ordered = wanted, in_order(*wanted)
        return self._ordered[1]

    def switch(self, index: int, on: bool) -> None:
        """Switch one neuron of the layer on or off."""
        self._set_off(self.off - {index} if on else self.off | {index})

    def choose_order(self, order: Order, seed: int) -> None:
        """Have as many neurons off as before, in another order; ``seed`` is for a random one."""
        if seed != self.seed:
            self.curves.pop(Order.RANDOM, None)
        self.order, self.seed = order, seed
        self._background.drop(_PRUNING)
        self.measured.emit()
        self.switch_off(len(self.off))

    def weigh(self, bits: int, noise: float) -> None:
        """Have weights of so many ``bits``, after ``noise`` was added to them, in units of a layer's deviation."""
        self._wish(replace(self.cut, bits=bits, noise=noise))

    def shuffle_noise(self) -> None:
        """Add other noise, as much as before."""
        self._wish(replace(self.cut, seed=self.cut.seed + 1))

    def undo_all(self) -> None:
        """Have the network whole again."""
        self._wish(Cut())

    def _set_off(self, indices: Iterable[int]) -> None:
        others = {neuron for neuron in self.cut.off if neuron.layer != self.layer}
        self._wish(replace(self.cut, off=frozenset(others | {Neuron(self.layer, index) for index in indices})))

    def _wish(self, cut: Cut) -> None:
        if cut == self.cut:
            return
        if self._others(cut) != self._others(self.cut):
            self._forget_curves()
        self.cut, self.score = cut, None
        self._background.drop(_SCORE)  # of the cut before, which would be in the way
        network = self.network
        self._background.run(lambda: after(network, cut), self._take, latest=_CUT)
        self.cut_changed.emit()

    def _others(self, cut: Cut) -> Cut:
        """Return what is done to the network beside the layer that is looked at: what a curve begins with."""
        off = frozenset(neuron for neuron in cut.off if neuron.layer != self.layer)
        return replace(cut, off=off, seed=cut.seed if cut.noise else 0)

    def _take(self, result: Network) -> None:
        self.result = result
        self.made.emit()
        self.measured.emit()
        self._measure()

    # What is measured

    def read(self, digits: Dataset | None) -> None:
        """Measure on these ``digits`` from now on; None while there are none."""
        if digits is not self.digits:
            self.digits, self.before, self.score = digits, None, None
            self._background.drop(_SCORE)
            self._forget_curves()
            self.measured.emit()
            self._measure()

    def _measure(self) -> None:
        """Measure what is left of the network, and where it is not known yet the whole one."""
        if self.digits is None or not len(self.digits):
            return
        if self.cut != Cut():
            steps = score_steps(self.result, self.digits)
            in_slices(self._background, steps, self._know, self._end, latest=_SCORE)
        elif self.before is None or self.before.n < len(self.digits):
            self._measure_before(self.digits)
        else:
            self._know(self.before)

    def _measure_before(self, digits: Dataset) -> None:
        steps = score_steps(self.network, digits)
        in_slices(self._background, steps, self._know_before, self._know_before, latest=_SCORE)

    def _know_before(self, score: Score) -> None:
        self.before = score
        if self.cut == Cut():
            self.score = score
        self.measured.emit()

    def _know(self, score: Score) -> None:
        self.score = score
        self.measured.emit()

    def _end(self, score: Score) -> None:
        self._know(score)
        if self.digits is not None and (self.before is None or self.before.n < len(self.digits)):
            self._measure_before(self.digits)

    # How many can go

    @property
    def measuring(self) -> bool:
        """Whether it is being measured how many neurons can go."""
        return self._background.pending(_PRUNING)

    def find_how_many_can_go(self) -> None:
        """Measure how accuracy falls with the neurons of the layer, in the order chosen, and of what else was cut."""
        if self.digits is None or not len(self.digits) or not self.hidden:
            return
        network, others, order, layer = self.network, self._others(self.cut), self.order, self.layer
        digits, first_to_go = self.digits[: digits_for(network, layer)], self._first_to_go()

        def steps() -> Generator[Pruning | None, None, Pruning]:
            return (yield from pruning_steps(after(network, others), layer, first_to_go, digits))

        def know(curve: Pruning) -> None:
            self.curves[order] = curve
            self.measured.emit()

        self.curves.pop(order, None)
        in_slices(self._background, steps(), know, know, latest=_PRUNING)
        self.measured.emit()

    def stop(self) -> None:
        """Measure no further how many can go."""
        self._background.drop(_PRUNING)
        self.measured.emit()

    def _forget_curves(self) -> None:
        self._background.drop(_PRUNING)
        self.curves = {}
        self.measured.emit()
