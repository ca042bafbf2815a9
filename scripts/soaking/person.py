"""Somebody who does at random whatever can be done with the window: ``Person``."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from driving import Steps, loaded_ahead, show_tab, wait_for
from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from digitpad.gui.services.trainer import State
from digitpad.gui.window.main_window import MainWindow

Kind = TypeVar("Kind", bound=QWidget)

_LOOKS_MS = 500  # at a dialog, before it is answered


class Person:
    """Uses ``window`` by its events: what, is the same for the same seed; on what, depends on what is there to be used.

    ``doing`` says what is being done, and ``changed_shape`` whether that changes the window's size; ``saved`` is the
    folder for what is saved, ``files`` are opened.
    """

    def __init__(self, window: MainWindow, seed: int, files: Sequence[Path], saved: Path) -> None:
        """Answer every file dialog with one of ``files``, or a name in ``saved``."""
        self.window, self.files, self.saved = window, files, saved
        self.doing, self.actions, self.changed_shape = "starting", 0, False
        self._seed, self.random = seed, Random(seed)
        for name, answer in {
            "getOpenFileName": lambda *_: (str(self.some_file()), ""),
            "exec": lambda dialog: self._name_new_file(dialog),
            "getExistingDirectory": lambda *_: str(self.random.choice([self.saved, self.saved / "none"])),
        }.items():
            setattr(QFileDialog, name, answer)

    def _name_new_file(self, dialog: QFileDialog) -> bool:
        """Name a file, no sooner than a person can: until a dialog has read its folder, Qt waits for that to end it."""
        dialog.selectFile(str(self._new_file(dialog.selectedFiles()[0])))
        looking = QEventLoop(dialog)
        enough = QTimer(looking, singleShot=True)
        enough.timeout.connect(looking.quit)
        enough.start(_LOOKS_MS)
        looking.exec()
        return True

    def look_around(self) -> Steps:
        """Open every tab and every page once, when what they are made of is there."""
        self.doing = "looking around"
        yield from loaded_ahead(self.window)
        yield from self._open_all()

    def _open_all(self) -> Steps:
        for name in self.window.tabs.pages:
            yield from show_tab(self.window, name)
            yield 100
        explore = self.window.explore
        for row in range(explore.list.count()):
            explore.list.setCurrentRow(row)
            yield from wait_for(lambda: not explore.busy)
            assert explore.page.isVisible()
            yield 100

    def begin(self) -> None:
        """Begin the next action, with random numbers of its own."""
        self.actions += 1
        self.changed_shape = False
        self.random = Random(f"{self._seed} {self.actions}")

    def tidy_up(self) -> Steps:
        """Bring the window back to where it began: all pages are there, and nothing is learned, drawn or asked."""
        self.doing = "tidying up"
        window = self.window
        window.session.follow(False)
        while (modal := QApplication.activeModalWidget()) is not None:
            QTest.keyClick(modal, Qt.Key.Key_Escape)
            yield 50
        window.tabs.setCurrentWidget(window.tabs.train_page)
        while window.session.trainer.state is not State.IDLE or window.session.trainer.working:
            window.train.commands.stop.trigger()
            yield 50
        while runs := window.session.trainer.runs:
            window.train.runs.select(runs[0])
            window.train.runs.remove.trigger()
            yield 0
        yield from wait_for(lambda: not _at_work())  # or what comes of that is there after the canvas is cleared
        for stack in window.session.history.stacks():
            stack.clear()  # what five removed runs hold differs by 25 MB, and strokes go on to 32 MB for hours
        window.opening.open_default_network()
        window.digits.choose(window.digits.choices()[0][1])
        yield from wait_for(lambda: window.digits.loading is None)
        yield from self._open_all()  # each begins afresh, and lets go of runs and of what it made of other digits
        window.data.show_set(None)
        window.tabs.setCurrentWidget(window.draw)
        window.draw.canvas.clear()
        self.resize(1100, 780)
        window.toast.clear()
        window.session.examples.let_go()  # which goes by itself a minute after somebody looked at them
        window.autosave.keep()  # or it holds runs that are gone, some seconds longer
        yield from wait_for(lambda: window.digits.loading is None and window.exporting.idle and not _at_work())
        yield 1500  # what collects garbage waits for a quiet moment

    # What there is to be used

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.changed_shape = True
        self.window.resize(width, height)

    def say(self, what: str) -> None:
        """Say what is being done."""
        self.doing = f"{what} (action {self.actions})"

    def any(self, kind: type[Kind]) -> Kind | None:
        """Return something of this ``kind`` that is to be seen and used, in the dialog in front or in the window."""
        place = QApplication.activeModalWidget() or self.window
        seen = QRect(QPoint(0, 0), place.size())
        found = [
            one
            for one in _within(place)
            if isinstance(one, kind)
            and usable(one)
            and not isinstance(one, QMenu)
            and seen.intersects(QRect(one.mapTo(place, QPoint()), one.size()))
        ]
        return self.random.choice(found) if found else None

    def some_file(self) -> Path:
        """Return a file to be opened."""
        return self.random.choice(self.files)

    def _new_file(self, wanted: str) -> Path:
        ending = Path(wanted).suffix or ".safetensors"
        names = ("a", "b", "ü ñ 数", "n" * 240, "no-such-folder/c", "-")
        return self.saved / f"{self.random.choice(names)}{ending}"


def _at_work() -> bool:
    """Whether a thread does what the window gave it: a large picture may be half read."""
    return any(thread.name == "jobs" for thread in threading.enumerate())


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Yield all widgets that are seen in ``widget``, and windows, in the order in which findChildren returns them.

    Most are not seen, and to look at them, too, would take longer than much of what is measured meanwhile. PySide6 has
    what findChildren finds live as long as the widget that was asked, here the window: scroll bars of lists that are
    gone.
    """
    for child in widget.children():
        if isinstance(child, QWidget) and (child.isVisible() or child.isWindow()):
            yield child
            yield from _within(child)


def usable(widget: QWidget) -> bool:
    """Whether ``widget`` is there, to be seen and to be used."""
    return isValid(widget) and widget.isEnabled() and widget.isVisible() and widget.window().isVisible()
