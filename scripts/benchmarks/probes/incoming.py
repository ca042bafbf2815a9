"""Data sets, strokes, settings and pictures that come in: odd, huge, endless or never there."""

import json
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import hostile
from driving import Steps, close, wait_for

from benchmarks.probes import Faults, check
from benchmarks.probes.scene import opened, sees, use, write
from digitpad import cli
from digitpad.data.formats.opening import open_digits
from digitpad.data.strokes import read_strokes
from digitpad.errors import DigitpadError
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow

FAULTS = Faults()


# Bombs


def _bomb(name: str, folder: Path) -> None:
    """Have a bomb refused in a sentence, before it takes the memory; here in a process that has no window."""
    path = write(folder, name, hostile.bombs()[name])
    try:
        open_digits(path)
    except DigitpadError:
        return
    check(False, "it was taken for a data set")


for _name in ("bomb-images-idx3-ubyte.gz", "bomb.npz", "bomb.pkl.gz", "bomb.csv.gz"):
    FAULTS.add(f"{_name}: 80 MB of zeros")(partial(_bomb, _name))


# What is no regular file


def _pipe(name: str, told: Callable[[Path], object], folder: Path) -> None:
    path = folder / name
    os.mkfifo(path)
    try:
        told(path)
    except DigitpadError:
        return
    check(False, "it was taken for a file")


def _remembered(key: str, name: str, folder: Path) -> None:
    """Open and close the window with settings that remember a pipe."""
    os.mkfifo(folder / name)
    (folder / "home").mkdir()
    settings = {key: str(folder / name) if key == "digits" else [str(folder / name)]}
    write(folder / "home", "settings.json", json.dumps(settings).encode())

    def steps(window: MainWindow) -> Steps:
        window.tabs.setCurrentIndex(1)
        yield from wait_for(lambda: window.digits.current, 20)
        window.tabs.setCurrentIndex(2)
        yield 200

    use(steps)


def _dropped(name: str, folder: Path) -> None:
    os.mkfifo(folder / name)

    use(lambda window: opened(window, folder / name, 20))


if hasattr(os, "mkfifo"):
    for _name in ("pipe.npz", "pipe.gz", "pipe.csv", "pipe"):
        FAULTS.add(f"a data set that is a pipe: {_name}", seconds=40)(partial(_pipe, _name, open_digits))
        FAULTS.add(f"a pipe that is dropped: {_name}", seconds=60)(partial(_dropped, _name))
    for _name in ("pipe.jsonl", "pipe.png", "pipe.safetensors"):
        FAULTS.add(f"a pipe that is dropped: {_name}", seconds=60)(partial(_dropped, _name))
    FAULTS.add("strokes that are a pipe", seconds=40)(
        partial(_pipe, "pipe.jsonl", lambda path: list(read_strokes(path)))
    )
    for _key in ("digits", "opened", "recent"):
        FAULTS.add(f"a pipe remembered in the settings: {_key}", seconds=60)(partial(_remembered, _key, "pipe"))
if Path("/dev/zero").exists():
    FAULTS.add("a data set that is /dev/zero", seconds=40)(lambda _: _refused(Path("/dev/zero")))
    FAULTS.add("evaluate --data /dev/zero", seconds=40)(
        lambda _: check(cli.main(["evaluate", "--data", "/dev/zero"]) == 2, "another exit code than 2")
    )


def _refused(path: Path) -> None:
    try:
        open_digits(path)
    except DigitpadError:
        return
    check(False, "it was taken for a file")


# Closing


@FAULTS.add("closing while 60 MB of tiny strokes are imported", seconds=240, most_mb=1000)
def _closing(folder: Path) -> None:
    line = b'{"label":1,"strokes":[[[0,0]]]}\n'
    path = write(folder, "many.jsonl", line * (60_000_000 // len(line)))
    took: list[float] = []

    def steps(window: MainWindow) -> Steps:
        window.opening.open(path)
        yield 1500
        began = perf_counter()
        close(window)
        took.append(perf_counter() - began)
        yield 0

    use(steps, longest_ms=10_000)
    check(took[0] < 2, f"closing took {took[0]:.1f} s")


# Settings


def _start_with(content: bytes, folder: Path) -> None:
    """Open the window with these settings, in a size that fits a screen."""
    (folder / "home").mkdir()
    write(folder / "home", "settings.json", content)

    def steps(window: MainWindow) -> Steps:
        for tab in (1, 2, 3, 0):
            window.tabs.setCurrentIndex(tab)
            yield 50
        check(max(window.width(), window.height()) < 20_000, f"a window of {window.width()} x {window.height()}")

    use(steps)


for _name, _content in hostile.settings().items():
    FAULTS.add(f"settings with {_name}")(partial(_start_with, _content))


@FAULTS.add("broken settings: each is set aside under a name of its own, and that is said")
def _set_aside(folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    write(home, "settings.json", b"[" * 100)
    Preferences(home / "settings.json")
    write(home, "settings.json", b"no settings")
    said: list[bool] = []

    def steps(window: MainWindow) -> Steps:
        yield 200
        said.append(sees(window, "settings"))

    use(steps)
    kept = [path.read_bytes() for path in home.iterdir() if path.is_file() and path.stat().st_size < 1000]
    check(b"[" * 100 in kept and b"no settings" in kept, "a broken file is gone")
    check(all(said), "nobody was told")


# Pictures and others


def _opened(name: str, content: bytes, folder: Path) -> None:
    """Open a file with this name and content."""
    path = write(folder, name, content)
    use(lambda window: opened(window, path))


for _name, _content in hostile.pictures().items():
    FAULTS.add(f"a picture: {_name}")(partial(_opened, "odd.png", _content))
for _name, _content in hostile.strokes().items():
    FAULTS.add(f"strokes: {_name}")(partial(_opened, "odd.jsonl", _content))
for _name, _content in hostile.sets().items():
    FAULTS.add(f"a data set: {_name}")(partial(_opened, _name, _content))


def _home(home: str, folder: Path) -> None:
    os.chdir(folder)
    os.environ["DIGITPAD_HOME"] = home

    use(lambda _: iter([100.0]))
    here = [path.name for path in folder.iterdir() if stat.S_ISREG(path.stat().st_mode)]
    check("settings.json" not in here, "settings in the current folder")


FAULTS.add("DIGITPAD_HOME of 300 letters")(partial(_home, "h" * 300))
FAULTS.add("DIGITPAD_HOME that is empty")(partial(_home, ""))
FAULTS.add("DIGITPAD_HOME that is a file")(partial(_home, "/dev/null"))
