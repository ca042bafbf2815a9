"""Everything that makes the default network a good one: what it reads rightly and refuses, its size, its speed."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import nondigits
import numpy as np
from replay_strokes import Placing, replay

from benchmarks import latency, reads, startup
from benchmarks.inputs import MissingError, mnist_digits, pens, refused_files, stroke_files
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.strokes import Strokes, drawing_of
from digitpad.draw import ink
from digitpad.draw.drawing import stages_of
from digitpad.draw.placing import placed
from digitpad.draw.preprocess import preprocess
from digitpad.draw.reading import Reading, Verdict, read, reading_of
from digitpad.train import model_file
from digitpad.train.model_file import Model

_NO_DIGITS = 500  # drawings
_WORDS: dict[str, Callable[[Reading], bool]] = {
    "Certain": lambda reading: reading.certain,
    "Likely": lambda reading: reading.verdict is Verdict.SURE and not reading.certain,
    "Not sure": lambda reading: reading.verdict is Verdict.UNSURE,
}
_PLACINGS = {
    "filling 0.7": Placing(),
    "filling 0.25": Placing(fill=0.25),
    "filling 0.9": Placing(fill=0.9),
    "filling 0.5, off centre": Placing(fill=0.5, offset=(0.2, -0.2)),
    "thinnest brush": Placing(brush=1.0),
    "thickest brush": Placing(brush=1000.0),
}


def measure() -> Iterator[Row]:
    """Measure all parts; one that needs data that are not there is left out, and that is said."""
    model = model_file.load(paths.DEFAULT_NETWORK)
    parts: list[Callable[[], Iterator[Row]]] = [
        lambda: _of_mnist(model, mnist_digits().test),
        *(partial(reads.of_strokes, model, path) for path in stroke_files()),
        *(partial(reads.of_refused, model, path) for path in refused_files()),
        lambda: _of_no_digits(model),
        lambda: _of_pens(model, pens()),
        lambda: _of_pens_by_words(model, pens()),
        _of_file,
        latency.reading,
        startup.measure,
    ]
    for part in parts:
        try:
            yield from part()
        except MissingError as missing:
            print(f"bench: a part of accuracy needs {missing}.", file=sys.stderr)


def _of_mnist(model: Model, test: Dataset) -> Iterator[Row]:
    told = reads.ways(model, test.images)
    yield from reads.of_digits("MNIST's test images", told, test.labels)
    yield _by_words("MNIST's test images", [reading_of(one) for one in told[-1].outputs], test.labels)


def _by_words(name: str, readings: Sequence[Reading], labels: Sequence[int] | np.ndarray) -> Row:
    """Return of how many the window says each of its words, and how often it is right then."""
    numbers: dict[str, float] = {}
    for word, fits in _WORDS.items():
        right = [reading.digit == label for reading, label in zip(readings, labels, strict=True) if fits(reading)]
        numbers |= {f"{word} %": 100 * len(right) / len(readings), f"{word}, right": 100 * float(np.mean(right or 0))}
    return Row(f"{name}, by the window's words", numbers)


def _of_pens_by_words(model: Model, digits: Sequence[Strokes]) -> Iterator[Row]:
    drawings = stages_of([drawing_of(placed([stroke[:, :2] for stroke in digit.strokes])) for digit in digits])
    readings = [read(model.network, stages, nine=model.provenance.reads_nine) for stages in drawings]
    yield _by_words("pens", readings, [digit.label for digit in digits])


def _of_pens(model: Model, digits: Sequence[Strokes]) -> Iterator[Row]:
    """Replay pens in the window, in several places and sizes and with several brushes."""
    for name, placing in _PLACINGS.items():
        found = replay(digits, model, placing)
        numbers = {
            "right": 100 * found.accuracy,
            "lowest writer": 100 * min(found.by_writer.values()),
            "lowest digit": 100 * min(found.by_digit.values()),
            "refused %": 100 * found.refused / found.n,
        }
        yield Row(f"pens, {name}, % right", numbers)


def _of_no_digits(model: Model) -> Iterator[Row]:
    generator = np.random.default_rng(2_000_000)  # no seed of the training's
    kinds, learned, drawn = zip(*(nondigits.to_measure_on(i, generator) for i in range(_NO_DIGITS)), strict=True)
    told = reads.ways(model, np.stack([preprocess(ink.render(each)).image for each in drawn]))
    name = f"{_NO_DIGITS} drawings by a script"
    yield from reads.of_none(name, told)
    doubted, was_learned = reads.refused(told[-1].outputs), np.array(learned)
    groups = {"kinds learned from": was_learned, "kinds never learned from": ~was_learned}
    groups |= {kind: np.array(kinds) == kind for kind in dict.fromkeys(kinds)}
    numbers = {group: 100 * float(doubted[these].mean()) for group, these in groups.items()}
    yield Row(f"{name}, read {told[-1].reading}, % refused by kind", numbers)


def _of_file() -> Iterator[Row]:
    yield Row("the network's file, MB", {"size": paths.DEFAULT_NETWORK.stat().st_size / 1e6})
