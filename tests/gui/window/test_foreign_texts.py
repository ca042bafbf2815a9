"""Texts from files and from people are shown as they are, whatever they would mean to Qt or to pyqtgraph."""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, Run
from tests import digits

PICTURE = "<img src='qqq'>"
MARKUP = f"{PICTURE}<b>{{value:>999999999}}{{0!x}}{{&[*]"
NAME = f"{MARKUP}\n\n\u202e\x1b[31m"
LONG = f"{PICTURE}{'W' * 5000}" + "\n" * 400


def network(file: Path, name: str, marks: int = 1) -> Path:
    """Write a network with a run, and with ``name`` wherever a text can be."""
    run = Run(1, Recipe(hidden=()), name, name, [Point(i, 0.5, 0.4, 0.5, 0.4, True) for i in (0.0, 1.0, 2.0)])
    run.marks += [Mark(2 * i / marks, name) for i in range(marks)]
    model = run.model(Network([784, 10], seed=1), run.points[-1])
    told = {**model.provenance.metadata, "accuracy": name, "source": name, name: name} | {
        str(i): name for i in range(99)
    }
    model_file.save(file, Model(model.network, type(model.provenance).of(told)))
    return file


def open_network(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    with qtbot.waitSignal(window.session.model_changed):
        window.opening.open(file)


def visit_everything(window: MainWindow, qtbot: QtBot) -> None:
    """Look at every tab and page, and at how the network was made."""
    for tab in range(4):
        window.tabs.setCurrentIndex(tab)
    with qtbot.waitSignal(window.train.refreshed):
        window.train.schedule.request()
    for page in range(1, 11):
        shown = window.explore.show_page(page)
        shown.shared.chosen.choose(None)  # the network in use, where a page looks at one
        QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


def tips_in(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row, column in product(range(model.rowCount()), range(columns)):
        yield model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""


def texts(window: MainWindow) -> Iterator[tuple[QWidget | QAction, str, Qt.TextFormat]]:
    """Yield every text of a label and every tool tip in the window, with what has it and how it is read."""
    automatic = Qt.TextFormat.AutoText
    for widget in window.findChildren(QWidget):
        yield widget, widget.toolTip(), automatic
        yield widget, widget.statusTip(), automatic
        if isinstance(widget, QLabel):
            yield widget, widget.text(), widget.textFormat()
        if isinstance(widget, QTabBar):
            yield from ((widget, widget.tabToolTip(tab), automatic) for tab in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((widget, tip, automatic) for tip in tips_in(widget))
    for action in window.findChildren(QAction):
        yield action, action.toolTip(), automatic


def as_shown(text: str, form: Qt.TextFormat) -> str:
    """Return what a person sees of ``text``."""
    automatically_rich = form is Qt.TextFormat.AutoText and QtGui.Qt.mightBeRichText(text)
    if form is Qt.TextFormat.RichText or automatically_rich:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    return text.replace("\u200b", "")


@pytest.fixture
def hostile(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window with a network, a data set and drawings of hostile names, after a visit to everything."""
    open_network(window, qtbot, network(tmp_path / "a&b[*].safetensors", NAME))
    folder = digits.folder(tmp_path / PICTURE)
    with qtbot.waitSignal(window.digits.opened):
        window.opening.open(folder)
    strokes = tmp_path / f"{PICTURE}&.jsonl"
    strokes.write_text(json.dumps({"label": 1, "strokes": [[[0, 0], [0, 9]]]}))
    visit_everything(window, qtbot)
    with qtbot.waitSignal(window.session.drawings.done):  # last, as it is said for a while only
        window.opening.open(strokes)
    window.tabs.setCurrentIndex(2)
    window.data.show_set(None)  # the menus name what is taken back there
    return window


def test_every_label_and_tool_tip_shows_texts_as_they_are(hostile: MainWindow) -> None:
    found = [(has, text, form) for has, text, form in texts(hostile) if "qqq" in text]
    for has, text, form in found:
        assert PICTURE in as_shown(text, form), has.objectName() or type(has)
    quoting = {type(has).__name__ for has, *_ in found}
    assert {"QLabel", "QAction", "RunChips", "QListWidget", "ActionButton"} <= quoting
    shown = [as_shown(text, form) for _, text, form in found]
    for words in (
        f"  ·  784-10  ·  {MARKUP}", f"#1 on {MARKUP}",
        f"name  \n{MARKUP}",
        f"Undo import {PICTURE}&.jsonl", f"1 drawing came from {PICTURE}&.jsonl. You have kept 1 so far.",
    ):  # fmt: skip
        assert any(words in text for text in shown), words
    (about,) = hostile.findChildren(QDialog, "about_network")
    about.close()


def test_a_mark_is_no_format(hostile: MainWindow) -> None:
    (run,) = hostile.session.trainer.runs
    assert hostile.train.plots.marks.marks == tuple(run.marks)
    assert MARKUP in run.marks[0].text
    hostile.tabs.setCurrentIndex(1)
    hostile.train.plots.grab()


def test_menus_and_the_title_show_signs_as_they_are(hostile: MainWindow) -> None:
    assert hostile.windowTitle() == "a&b[*][*].safetensors[*] - digitpad"
    (undo,) = hostile.findChildren(QAction, "undo")
    assert undo.text() == f"Undo import {PICTURE}&&.jsonl"
    (recent,) = hostile.findChildren(QMenu, "recent")
    recent.aboutToShow.emit()
    assert recent.actions()[0].text().endswith("a&&b[*].safetensors")


def test_no_text_widens_the_window_or_makes_it_higher(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    open_network(window, qtbot, network(tmp_path / "long.safetensors", LONG, marks=5000))
    with qtbot.waitSignal(window.digits.opened):
        window.opening.open(digits.folder(tmp_path / ("W" * 200)))
    visit_everything(window, qtbot)
    window.toast.say(LONG)
    window.status.say(LONG)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    (about,) = window.findChildren(QDialog, "about_network")
    assert about.width() <= 1280
    assert about.height() <= 720
    about.close()
