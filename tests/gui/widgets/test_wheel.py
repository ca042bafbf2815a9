"""The wheel over a page scrolls it, whatever comes under the pointer, and changes only what the person has in hand."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad.gui.inside.view import PAGES
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.slider import Slider
from digitpad.gui.window.main_window import MainWindow
from tests.gui.explore.stage import every_view

SMALL = 1000, 560  # pixels: pages are scrolled in such a window
TURN = 120  # eighths of a degree: one notch of a wheel


def scrolled_controls(page: QWidget) -> Iterator[tuple[QScrollArea, QWidget]]:
    """Bring each control that the wheel could change, on a page that scrolls, into sight; yield it and what scrolls."""
    for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar):
        for control in page.findChildren(kind):
            if isinstance(control, QScrollBar) or not control.isVisible() or not control.isEnabled():
                continue
            around = control.parentWidget()
            while around is not None and not isinstance(around, QScrollArea):
                around = around.parentWidget()
            if around is not None:
                around.ensureWidgetVisible(control)
                yield around, control


def chosen(control: QWidget) -> str:
    """Return what the wheel could change of ``control``."""
    if isinstance(control, QComboBox | QTabBar):
        return str(control.currentIndex())
    return control.text() if isinstance(control, QAbstractSpinBox) else str(control.property("value"))


def turn(control: QWidget, angle: int) -> None:
    """Turn the wheel over ``control`` as the system tells the window, which finds out what is there."""
    window = control.window()
    place = control.mapTo(window, QPointF(control.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place * window.devicePixelRatioF(), QPoint(0, angle))  # the screen's pixels
    QApplication.processEvents()


def turn_over_all(page: QWidget) -> tuple[list[str], list[str]]:
    """Turn the wheel both ways over each; return which there are, and what is wrong with them."""
    found, wrong = [], []
    for area, control in scrolled_controls(page):
        name = f"{type(control).__name__} {control.accessibleName() or control.objectName()}"
        found.append(name)
        bar, before, focus, places = area.verticalScrollBar(), chosen(control), QApplication.focusWidget(), set()
        places.add(bar.value())
        for angle in (-TURN, TURN):
            area.ensureWidgetVisible(control)
            turn(control, angle)
            places.add(bar.value())
            if chosen(control) != before:
                wrong.append(f"{name} was {before} and is {chosen(control)}")
            if QApplication.focusWidget() is not focus:
                wrong.append(f"{name} took the focus")
        if bar.maximum() > 0 and len(places) == 1:
            wrong.append(f"over {name} nothing scrolls")
    return found, wrong


def test_over_a_page_of_explore_it_scrolls_the_page(window: MainWindow) -> None:
    window.resize(*SMALL)
    window.tabs.setCurrentIndex(3)
    found, wrong = list[str](), list[str]()
    for title in every_view(window):
        QApplication.processEvents()
        names, troubles = turn_over_all(window.explore)
        found += names
        wrong += [f"{title}: {trouble}" for trouble in troubles]
    assert not wrong
    assert len(found) > 60


def test_over_the_train_tab_it_scrolls_the_form_and_what_is_below_the_curves(
    tab: TrainTab, training_window: MainWindow
) -> None:
    training_window.resize(*SMALL)
    for section in tab.form.sections.values():
        section.set_open(True)
    QApplication.processEvents()
    found, wrong = turn_over_all(training_window)
    assert not wrong
    assert {"DigitsBox Digits", "Box Activation", "TabRow Look inside"} <= set(found)


def test_over_the_other_tabs_it_scrolls_too(window: MainWindow) -> None:
    window.resize(*SMALL)
    found, wrong = turn_over_all(window)
    window.draw.look_inside.trigger()
    assert window.tabs.inside
    for kind in PAGES:
        window.tabs.inside.show_page(kind.TITLE)
        QApplication.processEvents()
        names, troubles = turn_over_all(window.tabs.inside)
        found += names
        wrong += [f"{kind.TITLE}: {trouble}" for trouble in troubles]
    assert not wrong
    assert "BrushSlider Brush width" in found
    assert any(name.startswith("NamedBox") for name in found)


def test_what_has_the_focus_is_turned(window: MainWindow) -> None:
    window.resize(*SMALL)
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(1)
    QApplication.processEvents()
    turned = set()
    for area, control in scrolled_controls(page):
        control.setFocus()
        before, place = chosen(control), area.verticalScrollBar().value()
        for angle in (-TURN, TURN):
            turn(control, angle)
            if chosen(control) != before:
                turned.add(type(control))
        assert area.verticalScrollBar().value() == place
    assert turned == {NamedBox, Slider}


def test_where_nothing_scrolls_it_turns_what_is_under_it(qtbot: QtBot) -> None:
    box = NamedBox("A digit")
    box.addItems(["0", "1"])
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    turn(box, -TURN)
    assert box.currentText() == "1"
