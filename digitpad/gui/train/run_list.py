"""The runs so far, to be compared: shown or hidden, renamed, removed, their settings taken again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from digitpad.gui.widgets.actions import Key, action
from digitpad.gui.widgets.theme import series
from digitpad.gui.words import duration
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS

_SHOWN, _NAME, _BEST, _TIME = range(4)


class RunList(QTableWidget):
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
        self._runs: list[Run] = []  # before Qt asks for anything
        super().__init__(0, 4)
        self.setObjectName("runs")
        self.setAccessibleName("Runs")
        self.hidden: set[int] = set()  # the numbers of runs whose curves are not shown
        self.setHorizontalHeaderLabels(["", "Run", "Best", "Time"])
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_SHOWN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_BEST, _TIME):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, 66)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.setShowGrid(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setIconSize(QSize(16, 4))
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
            lambda: self.editItem(self._cell(self.currentRow(), _NAME)),
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
        self.itemChanged.connect(self._edited)
        self.itemSelectionChanged.connect(self._select)
        self._select()

    def _action(self, text: str, slot: Callable[[], object], *, key: Key | Sequence[Key], tip: str) -> QAction:
        made = action(self, text, slot, key=key, tip=tip)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(made)
        return made

    def show_runs(self, runs: list[Run], selected: Run | None) -> None:
        """Show ``runs`` and select one of them."""
        with QSignalBlocker(self):
            self._runs = runs[::-1]
            self.setRowCount(len(runs))
            for row in range(len(runs)):
                items = [QTableWidgetItem() for _ in range(4)]
                for column, item in enumerate(items):
                    self.setItem(row, column, item)
                shown = items[_SHOWN]
                shown.setFlags(
                    Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                )
                shown.setToolTip("Show or hide its curves")
                for column in (_BEST, _TIME):
                    items[column].setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._colour()
            self.clearSelection()
            if selected in self._runs:
                self.selectRow(self._runs.index(selected))
        for run in runs:
            self.update_run(run)
        self._select()

    def update_run(self, run: Run, learning: bool = False) -> None:
        """Show what is new of ``run``."""
        if run not in self._runs:
            return
        row = self._runs.index(run)
        best = run.best
        with QSignalBlocker(self):
            shown, name, best_item, time = (self._cell(row, column) for column in range(4))
            shown.setCheckState(Qt.CheckState.Unchecked if run.number in self.hidden else Qt.CheckState.Checked)
            name.setText(run.name)
            lines = [f"{one.label}: {one.show(getattr(run.recipe, key))}" for key, one in SETTINGS.items()]
            name.setToolTip(
                "\n".join([f"#{run.number} on {run.data}", *lines, *([run.trouble] if run.trouble else [])])
            )
            best_item.setText(f"{100 * best.accuracy:.2f} %" if best else "")
            best_item.setToolTip(f"at epoch {best.epochs:g}" if best else "")
            time.setText("learning" if learning else duration(run.seconds))

    def _colour(self) -> None:
        for row, run in enumerate(self._runs):
            swatch = QPixmap(16, 4)
            swatch.fill(series(run.number - 1, self.palette()))
            icon = QIcon(swatch)
            icon.addPixmap(swatch, QIcon.Mode.Selected)  # or a selected row would tint it
            self._cell(row, _SHOWN).setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            with QSignalBlocker(self):
                self._colour()

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    @property
    def current(self) -> Run | None:
        """The run that is selected."""
        rows = {index.row() for index in self.selectedIndexes()}
        return self._runs[rows.pop()] if rows else None

    def _for_selected(self, act: Callable[[Run], object]) -> None:
        if self.current is not None:
            act(self.current)

    def _select(self) -> None:
        run = self.current
        for of_a_run in (self.settings, self.rename, self.remove):
            of_a_run.setEnabled(run is not None)
        if run is not None:
            self.selected.emit(run)

    def _edited(self, item: QTableWidgetItem) -> None:
        run = self._runs[item.row()]
        if item.column() == _NAME:
            self.renamed.emit(run, item.text())
        elif item.column() == _SHOWN:
            shown = item.checkState() is Qt.CheckState.Checked
            (self.hidden.discard if shown else self.hidden.add)(run.number)
            self.shown_changed.emit()
