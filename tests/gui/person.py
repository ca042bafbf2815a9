"""A program: a person starts and uses digitpad, whichever copy Python finds; prints as JSON what was to be seen."""

import json
import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

import digitpad
from digitpad import cli
from digitpad.gui import start
from digitpad.gui.app import make_window
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.fault_dialog import FaultDialog
from digitpad.gui.window.main_window import MainWindow

SIZE = (755, 666)  # which fits the screen that Qt imagines off-screen


class Person:
    """Draws a three once the window is there, keeps it, meets a mistake of ours, resizes the window, closes it."""

    def __init__(self) -> None:
        self.seen: dict[str, object] = {"package": digitpad.__file__}

    def meet(self, *arguments: Any) -> MainWindow:
        """Make the window, and begin when the program waits for what a person does."""
        self.window = make_window(*arguments)
        self._next(self._draw)
        return self.window

    def _next(self, step: Callable[[], None]) -> None:
        QTimer.singleShot(0, self.window, step)

    def _draw(self) -> None:
        if not self.window.isActiveWindow():  # keys would go nowhere
            self._next(self._draw)
            return
        self.seen["shown"] = self.window.isVisible()
        self.seen["size"] = [self.window.width(), self.window.height()]
        self.window.draw.answered.connect(self._keep, Qt.ConnectionType.SingleShotConnection)
        draw(self.window.draw.canvas, [THREE])

    def _keep(self) -> None:
        self.seen["answer"] = self.window.draw.answer.answer.text()
        drawings = self.window.session.drawings
        drawings.reported.connect(self._meet_a_mistake, Qt.ConnectionType.SingleShotConnection)
        QTest.keyClick(self.window.draw.canvas, Qt.Key.Key_3)

    def _meet_a_mistake(self) -> None:
        self.seen["report"] = self.window.status.report.text()
        self._next(self._leave)
        raise ZeroDivisionError("by zero")

    def _leave(self) -> None:
        dialogs = self.window.findChildren(FaultDialog)
        if not dialogs:  # it is not told from within what failed, but soon after
            self._next(self._leave)
            return
        self.seen["told"] = [dialog.words.text() for dialog in dialogs]
        self.window.resize(*SIZE)
        self.window.close()


if __name__ == "__main__":
    person = Person()
    with patch.object(start, "make_window", person.meet):
        code = cli.main(sys.argv[1:])
    print(json.dumps(person.seen))
    sys.exit(code)
