"""The runs as a list for Qt: what stands on each chip is made when it is shown."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.words import duration
from digitpad.train.measured import best_of
from digitpad.train.naming import labels
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS

_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class RunModel(QAbstractListModel):
    """An item for each run, the newest first: its label, whether its curves are shown, and its name to be edited.

    Signals: ``shown_changed()`` after a run was shown or hidden; ``renamed(run, name)`` when it is to be.
    """

    shown_changed = Signal()
    renamed = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        """Start empty."""
        super().__init__(parent)
        self.runs: list[Run] = []  # as the items are
        self.hidden: set[int] = set()  # the numbers of runs whose curves are not shown
        self.labels: dict[int, str] = {}  # by number
        self.learning: Run | None = None

    def show_runs(self, runs: list[Run]) -> None:
        """Have an item for each of ``runs``, the last one first."""
        if not runs:
            self.hidden.clear()  # of what comes now the first may have the same numbers
        if runs[::-1] != self.runs:
            self.beginResetModel()
            self.runs = runs[::-1]
            self.labels = labels(runs)
            self.endResetModel()
        else:
            self.name_anew()

    def name_anew(self) -> None:
        """Name the runs by what differs now."""
        if (named := labels(self.runs[::-1])) != self.labels:
            self.labels = named
            self.dataChanged.emit(self.index(0), self.index(len(self.runs) - 1))

    def update_run(self, run: Run, learning: bool) -> None:
        """Have what is new of ``run`` on its chip."""
        self.learning = run if learning else None
        if run in self.runs:
            place = self.index(self.runs.index(run))
            self.dataChanged.emit(place, place, [_Role.ToolTipRole])  # not the name, which may be typed

    def toggle(self, run: Run) -> None:
        """Hide the curves of ``run``, or show them again."""
        (self.hidden.discard if run.number in self.hidden else self.hidden.add)(run.number)
        place = self.index(self.runs.index(run))
        self.dataChanged.emit(place, place)
        self.shown_changed.emit()

    def label(self, run: Run) -> str:
        """Return what ``run`` is called here."""
        return self.labels.get(run.number, f"#{run.number}")

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many runs there are."""
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
            return self.label(run)
        if role == _Role.EditRole:
            return run.name
        if role == _Role.ToolTipRole:
            return self._tip(run)
        if role == _Role.AccessibleTextRole:
            hidden = ", hidden" if run.number in self.hidden else ""
            return f"{self.label(run)}, {self.state(run)}{hidden}"
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Have a run renamed."""
        if role != _Role.EditRole:
            return False
        self.renamed.emit(self.runs[index.row()], str(value))
        return True

    def state(self, run: Run) -> str:
        """Return in a few letters how good ``run`` is."""
        best = run.best
        if best is None:
            return "learning" if run is self.learning else ""
        return f"{100 * best.accuracy:.2f} %"

    def _tip(self, run: Run) -> str:
        lines = [f"{one.label}: {one.show(getattr(run.recipe, key))}" for key, one in SETTINGS.items()]
        told = [f"#{run.number} on {run.data}, {duration(run.seconds)}", run.name]
        told += [best] if (best := best_of(run)) else []
        return as_it_is("\n".join([*told, *lines, *([run.trouble.sentence] if run.trouble else [])]))
