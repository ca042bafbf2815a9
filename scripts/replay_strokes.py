"""Replay recorded pen strokes as mouse events into the real canvas and read the answers the window shows.

    python3 scripts/replay_strokes.py FILE.jsonl [--fill F] [--offset X Y] [--brush W] [--model M] [--json]

One JSON object a line: "label" 0 to 9, "writer", and "strokes", each a list of [x, y] with y downwards. The answer
counted is the digit in large type, or the first of the two named when the window is not sure; "not_sure" says how
often that was, and "no_digit" how often the window took the digit for none, which counts as wrong.
"""

import environment

environment.enter()

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from digitpad import paths
from digitpad.data.strokes import Strokes, placed, read_strokes
from digitpad.errors import DigitpadError
from digitpad.train import model_file

_TIMED = 3  # one digit in so many has its last movement timed, from the mouse to the painted answer


def main() -> int:
    """Replay the file, print the accuracy and return the exit code."""
    parser = argparse.ArgumentParser(description="Replay recorded pen strokes into the real canvas.")
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--fill", type=float, default=0.7, help="longer side of each digit, in canvas sides (0.7)")
    parser.add_argument("--offset", type=float, nargs=2, default=(0.0, 0.0), metavar=("X", "Y"))
    parser.add_argument("--brush", type=float, metavar="W", help="width of the brush in pixels; the nearest there is")
    parser.add_argument("--model", type=Path, default=paths.DEFAULT_NETWORK)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if not 0 < arguments.fill <= 1:
        parser.error("--fill lies above 0 and is at most 1")
    if arguments.brush is not None and not arguments.brush > 0:
        parser.error("--brush is a width above 0")
    try:
        digits = read_strokes(arguments.file)
        result = replay(digits, arguments.model, arguments.fill, tuple(arguments.offset), arguments.brush)
    except DigitpadError as error:
        print(f"replay_strokes: {error}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(result))
        return 0
    print(
        f"{result['n']} digits, {100 * result['accuracy']:.2f} % read correctly, {result['not_sure']} not sure, "
        f"{result['no_digit']} taken for no digit"
    )
    for name in ("by_digit", "by_writer"):
        shares = "  ".join(f"{key}: {100 * share:.1f} %" for key, share in result[name].items())
        print(f"{name.replace('_', ' ')}:  {shares}")
    latency = result["latency_ms"]
    print(f"mouse move to painted answer: {latency['p50']:.1f} ms median, {latency['p99']:.1f} ms at p99")
    return 0


def replay(
    digits: Sequence[Strokes],
    model_path: Path = paths.DEFAULT_NETWORK,
    fill: float = 0.7,
    offset: tuple[float, float] = (0.0, 0.0),
    brush: float | None = None,
) -> dict[str, Any]:
    """Draw every digit in the real window and return what was counted and timed.

    The longer side of a digit takes ``fill`` of the canvas, whose middle its own lies ``offset`` from, in canvas
    sides; ``brush`` is its width in pixels. Raises DigitpadError when the network cannot be loaded.
    """
    model = model_file.load(model_path)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from digitpad.gui import app as application
    from digitpad.gui import replay as hand
    from digitpad.gui.app import make_window
    from digitpad.gui.services.session import Session

    app = QApplication.instance() or application.make_application()
    assert isinstance(app, QApplication)
    window = make_window(app, Session(model))
    window.show()
    tab = window.draw
    app.processEvents()
    if brush is not None:
        tab.set_brush(brush / min(tab.canvas.width(), tab.canvas.height()))
    painted = hand.Painted(tab.outputs)
    right: dict[str, dict[Any, list[bool]]] = {"by_digit": defaultdict(list), "by_writer": defaultdict(list)}
    not_sure, no_digit, latencies = 0, 0, []
    for number, digit in enumerate(digits):
        laid = placed([stroke[:, :2] for stroke in digit.strokes], fill, offset)
        strokes = [stroke[:, :2] for stroke in laid]
        hand.draw(tab.canvas, strokes[:-1])
        places = hand.mouse_places(tab.canvas, strokes[-1])
        hand.send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:-1]:
            hand.send(tab.canvas, QEvent.Type.MouseMove, place)
        if number % _TIMED == 0 and len(places) > 1:
            app.processEvents()  # what came before is read and painted: the next move is timed alone
            latencies.append(hand.timed_move(tab, painted, places[-1]))
        else:
            hand.send(tab.canvas, QEvent.Type.MouseMove, places[-1])
        hand.send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        app.processEvents()
        shown = tab.answer.answer.text()
        not_sure += " or " in shown
        no_digit += shown == "No digit"
        correct = shown[:1] == str(digit.label)
        right["by_digit"][digit.label].append(correct)
        right["by_writer"][digit.writer].append(correct)
        tab.canvas.clear()
    window.close()
    every = [correct for group in right["by_digit"].values() for correct in group]

    def shares(groups: dict[Any, list[bool]]) -> dict[str, float]:
        ordered = sorted(groups, key=lambda key: (len(str(key)), key))  # writer 10 comes after writer 9
        return {str(key): float(np.mean(groups[key])) for key in ordered}

    p50, p99 = np.percentile(latencies or [float("nan")], [50, 99])
    return {
        "n": len(every),
        "accuracy": float(np.mean(every)),
        "not_sure": not_sure,
        "no_digit": no_digit,
        **{name: shares(groups) for name, groups in right.items()},
        "latency_ms": {"p50": float(p50), "p99": float(p99)},
    }


if __name__ == "__main__":
    sys.exit(main())
