"""What Qt needs of a Linux system, and what to say where it lacks.

Only the standard library, and nothing that a Python 3.6 cannot read, which may be the one that a person has at first.
"""

import ctypes
import re
import shutil
import sys

# The shared libraries that Qt loads, and Debian's packages with them: always, and for windows on X.
BASE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOWS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def trouble() -> "str | None":
    """Return why Qt cannot be loaded and what to do about it, in a sentence; None where it can."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        return f"the window needs PySide6: {sys.executable} -m pip install PySide6-Essentials"
    except ImportError as error:
        named = re.match(r"(lib[^:\s]+\.so[.\d]*):", str(error))
        if named is None:
            return f"Qt cannot be loaded ({error})."
        lacking = [named[1]] + [name for name in missing() if name != named[1]]
        return advice(lacking)
    return None


def missing() -> "list[str]":
    """Return which of the libraries this system cannot load; there are none to look for but on Linux."""
    return [name for name in (*BASE, *WINDOWS) if sys.platform.startswith("linux") and not _loads(name)]


def advice(lacking: "list[str]") -> str:
    """Return what to do where the shared libraries ``lacking`` cannot be loaded."""
    packages = {**BASE, **WINDOWS}
    if shutil.which("apt-get") and all(name in packages for name in lacking):
        return "this system lacks {}; install what lacks with this command, then start again:\n\n    {}\n".format(
            ", ".join(lacking), install_command([packages[name] for name in lacking])
        )
    return "Qt needs these libraries, which are missing: {}.".format(", ".join(lacking))


def install_command(packages: "list[str]") -> str:
    """Return the command with which a person installs Debian's ``packages``."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
