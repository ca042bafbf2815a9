"""Closing the window while something is not saved, or still at work."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from digitpad.errors import Cancelled
from digitpad.files import reading
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from tests.gui.training import begin, question, train


def mistake(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_closing_asks_once_about_what_is_not_saved(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab)
    training_window.close()
    assert training_window.isVisible()
    question(training_window).button(QMessageBox.StandardButton.Cancel).click()
    assert training_window.isVisible()
    training_window.close()
    question(training_window).button(QMessageBox.StandardButton.Discard).click()
    assert not training_window.isVisible()


def test_closing_can_save_first(tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    run, before = train(qtbot, tab), training_window.session.model
    file = tmp_path / "kept.safetensors"
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: file)
    training_window.close()
    question(training_window).button(QMessageBox.StandardButton.Save).click()
    assert not training_window.isVisible()
    assert training_window.session.model is before
    assert run.latest is not None
    np.testing.assert_array_equal(model_file.load(file).network.parameters, run.latest.parameters)


def test_closing_asks_again_where_saving_failed_by_a_mistake(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", mistake)
    window.session.use(window.session.model, unsaved=True)
    window.close()
    with qtbot.captureExceptions() as told:
        question(window).button(QMessageBox.StandardButton.Save).click()
    assert [kind for kind, *_ in told] == [ZeroDivisionError]
    window.close()
    assert window.isVisible()
    question(window).button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()


def test_closing_without_training_does_not_ask(tab: TrainTab, training_window: MainWindow) -> None:
    training_window.close()
    assert not training_window.isVisible()


def test_closing_while_it_learns_ends_the_thread(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    assert tab.trainer.working
    training_window.close()
    question(training_window).button(QMessageBox.StandardButton.Discard).click()
    assert not training_window.isVisible()
    assert not tab.trainer.working


def test_closing_saves_both_the_network_in_use_and_the_newest(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{name}.safetensors" for name in ("in-use", "newest")]
    answers = iter(files)
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: next(answers))
    run, session = train(qtbot, tab), training_window.session
    in_use = Model(Network([784, 10], seed=5))
    session.use(in_use, unsaved=True)
    training_window.close()
    question(training_window).button(QMessageBox.StandardButton.Save).click()
    assert not training_window.isVisible()
    assert run.latest is not None
    for file, network in zip(files, (in_use.network, run.latest), strict=True):
        np.testing.assert_array_equal(model_file.load(file).network.parameters, network.parameters)


def test_a_mistake_while_closing_keeps_nothing_else_from_ending(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_down = tab.close_down

    def close_and_fail() -> None:
        close_down()
        raise ZeroDivisionError

    begin(qtbot, tab)
    monkeypatch.setattr(tab, "close_down", close_and_fail)
    with qtbot.captureExceptions() as told:
        training_window.close()
        question(training_window).button(QMessageBox.StandardButton.Discard).click()
    assert [kind for kind, *_ in told] == [ZeroDivisionError]
    assert not training_window.isVisible()
    assert not tab.trainer.working
    assert "window" in (tmp_path / "settings.json").read_text(encoding="utf-8")


def test_a_mistake_before_it_closes_keeps_nothing_from_ending(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(qtbot, tab)
    with monkeypatch.context() as failing, qtbot.captureExceptions() as told:
        failing.setattr(training_window.autosave, "keep_now", mistake)
        training_window.close()
        question(training_window).button(QMessageBox.StandardButton.Discard).click()
    assert [kind for kind, *_ in told] == [ZeroDivisionError] * 2
    assert not training_window.isVisible()
    assert not tab.trainer.working


@pytest.mark.parametrize(
    ("part", "step"),
    [("recovery", "finish"), ("saving", "finish"), ("in_class", "find_unkept"), ("autosave", "keep_now")],
)
def test_after_a_mistake_it_asks_once_and_closes_also_where_nobody_answers(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, part: str, step: str
) -> None:
    monkeypatch.setattr(getattr(window, part), step, mistake)
    window.session.use(window.session.model, unsaved=True)
    with qtbot.captureExceptions() as told:
        assert not window.close()
        assert question(window)
        assert window.close()
    assert [kind for kind, *_ in told] == [ZeroDivisionError] * 2


@pytest.mark.parametrize("what", ["unknown.file", "one.png", "net.safetensors", "some.jsonl", "set", "chosen", "seen"])
def test_what_is_being_read_is_left(
    window: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A file in a folder that answers slowly would hold up the end."""
    begun, left, check = threading.Event(), list[bool](), reading.check_wanted

    def slow() -> None:
        if threading.current_thread() is threading.main_thread() or begun.is_set():
            return
        begun.set()
        try:
            for _ in range(3000):
                check()
                time.sleep(0.01)
        except Cancelled:
            left.append(True)
            raise

    path = tmp_path / what
    path.write_bytes(b"what a file may begin with")
    monkeypatch.setattr(reading, "check_wanted", slow)
    if what == "set":
        window.digits.open(folder)
    elif what == "chosen":
        window.digits.choose(folder)
    elif what == "seen":
        window.digits.look_at(folder, lambda _: None)
    else:
        window.opening.open(path)
    assert begun.wait(60)
    window.close()
    assert left


def test_what_is_drawn_is_read_no_more(window: MainWindow) -> None:
    answers: list[float] = []
    draw(window.draw.canvas, [THREE])
    window.close()
    window.draw.answered.connect(answers.append)
    for _ in range(10):
        QApplication.processEvents()
    assert not answers
