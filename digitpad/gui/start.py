"""Starts the program for a person: its window, or where there is no display the demonstration."""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from digitpad.draw.preprocess import Greys
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK, user_folder
from digitpad.train import model_file


def run(model: Path, picture: Path | None) -> int:
    """Open the window with the network in ``model``, and the picture if one is given; return the exit code.

    Without a display, say so and show the program at work off-screen instead. Raises DigitpadError when the network
    or the picture cannot be read.
    """
    loaded = model_file.load(model)
    ink = _ink(picture) if picture else None
    if not has_display():
        from digitpad.gui.demo import show_at_work

        return show_at_work(loaded, ink)
    app = make_application()
    preferences = Preferences(user_folder() / "settings.json")
    path = model if model != DEFAULT_NETWORK else None
    session = Session(loaded, path, user_folder() / "drawings.sqlite")
    window = make_window(app, session, preferences)
    sys.excepthook = reporter(window)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for Qt's event loop to end
    if ink is not None:
        window.draw.canvas.show_picture(ink)
    window.show()
    return app.exec()


def _ink(picture: Path) -> Greys:
    from digitpad.gui.services.picture_file import ink_of_file  # only for those who bring a picture

    return ink_of_file(picture)


def has_display() -> bool:
    """Whether a window can be shown: always, but on a Unix without a reachable X or Wayland server."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    runtime, wayland = os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if wayland and Path(runtime, wayland).exists():
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    if not number:
        return False
    return _answers(host, number.split(".")[0])


def _answers(host: str, display: str) -> bool:
    """Whether an X server answers for ``display`` on ``host``, empty or "unix" being this machine."""
    try:
        if host not in ("", "unix"):
            socket.create_connection((host, 6000 + int(display)), timeout=2).close()
            return True
        for name in (f"/tmp/.X11-unix/X{display}", f"\0/tmp/.X11-unix/X{display}"):  # the second: Linux's abstract one
            with socket.socket(socket.AF_UNIX) as probe:
                if probe.connect_ex(name) == 0:
                    return True
    except (OSError, ValueError):
        return False
    return False


def reporter(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return an exception hook: the person gets a sentence, the terminal what a developer needs."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        window.notice.say(f"Something went wrong inside digitpad ({error or kind.__name__}). Your drawing is safe.")

    return report
