"""Use the real window at random for a while, and find out whether it stands that.

    python3 scripts/soak.py MINUTES [--seed N] [--gap MS] [--warm-up MINUTES]

Whatever a person can do is done, by events: draw, erase, undo, keep, relabel, train, pause, stop, change tabs, pages,
sliders, sizes and colours, open good and odd files, save, export, answer dialogs. Off-screen, or on the display that
QT_QPA_PLATFORM names. It fails on an exception anywhere, a warning of Qt's, a widget in use that the garbage collector
finds, a turn of the event loop longer than 250 ms (or MS), a window that moves or changes its size by itself or comes
to need more than 720 x 520, a thread that is left at the end, memory that grows after the warm-up, and when the program
dies. The same seed takes the same actions; what they meet may depend on how far training is.

Memory grows where what the program has of it and what is in use both become more by over 1 MB a minute, or what it has
by over 3: how much is free between what is in use comes and goes.

The warm-up comes before the MINUTES and is used and watched in the same way. What is kept within bounds fills up in it:
weights of runs, earlier networks and drawings, data sets. What is had once and stays, as modules that are loaded when
they are first needed, is had before that.

The program has a folder of its own and no internet. Memory is measured each minute, when the person has tidied up and
nothing can be taken back any more: the steps for that take hours to fill the 32 MB they may have, which "10,000
strokes" of ``bench.py faults`` looks at.
"""

import environment

environment.enter(tests=True)  # a person exports as ONNX, too, which the program itself does without

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from digitpad.gui.services.faults import CRASHES, LOG

_SCRIPTS = Path(__file__).parent
_LAST, _TRACE = 20, 300  # lines that are printed where something went wrong
_PATIENCE_S = 120.0  # for a window that should have closed


def main() -> int:
    """Soak; return 0 where nothing went wrong, else 1."""
    parser = argparse.ArgumentParser(description="Use the window at random and see whether it stands that.")
    parser.add_argument("minutes", type=float, metavar="MINUTES")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--gap", type=float, default=250, metavar="MS", help="the longest turn that is no fault")
    parser.add_argument(
        "--warm-up", type=float, default=15, metavar="MINUTES", help="of use before memory is judged (default: 15)"
    )
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and the program with it
    seconds, warm_up = 60 * arguments.minutes, 60 * arguments.warm_up
    with tempfile.TemporaryDirectory(prefix="digitpad-soak-", ignore_cleanup_errors=True) as folder:
        return soak(seconds, arguments.seed, arguments.gap, Path(folder), warm_up)


def soak(seconds: float, seed: int, gap_ms: float, folder: Path, warm_up: float = 0.0) -> int:
    """Run the program in a process of its own for ``warm_up`` and then ``seconds``, and print what came of it."""
    seconds += warm_up
    python = [sys.executable, "-W", "error", "-X", "faulthandler"]
    command = [*python, "-m", "soaking.program", str(seconds), str(seed), str(gap_ms)]
    variables = {name: value for name, value in os.environ.items() if name != "DIGITPAD_MNIST"}
    variables |= {"DIGITPAD_HOME": str(folder / "home"), "HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    variables |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    variables.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before NumPy is loaded
    command += [str(folder), str(warm_up)]
    with subprocess.Popen(command, cwd=_SCRIPTS, env=variables, stdout=subprocess.PIPE, text=True) as process:
        try:
            output, _ = process.communicate(timeout=seconds + _PATIENCE_S)
            ended = "" if process.returncode == 0 else f"the program died: exit code {process.returncode}"
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            ended = f"the program was still at work {_PATIENCE_S:.0f} s after its time"
        finally:
            process.kill()  # should this one be ended; what follows waits until nobody writes into the folder
    *problems, outcome = [json.loads(line) for line in output.splitlines() if line.startswith(('"', "{"))] or [None]
    if not isinstance(outcome, dict):
        problems, outcome = [*problems, *([outcome] if outcome else [])], {}
        ended = ended or "the program ended before its time"
    if outcome.get("code"):
        ended = ended or f"the program ended with exit code {outcome['code']}"
    problems += [ended] if ended else []
    print(f"seed {seed}, {seconds:.0f} s: " + ", ".join(f"{name} {value}" for name, value in outcome.items()))
    if not problems:
        print("clean")
        return 0
    print(f"{len(problems)} problems:")
    for problem in problems:
        print(f"- {problem}")
    for file, lines in ("actions.txt", _LAST), (f"home/{LOG}", _LAST), (f"home/{CRASHES}", _TRACE):
        if (folder / file).exists():
            print(f"The last {lines} lines of {Path(file).name}:")
            print("\n".join((folder / file).read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]))
    return 1


if __name__ == "__main__":
    sys.exit(main())
