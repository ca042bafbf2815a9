"""A tab that is built when it is first wanted gives what is wanted of it, once, and as soon as it is there."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad.gui.services.turns import Work
from digitpad.gui.widgets.scrolling import Place
from digitpad.gui.window.late_page import Page


def _build(place: Place) -> Generator[None, None, QLabel]:
    yield
    label = QLabel("built")
    place(label)
    yield
    return label


def test_what_was_wanted_before_comes_in_its_order_and_only_once(qtbot: QtBot) -> None:
    page = Page(_build)
    qtbot.addWidget(page)
    given: list[tuple[int, str]] = []
    page.when_ready(lambda label: given.append((1, label.text())))
    page.when_ready(lambda label: given.append((2, label.text())))
    assert not given
    qtbot.waitUntil(lambda: page.built is not None)
    assert given == [(1, "built"), (2, "built")]
    page.when_ready(lambda label: given.append((3, label.text())))
    assert given[2:] == [(3, "built")]


def test_what_is_awaited_can_be_had_at_once_and_a_mistake_in_it_keeps_nothing_else_from_it(qtbot: QtBot) -> None:
    page = Page(_build)
    qtbot.addWidget(page)
    page.begin()
    page.finish_awaited()
    assert page.built is None
    page.when_ready(lambda _label: 1 / 0)
    page.when_ready(lambda label: label.setText("changed"))
    with capture_exceptions() as raised:
        page.finish_awaited()
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    label = page.built
    assert label is not None
    assert label.text() == "changed"


def test_what_was_wanted_of_a_page_that_cannot_be_built_is_forgotten(qtbot: QtBot) -> None:
    possible = False

    def build(place: Place) -> Generator[None, None, QLabel]:
        label = yield from _build(place)
        if not possible:
            raise MemoryError
        return label

    page = Page(build)
    qtbot.addWidget(page)
    given: list[QLabel] = []
    page.when_ready(given.append)
    with pytest.raises(MemoryError):
        assert page.content
    possible = True
    assert page.content.text() == "built"
    assert not given
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(page.findChildren(QLabel)) == 1


@pytest.mark.parametrize("begun", [False, True])
def test_a_page_that_is_closed_is_whole_or_not_begun_and_gives_nothing_any_more(qtbot: QtBot, begun: bool) -> None:
    turns, closing = [], False

    def wait() -> Work:
        while not closing:
            turns.append("waits")
            yield

    def build(place: Place) -> Generator[None, None, QLabel]:
        if not begun:
            yield from wait()
        label = QLabel("built")
        place(label)
        yield from wait()
        return label

    page = Page(build)
    qtbot.addWidget(page)
    given: list[QLabel] = []
    page.when_ready(given.append)
    qtbot.waitUntil(lambda: len(turns) > 1)
    closing = True
    page.close_down()
    assert (page.built is not None) == begun
    assert not given
