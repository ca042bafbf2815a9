"""The list of pages, and what it remembers."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFrame, QRadioButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.exercise import Choose, Exercise, Verdict
from digitpad.gui.explore.page import Page
from digitpad.gui.explore.perceptron.page import PerceptronPage
from digitpad.gui.explore.tab import PAGES
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_text

TWO = Exercise(
    "two", "Two", "http://localhost/#two", "What is 1 + 1?",
    (Choose("It is", (("2", Verdict(True, "So it is.")), ("3", Verdict(False, "That is 1 + 2.")))),), ("Count.",),
)  # fmt: skip


def test_pages_have_the_order_of_the_chapter() -> None:
    ideas = [page.IDEA for page in PAGES]
    assert ideas == [idea for idea in Idea if idea in ideas]


def test_each_page_of_the_window_opens(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(3)
    for number in range(1, window.explore.list.count() + 1):
        page = window.explore.show_page(number)
        qtbot.waitUntil(page.isVisible)
        assert window.explore.list.currentItem().text() == f"{number}  {page.IDEA.title}"
        assert window.preferences.explore_page == page.IDEA.title


def test_the_window_goes_on_while_a_page_is_built_and_only_pages_one_stays_on_are(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.tabs.setCurrentIndex(3)
    first = window.explore.page
    qtbot.waitUntil(first.isVisible)
    turns = list[bool]()
    meanwhile = QTimer(window, interval=0)
    meanwhile.timeout.connect(lambda: turns.append(first.isVisible()))
    meanwhile.start()
    for row in range(1, 6):  # as fast as by a key that is held
        window.explore.list.setCurrentRow(row)
    assert first.isVisible()
    qtbot.waitUntil(lambda: not first.isVisible())
    meanwhile.stop()
    assert len(turns) >= 2
    assert {type(page) for page in window.explore.findChildren(Page)} == {PAGES[0], PAGES[5]}
    assert isinstance(window.explore.page, PAGES[5])
    assert window.explore.page.isVisible()


def test_a_page_that_could_not_be_built_is_told_and_tried_again_when_it_is_chosen_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.tabs.setCurrentIndex(3)
    first = window.explore.page
    qtbot.waitUntil(first.isVisible)
    with monkeypatch.context() as patch, qtbot.captureExceptions() as told:
        patch.setattr(PAGES[1], "__init__", lambda *_: 1 / 0)
        window.explore.list.setCurrentRow(1)
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, *_ in told] == [ZeroDivisionError]
    window.explore.list.setCurrentRow(0)
    window.explore.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: not first.isVisible())
    assert isinstance(window.explore.page, PAGES[1])


def test_a_page_is_made_ready_before_it_is_seen_and_is_seen_though_that_failed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(2)
    first = window.explore.show_page(1)
    qtbot.waitUntil(first.isVisible)
    hidden: list[bool] = []

    def fail() -> None:
        hidden.append(not page.isVisible())
        raise ZeroDivisionError

    monkeypatch.setattr(page, "prepare", fail)
    with qtbot.captureExceptions() as told:
        window.explore.list.setCurrentRow(1)
        qtbot.waitUntil(page.isVisible)
    assert hidden == [True]
    assert [kind for kind, *_ in told] == [ZeroDivisionError]


@pytest.mark.parametrize("percent", [90, 100, 125, 200])
def test_each_title_has_room_beside_its_tick(window: MainWindow, qtbot: QtBot, percent: int) -> None:
    window.preferences.done_tasks = frozenset(page.IDEA.title for page in PAGES)
    window.preferences.solved_exercises = frozenset(one.key for page in PAGES for one in page.EXERCISES)
    window.resize(2100, 900)
    choose_text(window, percent)
    try:
        window.tabs.setCurrentIndex(3)
        pages = window.explore.list
        qtbot.waitUntil(lambda: pages.isVisible() and pages.viewport().width() >= pages.sizeHintForColumn(0))
        assert all(pages.item(row).text().endswith("✓") for row in range(pages.count()))
    finally:
        choose_text(window, 100)


def test_a_page_without_a_formula_has_no_empty_lines_for_it(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(3)
    window.explore.open_idea(Idea.DEEP)
    page = window.explore.page

    def lines() -> int:
        return sum(frame.isVisible() for frame in page.findChildren(QFrame, "rule"))

    qtbot.waitUntil(lambda: page.formula.isVisible() and lines() == 2)
    page.show_view("Side by side")
    qtbot.waitUntil(lambda: not page.formula.isVisible() and lines() == 1)


def test_a_link_at_the_top_leads_to_an_exercise_at_the_foot(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PerceptronPage, "EXERCISES", (TWO,))
    window.resize(720, 520)
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(1)
    (card,) = page.cards
    assert not card.check.isVisible()
    page.top.wanted.emit(page.top.place("Exercise: Two"))
    qtbot.waitUntil(lambda: not card.check.visibleRegion().isEmpty())


def test_an_exercise_is_solved_by_hand_and_the_list_remembers_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PerceptronPage, "EXERCISES", (TWO,))
    window.tabs.setCurrentIndex(3)
    card = window.explore.show_page(1).cards[0]
    assert not card.check.isVisible()
    card.button.click()
    answer, step = card.answers[0], card.step
    qtbot.waitUntil(card.check.isVisible)
    QTest.mouseClick(card.check, Qt.MouseButton.LeftButton)
    assert answer.verdict.text() == "Choose an answer first."
    two, three = card.findChildren(QRadioButton)
    for button, says in (
        (three, "<b>✗ Not so.</b> That is 1\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}2."),
        (two, "<b>✓ Right.</b> So it is."),
    ):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert answer.verdict.isHidden()
        QTest.mouseClick(card.check, Qt.MouseButton.LeftButton)
        assert answer.verdict.text() == says
    item = window.explore.list.item(0)
    assert item.text() == "1  Perceptron  ◐"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "1 Perceptron, 1 of 1 exercises solved"
    assert card.steps.isHidden()
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert "1. Count." in card.steps.text()
    assert (step.text(), step.isEnabled()) == ("Next step (1 of 1)", False)
    window.explore.progress.note_done(Idea.PERCEPTRON, PerceptronPage.TASK)
    assert item.text() == "1  Perceptron  ✓"
    window.explore.begin_anew()
    assert window.explore.show_page(1).cards[0].summary.text() == "✓ solved"


def test_where_there_is_little_room_the_box_names_the_page_that_is_open_after_all_began_anew(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(720, 520)
    window.tabs.setCurrentIndex(3)
    window.explore.show_page(6)
    box = window.explore.findChild(QComboBox, "folded")
    assert box
    qtbot.waitUntil(box.isVisible)
    assert box.currentText().startswith("6")
    window.explore.begin_anew()
    assert window.explore.page.IDEA is PAGES[0].IDEA
    assert box.currentText() == window.explore.list.item(0).text()


def test_pages_that_are_dropped_end_with_all_that_is_of_them(window: MainWindow) -> None:
    """What of Qt's is left for the garbage collector, it takes apart in any order."""
    window.tabs.setCurrentIndex(3)
    for number in range(1, window.explore.list.count() + 1):
        window.explore.show_page(number)
    gc.collect()
    window.explore.begin_anew()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        assert gc.garbage != []
        assert {type(each).__name__ for each in gc.garbage if isinstance(each, QObject) and isValid(each)} == set()
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
