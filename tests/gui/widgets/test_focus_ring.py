"""Whatever can have the focus shows it, on every tab, in light and in dark."""

import gc
from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QTabBar, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.cost.page import CostPage
from digitpad.gui.services.ways import ToDraw
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.colours import VISIBLE, contrast
from digitpad.gui.widgets.focus_ring import FocusRing
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_colours
from tests.gui.training import train

SCHEMES = pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
"""Runs a test in light and in dark."""


def reached(window: QWidget) -> list[QWidget]:
    """Return what the keyboard gets to in the window as it is, each of them once."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is window
        and not widget.visibleRegion().isEmpty()
    ]


def changed(before: QImage, after: QImage) -> int:
    """Return how many pixels can be told from what they were."""
    was, is_now = _pixels(before), _pixels(after)
    differ = was != is_now
    pairs = Counter(zip(was[differ].tolist(), is_now[differ].tolist(), strict=True))
    return sum(many for (one, other), many in pairs.items() if contrast(QColor(one), QColor(other)) >= VISIBLE)


def _pixels(picture: QImage) -> NDArray[np.uint32]:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(bytes(plain.constBits()), dtype=np.uint32)


def assert_shows_focus(widget: QWidget) -> None:
    """Give ``widget`` the focus, and see that this is seen."""
    if focused := QApplication.focusWidget():
        focused.clearFocus()
    before = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is widget, widget
    after = widget.grab().toImage()
    assert after.size() == before.size(), widget
    place = widget.tabRect(widget.currentIndex()) if isinstance(widget, QTabBar) else widget.rect()
    # More than half of a line as long as two of its sides.
    assert changed(before, after) > min(place.width(), 60) / 2 + min(place.height(), 60) / 2, widget


@SCHEMES
def test_all_that_the_keyboard_reaches_shows_its_focus(
    training_window: MainWindow, tab: TrainTab, qtbot: QtBot, scheme: Qt.ColorScheme
) -> None:
    window = training_window
    train(qtbot, tab)
    choose_colours(window, scheme)
    window.tabs.setCurrentWidget(window.tabs.data_page)
    qtbot.waitUntil(lambda: window.data.view.empty.isVisible())  # the last that is loaded in a thread
    kinds = set()
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        pages = range(window.explore.list.count()) if window.tabs.currentWidget() is window.tabs.explore_page else [0]
        for page in pages:
            if len(pages) > 1:
                window.explore.list.setCurrentRow(page)
            QApplication.processEvents()
            for widget in reached(window):
                assert_shows_focus(widget)
                kinds.add(type(widget).__name__)
    assert len(kinds) > 10, kinds
    choose_colours(window, Qt.ColorScheme.Unknown)


def test_the_ring_goes_with_the_focus_and_takes_no_mouse(window: MainWindow, qtbot: QtBot) -> None:
    field, button = QLineEdit(window), QToolButton(window)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    clicks = []
    button.clicked.connect(lambda: clicks.append(1))
    for i, widget in enumerate((field, button)):
        widget.setGeometry(50, 50 + 60 * i, 200, 40)
        widget.raise_()
        widget.show()
    window.draw.canvas.clearFocus()
    without = [widget.grab().toImage() for widget in (field, button)]
    button.setFocus()
    assert field.grab().toImage() == without[0]
    assert changed(without[1], button.grab().toImage()) > 100
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=button.mapTo(window, QPoint(1, 20)))
    assert clicks == [1]
    button.resize(300, 70)
    right, bottom = button.grab().toImage().pixelColor(299, 35), button.grab().toImage().pixelColor(150, 69)
    assert right == bottom == window.palette().highlight().color()
    field.setFocus()
    field.deleteLater()
    QApplication.sendPostedEvents(field, QEvent.Type.DeferredDelete)  # deleted while it has the ring
    button.resize(200, 40)
    button.setFocus()
    assert changed(without[1], button.grab().toImage()) > 100


def test_a_click_beside_all_parts_of_a_page_puts_no_ring_around_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(1)
    qtbot.waitUntil(page.isVisible)
    holder = next(one for one in window.explore.findChildren(Scrolling) if one.isAncestorOf(page))
    before = holder.grab().toImage()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(page.width() - 2, 2))
    assert QApplication.focusWidget() is holder  # keys scroll it
    assert changed(before, holder.grab().toImage()) == 0
    assert_shows_focus(holder)


def test_the_ring_lies_around_words_and_covers_none_of_them(window: MainWindow, qtbot: QtBot) -> None:
    page, column = QWidget(window), QWidget()
    links = Links("Ways", [("To a drawing", ToDraw())])
    column.setParent(page)
    links.setParent(column)
    page.setGeometry(50, 100, 300, 200)
    column.setGeometry(20, 20, 200, 100)
    links.setGeometry(0, 0, 200, 30)  # at the edges of what holds it
    links.show()
    page.show()
    page.raise_()
    window.draw.canvas.clearFocus()

    def ring_at_its_four_sides() -> bool:
        shown, place = page.grab().toImage(), QRect(links.mapTo(page, QPoint()), links.size())
        middle, by = place.center(), 3  # pixels from the words
        sides = (
            (place.left() - by, middle.y()), (place.right() + by, middle.y()),
            (middle.x(), place.top() - by), (middle.x(), place.bottom() + by),
        )  # fmt: skip
        return all(shown.pixelColor(*side) == window.palette().highlight().color() for side in sides)

    without = links.grab().toImage()
    assert not ring_at_its_four_sides()
    links.setFocus()  # and not by the Tab key, which marks the first link as well
    assert links.grab().toImage() == without
    assert ring_at_its_four_sides()
    column.move(40, 50)
    assert ring_at_its_four_sides()
    links.resize(150, 60)
    assert ring_at_its_four_sides()
    place = QRect(links.mapTo(page, QPoint()), links.size()).adjusted(-8, -8, 8, 8)
    links.deleteLater()
    QApplication.sendPostedEvents(links, QEvent.Type.DeferredDelete)  # deleted while it has the ring
    column.move(0, 0)
    assert page.grab(place).toImage().pixelColor(5, 30) != window.palette().highlight().color()


def test_the_ring_covers_no_digit_that_can_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(6)
    assert isinstance(page, CostPage)
    digits = page.five_digits.digits
    qtbot.waitUntil(lambda: len(digits.costs) > 0)
    window.explore.list.setFocus()
    without = digits.grab().toImage()
    digits.setFocus()
    with_ring = digits.grab().toImage()
    assert with_ring != without
    for i in range(len(digits.costs)):
        edge = -2 if i == digits.chosen else 2  # whose frame becomes wider
        place = digits.place(i).toRect().adjusted(-edge, -edge, edge, edge)
        assert with_ring.copy(place) == without.copy(place)


def test_a_ring_that_is_about_to_go_hears_of_what_moves_with_all_it_has(qapp: QApplication, qtbot: QtBot) -> None:
    form, field = QWidget(), QLineEdit()
    layout = QVBoxLayout(form)
    layout.addWidget(field)
    layout.addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Ok))
    qtbot.addWidget(form)
    FocusRing(qapp, form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)  # to a button that Qt made, and that nobody else knows
    field.setFocus()
    gc.collect()
    form.resize(form.width() + 10, form.height() + 10)
    layout.activate()
