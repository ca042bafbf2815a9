"""What a kill cost: a journal of what was seen done in the window against what a start finds afterwards."""

from dataclasses import dataclass, field
from typing import Any

from digitpad.gui.services.made_here import MOST

OLDEST_S = {"drawing": 10.0, "network": 30.0, "run": 30.0}  # what is kept may be so much older than what was lost

Entry = dict[str, Any]
_IN_A_FILE = {"", "file"}  # networks that the program itself need not keep


@dataclass
class Faults:
    """What went wrong, a sentence each, and how old what was kept was at most, in seconds."""

    kills: int = 0
    torn: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    oldest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(OLDEST_S, 0.0))
    moments: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Faults") -> None:
        """Count what ``other`` counted, too."""
        self.kills += other.kills
        for name in ("torn", "older", "lost"):
            getattr(self, name).extend(getattr(other, name))
        self.oldest = {kind: max(age, other.oldest[kind]) for kind, age in self.oldest.items()}
        for moment, n in other.moments.items():
            self.moments[moment] = self.moments.get(moment, 0) + n


class Losses:
    """Counts over windows that follow each other in one folder."""

    def __init__(self) -> None:
        """Begin with a folder in which nothing is kept."""
        self._seen: dict[str, set[str]] = {"drawing": {""}, "network": {"", "file"}}  # in any of the windows
        self._before: Entry = {"places": [], "unread": [], "saved": ""}
        self._saved: set[str] = {""}  # what the saved file may hold
        self._ever_saved: set[str] = set()
        self.faults = Faults()

    def compare(self, where: str, entries: list[Entry], found: Entry, killed_at: float) -> None:
        """Count what is wrong with what was ``found`` after a window, whose journal has ``entries``, was killed.

        ``found`` is what benchmarks/programs/kept.py prints, ``killed_at`` on the journal's clock; ``where`` says which
        window it was.
        """
        (start,) = (entry for entry in entries if entry["what"] == "start")
        told = {kind: [entry for entry in entries if entry["what"] == kind] for kind in (*OLDEST_S, "saving", "saved")}
        for kind in ("drawing", "network"):
            self._seen[kind] |= {entry["value"] for entry in told[kind]}
        own = max(found["places"], key=lambda place: float(place["saved_at"]), default=None)
        if own is not None and own["saved_at"] < start["at"]:
            own = None  # it was killed before it kept anything
        for place in found["places"]:
            for kind in ("drawing", "network"):
                if place[kind] not in self._seen[kind]:
                    self.faults.torn.append(f"{where}: a {kind} that never was")
            for network in set(place["made"]) - self._seen["network"]:
                self.faults.torn.append(f"{where}: a network that never was: {network}")
            if not place["whole"]:
                self.faults.torn.append(f"{where}: a sitting that is not whole")
        self.faults.torn += [f"{where}: a sitting that cannot be read" for _ in found["unread"]]
        blank = {"t": start["t"], "name": "", "value": ""}
        for kind in ("drawing", "network"):
            self._age(where, kind, [blank, *told[kind]], own[kind] if own else "", killed_at)
        self._compare_runs(where, told["run"], found, killed_at)
        self._compare_decisions(where, told, found)
        self._compare_saved(where, told, found)
        self._compare_made(where, told["network"], found, killed_at)
        self._before = found

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
            brought = {entry["value"] for entry in told["drawing"]}
            if place["id"] not in there and place["drawing"] not in brought | {""}:
                self.faults.lost.append(f"{where}: a drawing that was kept")

    def _compare_made(self, where: str, told: list[Entry], found: Entry, killed_at: float) -> None:
        """Miss networks that were in use, now or before, and that are neither in a file nor had to make room."""
        there = {network for place in found["places"] for network in place["made"]}
        if any(len(place["made"]) >= MOST for place in found["places"]):
            return
        before = {network for place in self._before["places"] for network in place["made"]}
        self.faults.lost += [f"{where}: the network {one}" for one in before - there - self._ever_saved]
        for entry in told:
            age = killed_at - float(entry["t"])
            if age > OLDEST_S["network"] and entry["value"] not in there | self._ever_saved | _IN_A_FILE:
                self.faults.older.append(f"{where}: the network {entry['value']}, in use {age:.1f} s before")

    def _compare_saved(self, where: str, told: dict[str, list[Entry]], found: Entry) -> None:
        for entry in sorted(told["saving"] + told["saved"], key=lambda entry: float(entry["t"])):
            self._ever_saved.add(entry["value"])
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
        if age > OLDEST_S[kind]:
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
