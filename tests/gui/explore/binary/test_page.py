"""The page of the binary output, driven by its controls."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.binary.page import BinaryPage
from digitpad.gui.explore.binary.proof import within
from digitpad.gui.services.session import Session
from digitpad.nn.binary import WEIGHTS
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.explore.stage import on_stage, without_digits
from tests.gui.seeing import seen


@pytest.fixture
def session(qapp: QApplication) -> Session:
    weights, biases = [np.zeros((10, 784), dtype=np.float32)], [np.full(10, -6, dtype=np.float32)]
    biases[0][7] = 6.0  # whatever is drawn, it reads a 7
    return Session(Model(Network.of(weights, biases, activation="sigmoid", cost="quadratic")))


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> BinaryPage:
    """The page, looking at the network in use."""
    shared = without_digits(session)
    shared.chosen.choose(None)
    return on_stage(BinaryPage(shared), qtbot, 1000, 700)


def read(page: BinaryPage, row: int, column: int) -> str:
    item = page.table.item(row, column)
    assert item is not None
    return item.text()


def typed(page: BinaryPage, row: int, neuron: int, text: str, qtbot: QtBot) -> None:
    """Go to a cell, begin to type, and press Enter."""
    page.table.setFocus()
    page.table.setCurrentCell(row, neuron)
    QTest.keyClick(page.table, Qt.Key.Key_0)
    index = page.table.currentIndex()
    editor = page.table.indexWidget(index)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.indexWidget(index) is None)


def test_by_hand_all_ten_are_right(page: BinaryPage) -> None:
    assert [read(page, digit, 8) for digit in range(10)] == [f"{digit:04b}" for digit in range(10)]
    assert [read(page, 6, column) for column in range(8)] == [
        "−10.0", "10.0", "10.0", "−10.0", "0.00", "1.00", "1.00", "0.00"
    ]  # fmt: skip
    assert "All ten digits are right." in page.status.text()
    assert [cell.text() for cell in page.compared.cells[0]] == ["this table", "10 of 10", "9.10", "10.0"]
    assert "0.99 · 10.00 − 0.30 + 0.00 = 9.60" in page.formula.text()
    assert "<b>9.30</b>: always right" in page.formula.text()  # 9.9 - 0.01 * 60
    assert not page.done


def test_the_wrong_table_is_mended_by_typing(page: BinaryPage, qtbot: QtBot) -> None:
    hands.click(page.wrong)
    assert [read(page, digit, 8) for digit in (5, 6, 7, 8)] == ["0101", "0100 is 4", "0101 is 5", "1000"]
    assert "8 of 10 digits are right." in page.status.text()
    assert page.compared.cells[0][2].text() == "fails"
    typed(page, 6, 2, "10", qtbot)
    assert read(page, 6, 8) == "0110"
    assert not page.done
    typed(page, 7, 2, "9,5", qtbot)
    assert page.refused.text() == "Row 7, column 2: with a point, as in 9.5. −10.0 is kept."
    with qtbot.waitSignal(page.shared.progress.changed):
        typed(page, 7, 2, "9.5", qtbot)
    assert page.layer.value(7, 2) == 9.5


def test_the_worst_case_decides_everywhere_on_the_page(page: BinaryPage, qtbot: QtBot) -> None:
    hands.click(page.wrong)
    for digit in (6, 7):
        typed(page, digit, 2, "0.5", qtbot)  # right at 0.99 and 0.01, but 0.99 · 0.5 − 6 · 0.01 · 10 < 0
    assert not page.done
    assert "8 of 10 digits are right." in page.status.text()
    assert [cell.text() for cell in page.compared.cells[0]][1:3] == ["8 of 10", "fails"]
    assert [read(page, digit, 8) for digit in (5, 6, 7, 8)] == ["0101", "0110 or 4", "0111 or 5", "1000"]
    assert "bit 2 of a 6 has" in page.closing.text()
    assert "−0.11" in page.closing.text() or "−0.10" in page.closing.text()
    contrast = page.palette().color(QPalette.ColorRole.BrightText)
    wrong = page.table.item(6, 6), page.table.item(6, 8)
    assert all(item is not None and item.foreground().color() == contrast for item in wrong)


def test_all_forty_are_closed_in_one_line(page: BinaryPage) -> None:
    assert "≥ 9.10: every bit is within 0.00012 of 0 or 1." in page.closing.text()
    assert 1 / (1 + math.exp(9.1)) < 0.00012
    assert within(0.5) == "0.38"  # σ(−0.5) = 0.3775, and never less is said
    assert within(910) == "10<sup>−395</sup>"


def test_a_table_of_a_thousand_is_taken_shown_and_painted(page: BinaryPage, qtbot: QtBot) -> None:
    for neuron in range(4):
        for digit in range(10):
            typed(page, digit, neuron, "1000" if digit >> (3 - neuron) & 1 else "−1000", qtbot)
    assert "All ten digits are right." in page.status.text()
    assert [cell.text() for cell in page.compared.cells[0]] == ["this table", "10 of 10", "910.00", "1000"]
    assert "10<sup>−395</sup>" in page.closing.text()
    measure = QFontMetrics(page.table.font())
    hands.key(page.check, Qt.Key.Key_Down)
    for column in range(8):
        room = page.table.columnWidth(column)
        assert all(measure.horizontalAdvance(read(page, row, column)) < room - 4 for row in range(10))
    page.table.setCurrentCell(3, 0)
    assert page.weight.shown.text() == "−1000.0"
    hands.key(page.weight.slider, Qt.Key.Key_Right)
    assert page.layer.value(3, 0) == -999.9
    page.grab()


def test_the_field_beside_the_slider_takes_a_thousand_too(page: BinaryPage) -> None:
    page.table.setCurrentCell(3, 1)
    page.weight.shown.setFocus()
    page.weight.shown.selectAll()
    QTest.keyClicks(page.weight.shown, "-1000")
    QTest.keyClick(page.weight.shown, Qt.Key.Key_Return)
    assert page.layer.value(3, 1) == -1000
    assert read(page, 3, 1) == "−1000"
    assert page.weight.shown.text() == "−1000.0"


def test_the_wrong_table_is_mended_with_the_slider(page: BinaryPage, qtbot: QtBot) -> None:
    hands.click(page.wrong)
    page.table.setCurrentCell(6, 2)
    hands.key(page.weight.slider, Qt.Key.Key_End)
    page.table.setCurrentCell(7, 2)
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(page.weight.slider, Qt.Key.Key_PageUp, 4)
    assert (page.layer.value(6, 2), page.layer.value(7, 2)) == (30, 10)


def test_the_slider_shows_the_number_of_the_table(page: BinaryPage, qtbot: QtBot) -> None:
    for text in ("-2.2", "0.35", "−17.96"):
        typed(page, 3, 1, text, qtbot)
        page.table.setCurrentCell(3, 1)
        assert page.weight.shown.text() == read(page, 3, 1)
    assert page.layer.value(3, 1) == -17.96  # the slider only shows it
    hands.key(page.weight.slider, Qt.Key.Key_Right)
    assert page.layer.value(3, 1) == -17.9


def test_another_table_does_not_do_the_task(page: BinaryPage, qtbot: QtBot) -> None:
    hands.click(page.wrong)
    typed(page, 0, 0, "-9", qtbot)
    hands.click(page.hand)
    typed(page, 0, 0, "-9", qtbot)
    assert not page.done


def test_what_is_no_weight_is_refused(page: BinaryPage, qtbot: QtBot) -> None:
    for text in ("ten", "1001", "nan", "1e9"):
        typed(page, 3, 1, text, qtbot)
        assert page.layer.value(3, 1) == -10
        assert read(page, 3, 1) == "−10.0"
        assert page.refused.text() == "Row 3, column 4: a weight is a number from −1000 to 1000. −10.0 is kept."
        assert page.refused.isVisible()
    typed(page, 10, 3, "−2.5", qtbot)
    assert page.layer.biases[3] == -2.5
    assert "All ten" in page.status.text()
    assert not page.refused.isVisible()


def test_the_worst_case_is_shown_for_each_digit_and_bit(page: BinaryPage) -> None:
    hands.key(page.check, Qt.Key.Key_Down)
    assert [read(page, 8, column) for column in range(4, 8)] == ["9.1", "−9.5", "−9.5", "−9.4"]
    hands.click(page.wrong)
    assert read(page, 6, 6) == "−10.7"
    assert "<b>−10.70</b>: it can be wrong" in page.formula.text()


def test_digits_and_bits_are_chosen_in_the_picture(page: BinaryPage) -> None:
    hands.press(page.view, page.view.digit_place(9))
    hands.press(page.view, page.view.bit_place(0))
    assert (page.row, page.neuron) == (9, 0)
    assert "bit 8: " in page.formula.text()
    assert page.view.accessibleName().endswith("1001 is 9")


def test_the_drawing_is_read_live(page: BinaryPage, session: Session) -> None:
    hands.key(page.source, Qt.Key.Key_Down)
    assert "no drawing" in page.formula.text()
    session.show_seen(seen(np.ones(784, dtype=np.float32)))
    assert "Your drawing: 0111 = 7" in page.formula.text()
    hands.click(page.wrong)
    assert "Your drawing: 0101 = 5" in page.formula.text()
    session.use(Model(Network((784, 3), seed=0)))
    assert "no drawing with ten outputs" in page.formula.text()


def test_sgd_learns_the_layer_beside_the_one_by_hand(page: BinaryPage, qtbot: QtBot) -> None:
    page.clock.setInterval(0)
    hands.click(page.learn)
    assert page.layer.learning
    assert page.layer.weights.max() < 5
    page.hide()
    assert not page.clock.isActive()  # it rests while nobody looks
    page.show()
    qtbot.waitUntil(lambda: not page.layer.learning)
    assert "Learned · All ten digits are right." in page.status.text()
    assert page.compared.cells[2][1].text() == "10 of 10"
    assert float(page.compared.cells[2][2].text()) > 0
    assert not page.done
    hands.click(page.hand)
    np.testing.assert_array_equal(page.layer.weights, WEIGHTS)
    assert page.compared.cells[2][1].text() == "10 of 10"  # what was learned stays to be compared
    page.grab()


def test_a_weight_changed_by_hand_ends_the_learning(page: BinaryPage) -> None:
    hands.click(page.learn)
    hands.key(page.weight.slider, Qt.Key.Key_End)
    assert not page.layer.learning
    assert not page.clock.isActive()
    assert page.layer.value(page.row, page.neuron) == 30
