"""Measure the program.

    python3 scripts/bench.py [latency] [startup] [training] [gui] [--json]

latency: from a drawing to ten outputs, and from a mouse movement to the painted answer, off-screen.
startup: from starting the process to a window that takes strokes, off-screen and warm.
training: an epoch of the book's network against the book's loop, against its matrix products alone, and against other
libraries where they are installed; and, with MNIST, the book's results.
gui: what training does to the window, and the window to training: speed, timers, drawing, memory; needs MNIST.

MNIST is looked for in the folder that DIGITPAD_MNIST names, or in --data FOLDER.

Without names, everything is measured; --json prints one object a line.
"""

import environment

environment.enter()

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before NumPy is loaded

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
_STARTS = 7
_REPEATS = 200


def main() -> None:
    """Run the sections named, or all."""
    parser = argparse.ArgumentParser(description="Measure the program.")
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--data", metavar="FOLDER", help="folder with MNIST's four files")
    arguments = parser.parse_args()
    if arguments.data:
        os.environ["DIGITPAD_MNIST"] = arguments.data
    for name in arguments.sections or SECTIONS:
        if name not in SECTIONS:
            parser.error(f"{name}: the sections are {', '.join(SECTIONS)}")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        for row in SECTIONS[name]():
            if arguments.json:
                print(json.dumps({"section": name, **row}), flush=True)
            else:
                numbers = "  ".join(f"{key} {_shown(value)}" for key, value in row.items() if key != "what")
                print(f"{name}: {row['what']}: {numbers}", flush=True)


def latency() -> list[dict[str, Any]]:
    """Time the reading of a drawing alone, then the whole way from the mouse to the screen."""
    from digitpad import model_file, paths
    from digitpad.drawing import Drawing, Stroke
    from digitpad.gui.demo import THREE
    from digitpad.preprocess import preprocess
    from digitpad.reading import read

    network = model_file.load(paths.DEFAULT_NETWORK).network
    drawing = Drawing((Stroke(np.column_stack([THREE, np.ones(len(THREE))]), 0.05),))
    ink = drawing.stages().ink
    rows = [
        _summary("preprocessing and feedforward, ms", _times(lambda: read(network, preprocess(ink)))),
        _summary("the same with drawing the strokes anew, ms", _times(lambda: read(network, drawing.stages()))),
    ]
    generator = np.random.default_rng(0)
    walk = np.cumsum(generator.normal(0, 0.02, (1500, 2)), axis=0) + 0.5
    scribble = 1 - np.abs(np.mod(walk, 2) - 1)  # reflected at the edges
    for name, strokes in (("digits", [THREE] * 20), ("one scribble of 1500 points", [scribble])):
        rows.append(_summary(f"mouse move to painted answer, {name}, ms", _moves(strokes)))
    return rows


def _times(work: Callable[[], object]) -> list[float]:
    work()
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return times


def _moves(strokes: list[np.ndarray]) -> list[float]:
    """Return the milliseconds of every mouse movement, each stroke on a clean canvas."""
    from PySide6.QtWidgets import QApplication

    from digitpad import model_file, paths
    from digitpad.gui import app as application
    from digitpad.gui.main_window import MainWindow
    from digitpad.gui.session import Session
    from digitpad.gui.theme import Theme

    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), Theme(app))
    window.show()
    app.processEvents()
    times = _moves_in(window, app, strokes)
    window.close()
    return times


def _moves_in(window: Any, app: Any, strokes: list[np.ndarray] | None = None) -> list[float]:
    from PySide6.QtCore import QEvent

    from digitpad.gui import replay as hand
    from digitpad.gui.demo import THREE

    tab = window.draw
    painted = hand.Painted(tab.outputs)
    times = []
    for stroke in strokes or [THREE] * 20:
        places = tab.canvas.to_widget(stroke)
        hand.send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        app.processEvents()
        times += [hand.timed_move(tab, painted, place) for place in places[1:]]
        hand.send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        tab.canvas.clear()
        app.processEvents()
    return times


_START = """
import sys, time
from pathlib import Path
from digitpad import model_file, paths
from digitpad.gui import app as application, replay
from digitpad.gui.demo import THREE
from digitpad.gui.main_window import MainWindow
from digitpad.gui.session import Session
from digitpad.gui.theme import Theme
app = application.make_application()
window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), Theme(app))
window.show()
app.processEvents()
print(time.time(), flush=True)
replay.draw(window.draw.canvas, [THREE])
app.processEvents()
assert window.draw.answer.answer.text() == "3", window.draw.answer.answer.text()
assert "pyqtgraph" not in sys.modules
print(time.time(), flush=True)
window.close()
"""


def startup() -> list[dict[str, Any]]:
    """Start the program several times and time it from outside; the first start only warms the disk's cache."""
    window, answer = [], []
    for i in range(_STARTS + 1):
        started = time.time()
        run = subprocess.run([sys.executable, "-c", _START], cwd=ROOT, capture_output=True, text=True, check=True)
        shown, answered = (float(line) for line in run.stdout.split())
        if i:
            window.append(shown - started)
            answer.append(answered - started)
    return [
        _summary("process start to a window that takes strokes, s", window),
        _summary("process start to the first digit drawn and read, s", answer),
    ]


def training() -> list[dict[str, Any]]:
    """Time one epoch of 784-30-10, mini-batch 10, 60,000 images, in several ways; then reproduce the book."""
    from digitpad import paths
    from digitpad.nn.network import Network
    from digitpad.nn.training import TrainingConfig, sgd

    sys.path.insert(0, str(ROOT))
    from tests.nn import oracle

    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (60_000, 784), dtype=np.uint8)
    targets = np.eye(10, dtype=np.float32)[generator.integers(0, 10, 60_000)]

    def ours() -> None:
        for _ in sgd(Network([784, 30, 10], seed=0), images, targets, TrainingConfig(epochs=1)):
            pass

    def products() -> None:
        w1, w2 = (generator.standard_normal(shape).astype(np.float32) for shape in ((30, 784), (10, 30)))
        x, a, delta_1, delta_2 = (generator.random((10, n), dtype=np.float32) for n in (784, 30, 30, 10))
        for _ in range(6000):
            x @ w1.T
            a @ w2.T
            delta_2.T @ a
            delta_2 @ w2
            delta_1.T @ x

    def book() -> None:
        network = Network([784, 30, 10], seed=0, dtype=np.float64)
        greys = (images[:6000] / 255).astype(np.float64)
        batches = list(generator.permutation(6000).reshape(-1, 10))
        oracle.train(list(network.weights), list(network.biases), greys, targets, batches, eta=3.0)

    floor, mine = _best(products), _best(ours)
    loop = 10 * _best(book, 2)  # a tenth of an epoch, which is all alike
    rows: list[dict[str, Any]] = [
        {"what": "an epoch of 784-30-10, mini-batch 10, 60,000 images, s", "best of 5": mine},
        {"what": "its matrix products alone, s", "best of 5": floor, "ours takes times": mine / floor},
        {"what": "the book's loop, one image at a time, s", "best of 2": loop, "ours is faster times": loop / mine},
    ]
    for name, peer in (("PyTorch, one thread", _torch), ("scikit-learn", _sklearn)):
        try:
            work = peer(images, targets)
        except ImportError:
            continue  # compared with where it is installed
        seconds = _best(work, 2)
        rows.append({"what": f"{name}, s", "best of 2": seconds, "ours is faster times": seconds / mine})
    if paths.mnist_folder():
        rows += _book_results()
    return rows


def _torch(images: np.ndarray, targets: np.ndarray) -> Callable[[], None]:
    import torch

    torch.set_num_threads(1)
    x, y = torch.from_numpy(images).float() / 255, torch.from_numpy(targets)
    layers = torch.nn.Linear(784, 30), torch.nn.Sigmoid(), torch.nn.Linear(30, 10), torch.nn.Sigmoid()
    network = torch.nn.Sequential(*layers)
    descent = torch.optim.SGD(network.parameters(), lr=3.0)

    def work() -> None:
        order = torch.randperm(len(x))
        for first in range(0, len(x), 10):
            chosen = order[first : first + 10]
            descent.zero_grad()
            (0.5 * ((network(x[chosen]) - y[chosen]) ** 2).sum(1).mean()).backward()
            descent.step()

    return work


def _sklearn(images: np.ndarray, targets: np.ndarray) -> Callable[[], None]:
    import warnings

    from sklearn.neural_network import MLPClassifier

    x, y = images.astype(np.float32) / 255, targets.argmax(axis=1)

    def work() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that one epoch does not converge
            MLPClassifier((30,), "logistic", solver="sgd", batch_size=10, max_iter=1, alpha=0.0, momentum=0.0).fit(x, y)

    return work


def _best(work: Callable[[], object], times: int = 5) -> float:
    """Return the seconds of the quickest of several turns: what else the machine does only ever adds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def _digits() -> Any:
    from digitpad import paths
    from digitpad.data import mnist

    folder = paths.mnist_folder()
    if folder is None:
        sys.exit("bench: this needs MNIST: name its folder with --data or DIGITPAD_MNIST.")
    return mnist.load(folder)


def _trained(recipe: Any, digits: Any) -> tuple[float, float]:
    """Train in this thread, as the terminal does; return the seconds it took and the best accuracy."""
    from digitpad.experiment import Experiment, Measurement

    started = time.perf_counter()
    points = [e.point for e in Experiment(recipe, digits).events() if isinstance(e, Measurement)]
    return time.perf_counter() - started, max(point.accuracy for point in points if point.exact)


def _book_results() -> list[dict[str, Any]]:
    from digitpad.recipe import PRESETS

    digits, rows = _digits(), []
    for preset in PRESETS[:2]:
        seconds, best = _trained(preset.recipe, digits)
        what = f"{preset.recipe.sizes}, best of 30 epochs, %"
        rows.append({"what": what, "accuracy": 100 * best, "book": 100 * (preset.book or 0), "seconds": seconds})
    return rows


def gui() -> list[dict[str, Any]]:
    """Train 784-30-10 in the window, off-screen, with the plots live, beside an idle control run."""
    from dataclasses import replace

    from PySide6.QtWidgets import QApplication

    from digitpad import model_file, paths
    from digitpad.gui import app as application
    from digitpad.gui.main_window import MainWindow
    from digitpad.gui.replay import wait_until
    from digitpad.gui.session import Session
    from digitpad.gui.theme import Theme
    from digitpad.gui.train.trainer import State
    from digitpad.recipe import Recipe

    if paths.mnist_folder() is None:
        sys.exit("bench: this needs MNIST: name its folder with --data or DIGITPAD_MNIST.")
    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), Theme(app))
    window.show()
    tab = window.train
    window.tabs.setCurrentIndex(1)
    wait_until(lambda: tab.digits is not None)
    rows = [_late(app, "a 10 ms timer is late by, window idle, ms")]
    recipe = replace(Recipe(), epochs=25)
    alone, inside = [], []
    for _ in range(3):
        alone.append(_trained(recipe, tab.digits)[0])
        tab.form.show_recipe(recipe)
        tab.start.trigger()
        wait_until(lambda: tab.trainer.state is State.IDLE)
        assert tab.trainer.run
        inside.append(tab.trainer.run.seconds)
    images = recipe.epochs * recipe.train_on
    rows.append({"what": "images a second, terminal and window", "terminal": images / min(alone),
                 "window": images / min(inside), "window over terminal": min(alone) / min(inside)})  # fmt: skip
    tab.form.show_recipe(replace(recipe, epochs=10_000))
    tab.start.trigger()
    wait_until(lambda: tab.trainer.progress is not None)
    rows.append(_late(app, "the same while training, plots live, ms"))
    window.tabs.setCurrentIndex(0)
    rows.append(_late(app, "the same while training, Draw tab in front, ms"))
    rows.append(_summary("mouse move to painted answer while training, ms", _moves_in(window, app)))
    tab.follow.setChecked(True)
    rows.append(_summary("the same, the Draw tab following, ms", _moves_in(window, app)))
    tab.trainer.stop()
    wait_until(lambda: tab.trainer.state is State.IDLE)
    tab.close_down()
    window.close()
    window.close()  # the first asks about the network that was trained
    if sys.platform != "win32":
        run = subprocess.run([sys.executable, "-c", _MEMORY], cwd=ROOT, capture_output=True, text=True, check=True)
        rows.append(
            {"what": "memory of the whole process after 60 epochs in the window, MB", "at most": float(run.stdout)}
        )
    return rows


_MEMORY = """
import os, resource, sys
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program does
from dataclasses import replace
from digitpad import model_file, paths
from digitpad.gui import app as application
from digitpad.gui.main_window import MainWindow
from digitpad.gui.replay import wait_until
from digitpad.gui.session import Session
from digitpad.gui.theme import Theme
from digitpad.recipe import Recipe
app = application.make_application()
window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), Theme(app))
window.show()
window.tabs.setCurrentIndex(1)
tab = window.train
tab.form.show_recipe(replace(Recipe(), epochs=60, train_on=60_000))
tab.start.trigger()
wait_until(lambda: tab.trainer.run and tab.trainer.run.epochs >= 60)
if os.path.exists("/proc/self/status"):  # Linux counts what the parent had before this program began as its own
    peak = next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / 1e6)
tab.close_down()
window.close()
window.close()
"""


_LATE_S = 20


def _late(app: Any, what: str) -> dict[str, Any]:
    """Let a precise timer tick every 10 ms and return by how much it was late."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    ticks: list[float] = []
    timer, end, loop = QTimer(), QTimer(), QEventLoop()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    timer.start(10)
    end.start(1000 * _LATE_S)
    loop.exec()
    timer.stop()
    return _summary(what, [max(0.0, 1000 * gap - 10) for gap in np.diff(ticks)])


def _summary(what: str, values: list[float]) -> dict[str, Any]:
    p50, p99 = np.percentile(values, [50, 99])
    return {"what": what, "p50": float(p50), "p99": float(p99), "max": float(np.max(values)), "n": len(values)}


def _shown(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) and abs(value) < 100 else f"{value:,.0f}"


SECTIONS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "latency": latency,
    "startup": startup,
    "training": training,
    "gui": gui,
}

if __name__ == "__main__":
    main()
