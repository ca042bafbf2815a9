"""The Draw tab fits the window, whatever its size and that of text, and nothing covers what is needed."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.widgets import theme
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands
from tests.gui.looks import choose_text

LONG = "a drawing, 12 runs and the network in use"


@pytest.mark.parametrize("size", [(720, 520), (1280, 720), (1920, 1080)])
def test_what_is_said_covers_neither_the_digits_nor_the_way_to_learn_from_them(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.toast.show_said(Said("Kept as 8, read as 3.", "Undo"))
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    covered = window.toast.rect().translated(window.toast.mapTo(window, QPoint()))
    names = ["learn", *(f"keep_{digit}" for digit in range(10))]
    buttons = [one for one in window.draw.findChildren(QToolButton) if one.objectName() in names and one.isVisible()]
    assert len(buttons) == 11
    assert not any(covered.intersects(one.rect().translated(one.mapTo(window, QPoint()))) for one in buttons)
    window.tabs.setCurrentIndex(1)
    assert window.toast.geometry().right() > window.tabs.width() - 40  # where there is no such button


@pytest.mark.parametrize(
    ("size", "percent", "kept"),
    [
        ((720, 520), 100, "a drawing"),
        ((1280, 720), 125, "a drawing"),
        ((1280, 720), 150, "a drawing"),
        ((1280, 720), 150, "a drawing and 2 runs"),
        ((1280, 720), 100, LONG),
        ((1920, 1080), 150, LONG),
    ],
)
def test_what_is_offered_until_it_is_decided_covers_nothing_of_how_it_got_there(
    window: MainWindow, size: tuple[int, int], percent: int, kept: str
) -> None:
    choose_text(window, percent)
    window.draw.panel.how.set_open(True)
    window.offer.say(f"Kept from today at 10:15: {kept}.")
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    shown = window.draw.panel.parentWidget()
    assert shown
    covered = window.offer.rect().translated(window.offer.mapTo(window, QPoint()))
    assert not covered.intersects(shown.rect().translated(shown.mapTo(window, QPoint())))
    label = window.offer.label
    assert label.heightForWidth(label.width()) <= label.height()
    window.looks.usual()


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
@pytest.mark.parametrize("kept", ["a drawing", "a drawing and 2 runs"])
def test_what_is_offered_covers_no_tool(window: MainWindow, percent: int, kept: str) -> None:
    choose_text(window, percent)
    window.offer.say(f"Kept from today at 10:15: {kept}.")
    window.resize(1280, 720)
    for _ in range(3):
        QApplication.processEvents()
    covered = window.offer.rect().translated(window.offer.mapTo(window, QPoint()))
    for tool in (*(window.draw.findChild(QToolButton, name) for name in ("undo", "eraser")), window.draw.brush):
        assert tool
        assert not covered.intersects(tool.rect().translated(tool.mapTo(window, QPoint())))
    window.looks.usual()


@pytest.mark.parametrize("width", [720, 1280])
def test_what_is_said_in_large_text_has_room_for_its_words_beside_a_button(window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    window.looks.set_text_percent(200)
    sentence = "Run #2 has ended: 89.65 % of the test set at best, epoch 22, chosen on it: optimistic."
    window.toast.show_said(Said(sentence, "Use the best epoch", lambda: None))
    for _ in range(3):
        QApplication.processEvents()
    label = window.toast.findChild(QLabel, "said_text")
    assert label
    assert label.width() >= max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
    assert label.heightForWidth(label.width()) <= label.height()
    window.looks.usual()


@pytest.mark.parametrize("seen", ["then", "meanwhile", "once before"])
def test_the_tools_have_room_for_their_words_when_the_text_grew_behind_another_tab(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seen: str
) -> None:
    monkeypatch.setattr(theme, "_TURN_S", 2e-5)  # or the tools may have grown before anybody can see the tab
    window.resize(720, 520)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.isVisible())
    for percent in (110, 125, 150, 175, 200):
        window.looks.set_text_percent(percent)
    if seen == "once before":
        window.tabs.setCurrentWidget(window.draw)
        QApplication.processEvents()
        window.tabs.setCurrentWidget(window.tabs.train_page)
    if seen != "meanwhile":
        qtbot.waitUntil(lambda: not window.theme.busy)
    window.tabs.setCurrentWidget(window.draw)
    qtbot.waitUntil(lambda: not window.theme.busy)
    for _ in range(3):
        QApplication.processEvents()
    for name in ("undo", "redo", "clear", "eraser"):
        tool = window.draw.findChild(QToolButton, name)
        assert tool
        assert tool.width() >= tool.sizeHint().width()
    window.looks.usual()


@pytest.mark.parametrize(
    ("width", "height", "percent", "beside"),
    [(1280, 720, 100, False), (1280, 520, 100, True), (720, 520, 100, True), (1024, 600, 150, True),
     (1280, 720, 200, True)],
)  # fmt: skip
def test_the_tools_are_as_wide_as_the_pad_or_stand_beside_it(
    window: MainWindow, width: int, height: int, percent: int, beside: bool
) -> None:
    choose_text(window, percent)
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()
    tab = window.draw
    pad = tab.canvas.square().toRect().translated(tab.canvas.mapTo(tab, QPoint()))
    for tool in (*(tab.findChild(QToolButton, name) for name in ("undo", "redo", "clear", "eraser")), tab.brush):
        assert tool
        place = tool.rect().translated(tool.mapTo(tab, QPoint()))
        if beside:
            assert pad.right() < place.left() < pad.right() + 2 * GAP
            assert pad.top() <= place.top() < place.bottom() <= pad.bottom() or width == 720  # where it is no wider
        else:
            assert pad.bottom() < place.top()
            assert pad.left() <= place.left() < place.right() <= pad.right()
    window.looks.usual()


def test_the_right_side_grows_with_the_text(window: MainWindow) -> None:
    window.resize(2400, 1000)
    QApplication.processEvents()
    usual = window.draw.panel.width()
    choose_text(window, 200)
    for inside in (False, True, False):
        if inside != window.draw.look_inside.isChecked():
            window.draw.look_inside.trigger()
        QApplication.processEvents()
        assert window.draw.panel.width() > 1.5 * usual
    window.looks.usual()


def test_the_ten_digits_stand_right_below_their_heading_however_high_the_window_is(window: MainWindow) -> None:
    for height in (720, 1080, 1440):
        window.resize(1920, height)
        QApplication.processEvents()
        (heading,) = [one for one in window.draw.findChildren(QLabel) if one.text().startswith("It is really")]
        button = window.draw.findChild(QToolButton, "keep_0")
        assert button
        below_heading = heading.mapTo(window, QPoint(0, heading.height())).y()
        assert 0 <= button.mapTo(window, QPoint()).y() - below_heading <= heading.height()


@pytest.mark.parametrize("is_open", [False, True])
def test_no_state_moves_the_pad_or_asks_for_more_room(window: MainWindow, qtbot: QtBot, is_open: bool) -> None:
    tab = window.draw
    tab.panel.how.set_open(is_open)
    window.resize(720, 520)
    QApplication.processEvents()
    least, place = tab.panel.minimumSizeHint(), tab.canvas.geometry()
    for strokes in ([THREE], [], [hands.LINE], [THREE * 0.5 + (0.0, 0.25), THREE * 0.5 + (0.45, 0.25)]):
        tab.canvas.clear()
        if strokes:
            with qtbot.waitSignal(tab.answered):
                draw(tab.canvas, strokes)
        QApplication.processEvents()
        assert tab.panel.minimumSizeHint().height() == least.height()
        assert tab.canvas.geometry() == place
    tab.undo.trigger()
    with qtbot.waitSignal(window.session.drawings.kept):
        tab.keep[1].trigger()
    QApplication.processEvents()
    assert tab.canvas.geometry() == place


def test_the_answer_the_outputs_and_all_ten_digits_fit_the_least_window(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    window.resize(720, 520)
    QApplication.processEvents()
    area = tab.panel.parentWidget()
    assert area is not None
    buttons = [button for button in tab.panel.findChildren(QToolButton) if button.isVisibleTo(window)]
    for part in (tab.answer, tab.outputs, *buttons):
        corner = part.mapTo(area, part.rect().bottomRight())
        assert area.rect().contains(corner), part.objectName()
