"""A lock on a folder that ends with the process, by whatever that ends."""

import os
import sys
from pathlib import Path
from typing import IO

from digitpad.files.reading import refuse_others

NAME = "lock"  # of the file that is locked, in the folder


def locked(folder: Path) -> IO[bytes] | None:
    """Return the lock file of ``folder``, open and locked until it is closed.

    None where another process has it, it is being removed, or it is no file.
    """
    path = folder / NAME
    try:
        refuse_others(path)
        file = path.open("ab")
    except OSError:
        return None
    try:
        _lock(file)
        if os.path.samestat(path.stat(), os.fstat(file.fileno())):
            return file
    except OSError:
        pass
    file.close()
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        """Lock ``file`` until it is closed or the process ends. Raises OSError where another has it locked."""
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        """Lock ``file`` until it is closed or the process ends. Raises OSError where another has it locked."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
