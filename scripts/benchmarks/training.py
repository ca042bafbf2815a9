"""How quickly the book's network learns, beside the least it could take, the book's own loop and other libraries."""

import warnings
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.inputs import mnist_digits
from benchmarks.rows import Row
from benchmarks.timing import Work, quickest
from digitpad.data import mnist
from digitpad.data.dataset import Digits
from digitpad.nn import book
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe

Images = NDArray[np.uint8]

_SIZES = (784, 30, 10)
_IMAGES, _BATCH = 60_000, 10
_TURNS = 10  # the quickest of so many is reported
_SLOW_TURNS = 2  # of what takes seconds
_TENTH = 10  # the book's loop does so small a part of an epoch, which is all alike


def measure() -> Iterator[Row]:
    """Time one epoch of 784-30-10, mini-batch 10, 60,000 images, in several ways; then reproduce the book."""
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (_IMAGES, _SIZES[0]), dtype=np.uint8)
    targets = np.eye(10, dtype=np.float32)[generator.integers(0, 10, _IMAGES)]
    mine, floor = quickest(_TURNS, _epoch(images, targets), _products(generator))
    best = f"best of {_TURNS}"
    yield Row("an epoch of 784-30-10, mini-batch 10, 60,000 images, s", {best: mine})
    yield Row("its matrix products alone, s", {best: floor, "ours takes times": mine / floor})
    best = f"best of {_SLOW_TURNS}"
    (tenth,) = quickest(_SLOW_TURNS, _book(images[: _IMAGES // _TENTH], targets))
    loop = _TENTH * tenth
    yield Row("the book's loop, one image at a time, s", {best: loop, "ours is faster times": loop / mine})
    for name, peer in _PEERS.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other libraries' are their own; one epoch does not converge, for one
            try:
                work = peer(images, targets)
            except ImportError:
                continue  # compared with where it is installed
            (seconds,) = quickest(_SLOW_TURNS, work)
        yield Row(f"{name}, s", {best: seconds, "ours is faster times": seconds / mine})
    if mnist.find_folder():
        yield from _book_results(mnist_digits())


def trained(recipe: Recipe, digits: Digits) -> tuple[float, float]:
    """Train in this thread, as the terminal does; return the seconds it took and the best accuracy, in [0, 1]."""
    started = perf_counter()
    points = [event.point for event in Experiment(recipe, digits).events() if isinstance(event, Measurement)]
    return perf_counter() - started, max(point.accuracy for point in points if point.exact)


def _book_results(digits: Digits) -> Iterator[Row]:
    for preset in PRESETS[:2]:
        seconds, best = trained(preset.recipe, digits)
        numbers = {"accuracy": 100 * best, "book": 100 * (preset.book or 0), "seconds": seconds}
        yield Row(f"{preset.recipe.sizes}, best of 30 epochs, %", numbers)


def _epoch(images: Images, targets: Floats) -> Work:
    def work() -> None:
        for _ in sgd(Network(_SIZES, seed=0), images, targets, TrainingConfig(epochs=1, mini_batch_size=_BATCH)):
            pass

    return work


def _products(generator: np.random.Generator) -> Work:
    """Return the five matrix products of every mini-batch: two forwards, three backwards."""
    w1, w2 = (generator.standard_normal(shape).astype(np.float32) for shape in ((30, 784), (10, 30)))
    x, a, delta_1, delta_2 = (generator.random((_BATCH, n), dtype=np.float32) for n in (784, 30, 30, 10))

    def work() -> None:
        for _ in range(_IMAGES // _BATCH):
            x @ w1.T
            a @ w2.T
            delta_2.T @ a
            delta_2 @ w2
            delta_1.T @ x

    return work


def _book(images: Images, targets: Floats) -> Work:
    """Return the book's mini-batches over ``images``, as pairs of columns."""
    greys = images / np.float64(255)
    pairs = [(x.reshape(-1, 1), y.reshape(-1, 1)) for x, y in zip(greys, targets[: len(greys)], strict=True)]
    network = book.Network(list(_SIZES))

    def work() -> None:
        for first in range(0, len(pairs), _BATCH):
            network.update_mini_batch(pairs[first : first + _BATCH], 3.0)

    return work


def _torch(images: Images, targets: Floats) -> Work:
    import torch

    torch.set_num_threads(1)
    x, y = torch.from_numpy(images).float() / 255, torch.from_numpy(targets)
    layers = torch.nn.Linear(784, 30), torch.nn.Sigmoid(), torch.nn.Linear(30, 10), torch.nn.Sigmoid()
    network = torch.nn.Sequential(*layers)
    descent = torch.optim.SGD(network.parameters(), lr=3.0)

    def work() -> None:
        order = torch.randperm(len(x))
        for first in range(0, len(x), _BATCH):
            chosen = order[first : first + _BATCH]
            descent.zero_grad()
            (0.5 * ((network(x[chosen]) - y[chosen]) ** 2).sum(1).mean()).backward()
            descent.step()

    return work


def _sklearn(images: Images, targets: Floats) -> Work:
    from sklearn.neural_network import MLPClassifier

    x, y = images.astype(np.float32) / 255, targets.argmax(axis=1)

    def work() -> None:
        MLPClassifier((30,), "logistic", solver="sgd", batch_size=_BATCH, max_iter=1, alpha=0.0, momentum=0.0).fit(x, y)

    return work


_PEERS: dict[str, Callable[[Images, Floats], Work]] = {"PyTorch, one thread": _torch, "scikit-learn": _sklearn}
