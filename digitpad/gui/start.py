"""Starts the program for a person: its window, or where there is no display the demonstration."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from digitpad.draw.drawing import Picture
from digitpad.gui import display
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.ending import Ending
from digitpad.gui.services.faults import Faults, crashes_noted
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.fault_dialog import FaultReports
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK, user_folder
from digitpad.train import model_file

_SETTLED_MS = 700  # after the window was shown: what draws and reads the first stroke goes first


def run(model: Path, picture: Path | None) -> int:
    """Open the window with the network in ``model``, and the picture if one is given; return the exit code.

    Without a display that works, say so and show the program at work off-screen instead. Raises DigitpadError when the
    network or the picture cannot be read.
    """
    loaded = model_file.load(model)
    opened = _opened(picture) if picture else None
    no_display = display.choose()
    if no_display:
        from digitpad.gui.demo import show_at_work

        print(f"digitpad: {no_display}, so here is the program at work off-screen.", flush=True)
        return show_at_work(loaded, (picture, opened) if picture and opened else None)
    app = make_application()
    faults, ending = Faults(user_folder()), Ending()
    with crashes_noted(user_folder()), faults.listening(), ending.listening():
        preferences = Preferences(user_folder() / "settings.json")
        path = model if model != DEFAULT_NETWORK else None
        session = Session(loaded, path, user_folder() / "drawings.sqlite")
        sittings = user_folder() / "sittings"
        window = make_window(app, session, preferences, sittings)
        FaultReports(window, window.toast, faults, lambda: window.autosave.keeping)
        ending.asked.connect(lambda number: _end(window, number))
        window.recovery.open_as_left(sittings, network_given=path is not None)
        if opened:
            window.draw.canvas.show_picture(opened)
        window.show()
        window.draw.welcome()
        QTimer.singleShot(_SETTLED_MS, window.tabs, window.tabs.load_ahead)
        return app.exec()


def _end(window: MainWindow, number: int) -> None:
    """Close the window and end by the system's signal ``number``, also where something is asked.

    Nobody may be there to answer.
    """
    if window.close() or window.close():
        QApplication.exit(128 + number)


def _opened(picture: Path) -> Picture:
    from digitpad.data.picture_file import picture_of_file  # only for those who bring a picture

    return picture_of_file(picture)
