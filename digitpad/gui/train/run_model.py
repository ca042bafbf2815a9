"""The runs as a list for Qt: what stands on each chip is made when it is shown."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.words import duration
from digitpad.train.measured import best_of, best_of_group
from digitpad.train.naming import labels, names
from digitpad.train.repeats import Alike, Repeats, repeats
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS

_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class RunModel(QAbstractListModel):
    """An item for each run, the newest first: its label, whether its curves are shown, and its name to be edited.

    The runs of a group are folded into one item, unless the person has unfolded them. It stands for the one of them
    that was selected last.

    Signals: ``shown_changed()`` after a run was shown or hidden; ``renamed(run, name)`` when it is to be;
    ``folded()`` after there came to be other items for the same runs.
    """

    shown_changed = Signal()
    renamed = Signal(object, str)
    folded = Signal()

    def __init__(self, parent: QObject) -> None:
        """Start empty."""
        super().__init__(parent)
        self.runs: list[Run] = []  # as the items are
        self.hidden: set[int] = set()  # the numbers of runs whose curves are not shown
        self.learning: Run | None = None
        self._all: list[Run] = []
        self._groups: list[Repeats] = []
        self._of: dict[int, Repeats] = {}  # the group of each run that is in one, by number
        self._unfolded: set[Alike] = set()
        self._labels: dict[int, str] = {}  # of items, by number
        self._single: dict[int, str] = {}  # of runs

    def show_runs(self, runs: list[Run]) -> None:
        """Have an item for each of ``runs`` or for its group, the last one first."""
        if not runs:
            self.hidden.clear()  # of what comes now the first may have the same numbers
            self._unfolded.clear()
        self._all = list(runs)
        self._groups = repeats(runs)
        self._of = {run.number: group for group in self._groups for run in group.runs}
        self._list_items()

    def outdated(self, runs: list[Run]) -> bool:
        """Whether there are other groups among ``runs`` than when they were shown."""
        return repeats(runs) != self._groups

    def _list_items(self) -> None:
        before = {id(run) for run in self.runs}
        items: dict[object, Run] = {}
        for run in self._all:
            group = self.group(run)
            place: object = group.alike if group else run.number
            # A group has the place of its newest run, and the item stands for the one it stood for.
            front = items.pop(place, None)
            items[place] = front if front is not None and id(front) in before else run
        rows = list(items.values())[::-1]
        if rows != self.runs:
            self.beginResetModel()
            self.runs = rows
            self._name()
            self.endResetModel()
        else:
            self.name_anew()

    def _name(self) -> bool:
        """Name the items by what differs now; return whether any is named otherwise than before."""
        folded = {run.number: len(group.runs) for run in self.runs if (group := self.group(run))}
        named = {
            number: f"{folded[number]} × {name}" if number in folded else f"#{number} {name}"
            for number, name in names(self.runs[::-1], of_all_seeds=folded).items()
        }
        changed, self._labels = named != self._labels, named
        self._single = labels(self._all)
        return changed

    def name_anew(self) -> None:
        """Name the runs by what differs now."""
        if self._name() and self.runs:
            self.dataChanged.emit(self.index(0), self.index(len(self.runs) - 1))

    def update_run(self, run: Run, learning: bool) -> None:
        """Have what is new of ``run`` on its chip."""
        self.learning = run if learning else None
        if run in self.runs:
            place = self.index(self.runs.index(run))
            self.dataChanged.emit(place, place, [_Role.ToolTipRole])  # not the name, which may be typed

    def toggle(self, run: Run) -> None:
        """Hide the curves of ``run``, or show them again; of a group that is folded, those of all its runs."""
        numbers = {one.number for one in self.members(run)}
        self.hidden = self.hidden - numbers if run.number in self.hidden else self.hidden | numbers
        place = self.index(self.runs.index(run))
        self.dataChanged.emit(place, place)
        self.shown_changed.emit()

    # Groups

    def group(self, run: Run) -> Repeats | None:
        """Return the group that ``run`` is folded into."""
        group = self._of.get(run.number)
        return None if group is None or group.alike in self._unfolded else group

    @property
    def groups(self) -> list[Repeats]:
        """The groups that are folded."""
        return [group for group in self._groups if group.alike not in self._unfolded]

    def members(self, run: Run) -> list[Run]:
        """Return the runs that the item of ``run`` stands for, by number."""
        group = self.group(run)
        return sorted(group.runs, key=lambda one: one.number) if group else [run]

    def in_group(self, run: Run) -> bool:
        """Whether ``run`` belongs to a group, be it folded or not."""
        return run.number in self._of

    def fold(self, run: Run) -> None:
        """Have an item for each run of the group of ``run``, or one for all of them again."""
        self._unfolded ^= {self._of[run.number].alike}
        self._list_items()
        self.folded.emit()

    def row(self, run: Run) -> int:
        """Return which item is that of ``run``, which it stands for from now on."""
        row = next(i for i, one in enumerate(self.runs) if one is run or run in self.members(one))
        if self.runs[row] is not run:
            self._labels[run.number] = self._labels.pop(self.runs[row].number)
            self.runs[row] = run
            self.dataChanged.emit(self.index(row), self.index(row))
        return row

    # Items

    def label(self, run: Run) -> str:
        """Return what ``run`` itself is called here."""
        return self._single.get(run.number, f"#{run.number}")

    def item_label(self, run: Run) -> str:
        """Return what stands on the item of ``run``."""
        return self._labels.get(run.number, f"#{run.number}")

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self.runs)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a chip."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return what a chip tells."""
        if not index.isValid():
            return None
        run = self.runs[index.row()]
        if role == _Role.DisplayRole:
            return self.item_label(run)
        if role == _Role.EditRole:
            return run.name
        if role == _Role.ToolTipRole:
            return self._tip(run)
        if role == _Role.AccessibleTextRole:
            hidden = ", hidden" if run.number in self.hidden else ""
            group = self.group(run)
            state = str(group.best) if group else self.state(run).removesuffix(" val.")
            digits = " of the validation digits" if run.recipe.validated and run.best else ""
            return f"{self.item_label(run)}, {state}{digits}{hidden}"
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Have a run renamed."""
        if role != _Role.EditRole:
            return False
        self.renamed.emit(self.runs[index.row()], str(value))
        return True

    def state(self, run: Run) -> str:
        """Return in a few letters how good ``run`` is, or a group in the mean; "val." on validation digits."""
        group, best = self.group(run), run.best
        if best is None:
            return "learning" if run is self.learning else ""
        accuracy = f"{100 * group.best.mean:.1f} %" if group else f"{100 * best.accuracy:.2f} %"
        return f"{accuracy} val." if run.recipe.validated else accuracy

    def _tip(self, run: Run) -> str:
        group, trouble = self.group(run), run.lasting
        settings = [
            f"{one.label}: {one.show(getattr(run.recipe, key))}" for key, one in SETTINGS.items()
            if not (group and key == "seed")
        ]  # fmt: skip
        if group:
            told = [f"{len(group.runs)} runs on {run.data}{run.own_drawings} that differ in the seed alone"]
            told += [best_of_group(group), "a mean, and from the least to the greatest"]
            told += [f"#{one.number}, seed {one.recipe.seed}: {best_of(one)}" for one in self.members(run)]
        else:
            told = [f"#{run.number} on {run.data}{run.own_drawings}, {duration(run.seconds)}", run.name]
            told += [best] if (best := best_of(run)) else []
        return as_it_is("\n".join([*told, *settings, *([trouble.sentence] if trouble and not group else [])]))
