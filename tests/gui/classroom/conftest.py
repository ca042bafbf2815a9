"""A room that is open, for tests that ask for its dialog."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from digitpad.classroom import pages
from digitpad.classroom.addresses import LOOPBACK
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.window.main_window import MainWindow
from tests.gui.classroom.pads import press
from tests.gui.training import choose


@pytest.fixture(autouse=True)
def quick_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real page takes seconds to make, and has tests of its own."""
    monkeypatch.setattr(pages, "pad", lambda model: f"the pad of {model.provenance.name}".encode())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[ClassroomDialog]:
    """The dialog, with its room open on this machine alone."""
    before = set(threading.enumerate())
    choose(window, "collect_in_class")
    dialog = window.findChild(ClassroomDialog)
    assert dialog
    box = dialog.findChild(QComboBox, "room_address")
    assert box
    qtbot.waitUntil(lambda: box.count() > 0)
    assert dialog.collecting.room is None  # nothing is open before it is asked for
    assert box.itemData(box.count() - 1) == LOOPBACK
    box.setCurrentIndex(box.count() - 1)
    press(dialog, "open_room")
    qtbot.waitUntil(lambda: bool(dialog.collecting.url))
    yield dialog
    window.close()
    assert {thread for thread in threading.enumerate() if thread.name.startswith(("classroom", "Thread"))} <= before
