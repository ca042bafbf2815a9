"""A program: digitpad's window is asked to end by a signal, at what is named; prints how it ended.

``python -m tests.gui.ended SIGNAL AT``; the exit code is digitpad's own.
"""

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from digitpad import cli
from digitpad.classroom import pages
from digitpad.classroom.addresses import LOOPBACK
from digitpad.data.store import Store
from digitpad.errors import ModelError, StoreError
from digitpad.gui import start
from digitpad.gui.app import make_window
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DIGITS
from digitpad.train import model_file
from tests.gui.training import LONG, press

Situation = Callable[[MainWindow, Callable[[], None]], object]  # gets there, then calls what sends the signal


def _training(window: MainWindow, then: Callable[[], None]) -> None:
    tab = window.train
    window.tabs.setCurrentIndex(1)

    def begin() -> None:
        if tab.digits is None or not tab.isVisible():
            QTimer.singleShot(10, window, begin)
            return
        tab.form.show_recipe(LONG)
        press(tab, "start")
        learn()

    def learn() -> None:
        if tab.trainer.run is not None and tab.trainer.run.epochs:
            then()
        else:
            QTimer.singleShot(10, window, learn)

    begin()


def _asking(window: MainWindow, then: Callable[[], None]) -> None:
    window.session.use(window.session.model, unsaved=True)
    window.close()
    then()


def _reading(window: MainWindow, then: Callable[[], None]) -> None:
    window.digits.open(DIGITS)
    then()


def _failing(window: MainWindow, then: Callable[[], None]) -> None:
    """Come back to a page whose ``showEvent`` fails, as it did for a network with an empty layer."""
    window.explore.show_page(4)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.tabs.setCurrentIndex(0)
    patch("digitpad.explore.layers.components", lambda *_: np.zeros(0)[0]).start()

    def come_back() -> None:
        window.tabs.setCurrentWidget(window.tabs.explore_page)
        then()

    window.draw.answered.connect(come_back, Qt.ConnectionType.SingleShotConnection)
    draw(window.draw.canvas, [THREE])


def _collecting(window: MainWindow, then: Callable[[], None]) -> None:
    """Have a drawing of a class that cannot be kept, and a network that could not be saved either, as is told first."""
    closing, finish = threading.Event(), window.saving.finish

    def save(*_: object) -> None:
        closing.wait(60)
        raise ModelError("The disk is full.")

    def finish_saving() -> bool:
        closing.set()
        return finish()

    patch.object(pages, "pad", lambda _: b"").start()
    patch.object(Store, "add_many", side_effect=StoreError("The disk is full.")).start()
    patch.object(model_file, "save", save).start()
    patch.object(window.saving, "finish", finish_saving).start()
    window.in_class.show()
    dialog = window.findChild(ClassroomDialog)
    assert dialog

    def open_room(_: object) -> None:
        dialog.address.setCurrentIndex(dialog.address.findData(LOOPBACK))
        dialog.open_room.click()
        dialog.collecting.changed.connect(draw_there)

    def draw_there() -> None:
        room = dialog.collecting.room
        if room and dialog.collecting.url:
            room.take(room.join(room.code), b'{"label": 1, "strokes": [[[0.5, 0.2], [0.5, 0.8]]]}')
            window.saving.save_to(Path("mine.safetensors"))
            then()

    dialog.collecting.addresses_found.connect(open_room)


def _within(wait: Callable[[MainWindow], object]) -> Situation:
    """Return a situation in which ``wait`` runs an event loop of its own."""

    def get_there(window: MainWindow, then: Callable[[], None]) -> None:
        QTimer.singleShot(0, window, then)
        wait(window)

    return get_there


SITUATIONS: dict[str, Situation] = {
    "drawing": lambda window, then: then(),
    "training": _training,
    "asking what to do with a network": _asking,
    "reading digits": _reading,
    "a page that fails": _failing,
    "a class on a full disk": _collecting,
    "a box": _within(lambda window: QMessageBox.question(window, "digitpad", "?")),
    "a file dialog": _within(QFileDialog.getOpenFileName),
    "a dialog of nobody": _within(lambda _: QFileDialog.getOpenFileName()),
    "a menu": _within(lambda window: window.findChildren(QMenu)[0].exec()),
}


def main(name: str, at: str) -> int:
    """Start digitpad, get to the situation, and send the signal ``name``."""

    def meet(*arguments: Any) -> MainWindow:
        window = make_window(*arguments)
        QTimer.singleShot(0, window, lambda: SITUATIONS[at](window, send))
        return window

    def send() -> None:
        print("sent", flush=True)
        signal.raise_signal(signal.Signals[name])

    signal.signal(signal.Signals[name], signal.SIG_DFL)  # ignored where tests run in a shell's background, or by nohup
    with patch.object(start, "make_window", meet):
        return cli.main([])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
