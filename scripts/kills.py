"""Kill the program again and again, and count what was lost.

    python3 scripts/kills.py [KILLS] [--jobs N] [--seed N] [--longest SECONDS] [--json]

A real window, off-screen, in a process and a folder of its own, is worked at random: drawing, training, using and
saving networks, taking up what the last one left. It is ended by SIGKILL at a random moment: while anything is done,
while a sitting is being written, or while one is being opened again. After each kill a fresh process reads what is
kept, and that is compared with the journal of what was seen done. Five windows after each other live in one folder.

torn: kept, but never there in the window, not whole, or beside files that belong to nothing.
older: kept as it was more than 10 s (the drawing) or 30 s (the network in use, each run) before the kill.
lost: found by an earlier start, neither taken up nor decided on, and not there any more; or saved and acknowledged.
"""

import environment

environment.enter()

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SCRIPTS = Path(__file__).parent
_ROUNDS = 5  # windows one after the other in one folder
_OLDEST_S = {"drawing": 10.0, "network": 30.0, "run": 30.0}
_START_S = 60.0  # for a window to begin on a busy machine
_MOMENTS = ("any", "any", "writing", "writing", "opening")
_WRITING_S = 0.05  # so soon after a write begins, or
_OPENING_S = 0.5  # after a sitting is being opened

Entry = dict[str, Any]


@dataclass
class Faults:
    """What went wrong, a sentence each, and how old what was kept was at most, in seconds."""

    kills: int = 0
    torn: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    oldest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_OLDEST_S, 0.0))
    moments: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Faults") -> None:
        """Count what ``other`` counted, too."""
        self.kills += other.kills
        for name in ("torn", "older", "lost"):
            getattr(self, name).extend(getattr(other, name))
        self.oldest = {kind: max(age, other.oldest[kind]) for kind, age in self.oldest.items()}
        for moment, n in other.moments.items():
            self.moments[moment] = self.moments.get(moment, 0) + n


class Chain:
    """Windows that follow each other in one folder, each killed."""

    def __init__(self, home: Path, seed: int, longest: float) -> None:
        """Live in ``home``; ``longest`` is how long a window lives at most, in seconds."""
        self._home, self._seed, self._longest = home, seed, longest
        self._random = random.Random(seed)
        self._seen: dict[str, set[str]] = {"drawing": {""}, "network": {"", "file"}}  # in any of the windows
        self._before: Entry = {"places": [], "unread": [], "saved": ""}
        self._saved: set[str] = {""}  # what the saved file may hold
        self.faults = Faults()

    def run(self, kills: int) -> Faults:
        """Kill so many windows and return what went wrong."""
        for number in range(kills):
            journal = self._home / f"journal-{number}"
            moment = self._random.choice(_MOMENTS)
            killed_at = self._kill(journal, moment, 1000 * self._seed + number)
            entries = [json.loads(line) for line in journal.read_bytes().split(b"\n")[:-1]]
            found = json.loads(self._process("kept").communicate()[0])
            self.faults.kills += 1
            self.faults.moments[moment] = self.faults.moments.get(moment, 0) + 1
            where = f"seed {self._seed}, window {number}, killed while {moment}"
            self._compare(where, entries, found, killed_at)
            self._before = found
        return self.faults

    def _process(self, program: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-W", "error", "-m", f"benchmarks.programs.{program}", *map(str, arguments)]
        variables = {name: value for name, value in os.environ.items() if name != "DIGITPAD_MNIST"}
        variables |= {"DIGITPAD_HOME": str(self._home), "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.Popen(command, cwd=_SCRIPTS, env=variables, stdout=subprocess.PIPE, text=True)

    def _kill(self, journal: Path, moment: str, seed: int) -> float:
        """Start a window and kill it at a ``moment``; return when that was."""
        with self._process("killed", seed, journal) as window:
            try:
                _wait_for(window, journal, b'"start"', 1, _START_S)
                if moment == "any":
                    time.sleep(min(self._longest, 0.2 * 150 ** self._random.random()))
                elif moment == "writing":
                    _wait_for(window, journal, b'"keep"', self._random.randint(1, 4), self._longest)
                    time.sleep(self._random.uniform(0, _WRITING_S))
                else:
                    time.sleep(self._random.uniform(0, _OPENING_S))
            finally:
                killed_at = time.monotonic()
                window.kill()
        return killed_at

    def _compare(self, where: str, entries: list[Entry], found: Entry, killed_at: float) -> None:
        (start,) = (entry for entry in entries if entry["what"] == "start")
        told = {kind: [entry for entry in entries if entry["what"] == kind] for kind in (*_OLDEST_S, "saving", "saved")}
        for kind in ("drawing", "network"):
            self._seen[kind] |= {entry["value"] for entry in told[kind]}
        own = max(found["places"], key=lambda place: float(place["saved_at"]), default=None)
        if own is not None and own["saved_at"] < start["at"]:
            own = None  # it was killed before it kept anything
        for place in found["places"]:
            for kind in ("drawing", "network"):
                if place[kind] not in self._seen[kind]:
                    self.faults.torn.append(f"{where}: a {kind} that never was")
            if not place["whole"]:
                self.faults.torn.append(f"{where}: a sitting that is not whole")
        self.faults.torn += [f"{where}: a sitting that cannot be read" for _ in found["unread"]]
        blank = {"t": start["t"], "name": "", "value": ""}
        for kind in ("drawing", "network"):
            self._age(where, kind, [blank, *told[kind]], own[kind] if own else "", killed_at)
        self._compare_runs(where, told["run"], found, killed_at)
        self._compare_decisions(where, told, found)
        self._compare_saved(where, told, found)

    def _compare_runs(self, where: str, told: list[Entry], found: Entry, killed_at: float) -> None:
        kept = _runs(found)
        before = _runs(self._before)
        for name in {entry["name"] for entry in told}:
            entries = [entry for entry in told if entry["name"] == name]
            first = {"t": entries[0]["t"], "value": None}
            known = {entry["value"] for entry in entries} | set(before.get(name, []))
            if not set(kept.get(name, [])) <= known:
                self.faults.torn.append(f"{where}: {name} as it never was")
            ages = [_age([first, *entries], value, killed_at) for value in (None, *kept.get(name, []))]
            self._judge(where, "run", min(age for age in ages if age is not None))
        self.faults.lost += [f"{where}: {name}" for name in before.keys() - kept.keys()]

    def _compare_decisions(self, where: str, told: dict[str, list[Entry]], found: Entry) -> None:
        there = {place["id"] for place in found["places"]}
        for place in self._before["places"]:
            for kind in ("drawing", "network"):
                brought = {entry["value"] for entry in told[kind]}
                if place["id"] not in there and place[kind] not in brought | {"", "file"}:
                    self.faults.lost.append(f"{where}: a {kind} that was kept")

    def _compare_saved(self, where: str, told: dict[str, list[Entry]], found: Entry) -> None:
        for entry in sorted(told["saving"] + told["saved"], key=lambda entry: float(entry["t"])):
            if entry["what"] == "saved":
                self._saved = {entry["value"]}
            else:
                self._saved.add(entry["value"])
        if found["saved"] not in self._saved:
            self.faults.lost.append(f"{where}: the network that was saved: {found['saved']}")

    def _age(self, where: str, kind: str, entries: list[Entry], value: str, killed_at: float) -> None:
        age = _age(entries, value, killed_at)
        if age is not None:
            self._judge(where, kind, age)
        elif value not in self._seen[kind]:
            self.faults.torn.append(f"{where}: a {kind} that never was")
        else:
            self.faults.older.append(f"{where}: the {kind} of an earlier window")

    def _judge(self, where: str, kind: str, age: float) -> None:
        self.faults.oldest[kind] = max(self.faults.oldest[kind], age)
        if age > _OLDEST_S[kind]:
            self.faults.older.append(f"{where}: the {kind} by {age:.1f} s")


def _age(entries: list[Entry], value: object, killed_at: float) -> float | None:
    """Return for how long ``value`` had been replaced when the window was killed; None where it never was there."""
    last = max((i for i, entry in enumerate(entries) if entry["value"] == value), default=None)
    if last is None:
        return None
    return killed_at - float(entries[last + 1]["t"]) if last + 1 < len(entries) else 0.0


def _runs(found: Entry) -> dict[str, list[str]]:
    """Return what is kept of each run, by name: more than one place may have it."""
    runs: dict[str, list[str]] = {}
    for place in found["places"]:
        for name, value in place["runs"].items():
            runs.setdefault(name, []).append(value)
    return runs


def _wait_for(window: "subprocess.Popen[str]", journal: Path, word: bytes, times: int, seconds: float) -> None:
    """Wait until ``word`` stands in the journal so many times, so long at most."""
    end = time.monotonic() + seconds
    while not (journal.exists() and journal.read_bytes().count(word) >= times):
        if window.poll() is not None:
            raise RuntimeError(f"the window ended by itself, with {window.returncode}")
        if time.monotonic() > end:
            return
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
