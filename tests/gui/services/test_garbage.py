"""Memory that is free."""

import os
import sys
from pathlib import Path

from digitpad.gui.services.garbage import give_back_memory


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_memory_that_is_free_goes_back_to_the_system() -> None:
    if sys.platform != "linux":
        give_back_memory()
        return
    blocks = [bytes(4000) for _ in range(20_000)]
    kept = blocks[::500]  # so that what is free lies between what is not
    full = _resident_bytes()
    del blocks
    give_back_memory()
    assert full - _resident_bytes() > 40e6
    assert len(kept) == 40
