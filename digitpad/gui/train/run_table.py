"""The runs as a table for Qt: what stands in each cell is made when it is shown."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.words import duration
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS

SHOWN, NAME, BEST, TIME = range(4)  # the columns
SWATCH = 16, 4  # pixels

_NO_INDEX = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class RunTable(QAbstractTableModel):
    """A row for each run, the newest on top.

    Signals: ``shown_changed()`` after a run was shown or hidden; ``renamed(run, name)`` when it is to be.
    """

    shown_changed = Signal()
    renamed = Signal(object, str)

    def __init__(self, view: QWidget) -> None:
        """Start empty; colours are those of the ``view``."""
        super().__init__(view)
        self.runs: list[Run] = []  # as the rows are
        self.hidden: set[int] = set()  # the numbers of runs whose curves are not shown
        self._view = view
        self._learning: Run | None = None

    def show_runs(self, runs: list[Run]) -> None:
        """Have a row for each of ``runs``, the last on top."""
        if runs[::-1] != self.runs:
            self.beginResetModel()
            self.runs = runs[::-1]
            self.endResetModel()

    def update_run(self, run: Run, learning: bool) -> None:
        """Have what is new of ``run`` in its row."""
        self._learning = run if learning else None
        if run in self.runs:
            row = self.runs.index(run)
            self.dataChanged.emit(self.index(row, BEST), self.index(row, TIME))  # not the name, which may be typed

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many runs there are."""
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else TIME + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return ("", "Run", "Best", "Time")[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done in a cell."""
        own = {SHOWN: Qt.ItemFlag.ItemIsUserCheckable, NAME: Qt.ItemFlag.ItemIsEditable}
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both | own.get(index.column(), both)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        run, column = self.runs[index.row()], index.column()
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(run, column)
        if role == _Role.ToolTipRole:
            return self._tip(run, column)
        if column == SHOWN and role == _Role.CheckStateRole:
            return Qt.CheckState.Unchecked if run.number in self.hidden else Qt.CheckState.Checked
        if column == SHOWN and role == _Role.DecorationRole:
            return _swatch(run, self._view.palette())
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Show or hide a run, or have it renamed."""
        run = self.runs[index.row()]
        if index.column() == NAME and role == _Role.EditRole:
            self.renamed.emit(run, str(value))
        elif index.column() == SHOWN and role == _Role.CheckStateRole:
            shown = Qt.CheckState(value) is Qt.CheckState.Checked
            (self.hidden.discard if shown else self.hidden.add)(run.number)
            self.shown_changed.emit()
        else:
            return False
        self.dataChanged.emit(index, index)
        return True

    def _text(self, run: Run, column: int) -> str:
        if column == NAME:
            return run.name
        if column == BEST:
            return f"{100 * run.best.accuracy:.2f} %" if run.best else ""
        if column == TIME:
            return "learning" if run is self._learning else duration(run.seconds)
        return ""

    def _tip(self, run: Run, column: int) -> str:
        if column == SHOWN:
            return "Show or hide its curves"
        if column == NAME:
            lines = [f"{one.label}: {one.show(getattr(run.recipe, key))}" for key, one in SETTINGS.items()]
            told = [f"#{run.number} on {run.data}", *lines, *([run.trouble] if run.trouble else [])]
            return as_it_is("\n".join(told))
        return f"at epoch {run.best.epochs:g}" if column == BEST and run.best else ""


def _swatch(run: Run, palette: QPalette) -> QIcon:
    swatch = QPixmap(*SWATCH)
    swatch.fill(series(run.number - 1, palette))
    icon = QIcon(swatch)
    icon.addPixmap(swatch, QIcon.Mode.Selected)  # or a selected row would tint it
    return icon
