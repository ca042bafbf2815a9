"""The window's priority over the training thread."""

import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.services.priority import WindowPriority


@pytest.fixture
def priority(qapp: QApplication) -> WindowPriority:
    return WindowPriority()


def test_the_thread_goes_on_whether_the_window_holds_it_or_not(priority: WindowPriority) -> None:
    went_on = threading.Event()

    def work() -> None:
        for _ in range(100):  # it waits a moment at a time, and never starves
            priority.give_way()
        went_on.set()

    for hold in (False, True):
        went_on.clear()
        if hold:
            priority.hold()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(10)
        assert went_on.is_set()
    assert priority.held
    priority.release()
    assert not priority.held


def test_it_is_released_when_what_waits_has_been_painted(priority: WindowPriority, qtbot: QtBot) -> None:
    priority.hold()
    priority.release_soon()
    assert priority.held
    qtbot.waitUntil(lambda: not priority.held)
    with priority:
        assert priority.held
    assert not priority.held
