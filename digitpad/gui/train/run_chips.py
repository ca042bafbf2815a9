"""The runs so far as chips: to be compared, hidden, renamed, gone on with, deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from digitpad.gui.train.run_model import RunModel
from digitpad.gui.widgets.actions import Key, action
from digitpad.gui.widgets.colours import Role, series
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.train.runs import Run

_Index = QModelIndex | QPersistentModelIndex
_WIDE, _HIGH, _APART = 220, 32, 6  # pixels of a chip, and between two
_SWATCH, _MENU = 28, 24  # pixels at its left for its colour, and at its right for its menu
_DOT = 2  # pixels
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
        self.setItemDelegate(_Chip(self))
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
        self.settings = self._action(
            "Use its settings",
            lambda: self._for_selected(self.settings_wanted.emit),
            key="Ctrl+L",
            tip="Fill the recipe with the run's settings",
            name="use_settings",
        )
        self.rename = self._action(
            "Rename",
            self._rename,
            key="F2",
            tip="Give the run another name",
            name="rename_run",
        )
        self.hide_run = self._action(
            "Hide its curves",
            lambda: self._for_selected(self.runs.toggle),
            key="Space",
            tip="Hide its curves, or show them again",
            name="hide_run",
        )
        self.fold = self._action(
            "Show its single runs",
            lambda: self._for_selected(self._fold),
            key=[],
            tip="One chip for all runs that differ in the seed alone, or a chip for each",
            name="fold_runs",
        )
        self.remove = self._action(
            "Delete",
            lambda: self._for_selected(self.remove_wanted.emit),
            key=["Delete", "Backspace"],
            tip="Forget the run",
            name="delete_run",
        )
        self._own = [self.settings, self.rename, self.hide_run, self.fold, self.remove]
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.runs.shown_changed.connect(self._show_hidden)
        self.runs.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._select)
        self._groups: list[list[QAction]] = []
        self._select()

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
        if place.x() < rect.left() + grown(_SWATCH):
            self.runs.toggle(self.runs.runs[index.row()])
        elif place.x() >= rect.right() - grown(_MENU):
            self._open_menu(QPoint(rect.right() - grown(_MENU), rect.bottom() + 1))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a run, by a double click on its name alone."""
        rect = self.visualRect(self.indexAt(event.position().toPoint()))
        inside = rect.adjusted(grown(_SWATCH), 0, -grown(_MENU), 0)
        if inside.contains(event.position().toPoint()):
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

    def chip_size(self) -> QSize:
        """Return how large a chip is, all of them alike: so a list of hundreds is laid out at once."""
        return QSize(grown(_WIDE), grown(_HIGH))

    def sizeHint(self) -> QSize:
        """Return room for three chips in a row."""
        return QSize(3 * (grown(_WIDE) + _APART), grown(_HIGH) + _APART)

    def minimumSizeHint(self) -> QSize:
        """Return room for one chip."""
        return QSize(grown(_WIDE) + 3 * _APART, grown(_HIGH) + _APART)

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


class _Chip(QStyledItemDelegate):
    """Paints one chip, and gives its name to be edited."""

    def __init__(self, view: RunChips) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._view.chip_size()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        super().setEditorData(editor, index)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view, run = self._view, self._view.runs.runs[index.row()]
        rect: QRect = option.rect
        palette = QApplication.palette()  # the list's own is that of what is transparent
        chosen, hidden = view.current is run, run.number in view.hidden
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(Role.Highlight if chosen else Role.Mid))
        painter.setBrush(palette.color(Role.AlternateBase if chosen else Role.Base))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        colour = series(view.runs.members(run)[0].number - 1, palette)
        swatch = QRect(rect.left() + grown(9), rect.center().y() - grown(6), grown(12), grown(12))
        painter.setPen(colour)
        painter.setBrush(Qt.BrushStyle.NoBrush if hidden else colour)
        painter.drawRoundedRect(swatch, 3, 3)
        inner = rect.adjusted(grown(_SWATCH), 0, -grown(_MENU), 0)
        painter.setFont(font(SMALL))
        state = view.runs.state(run)
        painter.setPen(palette.color(Role.PlaceholderText))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(state) - 8
        painter.setPen(palette.color(Role.PlaceholderText if hidden else Role.Text))
        painter.setFont(font(SMALL, strong=chosen))
        label = painter.fontMetrics().elidedText(view.runs.item_label(run), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, label)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(Role.PlaceholderText))
        middle = QPoint(rect.right() - grown(_MENU) // 2, rect.center().y())
        for step in (-5, 0, 5):
            painter.drawEllipse(middle + QPoint(0, step), _DOT, _DOT)
        painter.restore()
