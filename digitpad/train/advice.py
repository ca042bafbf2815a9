"""What to change where a run learns nothing, from what can be seen of its network: ``advice``."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.binary import BIT_VALUES, TARGETS
from digitpad.nn.costs import COSTS, QUADRATIC
from digitpad.nn.evaluation import Evaluation
from digitpad.nn.network import Network
from digitpad.nn.neurons import RELU
from digitpad.nn.training import TrainingConfig

GUESSING = 0.15  # accuracy: what guessing one of ten comes to, with some room; below it nothing was learned

_LEARNED = 2 * GUESSING  # accuracy that no network has by chance
# The mean of a (1 - a) over the outputs: so small where they are saturated, and at least that where they are not at
# all, or not much.
_SATURATED, _FREE, _HALF_FREE = 0.02, 0.1, 0.04
_LOST, _STIFF = 100, 10  # so many times smaller it becomes, and that of hidden neurons, only where steps are too large
_DEAD = 0.9  # share of a layer's relu neurons that are 0 for every image: nothing gets through such a layer
_DECAYED = 0.5  # of the length of all weights together at the start
_NEAR = 0.1  # share by which the cost of who knows nothing but how often each digit comes may be missed


@dataclass(frozen=True)
class Vitals:
    """What is seen of a network after so many ``epochs``.

    ``accuracy``, ``cost`` and ``mean_derivative`` as in ``Evaluation``; ``cost_name`` as in ``COSTS``. Of the hidden
    layers, ``hidden_derivative`` is the mean derivative of the neurons in that where it is smallest, and ``dead`` the
    share of relu neurons, in [0, 1], that are 0 for every image in that which has most. ``length`` is the root of the
    sum of all squared parameters. ``outputs`` are ten, one a digit, or four, its bits.
    """

    epochs: float
    accuracy: float
    cost: float
    cost_name: str
    mean_derivative: float
    hidden_derivative: float
    dead: float
    length: float
    outputs: int = 10

    @classmethod
    def of(cls, epochs: float, network: Network, evaluation: Evaluation, images: NDArray[np.uint8]) -> "Vitals":
        """Return those of ``network``, which said ``evaluation``; some ``images`` (n, 784) show which neurons live."""
        hidden = network.activations(images)[1:-1]
        return cls(
            epochs,
            evaluation.accuracy,
            evaluation.cost,
            network.cost.name,
            evaluation.mean_derivative,
            min((float(np.mean(network.activation.derivative(layer))) for layer in hidden), default=1.0),
            max((float(np.mean(~layer.any(axis=0))) for layer in hidden if network.activation is RELU), default=0.0),
            float(np.linalg.norm(network.parameters)),
            network.sizes[-1],
        )


@dataclass(frozen=True)
class Advice:
    """``sentences`` to a person, two or three, and whether they say that neurons are ``saturated``."""

    sentences: str
    saturated: bool = False


def advice(config: TrainingConfig, start: Vitals, best: float, now: Vitals) -> Advice | None:
    """Return why nothing is learned, and what to try; None where something is, or too early.

    ``start`` and ``now`` are of the same images, ``best`` is the best accuracy until now, and ``config`` how it
    descends now. What cannot be told from these is not said: where it says that the learning rate is too large a
    smaller one does better, and where it says that it may be too small a larger one or more epochs do.
    """
    if now.accuracy > GUESSING or now.epochs < start.epochs + 1:
        return None
    rate = f"Learning rate {config.eta:g}" + (f" with momentum {config.momentum:g}" if config.momentum else "")
    guessing = f"{100 * now.accuracy:.0f} % right is no better than guessing"  # it may begin a sentence, too
    if config.l2 and now.length < _DECAYED * start.length:
        return Advice(
            f"L2 of {config.l2:g} is too large: the weights decay faster than they learn, and {guessing}. "
            "Start again with a smaller one."
        )
    if why := _too_large(start, best, now):
        sentences = f"{rate} is too large: {why.sentences}, and {guessing}. Start again with a smaller one."
        return Advice(sentences, why.saturated)
    if _held_up(now):
        return Advice(
            f"The output neurons are saturated, where their slope is almost 0, and {guessing}. Whether the learning "
            "rate is to blame cannot be told: the first weights “scaled” or the cost “cross-entropy” may help.",
            saturated=True,
        )
    if now.cost < start.cost and not _knows_the_rate(now):
        fallen = f"the cost has fallen from {start.cost:.4g} to {now.cost:.4g}"
        if f"{start.cost:.4g}" == f"{now.cost:.4g}":
            fallen = f"the cost, {now.cost:.4g}, has hardly begun to fall"
        return Advice(
            f"{guessing}, but {fallen}. {rate} may be too small, or it is too early to say: "
            "try a larger one, or more epochs."
        )
    return Advice(
        f"{guessing}: the network says nearly the same to every image. Whether learning rate {config.eta:g} is to "
        "blame cannot be told yet: try more epochs, then one ten times larger and one ten times smaller."
    )


def _too_large(start: Vitals, best: float, now: Vitals) -> Advice | None:
    """Return how one sees that steps are too large, as a part of a sentence, or None."""
    if now.dead >= _DEAD:
        return Advice(f"{100 * now.dead:.0f} % of a layer's relu neurons are dead, 0 whatever they see")
    if now.cost > start.cost:
        return Advice(f"the cost has grown from {start.cost:.4g} to {now.cost:.4g}")
    if best >= _LEARNED:
        return Advice(f"what was learned, {100 * best:.0f} % right, is lost again")
    free = start.mean_derivative >= _FREE
    lost = start.mean_derivative >= _HALF_FREE and now.mean_derivative < start.mean_derivative / _LOST
    if _held_up(now) and (free or lost):
        return Advice("the output neurons are saturated, where their slope is almost 0", saturated=True)
    if now.hidden_derivative < start.hidden_derivative / _STIFF:
        return Advice("the hidden neurons are saturated, where their slope is almost 0", saturated=True)
    return None


def _held_up(now: Vitals) -> bool:
    """Whether saturated outputs keep the network from learning: with the cross-entropy they would not."""
    return now.cost_name == QUADRATIC.name and now.mean_derivative < _SATURATED


def _knows_the_rate(now: Vitals) -> bool:
    """Whether the cost is that of outputs that are the same for every image, as good as these can be."""
    targets = TARGETS if now.outputs == len(BIT_VALUES) else np.eye(10)
    rates = np.broadcast_to(targets.mean(axis=0), targets.shape)  # what such a network says to every image
    same = float(np.mean(COSTS[now.cost_name].value(rates, targets)))
    return abs(now.cost - same) < _NEAR * same
