"""Measure the program.

    python3 scripts/bench.py [accuracy] [robustness] [latency] [startup] [training] [gui] [explore] [synthetic]
                             [personal] [data] [--json]

accuracy: how the default network reads MNIST's test set, recorded pens replayed in the window and drawings that are no
digit; how large its file is, and how quickly it reads and starts.
robustness: how it reads MNIST's test digits drawn into a canvas slanted, thick, thin, tiny, huge, off centre, shaky,
fast or with gaps.
latency: from a drawing to ten outputs, and from a mouse movement to the painted answer, off-screen.
startup: from starting the process to a window that takes strokes, off-screen and warm.
training: an epoch of the book's network against the book's loop, against its matrix products alone, and against other
libraries where they are installed; and, with MNIST, the book's results.
gui: what training does to the window, and the window to training: speed, timers, drawing, memory; needs MNIST.
explore: how quickly the Explore tab opens and its pages follow a slider.
synthetic: what a network learns from the built-in digits alone, read on MNIST's test set and on recorded pens.
personal: what learning a hand does to each of some writers' errors, and to MNIST's.
data: a million stored drawings: adding one, opening the panel, memory.

MNIST is looked for in the folder that DIGITPAD_MNIST names, or in --data FOLDER; recorded pens, digits as strokes with
their writers (digitpad/data/strokes.py), in the file that DIGITPAD_PENS names, or --pens FILE.jsonl. A section that
needs what is not there says so.

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


class _MissingError(Exception):
    """What a section needs and has not got."""


def main() -> None:
    """Run the sections named, or all."""
    parser = argparse.ArgumentParser(description="Measure the program.")
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--data", metavar="FOLDER", help="folder with MNIST's four files")
    parser.add_argument("--pens", metavar="FILE.jsonl", help="digits as strokes, with their writers")
    arguments = parser.parse_args()
    if arguments.data:
        os.environ["DIGITPAD_MNIST"] = arguments.data
    if arguments.pens:
        os.environ["DIGITPAD_PENS"] = arguments.pens
    for name in arguments.sections or SECTIONS:
        if name not in SECTIONS:
            parser.error(f"{name}: the sections are {', '.join(SECTIONS)}")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        try:
            rows = SECTIONS[name]()
        except _MissingError as missing:
            print(f"bench: {name} needs {missing}.", file=sys.stderr)
            continue
        for row in rows:
            if arguments.json:
                print(json.dumps({"section": name, **row}), flush=True)
            else:
                numbers = "  ".join(f"{key} {_shown(value)}" for key, value in row.items() if key != "what")
                print(f"{name}: {row['what']}: {numbers}", flush=True)


def accuracy() -> list[dict[str, Any]]:
    """Measure everything that makes the default network a good one; what needs data that are not there is left out."""
    import bench_reading

    rows: list[dict[str, Any]] = []
    parts: list[Callable[[], list[dict[str, Any]]]] = [
        lambda: bench_reading.of_mnist(_digits().test),
        lambda: bench_reading.of_pens(_pens()),
        bench_reading.of_no_digits,
        bench_reading.of_file,
        _reading_times,
        startup,
    ]
    for measure in parts:
        try:
            rows += measure()
        except _MissingError as missing:
            print(f"bench: a part of accuracy needs {missing}.", file=sys.stderr)
    return rows


def robustness() -> list[dict[str, Any]]:
    """Read digits that are drawn badly."""
    import bench_reading

    return bench_reading.robustness(_digits().test)


def latency() -> list[dict[str, Any]]:
    """Time the reading of a drawing alone, then the whole way from the mouse to the screen."""
    from digitpad.gui.demo import THREE

    rows = _reading_times()
    generator = np.random.default_rng(0)
    walk = np.cumsum(generator.normal(0, 0.02, (1500, 2)), axis=0) + 0.5
    scribble = 1 - np.abs(np.mod(walk, 2) - 1)  # reflected at the edges
    for name, strokes in (("digits", [THREE] * 20), ("one scribble of 1500 points", [scribble])):
        rows.append(_summary(f"mouse move to painted answer, {name}, ms", _moves(strokes)))
    return rows


def _reading_times() -> list[dict[str, Any]]:
    from digitpad import paths
    from digitpad.draw.drawing import Drawing, Stroke
    from digitpad.draw.preprocess import preprocess
    from digitpad.draw.reading import read
    from digitpad.gui.demo import THREE
    from digitpad.train import model_file

    network = model_file.load(paths.DEFAULT_NETWORK).network
    drawing = Drawing((Stroke(np.column_stack([THREE, np.ones(len(THREE))]), 0.05),))
    ink = drawing.stages().ink
    return [
        _summary("preprocessing and feedforward, ms", _times(lambda: read(network, preprocess(ink)))),
        _summary("the same with drawing the strokes anew, ms", _times(lambda: read(network, drawing.stages()))),
    ]


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

    from digitpad.gui import app as application
    from digitpad.gui.app import make_window

    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = make_window(app)
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
from digitpad.train import model_file
from digitpad import paths
from digitpad.gui import app as application, replay
from digitpad.gui.demo import THREE
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.services.session import Session
from digitpad.gui.app import make_window
app = application.make_application()
window = make_window(app)
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
    from digitpad.data import mnist
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
    if mnist.find_folder():
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
    from digitpad.data import mnist

    folder = mnist.find_folder()
    if folder is None:
        raise _MissingError("MNIST: name its folder with --data or DIGITPAD_MNIST")
    return mnist.load(folder)


def _trained(recipe: Any, digits: Any) -> tuple[float, float]:
    """Train in this thread, as the terminal does; return the seconds it took and the best accuracy."""
    from digitpad.train.experiment import Experiment, Measurement

    started = time.perf_counter()
    points = [e.point for e in Experiment(recipe, digits).events() if isinstance(e, Measurement)]
    return time.perf_counter() - started, max(point.accuracy for point in points if point.exact)


def _book_results() -> list[dict[str, Any]]:
    from digitpad.train.recipe import PRESETS

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

    from digitpad.data import mnist
    from digitpad.gui import app as application
    from digitpad.gui.app import make_window
    from digitpad.gui.replay import wait_until
    from digitpad.gui.services.trainer import State
    from digitpad.train.recipe import Recipe

    if mnist.find_folder() is None:
        raise _MissingError("MNIST: name its folder with --data or DIGITPAD_MNIST")
    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = make_window(app)
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
from digitpad.train import model_file
from digitpad import paths
from digitpad.gui import app as application
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.replay import wait_until
from digitpad.gui.services.session import Session
from digitpad.gui.app import make_window
from digitpad.train.recipe import Recipe
app = application.make_application()
window = make_window(app)
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


def explore() -> list[dict[str, Any]]:
    """Open the Explore tab and move every slider of every page."""
    import bench_explore
    from PySide6.QtWidgets import QApplication

    from digitpad.gui import app as application
    from digitpad.gui.app import make_window

    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = make_window(app)
    window.show()
    app.processEvents()
    opening, moves = bench_explore.explore(window, app)
    window.close()
    rows: list[dict[str, Any]] = [{"what": "opening the Explore tab, pyqtgraph loaded, s", "once": opening}]
    return rows + [_summary(f"slider to painted page, {title}, ms", times) for title, times in moves.items()]


def synthetic() -> list[dict[str, Any]]:
    """Train on the built-in digits alone, and read their own test set, MNIST's and recorded pens."""
    from digitpad import paths
    from digitpad.data.dataset import Dataset
    from digitpad.data.formats.opening import open_digits
    from digitpad.data.strokes import sample_of
    from digitpad.train.experiment import Experiment
    from digitpad.train.recipe import Recipe

    built_in, test, samples = open_digits(paths.DIGITS), _digits().test, [sample_of(digit) for digit in _pens()]
    pens = Dataset(np.stack([sample.image for sample in samples]), np.array([sample.label for sample in samples]))
    recipe = Recipe(
        hidden=(300, 100), activation="relu", cost="cross-entropy", initialisation="scaled", eta=0.02, momentum=0.8,
        mini_batch_size=20, epochs=30, deform=True,
    )  # fmt: skip
    experiment = Experiment(recipe, built_in)
    started = time.perf_counter()
    for _ in experiment.events():
        pass
    seconds = time.perf_counter() - started
    row: dict[str, Any] = {"what": f"{recipe.sizes}, 30 epochs of {len(built_in.training):,} built-in digits, % right"}
    for name, digits in (("their test set", built_in.test), ("MNIST's test set", test), ("pens", pens)):
        row[name] = 100 * experiment.network.evaluate(digits.images, digits.labels) / len(digits)
    return [{**row, "seconds": seconds}]


def _pens() -> list[Any]:
    from digitpad.data.strokes import read_strokes

    file = os.environ.get("DIGITPAD_PENS")
    if not file:
        raise _MissingError("digits as strokes: name their file with --pens or DIGITPAD_PENS")
    return read_strokes(Path(file))


def personal() -> list[dict[str, Any]]:
    """Teach the default network one writer after another, with half of each one's digits, and test on the rest."""
    from digitpad import paths
    from digitpad.data.strokes import sample_of
    from digitpad.train import model_file

    digits, pens = _digits(), _pens()
    network = model_file.load(paths.DEFAULT_NETWORK).network
    writers: dict[str, list[Any]] = {}
    for digit in pens:
        writers.setdefault(digit.writer, []).append(sample_of(digit))
    rows = [_hand_learned(f"writer {name}", network, digits, samples) for name, samples in writers.items()]
    means = {key: float(np.mean([row[key] for row in rows])) for key in rows[0] if key != "what"}
    return [*rows, {"what": f"mean of {len(rows)} writers", **means}]


def _hand_learned(what: str, network: Any, digits: Any, samples: list[Any]) -> dict[str, Any]:
    from digitpad.train.hand import learn_hand

    generator = np.random.default_rng(0)
    halves: tuple[list[Any], list[Any]] = [], []
    for label in range(10):
        alike = [sample for sample in samples if sample.label == label]
        for i, which in enumerate(generator.permutation(len(alike))):
            halves[(i + label) % 2].append(alike[which])
    work = learn_hand(network, digits, *halves)
    gaps, last = [], time.perf_counter()
    while True:
        try:
            next(work)
        except StopIteration as stop:
            learned = stop.value
            break
        gaps.append(time.perf_counter() - last)
        last = time.perf_counter()
    return {
        "what": what,
        "held out": learned.own_before.n,
        "errors before": learned.own_before.n - learned.own_before.correct,
        "errors after": learned.own_after.n - learned.own_after.correct,
        "MNIST's errors before": learned.test_before.n - learned.test_before.correct,
        "MNIST's errors after": learned.test_after.n - learned.test_after.correct,
        "seconds": learned.seconds,
        "longest wait to stop, ms": 1000 * max(gaps),
    }


_DRAWINGS = 1_000_000

_PANEL = """
import resource, sys, time
from pathlib import Path
from digitpad.train import model_file
from digitpad import paths
from digitpad.gui import app as application
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.replay import wait_until
from digitpad.gui.services.session import Session
from digitpad.gui.app import make_window
app = application.make_application()
window = make_window(app, Session(model_file.load(paths.DEFAULT_NETWORK), drawings=Path(sys.argv[1])))
window.show()
app.processEvents()
started = time.perf_counter()
window.tabs.setCurrentIndex(2)
wait_until(lambda: window.data.gallery.count() == 200)
print(time.perf_counter() - started)
window.close()
unit = 1 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)
"""


def data() -> list[dict[str, Any]]:
    """Store a million drawings, then add to them and open the panel that shows them. Takes two minutes and 4 GB."""
    import tempfile

    from digitpad.data.store import Drawn, Store

    generator = np.random.default_rng(0)
    made = [
        ((np.column_stack([generator.random((40, 2)), np.ones(40)]),), generator.integers(0, 256, 784, dtype=np.uint8))
        for _ in range(100)
    ]

    def sample(i: int) -> Drawn:
        return Drawn(i % 10, *made[i % 100], i % 10, "2026-01-31T12:00:00+00:00")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawings.sqlite"
        samples = Store(file)
        for first in range(0, _DRAWINGS, 20_000):
            samples.add_many(sample(i) for i in range(first, first + 20_000))
        adding = []
        for i in range(2000):
            started = time.perf_counter()
            samples.add(sample(i))
            adding.append(1000 * (time.perf_counter() - started))
        samples.close()
        opening, memory = [], []
        for _ in range(5):
            command = [sys.executable, "-c", _PANEL, str(file)]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            seconds, megabytes = map(float, run.stdout.split())
            opening.append(seconds)
            memory.append(megabytes)
    return [
        _summary(f"adding a drawing to {_DRAWINGS:,}, ms", adding),
        _summary("opening the Data tab on them, s", opening),
        {"what": "memory of the whole process with that panel open, MB", "at most": max(memory)},
    ]


def _summary(what: str, values: list[float]) -> dict[str, Any]:
    p50, p99 = np.percentile(values, [50, 99])
    return {"what": what, "p50": float(p50), "p99": float(p99), "max": float(np.max(values)), "n": len(values)}


def _shown(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) and abs(value) < 100 else f"{value:,.0f}"


SECTIONS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "accuracy": accuracy,
    "robustness": robustness,
    "latency": latency,
    "startup": startup,
    "training": training,
    "gui": gui,
    "explore": explore,
    "synthetic": synthetic,
    "personal": personal,
    "data": data,
}

if __name__ == "__main__":
    main()
