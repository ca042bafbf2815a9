"""How much memory this process has and may have."""

import ctypes
import os
import sys
from pathlib import Path

_OBJECT_MB = 512e-6  # the most that an object takes in Python's own blocks; larger ones are the C library's


def resident_mb() -> float | None:
    """Return how much memory this process has, in MB; None where the system does not tell."""
    return sum(_resident_mb()) if sys.platform == "linux" else None


def own_mb() -> float | None:
    """Return the same without what is of files, which the system takes back when another program needs room."""
    return _resident_mb()[0] if sys.platform == "linux" else None


def _resident_mb() -> tuple[float, float]:
    """Return how much memory is this process's own, and how much is of files."""
    with open("/proc/self/statm", encoding="ascii") as file:
        _, resident, of_files, *_ = map(int, file.read().split())
    page_mb = os.sysconf("SC_PAGE_SIZE") / 1e6
    return (resident - of_files) * page_mb, of_files * page_mb


def in_use_mb() -> float | None:
    """Return how much memory this process has in use, rather too much than too little, in MB; the free is left out.

    That is what the C library gave out, each of Python's objects as if it took the most that it can in Python's own
    blocks, and what is of files; not the stacks of threads. None where the C library does not tell. What is free goes
    back to the system only by whole pages: how much of it stays differs by 10 MB from one minute to another.
    """
    tell = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if tell is None:
        return None
    tell.restype = _Mallinfo2
    told = tell()
    of_c_library: int = told.uordblks + told.hblkhd
    return of_c_library / 1e6 + sys.getallocatedblocks() * _OBJECT_MB + _resident_mb()[1]


class _Mallinfo2(ctypes.Structure):
    """What malloc.h calls so: bytes, and numbers of blocks."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
        )
    ]  # fmt: skip


def peak_mb() -> float:
    """Return the most memory this process ever had, in MB; not a number where the system does not tell."""
    if sys.platform == "win32":
        return float("nan")
    if sys.platform == "linux":  # whose getrusage counts what the parent held before this program began
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def limit(addresses: int = 12 << 30) -> None:
    """Let this process have so many bytes of addresses at most, where that can be said: other programs live, too."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
