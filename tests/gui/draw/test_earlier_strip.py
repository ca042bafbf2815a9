"""The strip of earlier drawings: what comes there, and how one is brought back."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.reading import reading_of
from digitpad.gui.app import make_window
from digitpad.gui.demo import SIZE, THREE
from digitpad.gui.draw.earlier_strip import EarlierStrip, about, answer
from digitpad.gui.replay import draw
from digitpad.gui.services.earlier import EarlierDrawing
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.model_file import Model
from tests.gui import hands, training


def drawn(window: MainWindow, qtbot: QtBot, path: np.ndarray) -> Drawing:
    """Draw a stroke, wait until it is read, and return all that is on the canvas."""
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [path])
    return window.draw.canvas.drawing


def strip_of(window: MainWindow) -> EarlierStrip:
    """Open the strip by its key."""
    if window.draw.strip is None or not window.draw.strip.isVisible():
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_H)
    assert window.draw.strip
    assert window.draw.strip.isVisible()
    return window.draw.strip


def remembered(window: MainWindow) -> list[Drawing]:
    return [one.drawing for one in window.draw.earlier.all]


@pytest.fixture
def two(window: MainWindow, qtbot: QtBot) -> tuple[Drawing, Drawing]:
    """A three and then a one that were drawn and cleared."""
    three = drawn(window, qtbot, THREE)
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_Delete)
    one = drawn(window, qtbot, hands.LINE[:, ::-1])
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_Delete)
    return three, one


def fill(window: MainWindow, qtbot: QtBot) -> None:
    """Have more earlier drawings than there is room for."""
    for _ in range(30):
        window.draw.canvas.show_drawing(Drawing(picture=Picture.fitted(np.ones((9, 9), np.float32))))
    qtbot.waitUntil(lambda: len(window.draw.earlier.all) >= 29)
    QApplication.processEvents()


def click(strip: EarlierStrip, row: int) -> None:
    place = strip.gallery.visualRect(strip.gallery.model().index(row, 0)).center()
    QTest.mouseClick(strip.gallery.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_is_closed_at_first_and_remembers_whether_it_was_open(
    qtbot: QtBot, qapp: QApplication, default_model: Model, tmp_path: Path
) -> None:
    opened = []
    for turn in range(3):
        window = make_window(qapp, Session(default_model), Preferences(tmp_path / "settings.json"))
        window.resize(*SIZE)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        opened.append(window.draw.strip is not None)
        if turn == 0:
            assert not window.draw.show_earlier.isChecked()
            training.choose(window, "show_earlier")
            assert window.draw.strip
        if turn == 1:
            assert window.draw.show_earlier.isChecked()
            QTest.keyClick(window.draw.canvas, Qt.Key.Key_H)
        window.close()
    assert opened == [False, True, False]


def test_nothing_is_there_that_is_not_wanted_and_nothing_else_moves(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    before = canvas.geometry()
    drawn(window, qtbot, THREE)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert window.draw.strip is None
    strip = strip_of(window)
    qtbot.waitUntil(lambda: canvas.height() < before.height())
    height = strip.height()
    fill(window, qtbot)
    assert strip.height() == height
    assert strip.gallery.verticalScrollBar().maximum() == 0
    QTest.keyClick(canvas, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: canvas.geometry() == before)


def test_what_is_cleared_kept_or_replaced_is_there_once(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    strip = strip_of(window)
    assert strip.about.text() == "What you clear, keep or replace comes here."
    cleared = drawn(window, qtbot, THREE)
    assert remembered(window) == []  # it is on the canvas
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Z, Qt.Key.Key_Delete):
        QTest.keyClick(
            tab.canvas,
            key,
            Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_Z else Qt.KeyboardModifier.NoModifier,
        )
    assert remembered(window) == [cleared]
    kept = drawn(window, qtbot, hands.LINE)
    with qtbot.waitSignal(window.session.drawings.kept):
        QTest.keyClick(tab.canvas, Qt.Key.Key_4)
    assert remembered(window) == [kept, cleared]
    replaced = drawn(window, qtbot, hands.LINE[:, ::-1])  # the next stroke begins another drawing
    assert len(replaced.strokes) == 1
    assert remembered(window) == [kept, cleared]
    with qtbot.waitSignal(tab.answered):
        tab.canvas.show_picture(Picture.fitted(np.ones((20, 9), np.float32)))
    picture = tab.canvas.drawing
    assert remembered(window) == [replaced, kept, cleared]
    click(strip, 2)
    assert remembered(window) == [picture, replaced, kept, cleared]
    assert strip.gallery.count() == 4


def test_a_click_brings_one_back_with_its_strokes_and_undo_what_was_there(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    three, one = two
    canvas = window.draw.canvas
    there = drawn(window, qtbot, hands.LINE)
    strip = strip_of(window)
    with qtbot.waitSignal(window.draw.answered):
        click(strip, 1)
    assert canvas.drawing == three
    assert window.draw.answer.answer.text() == "3"
    assert remembered(window) == [there, one, three]
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.drawing == there
    QTest.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert canvas.drawing == three
    steps = canvas.undo_stack.count()
    click(strip, 2)  # it is there already
    assert canvas.undo_stack.count() == steps


def test_keys_go_along_it_and_bring_back(window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]) -> None:
    strip, canvas = strip_of(window), window.draw.canvas
    strip.gallery.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip.gallery.selected() == [0]
    assert strip.about.text().startswith("1, ")
    QTest.keyClick(strip.gallery, Qt.Key.Key_Right)
    assert strip.about.text().startswith("3, certain. Drawn at ")
    QTest.keyClick(strip.gallery, Qt.Key.Key_Return)
    assert canvas.drawing == two[0]
    QTest.keyClick(strip.gallery, Qt.Key.Key_Left)
    QTest.keyClick(strip.gallery, Qt.Key.Key_Return)
    assert canvas.drawing == two[1]
    told = QAccessible.queryAccessibleInterface(strip.gallery)
    assert told.text(QAccessible.Text.Name) == "Earlier drawings"
    assert "Return" in told.text(QAccessible.Text.Description)
    assert told.child(0).text(QAccessible.Text.Name).startswith("1, ")
    QTest.keyClick(strip.gallery, Qt.Key.Key_H)
    assert not strip.isVisible()
    assert canvas.hasFocus()


def test_the_pointer_is_told_how_it_was_read_and_the_wheel_goes_sideways(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    strip = strip_of(window)
    rest = strip.about.text()
    assert rest.startswith("The newest first.")
    view = strip.gallery.viewport()
    QTest.mouseMove(view, strip.gallery.visualRect(strip.gallery.model().index(1, 0)).center())
    QApplication.processEvents()
    assert strip.about.text().startswith("3, certain. Drawn at ")
    QTest.mouseMove(view, QPoint(view.width() - 2, 5))
    QApplication.processEvents()
    assert strip.about.text() == rest
    fill(window, qtbot)
    bar = strip.gallery.horizontalScrollBar()
    for turned, sideways in ((-120, True), (240, False)):
        place, buttons, modifiers = QPointF(20, 20), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase, there = Qt.ScrollPhase.NoScrollPhase, view.mapToGlobal(place)
        event = QWheelEvent(place, there, QPoint(), QPoint(0, turned), buttons, modifiers, phase, False)
        QApplication.sendEvent(view, event)
        assert (bar.value() > 0) is sideways


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_its_menu_is_there_for_the_mouse_and_for_keys(
    window: MainWindow, two: tuple[Drawing, Drawing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.saving_drawing.ask_save", lambda *_: None)
    strip = strip_of(window)
    wanted: list[Drawing] = []
    for signal in (strip.save_wanted, strip.copy_wanted):
        signal.connect(wanted.append)
    strip.gallery.setFocus()
    QTest.keyClick(strip.gallery, Qt.Key.Key_Right)
    for name in ("copy_earlier", "save_earlier", "bring_back"):
        place = strip.gallery.visualRect(strip.gallery.currentIndex()).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, strip.gallery.mapToGlobal(place))
        QApplication.sendEvent(strip.gallery.viewport(), event)
        menu = strip.findChildren(QMenu, "earlier_menu")[-1]
        next(one for one in menu.actions() if one.objectName() == name).trigger()
        menu.close()
    assert wanted == [two[0], two[0]]
    assert window.draw.canvas.drawing == two[0]


def test_a_fresh_start_has_none(window: MainWindow, two: tuple[Drawing, Drawing]) -> None:
    strip = strip_of(window)
    window.draw.earlier.clear()
    assert strip.gallery.count() == 0
    assert strip.about.text() == "What you clear, keep or replace comes here."


def test_an_answer_is_called_what_it_was() -> None:
    outputs, now = np.full(10, 0.01), datetime(2026, 1, 2, 3, 4)

    def one(number: str = "") -> EarlierDrawing:
        return EarlierDrawing(Drawing(), np.zeros(784, np.uint8), reading_of(outputs.copy()), now, number)

    assert about(one()) == "No digit. Drawn on 2026-01-02 at 03:04."
    assert about(one("10")) == "10, not sure. Drawn on 2026-01-02 at 03:04."
    outputs[4], outputs[9] = 0.6, 0.5
    assert answer(one()) == "4 or 9"
    assert about(one()).startswith("4 or 9, not sure. ")
    outputs[4], outputs[9] = 0.98, 0.02
    assert answer(one()) == "4"
    assert about(one("44")).startswith("44, certain. ")
    outputs[4] = 0.7
    assert about(one()).startswith("4, likely. ")


def test_a_number_is_remembered_whole(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE * 0.4 + (0.05, 0.3), THREE * 0.4 + (0.55, 0.3)])
    assert tab.answer.answer.text() == "33"
    both = tab.canvas.drawing
    tab.canvas.clear()
    (one,) = tab.earlier.all
    assert one.number == "33"
    np.testing.assert_array_equal(one.image, np.round(255 * both.stages().image))
    strip = strip_of(window)
    assert strip.gallery.model().index(0, 0).data() == "33"
    click(strip, 0)
    assert tab.canvas.drawing == both


def test_none_looks_chosen_after_a_click_beside_them_or_when_the_focus_has_gone(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    strip = strip_of(window)
    gallery, canvas = strip.gallery, window.draw.canvas
    blank = gallery.viewport().rect().bottomRight() - QPoint(2, 2)
    with qtbot.waitSignal(window.draw.answered):
        click(strip, 1)
    assert gallery.selected() == [1]
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=blank)
    assert gallery.selected() == []
    QTest.mouseMove(canvas)
    assert strip.about.text().startswith("The newest first.")
    click(strip, 1)
    assert gallery.selected() == [1]
    drawn(window, qtbot, hands.LINE)
    canvas.setFocus()
    assert gallery.selected() == []
    QTest.keyClick(canvas, Qt.Key.Key_Delete)  # another comes there
    assert gallery.count() == 3
    assert gallery.selected() == []
    gallery.setFocus(Qt.FocusReason.TabFocusReason)
    assert gallery.selected() == [2]  # where it was
