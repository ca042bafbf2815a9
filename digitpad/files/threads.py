"""Threads that begin, or are refused at once: ``Thread``."""

import threading
from mmap import mmap

_ROOM_BYTES = 16 << 20  # for a thread's stack, 8 MiB on many systems, and its beginning


class Thread(threading.Thread):
    """Does as Python's own, which may wait for ever for one to begin.

    That one has a stack and no memory for its first step: it ends, and tells none.
    """

    def start(self) -> None:
        """Begin. Raises RuntimeError or MemoryError where the system has no further thread, or no memory for one."""
        try:
            with mmap(-1, _ROOM_BYTES):  # which takes no page of it, and gives it back
                pass
        except OSError as error:
            raise MemoryError from error
        super().start()
