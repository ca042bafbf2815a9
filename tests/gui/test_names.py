"""Whatever can have the focus tells a screen reader what it is and what it is for, on each tab and in each dialog."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.window.about import about_network, about_program
from digitpad.gui.window.main_window import MainWindow

NAME, DESCRIPTION, VALUE = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value


def focusable(root: QWidget) -> Iterator[QWidget]:
    """What is shown and can have the focus itself, but for menus, which have texts of their own."""
    for widget in root.findChildren(QWidget):
        itself = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        if itself and widget.isVisible() and widget.window() is root:
            yield widget


def name(widget: QWidget) -> str:
    """What a screen reader calls it: on Linux Qt leaves the names of boxes to their labels."""
    told = QAccessible.queryAccessibleInterface(widget)
    labels = [label.text(NAME) for label, _ in told.relations(QAccessible.RelationFlag.Label)]
    if isinstance(widget, QComboBox):
        assert widget.accessibleName() in labels, labels
    return labels[0] if labels else told.text(NAME)


def faults(root: QWidget) -> list[str]:
    """What a person who does not see would miss."""
    found = []
    for widget in focusable(root):
        told = QAccessible.queryAccessibleInterface(widget)
        what = f"{type(widget).__name__} {widget.objectName()} {told.text(NAME)!r}"
        if not name(widget).strip():
            found.append(f"{what}: no name")
        if isinstance(widget, QComboBox) and name(widget) == told.text(VALUE):
            found.append(f"{what}: called by its value")
        # A text says itself what it is, and so do an answer to a question, and tabs, each for itself.
        own = isinstance(widget, QLabel | QTabBar) or isinstance(widget.parent(), QDialogButtonBox)
        if not own and not told.text(DESCRIPTION).strip():
            found.append(f"{what}: no description")
    return found


@pytest.mark.parametrize("tab", range(4))
def test_on_every_tab(window: MainWindow, qtbot: QtBot, tab: int) -> None:
    window.tabs.setCurrentIndex(tab)
    qtbot.waitUntil(lambda: window.digits.current is not None or tab in (0, 3))
    assert list(focusable(window))
    assert faults(window) == []


@pytest.mark.parametrize("width", [1200, 720])
def test_on_every_page_of_explore_wide_and_narrow(window: MainWindow, width: int) -> None:
    window.resize(width, 700)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    for number in range(window.explore.list.count()):
        window.explore.list.setCurrentRow(number)
        QApplication.processEvents()
        assert faults(window) == [], number


def _program(window: MainWindow) -> None:
    about_program(window)


def _network(window: MainWindow) -> None:
    about_network(window, window.session.model)


def _keys(window: MainWindow) -> None:
    window.show_keys()


def _preferences(window: MainWindow) -> None:
    window.show_preferences()


@pytest.mark.parametrize("show", [_program, _network, _keys, _preferences])
def test_in_every_dialog(window: MainWindow, show: Callable[[MainWindow], None]) -> None:
    show(window)
    (dialog,) = window.findChildren(QDialog)
    assert faults(dialog) == []
    dialog.close()
