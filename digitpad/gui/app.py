"""The Qt application set up for drawing, and its window: for the program, its scripts and its tests alike."""

import atexit
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from digitpad.gui.services.garbage import GarbageCollector
from digitpad.gui.services.memory import return_large_blocks
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.priority import take_short_turns
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import Theme
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK, ICON
from digitpad.train import model_file

_SMALLEST_SCALE, _LARGEST_SCALE = 0.1, 20.0
# What the environment may tell Qt, and how much of it is a scale of 1.
_SCALES = {"QT_SCALE_FACTOR": 1, "QT_SCREEN_SCALE_FACTORS": 1, "QT_FONT_DPI": 96}


def make_application() -> QApplication:
    """Return the application, set up so that every point of a fast pen arrives."""
    return_large_blocks()
    take_short_turns()
    _drop_impossible_scales()
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] == "offscreen":
        # Or a desktop's looks, such as GTK's, end the program where there is no display.
        os.environ.pop("QT_QPA_PLATFORMTHEME", None)
    # Or Qt shares out what it paints to threads, and waits for ever where the system refuses them.
    os.environ["QT_NO_GUI_THREADPOOL"] = "1"
    # Or what is bold in a text is smeared: Qt would make the program's font, which is half bold, bolder by itself.
    os.environ["QT_NO_SYNTHESIZED_BOLD"] = "1"
    # Qt merges mouse and tablet movements that arrive together unless told not to: that would cut corners.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents, False)
    if sys.platform == "win32":  # or the task bar would show it as Python
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("digitpad")
    app = QApplication(["digitpad"])
    app.setApplicationName("digitpad")
    app.setApplicationDisplayName("digitpad")
    app.setDesktopFileName("digitpad")
    app.setWindowIcon(QIcon(str(ICON)))
    GarbageCollector(app)
    if app.platformName() == "offscreen":
        qInstallMessageHandler(_pass_on)
        atexit.register(qInstallMessageHandler, None)  # Qt goes on talking when there is no Python left to listen
    return app


def make_window(
    app: QApplication,
    session: Session | None = None,
    preferences: Preferences | None = None,
    sittings: Path | None = None,
) -> MainWindow:
    """Return the program's window, not shown yet, dressed in a theme of its own.

    Without a ``session`` it reads with the network that comes with the program and keeps drawings in memory; without
    ``preferences`` it remembers nothing, and without ``sittings`` it keeps nothing of what is in it.
    """
    theme, session = Theme(app), session or Session(model_file.shared(DEFAULT_NETWORK))
    window = MainWindow(session, theme, preferences, sittings)
    theme.setParent(window)
    session.setParent(window)  # which its signals would keep in memory for good, with the network
    return window


def _drop_impossible_scales() -> None:
    """Leave out scales in which nothing can be painted, as a mistake in the environment may be: Qt would use them.

    It multiplies them: what is beyond bounds with those before it is left out, too.
    """
    before = [1.0]
    for name, usual in _SCALES.items():
        told = [_number(one.rpartition("=")[2]) for one in os.environ.get(name, "").split(";")]
        scales = [one * number / usual for one in before for number in told if number is not None]
        if not all(_SMALLEST_SCALE <= scale <= _LARGEST_SCALE for scale in scales):
            del os.environ[name]
        elif scales:
            before = [min(scales), max(scales)]


def _number(text: str) -> float | None:
    """Return the number that Qt reads in ``text``, be it hexadecimal; None where it leaves that out by itself."""
    for read in (float, partial(int, base=0)):
        with suppress(ValueError, OverflowError):
            return float(read(text))
    return None


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Print what Qt has to say, but for what it says of every window that is shown off-screen."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)
