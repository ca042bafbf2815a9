"""The runs of this sitting: which there are, their names and numbers, and room for their weights: ``RunList``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from digitpad.errors import one_line
from digitpad.gui.services.background import Background
from digitpad.nn.neurons import Floats
from digitpad.train.resting import laid_down
from digitpad.train.run_memory import keep_within
from digitpad.train.runs import Mark, OnTestSet, Run

_PLACES = 5
_ROOM = "room"  # the newest request to make some counts


class RunList(QObject):
    """Keeps runs in the order of their numbers, and their weights in memory as far as there is room for them.

    Signals: ``runs_changed()`` when runs came or went, or more is known of some; ``run_changed(Run)`` when one has
    another name, was tested, or tells more;
    ``failed(sentence)`` when something went wrong.
    """

    runs_changed = Signal()
    run_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self.runs: list[Run] = []
        self.run: Run | None = None  # the one that learns, is paused, or learned last
        self._removed = WeakSet[Run]()  # while somebody can bring them back
        self._numbers = 0
        self._disk = Background(self)  # for weights that memory has no room for
        self._full = False  # whether it was told that they stay there

    def next_number(self) -> int:
        """Return the number of the next run, which no other gets."""
        self._numbers += 1
        return self._numbers

    def rename(self, run: Run, name: str) -> None:
        """Call ``run`` by another name."""
        run.name = one_line(name) or run.recipe.title
        self.run_changed.emit(run)

    def note_tested(self, run: Run, tested: OnTestSet) -> None:
        """Know what the test set says of the epoch of ``run`` that was chosen."""
        run.tested = tested
        self.run_changed.emit(run)

    def remove(self, *runs: Run) -> None:
        """Forget ``runs``."""
        for run in runs:
            self.runs.remove(run)
            self._removed.add(run)
        self.runs_changed.emit()

    def restore(self, runs: Mapping[int, Run]) -> None:
        """Take back a removal: have each of ``runs`` in its place, the first first."""
        for place, run in runs.items():
            self.runs.insert(place, run)
            self._removed.discard(run)
        self.runs_changed.emit()

    def clear(self) -> None:
        """Forget all runs; the next one is the first again."""
        self.runs.clear()
        self._numbers = 0
        self.runs_changed.emit()

    def add(self, run: Run) -> Run:
        """Add a run that a network file tells of, or what it knows of one that is here; return the one that is here."""
        there = self._same(run, self.runs)
        if there is not None:
            _take_in(there, run)
            self.make_room()
            self.runs_changed.emit()
            self.run_changed.emit(there)
            return there
        run.number = self.next_number()
        self.runs.append(run)
        self.make_room()
        self.runs_changed.emit()
        return run

    def take_up(self, runs: Iterable[Run]) -> dict[int, int]:
        """Add ``runs`` of another sitting, under their numbers where these are free, and what they know of those here.

        A run that was restarted tells the same as the one before: of two such, one that is here is only one.
        Return the number that each has here, by the one it had.
        """
        runs, known, numbers = list(runs), dict[Run, Run](), dict[int, int]()
        here = defaultdict(list)
        for run in self.runs:
            here[run.recipe].append(run)
        # Those that went far come first: what was stopped and begun again tells the beginning of the same.
        for run in sorted(runs, key=lambda run: len(run.points), reverse=True):
            there = self._same(run, here[run.recipe])
            if there is not None:
                here[run.recipe].remove(there)
                _take_in(there, run)
                known[run] = there
        for run in runs:
            number = run.number
            if run not in known:
                if run.number <= self._numbers:
                    run.number = self._numbers + 1
                self._numbers = run.number
                self.runs.append(run)
            numbers[number] = known.get(run, run).number
        self.make_room()
        self.runs_changed.emit()
        for run in known.values():
            self.run_changed.emit(run)
        return numbers

    def _same(self, run: Run, runs: Iterable[Run]) -> Run | None:
        """Return that of ``runs`` which tells the same as ``run``, as far as both went, and has most in common with it.

        One that learns here goes its own way: it is none that went further already.
        """

        def agrees(one: Run) -> bool:
            open_ended = one is self.run or not one.points
            n, until = _in_common(one, run), min(one.at, run.at)
            alike = one.points[:n] == run.points[:n] and _marks_before(until, one) == _marks_before(until, run)
            return alike and not (open_ended and _is_further(run, one))

        alike = (one for one in runs if one.recipe == run.recipe and agrees(one))
        return max(alike, key=lambda one: _in_common(one, run), default=None)

    def make_room(self) -> None:
        """Keep weights in memory within bounds; those that are too many go to the disk, of removed runs first."""
        too_many = keep_within([*self._removed, *self.runs])

        def move(parameters: list[Floats]) -> None:
            for network, its_own in zip(too_many, parameters, strict=True):
                network.move_to(its_own)
            self.make_room()  # for what came meanwhile

        if too_many and not self._disk.pending(_ROOM):
            self._disk.run(lambda: laid_down(too_many), move, self._tell_full, latest=_ROOM)

    def _tell_full(self, sentence: str) -> None:
        if not self._full:
            self._full = True
            self.failed.emit(f"The weights of earlier runs stay in memory: {sentence}")

    def close(self) -> None:
        """Wait for what is written to the disk."""
        self._disk.wait()


def _in_common(one: Run, other: Run) -> int:
    """Return how many points both have."""
    return min(len(one.points), len(other.points))


def _marks_before(epochs: float, run: Run) -> list[Mark]:
    return [mark for mark in run.marks if mark.epochs < epochs]


def _is_further(one: Run, other: Run) -> bool:
    """Whether ``one`` has more points, or is further behind the last of them than files tell to so many places."""
    return (len(one.points), round(one.at, _PLACES)) > (len(other.points), round(other.at, _PLACES))


def _take_in(there: Run, run: Run) -> None:
    """Have ``there`` tell what ``run`` does, which is the same run from elsewhere."""
    if _is_further(run, there):
        there.points, there.marks, there.latest, there.at = run.points, run.marks, run.latest, run.at
        there.seconds, there.evaluation, there.tested = run.seconds, run.evaluation, run.tested or there.tested
        there.trouble, there.material = run.trouble, run.material or there.material
        there.rates = run.rates
    elif not _is_further(there, run):  # what ended one of them did not end the other
        there.trouble = there.trouble or run.trouble
    there.networks = run.networks | there.networks
    there.tested = there.tested or run.tested
    there.material = there.material or run.material
    if there.name == there.recipe.title:
        there.name = run.name
