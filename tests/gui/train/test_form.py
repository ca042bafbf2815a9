"""The form of settings."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QScrollArea
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Kind
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.presets import PRESETS
from tests.gui.training import RECIPE, field, press, type_into, wait


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [("eta", "-1", "Learning rate η: a number above 0"), ("hidden", "30,x", "Hidden layers: up to 5 layers"),
     ("momentum", "1", "Momentum μ: a number from 0 up to, not including, 1"),
     ("epochs", "0", "Epochs: a whole number"), ("epochs", "1,5", "Epochs: a whole number"),
     ("eta", "0,5", "Learning rate η: a number above 0, at most 1,000 (with a point, as in 0.5)."),
     ("hidden", "784 30", "Hidden layers: up to 5 layers of 1 to 2,000 neurons")],
)  # fmt: skip
def test_a_field_says_as_you_type_what_is_allowed(tab: TrainTab, name: str, wrong: str, words: str) -> None:
    type_into(tab, name, wrong)
    assert tab.panel.message.isVisible()
    assert tab.panel.message.text().startswith(words)
    assert field(tab, name).property("wrong")
    assert not tab.commands.start.isEnabled()
    tab.form.show_recipe(RECIPE)
    assert not tab.panel.message.isVisible()
    assert tab.commands.start.isEnabled()


@pytest.mark.parametrize("typed", ["100-20", "784-100-20-10", "[784, 100, 20, 10]", "100 x 20", "100 20"])
def test_layers_are_read_as_people_write_them(tab: TrainTab, typed: str) -> None:
    type_into(tab, "hidden", typed)
    assert tab.form.recipe
    assert tab.form.recipe.hidden == (100, 20)


def test_presets_fill_the_form_and_for_mnist_the_book_s_line_is_drawn(tab: TrainTab, window: MainWindow) -> None:
    assert window.digits.current
    assert not tab.plots.book_line.isVisible()
    window.digits.current = replace(window.digits.current, kind=Kind.MNIST)
    for preset in PRESETS:
        card = tab.form.findChild(QAbstractButton, f"preset_{preset.key}")
        assert card is not None
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert card.isChecked()
        assert preset.sentence in card.accessibleDescription()
        assert tab.form.recipe == preset.recipe
        assert tab.plots.book_line.isVisible() is (preset.book is not None)
        if preset.book:
            assert tab.plots.book_line.value() == pytest.approx(100 * preset.book)
    tab.form.show_recipe(PRESETS[0].recipe)
    assert tab.plots.book_line.isVisible()
    type_into(tab, "epochs", "4")  # of so few the book says nothing
    assert not tab.plots.book_line.isVisible()
    tab.form.show_recipe(PRESETS[-1].recipe)
    type_into(tab, "eta", "0.7")
    assert tab.form.presets.preset is None
    type_into(tab, "eta", "0.05")
    assert tab.form.presets.preset is PRESETS[-1]


def test_digits_that_cannot_be_read_are_told_and_the_others_kept(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = tab.digits
    assert before is not None
    with qtbot.waitSignals([window.digits.failed, window.digits.changed]):
        window.digits.open(tmp_path)
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert "holds no digits" in window.toast.sentence
    assert tab.digits is before
    assert tab.form.digits.currentText() == f"{before.name}, 600"


def test_nothing_of_the_form_is_cut_off_however_many_drawings_there_are(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    tab.form.open_only(frozenset(("Network", "Learning", "Data")))
    scroll = tab.panel.findChild(QScrollArea)
    assert scroll is not None
    qtbot.waitUntil(scroll.verticalScrollBar().isVisible)
    for count in (0, 1, 156, 100_000):
        tab.form.show_own(count)
        for _ in range(5):  # one layout inside the other
            QApplication.sendPostedEvents()
        assert tab.form.width() == scroll.viewport().width(), count


def test_drawings_you_kept_can_be_learned_too(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    box = tab.form.fields["own"]
    assert isinstance(box, QCheckBox)
    assert not box.isEnabled()
    window.tabs.setCurrentIndex(0)
    draw(window.draw.canvas, [THREE])
    for _ in range(2):
        window.draw.keep[3].trigger()
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: box.text() == "add all 2")
    tab.form.show_recipe(replace(RECIPE, epochs=1))
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert tab.trainer.progress is not None
    assert tab.trainer.progress.progress.n == 600  # 598 and the 2, so that mini-batches are whole
