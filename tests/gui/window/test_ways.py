"""Ways from one tab to another, and to the book."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea, Section
from digitpad.gui.explore.minibatches.page import MiniBatchesPage
from digitpad.gui.services.ways import ToBook, ToDraw, ToPage, ToTrain
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.recipe import Recipe
from tests.gui import hands


def test_to_a_page_and_back_to_the_canvas(window: MainWindow) -> None:
    window.session.ways.go(ToPage(Idea.BINARY))
    assert window.tabs.currentWidget() is window.tabs.explore_page
    assert window.explore.page.IDEA is Idea.BINARY
    window.session.ways.go(ToDraw())
    assert window.tabs.currentWidget() is window.draw


def test_to_one_of_the_views_of_a_page(window: MainWindow) -> None:
    window.session.ways.go(ToPage(Idea.MINI_BATCHES, "Online"))
    page = window.explore.page
    assert isinstance(page, MiniBatchesPage)
    chosen = page.views.checkedButton()
    assert chosen is not None
    assert chosen.text().replace("&", "") == "Online"


def test_to_settings_that_are_ready_to_start_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    before, wanted = window.train.form.recipe, replace(Recipe(), hidden=(100,), eta=2.5)
    window.session.ways.go(ToTrain())
    assert (window.tabs.currentWidget(), window.train.form.recipe) == (window.tabs.train_page, before)
    window.session.ways.go(ToTrain(wanted))
    assert window.train.form.recipe == wanted
    window.session.history.train.undo()
    assert window.train.form.recipe == before


def test_a_done_task_leads_on_and_every_page_to_the_book(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    window.session.ways.go(ToPage(Idea.PERCEPTRON))
    links, top = window.explore.page.links, window.explore.page.top
    top.wanted.emit(top.place("The book: Perceptrons"))
    assert opened == [Section.PERCEPTRONS.address]
    page = window.explore.page
    page.shared.progress.note_done(page.IDEA, page.TASK)
    links.wanted.emit(links.place("Next: Sigmoid neuron"))
    assert window.explore.page.IDEA is Idea.SIGMOID
    window.session.ways.go(ToBook("http://localhost/"))
    assert opened[1:] == ["http://localhost/"]


def test_from_the_four_discs_to_the_page_about_them(window: MainWindow) -> None:
    window.draw.panel.how.set_open(True)
    hands.press(window.draw.bits, QPointF(10, 10))
    assert window.tabs.currentWidget() is window.tabs.explore_page
    assert window.explore.page.IDEA is Idea.BINARY
    window.explore.open_idea(Idea.COST)
    window.session.ways.go(ToDraw())
    hands.key(window.draw.bits, Qt.Key.Key_Return)
    assert window.explore.page.IDEA is Idea.BINARY


def test_from_the_wall_of_neurons_to_the_page_of_layers(window: MainWindow) -> None:
    links = window.train.inside.neurons.links
    links.wanted.emit(links.place("How a layer works"))
    assert window.explore.page.IDEA is Idea.LAYERS
    window.explore.page.links.wanted.emit(window.explore.page.links.place("Draw a digit"))
    assert window.tabs.currentWidget() is window.draw
