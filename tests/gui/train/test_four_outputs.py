"""Networks of four outputs are trained and looked at, but not put to use on drawings."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.binary import TARGETS
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.presets import PRESETS
from digitpad.train.settings import FOUR
from tests.gui.training import RECIPE, do, press, saved_to, train, wait

FOURS = replace(RECIPE, outputs=FOUR)
REFUSED = "The network of run #1 has four outputs, the bits of a digit, and cannot read drawings."


def test_the_preset_sets_four_outputs(tab: TrainTab) -> None:
    preset = next(preset for preset in PRESETS if preset.key == "four-outputs")
    tab.form.presets.chosen.emit(preset)
    field = tab.form.fields["outputs"]
    assert isinstance(field, QComboBox)
    assert field.currentText() == "four"
    assert tab.form.recipe is not None
    assert tab.form.recipe.sizes == "784-30-4"
    field.setCurrentText("ten")
    assert tab.form.recipe.sizes == "784-30-10"


def test_the_table_and_the_mistakes_are_by_the_nearest_bits_at_every_epoch(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    run = train(qtbot, tab, FOURS)
    held_out = tab.inside.mistakes.held_out
    assert held_out is not None

    def is_told(epoch: float) -> bool:
        outputs = run.networks[epoch].feedforward(held_out.images)
        answers = ((outputs[:, None] - TARGETS) ** 2).sum(axis=-1).argmin(axis=1)
        said, counts = tab.inside.evaluation, tab.inside.confusion.counts
        right = np.count_nonzero(answers == held_out.labels)
        return bool(
            said and np.array_equal(said.predictions, answers) and counts is not None and counts.trace() == right
        )

    assert is_told(3)
    window.session.shown.look_at(1)
    qtbot.waitUntil(lambda: is_told(1) and tab.inside.mistakes.gallery.count() > 0)
    words = tab.inside.mistakes.gallery.model().index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert re.fullmatch(r"\d, read as \d", words)


def test_it_is_not_used_by_the_action_nor_offered_at_the_end(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    in_use = window.session.model
    tab.form.show_recipe(FOURS)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert window.toast.sentence.startswith("Run #1 has ended")
    action = window.toast.findChild(QToolButton, "said_action")
    assert action
    assert action.isHidden()
    train(qtbot, tab, FOURS)
    with qtbot.waitSignal(window.session.refused) as refused:
        press(tab, "use")
    assert refused.args == [REFUSED.replace("#1", "#2")]
    assert window.session.model is in_use
    assert not window.session.made.all


def test_it_is_not_followed(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    in_use = window.session.model
    window.session.follow(True)
    with qtbot.waitSignal(window.session.refused):
        train(qtbot, tab, FOURS)
    assert not window.session.following
    assert not tab.panel.follow.isChecked()
    assert window.session.model is in_use
    told = list[str]()
    window.session.refused.connect(told.append)
    follow = tab.panel.follow
    assert isinstance(follow, QCheckBox)
    follow.click()
    assert told == [REFUSED]
    assert not follow.isChecked()
    assert not window.session.following


def test_a_mistake_on_the_canvas_is_read_by_the_network_in_use_alone(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab, replace(FOURS, epochs=1))
    with qtbot.waitSignal(tab.to_canvas) as put:
        tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    assert put.args is not None
    assert put.args[2:] == [None, ""]
    assert window.draw.second.snapshot is None


def test_it_is_not_copied_as_a_program(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab, FOURS)
    with qtbot.waitSignal(tab.python.failed):
        do(tab, "copy_python")
    assert window.toast.sentence.startswith("Run #1 has four outputs")


def test_what_was_saved_of_it_opens_as_its_run_while_drawings_are_read_as_before(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run, in_use = train(qtbot, tab, FOURS), window.session.model
    file = tmp_path / "bits.safetensors"
    saved_to(window, file)
    tab.runs.remove.trigger()
    window.tabs.setCurrentIndex(0)
    recent = window.findChild(QMenu, "recent")
    assert recent is not None
    recent.aboutToShow.emit()
    (entry,) = recent.actions()
    assert entry.text() == str(file)
    entry.trigger()
    qtbot.waitUntil(lambda: "has four outputs" in window.toast.sentence)
    assert window.toast.sentence.startswith("bits.safetensors has four outputs")
    assert window.tabs.currentIndex() == 1
    (again,) = tab.trainer.runs
    assert (again.recipe, again.points) == (run.recipe, run.points)
    assert tab.runs.current is again
    qtbot.waitUntil(lambda: tab.inside.confusion.counts is not None)
    assert window.session.model is in_use
    assert window.session.path is None


def test_one_that_tells_of_no_run_is_refused_in_a_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    in_use, file = window.session.model, tmp_path / "bits.safetensors"
    model_file.save(file, Model(Network([784, 4], seed=1)))
    window.opening.open_network(file)
    qtbot.waitUntil(lambda: "four outputs" in window.toast.sentence)
    assert window.toast.sentence == "bits.safetensors has four outputs, the bits of a digit, and cannot read drawings."
    assert window.preferences.recent_networks == ()
    assert window.session.model is in_use
