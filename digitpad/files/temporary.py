"""Temporary files: their names say who writes them, and those of a process that was killed are removed."""

import contextlib
import functools
import os
import re
import secrets
import shutil
import sys
import threading
import time
import zlib
from pathlib import Path

_OLD_S = 6 * 3600.0  # nobody writes a file for as long
# Names of temporary files, of earlier versions too.
_LEFT = re.compile(
    r"\.digitpad-(?:(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,9})-)?(?:[0-9a-f]{16}|[a-z0-9_]{8})"
    r"|\.(?:settings\.json|(?:train|t10k)-(?:images-idx3|labels-idx1)-ubyte\.gz)\.[a-z0-9_]{8}"
    r"|\.\d{6,}\.png\.part"
)
_swept: set[Path] = set()  # folders
_sweeping = threading.Lock()


def temporary_in(folder: Path) -> Path:
    """Return a new name in ``folder`` that says whose it is; nothing of the file that is to be, whose may be long."""
    return folder / f".digitpad-{_machine()}-{os.getpid()}-{secrets.token_hex(8)}"


def is_temporary(name: str) -> bool:
    """Whether a file of this name is a temporary one of the program's, whoever writes it or wrote it."""
    return _LEFT.fullmatch(name) is not None


def sweep_once(folder: Path) -> None:
    """Remove what killed processes of this program have left in ``folder``, the first time this one writes there."""
    with _sweeping:  # whoever else is about to write there waits, lest it be taken for one of before
        if folder in _swept:
            return
        _swept.add(folder)
        sweep(folder, _LEFT)


def sweep(folder: Path, names: re.Pattern[str]) -> None:
    """Remove this person's files and folders in ``folder`` with such names that nobody writes any more.

    Those are of some hours ago, or of a process that is gone, where the name has its ``machine`` and ``process``.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = names.fullmatch(entry.name)
            if not match or entry.is_symlink():
                continue
            of = match.groupdict()
            with contextlib.suppress(OSError):
                if _is_left(entry.stat(follow_symlinks=False), **of):
                    if entry.is_file():
                        os.unlink(entry)
                    elif of.get("machine"):  # earlier versions made no folders
                        shutil.rmtree(entry)


def _is_left(status: os.stat_result, machine: str | None = None, process: str | None = None) -> bool:
    """Whether a temporary file is this person's, and nobody writes it any more."""
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return False
    if machine == _machine() and process and not _lives(int(process)):
        return True
    return time.time() - status.st_mtime > _OLD_S


def _lives(process: int) -> bool:
    """Whether another process of this number is there; always where the system cannot be asked without harm."""
    if sys.platform == "win32":
        return True
    if process == os.getpid():  # one of before, as containers count from 1 each time
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


@functools.cache
def _machine() -> str:
    """Return a few letters that tell this machine from others that write into the same folder."""
    from platform import node

    return f"{zlib.crc32(os.fsencode(node())):08x}"
