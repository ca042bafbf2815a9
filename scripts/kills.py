"""Kill the program again and again, and count what was lost.

    python3 scripts/kills.py [KILLS] [--jobs N] [--seed N] [--longest SECONDS] [--json]

A real window, off-screen, in a process and a folder of its own, is worked at random: drawing, training, using and
saving networks, taking up what the last one left. It is ended by SIGKILL at a random moment: while anything is done,
while a sitting is being opened again, or after a random step of writing one. After each kill a fresh process reads
what is kept, and that is compared with the journal of what was seen done. Five windows one after the other live in one
folder.

torn: kept, but never there in the window, not whole, or beside files that belong to nothing.
older: kept as it was more than 10 s (the drawing) or 30 s (the network in use and those before it, each run) before
the kill.
lost: found by an earlier start, neither taken up nor decided on, and not there any more; or saved and acknowledged.
"""

import environment

environment.enter()

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.losses import Faults, Losses

_SCRIPTS = Path(__file__).parent
_ROUNDS = 5  # windows one after the other in one folder
_START_S = 60.0  # for a window to begin on a busy machine
_MOMENTS = ("any", "any", "writing", "writing", "opening")
_OPENING_S, _STEPS = 0.5, 80  # so long after the start at most, and after so many steps of writing


class Chain:
    """Windows that follow each other in one folder, each killed."""

    def __init__(self, home: Path, seed: int, longest: float) -> None:
        """Live in ``home``; ``longest`` is how long a window lives at most, in seconds."""
        self._home, self._seed, self._longest = home, seed, longest
        self._random = random.Random(seed)
        self._losses = Losses()

    def run(self, kills: int) -> Faults:
        """Kill so many windows and return what went wrong."""
        faults = self._losses.faults
        for number in range(kills):
            journal = self._home / f"journal-{number}"
            moment = self._random.choice(_MOMENTS)
            killed_at = self._kill(journal, moment, 1000 * self._seed + number)
            entries = [json.loads(line) for line in journal.read_bytes().split(b"\n")[:-1]]
            found = json.loads(self._process("kept").communicate()[0])
            self._losses.compare(f"seed {self._seed}, window {number}, {moment}", entries, found, killed_at)
            faults.kills += 1
            faults.moments[moment] = faults.moments.get(moment, 0) + 1
        return faults

    def _process(self, program: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-W", "error", "-m", f"benchmarks.programs.{program}", *map(str, arguments)]
        variables = {name: value for name, value in os.environ.items() if name != "DIGITPAD_MNIST"}
        variables |= {"DIGITPAD_HOME": str(self._home), "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.Popen(command, cwd=_SCRIPTS, env=variables, stdout=subprocess.PIPE, text=True)

    def _kill(self, journal: Path, moment: str, seed: int) -> float:
        """Start a window and kill it at a ``moment``; return when that was."""
        steps = [self._random.randint(1, _STEPS)] if moment == "writing" else []
        with self._process("killed", seed, journal, *steps) as window:
            try:
                _wait_for_start(window, journal)
                if moment == "any":
                    time.sleep(min(self._longest, 0.2 * 150 ** self._random.random()))
                elif moment == "writing":
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        window.wait(self._longest)
                else:
                    time.sleep(self._random.uniform(0, _OPENING_S))
                killed_at = time.monotonic()
            finally:
                window.kill()
        if os.name != "nt" and window.returncode != -signal.SIGKILL:
            raise RuntimeError(f"the window ended by itself, with {window.returncode}")
        return killed_at


def _wait_for_start(window: "subprocess.Popen[str]", journal: Path) -> None:
    end = time.monotonic() + _START_S
    while not (journal.exists() and b'"start"' in journal.read_bytes()):
        if window.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the window did not start, or ended with {window.poll()}")
        time.sleep(0.001)


def _chains(kills: int, seed: int) -> Iterator[tuple[int, int]]:
    for number, start in enumerate(range(0, kills, _ROUNDS)):
        yield seed + number, min(_ROUNDS, kills - start)


def main() -> int:
    """Kill, print what was counted, and return 1 where anything was torn, too old or lost."""
    parser = argparse.ArgumentParser(description="Kill the program again and again, and count what was lost.")
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--jobs", type=int, default=2, help="windows at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--longest", type=float, default=25.0, metavar="SECONDS", help="how long a window lives at most"
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    faults = Faults()

    def chain(task: tuple[int, int]) -> Faults:
        seed, kills = task
        with tempfile.TemporaryDirectory() as home:
            return Chain(Path(home), seed, arguments.longest).run(kills)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        for counted in pool.map(chain, _chains(arguments.kills, arguments.seed)):
            faults.add(counted)
            for sentence in counted.torn + counted.older + counted.lost:
                print(sentence, file=sys.stderr, flush=True)
    counts = {name: len(getattr(faults, name)) for name in ("torn", "older", "lost")}
    if arguments.json:
        print(json.dumps({"kills": faults.kills, **counts, "oldest": faults.oldest, "moments": faults.moments}))
    else:
        moments = ", ".join(f"{n} {moment}" for moment, n in sorted(faults.moments.items()))
        print(f"{faults.kills} kills ({moments}): " + ", ".join(f"{n} {name}" for name, n in counts.items()))
        print("oldest, s: " + ", ".join(f"{kind} {age:.1f}" for kind, age in faults.oldest.items()))
    return 1 if any(counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
