"""Digits drawn by this program: an imagined hand follows the ways in which people write each digit.

Every digit has several shapes, as schools in different countries teach them and hands simplify them. A shape is a pen's
path through a few points; a drawing varies it as people vary theirs, and is rendered and preprocessed like a drawing
on the canvas. So there is something to learn from on a machine without MNIST.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess, to_bytes

Points = NDArray[np.float64]
Generator = np.random.Generator

_SIDE = 100.0  # the height of every shape, in its own unit
_SAMPLES = 10  # points on the curve from one point of a shape to the next

# The pen's path for each way to write a digit: "x,y" through which it goes in a smooth curve, x to the right and y
# down, "/" where it turns a corner at the point before, ";" where it is lifted. The number is how many people write so,
# relative to the others of the same digit.
SHAPES: dict[int, tuple[tuple[float, str], ...]] = {
    0: (
        (4, "30,0 8,18 0,52 12,88 32,100 52,86 60,50 50,14 30,0"),
        (2, "40,4 18,6 3,34 6,74 26,99 48,88 60,56 52,20 34,2 22,10"),
        (1, "32,0 54,18 60,52 48,88 30,100 10,88 2,52 10,16 32,0"),
        (1, "38,8 20,10 5,36 7,76 28,98 50,84 58,46 48,14 38,0 36,14"),
        (1, "36,2 12,20 2,62 14,98 34,88 46,50 44,12 36,2"),
        (1, "32,0 8,16 0,50 10,88 32,100 54,86 62,50 52,14 32,0 ; 58,4 32,50 6,96"),
        (1, "36,0 10,14 0,52 14,90 34,100 54,84 60,46 50,12 34,0 / 10,92"),
        (1, "30,2 8,20 2,52 12,86 32,98 52,86 58,50 50,16 30,2 ; 72,-8 30,50 -8,108"),
        (1, "30,0 16,18 12,50 18,84 30,100 44,84 48,50 44,16 30,0 ; 70,8 30,50 -10,94"),
    ),
    1: (
        (8, "30,0 30,50 30,100"),
        (3, "14,22 34,0 / 34,50 32,100"),
        (2, "22,12 34,0 / 33,50 32,100"),
        (3, "0,40 20,24 38,0 / 35,50 32,100"),
        (2, "10,24 34,0 / 34,50 34,98 ; 8,100 34,99 60,98"),
        (2, "14,20 34,0 / 33,50 33,96 / 10,97 ; 10,97 36,97 62,95"),
        (1, "34,0 34,50 34,98 ; 10,100 34,100 58,100"),
        (1, "16,14 34,2 / 38,40 32,100"),
        (2, "0,48 20,26 36,0 / 33,50 30,100"),
        (2, "2,34 16,22 32,0 / 30,50 27,100"),
        (1, "-4,58 16,34 36,2 / 35,50 34,100"),
    ),
    2: (
        (3, "4,22 20,3 42,4 52,24 38,56 4,98 / 34,97 62,96"),
        (3, "6,20 22,2 46,6 50,28 30,62 8,94 2,84 16,78 34,92 62,96"),
        (2, "6,12 30,2 54,12 44,38 8,96 / 36,95 64,92"),
        (2, "16,30 8,16 24,2 46,8 50,32 28,66 4,96 / 30,88 46,98 64,92"),
        (2, "4,14 26,2 50,14 42,48 18,84 6,96 4,86 22,84 44,98 64,90"),
        (1, "2,8 28,6 52,6 / 30,52 4,94 / 34,94 62,94"),
        (1, "10,18 30,0 50,20 36,52 14,80 / 12,98 40,96 64,98"),
        (2, "14,26 34,2 62,8 58,40 30,78 8,96 0,84 18,70 48,84 90,84"),
        (1, "0,16 30,0 56,12 50,40 26,72 0,96 / 40,92 90,88"),
        (2, "8,24 30,2 56,14 50,44 22,86 2,94 4,78 26,74 50,88 70,80"),
        (1, "4,26 26,0 60,10 56,44 26,88 6,100 -6,86 14,62 46,74 84,98"),
        (1, "18,12 34,0 40,18 28,58 4,98 / 30,94 58,100"),
    ),
    3: (
        (3, "6,14 26,1 48,12 46,34 22,46 / 50,56 54,80 32,100 4,88"),
        (2, "6,14 28,1 48,14 42,36 20,48 18,42 32,46 54,62 50,88 26,100 4,88"),
        (2, "6,4 30,3 54,2 / 40,20 24,40 / 44,42 57,64 48,90 26,100 4,90"),
        (2, "8,8 30,0 48,14 38,38 26,44 / 52,54 54,80 28,100 0,92"),
        (1, "6,8 32,0 52,8 40,28 24,40 / 50,48 56,66 34,90 0,98"),
        (1, "4,20 16,2 44,4 48,28 28,44 40,48 56,66 46,94 14,98 2,84"),
        (1, "10,16 36,0 50,14 30,40 / 54,50 46,84 16,100 0,90"),
        (1, "4,14 40,0 56,12 28,42 / 60,52 60,76 30,96 -10,92"),
    ),
    4: (
        (3, "12,2 8,28 2,54 / 30,53 62,50 ; 46,2 45,50 44,100"),
        (2, "14,0 6,30 12,50 34,50 62,44 ; 50,8 46,50 42,100"),
        (3, "44,0 24,32 2,64 / 32,63 64,62 ; 46,0 46,50 46,100"),
        (2, "38,0 20,24 2,50 / 30,52 62,48 ; 46,26 40,60 34,100"),
        (2, "8,8 4,34 18,50 40,42 58,18 ; 62,0 52,40 38,100"),
        (1, "46,100 46,50 46,0 / 24,32 2,60 / 32,60 64,62"),
        (1, "40,0 18,26 2,50 / 30,50 58,46 / 50,24 ; 50,24 44,60 40,100"),
        (1, "34,2 14,26 8,48 26,56 52,48 / 56,30 ; 58,22 50,60 42,100"),
    ),
    5: (
        (3, "16,2 13,22 10,42 / 34,36 54,58 44,92 20,100 2,90 ; 16,2 36,2 58,1"),
        (3, "56,2 36,2 14,3 / 11,22 8,42 / 34,36 56,58 46,92 22,100 2,90"),
        (1, "54,4 26,4 12,26 28,42 52,60 46,90 22,100 2,92"),
        (2, "14,8 10,28 8,46 / 30,38 52,52 50,84 26,100 0,94 ; 12,8 38,6 66,2"),
        (1, "58,0 38,4 20,6 / 14,26 8,40 / 32,38 48,56 36,84 0,98"),
        (2, "20,10 17,25 14,40 / 36,38 46,60 34,90 0,96 ; 20,12 50,8 90,2"),
        (1, "90,2 58,2 26,6 / 18,24 12,44 / 36,42 50,62 36,92 0,98"),
        (1, "50,2 32,2 16,4 / 14,22 12,42 / 36,38 54,62 40,96 14,92 8,74"),
        (1, "12,26 10,46 / 34,38 54,58 44,92 20,100 2,90 ; 22,8 42,4 64,4"),
    ),
    6: (
        (3, "44,0 16,28 4,66 16,98 42,98 54,76 40,56 16,60 6,74"),
        (2, "36,0 18,32 6,70 18,98 40,96 50,76 36,60 14,70 8,82"),
        (2, "54,8 38,0 12,24 2,64 18,98 44,96 54,72 38,52 12,58 4,72"),
        (1, "40,0 22,26 8,56 10,92 34,100 44,78 26,66 8,84"),
        (1, "24,0 10,36 6,72 20,100 46,94 52,68 32,54 10,64"),
        (1, "46,2 24,30 10,64 16,98 34,94 40,70 22,64 10,76 2,96"),
        (2, "50,0 16,30 0,66 12,96 50,96 66,72 44,58 18,74 12,92"),
        (1, "40,0 10,36 0,72 20,98 60,88 66,64 36,60 14,88"),
    ),
    7: (
        (3, "4,4 30,3 58,2 / 44,44 28,100"),
        (2, "2,20 5,5 / 32,4 58,2 / 42,46 30,100"),
        (3, "4,4 32,3 58,2 / 42,48 26,100 ; 12,54 34,52 58,49"),
        (2, "4,10 18,2 36,8 56,0 / 40,46 30,100 ; 10,54 34,52 58,50"),
        (2, "2,14 22,2 46,4 54,14 40,54 30,100"),
        (2, "4,12 22,2 46,2 54,12 40,46 24,74 18,100 ; 14,56 34,52 60,54"),
        (1, "2,18 6,5 / 30,5 56,4 / 44,40 36,100 ; 20,50 38,50 58,48"),
    ),
    8: (
        (3, "50,14 28,0 10,18 30,44 54,72 32,100 6,76 28,46 50,24 48,8"),
        (2, "30,0 10,16 28,46 52,74 30,100 8,76 30,46 50,18 30,0"),
        (1, "30,0 12,20 30,46 48,22 30,0 ; 30,46 6,72 30,100 54,74 30,46"),
        (2, "48,8 22,2 14,22 38,54 42,88 20,100 8,80 30,46 56,4"),
        (1, "30,4 50,14 34,44 10,74 24,100 48,82 32,48 12,18 32,2"),
        (1, "54,10 36,0 16,16 34,44 44,78 22,100 6,82 26,54 44,36 54,16"),
        (2, "60,10 30,0 10,16 34,40 46,70 24,100 6,80 30,50 64,14"),
        (1, "56,20 30,2 4,20 20,42 50,62 46,96 14,96 12,66 48,42 60,16 44,2"),
        (1, "62,2 34,2 8,14 26,40 40,66 26,100 10,88 26,58 50,34 62,2"),
        (1, "52,14 32,2 12,18 32,46 50,72 32,100 10,84 22,58 46,32"),
    ),
    9: (
        (3, "50,14 28,0 6,20 14,46 36,44 50,16 / 49,60 46,100"),
        (3, "50,18 28,0 6,20 14,46 38,42 51,16 / 54,62 38,98 4,96"),
        (2, "50,10 26,0 6,22 18,46 44,32 50,8 46,56 36,100"),
        (1, "46,8 18,2 8,24 30,44 48,24 50,50 40,90 18,100 2,90"),
        (2, "46,22 40,4 14,4 8,30 34,40 50,22 / 52,62 34,98 0,94"),
        (1, "50,4 22,4 8,26 26,46 48,28 / 50,4 42,52 30,100"),
        (1, "44,12 24,8 14,26 34,34 48,14 / 52,46 44,88 18,100 -2,92"),
        (2, "60,16 44,0 14,20 6,42 26,44 54,18 60,8 / 40,60 24,100"),
        (1, "70,20 50,0 10,12 6,36 36,44 66,18 / 60,60 54,100"),
        (1, "52,6 30,2 8,20 18,46 44,36 54,4 / 54,54 60,100"),
    ),
}


@dataclass(frozen=True)
class Hand:
    """How a person's drawings differ from the shape in mind; each field is the size of one kind of variation.

    Lengths are in hundredths of the digit's height. ``lean``: by how many radians digits lean to the right on
    average. ``slant``, ``turn``: standard deviation in radians. ``stretch``: of the logarithm of width over height.
    ``proportions``: of the logarithm of the power to which places are raised, which moves a waist up or down.
    ``aim``: by how much each point is missed. ``bend``: a slow wave over the whole path. ``tremble``: a quick one.
    ``reach``: by how much a stroke ends too early or too late. ``hook``: chance of a flick at an end. ``gap``: chance
    that a pen misses the paper for a moment. ``speed``: the most by which two recorded points lie apart. ``line``: the
    thinnest and the thickest line, in pixels of a digit 20 pixels high.
    """

    lean: float = 0.12
    slant: float = 0.25
    turn: float = 0.07
    stretch: float = 0.28
    proportions: float = 0.2
    aim: float = 3.2
    bend: float = 3.0
    tremble: float = 0.7
    reach: float = 5.0
    hook: float = 0.08
    gap: float = 0.08
    speed: float = 14.0
    line: tuple[float, float] = (1.5, 3.9)


def digits(training: int, test: int, seed: int) -> Digits:
    """Return a set of so many images to learn from and to test on, the same for the same seed."""
    first, second = np.random.default_rng(seed).spawn(2)
    return Digits(Kind.BUILT_IN.value, dataset(training, first), dataset(test, second), Kind.BUILT_IN)


def dataset(n: int, generator: Generator, hand: Hand | None = None) -> Dataset:
    """Return ``n`` digits drawn by ``hand``, the ten in another order each time. A larger set begins like a smaller."""
    hand = hand or Hand()
    images, labels = np.empty((n, 784), dtype=np.uint8), np.empty(n, dtype=np.uint8)
    for i in range(n):
        if i % 10 == 0:
            turn = generator.permutation(10)
        labels[i] = turn[i % 10]
        images[i] = drawn(strokes(int(labels[i]), generator, hand), generator, hand)
    return Dataset(images, labels)


def drawn(paths: Sequence[Points], generator: Generator, hand: Hand) -> NDArray[np.uint8]:
    """Return the image (784,), 255 = ink, of the pen's ``paths``, (n, 2) each, with a line as ``hand`` draws it."""
    greys = preprocess(ink.render(paths, line=generator.uniform(*hand.line))).image
    return to_bytes(greys)


def strokes(label: int, generator: Generator, hand: Hand) -> list[Points]:
    """Return a drawing of the digit ``label``: the pen's paths, (n, 2) each, y down."""
    shapes, chances = _shapes(label)
    return strokes_through(shapes[generator.choice(len(shapes), p=chances)], generator, hand)


def strokes_through(shape: str, generator: Generator, hand: Hand) -> list[Points]:
    """Return a drawing of ``shape``, written as in ``SHAPES``: the pen's paths, (n, 2) each, y down."""
    points = [[piece + generator.normal(0, hand.aim, piece.shape) for piece in stroke] for stroke in _strokes(shape)]
    curves = []
    for stroke in points:
        for before, after in pairwise(stroke):
            after[0] = before[-1]  # the corner, missed once
        curves.append(np.concatenate([curve(piece) for piece in stroke]))
    return varied(curves, generator, hand)


def varied(paths: Sequence[Points], generator: Generator, hand: Hand) -> list[Points]:
    """Return another drawing of the same digit: the pen's ``paths``, (n, 2) each, y down, as ``hand`` varies them.

    Whatever unit they come in, they are returned in hundredths of the digit's longer side.
    """
    together = np.concatenate(paths)
    low, high = together.min(axis=0), together.max(axis=0)
    unit = _SIDE / max(float((high - low).max()), 1e-9)
    recorded = _with_gaps([(path - low) * unit for path in paths], generator, hand)
    warp = _Warp(generator, hand)
    return [_ends(warp(path), generator, hand) for path in recorded]


class _Warp:
    """Moves every point of one drawing by the same smooth rule."""

    def __init__(self, generator: Generator, hand: Hand) -> None:
        self._powers = np.exp(generator.normal(0, hand.proportions, 2))
        stretch = np.exp(generator.normal(0, hand.stretch))
        slant, turn = generator.normal(hand.lean, hand.slant), generator.normal(0, hand.turn)
        cos, sin = np.cos(turn), np.sin(turn)
        # Along a row of points (x, y): stretched, slanted to the right, turned.
        self._matrix = np.array([[stretch, 0], [0, 1]]) @ np.array([[1, 0], [-slant, 1]]) @ [[cos, sin], [-sin, cos]]
        self._waves = []
        for size, lengths, n in ((hand.bend, (60, 140), 3), (hand.tremble, (8, 25), 4)):
            directions = generator.normal(size=(n, 2))
            directions /= np.hypot(*directions.T)[:, None]
            rates = 2 * np.pi / generator.uniform(*lengths, n)
            phases = generator.uniform(0, 2 * np.pi, n)
            amplitudes = generator.normal(0, size / np.sqrt(n), (n, 2))
            self._waves.append((directions * rates[:, None], phases, amplitudes))

    def __call__(self, points: Points) -> Points:
        points = _SIDE * np.clip(points / _SIDE, 0, None) ** self._powers
        moved = points + sum(
            np.sin(points @ directions.T + phases) @ amplitudes for directions, phases, amplitudes in self._waves
        )
        return np.asarray(moved @ self._matrix)


def _with_gaps(paths: Sequence[Points], generator: Generator, hand: Hand) -> list[Points]:
    """Return the paths as a pen records them: points unevenly apart, and now and then a piece missing."""
    recorded = []
    for path in paths:
        spacing = generator.uniform(2, hand.speed)
        path = _spaced(path, spacing, generator)
        if len(path) > 12 and generator.random() < hand.gap:
            at = int(generator.integers(3, len(path) - 5))
            recorded += [path[: at + 1], path[at + 1 + max(1, round(4 / spacing)) :]]
        else:
            recorded.append(path)
    return recorded


def _spaced(path: Points, spacing: float, generator: Generator) -> Points:
    """Return points on the path about ``spacing`` apart, unevenly, both ends among them."""
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    n = max(2, int(travelled[-1] / spacing) + 1)
    even = np.arange(n) + np.where((np.arange(n) > 0) & (np.arange(n) < n - 1), generator.uniform(-0.3, 0.3, n), 0)
    places = even / (n - 1) * travelled[-1]
    return np.stack([np.interp(places, travelled, path[:, i]) for i in (0, 1)], axis=1)


def _ends(path: Points, generator: Generator, hand: Hand) -> Points:
    """Return the path with its ends moved along it, outwards or inwards, and sometimes flicked."""
    if len(path) < 4:
        return path
    for _ in range(2):  # first one end, then the other
        along = path[0] - path[2]
        along = along / max(float(np.hypot(*along)), 1e-9)
        move = generator.normal(0, hand.reach)
        if move < 0 and len(path) > 6:
            path = path[1:]
        elif move > 0:
            path = np.concatenate([path[:1] + move * along, path])
        if generator.random() < hand.hook:
            flick = generator.normal(0, hand.reach, 2) + 0.6 * move * along
            path = np.concatenate([path[:1] + flick, path])
        path = path[::-1]
    return path


def curve(points: Points) -> Points:
    """Return a smooth path through the points (n, 2): the cubic of Catmull and Rom."""
    if len(points) < 3:
        return points
    ends = 2 * points[:1] - points[1:2], 2 * points[-1:] - points[-2:-1]
    p = np.concatenate([ends[0], points, ends[1]])
    t = (np.arange(_SAMPLES) / _SAMPLES)[None, :, None]
    a, b, c, d = (p[i : len(p) - 3 + i, None] for i in range(4))
    between = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.concatenate([between.reshape(-1, 2), points[-1:]])


@cache
def _shapes(label: int) -> tuple[list[str], Points]:
    """Return the shapes of a digit and the chance of each."""
    weights = np.array([weight for weight, _ in SHAPES[label]], dtype=float)
    return [shape for _, shape in SHAPES[label]], weights / weights.sum()


@lru_cache(256)
def _strokes(shape: str) -> list[list[Points]]:
    """Return the pieces (n, 2) of every stroke of a shape."""
    strokes = []
    for stroke in shape.split(";"):
        pieces: list[Points] = []
        for piece in stroke.split("/"):
            points = np.array([[float(x) for x in point.split(",")] for point in piece.split()])
            pieces.append(np.concatenate([pieces[-1][-1:], points]) if pieces else points)
        strokes.append(pieces)
    return strokes
