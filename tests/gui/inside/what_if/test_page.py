"""The page "What if": sliders and painted pixels change what the network reads, and not the drawing."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Picture
from digitpad.draw.preprocess import SIDE
from digitpad.draw.reading import reading_of
from digitpad.gui.inside.what_if.page import WhatIfPage
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.inside.what_if import KNOBS, Change, Subject, changed, sweep
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.draw.test_number import digits as number
from tests.gui.inside.stage import of_a_three

ROTATE = next(knob for knob in KNOBS if knob.field == "rotate")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> WhatIfPage:
    """The page, of a three that was drawn."""
    page = of_a_three(window, WhatIfPage)
    qtbot.waitUntil(lambda: page.pad.isVisible())
    qtbot.waitUntil(lambda: bool(page.chart.words_at(0)))
    return page


def expected(page: WhatIfPage, value: float, change: Change | None = None) -> str:
    """Return the digit that the network reads where the three is turned by ``value``."""
    seen = page.seen
    assert seen
    swept = sweep(page.model.network, Subject(seen.drawing, seen.stages), change or Change(), ROTATE)
    reading = reading_of(swept.outputs[int(np.abs(swept.values - value).argmin())])
    return f"({reading.outputs[reading.digit]:.2f}"


def press_pixel(page: WhatIfPage, row: int, column: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    place = page.pad.place((row, column)).center()
    hands.press(page.pad, place, button)
    hands.release(page.pad, place, button)


def grey(page: WhatIfPage, row: int, column: int) -> int:
    """Return the brightness on the screen of the middle of a pixel."""
    place = page.pad.place((row, column)).center().toPoint()
    return int(page.pad.grab().toImage().pixelColor(place * page.pad.devicePixelRatioF()).lightness())


def test_blank_it_says_what_it_will_show(window: MainWindow, qtbot: QtBot, page: WhatIfPage) -> None:
    window.draw.clear.trigger()
    qtbot.waitUntil(lambda: not page.pad.isVisible())
    window.draw.canvas.undo()
    qtbot.waitUntil(lambda: page.pad.isVisible())


def test_the_outputs_are_plotted_over_the_range_of_the_slider_moved_last(page: WhatIfPage, qtbot: QtBot) -> None:
    assert page.answer.text().startswith("As drawn: 3")
    for value in (-180, 0, 60, 175):
        assert page.chart.words_at(value).startswith(f"Rotate {str(value).replace('-', '−')}°: ")
        assert expected(page, value)[1:] in page.chart.words_at(value)
    page.sliders["rotate"].slider.setFocus()
    QTest.keyClick(page.sliders["rotate"].slider, Qt.Key.Key_PageUp)
    assert page.change == Change(rotate=10)
    page.sliders["blur"].choose(3)
    qtbot.waitUntil(lambda: page.chart.words_at(3).startswith("Blur 3 px: "))
    assert page.change == Change(rotate=10, blur=3)
    assert "Now: " in page.answer.text()
    assert page.chart.accessibleDescription().startswith("Blur from 0 px: ")


def test_a_place_on_the_plot_is_chosen_by_a_press_and_told_under_the_pointer(
    page: WhatIfPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _of: told.append(text))
    place = page.chart.to_widget(60, 0.5)
    hands.hover(page.chart, place)
    assert told[-1] == page.chart.words_at(60)
    hands.press(page.chart, place)
    hands.release(page.chart, place)
    assert page.sliders["rotate"].value == pytest.approx(60, abs=1)
    assert page.change.rotate == page.sliders["rotate"].value


def test_reset_takes_back_what_sliders_did(page: WhatIfPage) -> None:
    before = page.answer.text()
    assert not page.reset.isEnabled()
    page.sliders["down"].choose(-6)
    page.sliders["thicken"].choose(1.5)
    page.reset.click()
    assert page.change == Change()
    assert page.sliders["down"].value == 0
    assert page.answer.text() == before
    assert not page.reset.isEnabled()


def test_pixels_are_painted_by_hand(page: WhatIfPage) -> None:
    drawing = page.shared.session.seen
    assert drawing
    assert grey(page, 2, 2) == 0
    press_pixel(page, 2, 2)
    assert grey(page, 2, 2) == 255
    hands.press(page.pad, page.pad.place((25, 3)).center())
    hands.move(page.pad, page.pad.place((25, 20)).center())  # in one leap
    hands.release(page.pad, page.pad.place((25, 20)).center())
    assert all(grey(page, 25, column) == 255 for column in range(3, 21))
    press_pixel(page, 25, 10, Qt.MouseButton.RightButton)
    assert grey(page, 25, 10) == 0
    assert "Now: " in page.answer.text()
    assert page.shared.session.seen is drawing  # the drawing stays as it is
    page.undo.click()
    assert grey(page, 25, 10) == 255
    page.undo.click()
    assert grey(page, 25, 10) == 0
    assert grey(page, 2, 2) == 255
    page.as_drawn.click()
    assert grey(page, 2, 2) == 0
    assert not page.as_drawn.isEnabled()
    page.undo.click()
    assert grey(page, 2, 2) == 255


def test_pixels_are_painted_by_the_keyboard(page: WhatIfPage, window: MainWindow) -> None:
    page.pad.setFocus()
    for _ in range(30):
        QTest.keyClick(page.pad, Qt.Key.Key_Left)
    for _ in range(30):
        QTest.keyClick(page.pad, Qt.Key.Key_Up)
    QTest.keyClick(page.pad, Qt.Key.Key_Down)
    assert page.pad.accessibleDescription().startswith("row 1, column 0: grey 0.00")
    QTest.keyClick(page.pad, Qt.Key.Key_Space)
    assert page.pad.accessibleDescription().startswith("row 1, column 0: grey 1.00")
    assert grey(page, 1, 0) == 255
    QTest.keyClick(page.pad, Qt.Key.Key_Backspace)
    assert grey(page, 1, 0) == 0
    assert not window.draw.canvas.empty  # that key clears the canvas elsewhere
    QTest.keyClick(page.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grey(page, 1, 0) == 255
    QTest.keyClick(page.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grey(page, 1, 0) == 0
    assert not window.draw.canvas.empty
    QTest.keyClick(page.pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # nothing painted is left
    assert window.draw.canvas.empty


def test_what_was_painted_is_not_on_another_drawing(page: WhatIfPage, window: MainWindow, qtbot: QtBot) -> None:
    press_pixel(page, 2, 2)
    window.draw.canvas.show_picture(Picture.fitted(np.eye(20, dtype=np.float32)))
    qtbot.waitUntil(lambda: not page.undo.isEnabled())
    assert grey(page, 2, 2) == 0


def test_of_several_digits_it_changes_the_one_that_is_shown(page: WhatIfPage, window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    tab.clear.trigger()
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, number("20"))
    qtbot.waitUntil(lambda: page.answer.text().startswith("As drawn: 0"))
    seen = page.seen
    assert seen
    assert seen.part
    press_pixel(page, 2, 2)
    page.sliders["thicken"].choose(1)
    one = changed(Subject(seen.part.piece.ink, seen.part.stages), [Change(thicken=1)])[0].reshape(SIDE, SIDE)
    assert grey(page, 14, 14) == pytest.approx(255 * one[14, 14], abs=2)
    assert grey(page, 14, 7) == pytest.approx(255 * one[14, 7], abs=2)
    tab.answer.number.chosen.emit(0)
    qtbot.waitUntil(lambda: "As drawn: 2" in page.answer.text())
    assert not page.undo.isEnabled()  # what was painted was on the other one
    assert grey(page, 2, 2) == 0


def test_the_changed_picture_goes_on_the_canvas_and_back(page: WhatIfPage, window: MainWindow, qtbot: QtBot) -> None:
    seen = page.seen
    assert seen
    page.sliders["rotate"].choose(40)
    press_pixel(page, 2, 2)
    wanted = changed(Subject(seen.drawing, seen.stages), [Change(rotate=40)])[0]
    wanted[2 * SIDE + 2] = 1
    page.put.click()
    picture = window.draw.canvas.drawing.picture
    assert picture
    np.testing.assert_allclose(picture.ink.reshape(-1), wanted, atol=1e-6)
    assert page.change == Change()
    window.draw.undo.trigger()
    assert window.draw.canvas.drawing.strokes == seen.drawing.strokes


@pytest.mark.parametrize("sizes", [[784, 10], [784, 5, 4, 3, 10]], ids=str)
def test_other_networks_are_asked_too(page: WhatIfPage, window: MainWindow, qtbot: QtBot, sizes: list[int]) -> None:
    before = page.chart.words_at(0)
    window.session.use(Model(Network(sizes, seed=1), window.session.model.provenance), unsaved=True)
    qtbot.waitUntil(lambda: page.chart.words_at(0) != before)
    assert expected(page, 0)[1:] in page.chart.words_at(0)


def test_weights_that_are_no_numbers_say_nothing(page: WhatIfPage, window: MainWindow, qtbot: QtBot) -> None:
    network = Network([784, 8, 10], seed=1)
    network.parameters[:] = np.nan
    window.session.use(Model(network, window.session.model.provenance), unsaved=True)
    qtbot.waitUntil(lambda: "no digit" in page.chart.words_at(0))
    assert page.answer.text() == "As drawn: no digit (at most 0.00)"


@pytest.mark.parametrize("width", [300, 690, 1100])
def test_it_is_never_wider_than_its_room(page: WhatIfPage, width: int) -> None:
    assert page.minimumSizeHint().width() <= 300
    page.resize(width, 500)
    assert page.pad.place((0, 0)).left() >= 0
    assert QPointF(page.pad.mapTo(page, page.pad.rect().bottomRight())).x() <= width
    assert page.chart.mapTo(page, page.chart.rect().bottomRight()).x() <= width
