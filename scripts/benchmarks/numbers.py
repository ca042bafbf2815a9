"""Whether numbers are read wholly right, and how often one digit is cut in two or what is no digit taken for a number.

Numbers are made of digits that the default network never learned from. The rules were chosen on every second of them;
what is measured are the others.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from parts import KEPT_APART, PENS_APART

from benchmarks.inputs import MissingError, mnist_digits, pens, refused_files, stroke_files
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.strokes import Strokes, drawing_of, read_drawings, read_strokes
from digitpad.draw.drawing import Drawing, Picture, Points
from digitpad.draw.numbers import NumberReader
from digitpad.draw.placing import placed
from digitpad.draw.preprocess import SIDE, Greys, crop
from digitpad.draw.reading import read
from digitpad.train import model_file
from digitpad.train.model_file import Model

_EACH = 300  # numbers of a kind
_FILL = 0.9  # canvas sides
# How far a digit begins beyond the end of the one before it, in heights of a digit; below 0 they overlap.
_GAPS = {"wide": (0.3, 0.6), "natural": (0.1, 0.35), "narrow": (0.0, 0.1), "touching": (-0.12, 0.0)}
_HEIGHT, _RISE = (0.85, 1.1), 0.08  # of a digit in a number, and how far it stands above or below the line
_PIXELS = 20  # of a height, in a picture

Generator = np.random.Generator
Digit = TypeVar("Digit")


class _Kind(NamedTuple, Generic[Digit]):
    """Digits of one kind with their labels, and how to draw one alone and several in a row with such gaps."""

    name: str
    digits: Sequence[Digit]
    labels: Sequence[int]
    alone: Callable[[Digit], Drawing]
    in_a_row: Callable[[Sequence[Digit], tuple[float, float], Generator], Drawing]


def measure() -> Iterator[Row]:
    """Measure on pens, on other files of strokes, on MNIST's test images, and on what is no digit."""
    model = model_file.load(paths.DEFAULT_NETWORK)
    kinds: list[Callable[[], Iterator[Row]]] = [lambda: _of_kind(model, _strokes("pens", _last_writers(pens())))]
    kinds += [partial(_of_file, model, path) for path in stroke_files()]
    kinds += [lambda: _of_kind(model, _scans(mnist_digits().test))]
    kinds += [partial(_of_refused, model, path) for path in refused_files()]
    for kind in kinds:
        try:
            yield from kind()
        except MissingError as missing:
            print(f"bench: a part of numbers needs {missing}.", file=sys.stderr)


def _of_file(model: Model, path: Path) -> Iterator[Row]:
    yield from _of_kind(model, _strokes(path.stem, [each for each in read_strokes(path) if each.writer in KEPT_APART]))


def _last_writers(digits: Sequence[Strokes]) -> list[Strokes]:
    apart = sorted({digit.writer for digit in digits})[-PENS_APART:]
    return [digit for digit in digits if digit.writer in apart]


def _strokes(name: str, digits: Sequence[Strokes]) -> "_Kind[Strokes]":
    rest = digits[1::2]
    return _Kind(name, rest, [each.label for each in rest], lambda one: drawing_of(placed(one.strokes)), _drawn)


def _scans(test: Dataset) -> "_Kind[Greys]":
    images = [crop((image.reshape(SIDE, SIDE) / 255).astype(np.float32)) for image in test.images[1::2]]
    labels = test.labels[1::2].tolist()
    return _Kind("MNIST's test images", images, labels, lambda one: Drawing(picture=Picture.fitted(one)), _pasted)


def _of_kind(model: Model, kind: "_Kind[Digit]") -> Iterator[Row]:
    reader = _Reader(model)
    told = [reader.told(kind.alone(digit)) for digit in kind.digits]
    right = np.array([one.digit == label for one, label in zip(told, kind.labels, strict=True)])
    cut = np.array([one.number is not None for one in told])
    numbers = {"right %": 100 * right.mean(), "cut in two, of these %": 100 * cut[right].mean(), "n": len(told)}
    yield Row(f"{kind.name}, one digit", {name: float(number) for name, number in numbers.items()})
    generator = np.random.default_rng(0)
    for many in (2, 4):
        for name, gaps in _GAPS.items():
            chosen = generator.integers(len(kind.digits), size=(_EACH, many))
            found = [
                reader.told(kind.in_a_row([kind.digits[i] for i in some], gaps, generator)).number for some in chosen
            ]
            wanted = ["".join(str(kind.labels[i]) for i in some) for some in chosen]
            whole = np.array([one == other for one, other in zip(found, wanted, strict=True)])
            each = right[chosen].all(axis=1)
            row = {"wholly right %": 100 * whole.mean(), "of digits that are right alone %": 100 * whole[each].mean()}
            yield Row(f"{kind.name}, numbers of {many}, {name}", {what: float(part) for what, part in row.items()})


def _of_refused(model: Model, path: Path) -> Iterator[Row]:
    reader = _Reader(model)
    told = [reader.told(drawing_of(placed(strokes))) for _, strokes in read_drawings(path)]
    yield Row(
        f"{path.stem}, taken for a number %", {"": 100 * float(np.mean([one.number is not None for one in told]))}
    )


class _Told(NamedTuple):
    digit: int
    number: str | None


class _Reader:
    """Reads drawings as the window does."""

    def __init__(self, model: Model) -> None:
        self._model, self._numbers = model, NumberReader()

    def told(self, drawing: Drawing) -> _Told:
        network, nine = self._model.network, self._model.provenance.reads_nine
        whole = read(network, drawing.stages(), nine=nine)
        number = self._numbers.read(network, drawing, whole, nine=nine)
        return _Told(whole.digit, number.text if number else None)


def _places(widths: Sequence[float], gaps: tuple[float, float], generator: Generator) -> list[tuple[float, float]]:
    """Return where digits of these ``widths`` begin, and how far below the line, in heights of a digit."""
    places, right = [], 0.0
    for i, width in enumerate(widths):
        left = right + (float(generator.uniform(*gaps)) if i else 0.0)
        places.append((left, float(generator.uniform(-_RISE, _RISE))))
        right = max(right, left + width)
    return places


def _drawn(digits: Sequence[Strokes], gaps: tuple[float, float], generator: Generator) -> Drawing:
    sized: list[list[Points]] = []
    for digit in digits:
        points = np.concatenate([stroke[:, :2] for stroke in digit.strokes])
        size = np.ptp(points, axis=0)
        scale = generator.uniform(*_HEIGHT) / max(size[1], size[0] / 2, 1e-9)
        sized.append([(stroke[:, :2] - points.min(axis=0)) * scale for stroke in digit.strokes])
    widths = [max(float(stroke[:, 0].max()) for stroke in strokes) for strokes in sized]
    places = _places(widths, gaps, generator)
    return drawing_of(
        placed([stroke + place for strokes, place in zip(sized, places, strict=True) for stroke in strokes], _FILL)
    )


def _pasted(digits: Sequence[Greys], gaps: tuple[float, float], generator: Generator) -> Drawing:
    places = _places([digit.shape[1] / _PIXELS for digit in digits], gaps, generator)
    at = np.round(np.array(places) * _PIXELS).astype(int) + (0, _PIXELS)
    right = max(x + digit.shape[1] for (x, _), digit in zip(at.tolist(), digits, strict=True))
    ink = np.zeros((3 * _PIXELS, right), dtype=np.float32)
    for (x, y), digit in zip(at.tolist(), digits, strict=True):
        y -= (digit.shape[0] - _PIXELS) // 2
        place = ink[y : y + digit.shape[0], x : x + digit.shape[1]]
        np.maximum(place, digit, out=place)
    return Drawing(picture=Picture.fitted(crop(ink)))
