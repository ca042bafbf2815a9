"""Networks that were made here: called as people would, in memory until they are on the disk."""

import time
from pathlib import Path
from weakref import ref

import numpy as np
import pytest

from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.made import Made, moment
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run

NOW = time.mktime((2026, 11, 26, 14, 5, 0, 0, 0, -1))


def network(seed: int = 0) -> Network:
    return Network([784, 10], seed=seed)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)


def test_a_title_speaks_of_a_run_by_the_number_that_it_has_now() -> None:
    made = Made("run #3 at epoch 2, 94.6 %", NOW, 1, lambda: Model(network()), run=3)
    made.renumber({1: 4, 3: 12})
    assert (made.title, made.run) == ("run #12 at epoch 2, 94.6 %", 12)
    made.renumber({3: 1})
    assert made.title == "run #12 at epoch 2, 94.6 %"
    named = Made("run #3 of mine", NOW, 1, lambda: Model(network()))
    named.renumber({3: 12})
    assert named.title == "run #3 of mine"  # as a person called it


def test_a_moment_is_told_in_english_whatever_the_system_speaks() -> None:
    assert moment(NOW) == "26 Nov 14:05"


@pytest.mark.parametrize(
    ("provenance", "title"),
    [
        (Provenance(name="small network, my hand", own_drawings="60"), "small network, my hand, 26 Nov 14:05"),
        (Provenance(name="mine"), "mine, 26 Nov 14:05"),
        (Provenance(), "network, 26 Nov 14:05"),
    ],
)
def test_a_network_is_called_by_how_it_was_made(provenance: Provenance, title: str) -> None:
    assert Made.of_model(Model(network(), provenance)).title == title


def test_that_of_a_run_is_called_by_its_number_or_the_name_a_person_gave_it() -> None:
    run = Run(3, Recipe(), "bars", latest=network(), at=30.0)
    assert Made.of_run(run, network(), 30.0, Point(30, 0.9789, 0.1, 0.99, 0.1, True)).title == "run #3, 97.9 %"
    assert Made.of_run(run, network(), 17.0, Point(17, 0.961, 0.1, 0.99, 0.1, True)).title == (
        "run #3 at epoch 17, 96.1 %"
    )
    for epochs, written in ((7 / 3, "2.33"), (10_000.0, "10000")):
        assert Made.of_run(run, network(), epochs, None).title == f"run #3 at epoch {written}"
    run.name = "the wide one"
    assert Made.of_run(run, network(), 30.0, None).title == "the wide one"


def test_it_stays_as_it_was_when_its_run_goes_on() -> None:
    point = Point(1, 0.9, 0.1, 0.9, 0.1, True)
    run, first = Run(3, Recipe(), "bars", points=[point], latest=network(), at=1.0), network(1)
    made = Made.of_run(run, first, 1.0, point)
    run.points.append(Point(2, 0.95, 0.1, 0.9, 0.1, True))
    again = Run.of_model(1, made.load())
    assert again
    assert again.points == [point]


def test_once_it_is_on_the_disk_it_takes_no_memory(tmp_path: Path) -> None:
    model = Model(network(5), Provenance(name="mine"))
    weights, made, held = model.network.parameters.copy(), Made.of_model(model), ref(model.network)
    assert made.is_of(model.network)
    made.save(tmp_path / "one")
    made.rest_in(tmp_path / "one")
    del model
    assert held() is None
    loaded = made.load()
    np.testing.assert_array_equal(loaded.network.parameters, weights)
    assert loaded.provenance.name == "mine"


def test_it_is_read_from_where_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps it may move while somebody reads it."""
    made = Made.of_model(Model(network(5)))
    for name in ("one", "two"):
        made.save(tmp_path / name)
    made.rest_in(tmp_path / "one")
    load = model_file.load

    def moved(path: Path) -> Model:
        if path.name == "one":
            path.unlink()
            made.rest_in(tmp_path / "two")
        return load(path)

    monkeypatch.setattr(model_file, "load", moved)
    np.testing.assert_array_equal(made.load().network.parameters, network(5).parameters)
    (tmp_path / "two").unlink()
    assert made.gone
    with pytest.raises(ModelError, match="there is no such file"):
        made.load()
