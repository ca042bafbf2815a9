"""What the program survives: mistakes inside it, files of strangers, kills, long use. Each fault in its own process."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.probes import all_faults, fault
from benchmarks.rows import Row

_SCRIPTS = Path(__file__).parents[1]
_PROGRAM = ["-W", "error", "-m", "benchmarks.programs.fault"]
_AT_ONCE = 2


@dataclass(frozen=True)
class Fate(Row):
    """What became of the program at a fault: ``why`` it was not survived, "" where it was."""

    why: str = ""

    def __str__(self) -> str:
        """Return the row as a line to be read."""
        return f"{self.what}: " + (f"NOT survived: {self.why}" if self.why else "survived")


def measure() -> Iterator[Row]:
    """Bring about each fault and tell what became of it; last, how many were survived."""
    faults = all_faults()
    survived = 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for fate in pool.map(fate_of, faults):
            survived += not fate.why
            yield fate
    yield Row("faults survived", {"survived": survived, "of": len(faults)})


def fate_of(name: str) -> Fate:
    """Bring about the fault with this name."""
    with tempfile.TemporaryDirectory(prefix="digitpad-fault-", ignore_cleanup_errors=True) as folder:
        began = perf_counter()
        why = _why(name, Path(folder))
        return Fate(name, {"survived": int(not why), "s": perf_counter() - began}, why)


def _why(name: str, folder: Path) -> str:
    seconds = fault(name).seconds
    variables = {key: value for key, value in os.environ.items() if key != "DIGITPAD_MNIST"}
    home = folder / "home"
    variables |= {"DIGITPAD_HOME": str(home), "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *_PROGRAM, name, str(folder)]
    process = subprocess.Popen(
        command, cwd=_SCRIPTS, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)  # and what it started
        process.communicate()
        return f"not over after {seconds:.0f} s"
    lines = [line for line in output.splitlines() if line.strip()] or ["without a word"]
    if process.returncode == 0:
        return ""
    if process.returncode == 3 and lines[-1].startswith("why: "):
        return lines[-1].removeprefix("why: ")
    died = signal.Signals(-process.returncode).name if process.returncode < 0 else f"exit code {process.returncode}"
    return f"{died}: {lines[-1]}"
