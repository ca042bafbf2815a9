"""``OneOf``, buttons of which one is down; ``View``, one of several that a page has; ``Views``, all that it has."""

from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from digitpad.explore.task import Task
from digitpad.gui.explore.controls import button
from digitpad.gui.widgets.layouts import column_in, row_of


class OneOf(QButtonGroup):
    """Buttons side by side in ``row``, of which one is down, the first to begin with. Signal: ``idClicked(i)``."""

    def __init__(self, parent: QObject, *buttons: tuple[str, str]) -> None:
        """Make a button for each text and tooltip. It ends with ``parent``."""
        super().__init__(parent)
        made = [button(text, tip, checkable=True) for text, tip in buttons]
        for i, one in enumerate(made):
            self.addButton(one, i)
            one.setProperty("tight", len(made) > 2)
            one.setChecked(i == 0)

    @cached_property
    def row(self) -> QHBoxLayout:
        """The buttons side by side."""
        return row_of(*self.buttons(), None)


class View(QObject):
    """One of several views of a page, with a button that says ``NAME`` and has ``TIP``.

    It fills ``pictures`` and ``controls``, columns beside each other as the page's are, and shows in ``show`` what it
    is about. Its ``TASK`` stands beside it; where it has none, that of the page does.

    Signals: ``changed()``, when there is something else to show; ``solved(TASK)``, when that is done.
    """

    NAME: ClassVar[str]
    TIP: ClassVar[str]
    TASK: ClassVar[Task | None] = None

    changed = Signal()
    solved = Signal(object)

    def __init__(self) -> None:
        """Begin with empty columns."""
        super().__init__()
        self.columns = QWidget(), QWidget()
        self.pictures, self.controls = (column_in(widget) for widget in self.columns)

    def show(self) -> tuple[str, ...]:
        """Show the present state in the columns; return the lines of the formula."""
        raise NotImplementedError

    def pause(self) -> None:
        """Rest, while nobody looks."""

    def _solve(self) -> None:
        self.solved.emit(self.TASK)


class Views(OneOf):
    """The views of a page, of which one is shown; a page may have none."""

    def __init__(self, page: QObject, pictures: QVBoxLayout, controls: QVBoxLayout, *views: View) -> None:
        """Put their columns into those of the ``page``, with which they end, below the buttons, and show the first."""
        super().__init__(page, *((view.NAME, view.TIP) for view in views))
        self.all = views
        if views:
            controls.addLayout(self.row)
        for view in views:
            view.setParent(self)
            pictures.addWidget(view.columns[0], 1)
            controls.addWidget(view.columns[1])
        for view in views[1:]:  # and not show the first: what is shown is dressed, and the page is not in its place yet
            for column in view.columns:
                column.hide()
        self.idClicked.connect(self._show)

    @property
    def current(self) -> View | None:
        """The one that is shown; None of a page that has none."""
        return self.all[self.checkedId()] if self.all else None

    def show_named(self, name: str) -> None:
        """Show the view whose button says ``name``, if there is one."""
        for one in self.buttons():
            if one.text().replace("&", "") == name:
                one.click()

    def _show(self, chosen: int) -> None:
        for i, view in enumerate(self.all):
            for widget in view.columns:
                widget.setVisible(i == chosen)
