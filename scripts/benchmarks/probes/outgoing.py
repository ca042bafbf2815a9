"""Files that the program writes: whole or not at all, readable, and only where they should be."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import numpy as np
from driving import Steps, show_tab, wait_for

from benchmarks.probes import Faults, NotSurvived, check
from benchmarks.probes.scene import use
from digitpad import cli
from digitpad.data import mnist
from digitpad.data.store import Drawn, Store, drawn_now
from digitpad.data.strokes import write_strokes
from digitpad.errors import DigitpadError
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.run_table import to_csv
from digitpad.train.runs import Run

FAULTS = Faults()
_UNIX = FAULTS if sys.platform != "win32" else Faults()  # what another system has nothing of
_SCRIPTS = Path(__file__).parents[2]
_KILLS = 15


def _sample() -> Drawn:
    stroke = np.array([[0.2, 0.2, 1.0], [0.8, 0.8, 1.0]])
    return drawn_now(1, (stroke,), np.zeros(784, np.float32))


def _network(path: Path) -> None:
    model_file.save(path, model_file.load(DEFAULT_NETWORK))


def _strokes(path: Path) -> None:
    write_strokes(path, [_sample()] * 20)


def _settings(path: Path) -> None:
    preferences = Preferences(path)
    preferences.brush = 0.05
    preferences.finish()


def _table(path: Path) -> None:
    """Export through the window's own tab, which has to be there."""

    def steps(window: MainWindow) -> Steps:
        yield from show_tab(window, "Train")
        window.train.exports.write_csv(path)

    use(steps)


_WRITERS: dict[str, Callable[[Path], None]] = {
    "network.safetensors": _network,
    "strokes.jsonl": _strokes,
    "settings.json": _settings,
    "runs.csv": _table,
}


@_UNIX.add("files are as readable as the umask says, an old one as it was")
def _modes(folder: Path) -> None:
    os.umask(0o022)
    for name, write in _WRITERS.items():
        write(folder / name)
        check((folder / name).stat().st_mode & 0o777 == 0o644, f"{name} has {(folder / name).stat().st_mode & 0o777:o}")
    (folder / "network.safetensors").chmod(0o664)
    _network(folder / "network.safetensors")
    check((folder / "network.safetensors").stat().st_mode & 0o777 == 0o664, "an old one has another mode now")


@_UNIX.add("a link is followed")
def _links(folder: Path) -> None:
    for name, write in _WRITERS.items():
        target = folder / f"target-{name}"
        target.write_bytes(b"{}")
        (folder / name).symlink_to(target)
        write(folder / name)
        check((folder / name).is_symlink() and target.stat().st_size > 2, f"{name}: the link is gone")


@_UNIX.add("a name of 255 bytes")
def _long(folder: Path) -> None:
    for name, write in _WRITERS.items():
        write(folder / (name[:1] * (255 - len(Path(name).suffix)) + Path(name).suffix))


# Kills


def _kill_while(code: str, folder: Path, look: Callable[[], None]) -> None:
    """Run ``code``, which writes without end, kill it again and again, and look what is left each time."""
    for number in range(_KILLS):
        process = subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=_SCRIPTS, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        sleep(0.004 * number)
        process.kill()
        process.wait()
        look()


@FAULTS.add("kills while runs are exported as CSV", seconds=300)
def _csv_kills(folder: Path) -> None:
    code = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QWidget
from digitpad.gui.app import make_application
app = make_application()
from digitpad.gui.services.trainer import Trainer
from digitpad.gui.train.exports import Exports
from digitpad.gui.train.plots import Plots
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.experiment import Point
trainer = Trainer()
trainer.runs = [Run(1, Recipe(), "MNIST", points=[Point(float(i), 0.9, 0.1, 0.9, 0.1, True) for i in range(3000)])]
parent = QWidget()
exports = Exports(parent, trainer, Plots())
print("begun", flush=True)
while True:
    exports.write_csv(Path(sys.argv[1]) / "runs.csv")
"""
    table = folder / "runs.csv"

    def look() -> None:
        if table.exists():
            lines = table.read_text(encoding="utf-8").splitlines()
            check(len(lines) in (1, 3001), f"a file of {len(lines)} lines is left")

    table.write_text("old\n", encoding="utf-8")
    _kill_while(code, folder, look)


@FAULTS.add("kills while MNIST is saved over another set", seconds=300)
def _mnist_kills(folder: Path) -> None:
    code = """
import sys
from itertools import count
from pathlib import Path
import numpy as np
from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits
def a_set(value):
    images, labels = np.full((3000, 784), value, np.uint8), np.full(3000, value % 10, np.uint8)
    return Digits("", Dataset(images, labels), Dataset(images, labels))
sets = [a_set(value) for value in (201, 202)]
mnist.save(Path(sys.argv[1]), sets[0])
print("begun", flush=True)
for i in count(1):
    mnist.save(Path(sys.argv[1]), sets[i % 2])
"""

    def look() -> None:
        for part in (mnist.load_training(folder), mnist.load_test(folder)):
            fits = (part.images[:, 0] % 10 == part.labels).all()
            check(fits, "images of one set and labels of the other")

    folder /= "mnist"
    folder.mkdir()
    _kill_while(code, folder, look)


@FAULTS.add("what a kill left half-written is swept at the next start")
def _swept(folder: Path) -> None:
    code = """
import sys
from pathlib import Path
from digitpad.files.writing import write_atomically
def pieces():
    yield b"x" * 1000
    print("begun", flush=True)
    while True:
        yield b""
write_atomically(Path(sys.argv[1]) / "settings.json", pieces())
"""
    home = folder / "home"
    home.mkdir()
    process = subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=_SCRIPTS, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    left = [path for path in home.iterdir() if path.name.startswith(".")]
    check(left, "the probe left nothing")

    def steps(window: MainWindow) -> Steps:
        yield from wait_for(lambda: window.draw.reading)
        yield 1000

    use(steps)
    still = [path.name for path in left if path.exists()]
    check(not still, f"{still} is still there")


# What is in a table


@FAULTS.add("a run's name in a table is no formula, and may hold a lone surrogate")
def _formula(folder: Path) -> None:
    for name in ("=cmd|'/C calc'!A0", "+1+A1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"):
        run = Run(1, Recipe(), name, name)
        run.points.append(Point(1.0, 0.9, 0.1, 0.9, 0.1, True))
        row = to_csv([run]).split("\n", 1)[1]
        cells = [cell.lstrip('"') for cell in row.split(",")[1:3]]
        check(not any(cell[:1] in "=+-@\t\r" for cell in cells), f"{name!r} is written as it is")

    def steps(window: MainWindow) -> Steps:
        yield from show_tab(window, "Train")
        window.session.trainer.runs.append(Run(1, Recipe(), "data", "a\ud800b"))
        window.train.exports.write_csv(folder / "runs.csv")

    use(steps)
    check((folder / "runs.csv").stat().st_size > 0, "the file is empty")


# Elsewhere


@_UNIX.add("a planted name in the shared temporary folder")
def _planted(folder: Path) -> None:
    victim, shared = folder / "victim", folder / "shared"
    shared.mkdir()
    victim.write_text("mine", encoding="utf-8")
    for name in ("digitpad.png", "digitpad.lock", f"digitpad-{os.getuid()}.lock", "digitpad-venv.lock"):
        (shared / name).symlink_to(victim)
    variables = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "QT_QPA_PLATFORM")}
    variables["TMPDIR"] = str(shared)
    run = subprocess.run([sys.executable, "run.py"], cwd=_SCRIPTS, env=variables, capture_output=True, text=True)
    check(run.returncode == 0, f"the demonstration ends with {run.returncode}")
    check(victim.read_text(encoding="utf-8", errors="replace") == "mine", "the link was followed")


@FAULTS.add("two windows with one home: a setting changes only itself")
def _two_windows(folder: Path) -> None:
    path = folder / "settings.json"
    first, second = Preferences(path), Preferences(path)
    first.recent_networks = (Path("/a.safetensors"),)
    second.brush = 0.05
    first.done_tasks = frozenset({"a task"})
    first.finish()
    second.finish()
    now = Preferences(path)
    kept = now.recent_networks, now.done_tasks, now.brush
    check(kept == ((Path("/a.safetensors"),), frozenset({"a task"}), 0.05), f"left are {kept}")


@_UNIX.add("kept digits can be read where nothing can be written")
def _full_disk(folder: Path) -> None:
    """Read them, and keep one more, under a limit on the size of files, which stands for a full disk."""
    import resource

    path = folder / "drawings.sqlite"
    store = Store(path)
    store.add(_sample())
    store.close()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    store = Store(path)
    try:
        check(len(store.page(None, 0, 5)) == 1, "nothing is there")
    except DigitpadError as error:
        raise NotSurvived(f"they cannot be read: {error}") from None
    try:
        store.add(_sample())
    except DigitpadError as error:
        check("disk" in str(error) or "full" in str(error) or "large" in str(error), f"it says: {error}")
    else:
        check(False, "kept, and there is no room")
    check(len(store.page(None, 0, 5)) == 1, "nothing is there any more")


# The terminal


@FAULTS.add("digitpad train into a folder is told before it trains")
def _train_into_a_folder(folder: Path) -> None:
    code = cli.main(["train", str(folder), "--epochs", "10000"])
    check(code == 2, f"exit code {code}")


@_UNIX.add("SIGTERM while digitpad train learns")
def _train_and_sigterm(folder: Path) -> None:
    output = folder / "net.safetensors"
    command = [sys.executable, "-m", "digitpad", "train", str(output), "--epochs", "10000"]
    process = subprocess.Popen(command, cwd=_SCRIPTS.parent, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while (line := process.stdout.readline()) and not line.startswith("epoch 1:"):
        pass
    process.terminate()
    process.stdout.read()
    check(process.wait() == 143, f"exit code {process.returncode}")
    check(output.exists(), "nothing is written")
    model_file.load(output)
