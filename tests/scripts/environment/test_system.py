"""What a system lacks is installed where that is allowed, and named otherwise; and which Python is taken in the end."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import environment
import pytest
from environment import packages, pythons, system
from environment.problems import NoWheels, Problem
from environment.pythons import Python

from digitpad.gui import libraries
from digitpad.gui.libraries import Library

NOWHERE = (Library("libno-such-thing.so.9", "libno-such-thing9", "no-such-thing-libs", "no-such-thing"),)

OURS = Python("python3.14", (3, 14), "CPython", 64, False, "linux", "x86_64", "glibc 2.41")


@pytest.fixture
def lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without an environment, on a Linux that lacks a library of Qt's and has every command."""
    for name, ending in (("VENV", ""), ("NEW", ".new"), ("OLD", ".old")):
        monkeypatch.setattr(environment, name, str(tmp_path / f".venv{ending}"))
    monkeypatch.setattr(libraries, "BASE", NOWHERE)
    monkeypatch.setattr(libraries, "WINDOWS", ())
    (tmp_path / "a.ttf").touch()
    monkeypatch.setattr(system, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(LOCK_EX=2, LOCK_NB=4, flock=lambda *_: None))
    only_with(monkeypatch, "apt-get", "sudo")
    return tmp_path


def only_with(monkeypatch: pytest.MonkeyPatch, *commands: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in commands else None)


def reason_to_stop() -> str:
    """Start a program in an environment that cannot be made, and return what the person is told."""
    with pytest.raises(SystemExit) as stopped:
        environment.run(["-m", "digitpad"])
    return str(stopped.value)


def test_what_a_bare_debian_lacks_is_named_in_one_command(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    # Neither venv nor sudo without a password.
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 1)
    venv = f"python3.{sys.version_info.minor}-venv"
    command = f"apt-get install -y --no-install-recommends libno-such-thing9 {venv}\n"
    assert command in reason_to_stop()


def test_where_it_is_allowed_they_are_installed(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    commands: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        return int("install" in command)

    monkeypatch.setattr(subprocess, "call", call)
    assert reason_to_stop() == "digitpad: apt-get could not install libno-such-thing9; the lines above say why."
    *_, update, install = commands
    assert (update[0], update[-1]) == ("apt-get", "update")
    assert install[0] == "apt-get"
    assert install[-4:] == ["install", "-y", "--no-install-recommends", "libno-such-thing9"]


@pytest.mark.parametrize(
    ("tool", "how"),
    [
        ("dnf", " Install them with\n\n    sudo dnf install -y no-such-thing-libs\n"),
        ("pacman", " Install them with\n\n    sudo pacman -S --needed no-such-thing\n"),
        ("nothing", ""),
    ],
)
def test_a_library_that_is_not_there_is_named_where_there_is_no_apt(
    lacking: Path, monkeypatch: pytest.MonkeyPatch, tool: str, how: str
) -> None:
    only_with(monkeypatch, tool)
    told = "digitpad: Qt needs these libraries, which are missing: libno-such-thing.so.9."
    assert reason_to_stop() == told + how


def test_too_old_a_python_is_told_so(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "OLDEST", (3, 98))
    monkeypatch.setattr(pythons, "NEWEST", (3, 99))
    monkeypatch.setenv("PATH", str(lacking))
    assert reason_to_stop().startswith("digitpad: needs Python 3.98 or newer, and this is 3.")


def test_where_one_python_has_no_wheels_another_is_taken(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = [OURS._replace(version=(3, 99)), OURS]
    tried: list[tuple[int, int]] = []

    def install(python: str, lock: str, again: bool, made_from: Python) -> None:
        tried.append(made_from.version)
        raise NoWheels("no wheels for 3.99.") if made_from.version == (3, 99) else Problem("the disk is full.")

    monkeypatch.setattr(environment, "install_system_packages", lambda python: None)
    monkeypatch.setattr(pythons, "candidates", lambda: iter(there))
    monkeypatch.setattr(packages, "make_venv", lambda python, folder: os.mkdir(folder))
    monkeypatch.setattr(packages, "install", install)
    assert reason_to_stop() == "digitpad: the disk is full."
    assert tried == [(3, 99), (3, 14)]
    assert not (lacking / ".venv.new").exists()
    there.pop()
    assert reason_to_stop() == "digitpad: no wheels for 3.99."


def test_a_folder_that_qt_cannot_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", os.fsdecode(b"/home/J\xfcrgen"))
    monkeypatch.setattr(os, "fsencode", lambda path: path.encode("utf-8", "surrogateescape"))
    assert "a folder whose name is not written in UTF-8, as that of /home/J\ufffdrgen." in reason_to_stop()


def test_a_running_program_keeps_its_environment(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a folder whose programs run cannot be renamed."""
    (lacking / ".venv").mkdir()
    monkeypatch.setattr(libraries, "BASE", ())
    monkeypatch.setattr(pythons, "candidates", lambda: iter([OURS]))
    monkeypatch.setattr(packages, "make_venv", lambda python, folder: os.mkdir(folder))
    monkeypatch.setattr(packages, "install", lambda *_: None)
    monkeypatch.setattr(packages, "site_packages", lambda python: str(lacking))
    monkeypatch.setattr(environment, "install_system_packages", lambda python: None)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: int(".venv.new" not in command[0]))
    monkeypatch.setattr(os.path, "exists", lambda path: True)

    def rename(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(os, "rename", rename)
    told = reason_to_stop()
    assert "the new packages are ready, but .venv cannot be replaced while a program runs from it." in told
    assert (lacking / ".venv.new" / "digitpad.json").exists()  # the next start need not make it again


@pytest.fixture
def tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment for its tests, but for a browser."""
    (tmp_path / "browser.lock").write_text("# nothing\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    monkeypatch.setattr(environment, "WINDOWS", False)
    monkeypatch.setattr(environment, "SCRIPTS", "bin")
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(environment, "VENV", str(tmp_path / ".venv"))
    locks = {"program": "browser.lock", "tests": "browser.lock", "browser": "browser.lock"}
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(LOCK_EX=2, LOCK_NB=4, flock=lambda *_: None))
    monkeypatch.setattr(os, "execve", lambda *_: sys.exit("started"))
    place = os.fsencode(tmp_path.resolve() / ".venv").decode("latin-1")
    lock = hashlib.sha256(b"# nothing\n").hexdigest()
    (tmp_path / ".venv" / "digitpad.json").write_text(
        json.dumps({"place": place, "program": lock, "python": "python", "tests": lock})
    )
    return tmp_path


def start_tests(capsys: pytest.CaptureFixture[str]) -> str:
    """Start the tests, and return what the person is told before."""
    with pytest.raises(SystemExit, match="started"):
        environment.run(["-m", "pytest"], tests=True)
    return capsys.readouterr().err


def test_a_browser_is_installed_for_the_tests_where_that_is_allowed(
    tested: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there, locks = ["apt-get"], list[str]()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)

    def call(command: list[str], **_: object) -> int:
        there.append(command[-1])
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(packages, "install", lambda python, lock, again: locks.append(lock))
    told = start_tests(capsys)
    assert "Installing Chromium, for the tests that draw in a browser, with apt-get ..." in told
    assert there == ["apt-get", "update", "chromium"]
    assert locks == [str(tested / "browser.lock")]
    assert start_tests(capsys) == ""


def test_without_a_browser_its_tests_are_left_out_until_there_is_one(
    tested: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only_with(monkeypatch)
    assert "The tests that draw in a browser are left out: there is no Chromium." in start_tests(capsys)
    assert start_tests(capsys) == ""
    only_with(monkeypatch, "google-chrome")

    def fail(*_: object, again: bool) -> None:
        raise Problem("the packages could not be installed: there is no connection to the package index.")

    monkeypatch.setattr(packages, "install", fail)
    for _ in range(2):
        assert "are left out: the packages could not be installed: there is no connection" in start_tests(capsys)
