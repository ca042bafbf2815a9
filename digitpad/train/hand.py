"""Learning a person's hand: a trained network goes on learning, from the person's own drawings.

Half a minute of drawing gives a few dozen digits, too few for a network and all in one hand. So each is varied many
times as a pen would vary it, and in every mini-batch most images are rehearsal, for which the network is to go on
saying what it said before. Its own outputs are softer than labels and hold more of what it knows: rehearsing the
built-in digits, a network even keeps what it learned from MNIST.

Sources: Z. Li and D. Hoiem, "Learning without forgetting" (2016), for the outputs as targets; D. Kingma and J. Ba,
"Adam: a method for stochastic optimization" (2015), for the steps.
"""

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset, Digits
from digitpad.data.store import Drawn, Sample
from digitpad.data.synthetic import Hand, drawn, varied
from digitpad.draw.preprocess import SIDE, to_bytes
from digitpad.errors import NotEnoughDrawings
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import GradientSum
from digitpad.nn.workspace import split
from digitpad.train.forecast import Forecast
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import DEFORM

FEWEST = 10  # drawings to learn from
VARIATIONS = 2000  # of all drawings together; each takes about a millisecond
STEPS = 300  # mini-batches

_HELD_OUT = 0.25  # the share of the drawings

# How one hand differs from itself, which is less than hands differ from each other.
_HAND = Hand(
    lean=0.0, slant=0.1, turn=0.07, stretch=0.12, proportions=0.1, aim=0.0, bend=2.0, tremble=0.5, reach=3.0, hook=0.0,
    gap=0.0, speed=6.0, line=(2.0, 2.8),
)  # fmt: skip
_REHEARSAL = 5000  # digits at most, and as many that are none
_OWN, _REHEARSED = 20, 80  # images of a mini-batch
_ASIDE = 5  # pixels: how far what is put together is moved
_ETA = 0.007  # of a layer's typical weight: the longest step of any weight in it; falls to 0 over the run
_MOMENTUM, _MEMORY = 0.9, 0.99  # Adam's two betas
_CHUNK = 50_000  # weights to move at once: few enough for the processor's own memory
TAUGHT = ", my hand"  # after the name of a network
_READ, _VARY, _LEARN = "read", "vary", "learn"  # kinds of work
_OPERATIONS = 3e10  # a second
_AS_READ = 300  # images that are read while a mini-batch is learned, whatever the network


class Score(NamedTuple):
    """How many of ``n`` images, at least one, were read rightly."""

    correct: int
    n: int

    @property
    def accuracy(self) -> float:
        """The share of right answers, in [0, 1]."""
        return self.correct / self.n


@dataclass(frozen=True)
class Learned:
    """The ``network`` that learned from so many ``drawings`` in so many ``seconds``, measuring included.

    ``own``: on the person's held-out drawings; ``test``: on the test images of the standard set.
    """

    network: Network
    own_before: Score
    own_after: Score
    test_before: Score
    test_after: Score
    drawings: int
    seconds: float

    def provenance(self, before: Provenance, taught: str = TAUGHT) -> Provenance:
        """Return how the network was made, where ``before`` says that of the network it was taught from.

        ``taught`` stands behind its name.
        """
        return replace(
            before,
            name=f"{(before.name or 'network').removesuffix(taught)}{taught}",
            accuracy=f"{100 * self.own_after.accuracy:.1f} % on held-out drawings",
            own_drawings=f"{self.drawings:,} learned from afterwards",
            recipe="",  # by itself the run of before does not give this network
            curves="",
        )


def divided(samples: Sequence[Sample], firsts: Mapping[int, int]) -> tuple[list[Sample], list[Sample]]:
    """Return the drawings to learn from and those held out, about a quarter of each label, in the order given.

    A drawing's number alone decides, so that one held out once is never learned from later, whatever was added or
    relabelled; and of a copy, as after an import of what was exported, that of the first, among ``firsts``: it would be
    tested with what was learned from.
    """
    learn: list[Sample] = []
    held_out: list[Sample] = []
    for sample in samples:
        # Multiples of the golden ratio lie evenly in [0, 1): a quarter of each label falls below a quarter whether
        # ten of one are drawn in a row or 0 to 9 are drawn ten times.
        golden = firsts.get(sample.id, sample.id) * (5**0.5 - 1) / 2 % 1
        (held_out if golden < _HELD_OUT else learn).append(sample)
    return learn, held_out


def halves(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Return the drawings of half of the writers, to learn from, and those of the others, in the order given.

    The first number in a writer's name alone decides, such as that of a seat, so that whoever was held out once is
    never learned from later: those of even numbers are held out.
    """
    learn: list[Sample] = []
    held_out: list[Sample] = []
    for sample in samples:
        number = re.search(r"\d+", sample.writer)
        (held_out if number and int(number[0][-1]) % 2 == 0 else learn).append(sample)
    return learn, held_out


def learn_hand(
    network: Network, digits: Digits, learn: Sequence[Drawn], held_out: Sequence[Drawn], seed: int = 0
) -> Generator[float, None, Learned]:
    """Teach a copy of ``network`` (784 inputs, 10 outputs) the hand that drew ``learn``, rehearsing ``digits``.

    Yields the share of the time that is over, in [0, 1], every few milliseconds, so that it may be stopped by leaving
    it; the return value is the outcome, the same for the same seed. Neither ``held_out`` nor the test images decide
    anything. A network whose weights are so large that they would grow beyond all numbers learns nothing. Raises
    NotEnoughDrawings when the drawings are too few.
    """
    if len(learn) < FEWEST or not held_out:
        raise NotEnoughDrawings(
            f"Learning your hand takes at least {FEWEST} drawings to learn from and one to test on: so far there are "
            f"{len(learn)} and {len(held_out)}."
        )
    started = perf_counter()
    generator = np.random.default_rng(seed)
    own = Dataset(np.stack([sample.image for sample in held_out]), _labels(held_out))
    n_own, n_test, n_rehearsed = len(own), len(digits.test), 2 * min(len(digits.training), _REHEARSAL)
    amounts = {_READ: 2 * (n_own + n_test) + n_rehearsed, _VARY: VARIATIONS, _LEARN: STEPS}
    forecast = Forecast(amounts, partial(_seconds, network))
    own_before = yield from forecast.doing(_READ, n_own, _score(network, own))
    test_before = yield from forecast.doing(_READ, n_test, _score(network, digits.test))
    variations = yield from forecast.doing(_VARY, VARIATIONS, _vary(learn, generator))
    rehearsal = digits.training[generator.permutation(len(digits.training))[:_REHEARSAL]].images
    rehearsal = np.concatenate([rehearsal, _garbled(rehearsal, generator)])
    outputs = yield from forecast.doing(_READ, n_rehearsed, _outputs(network, rehearsal))
    learned = network.copy()
    yield from forecast.doing(_LEARN, STEPS, _train(learned, variations, rehearsal, outputs, generator))
    if not learned.finite:
        learned = network.copy()
    own_after = yield from forecast.doing(_READ, n_own, _score(learned, own))
    test_after = yield from forecast.doing(_READ, n_test, _score(learned, digits.test))
    seconds = perf_counter() - started
    return Learned(learned, own_before, own_after, test_before, test_after, len(learn), seconds)


def _seconds(network: Network, kind: str, pace: Callable[[str], float]) -> float:
    """Guess the seconds for an image that is read, a variation, or a mini-batch that is learned."""
    if kind == _LEARN:
        return _AS_READ * pace(_READ)
    return 1e-3 if kind == _VARY else 2 * network.parameters.size / _OPERATIONS


def _labels(samples: Sequence[Drawn]) -> NDArray[np.uint8]:
    return np.array([sample.label for sample in samples], dtype=np.uint8)


def _score(network: Network, dataset: Dataset) -> Generator[float, None, Score]:
    outputs = yield from _outputs(network, dataset.images)
    return Score(int(np.count_nonzero(outputs.argmax(axis=1) == dataset.labels)), len(dataset))


def _vary(samples: Sequence[Drawn], generator: np.random.Generator) -> Generator[float, None, Dataset]:
    """Return the drawings as they are and variations of them, as many of each as of the others."""
    chosen = np.resize(generator.permutation(len(samples)), VARIATIONS)
    images = np.empty((VARIATIONS, 784), dtype=np.uint8)
    for i, which in enumerate(chosen.tolist()):
        images[i] = _varied(samples[which], generator)
        yield (i + 1) / VARIATIONS
    labels = _labels(samples)
    drawings = Dataset(np.stack([sample.image for sample in samples]), labels)
    return drawings + Dataset(images, labels[chosen])


def _varied(sample: Drawn, generator: np.random.Generator) -> NDArray[np.uint8]:
    """Return the image (784,) of the drawing as the same hand might draw it another time."""
    if sample.strokes:
        return drawn(varied([stroke[:, :2] for stroke in sample.strokes], generator, _HAND), generator, _HAND)
    deformed = DEFORM(greys(sample.image[None], np.float32), generator)[0]
    return to_bytes(deformed)


def _garbled(images: NDArray[np.uint8], generator: np.random.Generator) -> NDArray[np.uint8]:
    """Return ``images`` (n, 784) as what is hardly a digit any more: halves, put together wrongly, or turned."""
    digits = images.reshape(-1, SIDE, SIDE)
    others = digits[generator.permutation(len(digits))]
    first = np.arange(SIDE) < SIDE // 2
    kinds = (
        np.where(first[:, None], digits, others),
        np.where(first, digits, others),
        np.roll(np.where(first[:, None], digits, 0), _ASIDE, axis=1),
        np.maximum(np.roll(digits, _ASIDE, axis=2), np.roll(others, -_ASIDE, axis=2)),
        np.rot90(digits, axes=(1, 2)),
        digits[:, :, ::-1],
    )
    garbled = np.choose(np.arange(len(digits))[:, None, None] % len(kinds), kinds)
    return garbled.astype(np.uint8).reshape(images.shape)


def _outputs(network: Network, images: NDArray[np.uint8]) -> Generator[float, None, Floats]:
    """Return the network's outputs (n, 10) for the images (n, 784)."""
    n = len(images)
    outputs = np.empty((n, 10), dtype=network.dtype)
    for first in range(0, n, network.chunk):
        last = min(first + network.chunk, n)
        outputs[first:last] = network.feedforward(images[first:last])
        yield last / n
    return outputs


def _train(
    network: Network, own: Dataset, rehearsal: NDArray[np.uint8], outputs: Floats, generator: np.random.Generator
) -> Generator[float, None, None]:
    """Train ``network`` in place on its ``own`` images, and on ``rehearsal`` (n, 784) with its ``outputs`` (n, 10).

    Adam divides each weight's gradient by that gradient's usual size, and here the steps are in proportion to the
    weights of the layer besides: so one rate does for steep costs and flat ones, for large first weights and small.
    """
    total, steps = GradientSum(network), _sizes_of_steps(network)
    mean, square = np.zeros_like(network.parameters), np.zeros_like(network.parameters)
    targets = own.targets.astype(network.dtype)
    size = _OWN + _REHEARSED
    # As few parts as can be, each of about a chunk: the gradient of every part is as large as all weights.
    parts = np.linspace(0, size, max(round(size / network.chunk), 1) + 1).astype(int).tolist()
    for step in range(STEPS):
        mine, theirs = generator.integers(len(own), size=_OWN), generator.integers(len(rehearsal), size=_REHEARSED)
        x = greys(np.concatenate([own.images[mine], rehearsal[theirs]]), network.dtype)
        y = np.concatenate([targets[mine], outputs[theirs]])
        for first, last in pairwise(parts):
            with np.errstate(over="ignore", invalid="ignore"):  # never around a yield, or it would be around its caller
                total.add(x[first:last], y[first:last], 1 / size, first=first == 0)
            yield (step + first / size) / STEPS
        # Both averages begin at 0, and are too small at first by what stands below them.
        low_mean, low_square = 1 - _MOMENTUM ** (step + 1), 1 - _MEMORY ** (step + 1)
        with np.errstate(over="ignore", invalid="ignore"):
            for first in range(0, len(mean), _CHUNK):
                part = slice(first, first + _CHUNK)
                now, m, s = total.gradient[part], mean[part], square[part]
                m += (1 - _MOMENTUM) * (now - m)
                s += (1 - _MEMORY) * (now**2 - s)
                direction = m / low_mean
                direction /= np.sqrt(s / low_square) + 1e-8
                network.parameters[part] -= (1 - step / STEPS) * steps[part] * direction


def _sizes_of_steps(network: Network) -> Floats:
    """Return the longest step of every weight and bias, in the layout of ``Network.parameters``."""
    steps = np.empty_like(network.parameters)
    parts = split(steps, network.sizes)
    for weights, *filled in zip(network.weights, *parts, strict=True):
        exponent = np.frexp(np.abs(weights).max())[1]  # by two to the power of it, so that squares are numbers
        usual = np.ldexp(np.sqrt(np.mean(np.ldexp(weights, -exponent) ** 2)), exponent)
        for part in filled:
            part[:] = _ETA * usual
    return steps
