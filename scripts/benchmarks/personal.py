"""What learning a hand does to a writer's errors, and to MNIST's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np

from benchmarks.inputs import mnist_digits, pens
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Digits
from digitpad.data.store import Drawn
from digitpad.data.strokes import sample_of
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.hand import Learned, learn_hand


def measure() -> Iterator[Row]:
    """Teach the default network one writer after another, with half of each one's digits, and test on the rest."""
    digits = mnist_digits()
    network = model_file.load(paths.DEFAULT_NETWORK).network
    writers: dict[str, list[Drawn]] = defaultdict(list)
    for digit in pens():
        writers[digit.writer].append(sample_of(digit))
    found = []
    for name, samples in writers.items():
        found.append(_learned(network, digits, samples))
        yield Row(f"writer {name}", found[-1])
    means = {key: float(np.mean([numbers[key] for numbers in found])) for key in found[0]}
    yield Row(f"mean of {len(found)} writers", means)


def _learned(network: Network, digits: Digits, samples: Sequence[Drawn]) -> dict[str, float]:
    gaps: list[float] = []
    outcomes: list[Learned] = []

    def to_the_end() -> Iterator[float]:
        outcomes.append((yield from learn_hand(network, digits, *_halves(samples))))

    last = perf_counter()
    for _ in to_the_end():
        gaps.append(perf_counter() - last)
        last = perf_counter()
    (learned,) = outcomes
    return {
        "held out": learned.own_before.n,
        "errors before": learned.own_before.n - learned.own_before.correct,
        "errors after": learned.own_after.n - learned.own_after.correct,
        "MNIST's errors before": learned.test_before.n - learned.test_before.correct,
        "MNIST's errors after": learned.test_after.n - learned.test_after.correct,
        "seconds": learned.seconds,
        "longest wait to stop, ms": 1000 * max(gaps),
    }


def _halves(samples: Sequence[Drawn]) -> tuple[list[Drawn], list[Drawn]]:
    """Return half of each label's drawings to learn from and half to test on."""
    generator = np.random.default_rng(0)
    halves: tuple[list[Drawn], list[Drawn]] = [], []
    for label in range(10):
        alike = [sample for sample in samples if sample.label == label]
        for i, which in enumerate(generator.permutation(len(alike))):
            halves[(i + label) % 2].append(alike[which])
    return halves
