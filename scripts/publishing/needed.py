"""Which of the libraries that PyInstaller finds the folder needs. Read by digitpad.spec, in PyInstaller's process."""

import re
import sys
from pathlib import Path

from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]  # its place in the folder, the file it is made from, and PyInstaller's word for its kind

# Qt's translations, as the program speaks English only, and plugins for what it does not do: the network, screens
# without a window system, kiosks and cars, Vulkan.
_UNUSED = re.compile(
    r"PySide6/(Qt/)?(translations/|plugins/("
    r"egldeviceintegrations|generic|networkinformation|tls"
    r"|platforms/[^/]*(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|direct2d)"
    r"|wayland-shell-integration/[^/]*(fullscreen|ivi|qt|wl)-shell"
    r"|wayland-graphics-integration-client/[^/]*(vulkan|drm-egl|shm-emulation)"
    r"))"
    r"|PySide6/opengl32sw"
)
_OF_QT = re.compile(r"PySide6/Qt/lib/")


def needed(entries: list[Entry]) -> list[Entry]:
    """Return the ``entries`` without what is never used.

    On Linux that includes the libraries of the system that only Qt needs: they belong together and to the system's
    graphics drivers, and a part of them from another system keeps the rest from working. ``gui/libraries.py`` tells a
    person which are missing.
    """
    entries = [entry for entry in entries if not _UNUSED.match(_place(entry))]
    if sys.platform != "linux":
        return entries
    entries = _without_the_systems(entries)
    used = {name for entry in entries if not _OF_QT.match(_place(entry)) for name in _loaded(entry)}
    entries = [entry for entry in entries if not _OF_QT.match(_place(entry)) or Path(entry[0]).name in used]
    places = {_place(entry) for entry in entries}
    return [entry for entry in entries if entry[2] != "SYMLINK" or _leads_to(entry) in places]


def _without_the_systems(entries: list[Entry]) -> list[Entry]:
    ours = (sys.prefix, sys.base_prefix)
    of_python = {
        name for entry in entries for name in _loaded(entry)
        if "lib-dynload" in entry[1] or Path(entry[0]).name.startswith("libpython")
    }  # fmt: skip

    def stays(entry: Entry) -> bool:
        name = Path(entry[0]).name
        return entry[2] != "BINARY" or entry[1].startswith(ours) or name in of_python or name.startswith("libpython")

    return [entry for entry in entries if stays(entry)]


def _loaded(entry: Entry) -> set[str]:
    """Return the names of the libraries that a library loads, and of those that these load."""
    if entry[2] not in ("BINARY", "EXTENSION"):
        return set()
    return {Path(name).name for name, _ in get_imports(entry[1])}


def _place(entry: Entry) -> str:
    return entry[0].replace("\\", "/")


def _leads_to(entry: Entry) -> str:
    """Return the place that a link leads to, which is told from where it lies."""
    return (Path(entry[0]).parent / entry[1]).as_posix()
