"""A thread where memory is scarce."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCARCE = """
import resource
import threading
from pathlib import Path

from digitpad.files.threads import Thread

threading.stack_size(1 << 20)
_, most = resource.getrlimit(resource.RLIMIT_AS)
refused = []
for kilobytes in [*range(900, 1700, 8), 1 << 17]:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + 1024 * kilobytes, most))
    try:
        thread = Thread(target=lambda: None)
        thread.start()
        thread.join()
        refused.append(False)
    except (RuntimeError, MemoryError):
        refused.append(True)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
print(refused[0], refused[-1])
"""


def test_where_memory_ends_with_the_beginning_of_one_nobody_waits_for_it() -> None:
    if sys.platform != "linux":  # only there a test can set how much memory there is
        return
    run = subprocess.run([sys.executable, "-c", SCARCE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (run.stdout, run.stderr) == ("True False\n", "")
