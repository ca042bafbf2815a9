"""What Qt wants of a Linux system is named, with the command that installs it."""

import shutil

import pytest

from digitpad.gui import libraries
from digitpad.gui.libraries import Library

HERE_NOT = Library("libno-such-thing.so.9", "libno-such-thing9", "no-such-libs", "no-such")
NOR_HERE = Library("libno-other-thing.so.1", "libno-other-thing1", "no-such-libs", "no-such")


def only_with(monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == tool else None)


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        (
            "apt-get",
            "sudo apt-get update && "
            "sudo apt-get install -y --no-install-recommends libno-such-thing9 libno-other-thing1",
        ),
        ("dnf", "sudo dnf install -y no-such-libs"),
        ("pacman", "sudo pacman -S --needed no-such"),
        ("emerge", None),
    ],
)
def test_each_system_has_its_command(monkeypatch: pytest.MonkeyPatch, tool: str, command: str | None) -> None:
    only_with(monkeypatch, tool)
    assert libraries.command([HERE_NOT, NOR_HERE]) == command


def test_all_that_is_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    only_with(monkeypatch, "dnf")
    monkeypatch.setattr(libraries, "WINDOWS", (HERE_NOT, NOR_HERE))
    monkeypatch.setattr(libraries, "BASE", ())
    told = libraries.lacking("libno-such-thing.so.9: cannot open shared object file: No such file or directory")
    assert told == "Qt lacks libno-such-thing.so.9 and libno-other-thing.so.1: sudo dnf install -y no-such-libs"


def test_what_is_not_in_the_list_is_told_as_it_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "loads", lambda name: True)
    assert libraries.lacking("libthird.so.3: cannot open") == "libthird.so.3: cannot open"


def test_without_pyside6_pip_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "missing", list)
    told = libraries.why_not(ModuleNotFoundError("No module named 'PySide6'", name="PySide6"))
    assert told == "PySide6 is not installed: pip install PySide6-Essentials."
