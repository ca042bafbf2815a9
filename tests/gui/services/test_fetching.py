"""Fetching MNIST away from the window: to the end, cancelled, and when it fails."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad.data.download import MNIST_FILES, Download, Received
from digitpad.gui.services.fetching import Fetching, MakeDownload
from tests.mnist_server import Silent, from_mirror
from tests.mnist_server import folder as folder
from tests.mnist_server import mirror as mirror
from tests.mnist_server import silent as silent


@pytest.fixture
def make(home: Path, parent: QObject) -> Iterator[Callable[[MakeDownload], Fetching]]:
    """What makes one that fetches with a download of the test's own."""
    made: list[Fetching] = []

    def make(make_download: MakeDownload) -> Fetching:
        made.append(Fetching(parent, make_download))
        return made[-1]

    yield make
    for fetching in made:
        fetching.close_down()


Make = Callable[[MakeDownload], Fetching]


def test_it_comes_whole_and_tells_how_much_has_come(make: Make, mirror: MakeDownload, home: Path, qtbot: QtBot) -> None:
    fetching = make(mirror)
    received: list[Received] = []
    fetching.received.connect(received.append)
    with qtbot.waitSignal(fetching.fetched) as fetched:
        fetching.begin()
        fetching.begin()  # which is no second time
        assert fetching.active
    assert not fetching.active
    assert fetched.args == [home / "mnist"]
    assert received[-1].received == received[-1].total
    assert {file.name for file in (home / "mnist").iterdir()} == {file.name for file in MNIST_FILES}


def test_it_can_be_cancelled_in_the_middle(make: Make, silent: Silent, home: Path, qtbot: QtBot) -> None:
    fetching = make(from_mirror(silent.address))
    fetching.begin()
    qtbot.waitUntil(silent.reached.is_set)
    with qtbot.assertNotEmitted(fetching.failed):  # the person knows
        fetching.cancel()
        assert not fetching.active
        qtbot.waitUntil(lambda: not list((home / "mnist").iterdir()))


def test_closing_down_ends_it(make: Make, silent: Silent, qtbot: QtBot) -> None:
    ended = threading.Event()

    class Noted(Download):
        def run(self, report: Callable[[Received], None] = lambda _: None) -> Path:
            try:
                return super().run(report)
            finally:
                ended.set()

    fetching = make(lambda folder: Noted(folder, MNIST_FILES, [silent.address]))
    fetching.begin()
    qtbot.waitUntil(silent.reached.is_set)
    fetching.close_down()
    assert ended.is_set()


def test_a_mirror_that_refuses_is_told_and_a_copy_can_be_dropped(make: Make, qtbot: QtBot) -> None:
    fetching = make(from_mirror("http://127.0.0.1:9/"))
    with qtbot.waitSignal(fetching.failed) as failed:
        fetching.begin()
    assert failed.args is not None
    assert "127.0.0.1 refused the connection" in failed.args[0]
    assert failed.args[0].endswith("If you have a copy of MNIST, drop it on this window.")
    assert not fetching.active


def test_a_download_that_breaks_in_any_way_is_over(make: Make, qtbot: QtBot) -> None:
    class NoThread(Download):
        def run(self, report: Callable[[Received], None] = lambda _: None) -> Path:
            raise RuntimeError("can't start new thread")

    fetching = make(lambda folder: NoThread(folder, [], []))
    with capture_exceptions() as raised, qtbot.waitSignal(fetching.failed) as failed:
        fetching.begin()
        assert fetching.active
    assert not fetching.active
    assert failed.args is not None
    assert failed.args[0].startswith("Something unexpected went wrong (can't start new thread).")
    qtbot.waitUntil(lambda: bool(raised))
