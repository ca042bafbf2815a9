"""The newest of many requests is done, and none under way is given up."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad.errors import DataError
from digitpad.gui.inside.newest import Newest
from digitpad.gui.services.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """One that is waited for at the end."""
    parent = QObject()
    background = Background(parent)
    yield background
    background.wait()
    parent.deleteLater()


def test_what_is_under_way_ends_and_the_newest_follows(background: Background, qtbot: QtBot) -> None:
    newest, go, came, done = Newest(background), Event(), list[int](), list[int]()

    def job(n: int) -> int:
        go.wait()
        done.append(n)
        return n

    for n in range(5):
        newest.run(lambda n=n: job(n), came.append)  # type: ignore[misc]
    go.set()
    qtbot.waitUntil(lambda: len(came) == 2)
    assert came == done == [0, 4]
    newest.run(lambda: job(5), came.append)
    qtbot.waitUntil(lambda: came == [0, 4, 5])


def test_after_a_failure_it_goes_on(background: Background, qtbot: QtBot) -> None:
    newest, came = Newest(background), list[int]()

    def fail() -> int:
        raise DataError("It is damaged.")

    with qtbot.waitSignal(background.failed) as failed:
        newest.run(fail, came.append)
        newest.run(lambda: 1, came.append)
    assert failed.args == ["It is damaged."]
    qtbot.waitUntil(lambda: came == [1])


def test_what_is_dropped_does_not_come(background: Background, qtbot: QtBot) -> None:
    newest, go, came = Newest(background), Event(), list[int]()
    newest.run(lambda: int(go.wait()), came.append)
    newest.run(lambda: 2, came.append)
    newest.drop()
    go.set()
    newest.run(lambda: 3, came.append)
    qtbot.waitUntil(lambda: bool(came))
    background.finish()
    assert came == [3]
