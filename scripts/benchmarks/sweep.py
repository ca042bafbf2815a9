"""Networks that differ in eta alone, trained at once and one after another; and what few epochs say of many."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import process_time

import numpy as np

from benchmarks.inputs import mnist_digits
from benchmarks.rows import Row
from benchmarks.timing import Work, quickest
from digitpad.data import mnist
from digitpad.data.dataset import Digits
from digitpad.nn.network import Network
from digitpad.nn.together import sgd_together
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train.recipe import DEFORM, Recipe
from digitpad.train.sweep import EPOCHS, Sweep, Swept, etas_around

_TURNS = 3
_ETA = 3.0
_SEEDS, _MANY_EPOCHS = (0, 1, 2), 30
# Hidden layers, images in a mini-batch, images in all, whether they are deformed: as many as take a second or so.
_CASES: tuple[tuple[tuple[int, ...], int, int, bool], ...] = (
    ((), 10, 8000, False),
    ((30,), 1, 2000, False),
    ((30,), 2, 2000, False),
    ((30,), 10, 8000, False),
    ((30,), 100, 8000, False),
    ((100,), 1, 800, False),
    ((100,), 10, 4000, False),
    ((100,), 100, 8000, False),
    ((200,), 10, 2000, False),
    ((300,), 10, 1500, False),
    ((300,), 100, 2000, False),
    ((30,), 10, 600, True),
    ((300,), 10, 600, True),
    ((1000,), 10, 300, True),
)


def measure() -> Iterator[Row]:
    """Time both by what the processor did, since other programs would disturb the clock."""
    for hidden, size, n, deformed in _CASES:
        one, many = quickest(_TURNS, *_works((784, *hidden, 10), size, n, deformed=deformed), clock=process_time)
        what = f"{'-'.join(map(str, (784, *hidden, 10)))}, mini-batch {size}{', deformed' if deformed else ''}"
        images = len(etas_around(_ETA)) * n
        yield Row(
            f"nine etas of {what}, µs an image and network",
            {"one after another": 1e6 * one / images, "at once": 1e6 * many / images, "faster times": one / many},
        )
    if mnist.find_folder():
        yield from _foretold(mnist_digits())


def _foretold(digits: Digits) -> Iterator[Row]:
    for seed in _SEEDS:
        sweep = Sweep(Recipe(eta=_ETA, seed=seed), digits, epochs=_MANY_EPOCHS)
        swept = Swept(sweep.etas)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for event in sweep.events():
                if event is not None:
                    swept.add(event)
        for epochs in (EPOCHS, _MANY_EPOCHS):
            found = {f"{eta:g}": 100 * (accuracy or 0) for eta, accuracy in swept.after(epochs).items()}
            yield Row(f"784-30-10, seed {seed}, after {epochs} epochs, % of the validation digits, by eta", found)


def _works(sizes: Sequence[int], size: int, n: int, *, deformed: bool) -> tuple[Work, Work]:
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (n, sizes[0]), dtype=np.uint8)
    targets = np.eye(10, dtype=np.float32)[generator.integers(0, 10, n)]
    config, etas = TrainingConfig(epochs=1, mini_batch_size=size), etas_around(_ETA)
    deform = DEFORM if deformed else None

    def one_after_another() -> None:
        for eta in etas:
            for _ in sgd(Network(sizes, seed=0), images, targets, replace(config, eta=eta), deform):
                pass

    def at_once() -> None:
        for _ in sgd_together([Network(sizes, seed=0) for _ in etas], etas, images, targets, config, deform):
            pass

    return one_after_another, at_once
