"""Programs that are measured in a process of their own: ``numbers_of`` runs one."""

import subprocess
import sys
from pathlib import Path

_SCRIPTS = Path(__file__).parents[1]


def numbers_of(program: str, *arguments: str) -> list[float]:
    """Run scripts/benchmarks/programs/``program``.py, where a warning is an error; return the numbers it prints.

    Raises CalledProcessError when it fails; why has been printed then.
    """
    command = [sys.executable, "-W", "error", "-m", f"benchmarks.programs.{program}", *arguments]
    run = subprocess.run(command, cwd=_SCRIPTS, stdout=subprocess.PIPE, text=True, check=True)
    return [float(number) for number in run.stdout.split()]
