"""The page of the sigmoid neuron, driven by its controls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.sigmoid.page import SigmoidPage
from tests.gui import hands
from tests.gui.explore.stage import alone


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[SigmoidPage]:
    with alone(SigmoidPage, qapp, qtbot, 860, 640) as page:
        yield page


def texts(page: SigmoidPage) -> list[list[str]]:
    return [[cell.text() for cell in row[1:]] for row in page.cells]


def test_it_begins_with_a_change_that_the_perceptron_does_not_notice(page: SigmoidPage) -> None:
    # z = 2 * 1 + 2 * 0.5 - 1 = 2, and 2.1 after: sigma(2) = 0.88080, sigma(2.1) = 0.89090, sigma'(2) = 0.10499.
    assert texts(page) == [["0.8808", "0.8909", "0.0101"], ["1", "1", "0"]]
    assert "= 2.00 · 1.00 + 2.00 · 0.50 − 1.00<br>" in page.formula.text()
    assert "0.1050 · 1.00 · 0.10 = <b>0.0105</b>" in page.formula.text()
    assert "measured: <b>0.0101</b>" in page.formula.text()
    assert "sigmoid from 0.8808 to 0.8909, perceptron from 1 to 1" in page.outputs.accessibleName()
    assert not page.done


def test_sliders_by_keyboard_change_numbers_and_formula(page: SigmoidPage) -> None:
    hands.key(page.x1.slider, Qt.Key.Key_Home)
    hands.key(page.x2.slider, Qt.Key.Key_End)
    hands.key(page.b.slider, Qt.Key.Key_Left, 20)
    assert "= 2.00 · (−0.50) + 2.00 · 1.50 − 2.00<br>" in page.formula.text()  # = 0, where the perceptron gives 0
    assert texts(page) == [["0.5000", "0.4875", "−0.0125"], ["0", "0", "0"]]
    hands.key(page.delta.slider, Qt.Key.Key_Home)
    assert texts(page) == [["0.5000", "0.6225", "0.1225"], ["0", "1", "1"]]
    assert not page.done  # a change of 1 is not small
    page.which.setFocus()
    hands.key(page.which, Qt.Key.Key_Down, 2)
    assert "σ′(<i>z</i>) Δ<i>b</i>" in page.formula.text()
    assert "0.2500 · (−1.00) = <b>−0.2500</b>" in page.formula.text()


def test_the_task_is_done_by_keyboard(page: SigmoidPage, qtbot: QtBot) -> None:
    hands.key(page.x1.slider, Qt.Key.Key_PageDown, 5)  # x = (0.5, 0.5), z = 1
    assert not page.done
    with qtbot.waitSignal(page.task_done):
        hands.key(page.b.slider, Qt.Key.Key_Left, 20)  # z = 0, and 0.05 after
    assert texts(page) == [["0.5000", "0.5125", "0.0125"], ["0", "1", "1"]]


def test_a_jump_with_a_larger_change_of_the_output_does_not_do_the_task(page: SigmoidPage) -> None:
    hands.key(page.b.slider, Qt.Key.Key_Left, 40)  # x1 = 1: z = 0, and 0.1 after
    assert texts(page) == [["0.5000", "0.5250", "0.0250"], ["0", "1", "1"]]
    assert not page.done


def test_input_and_line_are_moved_with_the_mouse(page: SigmoidPage) -> None:
    plane = page.plane
    hands.press(plane, plane.to_widget(0.2, 0.9))
    assert (page.x1.value, page.x2.value) == pytest.approx((0.2, 0.9), abs=0.011)
    hands.move(plane, plane.to_widget(-0.3, 0.4))
    hands.release(plane, plane.to_widget(-0.3, 0.4))
    assert (page.x1.value, page.x2.value) == pytest.approx((-0.3, 0.4), abs=0.011)
    assert texts(page)[1] == ["0", "0", "0"]
    before, handle = page.neuron, plane.to_widget(*plane.handles()[0])
    hands.press(plane, handle)
    hands.move(plane, handle + QPointF(-40, 30))
    hands.release(plane, handle)
    assert page.neuron.weights != before.weights
    assert (page.x1.value, page.x2.value) == pytest.approx((-0.3, 0.4), abs=0.011)


def test_what_is_beyond_the_ends_of_the_plot_is_marked_at_the_end(page: SigmoidPage) -> None:
    view = page.outputs
    assert view.to_widget(15, 1) == view.to_widget(8, 1)
    assert view.to_widget(-15, 0) == view.to_widget(-8, 0)
    for slider in (page.w1, page.w2, page.b, page.x1, page.x2):
        hands.key(slider.slider, Qt.Key.Key_End)
    assert page.change.z[0] == 18
    assert not view.grab().isNull()


def test_nothing_is_computed_while_the_page_is_hidden(page: SigmoidPage) -> None:
    page.hide()
    before = page.formula.text()
    hands.key(page.b.slider, Qt.Key.Key_Left, 3)
    assert page.formula.text() == before
    page.show()
    assert "− 1.15" in page.formula.text()
