"""How much memory a process has."""

import subprocess
import sys

import pytest
from memory import in_use_mb, peak_mb

from tests.scripts.running import SCRIPTS

_HELD = """
import subprocess, sys
held = b"x" * 300_000_000
child = "from memory import peak_mb; print(peak_mb())"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True).stdout)
"""


def test_the_most_memory_is_the_process_s_own_and_not_that_of_whoever_started_it() -> None:
    run = subprocess.run([sys.executable, "-c", _HELD], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert not float(run.stdout) > 200  # or it is not a number, where the system does not tell
    assert not peak_mb() < 20


@pytest.mark.parametrize(
    ("n", "size", "most"),
    [(1, 20_000_000, 1.5), (200, 100_000, 1.5), (30_000, 600, 2.5), (50_000, 400, 2.0), (200_000, 100, 6.0)],
)
def test_what_is_in_use_is_never_told_too_low_where_the_c_library_tells_it(n: int, size: int, most: float) -> None:
    before = in_use_mb()
    held = [bytes(size) for _ in range(n)]
    after = in_use_mb()
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert 0.95 <= (after - before) / (len(held) * size / 1e6) <= most
