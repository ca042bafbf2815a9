"""A page unfolds the lines of the book's program it is about; the shapes under them follow the network."""

import inspect

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore.book_code import CODE, code_of
from digitpad.explore.chapter import Idea
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.gui.explore.code_fold import CodeFold
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.book import Network as BookNetwork
from digitpad.nn.network import Network
from digitpad.train.model_file import Model


def opened(window: MainWindow, idea: Idea) -> CodeFold:
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.explore.open_idea(idea)
    fold = window.explore.page.code
    assert fold is not None
    assert not fold.is_open
    fold.button.setFocus()
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    assert fold.is_open
    return fold


@pytest.mark.parametrize("idea", CODE)
def test_the_lines_are_those_of_the_program_and_all_of_them_are_in_sight(window: MainWindow, idea: Idea) -> None:
    fold = opened(window, idea)
    QApplication.processEvents()
    assert fold.code.toPlainText() == code_of(idea)
    assert fold.code.verticalScrollBar().maximum() == 0
    QTest.mouseClick(fold.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == code_of(idea)


def test_pages_about_no_code_have_no_fold(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.explore.open_idea(Idea.PERCEPTRON)
    assert window.explore.page.code is None


def test_shapes_follow_the_network(window: MainWindow, qtbot: QtBot) -> None:
    fold = opened(window, Idea.LAYERS)
    assert "self.biases" in fold.code.toPlainText()
    assert fold.code.toPlainText().startswith(inspect.getsource(BookNetwork.__init__).split("\n")[0].strip())
    assert "weights[0] (30, 784)   biases[0] (30, 1)   a (30, 1)" in fold.shapes.text()
    window.session.use(Model(Network([784, 17, 12, 10], seed=1)))
    window.explore.page.shared.chosen.choose(None)
    assert "weights[1] (12, 17)    biases[1] (12, 1)   a (12, 1)" in fold.shapes.text()
    window.explore.open_idea(Idea.VALLEY)
    window.explore.page.shared.chosen.choose(ChapterNetwork.UNTRAINED)
    window.explore.open_idea(Idea.LAYERS)
    assert "(12, 17)" not in fold.shapes.text()


def test_larger_text_has_its_room(window: MainWindow) -> None:
    fold = opened(window, Idea.MINI_BATCHES)
    height = fold.code.height()
    window.looks.set_text_percent(150)
    QApplication.processEvents()
    assert fold.code.verticalScrollBar().maximum() == 0
    assert fold.code.height() > 1.3 * height
    window.looks.usual()
