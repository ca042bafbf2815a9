"""Measure the program.

    python3 scripts/bench.py [latency] [startup] [--json]

latency: from a drawing to ten outputs, and from a mouse movement to the painted answer, off-screen.
startup: from starting the process to a window that takes strokes, off-screen and warm.

Without names, everything is measured; --json prints one object a line.
"""

import environment

environment.enter()

import argparse
import json
import os
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
    arguments = parser.parse_args()
    for name in arguments.sections or SECTIONS:
        if name not in SECTIONS:
            parser.error(f"{name}: the sections are {', '.join(SECTIONS)}")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        for row in SECTIONS[name]():
            if arguments.json:
                print(json.dumps({"section": name, **row}), flush=True)
            else:
                numbers = "  ".join(f"{key} {value:.2f}" for key, value in row.items() if key != "what")
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
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from digitpad import model_file, paths
    from digitpad.gui import app as application
    from digitpad.gui import replay as hand
    from digitpad.gui.main_window import MainWindow
    from digitpad.gui.session import Session
    from digitpad.gui.theme import Theme

    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), Theme(app))
    window.show()
    app.processEvents()
    tab = window.draw
    painted = hand.Painted(tab.outputs)
    times = []
    for stroke in strokes:
        places = tab.canvas.to_widget(stroke)
        hand.send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        app.processEvents()
        times += [hand.timed_move(tab, painted, place) for place in places[1:]]
        hand.send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        tab.canvas.clear()
        app.processEvents()
    window.close()
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


def _summary(what: str, values: list[float]) -> dict[str, Any]:
    p50, p99 = np.percentile(values, [50, 99])
    return {"what": what, "p50": float(p50), "p99": float(p99), "max": float(np.max(values)), "n": len(values)}


SECTIONS: dict[str, Callable[[], list[dict[str, Any]]]] = {"latency": latency, "startup": startup}

if __name__ == "__main__":
    main()
