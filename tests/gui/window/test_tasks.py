"""What was done on the pages of Explore is known at the next start, task by task."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.cost.page import CostPage
from digitpad.gui.explore.minibatches.page import MiniBatchesPage
from digitpad.gui.explore.page import Page
from digitpad.gui.explore.tab import PAGES
from digitpad.gui.services.ways import ToPage
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands
from tests.gui.window.conftest import Open, end_badly


def title(window: MainWindow, idea: Idea) -> str:
    """How the page stands in the list."""
    return window.explore.list.item([page.IDEA for page in PAGES].index(idea)).text()


def told(window: MainWindow, idea: Idea) -> str:
    """What is read out of the page in the list."""
    item = window.explore.list.item([page.IDEA for page in PAGES].index(idea))
    return str(item.data(Qt.ItemDataRole.AccessibleTextRole)).split(", ", 1)[-1]


def opened(window: MainWindow, idea: Idea) -> Page:
    """The page of ``idea``, opened by its row in the list."""
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.explore.list.setCurrentRow([page.IDEA for page in PAGES].index(idea))
    return window.explore.page


def cost(window: MainWindow) -> CostPage:
    page = opened(window, Idea.COST)
    assert isinstance(page, CostPage)
    return page


def slow_down(page: CostPage) -> None:
    hands.click(page.views.button(2))
    hands.click(page.slowdown.starts[1])
    hands.key(page.slowdown.w.slider, Qt.Key.Key_Right, 15)


def count(page: CostPage, qtbot: QtBot) -> None:
    hands.click(page.views.button(1))
    qtbot.waitUntil(lambda: "read rightly" in page.counting.told.text())
    down = "∂<i>w</i> = −" in page.formula.text()  # a negative slope leads down to the right
    hands.key(page.counting.change.slider, Qt.Key.Key_Right if down else Qt.Key.Key_Left)


def shown_as_done(page: Page, view: int) -> bool:
    hands.click(page.views.button(view))
    return page.task.text().startswith("<b>✓ Done:</b>")


@pytest.mark.parametrize("badly", [False, True])
def test_of_two_tasks_the_one_that_was_done_is_known_at_the_next_start(start: Open, qtbot: QtBot, badly: bool) -> None:
    window = start()
    slow_down(cost(window))
    assert title(window, Idea.COST) == "6  Cost  ◐"
    if badly:
        window.preferences.finish()
        end_badly(window)
    else:
        window.close()
    again = start()
    assert title(again, Idea.COST) == "6  Cost  ◐"  # before the page is opened
    assert told(again, Idea.COST) == "1 of 2 tasks done"
    page = cost(again)
    assert shown_as_done(page, 2)
    assert not page.done
    page.links.wanted.emit(page.links.place("Next: Counting"))
    assert page.views.current is page.counting
    assert not shown_as_done(page, 1)
    count(page, qtbot)
    assert page.done
    assert (title(again, Idea.COST), told(again, Idea.COST)) == ("6  Cost  ✓", "2 of 2 tasks done")
    assert page.links.place("Next: Descent: two variables") == ToPage(Idea.VALLEY)
    again.close()
    last = start()
    assert title(last, Idea.COST) == "6  Cost  ✓"
    assert all(shown_as_done(cost(last), view) for view in (0, 1, 2))


def test_a_page_that_was_done_when_its_tasks_were_not_told_apart_is_done(start: Open, tmp_path: Path) -> None:
    settings = {"solved": ["Cost", "Mini-batches", "Perceptron"]}
    (tmp_path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    window = start()
    assert title(window, Idea.COST) == "6  Cost  ✓"
    assert title(window, Idea.PERCEPTRON) == "1  Perceptron  ✓"
    assert (told(window, Idea.MINI_BATCHES), title(window, Idea.MINI_BATCHES)[-1]) == ("2 of 2 tasks done", "◐")
    assert shown_as_done(cost(window), 1)
    page = opened(window, Idea.MINI_BATCHES)
    assert isinstance(page, MiniBatchesPage)
    assert page.done
    window.close()
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))["solved"]
    assert sorted(kept) == sorted(settings["solved"])


def test_what_is_done_in_one_window_is_known_in_the_next_page_that_is_opened_in_another(start: Open) -> None:
    one, other = start(), start()
    slow_down(cost(one))
    one.preferences.finish()
    page = cost(other)
    assert shown_as_done(page, 2)
    assert not shown_as_done(page, 1)


def test_tasks_of_a_page_are_remembered_by_names_of_their_own() -> None:
    for page in PAGES:
        names = [task.name for task in page.tasks()]
        assert len(set(names)) == len(names), page
        assert all(names) or len(names) == 1, page
