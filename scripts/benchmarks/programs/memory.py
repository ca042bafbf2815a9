"""How much memory this process has taken: ``peak``."""

import sys
from pathlib import Path


def peak() -> float:
    """Return the most memory that this process held so far, in MB; not a number on Windows, which is not asked."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes
    # Linux's getrusage counts what the parent held before this program began as its own.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
