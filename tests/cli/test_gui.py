"""Where Qt cannot be loaded: the window says why, and all else works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LACKS_EGL = 'raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")'


def digitpad(fake: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run digitpad where a PySide6 is found first of which every part is ``code``."""
    (fake / "PySide6").mkdir()
    (fake / "PySide6" / "__init__.py").touch()
    for part in ("QtCore", "QtGui", "QtWidgets"):
        (fake / "PySide6" / f"{part}.py").write_text(code, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(fake)}
    command = [sys.executable, "-m", "digitpad", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("arguments", [[], ["gui"], ["three.png"]])
def test_a_library_of_the_system_that_lacks_is_named(tmp_path: Path, arguments: list[str]) -> None:
    run = digitpad(tmp_path, LACKS_EGL, *arguments)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("digitpad: Qt ")
    assert "libEGL.so.1" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [('raise ImportError("DLL load failed while importing QtWidgets")', "DLL load failed while importing"),
     ("import shiboken6.nothing_of_the_kind", "pip install PySide6-Essentials")],
)  # fmt: skip
def test_whatever_keeps_qt_from_loading_is_told(tmp_path: Path, code: str, words: str) -> None:
    run = digitpad(tmp_path, code)
    assert (run.returncode, run.stdout) == (1, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_a_mistake_of_ours_is_not_taken_for_a_library(tmp_path: Path) -> None:
    run = digitpad(tmp_path, "from digitpad.errors import NothingOfThisName")
    assert run.returncode == 1
    assert "Traceback" in run.stderr
    assert "NothingOfThisName" in run.stderr


def test_the_other_commands_need_no_qt(tmp_path: Path) -> None:
    run = digitpad(tmp_path, LACKS_EGL, "data")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Built-in digits")
