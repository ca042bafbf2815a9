"""Memory that is free."""

import os
import subprocess
import sys
from pathlib import Path

from digitpad.gui.services.memory import give_back_memory


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


_LARGE_BLOCKS = """
import os
from pathlib import Path
import numpy as np
from digitpad.gui.services.memory import return_large_blocks

def resident():
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")

return_large_blocks()
np.ones(2_000_000, dtype=np.uint8)  # by which the C library would learn to keep what is as large as this
before, kept = resident(), []
blocks = []
for _ in range(100):
    blocks.append(np.ones(1_000_000, dtype=np.uint8))
    kept.append(np.ones(2_000, dtype=np.uint8))  # between them
full = resident()
blocks.clear()
print((full - before) / 1e6, (resident() - before) / 1e6)
"""


def test_large_blocks_go_back_as_soon_as_they_are_free() -> None:
    if sys.platform != "linux":
        return
    run = subprocess.run([sys.executable, "-c", _LARGE_BLOCKS], capture_output=True, text=True, check=True, timeout=60)
    full, left = map(float, run.stdout.split())
    assert full > 90
    assert left < 10
