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
from digitpad.data.strokes import Strokes
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess
from digitpad.draw.reading import Verdict, verdict
from digitpad.train import model_file

_NO_DIGITS = 500  # drawings
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
