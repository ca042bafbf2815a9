"""What learning a hand does to a writer's errors, to MNIST's, and to what is refused."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter, thread_time

import nondigits
import numpy as np

from benchmarks import reads
from benchmarks.inputs import mnist_digits, pens, refused_files
from benchmarks.reads import Images
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Digits
from digitpad.data.store import Drawn
from digitpad.data.strokes import sample_of
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess
from digitpad.train import model_file
from digitpad.train.hand import Learned, learn_hand
from digitpad.train.model_file import Model

_NO_DIGITS = 500  # drawings


def measure() -> Iterator[Row]:
    """Teach the default network one writer after another, with half of each one's digits, and test on the rest.

    What is refused are drawings by a script, and those in the files that --refuse names.
    """
    digits = mnist_digits()
    model = model_file.load(paths.DEFAULT_NETWORK)
    generator = np.random.default_rng(2_000_000)  # no seed of the training's
    scripted = [preprocess(ink.render(nondigits.to_measure_on(i, generator)[2])).image for i in range(_NO_DIGITS)]
    others = {"drawings by a script": np.stack(scripted)}
    others |= {path.name: reads.no_digits_in(path)[0] for path in refused_files()}
    before = {name: _refused(model, images) for name, images in others.items()}
    writers: dict[str, list[Drawn]] = defaultdict(list)
    for digit in pens():
        writers[digit.writer].append(sample_of(digit))
    found = []
    for name, samples in writers.items():
        found.append(_learned(model, digits, samples, others, before))
        yield Row(f"writer {name}", found[-1])
    means = {key: float(np.mean([numbers[key] for numbers in found])) for key in found[0]}
    yield Row(f"mean of {len(found)} writers", means)


def _learned(
    model: Model, digits: Digits, samples: Sequence[Drawn], others: Mapping[str, Images], before: Mapping[str, float]
) -> dict[str, float]:
    gaps: list[float] = []
    outcomes: list[Learned] = []
    learn, held_out = _halves(samples)

    def to_the_end() -> Iterator[float]:
        outcomes.append((yield from learn_hand(model.network, digits, learn, held_out)))

    last, begun = perf_counter(), thread_time()
    for _ in to_the_end():
        gaps.append(perf_counter() - last)
        last = perf_counter()
    worked = thread_time() - begun
    (learned,) = outcomes
    after = Model(learned.network, learned.provenance(model.provenance))
    images, labels = np.stack([one.image for one in held_out]), [one.label for one in held_out]
    numbers: dict[str, float] = {"learned from": len(learn), "held out": len(held_out)}
    for told in zip(reads.ways(model, images), reads.ways(after, images), strict=True):
        for when, one in zip(("before", "after"), told, strict=True):
            wrong = one.outputs.argmax(axis=1) != labels
            numbers[f"errors {when}, read {one.reading}"] = int(np.count_nonzero(wrong))
    for name, each in others.items():
        numbers |= {f"{name}, refused % before": before[name], f"{name}, refused % after": _refused(after, each)}
    return numbers | {
        "MNIST's errors before": learned.test_before.n - learned.test_before.correct,
        "MNIST's errors after": learned.test_after.n - learned.test_after.correct,
        "seconds": learned.seconds,
        "seconds at work": worked,
        "longest wait to stop, ms": 1000 * max(gaps),
    }


def _refused(model: Model, images: Images) -> float:
    """Return what percentage of ``images`` is refused, read as the window reads."""
    return 100 * float(reads.refused(reads.ways(model, images)[-1].outputs).mean())


def _halves(samples: Sequence[Drawn]) -> tuple[list[Drawn], list[Drawn]]:
    """Return half of each label's drawings to learn from and half to test on."""
    generator = np.random.default_rng(0)
    halves: tuple[list[Drawn], list[Drawn]] = [], []
    for label in range(10):
        alike = [sample for sample in samples if sample.label == label]
        for i, which in enumerate(generator.permutation(len(alike))):
            halves[(i + label) % 2].append(alike[which])
    return halves
