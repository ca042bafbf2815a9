"""What a person has in the window when it is killed; ``scripts/kills.py`` counts it over many kills."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from driving import Steps, drive, wait_for

from benchmarks.probes import Faults, check
from digitpad.gui import replay
from digitpad.gui.demo import THREE
from digitpad.gui.window.main_window import MainWindow

FAULTS = Faults()
_SCRIPTS = Path(__file__).parents[2]
_KEPT_AFTER_S = {"the drawing": 11.0, "a run under way and its weights": 32.0}


def _killed(what: str, _folder: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.probes.losing", what, str(_KEPT_AFTER_S[what])]
    first = subprocess.run(command, cwd=_SCRIPTS, capture_output=True)
    check(first.returncode in (-9, 9), f"the window ended with {first.returncode}")
    found: dict[str, object] = {}

    def steps(window: MainWindow) -> Steps:
        yield 1500
        offer = getattr(window, "offer", None)
        found["offered"] = offer is not None and offer.isVisible()
        found["there"] = len(window.draw.canvas.drawing.strokes)
        found["runs"] = len(window.session.trainer.runs)

    drive(steps)
    kept = found["offered"] or found["there" if what == "the drawing" else "runs"]
    check(kept, f"the next start has {json.dumps(found)}")


def _be_killed(what: str, seconds: float) -> None:
    """Be a window with that in it, and die after so many seconds."""

    def steps(window: MainWindow) -> Steps:
        replay.draw(window.draw.canvas, [THREE])
        if what != "the drawing":
            window.tabs.setCurrentIndex(1)
            yield from wait_for(lambda: window.train.commands.start.isEnabled())
            window.train.commands.start.trigger()
        yield 1000 * seconds
        os.kill(os.getpid(), 9)

    drive(steps)


for _what in _KEPT_AFTER_S:
    FAULTS.add(f"SIGKILL: {_what} at the next start")(partial(_killed, _what))

if __name__ == "__main__":
    _be_killed(sys.argv[1], float(sys.argv[2]))
