"""Run a script as a person does."""

import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"


def script(name: str, *arguments: object, where: Path = SCRIPTS) -> subprocess.CompletedProcess[str]:
    """Run the script and return what it printed, and its exit code."""
    command = [sys.executable, str(where / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100)
