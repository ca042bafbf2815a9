"""Everything that makes the default network a good one: what it reads rightly and refuses, its size, its speed."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import nondigits
import numpy as np
from replay_strokes import Placing, replay

from benchmarks import latency, startup
from benchmarks.inputs import MissingError, mnist_digits, pens
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.strokes import Strokes, placed
from digitpad.draw import ink
from digitpad.draw.drawing import BRUSH, Drawing, Points, Stroke
from digitpad.draw.preprocess import preprocess
from digitpad.draw.reading import Reading, Verdict, read, reading_of, verdict
from digitpad.draw.several import digits_in
from digitpad.train import model_file

_NO_DIGITS = 500  # drawings
_PAIRS, _GAPS, _WIDE = 500, (0.1, 0.25, 0.5), 0.9
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
    parts: list[Callable[[], Iterator[Row]]] = [
        lambda: _of_mnist(mnist_digits().test),
        lambda: _of_pens(pens()),
        lambda: _of_several(pens()),
        _of_no_digits,
        _of_file,
        latency.reading,
        startup.measure,
    ]
    for part in parts:
        try:
            yield from part()
        except MissingError as missing:
            print(f"bench: a part of accuracy needs {missing}.", file=sys.stderr)


def _of_mnist(test: Dataset) -> Iterator[Row]:
    outputs = model_file.load(paths.DEFAULT_NETWORK).network.feedforward(test.images)
    right = outputs.argmax(axis=1) == test.labels
    numbers = {
        "right": 100 * float(right.mean()),
        "errors": int(len(test) - right.sum()),
        "refused %": 100 * float(np.mean([verdict(one) is not Verdict.SURE for one in outputs])),
    }
    yield Row("MNIST's test images, % right", numbers)
    yield _by_words("MNIST's test images", [reading_of(one) for one in outputs], test.labels)


def _by_words(name: str, readings: Sequence[Reading], labels: Sequence[int] | np.ndarray) -> Row:
    """Return of how many the window says each of its words, and how often it is right then."""
    numbers: dict[str, float] = {}
    for word, fits in _WORDS.items():
        right = [reading.digit == label for reading, label in zip(readings, labels, strict=True) if fits(reading)]
        numbers |= {f"{word} %": 100 * len(right) / len(readings), f"{word}, right": 100 * float(np.mean(right or 0))}
    return Row(f"{name}, by the window's words", numbers)


def _of_several(digits: Sequence[Strokes]) -> Iterator[Row]:
    """Lay pens' digits side by side, and alone, and count what is taken for several."""
    network = model_file.load(paths.DEFAULT_NETWORK).network

    def several(strokes: Sequence[Points]) -> bool:
        drawing = Drawing(tuple(Stroke(points, BRUSH) for points in placed(strokes, _WIDE)))
        return digits_in(network, drawing, read(network, drawing.stages())) > 1

    alone = [(digit.label, [stroke[:, :2] for stroke in digit.strokes]) for digit in digits]
    numbers = {"of one digit": 100 * float(np.mean([several(strokes) for _, strokes in alone]))}
    readings = [
        read(network, Drawing(tuple(Stroke(points, BRUSH) for points in placed(strokes))).stages())
        for _, strokes in alone
    ]
    yield _by_words("pens", readings, [label for label, _ in alone])
    for gap in _GAPS:
        generator = np.random.default_rng(0)
        pairs = [_pair(alone[i][1], alone[j][1], gap) for i, j in generator.integers(len(alone), size=(_PAIRS, 2))]
        numbers[f"of two, {gap:g} of their height apart"] = 100 * float(np.mean([several(pair) for pair in pairs]))
    yield Row("pens, % taken for several digits", numbers)


def _pair(one: Sequence[Points], other: Sequence[Points], gap: float) -> list[Points]:
    """Return two digits, made of one height, beside each other."""
    sized = []
    for strokes in (one, other):
        points = np.concatenate(strokes)
        corner, height = points.min(axis=0), max(float(np.ptp(points[:, 1])), 1e-9)
        sized.append([(stroke - corner) / height for stroke in strokes])
    beside = np.array([np.concatenate(sized[0])[:, 0].max() + gap, 0.0])
    return [*sized[0], *(stroke + beside for stroke in sized[1])]


def _of_pens(digits: Sequence[Strokes]) -> Iterator[Row]:
    """Replay pens in the window, in several places and sizes and with several brushes."""
    model = model_file.load(paths.DEFAULT_NETWORK)
    for name, placing in _PLACINGS.items():
        found = replay(digits, model, placing)
        numbers = {
            "right": 100 * found.accuracy,
            "lowest writer": 100 * min(found.by_writer.values()),
            "lowest digit": 100 * min(found.by_digit.values()),
            "refused %": 100 * found.refused / found.n,
        }
        yield Row(f"pens, {name}, % right", numbers)


def _of_no_digits() -> Iterator[Row]:
    network = model_file.load(paths.DEFAULT_NETWORK).network
    generator = np.random.default_rng(2_000_000)  # no seed of the training's
    refused: dict[str, list[bool]] = defaultdict(list)
    for number in range(_NO_DIGITS):
        kind, learned, drawn = nondigits.to_measure_on(number, generator)
        doubted = verdict(network.feedforward(preprocess(ink.render(drawn)).image)) is not Verdict.SURE
        for group in ("all", "kinds learned from" if learned else "kinds never learned from", kind):
            refused[group].append(doubted)
    numbers = {group: 100 * float(np.mean(doubted)) for group, doubted in refused.items()}
    yield Row(f"{_NO_DIGITS} drawings that are no digit, % refused", numbers)


def _of_file() -> Iterator[Row]:
    yield Row("the network's file, MB", {"size": paths.DEFAULT_NETWORK.stat().st_size / 1e6})
