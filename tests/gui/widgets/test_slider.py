"""A number on a slider, moved or typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.minibatches.size_slider import SizeSlider
from digitpad.gui.widgets.slider import NumberSlider


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said beside the field."""
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _of: told.append(text))
    return told


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with one field, and room for a slider above it."""
    page = QWidget()
    QVBoxLayout(page).addWidget(QLineEdit())
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def shown(page: QWidget, slider: NumberSlider) -> NumberSlider:
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(0, slider)
    return slider


def weight(page: QWidget) -> NumberSlider:
    return shown(page, NumberSlider("w", "Weight", -4, 4, 2, 0.1))


def write(slider: NumberSlider, text: str) -> None:
    """Type ``text`` in place of what is there, and leave it there."""
    slider.shown.setFocus()
    slider.shown.selectAll()
    slider.shown.insert(text)


def enter(slider: NumberSlider, text: str) -> None:
    write(slider, text)
    QTest.keyClick(slider.shown, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "value", "words", "step"),
    [("-1.5", -1.5, "−1.50", 25), ("−4", -4, "−4.00", 0), ("0.25", 0.25, "0.25", 42), (" 1e0 ", 1, "1.00", 50),
     ("0.123456", 0.1235, "0.1235", 41)],
)  # fmt: skip
def test_what_is_typed_is_taken_as_it_is(
    page: QWidget, qtbot: QtBot, told: list[str], text: str, value: float, words: str, step: int
) -> None:
    slider = weight(page)
    with qtbot.waitSignals([slider.changed, slider.moved]):
        enter(slider, text)
    assert slider.value == value
    assert float(slider.shown.text().replace("−", "-")) == value
    assert slider.slider.value() == pytest.approx(step, abs=1)
    assert not told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5", "Weight: a number from −4.0 to 4.0."),
        ("nan", "Weight: a number from −4.0 to 4.0."),
        ("x", "Weight: a number from −4.0 to 4.0."),
        ("1,5", "Weight: with a point, as in 1.5."),
    ],
)
def test_what_is_no_such_number_is_said_and_changes_nothing(
    page: QWidget, qtbot: QtBot, told: list[str], text: str, says: str
) -> None:
    slider = weight(page)
    with qtbot.assertNotEmitted(slider.changed):
        enter(slider, text)
    assert told == [says]
    assert slider.shown.property("wrong")
    assert slider.value == 2
    assert slider.shown.text() == text
    enter(slider, "1")
    assert not slider.shown.property("wrong")
    assert slider.value == 1


def test_whoever_leaves_the_field_takes_a_number_along_and_nothing_else(page: QWidget, told: list[str]) -> None:
    slider = weight(page)
    write(slider, "3")
    QTest.keyClick(slider.shown, Qt.Key.Key_Tab)
    assert slider.value == 3
    write(slider, "30")
    QTest.keyClick(slider.shown, Qt.Key.Key_Tab)
    assert slider.value == 3
    assert slider.shown.text() == "3.0"
    assert not told


def test_after_a_typed_number_the_arrow_keys_go_on_from_the_next_step(page: QWidget) -> None:
    slider = weight(page)
    enter(slider, "0.26")
    slider.slider.setFocus()
    QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert slider.value == pytest.approx(0.4)


def test_a_slider_in_powers_takes_the_number_and_not_the_exponent(page: QWidget, told: list[str]) -> None:
    slider = shown(page, NumberSlider("η", "Learning rate", -2, 1, 1.0, 0.1, power=True))
    enter(slider, "0.02")
    assert slider.value == 0.02
    enter(slider, "0.001")
    assert told == ["Learning rate: a number from 0.01 to 10."]


def test_where_steps_are_whole_so_is_what_is_typed(page: QWidget, told: list[str]) -> None:
    slider = shown(page, NumberSlider("epoch", "Epoch", 0, 300, 0, 1))
    enter(slider, "17")
    assert slider.value == 17
    enter(slider, "17.5")
    assert told == ["Epoch: a whole number from 0 to 300."]


def test_of_mini_batches_the_nearest_size_is_taken(page: QWidget, told: list[str]) -> None:
    slider = SizeSlider("Size of a mini-batch", (1, 10, 100, 1000), 10)
    shown(page, slider)
    enter(slider, "800")
    assert (slider.m, slider.shown.text()) == (1000, "1,000")
    enter(slider, "0")
    assert told == ["Size of a mini-batch: a whole number from 1 to 1,000."]


def test_those_who_hear_it_hear_the_number_and_not_the_step(page: QWidget) -> None:
    slider = weight(page)
    assert slider.slider.accessibleName() == "Weight: 2.0"
    QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert slider.slider.accessibleName() == "Weight: 2.1"
    assert slider.shown.accessibleName() == "Weight"


def test_another_range_keeps_the_number_where_it_can(page: QWidget) -> None:
    slider = shown(page, NumberSlider("n", "How many", 0, 1, 0, 1))
    moved: list[float] = []
    slider.moved.connect(moved.append)
    slider.set_range(0, 30)
    slider.set_value(20)
    slider.set_range(0, 25)
    assert slider.value == 20
    slider.set_range(0, 12)
    assert slider.value == slider.slider.value() == 12
    assert slider.shown.text() == "12"
    assert "from 0 to 12" in slider.shown.toolTip()
    assert not moved
    QTest.keyClick(slider.slider, Qt.Key.Key_Home)
    assert moved == [0]
