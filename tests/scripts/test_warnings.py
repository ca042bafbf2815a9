"""A warning ends a script, as an error does: nobody reads what scrolls by."""

import subprocess
import sys

import pytest

from tests.scripts.running import SCRIPTS

WITHOUT = "covered.py"  # which test.py starts, and which starts pytest, with filters of its own


@pytest.mark.parametrize("name", sorted(path.name for path in SCRIPTS.glob("*.py")))
def test_what_is_run_by_itself_enters_the_environment_first(name: str) -> None:
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    if 'if __name__ == "__main__":' in text and name != WITHOUT:
        begins = next(line for line in text.split('"""', 2)[2].splitlines() if line.startswith(("import", "from")))
        assert begins == "import environment"
        then = text.split("import environment\n", 1)[1]
        assert then.startswith(("\nenvironment.enter()\n", "\nenvironment.enter(tests=True)"))


def test_a_warning_ends_a_script() -> None:
    lines = "import environment", "environment.enter()", "import numpy as np", "np.log(np.zeros(1))", "print('went on')"
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=SCRIPTS, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-1].startswith("RuntimeWarning: divide by zero")
