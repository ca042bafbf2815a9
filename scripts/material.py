"""What the default network learns from besides MNIST: digits and other things drawn by this program.

All are pen strokes, varied as hands vary them, and rendered and preprocessed like a drawing on the canvas. Images are
(n, 784), 255 = ink.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nondigits
import numpy as np
import tracing
from numpy.typing import NDArray

from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.preprocess import SIDE, preprocess, to_bytes

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
# Real pens keep their own shapes: a little of everything, as one writer varies them.
WRITER = Hand(
    lean=0, slant=0.08, turn=0.05, stretch=0.1, proportions=0.06, bend=1.5, tremble=0.4, reach=2, hook=0.01, gap=0.03,
    speed=6, line=(1.6, 3.8),
)  # fmt: skip
# A display leans a little, and is seen from the side.
DISPLAY = Hand(
    lean=0.08, slant=0.08, turn=0.03, stretch=0.1, proportions=0.04, bend=0.8, tremble=0.3, reach=0, hook=0, gap=0,
    speed=10, line=(1.7, 4.2),
)  # fmt: skip
# The segments that shine, named as usual: from a at the top clockwise to f, and g in the middle; two ways for some.
SEGMENTS = (
    ("abcdef",), ("bc",), ("abged",), ("abgcd",), ("fgbc",), ("afgcd",), ("afgedc", "fgedc"), ("abc", "fabc"),
    ("abcdefg",), ("abcdfg", "abcfg"),
)  # fmt: skip
_ENDS = {
    "a": ((0, 0), (1, 0)), "b": ((1, 0), (1, 1)), "c": ((1, 1), (1, 2)), "d": ((0, 2), (1, 2)), "e": ((0, 1), (0, 2)),
    "f": ((0, 0), (0, 1)), "g": ((0, 1), (1, 1)),
}  # fmt: skip
_TURNED = np.array([[[-1, 0], [0, 1]], [[1, 0], [0, -1]], [[0, 1], [1, 0]], [[0, -1], [1, 0]]], dtype=float)
# Not learned from as no digits. The last three are measured on, for the window should refuse them; but as large as a
# digit they are strokes like many a one, and to teach that such a stroke is none would cost ones.
_NOT_LEARNED = nondigits.LOOK_ALIKES | frozenset("',`")
_LOST = 0.1  # of the ink: where a tracing leaves more than this far from its lines, a loop was full of ink


def read_pens(path: Path) -> tuple[list[Paths], NDArray[np.uint8]]:
    """Return the digits in a file of the UCI's pen digits, eight points a line and the digit, and their labels.

    The points are where a pen was at even steps along its way, 0 to 100, y up; lifts are not recorded,
    so that the way through the air is ink, too.
    """
    rows = np.loadtxt(path, delimiter=",", dtype=int, ndmin=2)
    points = rows[:, :-1].reshape(len(rows), -1, 2) * (1.0, -1.0)
    return [[synthetic.curve(digit)] for digit in points], rows[:, -1].astype(np.uint8)


@dataclass(frozen=True)
class Recorded:
    """A drawing as somebody's pen made it: the character it stands for, who drew it, and the pen's paths (n, 2)."""

    label: str
    writer: str
    paths: Paths


def read_recorded(path: Path) -> list[Recorded]:
    """Return the drawings of any characters in a file of strokes, one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Recorded(str(row["label"]), str(row["writer"]), [np.array(stroke, float)[:, :2] for stroke in row["strokes"]])
        for row in rows
    ]


def divided(drawings: Sequence[Recorded], kept_apart: Collection[str]) -> tuple[list[Recorded], list[Recorded]]:
    """Return the drawings to learn from, and those of the writers ``kept_apart``, to choose by."""
    return (
        [drawing for drawing in drawings if drawing.writer not in kept_apart],
        [drawing for drawing in drawings if drawing.writer in kept_apart],
    )


def no_look_alikes(drawings: Sequence[Recorded]) -> list[Recorded]:
    """Return the drawings without those of characters that could be taken for a digit."""
    return [drawing for drawing in drawings if drawing.label not in _NOT_LEARNED]


def as_drawn(drawings: Sequence[Recorded]) -> Images:
    """Return the images of the drawings as they are."""
    return np.stack([to_bytes(preprocess(ink.render(drawing.paths)).image) for drawing in drawings])


def varied(digits: list[Paths], labels: NDArray[np.uint8], hand: Hand, seed: list[int]) -> Dataset:
    """Return every one of ``digits``, strokes of a pen, as ``hand`` draws it another time."""
    generator = np.random.default_rng(seed)
    images = [synthetic.drawn(synthetic.varied(digit, generator, hand), generator, hand) for digit in digits]
    return Dataset(np.stack(images), labels)


def estranged(others: Sequence[Recorded], n: int, seed: list[int]) -> Images:
    """Return ``n`` images of signs of no alphabet: letters mirrored, turned, or made of the strokes of two."""
    generator = np.random.default_rng(seed)
    images = []
    for _ in range(n):
        one, two = (_upright(others[i].paths) for i in generator.integers(len(others), size=2))
        way = int(generator.integers(5))
        if way < len(_TURNED):
            paths = [path @ _TURNED[way] for path in one]
        else:
            paths = [path for path in [*one, *two] if generator.random() < 0.6] or one
        images.append(synthetic.drawn(synthetic.varied(paths, generator, WRITER), generator, WRITER))
    return np.stack(images)


def _upright(paths: Paths) -> Paths:
    """Return the paths in a square of side 1 about the origin."""
    together = np.concatenate(paths)
    low, high = together.min(axis=0), together.max(axis=0)
    return [(path - (low + high) / 2) / max(float((high - low).max()), 1e-9) for path in paths]


def displayed(n: int, seed: list[int]) -> Dataset:
    """Return ``n`` digits as displays of seven segments show them."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(10, size=n).astype(np.uint8)
    images = [synthetic.drawn(_segments(int(label), generator), generator, DISPLAY) for label in labels]
    return Dataset(np.stack(images), labels)


def _segments(label: int, generator: np.random.Generator) -> Paths:
    segments = str(generator.choice(SEGMENTS[label]))
    size = np.array([generator.uniform(36, 75), 100.0])
    apart = generator.uniform(0, 0.12)  # at both ends, as a part of the length
    paths = []
    for segment in segments:
        start, end = (np.array(place) * size / (1, 2) for place in _ENDS[segment])
        paths.append(np.array([start + apart * (end - start), end - apart * (end - start)]))
    return synthetic.varied(paths, generator, DISPLAY)


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
