"""The runs so far, to be compared: shown or hidden, renamed, removed, their settings taken again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from digitpad.gui.train.run_table import BEST, NAME, SHOWN, SWATCH, TIME, RunTable
from digitpad.gui.widgets.actions import Key, action
from digitpad.gui.widgets.theme import SMALL, font, grow
from digitpad.train.runs import Run


class RunList(QTableView):
    """A row for each run, the newest on top.

    Signals: ``selected(run)``; ``shown_changed()`` after a run was shown or hidden; ``renamed(run, name)``;
    ``remove_wanted(run)``; ``settings_wanted(run)``.
    """

    selected = Signal(object)
    shown_changed = Signal()
    renamed = Signal(object, str)
    remove_wanted = Signal(object)
    settings_wanted = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._table = RunTable(self)
        self._filling = False
        self.setModel(self._table)
        self.setObjectName("runs")
        self.setAccessibleName("Runs")
        self.setAccessibleDescription("Each run with its best accuracy and its time")
        header = self.horizontalHeader()
        header.setFont(font(SMALL))
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((SHOWN, 48), (BEST, 66), (TIME, 66)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.verticalHeader().hide()
        grow(self.verticalHeader(), defaultSectionSize=30)
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setIconSize(QSize(*SWATCH))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.settings = self._action(
            "Use its settings",
            lambda: self._for_selected(self.settings_wanted.emit),
            key="Ctrl+L",
            tip="Fill the fields on the left with the run's settings",
        )
        self.rename = self._action(
            "Rename",
            lambda: self.edit(self.currentIndex().siblingAtColumn(NAME)),
            key="F2",
            tip="Give the run another name",
        )
        self.remove = self._action(
            "Remove",
            lambda: self._for_selected(self.remove_wanted.emit),
            key=["Delete", "Backspace"],
            tip="Forget the run",
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._table.shown_changed.connect(self.shown_changed)
        self._table.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._select)
        self._select()

    def _action(self, text: str, slot: Callable[[], object], *, key: Key | Sequence[Key], tip: str) -> QAction:
        made = action(self, text, slot, key=key, tip=tip)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(made)
        return made

    @property
    def hidden(self) -> set[int]:
        """The numbers of runs whose curves are not shown."""
        return self._table.hidden

    def show_runs(self, runs: list[Run], selected: Run | None) -> None:
        """Show ``runs`` and select one of them."""
        self._filling = True
        self._table.show_runs(runs)
        self.clearSelection()
        if selected in self._table.runs:
            self.selectRow(self._table.runs.index(selected))
        self._filling = False
        self._select()

    def update_run(self, run: Run, learning: bool = False) -> None:
        """Show what is new of ``run``."""
        self._table.update_run(run, learning)

    @property
    def current(self) -> Run | None:
        """The run that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._table.runs[rows[0].row()] if rows else None

    def _for_selected(self, act: Callable[[Run], object]) -> None:
        if self.current is not None:
            act(self.current)

    def _select(self) -> None:
        if self._filling:
            return
        run = self.current
        for of_a_run in (self.settings, self.rename, self.remove):
            of_a_run.setEnabled(run is not None)
        if run is not None:
            self.selected.emit(run)
