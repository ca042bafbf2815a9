"""How much memory a process has."""

import subprocess
import sys

from memory import peak_mb

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
