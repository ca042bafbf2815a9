"""What the program makes of a drawing: the ten outputs, the answer, and whether to trust it."""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from digitpad.draw.nine import Nine, views
from digitpad.draw.preprocess import Stages
from digitpad.nn.binary import bits
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

# Below these the window is not sure. Chosen on writers that the default network never saw, UNIPEN's contributors val
# and uqb: with them it refuses 3.5 per cent of their digits, which are hard to read, and 94 to 98 of their letters and
# symbols. Of MNIST's test images it refuses 1.2 per cent.
SURE_OUTPUT = 0.55  # the largest output at least this
SURE_MARGIN = 0.3  # and this far ahead of the next
# Where it is sure and at least this, 998 in a thousand answers of the default network are right for these writers; of
# the others of which it is sure, 90 in a hundred.
CERTAIN_OUTPUT = 0.9
CERTAIN_MARGIN = 0.8
# Below this, even of the largest output, it is no digit to the window: so it is with one or two in a thousand of
# MNIST's test images, with none of the recorded pens, and with eight to nine in ten letters and symbols.
DIGIT_OUTPUT = 0.1


class Verdict(Enum):
    """How far the answer can be trusted."""

    BLANK = "blank"
    NO_DIGIT = "no digit"
    UNSURE = "unsure"
    SURE = "sure"


@dataclass(frozen=True, eq=False)
class Reading:
    """The network's reading of one drawing.

    ``outputs``: (10,) in [0, 1], one per digit, not probabilities. ``bits``: (4,) in [0, 1], the activations of the
    binary output layer, worth 8, 4, 2, 1. ``digit`` has the largest output and ``runner_up`` the next; ``margin`` is
    the difference between these two. ``otherwise`` is another digit that a picture might be, where it is not plain
    what of it is ink; then the reading is not sure, whatever the outputs are. Where the drawing was read nine times,
    the outputs are the mean of those in ``nine``.
    """

    verdict: Verdict
    outputs: Floats
    bits: Floats
    digit: int
    runner_up: int
    margin: float
    otherwise: int | None = None
    nine: Nine | None = None

    @property
    def certain(self) -> bool:
        """Whether it is so far above what makes it sure that hardly any such answer is wrong."""
        high = float(self.outputs[self.digit]) >= CERTAIN_OUTPUT and self.margin >= CERTAIN_MARGIN
        return self.verdict is Verdict.SURE and high


def verdict(outputs: Floats) -> Verdict:
    """Return how far to trust the ten ``outputs`` for a drawing that is not blank."""
    second, first = np.sort(outputs)[-2:]
    if first < DIGIT_OUTPUT:
        return Verdict.NO_DIGIT
    return Verdict.SURE if first >= SURE_OUTPUT and first - second >= SURE_MARGIN else Verdict.UNSURE


def read(network: Network, stages: Stages, *, nine: bool = False) -> Reading:
    """Feed a preprocessed drawing forward through ``network`` (784 inputs, 10 outputs), once or ``nine`` times."""
    reading = _read_nine(network, stages) if nine else reading_of(outputs_of(network, stages.image), blank=stages.blank)
    if reading.verdict is Verdict.SURE and stages.otherwise:
        others = outputs_of(network, np.stack(stages.otherwise))
        others = others[(others.argmax(axis=1) != reading.digit) & (others.max(axis=1) >= DIGIT_OUTPUT)]
        if len(others):
            return replace(reading, verdict=Verdict.UNSURE, otherwise=int(others.max(axis=0).argmax()))
    return reading


def _read_nine(network: Network, stages: Stages) -> Reading:
    images = views(stages.image[None])[0]
    outputs = outputs_of(network, images)
    reading = reading_of(outputs.mean(axis=0), blank=stages.blank)
    digits = tuple(None if verdict(one) is Verdict.NO_DIGIT else int(one.argmax()) for one in outputs)
    answer = None if reading.verdict is Verdict.NO_DIGIT else reading.digit
    return replace(reading, nine=Nine(images, outputs, digits, digits.count(answer)))


def outputs_of(network: Network, images: Floats) -> Floats:
    """Return the outputs, 0 where weights that a run blew up leave no number: such a neuron says nothing."""
    return np.nan_to_num(network.feedforward(images), copy=False)


def reading_of(outputs: Floats, *, blank: bool = False) -> Reading:
    """Return what the ten ``outputs`` say of a drawing."""
    runner_up, digit = (int(i) for i in np.argsort(outputs)[-2:])
    margin = float(outputs[digit] - outputs[runner_up])
    return Reading(Verdict.BLANK if blank else verdict(outputs), outputs, bits(outputs), digit, runner_up, margin)
