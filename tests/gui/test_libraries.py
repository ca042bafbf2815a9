"""Where Qt cannot be loaded: the window says what lacks, and all else works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.gui import libraries

ROOT = Path(__file__).parents[2]
LACKS_EGL = 'raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")'


def digitpad(fake: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run digitpad where another PySide6 is found first: QtWidgets is ``code``, QtCore is as good as empty."""
    (fake / "PySide6").mkdir()
    (fake / "PySide6" / "__init__.py").touch()
    (fake / "PySide6" / "QtWidgets.py").write_text(code, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(fake)}
    command = [sys.executable, "-m", "digitpad", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_library_of_the_system_that_lacks_is_named(tmp_path: Path) -> None:
    run = digitpad(tmp_path, LACKS_EGL)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("digitpad: ")
    assert "libEGL.so.1" in run.stderr
    assert "Traceback" not in run.stderr
    if shutil.which("apt-get"):
        assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1" in run.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [('raise ImportError("libunheard-of.so.7: cannot open shared object file")', "libunheard-of.so.7"),
     ('raise ImportError("DLL load failed while importing QtWidgets")', "Qt cannot be loaded (DLL load failed"),
     ("import shiboken6.nothing_of_the_kind", "-m pip install PySide6-Essentials")],
)  # fmt: skip
def test_whatever_keeps_qt_from_loading_is_told(tmp_path: Path, code: str, words: str) -> None:
    run = digitpad(tmp_path, code, "gui")
    assert (run.returncode, run.stdout) == (1, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_without_pyside6_what_to_install_is_told() -> None:
    code = "import sys; sys.modules['PySide6'] = None; from digitpad.cli import main; sys.exit(main([]))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert run.stderr == f"digitpad: the window needs PySide6: {sys.executable} -m pip install PySide6-Essentials\n"


def test_a_mistake_of_ours_is_not_taken_for_a_library(tmp_path: Path) -> None:
    run = digitpad(tmp_path, "import nothing_of_this_name")
    assert run.returncode == 1
    assert "ModuleNotFoundError: No module named 'nothing_of_this_name'" in run.stderr


def test_the_other_commands_need_no_qt(tmp_path: Path) -> None:
    run = digitpad(tmp_path, LACKS_EGL, "data")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Built-in digits")


def test_where_qt_loads_there_is_no_trouble() -> None:
    assert libraries.trouble() is None


def test_without_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert libraries.advice(["libGL.so.1"]) == "Qt needs these libraries, which are missing: libGL.so.1."
