"""Saving networks."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file
from tests.gui.training import saved_to, train


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    train(qtbot, tab)
    training_window.saving.save_to(tmp_path / "no" / "mine.safetensors")
    assert not training_window.saving.finish()
    assert "cannot be written" in training_window.toast.sentence
    assert training_window.session.newest_unsaved is not None


def test_on_the_train_tab_the_network_shown_is_saved_and_the_one_in_use_stays(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run, before = train(qtbot, tab), training_window.session.model
    training_window.session.shown.look_at(1)
    training_window.session.use(before)
    file = tmp_path / "mine.safetensors"
    saved_to(training_window, file)
    assert training_window.session.model is before
    assert training_window.windowTitle() == "digitpad[*]"
    assert training_window.status.report.text() == "The network shown is saved in mine.safetensors."
    np.testing.assert_array_equal(model_file.load(file).network.parameters, run.networks[1].parameters)
    training_window.tabs.setCurrentIndex(0)
    saved_to(training_window, tmp_path / "used.safetensors")
    assert training_window.windowTitle() == "used.safetensors[*] - digitpad"
    saved = model_file.load(tmp_path / "used.safetensors")
    np.testing.assert_array_equal(saved.network.parameters, before.network.parameters)


def test_saving_asks_for_a_file_where_there_is_none_or_it_holds_another_network(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def ask(*arguments: Path) -> Path:
        asked.append(arguments[3])
        return tmp_path / f"answer-{len(asked)}"

    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", ask)
    training_window.tabs.setCurrentIndex(0)
    saving, session = training_window.saving, training_window.session
    saving.save()
    assert saving.finish()
    saving.save()
    assert saving.finish()
    first = tmp_path / "answer-1.safetensors"
    assert asked == [Path("network.safetensors")]
    assert session.path == first
    training_window.tabs.setCurrentIndex(1)
    train(qtbot, tab)
    saving.save()
    assert saving.finish()
    assert asked == [Path("network.safetensors"), tmp_path / "network.safetensors"]  # not the file of the one in use
    assert session.path == first
    assert (tmp_path / "answer-2.safetensors").exists()


def test_saving_over_the_file_of_the_network_in_use_makes_that_one_unsaved(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    session, file = training_window.session, tmp_path / "mine.safetensors"
    train(qtbot, tab)
    session.use(session.model, Path(file.name))  # as the command line names it
    assert not session.unsaved
    saved_to(training_window, file)
    assert session.unsaved  # it is in no file any more, and closing asks
    assert session.path is None


def test_a_file_that_nobody_was_asked_about_is_not_replaced(
    training_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: tmp_path / "mine.v2")
    (tmp_path / "mine.v2.safetensors").write_bytes(b"of somebody")
    training_window.tabs.setCurrentIndex(0)
    training_window.saving.save_as()
    assert "is there already" in training_window.toast.sentence
    assert (tmp_path / "mine.v2.safetensors").read_bytes() == b"of somebody"


def test_a_name_that_leaves_no_room_for_its_ending_is_refused_in_a_sentence(
    training_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: tmp_path / ("n" * 250 + ".v2"))
    training_window.tabs.setCurrentIndex(0)
    training_window.saving.save_as()
    assert not training_window.saving.finish()
    assert "cannot be written" in training_window.toast.sentence
    assert list(tmp_path.glob("n*")) == []
