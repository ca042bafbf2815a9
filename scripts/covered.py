"""Run the tests and tell how much of the program they went through: what ``scripts/test.py --cov`` does.

    python covered.py [arguments for pytest]

Counted are branches: wherever there is more than one way to go on, each way. It fails where the tests do, or where they
went through less than what is ``WANTED``, in per cent, of digitpad/gui or of the rest.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
WANTED = {"outside gui/": 95.0, "inside gui/": 85.0}


def main() -> int:
    """Run pytest with the arguments of the command line; return its exit code, or 1 where too little was covered."""
    with tempfile.TemporaryDirectory(prefix="digitpad-covered-") as folder:
        report = Path(folder) / "report.json"
        options = ["--cov=digitpad", "--cov-branch", f"--cov-report=json:{report}"]
        variables = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "data")}
        command = [sys.executable, "-m", "pytest", *options, *sys.argv[1:]]
        code = subprocess.run(command, cwd=_ROOT, env=variables).returncode
        if not report.exists():
            return code or 1
        shares = covered(json.loads(report.read_text(encoding="utf-8"))["files"])
    for part, share in shares.items():
        print(f"branches {part}: {share:.1f} % covered, at least {WANTED[part]:g} % wanted")
    return code or int(any(share < WANTED[part] for part, share in shares.items()))


def covered(files: Mapping[str, Any]) -> dict[str, float]:
    """Return how many per cent of the branches were covered, by part, as coverage.py reports ``files`` by path."""
    shares = {}
    for part in WANTED:
        inside = part.startswith("inside")
        those = [one["summary"] for path, one in files.items() if ("gui" in Path(path).parts) == inside]
        ways = sum(summary["num_branches"] for summary in those)
        shares[part] = 100 * sum(summary["covered_branches"] for summary in those) / max(ways, 1)
    return shares


if __name__ == "__main__":
    sys.exit(main())
