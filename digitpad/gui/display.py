"""Which display a window can be shown on. Qt itself ends the program when the one it is told to use fails."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo

from digitpad.files.threads import Thread
from digitpad.gui import libraries

_ANSWER_SECONDS = 3.0
_START_SECONDS = 15.0


def choose() -> str | None:
    """Make Qt use a display that works, and return None; or return why there is none, as part of a sentence.

    What QT_QPA_PLATFORM asks for is tried first, then the session's own. Always fine on Windows and macOS.
    """
    if sys.platform in ("win32", "darwin"):
        return None
    QCoreApplication.addLibraryPath(str(_plugins()))
    reasons = []
    for platform in dict.fromkeys([*_wished(), *_of_the_session()]):
        reason = _why_not(platform)
        if reason is None:
            os.environ["QT_QPA_PLATFORM"] = platform
            return None
        reasons.append(reason)
    return f"no display found ({'; '.join(reasons)})" if reasons else "no display found"


def _plugins() -> Path:
    """Return where Qt's plugins are, which Qt itself does not find if there is a quotation mark in the path."""
    told = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return told if told.is_dir() else Path(str(PySide6.__file__)).parent / "Qt" / "plugins"


def _wished() -> Iterator[str]:
    return (name for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name)


def _of_the_session() -> Iterator[str]:
    """Yield the platforms of Qt's that this session may have a display for, in Qt's own order."""
    wayland = ["wayland"] if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("WAYLAND_SOCKET") else []
    x = ["xcb"] if os.environ.get("DISPLAY") else []
    yield from wayland + x if os.environ.get("XDG_SESSION_TYPE") == "wayland" else x + wayland


def _why_not(platform: str) -> str | None:
    """Return why windows cannot be shown on Qt's ``platform``, or None if they can."""
    name = platform.split(":")[0]
    if name in ("offscreen", "minimal"):
        return None
    plugin = _plugins() / "platforms" / f"libq{name.split('-')[0]}.so"
    if not plugin.is_file():
        return f"Qt knows no platform {name}"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return libraries.lacking(str(error))
    ask = {"xcb": _ask_x, "wayland": _ask_wayland}.get(name.split("-")[0])
    if ask is None:
        return None if _starts(platform) else f"Qt's platform {name} does not start here"
    return _in_time(ask)


def _ask_x() -> str | None:
    """Connect to the X server as Qt will, with its own library and the person's right to do so."""
    named = os.environ.get("DISPLAY")
    if not named:
        return "DISPLAY names no X server"
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    if not xcb.xcb_connection_has_error(connection):
        return None  # and stay connected: a server whose only program leaves starts anew, and would then turn Qt away
    xcb.xcb_disconnect(connection)
    return f"the X server {named} cannot be reached or refuses"


def _ask_wayland() -> str | None:
    """Connect to the Wayland compositor as Qt will, and wait for its first word."""
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    if "WAYLAND_SOCKET" in os.environ:  # a connection that is there already, and can be used once
        return None
    display = ctypes.c_void_p(wayland.wl_display_connect(None))
    if not display.value:
        return "the Wayland display cannot be reached"
    answered = wayland.wl_display_roundtrip(display) >= 0
    wayland.wl_display_disconnect(display)
    return None if answered else "the Wayland display does not answer"


def _in_time(ask: Callable[[], str | None]) -> str | None:
    """Return what ``ask`` returns; a display that has not answered after some seconds never will."""
    answers: list[str | None] = []
    asking = Thread(target=lambda: answers.append(ask()), daemon=True)
    try:
        asking.start()
    except (RuntimeError, MemoryError):  # the system has no thread for it
        return ask()
    asking.join(_ANSWER_SECONDS)
    return answers[0] if answers else "the display does not answer"


def _starts(platform: str) -> bool:
    """Whether Qt starts on ``platform``, found out by another process, which it may take down."""
    if getattr(sys, "frozen", False):  # there is no Python to ask, and Qt will say why itself
        return True
    code = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    environment = os.environ | {"QT_QPA_PLATFORM": platform}
    try:
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=_START_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0
