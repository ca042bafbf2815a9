"""What the default network learns from besides MNIST: digits and other things drawn by this program.

All are pen strokes, varied as hands vary them, and rendered and preprocessed like a drawing on the canvas. Images are
(n, 784), 255 = ink.
"""

from collections.abc import Iterator
from pathlib import Path

import nondigits
import numpy as np
import tracing
from numpy.typing import NDArray

from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.preprocess import SIDE

Images = NDArray[np.uint8]
Paths = list[ink.Path]

# Recorded digits come with a hand of their own: what is added is what the same hand does differently next time.
PEN = Hand(
    lean=0, slant=0.12, turn=0.06, stretch=0.15, proportions=0.08, bend=2, tremble=0.6, reach=3, hook=0.03, gap=0.06,
    speed=12, line=(1.7, 3.5),
)  # fmt: skip
# An unsteady or a hurried hand, and a pen that misses the paper.
HURRIED = Hand(
    lean=0, slant=0.08, turn=0.04, stretch=0.08, proportions=0.04, bend=1.5, tremble=1.1, reach=1, hook=0, gap=0.25,
    speed=20, line=(1.5, 4.0),
)  # fmt: skip
_LOST = 0.1  # of the ink: where a tracing leaves more than this far from its lines, a loop was full of ink


def read_pens(path: Path) -> tuple[list[Paths], NDArray[np.uint8]]:
    """Return the digits in a file of the UCI's pen digits, eight points a line and the digit, and their labels.

    The points are where a pen was at even steps along its way, 0 to 100, y up; lifts are not recorded,
    so that the way through the air is ink, too.
    """
    rows = np.loadtxt(path, delimiter=",", dtype=int, ndmin=2)
    points = rows[:, :-1].reshape(len(rows), -1, 2) * (1.0, -1.0)
    return [[synthetic.curve(digit)] for digit in points], rows[:, -1].astype(np.uint8)


def varied(digits: list[Paths], labels: NDArray[np.uint8], hand: Hand, seed: list[int]) -> Dataset:
    """Return every one of ``digits``, strokes of a pen, as ``hand`` draws it another time."""
    generator = np.random.default_rng(seed)
    images = [synthetic.drawn(synthetic.varied(digit, generator, hand), generator, hand) for digit in digits]
    return Dataset(np.stack(images), labels)


def retraced(digits: Dataset, seed: list[int]) -> Dataset:
    """Return scanned digits as a hurried hand draws them, without those that thinning makes into something else."""
    traced = tracing.traced(digits.images)
    kept = np.flatnonzero([_faithful(*both) for both in zip(digits.images, traced, strict=True)])
    return varied([traced[i] for i in kept], digits.labels[kept], HURRIED, seed)


def _faithful(image: Images, paths: Paths) -> bool:
    """Return whether nearly all ink of ``image`` (784,) lies about the ``paths``."""
    if not paths:
        return False
    y, x = np.indices((SIDE, SIDE)).reshape(2, -1)
    points = np.concatenate(paths)
    nearest = np.hypot(x - points[:, :1], y - points[:, 1:]).min(axis=0)
    return float(image[nearest > 2.1].sum()) <= _LOST * float(image.sum())


def drawn(n: int, seed: list[int]) -> Dataset:
    """Return ``n`` digits drawn by this program."""
    return synthetic.dataset(n, np.random.default_rng(seed))


def no_digits(n: int, seed: list[int]) -> Images:
    """Return ``n`` images of what people draw that is no digit."""
    return np.stack(list(_no_digits(n, np.random.default_rng(seed))))


def _no_digits(n: int, generator: np.random.Generator) -> Iterator[Images]:
    for kind in range(n):
        yield synthetic.drawn(nondigits.to_learn_from(kind, generator), generator, PEN)
