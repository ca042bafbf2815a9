"""The network in use: following training, saving, opening again."""

import gc
from dataclasses import replace
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.runs import Run
from tests.digits import digits
from tests.gui.training import LONG, RECIPE, begin, do, press, saved_to, train, wait


def test_the_draw_tab_reads_with_the_network_and_follows(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    run = train(qtbot, tab)
    press(tab, "use")
    assert run.latest is not None
    assert training_window.session.model.network is run.latest
    assert training_window.isWindowModified()
    training_window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(training_window.draw.answered):
        draw(training_window.draw.canvas, [THREE])
    before = training_window.draw.reading
    training_window.tabs.setCurrentIndex(1)
    tab.panel.follow.setChecked(True)
    begin(qtbot, tab, replace(LONG, seed=8))
    training_window.tabs.setCurrentIndex(0)
    for _ in range(2):
        with qtbot.waitSignal(training_window.session.model_changed):
            pass
        with qtbot.waitSignal(training_window.draw.answered):
            pass
    after = training_window.draw.reading
    assert before is not None
    assert after is not None
    assert not np.array_equal(before.outputs, after.outputs)


def test_following_leaves_alone_what_was_opened_and_looking_back_changes_nothing_in_use(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    tab.panel.follow.setChecked(True)
    assert training_window.session.model.network is run.latest
    with qtbot.waitSignal(tab.inside.shown):
        training_window.session.shown.look_at(1)
    with qtbot.waitSignal(tab.refreshed):
        tab.schedule.request()
    assert training_window.session.model.network is run.latest
    file = tmp_path / "other.safetensors"
    model_file.save(file, model_file.load(DEFAULT_NETWORK))
    with qtbot.waitSignal(training_window.session.file_changed):
        training_window.opening.open_network(file)
    with qtbot.waitSignal(tab.refreshed):
        tab.schedule.request()
    assert training_window.session.path == file


def test_a_trained_network_is_saved_with_its_curves_and_opened_again(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    file = tmp_path / "mine.safetensors"
    saved_to(training_window, file)
    assert model_file.load(file).provenance.data == f"{run.data}, 600 training images"
    tab.runs.remove.trigger()
    with qtbot.waitSignal(training_window.session.file_changed):
        training_window.opening.open_network(file)
    assert not training_window.isWindowModified()
    assert training_window.windowTitle() == "mine.safetensors[*] - digitpad"
    (again,) = tab.trainer.runs
    assert again.points == run.points
    assert again.recipe == RECIPE
    qtbot.waitUntil(lambda: tab.inside.confusion.counts is not None)
    do(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert again.epochs == 6
    recent = training_window.findChild(QMenu, "recent")
    assert recent is not None
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == [str(file)]


def test_a_run_opened_before_the_tab_is_there_when_it_is(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    run = train(qtbot, tab)
    file = tmp_path / "mine.safetensors"
    saved_to(training_window, file)
    with qtbot.waitSignal(training_window.session.file_changed):
        training_window.opening.open_network(file)
    assert tab.trainer.runs == [run]  # it is here already
    assert tab.runs.current is run
    other = make_window(qapp)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.session.file_changed):
        other.opening.open_network(file)
    assert other.findChild(TrainTab) is None
    assert [one.points for one in other.session.trainer.runs] == [run.points]
    assert other.train.runs.current is other.session.trainer.runs[0]
    other.close()


def test_saving_what_is_shown_leaves_the_network_in_use(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = training_window.session
    before = session.model
    run = train(qtbot, tab)
    assert session.newest_unsaved is not None
    snapshot = session.shown.snapshot
    assert snapshot is not None
    saved_to(training_window, tmp_path / "shown.safetensors")
    assert session.model is before
    assert session.path is None
    assert not session.unsaved
    assert session.newest_unsaved is None
    assert run.latest is not None
    saved = model_file.load(tmp_path / "shown.safetensors")
    np.testing.assert_array_equal(saved.network.parameters, run.latest.parameters)


def test_saving_over_the_file_of_the_network_in_use_leaves_that_one_unsaved(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, file = training_window.session, tmp_path / "mine.safetensors"
    training_window.tabs.setCurrentIndex(0)
    saved_to(training_window, file)
    assert session.path == file
    training_window.tabs.setCurrentIndex(1)
    train(qtbot, tab)
    assert session.shown.snapshot is not None
    saved_to(training_window, file)
    assert session.path is None
    assert session.unsaved


def test_what_is_in_use_and_saved_from_the_train_tab_has_that_file(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, file = training_window.session, tmp_path / "mine.safetensors"
    train(qtbot, tab)
    press(tab, "use")
    assert session.unsaved
    assert session.shown.snapshot is not None
    saved_to(training_window, file)
    assert session.path == file
    assert not session.unsaved
    assert session.model.provenance.curves


def test_an_unsaved_network_of_another_kind_is_not_overrun_by_training(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    session = training_window.session
    train(qtbot, tab)
    session.follow(True)
    assert tab.panel.follow.isChecked()
    made = Model(Network([784, 10], seed=1))
    session.use(made, unsaved=True)
    assert not session.following
    assert not tab.panel.follow.isChecked()
    train(qtbot, tab)
    assert session.model is made


def test_training_is_followed_and_runs_are_opened_without_any_tab(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    session, file = Session(model_file.load(DEFAULT_NETWORK)), tmp_path / "mine.safetensors"
    trainer = session.trainer
    session.follow(True)
    trainer.start(RECIPE, digits())
    qtbot.waitUntil(lambda: trainer.state is State.IDLE)
    (run,) = trainer.runs
    assert session.model.network is run.latest
    assert session.unsaved
    assert session.newest_unsaved is None  # it is in use
    model_file.save(file, session.to_save())
    session.follow(False)
    trainer.remove(run)
    model = model_file.load(file)
    session.open(model, file, Run.of_model(0, model))
    (again,) = trainer.runs
    assert again.points == run.points
    assert session.shown.run is again
    assert session.path == file


def test_a_run_that_was_followed_and_deleted_is_let_go_of_with_its_weights(qapp: QApplication, qtbot: QtBot) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    session.follow(True)
    session.trainer.start(RECIPE, digits())
    qtbot.waitUntil(lambda: session.trainer.state is State.IDLE)
    session.follow(False)
    run = ref(session.trainer.runs[0])
    session.trainer.remove(session.trainer.runs[0])
    session.use(model_file.load(DEFAULT_NETWORK))
    gc.collect()
    assert run() is None


@pytest.mark.parametrize("default", [True, False])
def test_following_ends_when_another_network_is_put_into_use(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, default: bool
) -> None:
    session = training_window.session
    begin(qtbot, tab)
    qtbot.waitUntil(lambda: len(session.shown.kept) > 1)
    tab.panel.follow.setChecked(True)
    if default:
        with qtbot.waitSignal(training_window.opening.opened):
            training_window.opening.open_default_network()
    else:
        session.shown.look_at(0)
        press(tab, "use")
    chosen = session.model
    for _ in range(2):
        with qtbot.waitSignal(session.trainer.advanced):
            pass
    assert session.model is chosen
    assert not tab.panel.follow.isChecked()
