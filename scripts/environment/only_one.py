"""One start at a time makes the environment."""

import errno
import sys
from contextlib import contextmanager
from typing import IO, Iterator

from environment.saying import say


@contextmanager
def only_one(path: str) -> Iterator[None]:
    """Wait until no other start holds the lock on the file at ``path``, which is made if need be, and hold it.

    The system lets go of it if this process dies. Where it knows no locks, as on some network drives, nobody waits.
    """
    with open(path, "w") as file:
        if not _lock(file, wait=False):
            say("Another start is making the environment: waiting for it ...")
            while not _lock(file, wait=True):
                pass
        yield


def _lock(file: IO[str], wait: bool) -> bool:
    """Lock ``file`` and return True, also where that cannot be done; False if another holds it."""
    held = (errno.EDEADLK,) if wait else (errno.EACCES, errno.EAGAIN)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # waits for ten seconds
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in held
    return True
