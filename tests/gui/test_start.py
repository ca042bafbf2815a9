"""Starting the program, with and without a display."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.gui import display
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.sitting import Place, Sitting, claim_all
from tests import digits
from tests.threads import refuse_threads

ROOT = Path(__file__).parents[2]
PLACES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE")


def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run digitpad as a person would, with nothing in the environment but ``variables`` that says where to show."""
    environment = {name: value for name, value in os.environ.items() if name not in PLACES} | variables
    command = [sys.executable, "-m", "digitpad", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_without_a_display_it_says_so_and_shows_itself_at_work(tmp_path: Path) -> None:
    run = start(TMPDIR=str(tmp_path), QT_SCALE_FACTOR="2")
    assert run.returncode == 0, run.stderr
    assert "no display" in run.stdout
    assert "The window says: 3" in run.stdout
    assert "Drew a 3 with the mouse." in run.stdout
    (shot,) = tmp_path.glob("*/*.png")
    assert str(shot) in run.stdout
    assert QImage(str(shot)).width() == 2200  # sharp at 200 %: twice the pixels, not larger ones


def test_each_screenshot_has_a_place_of_its_own(tmp_path: Path) -> None:
    """Whoever shares the folder for temporary files can neither foresee it nor look into it."""
    for _ in range(2):
        assert start(TMPDIR=str(tmp_path)).returncode == 0
    folders = [shot.parent for shot in tmp_path.glob("*/*.png")]
    assert len(set(folders)) == 2
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in folders)


def test_where_no_screenshot_can_be_written_the_answer_is_told(tmp_path: Path) -> None:
    code = (
        "import sys, tempfile; from digitpad.cli import main\n"
        "def full(**_): raise OSError(28, 'No space left on device')\n"
        "tempfile.mkdtemp = full; sys.exit(main([]))"
    )
    variables = {name: value for name, value in os.environ.items() if name not in PLACES}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "The window says: 3" in run.stdout
    assert run.stdout.endswith("The screenshot could not be written: No space left on device.\n")


@pytest.fixture
def mute() -> Iterator[str]:
    """The display of an X server that lets everyone in and never says a word."""
    for number in range(900, 1000):
        try:
            server = socket.create_server(("127.0.0.1", 6000 + number))
        except OSError:
            continue
        with server:
            yield f"127.0.0.1:{number}"
        return


@pytest.fixture
def dead_socket(tmp_path: Path) -> str:
    """The path of a socket that nobody listens on any more, as a compositor leaves it that has died."""
    path = str(tmp_path / "wayland-0")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
    return path


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing says where to show; set more, and it is put back afterwards."""
    for name in PLACES:
        monkeypatch.setenv(name, "")  # put back also where the program sets it itself
        monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize(
    "variables",
    [
        {"DISPLAY": ":991"},
        {"DISPLAY": "no.such.host.invalid:0"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":x", "XDG_SESSION_TYPE": "wayland"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":991"},
        {"QT_QPA_PLATFORM": "xcb:some=option"},
        {"QT_QPA_PLATFORM": "no-such-platform"},
    ],
)
def test_a_display_that_cannot_be_used_is_none(no_display: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name, value in variables.items():
        no_display.setenv(name, value)
    assert str(display.choose()).startswith("no display found (")


def test_the_program_starts_off_screen_though_another_platform_is_named() -> None:
    assert_shown_at_work(start(QT_QPA_PLATFORM="wayland;xcb", DISPLAY=":991", XDG_SESSION_TYPE="wayland"))


def test_a_dead_compositor_is_no_display(no_display: pytest.MonkeyPatch, dead_socket: str) -> None:
    assert_shown_at_work(start(WAYLAND_DISPLAY=dead_socket))
    no_display.setenv("WAYLAND_DISPLAY", dead_socket)
    no_display.setenv("QT_QPA_PLATFORM", "wayland")
    assert display.choose() == "no display found (the Wayland display cannot be reached)"


def test_where_the_system_has_no_thread_to_ask_in_it_is_asked_all_the_same(no_display: pytest.MonkeyPatch) -> None:
    no_display.setenv("DISPLAY", ":991")
    refuse_threads(no_display)
    assert str(display.choose()).startswith("no display found (")


def test_a_display_that_does_not_answer_is_not_waited_for(mute: str) -> None:
    run = start(DISPLAY=mute)
    assert_shown_at_work(run)
    assert "the display does not answer" in run.stdout


def test_what_qt_is_told_to_use_is_tried_and_then_what_is_there(no_display: pytest.MonkeyPatch) -> None:
    no_display.setattr(sys, "platform", "linux")
    no_display.setenv("QT_QPA_PLATFORM", "no-such-platform;offscreen")
    assert display.choose() is None
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def assert_shown_at_work(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("digitpad: no display found")
    assert "The window says: 3." in run.stdout


def test_a_bad_network_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "missing.safetensors"
    run = start("--model", str(file), QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 2
    assert run.stderr == f"digitpad: {file}: there is no such file.\n"


def _write_one(file: Path) -> None:
    """Write a picture of a 1 on white paper."""
    paper = QImage(100, 100, QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFF)
    for y in range(20, 80):
        for x in range(47, 54):
            paper.setPixel(x, y, 0x202020)
    paper.save(str(file))


def test_a_picture_on_the_command_line_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.png"
    _write_one(file)
    run = start(str(file), TMPDIR=str(tmp_path))
    assert run.returncode == 0, run.stderr
    assert f"Opened the picture {file}. The window says: 1." in run.stdout
    assert "Drew" not in run.stdout


def test_a_folder_of_mnist_that_is_not_there_is_told(tmp_path: Path) -> None:
    run = start(TMPDIR=str(tmp_path), DIGITPAD_MNIST=str(tmp_path / "nowhere"))
    assert run.returncode == 0
    assert run.stderr == f"digitpad: {tmp_path / 'nowhere'}: there is no such folder, though DIGITPAD_MNIST names it.\n"


def test_a_bad_picture_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_text("no picture")
    run = start(str(file), QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 2
    assert run.stderr == f"digitpad: {file}: this is not a PNG, JPEG, BMP, GIF, WebP or TIFF picture.\n"


LOOK = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from digitpad.cli import main
from digitpad.gui.window.main_window import MainWindow

def look(app):
    (window,) = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow)]
    while window.recovery.busy:
        app.processEvents()
    print(len(window.draw.canvas.drawing.strokes), window.session.path and window.session.path.name,
          window.isWindowModified(), window.offer.isVisible())
    window.close()
    return 0

QApplication.exec = look
raise SystemExit(main({arguments!r}))
"""


def test_it_opens_as_it_was_left_but_with_the_network_that_is_given(tmp_path: Path) -> None:
    drawing = Drawing((Stroke(np.full((2, 3), 0.5), 0.05),))
    mine, given = Model(Network([784, 10], seed=1)), tmp_path / "given.safetensors"
    model_file.save(given, mine)
    place = Place.new(tmp_path / "sittings")
    made = Made.of_model(mine)
    place.keep(Sitting(drawing, network=made, made=(made,)), closed=True)
    place.leave()

    def seen(*arguments: str) -> str:
        code = LOOK.format(arguments=list(arguments))
        variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DIGITPAD_HOME": str(tmp_path)}
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    assert seen() == "1 None True False"
    assert seen("--model", str(given)) == "1 given.safetensors False False"
    assert seen() == "1 given.safetensors False False"
    (kept,) = claim_all(tmp_path / "sittings")
    assert kept.state.others == 1  # and the other one is among those of this sitting
    kept.leave()


OPENED = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from digitpad.cli import main
from digitpad.gui.window.main_window import MainWindow

def look(app):
    (window,) = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow)]
    while window.recovery.busy or window.digits.loading:
        app.processEvents()
    runs, picture = window.session.trainer.runs, window.draw.canvas.drawing.picture
    tab = window.tabs.tabText(window.tabs.currentIndex()).replace("&", "")
    path = window.session.path  # which is looked for from another folder, too
    print(path and path.is_absolute() and path.name, [run.at for run in runs], picture is not None,
          window.digits.current and window.digits.current.name, tab)
    window.close()
    return 0

QApplication.exec = look
raise SystemExit(main({arguments!r}))
"""


def opened(home: Path, *arguments: Path | str) -> str:
    """Return what is in the window that is started with these ``arguments``."""
    code = OPENED.format(arguments=[str(argument) for argument in arguments])
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DIGITPAD_HOME": str(home)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A network that tells of its run, of one epoch."""
    run = Run(1, Recipe(hidden=()), "digits", points=[Point(1.0, 0.5, 1.0, 0.5, 1.0, exact=True)])
    model_file.save(tmp_path / "net.safetensors", run.model(Network([784, 10], seed=1), run.points[0]))
    return tmp_path / "net.safetensors"


def test_what_is_named_is_opened(tmp_path: Path, network: Path) -> None:
    home, folder, picture = tmp_path / "home", digits.folder(tmp_path / "my digits"), tmp_path / "a picture"
    one = np.full((100, 100), 255, np.uint8)
    one[20:80, 48:54] = 0
    Image.fromarray(one).save(picture, "PNG")
    assert opened(home, picture) == "None [] True None Draw"
    assert opened(home, os.path.relpath(network, ROOT), folder) == "net.safetensors [1.0] True my digits Data"
    # What was there the last time is there as well, behind what is named.
    assert opened(home, picture) == "net.safetensors [1.0] True None Draw"
    assert opened(home, folder) == "net.safetensors [1.0] True my digits Data"


def test_a_network_may_be_named_either_way_but_only_one(tmp_path: Path, network: Path) -> None:
    other = tmp_path / "other.safetensors"
    other.write_bytes(network.read_bytes())
    run = start("--model", str(network), str(other), QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 2
    assert run.stderr == f"digitpad: {network} and {other}: the window reads with one network; name only that.\n"
    assert opened(tmp_path / "home", "--model", network, network).startswith("net.safetensors [1.0] ")


@pytest.mark.parametrize("name", ["missing", "missing.png", "missing.safetensors", "missing.jsonl", "text", "text.png"])
def test_what_cannot_be_opened_ends_the_start_with_one_sentence(tmp_path: Path, name: str) -> None:
    if name.startswith("text"):
        (tmp_path / name).write_text("text")
    run = start(str(tmp_path / name), QT_QPA_PLATFORM="offscreen")
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert run.stderr.startswith(f"digitpad: {tmp_path / name}: ")


def test_without_a_display_what_needs_the_window_is_told(tmp_path: Path, network: Path) -> None:
    folder = digits.folder(tmp_path / "digits")
    run = start(str(folder), str(network), TMPDIR=str(tmp_path))
    assert run.returncode == 0
    assert "The window says: " in run.stdout
    assert run.stderr == f"digitpad: {folder}: needs the window, and is not opened.\n"


def test_no_name_writes_to_the_terminal_by_itself(tmp_path: Path, network: Path) -> None:
    folder, picture = digits.folder(tmp_path / "di\u202egits"), tmp_path / "o\u202ene.png"
    _write_one(picture)
    run = start(str(folder), str(picture), str(network), TMPDIR=str(tmp_path))
    assert f"Opened the picture {tmp_path / 'o ne.png'}. The window says: " in run.stdout
    assert run.stderr == f"digitpad: {tmp_path / 'di gits'}: needs the window, and is not opened.\n"


def test_starting_loads_nothing_that_is_not_needed_yet() -> None:
    code = (
        "import sys; from digitpad.gui import start; "
        "late = 'pyqtgraph', 'digitpad.draw.photo.ink', "
        "'digitpad.data.formats.opening', 'digitpad.data.store', 'requests'; "
        "print([name for name in late if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
