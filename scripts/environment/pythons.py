"""The Pythons of this machine, and whether the locked packages exist for them.

Which Pythons will do is found out by trying: ``OLDEST`` is what the program is written for, and what is newer than
``NEWEST`` is taken as long as every locked package has a wheel for it. The tables here only explain a failure.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

OLDEST, NEWEST = (3, 11), (3, 15)  # the Pythons that the tests run on, from and to

# What the locked wheels want of the system, as their names say: PySide6's want most.
GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}
PROCESSORS = {"darwin": ("x86_64", "arm64"), "win32": ("amd64", "arm64"), "linux": tuple(GLIBC)}

WHAT = """
import json, platform, struct, sys, sysconfig
libc = " ".join(platform.libc_ver())
if "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE")) + str(sysconfig.get_config_var("SOABI")):
    libc = "musl"
print(json.dumps([
    getattr(sys, "_base_executable", None) or sys.executable,
    list(sys.version_info[:2]),
    platform.python_implementation(),
    struct.calcsize("P") * 8,
    bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    sys.platform,
    platform.machine().lower(),
    platform.mac_ver()[0] if sys.platform == "darwin" else libc,
]))
"""


class Python(NamedTuple):
    """A Python, and the system it runs on."""

    path: str  # of the program itself, not of a virtual environment's
    version: Tuple[int, int]
    implementation: str  # "CPython"
    bits: int
    free_threaded: bool
    platform: str  # as sys.platform
    processor: str  # in small letters, as the system calls it
    release: str  # macOS's version, elsewhere "glibc 2.36" or "musl"


def candidates() -> Iterator[Python]:
    """Yield this Python and then the others there are, those that the tests run on first, if they are new enough."""
    seen = set()
    for path in [sys.executable] + _others():
        python = _what_is(path)
        if python and python.version >= OLDEST and os.path.realpath(python.path) not in seen:
            seen.add(os.path.realpath(python.path))
            yield python


def wanted() -> str:
    """Return the sentence for whoever has no Python that will do."""
    return "needs Python {}.{} or newer, and this is {}.{}. Install {}.{} and start again with it.".format(
        *(OLDEST + tuple(sys.version_info[:2]) + NEWEST)
    )


def unsuited(python: Python) -> str:
    """Return why no package is made for ``python`` or its system, as part of a sentence; empty if nothing is known."""
    if python.implementation != "CPython":
        return "this is {}, and they are made for CPython".format(python.implementation)
    if python.free_threaded:
        return "this Python is a free-threaded one, and they are made for the usual one"
    if python.bits != 64:
        return "this Python has {} bits, and they are made for 64".format(python.bits)
    if python.processor not in PROCESSORS.get(python.platform, (python.processor,)):
        return "this system's processor is of the kind {}, and they are made for {}".format(
            python.processor, " and ".join(PROCESSORS[python.platform])
        )
    if python.platform == "linux":
        return _too_old_a_linux(python.processor, python.release)
    needed = (14,) if python.version >= (3, 15) else (13,)
    if python.platform == "darwin" and _numbers(python.release) < needed:
        version = ".".join(map(str, python.version))
        return "with Python {} they need macOS {} or newer, and this is {}".format(version, needed[0], python.release)
    return ""


def _too_old_a_linux(processor: str, release: str) -> str:
    needed = GLIBC[processor]
    if not release.startswith("glibc"):
        return "they need a Linux with glibc, and this one has {}".format(release.strip() or "another C library")
    if _numbers(release) < needed:
        return "on {} they need glibc {}.{} or newer, and this system has {}".format(
            processor, needed[0], needed[1], release
        )
    return ""


def _numbers(release: str) -> Tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", release)))


def _what_is(path: str) -> Optional[Python]:
    """Return what the Python at ``path`` is, or None if it does not start."""
    # A version manager puts launchers on the PATH for Pythons it will not start: only a run can tell.
    try:
        told = subprocess.check_output(
            [path, "-I", "-c", WHAT], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30
        )
        executable, version, *rest = json.loads(told.decode())
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Python(executable, (version[0], version[1]), *rest)


def _others() -> List[str]:
    """Return the other Pythons that are found by name, each minor version once: the tests' newest first."""
    found: Dict[int, str] = {}
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for name in _names_in(folder):
            match = re.match(r"python3\.(\d+)(\.exe)?$", name)
            if match:
                found.setdefault(int(match.group(1)), os.path.join(folder, name))
    for minor, path in _of_the_launcher():
        found.setdefault(minor, path)
    return [found[minor] for minor in sorted(found, key=lambda minor: (minor <= NEWEST[1], minor), reverse=True)]


def _names_in(folder: str) -> List[str]:
    try:
        return os.listdir(folder or os.curdir)
    except OSError:
        return []


def _of_the_launcher() -> List[Tuple[int, str]]:
    """Return what Windows's ``py`` knows of, where Pythons are not on the PATH: the minor version and the program."""
    launcher = shutil.which("py")
    if not launcher:
        return []
    try:
        listing = subprocess.check_output([launcher, "-0p"], stderr=subprocess.DEVNULL, timeout=30).decode(
            errors="replace"
        )
    except (OSError, subprocess.SubprocessError):
        return []
    # " -V:3.14 *        C:\Python314\python.exe", and before Python 3.11 " -3.10-64        C:\..."
    lines = re.findall(r"^\s*-(?:V:)?3\.(\d+)\S*\s+(?:\*\s+)?(\S.*?)\s*$", listing, flags=re.MULTILINE)
    return [(int(minor), path) for minor, path in lines]
