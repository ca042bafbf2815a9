"""The page of the sigmoid neuron, driven by its controls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
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
    return [[cell.text() for cell in row[1:]] for row in page.small.cells]


def test_it_begins_with_a_change_that_the_perceptron_does_not_notice(page: SigmoidPage) -> None:
    # z = 2 * 1 + 2 * 0.5 - 1 = 2, and 2.1 after: sigma(2) = 0.88080, sigma(2.1) = 0.89090, sigma'(2) = 0.10499.
    assert texts(page) == [["0.8808", "0.8909", "0.0101"], ["1", "1", "0"]]
    assert "= 2.00 · 1.00 + 2.00 · 0.50 − 1.00<br>" in page.formula.text()
    assert "0.1050 · (1.00 · 0.10 + 0.50 · 0.00 + 0.00)<br>&nbsp;&nbsp;= <b>0.0105</b>" in page.formula.text()
    assert "measured: <b>0.0101</b>" in page.formula.text()
    assert "sigmoid from 0.8808 to 0.8909, perceptron from 1 to 1" in page.small.outputs.accessibleName()
    assert not page.done


def test_sliders_by_keyboard_change_numbers_and_formula(page: SigmoidPage) -> None:
    hands.key(page.small.x1.slider, Qt.Key.Key_Home)
    hands.key(page.small.x2.slider, Qt.Key.Key_End)
    hands.key(page.small.b.slider, Qt.Key.Key_Left, 20)
    assert "= 2.00 · (−0.50) + 2.00 · 1.50 − 2.00<br>" in page.formula.text()  # = 0, where the perceptron gives 0
    assert texts(page) == [["0.5000", "0.4875", "−0.0125"], ["0", "0", "0"]]
    hands.key(page.small.deltas[0].slider, Qt.Key.Key_Home)
    assert texts(page) == [["0.5000", "0.6225", "0.1225"], ["0", "1", "1"]]
    assert not page.done  # a change of 1 is not small
    hands.key(page.small.deltas[0].slider, Qt.Key.Key_PageUp, 10)  # 0
    hands.key(page.small.deltas[2].slider, Qt.Key.Key_Home)
    assert "0.2500 · ((−0.50) · 0.00 + 1.50 · 0.00 − 1.00)<br>&nbsp;&nbsp;= <b>−0.2500</b>" in page.formula.text()
    # sigma(-1) = 0.26894, which is 0.23106 less.
    assert texts(page) == [["0.5000", "0.2689", "−0.2311"], ["0", "0", "0"]]


def test_changes_of_all_at_once_are_added_up(page: SigmoidPage) -> None:
    for slider, value in zip(page.small.deltas, (0.1, -0.3, 0.05), strict=True):
        slider.choose(value)
    # 1 * 0.1 - 0.5 * 0.3 + 0.05 = 0: what one adds the others take away.
    assert texts(page) == [["0.8808", "0.8808", "0.0000"], ["1", "1", "0"]]
    assert "(1.00 · 0.10 + 0.50 · (−0.30) + 0.05)<br>&nbsp;&nbsp;= <b>0.0000</b>" in page.formula.text()


def test_the_rule_is_written_out_with_the_numbers_of_the_moment(page: SigmoidPage) -> None:
    assert "1 / (1 + e<sup>−2.00</sup>) = 0.8808" in page.formula.text()  # equation 4
    hands.key(page.small.b.slider, Qt.Key.Key_Home)  # z = 3 - 6
    assert "1 / (1 + e<sup>3.00</sup>) = 0.0474" in page.formula.text()


def test_the_task_is_done_by_keyboard(page: SigmoidPage, qtbot: QtBot) -> None:
    hands.key(page.small.x1.slider, Qt.Key.Key_PageDown, 5)  # x = (0.5, 0.5), z = 1
    hands.key(page.small.b.slider, Qt.Key.Key_Left, 20)  # z = 0, and 0.05 after
    assert texts(page) == [["0.5000", "0.5125", "0.0125"], ["0", "1", "1"]]
    assert not page.done  # it is not the change that was moved
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(page.small.deltas[0].slider, Qt.Key.Key_Left)
    assert page.task.text().endswith(page.TASK.why)


def test_who_drags_the_input_across_the_line_has_not_done_the_task(page: SigmoidPage) -> None:
    plane, jumps = page.small.plane, []
    hands.press(plane, plane.to_widget(1.0, 1.0))
    for step in range(101):
        hands.move(plane, plane.to_widget(1.0 - step / 100, 1.0 - step / 100))
        jumps.append(page.small.change.jump)
    hands.release(plane, plane.to_widget(0, 0))
    assert 1 in jumps
    assert not page.done


@pytest.mark.parametrize(("delta", "bias"), [(0.11, 0), (0.1, 0.1)])
def test_a_change_that_is_too_large_does_not_do_the_task(page: SigmoidPage, delta: float, bias: float) -> None:
    hands.key(page.small.b.slider, Qt.Key.Key_Left, 40)  # x1 = 1: z = 0
    page.small.deltas[2].choose(bias)
    page.small.deltas[0].choose(delta)
    assert texts(page)[1] == ["0", "1", "1"]
    assert not page.done


def test_input_and_line_are_moved_with_the_mouse(page: SigmoidPage) -> None:
    plane = page.small.plane
    hands.press(plane, plane.to_widget(0.2, 0.9))
    assert (page.small.x1.value, page.small.x2.value) == pytest.approx((0.2, 0.9), abs=0.011)
    hands.move(plane, plane.to_widget(-0.3, 0.4))
    hands.release(plane, plane.to_widget(-0.3, 0.4))
    assert (page.small.x1.value, page.small.x2.value) == pytest.approx((-0.3, 0.4), abs=0.011)
    assert texts(page)[1] == ["0", "0", "0"]
    before, handle = page.small.neuron, plane.to_widget(*plane.handles()[0])
    hands.press(plane, handle)
    hands.move(plane, handle + QPointF(-40, 30))
    hands.release(plane, handle)
    assert page.small.neuron.weights != before.weights
    assert (page.small.x1.value, page.small.x2.value) == pytest.approx((-0.3, 0.4), abs=0.011)


def test_what_is_beyond_the_ends_of_the_plot_is_marked_at_the_end(page: SigmoidPage) -> None:
    view = page.small.outputs
    assert view.to_widget(15, 1) == view.to_widget(8, 1)
    assert view.to_widget(-15, 0) == view.to_widget(-8, 0)
    for slider in (page.small.w1, page.small.w2, page.small.b, page.small.x1, page.small.x2):
        hands.key(slider.slider, Qt.Key.Key_End)
    assert page.small.change.z[0] == 18
    assert not view.grab().isNull()


def test_nothing_is_computed_while_the_page_is_hidden(page: SigmoidPage) -> None:
    page.hide()
    before = page.formula.text()
    hands.key(page.small.b.slider, Qt.Key.Key_Left, 3)
    assert page.formula.text() == before
    page.show()
    assert "− 1.15" in page.formula.text()


def test_a_small_change_is_seen_as_a_ring_around_the_disc(page: SigmoidPage) -> None:
    view = page.small.outputs
    page.small.deltas[0].choose(0.0)
    same = view.grab().toImage()
    page.small.deltas[0].choose(0.1)
    image = view.grab().toImage()
    now, after = (view.to_widget(z, y) for z, y in zip(page.small.change.z, page.small.change.sigmoid, strict=True))
    assert abs(now.x() - after.x()) < 9  # nearer than the ring's edge, as in the plane of a small window
    scale = image.devicePixelRatio()
    colours = [
        QColor(picture.pixel(int(x * scale), int(now.y() * scale))).name()
        for picture in (image, same)
        for x in (now.x(), after.x() + 9)
    ]
    assert colours[0] == colours[2]  # the disc is seen
    assert colours[1] != colours[3]  # and the ring went with the change


@pytest.mark.parametrize(
    ("key", "e", "output", "slope"),
    [
        (Qt.Key.Key_Home, "2.20 · 10<sup>4</sup>", "4.54 · 10<sup>−5</sup>", "4.54 · 10<sup>−5</sup>"),
        (Qt.Key.Key_End, "4.54 · 10<sup>−5</sup>", "0.999955", "4.54 · 10<sup>−5</sup>"),
    ],
)
def test_both_ends_of_the_function_in_numbers(page: SigmoidPage, key: Qt.Key, e: str, output: str, slope: str) -> None:
    page.show_view("Function")
    assert "= 1 / (1 + 0.1353)<br>&nbsp;&nbsp;= <b>0.8808</b>" in page.formula.text()
    assert "0.8808 · 0.1192<br>&nbsp;&nbsp;= <b>0.1050</b>" in page.formula.text()
    page.function.z.shown.selectAll()
    QTest.keyClicks(page.function.z.shown, "1.125\r")
    assert "<sup>−1.125</sup>" in page.formula.text()  # as it was typed
    hands.key(page.function.z.slider, key)
    assert f"1 / (1 + {e})<br>&nbsp;&nbsp;= <b>{output}</b>" in page.formula.text()
    assert f"= <b>{slope}</b>, at most ¼" in page.formula.text()


def test_the_functions_table_and_a_place_that_is_pressed(page: SigmoidPage) -> None:
    page.show_view("Function")
    rows = [[cell.text() for cell in row] for row in page.function.cells]
    assert rows[0] == ["−5", "148.4132", "0.0067", "0.0066", "0"]
    assert rows[3] == ["0", "1.0000", "0.5000", "0.2500", "0"]
    assert rows[-1] == ["5", "0.0067", "0.9933", "0.0066", "1"]
    chart = page.function.chart
    hands.press(chart, chart.to_widget(-3.0, 0.5))
    hands.release(chart, chart.to_widget(-3.0, 0.5))
    assert page.function.z.value == pytest.approx(-3, abs=0.1)
