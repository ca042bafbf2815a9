"""Changes of the person's drawings that can be taken back and done again, each in the thread that has the store."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from digitpad.errors import one_line
from digitpad.gui.words import a_digit, counted

if TYPE_CHECKING:
    from digitpad.data.store import Drawn, Sample, Store


_AT_HAND = 5000  # drawings that came together and are kept when that is taken back: a class has up to 4,000


class Change(ABC):
    """A change of the drawings that can be taken back, both in the thread; it is ``made``, or is not.

    What was kept for the way back is replaced only by what a change that succeeded took out.
    """

    name: str  # what it is called after "Undo"
    again = True  # whether it can be done again once it was taken back
    number = 0  # of the drawing that was kept with it, if one was
    made = False

    def make(self, store: "Store") -> bool:
        """Make it where it is not made, and return whether anything changed. Raises StoreError."""
        if self.made:
            return False
        self.made = self._do(store)
        return self.made

    def take_back(self, store: "Store") -> bool:
        """Take it back where it is made, and return whether it was. Raises StoreError."""
        if not self.made:
            return False
        self._undo(store)
        self.made = False
        return True

    @abstractmethod
    def _do(self, store: "Store") -> bool:
        """Make the change, and return whether there was one to make."""

    @abstractmethod
    def _undo(self, store: "Store") -> None:
        """Take it back."""

    def done(self, total: int) -> str:
        """Return what to tell when it is done and ``total`` drawings are kept; nothing where it can be seen."""
        return ""

    def undone(self, total: int) -> str:
        """Return what to tell when it is taken back."""
        return ""


class Addition(Change):
    """A drawing that is kept."""

    def __init__(self, drawn: "Drawn") -> None:
        self.label = drawn.label
        self.name = f"keep as {drawn.label}"
        self._drawn = drawn
        self._removed: list[Sample] = []  # as it was taken out again, under its number

    def _do(self, store: "Store") -> bool:
        """Keep the drawing, under its old number if it had one."""
        if self.number:
            store.restore(self._removed)
        else:
            self.number = store.add(self._drawn)
        return True

    def _undo(self, store: "Store") -> None:
        """Take it out."""
        from digitpad.data.store import Sample

        removed = store.remove([self.number]) or self._removed
        # Where it was removed elsewhere, it is kept again as it was.
        self._removed = removed or [Sample(**vars(self._drawn), id=self.number)]
        self.label = self._removed[0].label  # it may be another by now

    def done(self, total: int) -> str:
        """Tell it, with how many are kept."""
        return f"Kept as {a_digit(self.label)}. You have kept {total:,} so far."

    def undone(self, total: int) -> str:
        """Tell it, with how many are kept."""
        return f"Forgotten. {_left(total)}"


class Relabelling(Change):
    """Another label for some drawings."""

    def __init__(self, numbers: list[int], label: int) -> None:
        self.name = f"relabel as {label}"
        self._numbers, self._label = numbers, label
        self._before: dict[int, int] = {}  # the label each drawing had, by its number

    def _do(self, store: "Store") -> bool:
        """Give them the label."""
        # Those that are gone may come back by the step above it.
        self._before = store.relabel(self._numbers, self._label) or self._before
        return any(label != self._label for label in self._before.values())

    def _undo(self, store: "Store") -> None:
        """Give each the label it had."""
        for label in set(self._before.values()):
            store.relabel([number for number, before in self._before.items() if before == label], label)

    def done(self, _total: int) -> str:
        """Tell it: the drawing may be among others, or shown no longer."""
        return f"{counted(len(self._numbers), 'drawing')} relabelled as {self._label}."

    def undone(self, _total: int) -> str:
        """Tell it."""
        return "The label is as before." if len(self._numbers) == 1 else "The labels are as before."


class Removal(Change):
    """Some drawings forgotten."""

    def __init__(self, numbers: list[int]) -> None:
        self.name = f"remove {counted(len(numbers), 'drawing')}"
        self.numbers = numbers
        self._removed: list[Sample] = []

    def _do(self, store: "Store") -> bool:
        """Take them out."""
        self._removed = store.remove(self.numbers) or self._removed
        return bool(self._removed)

    def _undo(self, store: "Store") -> None:
        """Put them back."""
        store.restore(self._removed)

    def done(self, total: int) -> str:
        """Tell it, with how many are kept."""
        return f"Removed. {_left(total)}"

    def undone(self, total: int) -> str:
        """Tell it, with how many are kept."""
        return f"Brought back. {_left(total)}"


class Import(Change):
    """An import, done already, or ``stopped``. A large one cannot be done again: memory has no room for all of it."""

    def __init__(self, numbers: list[int], source: str, *, stopped: bool = False) -> None:
        self._numbers, self._source, self._stopped = numbers, one_line(source), stopped
        self.name = f"import {self._source}"
        self.again = len(numbers) <= _AT_HAND
        self._removed: list[Sample] = []

    def _do(self, store: "Store") -> bool:
        """Put back what was taken out; the first time they came while the file was read."""
        if self._removed:
            store.restore(self._removed)
            self._removed = []  # or memory would hold them as long as the step
        return True

    def _undo(self, store: "Store") -> None:
        """Take them out."""
        if self.again:
            self._removed = store.remove(self._numbers)
        else:
            store.remove_for_good(self._numbers)

    def done(self, total: int) -> str:
        """Tell it, with how many are kept."""
        n, source = counted(len(self._numbers), "drawing"), self._source
        came = f"{n} imported from {source}, then stopped." if self._stopped else f"{n} came from {source}."
        return f"{came} You have kept {total:,} so far."

    def undone(self, total: int) -> str:
        """Tell it, with how many are kept."""
        return f"The import is taken back. {_left(total)}"


def _left(total: int) -> str:
    return f"You have {counted(total, 'drawing')} now."
