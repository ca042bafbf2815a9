"""The command that tells how much of the program the tests went through."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import covered
import pytest


def _file(covered_branches: int, branches: int) -> dict[str, object]:
    return {"summary": {"covered_branches": covered_branches, "num_branches": branches}}


def test_branches_are_counted_inside_and_outside_of_the_window() -> None:
    files = {
        "digitpad/nn/network.py": _file(9, 10),
        "digitpad/cli/gui.py": _file(10, 10),
        "digitpad/gui/app.py": _file(1, 4),
        "digitpad/gui/draw/canvas.py": _file(3, 4),
    }
    assert covered.covered(files) == {"outside gui/": 95.0, "inside gui/": 50.0}


@pytest.mark.parametrize(("pytests_code", "outside", "code"), [(0, 95, 0), (0, 94, 1), (1, 100, 1)])
def test_it_fails_where_tests_do_or_went_through_too_little(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pytests_code: int, outside: int, code: int
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        commands.append(command)
        (option,) = (one for one in command if one.startswith("--cov-report=json:"))
        files = {"digitpad/files.py": _file(outside, 100), "digitpad/gui/app.py": _file(85, 100)}
        Path(option.removeprefix("--cov-report=json:")).write_text(json.dumps({"files": files}), encoding="utf-8")
        return SimpleNamespace(returncode=pytests_code)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["covered.py", "-q"])
    assert covered.main() == code
    (command,) = commands
    assert command[:3] == [sys.executable, "-m", "pytest"]
    assert command[-1] == "-q"
    assert capsys.readouterr().out.splitlines() == [
        f"branches outside gui/: {outside:.1f} % covered, at least 95 % wanted",
        "branches inside gui/: 85.0 % covered, at least 85 % wanted",
    ]
