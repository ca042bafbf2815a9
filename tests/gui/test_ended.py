"""Signals that ask the program to end close the window as a person does, whatever is under way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui import ended

NAMES = [name for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]

OTHERS = "drawing", "a page that fails", "a class on a full disk"  # which have tests of their own


def end(home: Path, folder: Path, name: str, at: str) -> subprocess.CompletedProcess[str]:
    """Run digitpad until the signal ``name`` ends it ``at`` a situation."""
    variables = os.environ | {"DIGITPAD_HOME": str(home), "DIGITPAD_MNIST": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", ended.__name__, name, at]
    run = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=100)
    assert run.stdout.startswith("sent\n"), run.stderr
    assert run.returncode == 128 + signal.Signals[name], run.stderr
    assert (home / "settings.json").exists()  # closed, and not merely ended
    return run


@pytest.mark.parametrize("name", NAMES)
def test_each_signal_closes_the_window(tmp_path: Path, folder: Path, name: str) -> None:
    assert end(tmp_path, folder, name, "drawing").stderr == ""


@pytest.mark.parametrize("at", [at for at in ended.SITUATIONS if at not in OTHERS])
def test_it_closes_whatever_is_under_way(tmp_path: Path, folder: Path, at: str) -> None:
    assert "Traceback" not in end(tmp_path, folder, "SIGTERM", at).stderr


def test_what_a_class_drew_and_a_full_disk_did_not_take_is_in_the_log(tmp_path: Path, folder: Path) -> None:
    lost = "Lost as the window closed: 1 drawing of the class. The disk is full.\n"
    run = end(tmp_path, folder, "SIGTERM", "a class on a full disk")
    assert run.stderr == lost  # also where the log cannot be written
    assert (tmp_path / "digitpad.log").read_text(encoding="utf-8").endswith(lost)


def test_a_page_that_fails_is_told_and_the_program_goes_on(tmp_path: Path, folder: Path) -> None:
    run = end(tmp_path, folder, "SIGTERM", "a page that fails")
    assert run.stderr.count("Traceback") == 1
    assert "in showEvent" in run.stderr
    assert "IndexError" in run.stderr
    assert "IndexError" in (tmp_path / "digitpad.log").read_text(encoding="utf-8")
