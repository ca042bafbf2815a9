"""What Qt loads from a Linux system, and how a person gets what is missing. Without Qt, for it is about its absence.

The scripts ask it before there is an environment: this file must be readable to Python 3.6.
"""

import ctypes
import shutil
import sys
from typing import List, NamedTuple, Optional


class Library(NamedTuple):
    """A shared library, and the package that holds it for each of the commands that install packages."""

    name: str
    apt: str
    dnf: str
    pacman: str


# Without these no part of Qt's that draws can be loaded.
BASE = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
)
# Without these there are no windows on an X server; off-screen Qt works.
WINDOWS = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-xinerama.so.0", "libxcb-xinerama0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
# And without these none in a Wayland session.
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
)

APT = "apt-get install -y --no-install-recommends"
_COMMANDS = (("apt-get", APT), ("dnf", "dnf install -y"), ("pacman", "pacman -S --needed"))


def missing() -> List[Library]:
    """Return those of ``BASE`` and ``WINDOWS`` that this system lacks; none where the system is not Linux."""
    return [library for library in BASE + WINDOWS if not loads(library.name)] if sys.platform == "linux" else []


def loads(name: str) -> bool:
    """Whether the system has the shared library ``name``."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def command(libraries: List[Library], more_for_apt: Optional[List[str]] = None) -> Optional[str]:
    """Return the command that installs ``libraries`` on this system, or None where it knows none of the commands."""
    for tool, words in _COMMANDS:
        if shutil.which(tool):
            packages = [getattr(library, tool.split("-")[0]) for library in libraries]
            packages += (more_for_apt or []) if tool == "apt-get" else []
            update = "sudo apt-get update && " if tool == "apt-get" else ""
            return "{}sudo {} {}".format(update, words, " ".join(sorted(set(packages), key=packages.index)))
    return None


def why_not(error: BaseException) -> str:
    """Return a sentence on why Qt cannot be loaded, for the ``error`` that its import raised, and what to do."""
    absent = missing()
    if not absent and isinstance(error, ModuleNotFoundError):
        return "{} is not installed: pip install {}.".format(error.name, _package(str(error.name)))
    if not absent:
        return "Qt cannot be loaded: {}.".format(str(error).rstrip("."))
    return remedy(absent)


def remedy(absent: List[Library]) -> str:
    """Return a sentence that names the ``absent`` libraries, and the command that installs them where it is known."""
    named = "Qt needs these libraries, which are missing: {}.".format(", ".join(library.name for library in absent))
    how = command(absent)
    return "{} Install them with\n\n    {}\n".format(named, how) if how else named


def lacking(error: str) -> str:
    """Return what is missing for windows, as part of a sentence, for the ``error`` with which a library of Qt's failed.

    It names one library; all of them that are missing are looked for, so that a person need not start as often.
    """
    name = error.split(":")[0]
    of = WAYLAND if name in [library.name for library in WAYLAND] else BASE + WINDOWS
    absent = [library for library in of if not loads(library.name)]
    if not absent:
        return error
    how = command(absent)
    return "Qt lacks {}{}".format(" and ".join(library.name for library in absent), ": " + how if how else "")


def _package(module: str) -> str:
    """Return what pip calls the package that holds ``module``."""
    return "PySide6-Essentials" if module.split(".")[0] in ("PySide6", "shiboken6") else module.split(".")[0]
