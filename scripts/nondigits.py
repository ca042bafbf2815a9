"""Drawings that are no digit, to learn from and to measure on.

Those to measure on are drawn anew, and 250 of 500 are of kinds that were never learned from. What could be taken for a
digit is left out: O, I, l, S, Z, B, b, g, q, a circle, an upright line.
"""

from collections.abc import Callable

import numpy as np

from digitpad.data import synthetic
from digitpad.data.synthetic import Hand
from digitpad.draw.ink import Path

# Characters that may be a digit once they are as large as one: neither to learn from as none, nor to measure on.
LOOK_ALIKES = frozenset("OoIlSsZzBGQbgq|/\\()")

Generator = np.random.Generator
Maker = Callable[[Generator], list[Path]]

_HAND = Hand(lean=0.05, slant=0.12, turn=0.12, stretch=0.22, proportions=0.12, bend=3.0)  # letters stay letters

# Written as synthetic.SHAPES are.
LETTERS = {
    "A": "0,100 30,0 60,100 ; 12,62 48,62",
    "E": "50,0 2,0 / 2,50 2,100 / 26,100 52,100 ; 2,48 40,48",
    "F": "52,0 2,0 / 2,50 2,100 ; 2,46 42,46",
    "H": "2,0 2,50 2,100 ; 54,0 54,50 54,100 ; 2,50 54,50",
    "M": "0,100 6,0 / 36,70 / 66,0 / 72,100",
    "P": "4,0 4,50 4,100 ; 4,2 40,4 48,26 38,48 4,52",
    "R": "4,0 4,50 4,100 ; 4,2 40,4 46,24 36,46 4,50 / 50,100",
    "X": "0,0 30,50 60,100 ; 60,0 30,50 0,100",
    "U": "2,0 2,60 14,94 34,98 52,84 56,0",
    "W": "0,0 18,100 / 38,30 / 58,100 / 76,0",
    "d": "46,58 26,44 6,60 8,88 28,98 46,80 ; 48,0 47,50 48,100",
    "f": "44,8 30,0 20,16 20,100 ; 4,42 40,42",
    "h": "4,0 4,50 4,100 / 6,66 26,46 44,60 46,100",
    "k": "4,0 4,100 ; 42,40 6,68 / 46,100",
    "m": "2,30 2,100 / 4,50 20,32 34,46 34,100 / 36,50 52,32 68,46 68,100",
    "r": "4,10 4,98 / 6,44 22,16 44,16",
    "x": "2,0 24,50 50,100 ; 52,0 26,50 0,100",
    "a small": "46,20 26,2 4,24 4,70 24,96 46,70 48,6 / 48,72 60,98",
    "ampersand": "66,100 20,30 22,6 40,0 50,16 34,40 6,66 10,94 34,98 62,60",
    "at": "60,40 44,30 34,50 42,66 58,58 62,34 / 64,62 84,64 92,36 70,6 34,2 6,30 6,72 40,100 78,92",
    "hash": "22,0 14,100 ; 54,0 46,100 ; 0,32 72,32 ; 0,66 72,66",
    "question": "4,20 20,0 44,6 48,28 28,48 24,72 ; 24,96 25,98",
    "plus": "40,0 40,80 ; 0,40 80,40",
    "equals": "0,20 80,20 ; 0,60 80,60",
    "percent": "80,0 10,100 ; 20,4 4,18 18,34 32,20 20,4 ; 74,64 58,80 74,98 86,80 74,64",
    "tick": "0,60 26,100 / 90,0",
    "arrow": "0,50 100,50 ; 66,20 100,50 / 66,82",
    "triangle": "50,0 100,90 / 0,90 / 50,0",
    "star": "50,0 80,96 / 2,36 / 98,36 / 20,96 / 50,0",
    "heart": "50,30 30,2 4,16 12,52 50,100 / 88,52 96,16 70,2 50,30",
    "house": "10,100 10,40 / 50,0 / 90,40 / 90,100 / 10,100",
    "smile": "50,0 14,14 0,50 14,86 50,100 86,86 100,50 86,14 50,0 ; 32,34 33,40 ; 66,34 67,40 ; 26,62 50,78 74,62",
    "spiral": "50,50 58,46 60,56 48,62 38,50 48,34 68,38 74,60 56,78 30,70 22,44 42,18 76,22 92,56 72,94",
    "wave": "0,20 18,0 36,22 54,40 72,20 90,0 108,20",
    "lightning": "50,0 10,54 / 46,50 / 14,100",
    "infinity": "50,25 20,2 0,25 20,48 50,25 80,2 100,25 80,48 50,25",
}  # fmt: skip

# Never learned from: whether the network has learned what a digit is shows on these.
OTHER_LETTERS = {
    "K": "4,0 4,50 4,100 ; 52,0 6,54 / 54,100",
    "N": "2,100 2,0 / 52,100 / 52,0",
    "V": "0,0 30,100 / 60,0",
    "Y": "0,0 30,48 ; 62,0 30,48 / 30,100",
    "e": "6,54 46,46 40,18 18,10 2,44 10,88 30,98 50,80",
    "n": "4,30 4,100 / 6,54 26,30 44,46 46,100",
    "p": "4,10 4,100 ; 4,30 26,8 46,26 40,54 6,56",
    "w": "0,10 16,60 / 34,20 / 52,60 / 70,10",
    "omega": "2,98 22,94 4,60 10,20 40,2 72,20 78,60 58,94 80,98",
    "psi": "2,10 6,44 40,60 74,44 78,10 ; 40,0 40,100",
}


def to_learn_from(kind: int, generator: Generator) -> list[Path]:
    """Return the pen's paths, (n, 2) each, y down, of a drawing of one of the kinds, whose numbers go round."""
    makers: list[Maker] = [
        _walk, _loops, _zigzag, _corners, _crossing, _dots, _flat_lines, _digits, _digits, _letter, _letter, _letter,
        _frame, _glyph, _glyph,
    ]  # fmt: skip
    return makers[kind % len(makers)](generator)


def to_measure_on(kind: int, generator: Generator) -> tuple[str, bool, list[Path]]:
    """Return the kind of a drawing, whether such were learned from, and the pen's paths; the kinds go round."""
    makers: list[tuple[str, bool, Maker]] = [
        ("scrawls", False, _scrawl), ("other letters", False, _other_letter), ("dots", True, _dots),
        ("lines", True, _flat_lines), ("two digits", True, _digits), ("frames", True, _frame),
        ("scrawls", False, _scrawl), ("other letters", False, _other_letter), ("letters", True, _letter),
        ("other letters", False, _other_letter),
    ]  # fmt: skip
    name, learned, maker = makers[kind % len(makers)]
    return name, learned, maker(generator)


def _walk(generator: Generator) -> list[Path]:
    """Return a restless walk."""
    return [np.cumsum(generator.normal(size=(generator.integers(15, 150), 2)), axis=0)]


def _loops(generator: Generator) -> list[Path]:
    """Return loops upon loops."""
    t = np.linspace(0, generator.uniform(15, 60), 300)
    rates, drift = generator.uniform(0.7, 1.6, 2), generator.normal(0, 0.04, 2)
    return [np.sin(np.outer(t, rates) + generator.uniform(0, 6, 2)) + np.outer(t, drift)]


def _scrawl(generator: Generator) -> list[Path]:
    """Return a line that turns now this way, now that, as it likes."""
    n = int(generator.integers(120, 400))
    turning = np.convolve(generator.normal(0, 1, n + 30), np.ones(31) / 31, mode="valid") * generator.uniform(0.6, 1.5)
    direction = np.cumsum(turning)
    return [np.cumsum(np.stack([np.cos(direction), np.sin(direction)], axis=1), axis=0)]


def _zigzag(generator: Generator) -> list[Path]:
    m = int(generator.integers(6, 20))
    across = np.linspace(0, 1, m) + generator.normal(0, 0.03, m)
    zigzag = np.stack([across, generator.uniform(0.3, 1.2) * (np.arange(m) % 2) + generator.normal(0, 0.06, m)], 1)
    return [zigzag[:, :: generator.choice([1, -1])]]


def _corners(generator: Generator) -> list[Path]:
    return [generator.uniform(size=(generator.integers(6, 14), 2))]


def _crossing(generator: Generator) -> list[Path]:
    return list(generator.uniform(size=(generator.integers(4, 12), 2, 2)))


def _dots(generator: Generator) -> list[Path]:
    return list(generator.uniform(size=(generator.integers(1, 8), 1, 2)))


def _flat_lines(generator: Generator) -> list[Path]:
    """Return one flat line or a few."""
    lines = np.stack([generator.uniform(0, 0.3, (3, 2)), generator.uniform(0.7, 1, (3, 2))], axis=1)
    lines[:, :, 1] = generator.uniform(0, 1, (3, 1)) + generator.normal(0, 0.05, (3, 2))
    return list(lines[: generator.integers(1, 4)])


def _digits(generator: Generator) -> list[Path]:
    """Return two digits side by side, or three."""
    paths: list[Path] = []
    left = 0.0
    for _ in range(3 if generator.random() < 0.15 else 2):
        digit = synthetic.strokes(int(generator.integers(10)), generator, Hand())
        together = np.concatenate(digit)
        low, high = together.min(axis=0), together.max(axis=0)
        size = generator.uniform(0.75, 1.2)
        paths += [(path - low) * size + (left, generator.normal(0, 8)) for path in digit]
        left += (high - low)[0] * size + generator.uniform(8, 40)
    return paths


def _shape(text: str, generator: Generator) -> list[Path]:
    return synthetic.strokes_through(text, generator, _HAND)


def _letter(generator: Generator) -> list[Path]:
    return _shape(str(generator.choice(list(LETTERS.values()))), generator)


def _other_letter(generator: Generator) -> list[Path]:
    return _shape(str(generator.choice(list(OTHER_LETTERS.values()))), generator)


def _frame(generator: Generator) -> list[Path]:
    """Return the four sides of a rectangle, in one stroke or in four."""
    width = 100 * generator.uniform(0.8, 2.2)
    corners = np.array([(0, 0), (width, 0), (width, 100), (0, 100), (0, 0)]) + generator.normal(0, 3, (5, 2))
    if generator.random() < 0.5:
        return [corners]
    return [corners[i : i + 2] + generator.normal(0, 3, (2, 2)) for i in range(4)]


def _glyph(generator: Generator) -> list[Path]:
    """Return a sign that nobody writes: several bows and straight lines between places on a grid."""
    places = np.array([(x, y) for x in (0, 50, 100) for y in (0, 50, 100)], dtype=float)
    text = []
    for _ in range(generator.integers(3, 6)):
        start, end = places[generator.choice(9, 2, replace=False)] + generator.normal(0, 8, (2, 2))
        bow = (start + end) / 2 + generator.normal(0, 30, 2) * (generator.random() < 0.5)
        text.append(" ".join(f"{x:.1f},{y:.1f}" for x, y in (start, bow, end)))
    return _shape(" ; ".join(text), generator)
