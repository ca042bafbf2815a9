"""The runs so far as chips: to be compared, hidden, renamed, gone on with, deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from digitpad.gui.train.chip import ChipPainter, Part, below_menu, chip_size, part_at
from digitpad.gui.train.run_model import RunModel
from digitpad.gui.widgets.actions import Key, action
from digitpad.gui.widgets.colours import Role
from digitpad.train.runs import Run

_APART = 6  # pixels between two chips
_HINT = "Runs appear here: choose a recipe and press Start."


class RunChips(QListView):
    """A chip for each run, the newest first: its colour, its label, its best accuracy, and a menu of its own.

    Runs that differ in the seed alone have one together; see ``RunModel``.

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
        self.runs = RunModel(self)
        self._filling = False
        self.setModel(self.runs)
        self.setItemDelegate(ChipPainter(self, self.runs))
        self.setObjectName("runs")
        self.setAccessibleName("Runs")
        self.setAccessibleDescription("Each run with what it differs in and its best accuracy; each has a menu")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(_APART // 2)
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._make_actions()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.runs.shown_changed.connect(self._show_hidden)
        self.runs.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._select)
        self._groups: list[list[QAction]] = []
        self._select()

    def _make_actions(self) -> None:
        """Make what a person can have done with the selected run here."""
        self.settings = self._action(
            "Use its settings", lambda: self._for_selected(self.settings_wanted.emit), key="Ctrl+L",
            tip="Fill the recipe with the run's settings", name="use_settings",
        )  # fmt: skip
        self.rename = self._action(
            "Rename", self._rename, key="F2", tip="Give the run another name", name="rename_run"
        )  # fmt: skip
        self.hide_run = self._action(
            "Hide its curves", lambda: self._for_selected(self.runs.toggle), key="Space",
            tip="Hide its curves, or show them again", name="hide_run",
        )  # fmt: skip
        self.fold = self._action(
            "Show its single runs", lambda: self._for_selected(self._fold), key=[],
            tip="One chip for all runs that differ in the seed alone, or a chip for each", name="fold_runs",
        )  # fmt: skip
        self.remove = self._action(
            "Delete", lambda: self._for_selected(self.remove_wanted.emit), key=["Delete", "Backspace"],
            tip="Forget the run", name="delete_run",
        )  # fmt: skip
        self._own = [self.settings, self.rename, self.hide_run, self.fold, self.remove]

    def _action(
        self, text: str, slot: Callable[[], object], *, key: Key | Sequence[Key], tip: str, name: str
    ) -> QAction:
        made = action(self, text, slot, key=key, tip=tip, name=name)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(made)
        return made

    def _rename(self) -> None:
        if self.state() is not QAbstractItemView.State.EditingState:  # Qt warns otherwise
            self.edit(self.currentIndex())

    def set_menu(self, groups: Sequence[Sequence[QAction]]) -> None:
        """Have these actions in each run's menu, before those of the list."""
        self._groups = [list(group) for group in groups]

    # Runs

    @property
    def hidden(self) -> set[int]:
        """The numbers of runs whose curves are not shown."""
        return self.runs.hidden

    @property
    def current(self) -> Run | None:
        """The run that is selected."""
        chosen = self.selectionModel().selectedIndexes()
        return self.runs.runs[chosen[0].row()] if chosen else None

    def show_runs(self, runs: list[Run], selected: Run | None) -> None:
        """Show ``runs`` and select one of them."""
        self._filling = True
        self.runs.show_runs(runs)
        self.clearSelection()
        if selected in runs:
            self.select(selected)
        self._filling = False
        self._select()
        self.viewport().update()

    def select(self, run: Run) -> None:
        """Select ``run``, and bring its chip into sight."""
        before = self.current
        place = self.runs.index(self.runs.row(run))
        of_the_same_chip = before is not None and before is not run and place in self.selectedIndexes()
        self.setCurrentIndex(place)
        self.scrollTo(place)
        if of_the_same_chip:
            self._select()

    def update_run(self, run: Run, learning: bool = False) -> None:
        """Show what is new of ``run``."""
        self.runs.update_run(run, learning)

    def regroup(self, runs: list[Run]) -> None:
        """Fold runs that have come to their end since ``runs`` were shown, where there are enough of a group."""
        if self.runs.outdated(runs):
            self.show_runs(runs, self.current)

    def _fold(self, run: Run) -> None:
        self._filling = True
        self.runs.fold(run)
        self._filling = False
        self.select(run)
        self.viewport().update()

    def _for_selected(self, act: Callable[[Run], object]) -> None:
        if self.current is not None:
            act(self.current)

    def _select(self) -> None:
        if self._filling:
            return
        run = self.current
        for of_a_run in self._own:
            of_a_run.setEnabled(run is not None)
        self.fold.setEnabled(run is not None and self.runs.in_group(run))
        folded = run is None or self.runs.group(run) is not None
        self.fold.setText("Show its single runs" if folded else "Fold its runs into one")
        self._name_hiding()
        if run is not None:
            self.selected.emit(run)

    def _show_hidden(self) -> None:
        self._name_hiding()
        self.shown_changed.emit()

    def _name_hiding(self) -> None:
        hidden = self.current is not None and self.current.number in self.hidden
        self.hide_run.setText("Show its curves" if hidden else "Hide its curves")

    # The pointer and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a chip; on its colour, hide or show its curves; on its dots, open its menu."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        super().mousePressEvent(event)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        rect = self.visualRect(index)
        match part_at(rect, place):
            case Part.COLOUR:
                self.runs.toggle(self.runs.runs[index.row()])
            case Part.MENU:
                self._open_menu(below_menu(rect))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a run, by a double click on its name alone."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and part_at(self.visualRect(index), place) is Part.NAME:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters alone: runs are not found by their first letters."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open_menu(self, place: QPoint) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        menu.setObjectName("run_menu")
        menu.setToolTipsVisible(True)
        for group in [*self._groups, self._own]:
            menu.addActions(group)
            menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(place))

    # How it looks

    def sizeHint(self) -> QSize:
        """Return room for three chips in a row."""
        return QSize(3 * (chip_size().width() + _APART), chip_size().height() + _APART)

    def minimumSizeHint(self) -> QSize:
        """Return room for one chip."""
        return QSize(chip_size().width() + 3 * _APART, chip_size().height() + _APART)

    def changeEvent(self, event: QEvent) -> None:
        """Lay out chips anew where text has another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips, or say how there come to be some."""
        super().paintEvent(event)
        if not self.runs.runs:
            with QPainter(self.viewport()) as painter:
                painter.setPen(self.palette().color(Role.PlaceholderText))
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignVCenter, _HINT)
