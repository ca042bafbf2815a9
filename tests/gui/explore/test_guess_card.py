"""Guessing first: off unless chosen, asked on the page, kept."""

import weakref
from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from digitpad.explore.guessing import Station
from digitpad.gui.explore.guess_card import GuessCard
from digitpad.gui.explore.page import Page
from digitpad.gui.services.garbage import collect_all
from digitpad.gui.widgets.colours import VISIBLE, contrast
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_colours


@pytest.mark.parametrize(("chosen", "told"), [(1, "✓ As you said."), (0, "✗ Another thing happened.")])
def test_a_guess_is_made_before_it_happens(window: MainWindow, qtbot: QtBot, chosen: int, told: str) -> None:
    window.tabs.setCurrentIndex(3)
    card = window.explore.show_page(1).guess
    assert card is not None
    assert card.isHidden()
    window.explore.guess_first.setFocus()
    QTest.keyClick(window.explore.guess_first, Qt.Key.Key_Space)
    qtbot.waitUntil(card.isVisible)
    assert not card.see.isEnabled()
    button = card.findChildren(QRadioButton)[chosen]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.mouseClick(card.see, Qt.MouseButton.LeftButton)
    assert told in card.truth.text()
    assert "It fires at 00:" in card.truth.text()
    assert window.preferences.score.made == {Station.PERCEPTRON: chosen == 1}
    assert card.score.text() == f"{chosen} of 1 guesses came true; there are 12 along the chapter"
    QTest.keyClick(window.explore.guess_first, Qt.Key.Key_Space)
    assert card.isHidden()


def test_pages_that_are_gone_are_asked_nothing(window: MainWindow, qtbot: QtBot) -> None:
    before = window.explore.show_page(1)
    gone = weakref.ref(before)
    window.explore.begin_anew()
    qtbot.waitUntil(lambda: not isValid(gone()))
    del before
    collect_all()
    assert gone() is None
    QTest.keyClick(window.explore.guess_first, Qt.Key.Key_Space)
    card = window.explore.show_page(1).guess
    assert card
    assert card.isVisibleTo(window.explore.page)


def test_a_score_that_is_none_counts_as_nothing_guessed(window: MainWindow) -> None:
    preferences = window.preferences
    odds: list[object] = [[], {"cost": 1}, {"cost": "yes"}, 5]
    for odd in odds:
        preferences.remember("guesses", odd)
        assert preferences.score.made == {}
    preferences.remember("guesses", {"cost": True, "nowhere": True})
    assert preferences.score.made == {Station.COST: True}


def asked(window: MainWindow, qtbot: QtBot) -> tuple[Page, GuessCard]:
    """Return the first page, and the card on it that asks for a guess."""
    window.tabs.setCurrentIndex(3)
    QTest.keyClick(window.explore.guess_first, Qt.Key.Key_Space)
    page = window.explore.show_page(1)
    assert page.guess
    qtbot.waitUntil(page.guess.isVisible)
    return page, page.guess


def test_a_card_begins_where_the_text_above_it_does(window: MainWindow, qtbot: QtBot) -> None:
    page, guess = asked(window, qtbot)
    button = guess.findChildren(QRadioButton)[0]
    assert button.mapTo(page, QPoint()).x() == page.top.mapTo(page, QPoint()).x()
    label = guess.findChildren(QLabel)[1]
    first_line = label.mapTo(page, label.contentsRect().topLeft()).y() + label.fontMetrics().height() / 2
    circle = button.mapTo(page, button.rect().center()).y()
    assert abs(circle - first_line) <= 1.5


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def test_the_circle_of_an_answer_is_seen_chosen_or_not(
    window: MainWindow, qtbot: QtBot, scheme: Qt.ColorScheme
) -> None:
    choose_colours(window, scheme)
    _, guess = asked(window, qtbot)
    button = guess.findChildren(QRadioButton)[0]
    behind = button.palette().window().color()
    for chosen in (False, True):
        button.setChecked(chosen)
        picture = button.grab().toImage()
        places = product(range(picture.width()), range(picture.height()))
        seen = sum(contrast(picture.pixelColor(x, y), behind) >= VISIBLE for x, y in places)
        assert seen >= 8  # its edge, but for where it is slanted and pale
