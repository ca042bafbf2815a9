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
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from hands import Painted, timed_move
from offscreen import open_window
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from digitpad import paths
from digitpad.data.strokes import Strokes, read_strokes
from digitpad.draw.drawing import FILL
from digitpad.draw.placing import placed
from digitpad.errors import DigitpadError
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.replay import draw, mouse_places, send
from digitpad.gui.services.session import Session
from digitpad.train import model_file
from digitpad.train.model_file import Model

_TIMED = 3  # one digit in so many has its last movement timed, from the mouse to the painted answer


@dataclass(frozen=True)
class Placing:
    """How a digit is drawn: its longer side takes ``fill`` of the canvas, whose middle its own lies ``offset`` from.

    Both are in canvas sides. ``brush`` is its width in pixels, the nearest that there is; None leaves it as it is.
    """

    fill: float = FILL
    offset: tuple[float, float] = (0.0, 0.0)
    brush: float | None = None


@dataclass(frozen=True)
class Replayed:
    """What came of ``n`` digits: shares read correctly in [0, 1], how many were doubted, percentiles of the time."""

    n: int
    accuracy: float
    not_sure: int
    no_digit: int
    by_digit: dict[str, float]
    by_writer: dict[str, float]
    latency_ms: dict[str, float]

    @property
    def refused(self) -> int:
        """Of how many the window said that it is not sure, or that they are no digit."""
        return self.not_sure + self.no_digit


def main() -> int:
    """Replay the file, print the accuracy and return the exit code."""
    parser = argparse.ArgumentParser(description="Replay recorded pen strokes into the real canvas.")
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--fill", type=float, default=FILL, help=f"longer side of each digit, in canvas sides ({FILL})")
    parser.add_argument("--offset", type=float, nargs=2, default=(0.0, 0.0), metavar=("X", "Y"))
    parser.add_argument("--brush", type=float, metavar="W", help="width of the brush in pixels; the nearest there is")
    parser.add_argument("--model", type=Path, default=paths.DEFAULT_NETWORK)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if not 0 < arguments.fill <= 1:
        parser.error("--fill lies above 0 and is at most 1")
    if arguments.brush is not None and not arguments.brush > 0:
        parser.error("--brush is a width above 0")
    placing = Placing(arguments.fill, tuple(arguments.offset), arguments.brush)
    try:
        result = replay(list(read_strokes(arguments.file)), model_file.load(arguments.model), placing)
    except DigitpadError as error:
        print(f"replay_strokes: {error}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(asdict(result)))
        return 0
    print(
        f"{result.n} digits, {100 * result.accuracy:.2f} % read correctly, {result.not_sure} not sure, "
        f"{result.no_digit} taken for no digit"
    )
    for name, shares in (("by digit", result.by_digit), ("by writer", result.by_writer)):
        print(f"{name}:  " + "  ".join(f"{key}: {100 * share:.1f} %" for key, share in shares.items()))
    latency = result.latency_ms
    print(f"mouse move to painted answer: {latency['p50']:.1f} ms median, {latency['p99']:.1f} ms at p99")
    return 0


def replay(digits: Sequence[Strokes], model: Model, placing: Placing) -> Replayed:
    """Draw every one of ``digits``, at least one, in the real window and return what was counted and timed."""
    answers, latencies = [], []
    with open_window(Session(model)) as window:
        tab = window.draw
        if placing.brush is not None:
            tab.set_brush(placing.brush / min(tab.canvas.width(), tab.canvas.height()))
        painted = Painted(tab.outputs)
        for number, digit in enumerate(digits):
            strokes = placed([stroke[:, :2] for stroke in digit.strokes], placing.fill, placing.offset)
            *before, last = (stroke[:, :2] for stroke in strokes)
            draw(tab.canvas, before)
            places = mouse_places(tab.canvas, last)
            if number % _TIMED == 0 and len(places) > 1:
                latencies.append(_draw_timed(tab, painted, places))
            else:
                draw(tab.canvas, [last])
            QApplication.processEvents()
            answers.append(tab.answer.answer.text())
            tab.canvas.clear()
    right = [answer[:1] == str(digit.label) for answer, digit in zip(answers, digits, strict=True)]
    p50, p99 = np.percentile(latencies or [float("nan")], [50, 99])
    return Replayed(
        n=len(right),
        accuracy=float(np.mean(right)),
        not_sure=sum(" or " in answer for answer in answers),
        no_digit=answers.count("No digit"),
        by_digit=_shares([str(digit.label) for digit in digits], right),
        by_writer=_shares([digit.writer for digit in digits], right),
        latency_ms={"p50": float(p50), "p99": float(p99)},
    )


def _draw_timed(tab: DrawTab, painted: Painted, places: Sequence[QPointF]) -> float:
    """Draw a stroke, at least two places of the mouse, and return the milliseconds of its last movement."""
    send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:-1]:
        send(tab.canvas, QEvent.Type.MouseMove, place)
    QApplication.processEvents()  # what came before is read and painted: the next move is timed alone
    latency = timed_move(tab, painted, places[-1])
    send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
    return latency


def _shares(keys: Sequence[str], right: Sequence[bool]) -> dict[str, float]:
    """Return for each of ``keys`` the share that is right."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for key, correct in zip(keys, right, strict=True):
        groups[key].append(correct)
    ordered = sorted(groups, key=lambda key: (len(key), key))  # writer 10 comes after writer 9
    return {key: float(np.mean(groups[key])) for key in ordered}


if __name__ == "__main__":
    sys.exit(main())
