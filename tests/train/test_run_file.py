"""A run on the disk: as the window had it."""

import contextlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.data.dataset import Kind, Material
from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import run_file
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.resting import laid_down
from digitpad.train.runs import Mark, OnTestSet, Run, Trouble
from digitpad.train.settings import FOUR, TEN


def made(epochs: int, hidden: int = 12) -> Run:
    """A run of so many epochs, measured once within each, with the weights of every one."""
    recipe = Recipe(hidden=(hidden,), cost="cross-entropy", epochs=epochs)
    run = Run(3, recipe, "bars", "mine", kind=Kind.BUILT_IN, seconds=1.5, trouble=Trouble("It is stuck.", ended=False))
    for half in range(2 * epochs + 1):
        at = half / 2
        run.points.append(Point(at, half / 100, 1 / 3, half / 200, 0.1, at.is_integer()))
        network = replace(recipe, seed=half).network()
        run.latest, run.at = network, at
        if at.is_integer():
            run.networks[at] = network
    run.marks.append(Mark(0.5, "Learning rate η 1"))
    run.tested, run.material = OnTestSet(1.0, 0.875), Material(600, 3, "0123456789abcdef")
    run.rates = {"eta": 1 / 3}
    return run


def same(one: Network, other: Network) -> bool:
    return one.sizes == other.sizes and np.array_equal(one.parameters, other.parameters)


def test_a_run_comes_back_with_curves_and_weights_to_the_bit(tmp_path: Path) -> None:
    run = made(3)
    run_file.save(tmp_path / "run", run)
    read = run_file.load(tmp_path / "run")
    assert vars(replace(read, networks={}, latest=None)) == vars(replace(run, networks={}, latest=None))
    assert read.networks.keys() == run.networks.keys()
    assert all(same(read.networks[epochs], run.networks[epochs]) for epochs in run.networks)
    assert read.latest is read.networks[3.0]
    assert read.latest.cost.name == "cross-entropy"


def test_what_went_wrong_comes_back_as_a_warning_or_as_the_end(tmp_path: Path) -> None:
    for trouble in (Trouble("It stopped.", ended=True), Trouble("It is stuck.", ended=False), None):
        run_file.save(tmp_path / "run", Run(1, Recipe(), "bars", trouble=trouble))
        assert run_file.load(tmp_path / "run").trouble == trouble


def test_the_newest_weights_come_back_from_within_an_epoch_too(tmp_path: Path) -> None:
    run = made(2)
    run.latest, run.at = Network([784, 12, 10], seed=99, cost="cross-entropy"), 2.25
    run_file.save(tmp_path / "run", run)
    read = run_file.load(tmp_path / "run")
    assert read.at == 2.25
    assert read.latest
    assert same(read.latest, run.latest)
    assert sorted(read.networks) == [0, 1, 2]


def test_a_run_without_weights_keeps_its_settings(tmp_path: Path) -> None:
    run = Run(1, Recipe(eta=0.5), "bars")
    run_file.save(tmp_path / "run", run)
    assert vars(run_file.load(tmp_path / "run")) == vars(run)


def test_weights_that_rest_on_the_disk_come_back_as_those_in_memory_do(tmp_path: Path) -> None:
    run, other = made(100, hidden=30), made(100, hidden=30)
    networks = list(other.networks.values())
    for network, numbers in zip(networks, laid_down(networks), strict=True):
        network.move_to(numbers)
    for name, one in (("run", run), ("other", other)):
        run_file.save(tmp_path / name, one)
    read, again = (run_file.load(tmp_path / name) for name in ("run", "other"))
    assert 10 < len(read.networks) < len(run.networks)
    assert read.networks.keys() == again.networks.keys()
    assert all(same(read.networks[epochs], again.networks[epochs]) for epochs in read.networks)


def test_weights_of_the_past_are_bounded_and_the_newest_always_there(tmp_path: Path) -> None:
    many = made(60, hidden=40)
    assert many.latest
    run_file.save(tmp_path / "many", many)
    assert (tmp_path / "many").stat().st_size < run_file.HISTORY + 2 * many.latest.parameters.nbytes
    read = run_file.load(tmp_path / "many")
    assert 10 < len(read.networks) < 60
    assert {0.0, 60.0} <= read.networks.keys()
    assert len(many.networks) == 61  # nothing is taken from the run itself
    large = made(2, hidden=2000)
    assert large.latest
    run_file.save(tmp_path / "large", large)
    read = run_file.load(tmp_path / "large")
    assert list(read.networks) == [2.0]
    assert read.latest
    assert same(read.latest, large.latest)


@settings(deadline=None)
@given(st.integers(0, 100_000))
def test_what_is_cut_off_is_told(tmp_path_factory: pytest.TempPathFactory, end: int) -> None:
    file = tmp_path_factory.mktemp("cut") / "run"
    run_file.save(file, made(1, hidden=1))
    content = file.read_bytes()
    file.write_bytes(content[: end % len(content)])
    with pytest.raises(ModelError, match=r"run: holds no run of training, or a damaged one\."):
        run_file.load(file)


@settings(deadline=None)
@given(st.integers(0, 1200), st.integers(1, 255))
def test_damage_is_told_in_one_sentence(tmp_path_factory: pytest.TempPathFactory, place: int, flipped: int) -> None:
    file = tmp_path_factory.mktemp("damaged") / "run"
    run_file.save(file, made(1, hidden=1))
    content = bytearray(file.read_bytes())
    content[place] ^= flipped  # in what says what is in the file
    file.write_bytes(content)
    with contextlib.suppress(ModelError):  # and nothing else; a letter of a name may only be another
        run_file.load(file)


def test_a_network_file_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no run"):
        run_file.load(DEFAULT_NETWORK)


def test_four_outputs_come_back_and_a_recipe_of_others_is_damage(tmp_path: Path) -> None:
    run = Run(1, Recipe(hidden=(5,), outputs=FOUR), "digits")
    run.latest = run.recipe.network()
    run_file.save(tmp_path / "run", run)
    back = run_file.load(tmp_path / "run")
    assert back.recipe == run.recipe
    assert back.latest is not None
    assert back.latest.sizes == (784, 5, 4)
    run.recipe = replace(run.recipe, outputs=TEN)
    run_file.save(tmp_path / "run", run)
    with pytest.raises(ModelError, match="damaged"):
        run_file.load(tmp_path / "run")
