"""The program as a person starts it: its real window, with settings and drawings that last."""

import json
import os
import subprocess
import sys
from pathlib import Path

import digitpad
from tests.gui import person


def start(home: Path, umask: int = -1) -> dict[str, object]:
    """Start the program, under another ``umask`` if one is given, let a person use it, and return what was seen."""
    variables = os.environ | {"DIGITPAD_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    variables["PYTHONDONTWRITEBYTECODE"] = "1"  # or what Python makes of these sources is under that umask, too
    command = [sys.executable, person.__file__]
    run = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=100, umask=umask)
    assert run.returncode == 0, run.stderr
    # The mistake that was met, for a developer, and nothing else.
    assert run.stderr.startswith("Traceback")
    assert run.stderr.endswith("ZeroDivisionError: by zero\n")
    assert run.stderr.count("Traceback") == 1
    seen = json.loads(run.stdout)
    assert isinstance(seen, dict)
    return seen


def test_a_digit_is_drawn_read_and_kept_and_the_next_start_knows_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first, second = start(home), start(home)
    assert first == {
        "package": digitpad.__file__,
        "shown": True,
        "size": first["size"],
        "answer": "3",
        "report": "Kept as a 3. You have kept 1 so far.",
        "told": ["Something went wrong inside digitpad (by zero). Your drawing is safe."],
    }
    assert (home / "digitpad.log").read_text(encoding="utf-8").count("ZeroDivisionError: by zero") == 2
    assert second == first | {"size": list(person.SIZE), "report": "Kept as a 3. You have kept 2 so far."}
    assert first["size"] != second["size"]


def test_the_person_may_use_what_is_kept_though_the_umask_forbids_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert start(home, umask=0o777)["report"] == "Kept as a 3. You have kept 1 so far."
    if sys.platform == "win32":  # where files have no owner's rights
        return
    modes = {path.stat().st_mode & 0o777 for path in [home, *home.rglob("*")] if path.is_dir()}
    assert modes == {0o700}
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()} == {0o600}
