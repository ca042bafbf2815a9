"""What the map of digits costs, and how well it holds digits of different labels apart: on a plane, and as islands."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row, summary
from digitpad.data.formats.opening import open_digits
from digitpad.inside.cloud import Cloud, cloud_of, last_hidden
from digitpad.inside.islands import islands_of, place_among
from digitpad.inside.names import Places
from digitpad.nn.neurons import Floats
from digitpad.paths import DEFAULT_NETWORK, DIGITS
from digitpad.train import model_file

_NEIGHBOURS, _EVERY, _DRAWINGS = 10, 10, 500


def measure() -> Iterator[Row]:
    """Lay out the built-in digits as the default network has them; times are those of the processor."""
    network, digits = model_file.load(DEFAULT_NETWORK).network, open_digits(DIGITS)
    started = time.process_time()
    cloud = cloud_of(network, digits.training)
    reading = time.process_time() - started
    assert cloud
    started = time.process_time()
    islands = islands_of(cloud)
    assert islands is not None
    yield Row("laying out 10,000 digits, s", {"plane": reading, "islands": time.process_time() - started})
    labels = cloud.digits.labels
    yield Row("digits' ten nearest on the map of the same label, %", {
        name: 100 * float(np.mean([_same(places, labels, i) for i in range(0, len(labels), _EVERY)]))
        for name, places in (("plane", cloud.places), ("islands", islands))
    })  # fmt: skip
    drawn = [last_hidden(network, image) for image in digits.test.images[:_DRAWINGS]]
    for name, placed, places in (
        ("plane", cloud.projection.place, cloud.places),
        ("islands", lambda a: place_among(islands, *cloud.nearest(a, 5)), islands),
    ):
        shares = [_share(places, labels, placed(a), label) for a, label in zip(drawn, digits.test.labels, strict=False)]
        yield Row(f"test digits' ten nearest on the {name} of their label, %", {"mean": 100 * float(np.mean(shares))})
    yield summary("the five nearest digits to a drawing, ms", [_timed(partial(cloud.nearest, a, 5)) for a in drawn])
    greys = digits.test.images[:_DRAWINGS] / np.float32(255)
    times = [_timed(partial(_placed, cloud, image)) for image in greys]
    yield summary("a drawing's place on the plane, ms", times)


def _placed(cloud: Cloud, image: Floats) -> Places:
    return cloud.projection.place(last_hidden(cloud.projection.network, image))


def _timed(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return 1000 * (time.process_time() - started)


def _same(places: Places, labels: NDArray[np.uint8], i: int) -> float:
    return _share(places, labels, places[i], labels[i], but=i)


def _share(places: Places, labels: NDArray[np.uint8], at: Places, label: int, but: int | None = None) -> float:
    """Return the share of the digits nearest to a place that have a ``label``; without one of them."""
    away = np.square(places - at).sum(axis=1)
    if but is not None:
        away[but] = np.inf
    nearest = np.argpartition(away, _NEIGHBOURS)[:_NEIGHBOURS]
    return float(np.mean(labels[nearest] == label))
