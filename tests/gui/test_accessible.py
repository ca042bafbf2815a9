"""Whatever is used, and whatever is painted, tells a screen reader what it is and what it is for, wherever it is."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QScrollBar,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad import gui, paths
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.demo import THREE
from digitpad.gui.inside.page import InsidePage
from digitpad.gui.inside.view import PAGES
from digitpad.gui.replay import draw
from digitpad.gui.services.faults import Faults
from digitpad.gui.train.experiment_dialog import ExperimentDialog
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.train.sweep_dialog import SweepDialog
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.fold import Fold
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.about import about_network, about_program
from digitpad.gui.window.fault_dialog import FaultDialog, FaultReports
from digitpad.gui.window.keys import KeysDialog
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.preferences_dialog import PreferencesDialog
from tests.gui.explore.stage import every_view
from tests.gui.services.test_faults import make
from tests.gui.training import choose, train

NAME, DESCRIPTION, VALUE = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value

_USED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QGraphicsView, QLineEdit,
    QProgressBar,
)  # fmt: skip
_OF_QT = ("qt_", "ScrollLeftButton", "ScrollRightButton")  # the names of parts that Qt makes


def overridden(widget: QWidget, method: str) -> bool:
    """Whether a class in Python has a ``method`` of its own in place of Qt's."""
    libraries = ("PySide6", "Shiboken", "pyqtgraph")
    return any(method in vars(kind) for kind in type(widget).__mro__ if not kind.__module__.startswith(libraries))


def parts(root: QWidget) -> Iterator[QWidget]:
    """What is used or painted in ``root``, shown or not, but for menus and Qt's own parts, which have their names."""
    for widget in root.findChildren(QWidget):
        part = widget.objectName().startswith(_OF_QT) or isinstance(widget, QScrollBar | QHeaderView | QMenu)
        part = part or isinstance(widget.parent(), QLineEdit | QMenu)  # what empties it; the bar's own
        lies_over = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # and is no thing of its own
        if part or lies_over or widget.window() is not root:
            continue
        focusable = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        painted = overridden(widget, "paintEvent") and not isinstance(widget, QLabel)
        if focusable or painted or isinstance(widget, _USED) or overridden(widget, "mousePressEvent"):
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
    for widget in parts(root):
        told = QAccessible.queryAccessibleInterface(widget)
        what = f"{type(widget).__name__} {widget.objectName()} {told.text(NAME)!r} in {type(widget.parent()).__name__}"
        if isinstance(widget, QAbstractButton) and not (widget.isVisible() or widget.text()):
            continue  # it is given its words when it is shown
        if not name(widget).strip():
            found.append(f"{what}: no name")
        if isinstance(widget, QComboBox) and name(widget) == told.text(VALUE):
            found.append(f"{what}: called by its value")
        # A text says itself what it is, and so do an answer to a question, how far something is, and tabs, each itself.
        own = isinstance(widget, QLabel | QTabBar | QProgressBar) or isinstance(widget.parent(), QDialogButtonBox)
        if not own and not told.text(DESCRIPTION).strip():
            found.append(f"{what}: no description")
    return found


def settle() -> None:
    for _ in range(5):  # what is read, then laid out, then painted
        QApplication.processEvents()


def open_folds(root: QWidget) -> None:
    for fold in root.findChildren(Fold):
        fold.set_open(True)
    settle()


# The check itself


class _Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what nobody is told of."""


@pytest.mark.parametrize("maker", [QToolButton, _Painted, QLineEdit, QGraphicsView])
def test_what_has_no_name_is_found(qtbot: QtBot, maker: type[QWidget]) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column, nameless = QVBoxLayout(root), maker()
    column.addWidget(nameless)
    root.show()
    assert [fault.rpartition(": ")[2] for fault in faults(root)] == ["no name", "no description"]
    nameless.setAccessibleName("It")
    nameless.setToolTip("What it does")
    assert faults(root) == []


# The window


def test_on_the_draw_tab_whatever_it_shows(window: MainWindow, qtbot: QtBot) -> None:
    assert faults(window) == []
    open_folds(window.draw)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    window.draw.collect()
    qtbot.waitUntil(window.draw.collecting.isVisible)  # what there is already is counted in a thread
    window.toast.show_said(Said("Kept as a 3.", "Undo", lambda: None))
    window.toast.say("It did not work.")
    settle()
    assert window.draw.bits.isVisible()
    assert faults(window) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.TITLE))
def test_on_every_page_of_what_is_inside(window: MainWindow, qtbot: QtBot, page: type[InsidePage]) -> None:
    window.draw.look_inside.trigger()
    assert window.tabs.inside is not None
    window.tabs.inside.show_page(page.TITLE)
    window.digits.wanted()
    qtbot.waitUntil(lambda: window.digits.current is not None)
    settle()
    assert faults(window) == []
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    open_folds(window.tabs.inside)
    assert faults(window) == []


def test_on_the_train_tab_before_and_after_a_run(tab: TrainTab, qtbot: QtBot) -> None:
    window = tab.window()
    assert isinstance(window, QWidget)
    tab.form.open_only(frozenset(tab.form.sections))
    open_folds(tab)
    assert faults(window) == []
    train(qtbot, tab)
    for page in range(tab.inside.tabs.count()):
        tab.inside.tabs.setCurrentIndex(page)
        settle()
        assert faults(window) == [], tab.inside.tabs.tabText(page)


@pytest.mark.parametrize("title", ["Train", "Data", "Explore"])
def test_on_every_other_tab_at_first(window: MainWindow, qtbot: QtBot, title: str) -> None:
    window.tabs.setCurrentWidget(window.tabs.pages[title])
    qtbot.waitUntil(lambda: window.digits.current is not None or title == "Explore")
    settle()
    assert list(parts(window))
    assert faults(window) == []


@pytest.mark.parametrize("width", [1200, 720])
def test_on_every_page_of_explore_wide_and_narrow(window: MainWindow, width: int) -> None:
    window.resize(width, 700)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    for what in every_view(window):
        settle()
        assert faults(window) == [], what


def test_every_entry_of_the_menus_has_a_text(window: MainWindow) -> None:
    menus = window.menuBar().findChildren(QMenu)
    assert len(menus) > 5
    for menu in menus:
        menu.aboutToShow.emit()
        for entry in menu.actions():
            assert entry.isSeparator() or entry.text().strip(), menu.title()


# Dialogs


def _program(window: MainWindow) -> None:
    about_program(window)


def _network(window: MainWindow) -> None:
    about_network(window, window.session.model)


@pytest.mark.parametrize("show", [_program, _network])
def test_in_every_message(window: MainWindow, show: Callable[[MainWindow], None]) -> None:
    show(window)
    (dialog,) = window.findChildren(QDialog)
    assert faults(dialog) == []
    dialog.close()


def _keys(window: MainWindow) -> None:
    window.show_keys()


def _preferences(window: MainWindow) -> None:
    window.show_preferences()


def _fault(window: MainWindow) -> None:
    reported = Faults(paths.user_folder())
    FaultReports(window, window.toast, reported, lambda: False)
    make(reported, ZeroDivisionError, "by zero")


def _classroom(window: MainWindow) -> None:
    choose(window, "collect_in_class")


def _experiment(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.tabs.train_page)
    window.train.opened.save.trigger()


def _sweep(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.tabs.train_page)
    sweep = window.train.sweeping.sweep
    sweep.enabledChanged.connect(sweep.trigger)  # as soon as there are digits


def _hand(window: MainWindow) -> None:
    window.draw.learn.trigger()


DIALOGS: dict[type[QDialog], Callable[[MainWindow], None]] = {
    KeysDialog: _keys,
    PreferencesDialog: _preferences,
    FaultDialog: _fault,
    ClassroomDialog: _classroom,
    ExperimentDialog: _experiment,
    HandDialog: _hand,
    SweepDialog: _sweep,
}


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: str(kind.__name__))
def test_in_every_dialog(window: MainWindow, qtbot: QtBot, kind: type[QDialog]) -> None:
    DIALOGS[kind](window)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(kind)))
    (dialog,) = window.findChildren(kind)
    settle()
    assert faults(dialog) == []
    dialog.close()


def _last_of(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    """Return what is made of ``kind``, and not only to make others of."""
    for made in kind.__subclasses__():
        yield from _last_of(made) if made.__subclasses__() else [made]


def test_no_dialog_is_left_out() -> None:
    for module in pkgutil.walk_packages(gui.__path__, f"{gui.__name__}."):
        importlib.import_module(module.name)
    made = {kind for kind in _last_of(QDialog) if kind.__module__.startswith(gui.__name__)}
    assert made == set(DIALOGS)
