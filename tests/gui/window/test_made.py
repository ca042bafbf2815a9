"""A network that was made here and gives way to another is kept, and can be used again: now and at the next start."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.data.store import Drawn
from digitpad.data.synthetic import Hand, strokes
from digitpad.errors import ModelError
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train import hand, model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui import training
from tests.gui.data.conftest import kept
from tests.gui.window.conftest import Open, end_badly, made, start_fresh


def weights(window: MainWindow) -> Floats:
    return window.session.model.network.parameters.copy()


def trained(qtbot: QtBot, window: MainWindow) -> None:
    """Train a network and use it, by the buttons."""
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    training.train(qtbot, window.train)
    training.press(window.train, "use")


def use_default(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.model_changed):
        training.choose(window, "default_network")


def use_again(qtbot: QtBot, window: MainWindow, number: int = 0) -> None:
    with qtbot.waitSignal(window.session.model_changed):
        made(window)[number].trigger()


def titles(window: MainWindow) -> list[str]:
    return [one.text() for one in made(window)]


def test_a_trained_network_that_gives_way_to_the_default_one_is_there(start: Open, qtbot: QtBot) -> None:
    window = start()
    assert titles(window) == []
    trained(qtbot, window)
    before = weights(window)
    (title,) = titles(window)
    assert title.startswith("run #1, ")
    assert title.endswith(" %")
    assert made(window)[0].isChecked()
    assert window.windowTitle() == f"{title}[*] - digitpad"
    use_default(qtbot, window)
    assert window.windowTitle() == "digitpad[*]"
    assert not window.isWindowModified()
    assert [one.isChecked() for one in made(window)] == [False]
    assert window.toast.sentence == f"“{title}” is kept, among the networks of this sitting."
    again = window.toast.findChild(QToolButton, "said_action")
    assert again
    assert again.text() == "Use it again"
    with qtbot.waitSignal(window.session.model_changed):
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(weights(window), before)
    use_default(qtbot, window)
    window.session.trainer.clear()
    use_again(qtbot, window)
    np.testing.assert_array_equal(weights(window), before)
    assert window.isWindowModified()
    assert window.windowTitle() == f"{title}[*] - digitpad"
    assert window.session.model.provenance.curves  # with all that is known of it, as it would be saved


def test_it_is_there_at_the_next_start_without_a_question(start: Open, qtbot: QtBot) -> None:
    window = start()
    trained(qtbot, window)
    before, named = weights(window), titles(window)
    use_default(qtbot, window)
    window.close()
    assert not window.isVisible()
    for _ in range(2):  # and at the one after that
        again = start()
        assert titles(again) == named
        assert not again.isWindowModified()
        again.close()
    last = start()
    use_again(qtbot, last)
    np.testing.assert_array_equal(weights(last), before)


def test_it_is_there_after_a_kill(start: Open, qtbot: QtBot) -> None:
    window = start()
    trained(qtbot, window)
    before, named = weights(window), titles(window)
    use_default(qtbot, window)
    window.session.trainer.clear()
    end_badly(window)
    again = start()
    assert again.offer.label.text().endswith(": 1 other network.")
    button = again.offer.findChild(QToolButton, "take_up")
    assert button
    with qtbot.waitSignal(again.recovery.brought):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert titles(again) == named
    use_again(qtbot, again)
    np.testing.assert_array_equal(weights(again), before)


def drawn(label: int) -> Drawn:
    return kept(label, strokes(label, np.random.default_rng(label), Hand()))


def test_a_network_that_learned_a_hand_is_there_under_a_name_for_people(
    start: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand, "VARIATIONS", 20)
    monkeypatch.setattr(hand, "STEPS", 2)
    small = tmp_path / "small.safetensors"
    model_file.save(small, Model(Network([784, 10], seed=3), Provenance(name="small")))
    window = start(small)
    window.session.drawings.samples.add_many([drawn(label) for label in range(10)] * 2)
    window.draw.learn.trigger()
    dialog = window.findChild(HandDialog)
    assert dialog
    with qtbot.waitSignal(dialog.learned):
        pass
    keep = dialog.findChild(QPushButton, "keep_hand")
    assert keep
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    taught = weights(window)
    (title,) = titles(window)
    assert title.startswith(f"{window.session.model.provenance.name}, ")  # as the status line has it, and the time
    assert window.windowTitle() == f"{title}[*] - digitpad"
    window.preferences.recent_networks = (small,)
    recent = window.findChild(QMenu, "recent")
    assert recent
    recent.aboutToShow.emit()
    default = window.findChild(QAction, "default_network")
    assert default
    for away in (default, recent.actions()[0]):
        with qtbot.waitSignal(window.session.model_changed):
            away.trigger()
        assert not np.array_equal(weights(window), taught)
        use_again(qtbot, window)
        np.testing.assert_array_equal(weights(window), taught)
    use_default(qtbot, window)
    window.close()
    assert not window.isVisible()
    again = start()
    assert titles(again) == [title]
    use_again(qtbot, again)
    np.testing.assert_array_equal(weights(again), taught)


def test_one_that_is_saved_is_none_of_these_any_more(start: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = start()
    for seed in (1, 2):
        window.session.use(Model(Network([784, 10], seed=seed), Provenance(name=f"number {seed}")), unsaved=True)
    assert [title.split(",")[0] for title in titles(window)] == ["number 2", "number 1"]
    window.tabs.setCurrentIndex(0)
    training.saved_to(window, tmp_path / "two.safetensors")
    assert [title.split(",")[0] for title in titles(window)] == ["number 1"]
    use_again(qtbot, window)
    training.saved_to(window, tmp_path / "two.safetensors")
    assert titles(window) == []


def test_following_training_leaves_one_network_of_each_run(start: Open, qtbot: QtBot) -> None:
    window = start()
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    window.train.panel.follow.setChecked(True)
    for number in (1, 2):
        run = training.train(qtbot, window.train)
        assert run.latest is not None
        np.testing.assert_array_equal(weights(window), run.latest.parameters)
        assert len(titles(window)) == number
    assert [title.split(",")[0] for title in titles(window)] == ["run #2", "run #1"]


def test_one_that_cannot_be_read_is_told_and_the_one_in_use_stays(start: Open, qtbot: QtBot, sittings: Path) -> None:
    window = start()
    window.session.use(Model(Network([784, 10], seed=1)), unsaved=True)
    use_default(qtbot, window)
    window.close()
    again = start()
    qtbot.waitUntil(lambda: len(list(sittings.iterdir())) == 1)  # what was left is kept by this window now
    (file,) = sittings.glob("*/network-*")
    file.write_bytes(b"nothing")
    before = weights(again)
    with qtbot.waitSignal(again.opening.failed):
        made(again)[0].trigger()
    np.testing.assert_array_equal(weights(again), before)
    with pytest.raises(ModelError):
        again.session.made.all[0].load()


def test_where_nothing_can_be_kept_closing_asks_about_those_that_gave_way_too(
    start: Open, qtbot: QtBot, sittings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sittings.parent.mkdir()
    sittings.touch()
    window = start()
    networks = [Network([784, 10], seed=seed) for seed in (1, 2)]
    for network in networks:
        window.session.use(Model(network), unsaved=True)
    use_default(qtbot, window)
    window.close()
    assert window.isVisible()
    names = iter(["one", "two"])
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: tmp_path / next(names))
    training.question(window).button(QMessageBox.StandardButton.Save).click()
    assert not window.isVisible()
    for name, network in zip(("two", "one"), networks, strict=True):
        saved = model_file.load(tmp_path / f"{name}.safetensors").network
        np.testing.assert_array_equal(saved.parameters, network.parameters)


def test_starting_fresh_begins_with_none_and_brings_them_back(start: Open, qtbot: QtBot) -> None:
    window = start()
    window.session.use(Model(Network([784, 10], seed=1)), unsaved=True)
    use_default(qtbot, window)
    with qtbot.waitSignal(window.session.model_changed):
        start_fresh(qtbot, window)
    assert titles(window) == []
    button = window.offer.findChild(QToolButton, "take_up")
    assert button
    with qtbot.waitSignal(window.recovery.brought):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(titles(window)) == 1
    use_again(qtbot, window)
