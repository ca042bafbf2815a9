"""``digitpad-window``: what keeps the window from opening is told without a terminal."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from digitpad.desktop import telling, window
from tests.gui import person


def start(home: Path, *arguments: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Start it as a desktop does, with no terminal; ``code`` is run before."""
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    program = "import sys; from digitpad.desktop import telling, window; telling.show_dialog = print"
    return subprocess.run(
        [sys.executable, "-c", f"{program}\n{code}\nsys.exit(window.main())", *arguments],
        env=clean | {"DIGITPAD_HOME": str(home)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_a_file_that_cannot_be_opened_is_told_in_a_dialog_and_a_file(tmp_path: Path) -> None:
    run = start(tmp_path / "new", str(tmp_path / "gone.png"))
    assert run.returncode == 2
    sentence = f"digitpad: {tmp_path / 'gone.png'}: there is no such file."
    assert run.stderr == f"{sentence}\n"
    assert run.stdout.startswith(f"{sentence}\n\nThis is also written in {tmp_path / 'new' / telling.FILE}")
    assert sentence in (tmp_path / "new" / telling.FILE).read_text(encoding="utf-8")


def test_without_qt_it_is_told_how_to_get_it(tmp_path: Path) -> None:
    run = start(tmp_path, code="sys.modules['PySide6'] = None")
    assert run.returncode == 1
    assert "is not installed: pip install PySide6-Essentials." in run.stdout


def test_a_mistake_of_ours_is_a_sentence_in_the_dialog_and_a_report_in_the_file(tmp_path: Path) -> None:
    run = start(tmp_path, code="def fail(): raise ZeroDivisionError('by zero')\nwindow.run = fail")
    assert run.returncode == 1
    assert "digitpad: cannot start (ZeroDivisionError: by zero)." in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert "Traceback" in (tmp_path / telling.FILE).read_text(encoding="utf-8")


def test_where_the_persons_folder_cannot_be_written_the_file_is_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    (tmp_path / "tmp").mkdir()
    place = {"TMPDIR": str(tmp_path / "tmp"), "TEMP": str(tmp_path / "tmp"), "TMP": str(tmp_path / "tmp")}
    run = start(tmp_path / "home", str(tmp_path / "gone.png"), **place)
    (file,) = (tmp_path / "tmp").rglob(telling.FILE)
    assert str(file) in run.stdout
    assert "there is no such file" in file.read_text(encoding="utf-8")


def test_what_a_damaged_installation_lacks_keeps_nothing_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    monkeypatch.delenv("DIGITPAD_HOME")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told: list[str] = []
    path = telling.tell("It cannot start.", show=told.append)
    assert path is not None
    assert path.is_relative_to(tmp_path)
    assert told == [f"It cannot start.\n\nThis is also written in {path}"]

    def missing(*_: object) -> None:
        raise ImportError("no module to write with")

    monkeypatch.setattr(telling, "write_atomically", missing)
    assert telling.tell("It cannot start.", show=told.append) is None
    assert told[1] == "It cannot start.\n\nIt could not be written to a file: no module to write with."


def test_in_a_terminal_the_words_there_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "argv", ["digitpad-window", str(tmp_path / "gone.png")])
    monkeypatch.setattr(telling, "show_dialog", lambda _: pytest.fail("a dialog beside a terminal"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert window.main() == 2
    assert "there is no such file" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_without_standard_streams_as_on_windows_it_works(tmp_path: Path) -> None:
    run = start(tmp_path, str(tmp_path / "gone.png"), code=(
        "import builtins; told = open(sys.argv[1] + '.told', 'w')\n"
        "telling.show_dialog = lambda text: print(text, file=told, flush=True)\n"
        "sys.stdout = sys.stderr = None"
    ))  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (2, "", "")
    assert "there is no such file" in (tmp_path / "gone.png.told").read_text()


def test_what_opens_is_used_and_closed_without_a_word(tmp_path: Path) -> None:
    """The person of tests/gui/person.py, who meets a mistake of ours on the way, too."""
    code = (
        "from unittest.mock import patch; from tests.gui.person import Person; from digitpad.gui import start\n"
        "patch.object(start, 'make_window', Person().meet).start()"
    )
    root = str(Path(person.__file__).parents[2])
    run = start(tmp_path, code=code, PYTHONPATH=root, QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 0
    assert run.stdout == ""
    assert not (tmp_path / telling.FILE).exists()


if sys.platform == "linux":

    def test_without_a_display_there_is_no_showing_at_work(tmp_path: Path) -> None:
        run = start(tmp_path, QT_QPA_PLATFORM="")
        assert run.returncode == 1
        assert "digitpad: no display found." in run.stdout
        assert "Drew" not in run.stdout

    @pytest.mark.parametrize("tool", ["zenity", "kdialog", "xmessage", "notify-send"])
    def test_the_dialog_is_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
        (tmp_path / tool).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/told"\n')
        (tmp_path / tool).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("DISPLAY", ":99")
        telling.show_dialog("digitpad: <b>no</b> display.\nReally")
        told = (tmp_path / "told").read_text()
        plain = {"zenity": "--text=digitpad: <b>no</b>", "xmessage": " digitpad: <b>no</b> display.\nReally"}
        assert plain.get(tool, "&lt;b&gt;no&lt;/b&gt;") in told
        assert tool != "zenity" or "--no-markup" in told

    def test_of_very_much_that_was_said_the_end_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "zenity").write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{tmp_path}/told"\n')
        (tmp_path / "zenity").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("DISPLAY", ":99")
        monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path))
        telling.tell("A warning.\n" * 20_000 + "digitpad: why.")
        assert "A warning.\ndigitpad: why.\n\nThis is also written in" in (tmp_path / "told").read_text()
        (tmp_path / "zenity").write_bytes(b"\x7fELF")  # of another system
        telling.tell("digitpad: why.")


def test_a_text_is_no_script_of_apples(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'x" & (do shell script "true") & "'
    command = telling.dialog(text, "darwin")
    assert command[0] == "osascript"
    assert command[-1] == text
    assert not any(text in part for part in command[:-1])


def test_where_there_is_nothing_to_show_it_with_nothing_is_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert telling.dialog("text", "linux") == []
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert telling.dialog("text", "linux") == []
