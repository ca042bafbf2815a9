"""The look: whatever the folder is called, in light and dark, and as large as the person wants its text."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time
from weakref import ref

import pytest
from PySide6.QtCore import QDir, QFileInfo, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QMenu,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionSlider,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from digitpad import paths
from digitpad.gui.app import make_window
from digitpad.gui.widgets import theme as module
from digitpad.gui.widgets.buttons import give_menu
from digitpad.gui.widgets.colours import DARK, LIGHT, VISIBLE, contrast
from digitpad.gui.widgets.theme import NORMAL, SMALL, Theme, font, grow, grown, points, set_font
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_colours, choose_text


@pytest.fixture
def undress(qapp: QApplication) -> Iterator[None]:
    """Have the application as Qt makes it, and leave it as it was found."""
    before = qapp.font(), qapp.styleSheet(), QDir.searchPaths("marks")
    qapp.setStyleSheet("")
    yield
    qapp.setFont(before[0])
    qapp.setStyleSheet(before[1])
    QDir.setSearchPaths("marks", before[2])


@pytest.fixture
def enlarged(window: MainWindow) -> Iterator[MainWindow]:
    """The window with text of one and a half times its size, which is as usual again afterwards."""
    window.theme.set_text_percent(150)
    yield window
    window.theme.set_text_percent(100)


@pytest.mark.usefixtures("undress")
@pytest.mark.parametrize("name", ["plain", "it's #1 (100 %20 ü;)", "back{slash}"])
def test_the_tick_is_painted_whatever_the_folder_is_called(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if os.name != "nt":  # where these are allowed in names
        name += '"quoted\\'
    marks = tmp_path / name
    shutil.copytree(paths.MARKS, marks)
    monkeypatch.setattr(module, "MARKS", marks)
    theme = Theme(qapp)
    assert QFileInfo("marks:check.svg").absolutePath() == marks.as_posix()
    box = QCheckBox("A box")
    qtbot.addWidget(box)
    box.setChecked(True)
    with qtbot.waitExposed(box):
        box.show()
    assert len(_colours(box.grab().toImage())) > 2  # the box's own, the tick's, and more where they meet
    theme.deleteLater()


def _colours(picture: QImage) -> set[int]:
    """Return the colours inside the box."""
    return {
        picture.pixel(x, y) for x in range(8, 17) for y in range(picture.height() // 2 - 3, picture.height() // 2 + 3)
    }


@pytest.mark.usefixtures("undress")
@pytest.mark.parametrize(("system", "larger"), [(8, 1.0), (11.25, 1.0), (15.75, 1.4), (22.5, 2.0), (68, 2.0)])
def test_text_grows_with_the_system_s(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: float, larger: float
) -> None:
    usual = points(NORMAL)

    def system_font(_: QFontDatabase.SystemFont) -> QFont:
        chosen = QFont()
        chosen.setPointSizeF(system * usual / NORMAL)
        return chosen

    with monkeypatch.context() as patched:
        patched.setattr(QFontDatabase, "systemFont", system_font)
        window = make_window(qapp)
        qtbot.addWidget(window)
        assert qapp.font().pointSizeF() == pytest.approx(larger * usual, abs=0.1)
        assert window.status.fontInfo().pointSizeF() == pytest.approx(larger * usual, abs=0.5)
        window.close()
    Theme(qapp).deleteLater()  # with the size of this system again


def test_text_that_is_there_grows_when_a_size_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    theme, plain, small, fixed = window.theme, QLabel("a"), QLabel("b"), QWidget()
    small.setFont(font(SMALL, strong=True))
    grow(fixed, minimumWidth=50)
    for widget in (plain, small, fixed):
        widget.setParent(window)
        widget.show()
    usual, width = points(NORMAL), grown(50)
    for percent in (150, 110, 200, 90, 100):
        with qtbot.waitSignal(theme.changed):
            theme.set_text_percent(percent)
        assert theme.text_percent == percent
        assert plain.font().pointSizeF() == pytest.approx(usual * percent / 100, rel=0.01)
        assert small.font().pointSizeF() == pytest.approx(usual * SMALL / NORMAL * percent / 100, rel=0.01)
        assert small.font().weight() == QFont.Weight.DemiBold
        assert fixed.minimumWidth() == grown(50) == pytest.approx(width * percent / 100, abs=1)


def mark(button: QAbstractButton) -> QSize:
    """Return how large the mark before the words of ``button`` is."""
    option, elements = QStyleOptionButton(), QStyle.SubElement
    option.initFrom(button)
    option.state |= QStyle.StateFlag.State_On if button.isChecked() else QStyle.StateFlag.State_Off
    is_box = isinstance(button, QCheckBox)
    element = elements.SE_CheckBoxIndicator if is_box else elements.SE_RadioButtonIndicator
    return button.style().subElementRect(element, option, button).size()


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_marks_of_what_is_chosen_grow_with_its_words(
    window: MainWindow, kind: Callable[[str], QCheckBox | QRadioButton]
) -> None:
    button = kind("word")
    button.setParent(window)
    button.show()
    usual, room = mark(button), button.sizeHint()
    for percent in (90, 110, 125, 150, 175, 200, 100):
        choose_text(window, percent)
        for is_on in (True, False):
            button.setChecked(is_on)
            assert mark(button).width() == pytest.approx(usual.width() * percent / 100, abs=1.5)
            assert mark(button).width() == mark(button).height() <= button.sizeHint().height()
        grown_by = button.sizeHint().width() - room.width()
        words = button.fontMetrics().horizontalAdvance("word") * (1 - 100 / percent)
        assert grown_by == pytest.approx(words + mark(button).width() - usual.width(), abs=3)


def test_handles_of_sliders_grow_with_the_text_and_are_round(window: MainWindow) -> None:
    slider = window.draw.brush
    for percent in (100, 90, 110, 125, 150, 175, 200, 100):
        choose_text(window, percent)
        option = QStyleOptionSlider()
        slider.initStyleOption(option)
        parts, control = QStyle.SubControl, QStyle.ComplexControl.CC_Slider
        handle = slider.style().subControlRect(control, option, parts.SC_SliderHandle, slider)
        assert handle.width() == handle.height() == pytest.approx(16 * percent / 100, abs=2)
        assert slider.rect().contains(handle)


def test_marks_of_menus_grow_with_their_words(window: MainWindow) -> None:
    menu = QMenu("Menu", window)
    menu.addAction("Words").setCheckable(True)
    menu.addMenu("Words").addAction("More")

    def besides_words() -> int:
        return menu.sizeHint().width() - menu.fontMetrics().horizontalAdvance("Words")

    usual = besides_words()
    for percent in (125, 150, 200, 100):
        choose_text(window, percent)
        assert besides_words() == pytest.approx(usual * percent / 100, abs=24)  # what lies around all of it does not


def besides_words(button: QToolButton) -> int:
    """Return how wide a button is without its words, around which Qt has a space on each side."""
    return button.sizeHint().width() - button.fontMetrics().horizontalAdvance(f" {button.text()} ")


def test_arrows_of_folds_and_menus_grow_with_their_words(window: MainWindow) -> None:
    fold, menu = window.draw.panel.how.button, QToolButton(window)
    menu.setText("Words")
    give_menu(menu, [])
    menu.show()
    usual, beside = besides_words(fold), besides_words(menu)
    for percent in (90, 125, 150, 200, 100):
        choose_text(window, percent)
        assert besides_words(fold) == pytest.approx(usual + 12 * (percent / 100 - 1), abs=3)
        assert besides_words(menu) == pytest.approx(beside + 22 * (percent / 100 - 1), abs=3)


def test_a_size_that_is_given_to_a_header_lasts(window: MainWindow, qtbot: QtBot) -> None:
    table = QTableWidget(1, 1, window)
    header = table.horizontalHeader()
    header.ensurePolished()
    set_font(header, SMALL, strong=True)
    table.show()
    window.theme.choose(Qt.ColorScheme.Dark)
    window.theme.choose(Qt.ColorScheme.Unknown)
    assert header.font().pointSizeF() == pytest.approx(points(SMALL))
    window.theme.set_text_percent(200)
    assert header.font().pointSizeF() == pytest.approx(points(SMALL))
    window.theme.set_text_percent(100)
    assert header.font().weight() == QFont.Weight.DemiBold


@pytest.mark.parametrize(("asked", "given"), [(10, 90), (201, 200), (100, 100)])
def test_text_is_never_too_small_or_too_large(window: MainWindow, asked: int, given: int) -> None:
    window.theme.set_text_percent(asked)
    assert window.theme.text_percent == given
    window.theme.set_text_percent(100)


def _behind(window: MainWindow, qtbot: QtBot) -> QWidget:
    """Return something of the Train tab that was shown, behind the Draw tab."""
    follow = window.train.panel.follow
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(follow.isVisible)
    window.tabs.setCurrentWidget(window.draw)
    return follow


def test_what_is_not_shown_has_its_room_some_turns_later(window: MainWindow, qtbot: QtBot) -> None:
    follow = _behind(window, qtbot)
    before = follow.height()
    window.theme.set_text_percent(200)
    assert (window.theme.busy, follow.height()) == (True, before)
    qtbot.waitUntil(lambda: not window.theme.busy)
    assert follow.height() >= follow.sizeHint().height() > before
    window.theme.set_text_percent(100)
    window.close()
    assert not window.theme.busy


def test_what_is_not_shown_has_its_colours_some_turns_later(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TURN_S", 2e-5)  # or a quick machine comes to it in the first turn
    choose_colours(window, Qt.ColorScheme.Light)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    field = window.train.panel.follow
    qtbot.waitUntil(field.isVisible)
    window.tabs.setCurrentWidget(window.draw)
    window.theme.choose(Qt.ColorScheme.Dark)
    shown, hidden = window.draw.grab().toImage(), field.grab().toImage()
    qtbot.waitUntil(lambda: not window.theme.busy)
    assert window.draw.grab().toImage() == shown
    assert field.grab().toImage() != hidden
    window.theme.choose(Qt.ColorScheme.Light)
    window.theme.choose(Qt.ColorScheme.Dark)  # before all that is not shown was light
    qtbot.waitUntil(lambda: not window.theme.busy)
    assert window.draw.grab().toImage() == shown
    choose_colours(window, Qt.ColorScheme.Unknown)


def test_one_size_of_text_after_the_other_comes_to_the_last(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TURN_S", 2e-5)  # or one turn may do for all there is
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(window.train.panel.follow.isVisible)
    window.tabs.setCurrentWidget(window.draw)
    own = [label for label in window.train.findChildren(QLabel) if label.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    before = [label.font().pointSizeF() for label in own]
    for percent in (110, 125, 150, 200):
        had = [label.font().pointSizeF() for label in own]
        window.theme.set_text_percent(percent)
        for _ in range(100_000):
            QApplication.processEvents()
            if own[0].font().pointSizeF() > had[0]:
                break
        assert own[0].font().pointSizeF() > had[0]
        assert own[-1].font().pointSizeF() == had[-1]  # the next comes before all have grown
    qtbot.waitUntil(lambda: not window.theme.busy)
    assert [label.font().pointSizeF() for label in own] == pytest.approx([2 * size for size in before], rel=0.01)
    choose_text(window, 100)


def test_a_font_that_is_given_between_two_sizes_of_text_grows_with_the_second(window: MainWindow, qtbot: QtBot) -> None:
    _behind(window, qtbot)
    own = [label for label in window.train.findChildren(QLabel) if label.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    window.theme.set_text_percent(150)
    set_font(own[0], 40)  # while it still waits for the first
    window.theme.set_text_percent(200)
    qtbot.waitUntil(lambda: not window.theme.busy)
    assert own[0].font().pointSizeF() == pytest.approx(points(40), rel=0.01)
    choose_text(window, 100)


def test_one_size_of_text_does_not_wait_until_all_has_the_one_before(window: MainWindow, qtbot: QtBot) -> None:
    follow = _behind(window, qtbot)
    before = follow.height()
    for percent in (150, 200, 175):
        window.theme.set_text_percent(percent)
        assert (window.theme.busy, follow.height()) == (True, before)
    choose_text(window, 100)


def test_what_is_brought_to_the_front_has_its_size_of_text_first(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TURN_S", 2e-5)  # or one turn may do for all there is
    monkeypatch.setattr(module, "_LOOK_S", 0.0)  # or all may be done before the first look
    tabs, usual = window.tabs, dict[QLabel, float]()
    pages = tabs.train_page, tabs.data_page, tabs.explore_page
    for page in pages:
        tabs.setCurrentWidget(page)
        while not (own := _with_own_font(page)):
            QApplication.processEvents()
        usual |= {label: label.font().pointSizeF() for label in own}
    tabs.setCurrentWidget(window.draw)
    window.theme.set_text_percent(200)
    for _ in range(5):  # in which others have begun
        QApplication.processEvents()
    tabs.setCurrentWidget(tabs.explore_page)
    front = _with_own_font(tabs.explore_page)
    while any(label.font().pointSizeF() == usual[label] for label in front):
        QApplication.processEvents()
    for page in pages[:2]:
        assert any(label.font().pointSizeF() == usual[label] for label in usual if page.isAncestorOf(label))
    choose_text(window, 100)


def _with_own_font(page: QWidget) -> list[QLabel]:
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return [label for label in labels if label.testAttribute(Qt.WidgetAttribute.WA_SetFont)]


def test_a_window_that_is_built_later_has_the_size_of_text_that_was_chosen(enlarged: MainWindow) -> None:
    assert enlarged.train.panel.follow.font().pointSizeF() == pytest.approx(1.5 * points(NORMAL) / 1.5, rel=0.01)


def test_after_a_change_of_colours_all_is_as_if_it_had_been_built_in_them(qtbot: QtBot, qapp: QApplication) -> None:
    built_light = _built(qtbot, qapp, Qt.ColorScheme.Light)
    in_light = _tabs(built_light)
    choose_colours(built_light, Qt.ColorScheme.Dark)
    changed_to_dark = _tabs(built_light)
    choose_colours(built_light, Qt.ColorScheme.Light)
    changed_back = _tabs(built_light)
    built_light.close()
    built_dark = _built(qtbot, qapp, Qt.ColorScheme.Dark)
    in_dark = _tabs(built_dark)
    choose_colours(built_dark, Qt.ColorScheme.Unknown)
    built_dark.close()
    for pictures, others, colours in ((in_light, changed_back, LIGHT), (in_dark, changed_to_dark, DARK)):
        for tab, picture in pictures.items():
            assert picture.pixelColor(picture.width() - 3, 5).name() == colours.window
            assert picture == others[tab], f"{tab} differs"


def test_what_is_gone_after_a_change_of_colours_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    box = QTableWidget(window)  # with scroll bars that Qt makes
    box.show()
    choose_colours(window, Qt.ColorScheme.Dark)
    gone = ref(box)
    box.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone()))
    del box
    gc.collect()
    assert [each for each in gc.get_objects() if isinstance(each, QWidget) and not isValid(each)] == []


def test_a_change_of_colours_leaves_no_widgets_for_the_collector(window: MainWindow) -> None:
    """It takes what it finds apart in any order, and PySide6 then destroys what Qt goes on with."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        choose_colours(window, Qt.ColorScheme.Dark)
        gc.collect()
        assert [type(each) for each in gc.garbage if isinstance(each, QObject)] == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


def test_a_change_of_colours_costs_far_less_than_a_new_style_sheet(window: MainWindow, qapp: QApplication) -> None:
    for page in window.tabs.pages.values():
        window.tabs.setCurrentWidget(page)
    for number in range(1, window.explore.list.count() + 1):
        window.explore.show_page(number)
        QApplication.processEvents()
    began = process_time()
    choose_colours(window, Qt.ColorScheme.Dark)
    choose_colours(window, Qt.ColorScheme.Light)
    changed = process_time()
    qapp.setStyleSheet(qapp.styleSheet() + " ")
    read = process_time()
    assert changed - began < read - changed  # two changes against one sheet: a fifth of it, measured
    choose_colours(window, Qt.ColorScheme.Unknown)


def _built(qtbot: QtBot, qapp: QApplication, scheme: Qt.ColorScheme) -> MainWindow:
    """Return a window whose tabs were all built in these colours."""
    window = make_window(qapp)
    qtbot.addWidget(window)
    choose_colours(window, scheme)
    with qtbot.waitExposed(window):
        window.show()
    _tabs(window)
    qtbot.waitUntil(lambda: window.train.digits is not None and window.data.view.empty.isVisibleTo(window.data))
    qtbot.waitUntil(lambda: window.train.inside.evaluation is not None)  # of the network in use
    return window


def _tabs(window: MainWindow) -> dict[str, QImage]:
    """Return a picture of each tab, where nothing has the focus."""
    pictures = {}
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        for _ in range(5):  # what is loaded, then laid out, then painted
            QApplication.processEvents()
        if focused := window.focusWidget():
            focused.clearFocus()
        pictures[window.tabs.tabText(index)] = window.grab().toImage()
    return pictures


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("visited", [("Data",), ("Train", "Data"), ("Explore", "Data", "Explore")])
def test_rows_of_lists_lie_below_each_other_whatever_was_looked_at_first(
    window: MainWindow, qtbot: QtBot, visited: tuple[str, ...], percent: int
) -> None:
    window.resize(1600, 800)  # in which there is room for lists, of larger text, too
    for index, name in enumerate(visited):
        if index == len(visited) - 1:
            choose_text(window, percent)
        window.tabs.setCurrentWidget(window.tabs.pages[name])
        for _ in range(5):
            QApplication.processEvents()
    lists = [each for each in window.findChildren(QListWidget) if each.isVisible()]
    assert lists
    for rows in lists:
        places = [rows.visualItemRect(rows.item(row)) for row in range(rows.count())]
        assert len(places) > 1
        for upper, lower in pairwise(places):
            assert lower.top() == upper.bottom() + 1
            assert upper.height() >= rows.fontMetrics().height()
    choose_text(window, 100)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_the_buttons_of_dialogs_for_files_show_what_they_do(
    window: MainWindow, qtbot: QtBot, scheme: Qt.ColorScheme
) -> None:
    choose_colours(window, scheme)
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    buttons = [button for button in dialog.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) == 6
    for button in buttons:
        picture = button.grab().toImage()
        ground = picture.pixelColor(5, 5)
        inside = [picture.pixelColor(x, y) for x in range(7, button.width() - 7) for y in range(7, button.height() - 7)]
        assert max(contrast(colour, ground) for colour in inside) > (VISIBLE if button.isEnabled() else 1), button
    dialog.close()
    choose_colours(window, Qt.ColorScheme.Unknown)
