"""How the default network reads digits that are drawn badly: slanted, thick, tiny, shaky, with gaps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import tracing
from numpy.typing import ArrayLike

from benchmarks import reads
from benchmarks.inputs import mnist_digits
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.drawing import BRUSH, FILL, Drawing, Stroke
from digitpad.draw.ink import Path
from digitpad.draw.preprocess import Stages, preprocess
from digitpad.train import model_file
from digitpad.train.model_file import Model

_SHARE = 5  # one of so many of MNIST's test digits is drawn, in each way
_PIXELS = 400  # of the canvas's side: a mouse is at whole ones

Digit = list[Path]
Draw = Callable[[Digit, float, np.random.Generator], Stages]


@dataclass(frozen=True)
class Way:
    """A way to draw badly: ``draw`` a digit, its longer side 1 about (0, 0), so strongly, in the ``unit``."""

    unit: str
    strengths: tuple[float, float, float]
    draw: Draw


def measure() -> Iterator[Row]:
    """Draw MNIST's test digits into a canvas, neatly and in nine worse ways at three strengths, and read them.

    The digits are traced (scripts/tracing.py): what tracing costs shows in how the neat ones are read. Thick and thin
    ones come as pictures, as the program chooses the width of what is drawn in it.
    """
    model = model_file.load(paths.DEFAULT_NETWORK)
    test = mnist_digits().test[::_SHARE]
    digits = [squared(traced) for traced in tracing.traced(test.images)]
    right = _percentage(model, digits, test, lambda digit, _: neat(digit))
    yield Row(f"neat, {len(test):,} digits, % right", {"right": right})
    for name, way in WAYS.items():
        numbers = {f"{strength:g}": _percentage(model, digits, test, _so(way, strength)) for strength in way.strengths}
        yield Row(f"{name}, {way.unit}, % right", numbers)


def _so(way: Way, strength: float) -> Callable[[Digit, np.random.Generator], Stages]:
    return lambda digit, generator: way.draw(digit, strength, generator)


def _percentage(
    model: Model, digits: Sequence[Digit], test: Dataset, draw: Callable[[Digit, np.random.Generator], Stages]
) -> float:
    """Return the percentage read rightly of ``digits``, drawn so, as the window reads."""
    generator = np.random.default_rng(0)
    images = np.stack([draw(digit, generator).image for digit in digits])
    outputs = reads.ways(model, images)[-1].outputs
    return 100 * float((outputs.argmax(axis=1) == test.labels).mean())


def squared(digit: Digit) -> Digit:
    """Return the paths with the longer side 1, about (0, 0)."""
    together = np.concatenate(digit)
    low, high = together.min(axis=0), together.max(axis=0)
    return [(path - (low + high) / 2) / max(float((high - low).max()), 1e-9) for path in digit]


def neat(digit: Digit, fill: float = FILL, middle: ArrayLike = 0.5) -> Stages:
    """Draw ``digit`` in a canvas, its longer side ``fill`` of it, as a mouse does: at whole pixels."""
    strokes = [np.round((path * fill + np.asarray(middle)) * _PIXELS) / _PIXELS for path in digit]
    pressed = [np.column_stack([stroke, np.ones(len(stroke))]) for stroke in strokes]
    return Drawing(tuple(Stroke(points, BRUSH) for points in pressed)).stages()


def _slanted(digit: Digit, radians: float, generator: np.random.Generator) -> Stages:
    """Draw leaning to the right, or one in four to the left."""
    slope = np.tan(radians) * (1 if generator.random() < 0.75 else -1)
    return neat(squared([path @ np.array([[1, 0], [-slope, 1]]) for path in digit]))


def _with_line(digit: Digit, width: float, _generator: np.random.Generator) -> Stages:
    """Draw as a picture with lines so wide: of strokes, the program chooses the width itself."""
    return preprocess(ink.render(digit, line=width))


def _filling(digit: Digit, fill: float, _generator: np.random.Generator) -> Stages:
    return neat(digit, fill=fill)


def _off_centre(digit: Digit, distance: float, generator: np.random.Generator) -> Stages:
    return neat(digit, fill=0.4, middle=0.5 + distance * generator.choice([-1, 1], 2))


def _shaky(digit: Digit, tremble: float, generator: np.random.Generator) -> Stages:
    hand = Hand(0, 0, 0, 0, 0, aim=0, bend=0, tremble=tremble, reach=0, hook=0, gap=0, speed=2)
    return neat(squared(synthetic.varied(digit, generator, hand)))


def _fast(digit: Digit, apart: float, _generator: np.random.Generator) -> Stages:
    """Draw with so few points that every bow becomes corners."""
    return neat([_spaced(path, apart) for path in digit])


def _spaced(path: Path, apart: float) -> Path:
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    places = np.linspace(0, travelled[-1], max(2, round(travelled[-1] / apart) + 1))
    return np.stack([np.interp(places, travelled, path[:, i]) for i in (0, 1)], axis=1)


def _gappy(digit: Digit, gaps: float, generator: np.random.Generator) -> Stages:
    """Draw with as many pieces missing, a fifth of the height long, as there is line for; round ends close some."""
    digit = [_spaced(path, 0.01) for path in digit]
    for _ in range(int(gaps)):
        longest = max(range(len(digit)), key=lambda i: len(digit[i]))
        path = digit[longest]
        if len(path) < 40:
            break
        at = int(generator.integers(8, len(path) - 28))
        digit = [*digit[:longest], path[:at], path[at + 20 :], *digit[longest + 1 :]]
    return neat(digit)


WAYS = {
    "slanted": Way("radians", (0.2, 0.4, 0.6), _slanted),
    "thick": Way("as a picture, line in pixels of 20", (3.5, 4.5, 5.5), _with_line),
    "thin": Way("as a picture, line in pixels of 20", (1.6, 1.1, 0.7), _with_line),
    "tiny": Way("of the canvas's side", (0.2, 0.12, 0.07), _filling),
    "huge": Way("of the canvas's side", (0.9, 0.97, 1.0), _filling),
    "off centre": Way("canvas sides both ways", (0.1, 0.2, 0.3), _off_centre),
    "shaky": Way("hundredths of the height", (1.0, 2.0, 3.0), _shaky),
    "fast": Way("heights from point to point", (0.1, 0.2, 0.3), _fast),
    "gappy": Way("gaps of a fifth of the height, at most", (1, 2, 3), _gappy),
}
