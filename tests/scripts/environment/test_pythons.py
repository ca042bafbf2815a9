"""Which Pythons are found, in which order, and what is said of those that will not do."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from environment import pythons
from environment.pythons import Python

OURS = Python("python", (3, 14), "CPython", 64, False, "linux", "x86_64", "glibc 2.34")
LISTING = """\
 -V:3.16          C:\\Python316\\python.exe
 -V:3.14 *        C:\\Program Files\\Python314\\python.exe
 -3.12-64         C:\\Python312\\python.exe
 -2.7-64          C:\\Python27\\python.exe
"""


def found(monkeypatch: pytest.MonkeyPatch, there: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the versions that are offered where the Pythons in ``there`` start, and no others."""

    def check_output(command: list[str], **_: object) -> bytes:
        if command[1:] == ["-0p"]:
            return LISTING.encode()
        if command[0] not in there:
            raise OSError("it does not start")
        return json.dumps([command[0], there[command[0]], *OURS[2:]]).encode()

    monkeypatch.setattr(subprocess, "check_output", check_output)
    return [python.version for python in pythons.candidates()]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is on the PATH, with Pythons' names in it."""
    for name in ("python3.9", "python3.12", "python3.13", "python3.99", "python3-config", "python3.13-config"):
        (tmp_path / name).touch()
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), str(tmp_path / "nothing")]))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return tmp_path


def test_this_python_is_first_and_then_those_that_are_tried(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {str(path / f"python3.{minor}"): (3, minor) for minor in (9, 12, 13, 99)}
    order = [(3, 13), (3, 12), (3, 99)]
    for this in ((3, 16), (3, 11)):
        assert found(monkeypatch, there | {sys.executable: this}) == [this, *order]
    assert found(monkeypatch, there | {sys.executable: (3, 6)}) == order
    assert found(monkeypatch, {sys.executable: (3, 6), str(path / "python3.12"): (3, 12)}) == [(3, 12)]
    assert found(monkeypatch, {sys.executable: (3, 6)}) == []
    assert pythons.wanted().startswith("needs Python 3.11 or newer, and this is 3.")


def test_on_windows_the_launcher_is_asked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: r"C:\Windows\py.exe" if name == "py" else None)
    there = {r"C:\Program Files\Python314\python.exe": (3, 14), r"C:\Python312\python.exe": (3, 12)}
    assert found(monkeypatch, {sys.executable: (3, 6), r"C:\Python316\python.exe": (3, 16), **there}) == [
        (3, 14),
        (3, 16),
    ]  # the 3.12 that is on the PATH does not start
    (path / "python3.12").unlink()
    assert found(monkeypatch, {sys.executable: (3, 6), **there}) == [(3, 14), (3, 12)]


def test_this_python_is_known_for_what_it_is() -> None:
    python = next(pythons.candidates())
    assert python.version == sys.version_info[:2]
    assert Path(python.path).is_file()
    assert (python.implementation, python.bits) == ("CPython", 64)
    assert pythons.unsuited(python) == ""


@pytest.mark.parametrize(
    ("python", "told"),
    [
        (OURS, ""),
        (
            OURS._replace(release="glibc 2.31"),
            "on x86_64 they need glibc 2.34 or newer, and this system has glibc 2.31",
        ),
        (OURS._replace(processor="aarch64", release="glibc 2.38"), "on aarch64 they need glibc 2.39 or newer"),
        (OURS._replace(processor="aarch64", release="glibc 2.39"), ""),
        (OURS._replace(release="musl"), "they need a Linux with glibc, and this one has musl"),
        (OURS._replace(release=" "), "another C library"),
        (OURS._replace(processor="riscv64"), "processor is of the kind riscv64"),
        (OURS._replace(bits=32, processor="i686"), "this Python has 32 bits"),
        (OURS._replace(implementation="PyPy"), "this is PyPy"),
        (OURS._replace(free_threaded=True), "free-threaded"),
        (OURS._replace(platform="darwin", processor="arm64", release="12.7"), "macOS 13 or newer, and this is 12.7"),
        (OURS._replace(platform="darwin", processor="arm64", release="13.0"), ""),
        (
            OURS._replace(platform="darwin", processor="x86_64", release="13.6", version=(3, 15)),
            "with Python 3.15 they need macOS 14 or newer, and this is 13.6",
        ),
        (OURS._replace(platform="win32", processor="amd64", release=""), ""),
        (OURS._replace(platform="win32", processor="arm64", release=""), ""),
        (OURS._replace(platform="freebsd15", processor="amd64", release=""), ""),
    ],
)
def test_what_the_wheels_need_is_said(python: Python, told: str) -> None:
    said = pythons.unsuited(python)
    assert told in said
    assert bool(said) == bool(told)
