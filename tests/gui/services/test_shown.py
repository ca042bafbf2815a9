"""Which network of which run is looked at."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.services.shown import Shown, Snapshot
from digitpad.nn.network import Network
from digitpad.train.experiment import Measurement, Point
from digitpad.train.made import Made
from digitpad.train.provenance import Provenance
from digitpad.train.runs import Run
from digitpad.train.settings import VALIDATION
from tests.gui.training import RECIPE


def measured(epochs: float, *, exact: bool = True) -> Measurement:
    network = Network([784, 20, 10], seed=round(100 * epochs))
    return Measurement(Point(epochs, 0.5 + epochs / 100, 1.0, 0.5, 1.0, exact), network)


@pytest.fixture
def run() -> Run:
    """A run of two epochs and a bit."""
    run = Run(1, RECIPE, "Digits", "mine")
    for epochs in (0.0, 1.0, 2.0):
        run.add(measured(epochs))
    run.add(measured(2.3, exact=False))
    return run


def test_the_newest_network_comes_with_the_newest_measurement(run: Run) -> None:
    newest = Snapshot.of(run)
    assert newest is not None
    assert newest.network is run.latest
    assert (newest.epochs, newest.point) == (2.3, run.points[-1])
    assert newest.summary.provenance == Provenance(name="mine", accuracy="52.30 % after 2.3 epochs")
    newest.run.recipe = replace(newest.run.recipe, held_out=VALIDATION)
    assert newest.summary.provenance.accuracy == "52.30 % of the validation digits after 2.3 epochs"
    assert newest.model.network is run.latest
    assert newest.model.provenance.curves


def test_what_learned_on_since_it_was_measured_is_not_said_to_have_been_measured(run: Run) -> None:
    run.add(measured(3.0))
    run.latest, run.at = Network([784, 10], seed=4), 3.65  # held within an epoch
    newest = Snapshot.of(run)
    assert newest is not None
    assert newest.summary.provenance.accuracy == "53.00 % after 3 epochs"
    for model in (newest.model, Made.of_run(run, newest.network, newest.epochs, newest.point).load()):
        told = model.provenance
        assert (told.accuracy, told.epochs) == ("53.00 % on Digits' test set at epoch 3", "3.65")
        again = Run.of_model(2, model)
        assert again is not None
        assert (again.at, again.epochs) == (3.65, 3)


def test_an_earlier_network_comes_with_its_own_measurement(run: Run) -> None:
    earlier = Snapshot.of(run, 1.0)
    assert earlier is not None
    assert earlier.network is run.networks[1.0]
    assert earlier.point == run.exact(1.0)
    assert Snapshot.of(run, 1.5) is None  # no weights are kept of that time


def test_a_run_that_has_learned_nothing_has_no_network() -> None:
    assert Snapshot.of(Run(1, RECIPE, "Digits")) is None


def test_only_what_changes_is_announced(run: Run, qapp: QApplication, qtbot: QtBot) -> None:
    shown = Shown(qapp)
    assert shown.network is None
    with qtbot.waitSignal(shown.changed):
        shown.show(run)
    with qtbot.assertNotEmitted(shown.changed):
        shown.show(run)
    with qtbot.waitSignal(shown.changed):
        shown.show(run, 2.0)
    assert shown.network is run.networks[2.0]
    shown.show(None)
    assert shown.snapshot is None
