"""The page of the perceptron, driven by its controls."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore.perceptron import AND, NAND, OR, PERCEPTRONS, Perceptron
from digitpad.gui.app import make_window
from digitpad.gui.explore.perceptron.page import PerceptronPage
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands


def perceptron_page(window: MainWindow, qtbot: QtBot) -> PerceptronPage:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(1)
    assert isinstance(page, PerceptronPage)
    qtbot.waitUntil(page.isVisible)
    return page


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PerceptronPage:
    return perceptron_page(window, qtbot)


def make_nand(page: PerceptronPage) -> None:
    """Set the weights and the bias of the book's NAND with the arrow keys."""
    for slider, value in ((page.w1, -2), (page.w2, -2), (page.b, 3)):
        steps = round((value - slider.value) / 0.05)
        hands.key(slider.slider, Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left, abs(steps))


def test_presets_are_the_gates_they_are_called(page: PerceptronPage) -> None:
    for preset, gate in zip(page.presets, (AND, OR, NAND), strict=True):
        hands.click(preset)
        assert page.perceptron.table() == gate.table
        assert gate.name in page.gate.text()
    assert page.adder.rows() == ["0 + 0 = 00", "0 + 1 = 01", "1 + 0 = 01", "1 + 1 = 10"]
    assert not page.done  # a preset is not the person's own work


def test_sliders_by_keyboard_change_table_formula_and_adder(page: PerceptronPage) -> None:
    hands.key(page.b.slider, Qt.Key.Key_Home)
    assert page.perceptron.table() == (0, 0, 0, 0)
    assert "none of the named gates" in page.gate.text()
    page.row.setCurrentIndex(3)
    assert "2.00 · 1 + 2.00 · 1 − 6.00 = −2.00" in page.formula.text()
    assert all("wrong" in row for row in page.adder.rows()[1:])


def test_nand_by_hand_does_the_task(page: PerceptronPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.task_done):
        make_nand(page)
    assert page.task.text().startswith("<b>✓ Done:")


def test_a_preset_that_is_nudged_does_not_do_the_task(page: PerceptronPage, qtbot: QtBot) -> None:
    hands.click(page.presets[2])
    hands.key(page.b.slider, Qt.Key.Key_Right)
    assert page.perceptron.table() == NAND.table
    assert not page.done
    hands.key(page.b.slider, Qt.Key.Key_End)  # 1 for every input
    hands.click(page.presets[2])  # and again it is the preset's
    hands.key(page.b.slider, Qt.Key.Key_Left)
    assert page.perceptron.table() == NAND.table
    assert not page.done
    hands.key(page.b.slider, Qt.Key.Key_End)
    with qtbot.waitSignal(page.task_done):
        hands.key(page.b.slider, Qt.Key.Key_PageDown, 5)


def test_a_move_and_a_preset_are_shown_once(page: PerceptronPage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(page.adder, "show_perceptron", lambda perceptron, x1, x2: shown.append(perceptron))
    hands.key(page.b.slider, Qt.Key.Key_Left)
    assert shown == [Perceptron((2, 2), -1.05)]
    hands.click(page.presets[2])
    assert shown[1:] == [PERCEPTRONS["NAND"]]
    plane = page.plane
    place = plane.to_widget(0.75, 0.75)  # on NAND's line
    hands.press(plane, place)
    hands.move(plane, place + QPointF(-30, 30))
    hands.move(plane, place + QPointF(-30, 0))
    hands.release(plane, place)
    assert len(shown) == 4


def test_the_line_is_dragged_and_turned_with_the_mouse(page: PerceptronPage) -> None:
    plane = page.plane
    hands.press(plane, plane.to_widget(0.25, 0.25))  # on OR's line
    hands.move(plane, plane.to_widget(0.75, 0.75))
    hands.release(plane, plane.to_widget(0.75, 0.75))
    assert page.perceptron.table() == AND.table
    first, before = plane.to_widget(*plane.handles()[0]), page.perceptron
    hands.press(plane, first)
    hands.move(plane, first + QPointF(-60, 40))
    hands.release(plane, first)
    after = page.perceptron
    assert after != before
    assert sum(w * w for w in after.weights) == pytest.approx(sum(w * w for w in before.weights), rel=0.1)


def test_what_was_done_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    preferences = Preferences()
    for again in (False, True):
        window = make_window(qapp, preferences=preferences)
        qtbot.addWidget(window)
        window.show()
        page = perceptron_page(window, qtbot)
        assert page.done == again
        if not again:
            make_nand(page)
        assert page.task.text().startswith("<b>✓ Done:")
        assert preferences.done_tasks == {"Perceptron"}
        window.close()
