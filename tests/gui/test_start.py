"""Starting the program, with and without a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from digitpad.gui import start as starting
from digitpad.gui.services import picture_file
from digitpad.gui.window.main_window import MainWindow

ROOT = Path(__file__).parents[2]


def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run digitpad as a person would, with nothing in the environment but ``variables`` that says where to show."""
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in places} | variables
    command = [sys.executable, "-m", "digitpad", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_without_a_display_it_says_so_and_shows_itself_at_work(tmp_path: Path) -> None:
    run = start(TMPDIR=str(tmp_path), QT_SCALE_FACTOR="2")
    assert run.returncode == 0, run.stderr
    assert "no display" in run.stdout
    assert "The window says: 3" in run.stdout
    (shot,) = tmp_path.glob("*.png")
    assert str(shot) in run.stdout
    assert QImage(str(shot)).width() == 2200  # sharp at 200 %: twice the pixels, not larger ones


@pytest.mark.parametrize("display", ["", ":991", "no.such.host.invalid:0", ":x", "nonsense"])
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    assert not starting.has_display()


def test_a_bad_network_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "missing.safetensors"
    run = start("--model", str(file), QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 2
    assert run.stderr == f"digitpad: {file}: there is no such file.\n"


def test_a_picture_on_the_command_line_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.png"
    paper = QImage(100, 100, QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFF)
    for y in range(20, 80):
        for x in range(47, 54):
            paper.setPixel(x, y, 0x202020)
    paper.save(str(file))
    run = start(str(file), TMPDIR=str(tmp_path))
    assert run.returncode == 0, run.stderr
    assert "The window says: 1." in run.stdout


def test_a_bad_picture_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_text("no picture")
    run = start(str(file), QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 2
    assert run.stderr == f"digitpad: {file}: this is not a PNG, JPEG or BMP picture.\n"


def test_starting_loads_nothing_that_is_not_needed_yet() -> None:
    code = (
        "import sys; from digitpad.gui import start; "
        "late = 'pyqtgraph', 'digitpad.draw.photo', "
        "'digitpad.data.formats.opening', 'digitpad.data.store', 'requests'; "
        "print([name for name in late if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_mistake_of_ours_is_told_in_a_sentence_too(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def mistake(path: Path) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(picture_file, "ink_of_file", mistake)
    with qtbot.captureExceptions() as exceptions:
        window.opening.open_picture(tmp_path / "three.png")
        qtbot.waitUntil(lambda: bool(exceptions))
    starting.reporter(window)(*exceptions[0])
    assert "Something went wrong inside digitpad (by zero)" in window.notice.label.text()
    assert "ZeroDivisionError" in capsys.readouterr().err
