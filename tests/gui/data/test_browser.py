"""Going through drawings and data sets, without a window."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data.store import Store
from digitpad.errors import StoreError
from digitpad.gui.data import sources
from digitpad.gui.data.browser import PAGE_SIZE, Browser, Part
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.history import History
from digitpad.gui.services.preferences import Preferences
from tests import digits
from tests.gui.data.conftest import drawn


@pytest.fixture
def parent(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QObject:
    """What all of it belongs to, with the program's own folder empty."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return QObject()


@pytest.fixture
def drawings(parent: QObject, tmp_path: Path) -> Iterator[Drawings]:
    """Six drawings: a 0, a 1 and a 2, twice."""
    drawings = Drawings(tmp_path / "drawings.sqlite", History(parent), parent)
    drawings.samples.add_many([drawn(label, i) for i in range(2) for label in range(3)])
    yield drawings
    drawings.close_down()


@pytest.fixture
def sets(parent: QObject, tmp_path: Path) -> Iterator[DigitSets]:
    """The built-in digits, and a set called bars of 600 and 200 that was opened some time."""
    preferences = Preferences()
    preferences.opened_data_sets = (digits.folder(tmp_path / "bars"),)
    sets = DigitSets(preferences, parent)
    yield sets
    sets.close_down()


@pytest.fixture
def browser(drawings: Drawings, sets: DigitSets, parent: QObject, qtbot: QtBot) -> Iterator[Browser]:
    """Looking at the drawings."""
    browser = Browser(drawings, sets, parent)
    with qtbot.waitSignals([browser.page_changed, browser.means_changed]):
        browser.set_active(True)
    yield browser
    browser.close_down()


def numbers(browser: Browser) -> list[int]:
    return [item.number for item in browser.page.items]


def test_it_begins_with_the_drawings_the_newest_first(browser: Browser) -> None:
    assert browser.mine
    assert numbers(browser) == [6, 5, 4, 3, 2, 1]
    assert browser.page.items[0].caption == "2 as 7"
    assert browser.counts == [2, 2, 2, 0, 0, 0, 0, 0, 0, 0]
    assert browser.means[:3].any(axis=1).all()
    assert not browser.means[3:].any()


def test_a_digit_of_which_there_are_old_drawings_alone_has_a_mean(
    browser: Browser, drawings: Drawings, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sources, "_FOR_MEANS", 2)  # of which none is a 0
    before = browser.means
    with qtbot.waitSignal(browser.means_changed):
        browser.set_active(False)
        drawings.samples.add_many([drawn(3, 7)])
        drawings.changed.emit()
        browser.set_active(True)
    assert (browser.means[0] == before[0]).all()


def test_what_is_selected_stays_so_when_the_drawings_change(
    browser: Browser, drawings: Drawings, tmp_path: Path, qtbot: QtBot
) -> None:
    browser.select([6, 2])
    assert [item.number for item in browser.selected_items] == [6, 2]
    changes: list[frozenset[int]] = []
    browser.selection_changed.connect(lambda: changes.append(browser.selected))
    with qtbot.waitSignal(browser.page_changed):
        drawings.relabel([6, 2], 9)
    assert [item.caption for item in browser.selected_items] == ["9 as 7", "9 as 7"]
    other = Store(tmp_path / "drawings.sqlite")
    other.add(drawn(5, 0))  # in another window, so that all move by a place
    other.close()
    with qtbot.waitSignal(browser.page_changed):
        browser.set_active(True)
    assert numbers(browser) == [7, 6, 5, 4, 3, 2, 1]
    assert browser.selected == {6, 2}
    assert not changes  # not even for a moment
    with qtbot.waitSignal(browser.selection_changed):
        drawings.remove([6])
    assert changes == [{2}]


def test_another_label_selects_nothing(browser: Browser, qtbot: QtBot) -> None:
    browser.select([6])
    with qtbot.waitSignals([browser.label_changed, browser.selection_changed, browser.page_changed]):
        browser.show_label(2)
    assert numbers(browser) == [6, 3]
    assert browser.count == 2
    assert not browser.selected


def test_a_set_is_looked_at_by_part_and_page(browser: Browser, sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    made = digits.digits()
    browser.show(tmp_path / "bars")
    assert browser.source is None
    assert browser.page.items == []
    with qtbot.waitSignals([browser.source_changed, browser.page_changed, browser.means_changed]):
        pass
    assert browser.digits is not None
    assert browser.digits.name == "bars"
    assert numbers(browser) == list(range(PAGE_SIZE))
    np.testing.assert_array_equal(browser.page.images, made.training.images[:PAGE_SIZE])
    for pages, first in ((1, 200), (1, 400), (1, 400), (-1, 200), (-5, 0)):
        with qtbot.waitSignal(browser.page_changed):
            browser.turn(pages)
        assert numbers(browser)[0] == browser.first == first
    with qtbot.waitSignal(browser.page_changed):
        browser.go_to(321)
    assert browser.first == 200
    assert browser.selected == {321}
    np.testing.assert_array_equal(browser.image(browser.selected_items[0]), made.training.images[321])
    with qtbot.waitSignal(browser.page_changed):
        browser.show_part(Part.TEST)
    np.testing.assert_array_equal(browser.page.images, made.test.images)
    assert sets.current is None  # none is used for it


def test_of_sets_chosen_in_quick_succession_the_last_is_shown(browser: Browser, tmp_path: Path, qtbot: QtBot) -> None:
    browser.show(tmp_path / "bars")
    browser.show(paths.DIGITS)
    browser.show(tmp_path / "bars")
    qtbot.waitUntil(lambda: len(browser.page.items) == PAGE_SIZE)
    assert browser.digits is not None
    assert browser.digits.name == "bars"
    browser.show(paths.DIGITS)
    with qtbot.waitSignals([browser.page_changed, browser.page_changed]):
        browser.show(None)
    assert browser.digits is None
    assert numbers(browser) == [6, 5, 4, 3, 2, 1]


def test_why_nothing_can_be_shown_is_said(
    browser: Browser, drawings: Drawings, sets: DigitSets, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreError("the drawings are locked.")

    browser.select([6])
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "page", locked)
        with qtbot.waitSignal(browser.page_changed):
            drawings.refresh()
    assert browser.problem == "the drawings are locked."
    assert browser.page.items == []
    assert not browser.selected
    (tmp_path / "bars" / "t10k-images-idx3-ubyte").write_bytes(b"no digits")
    with qtbot.waitSignal(sets.failed) as failed:
        browser.show(tmp_path / "bars")
    assert failed.args == [browser.problem]
    assert "t10k-images-idx3-ubyte" in browser.problem
    browser.show(None)
    qtbot.waitUntil(lambda: len(browser.page.items) == 6)
    assert browser.problem == ""


def test_a_set_that_can_be_chosen_no_more_is_left(
    browser: Browser, sets: DigitSets, tmp_path: Path, qtbot: QtBot
) -> None:
    browser.show(tmp_path / "bars")
    qtbot.waitUntil(lambda: len(browser.page.items) == PAGE_SIZE)
    (tmp_path / "bars" / "t10k-images-idx3-ubyte").write_bytes(b"no digits")
    sets.choose(tmp_path / "bars")
    qtbot.waitUntil(lambda: len(browser.page.items) == 6)
    assert browser.mine


def test_nothing_is_read_while_nobody_looks(browser: Browser, drawings: Drawings, qtbot: QtBot) -> None:
    browser.set_active(False)
    with qtbot.waitSignal(drawings.changed), qtbot.assertNotEmitted(browser.counts_changed):
        drawings.remove([6])
    with qtbot.waitSignal(browser.page_changed):
        browser.set_active(True)
    assert numbers(browser) == [5, 4, 3, 2, 1]
