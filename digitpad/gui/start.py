"""Starts the program for a person: its window, or where there is no display the demonstration."""

import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from digitpad.draw.preprocess import Greys
from digitpad.gui import display
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK, user_folder
from digitpad.train import model_file


def run(model: Path, picture: Path | None) -> int:
    """Open the window with the network in ``model``, and the picture if one is given; return the exit code.

    Without a display that works, say so and show the program at work off-screen instead. Raises DigitpadError when the
    network or the picture cannot be read.
    """
    loaded = model_file.load(model)
    ink = _ink(picture) if picture else None
    no_display = display.choose()
    if no_display:
        from digitpad.gui.demo import show_at_work

        print(f"digitpad: {no_display}, so here is the program at work off-screen.", flush=True)
        return show_at_work(loaded, (picture, ink) if picture and ink is not None else None)
    app = make_application()
    preferences = Preferences(user_folder() / "settings.json")
    path = model if model != DEFAULT_NETWORK else None
    session = Session(loaded, path, user_folder() / "drawings.sqlite")
    sittings = user_folder() / "sittings"
    window = make_window(app, session, preferences, sittings)
    sys.excepthook = reporter(window)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for Qt's event loop to end
    window.recovery.open_as_left(sittings, network_given=path is not None)
    if ink is not None:
        window.draw.canvas.show_picture(ink)
    window.show()
    return app.exec()


def _ink(picture: Path) -> Greys:
    from digitpad.gui.services.picture_file import ink_of_file  # only for those who bring a picture

    return ink_of_file(picture)


def reporter(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return an exception hook: the person gets a sentence, the terminal what a developer needs."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        window.notice.say(f"Something went wrong inside digitpad ({error or kind.__name__}). Your drawing is safe.")

    return report
