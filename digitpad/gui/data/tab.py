"""The Data tab: every digit there is to learn from, page by page."""

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import SIDE
from digitpad.gui.data.browser import Browser
from digitpad.gui.data.heading import Heading
from digitpad.gui.data.label_row import LabelRow
from digitpad.gui.data.page_view import PageView
from digitpad.gui.data.source_list import SourceList
from digitpad.gui.data.tools import Tools
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.turns import Work
from digitpad.gui.widgets.actions import TypedKeys, action, with_key
from digitpad.gui.widgets.folding import Narrowness
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.scrolling import Place, Scrolling
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.undoing import UndoActions
from digitpad.nn.batches import greys


class DataTab(TypedKeys):
    """Shows the person's own drawings, and all data sets.

    Signals: ``to_canvas(Drawing)`` when one is to be put on the canvas;
    ``collect_wanted()`` and ``learn_wanted()`` for what happens elsewhere; ``shown()`` after a page came to the screen.
    """

    to_canvas = Signal(object)
    collect_wanted = Signal()
    learn_wanted = Signal()
    shown = Signal()

    def __init__(self, drawings: Drawings, sets: DigitSets, undoing: UndoActions) -> None:
        """Begin; ``in_turns`` makes what is in it, which takes a while."""
        super().__init__()
        self._drawings, self._sets, self._history = drawings, sets, undoing.history
        self.undo, self.redo = undoing.undo, undoing.redo

    @classmethod
    def in_turns(
        cls, place: Place, drawings: Drawings, sets: DigitSets, undoing: UndoActions
    ) -> Generator[None, None, Self]:
        """Build a tab in its ``place``, a step with each turn, and return it when all of it is there.

        The person's own drawings are in front; what is done to them can be taken back while they are.
        """
        tab = cls(drawings, sets, undoing)
        place(tab)
        yield from tab._steps()
        return tab

    def _steps(self) -> Work:
        drawings, sets = self._drawings, self._sets
        self.browser = Browser(drawings, sets, self)
        self._make_actions()
        self.sources = SourceList(self.browser, drawings, sets)
        self.heading = Heading(self.browser, drawings, sets, self.collect, self.learn)
        yield
        self.labels = LabelRow(self.browser)
        self.view = PageView(self.browser)
        self.gallery = self.view.gallery
        self.gallery.picked.connect(lambda _: self._put())
        self.tools = Tools(self.browser, self.put, (self.remove, self.undo), self.relabel)
        yield
        self._lay_out()
        yield
        self.browser.failed.connect(drawings.failed)
        for changed in (self.browser.page_changed, self.browser.selection_changed, drawings.changed):
            changed.connect(self._enable)
        self.browser.page_changed.connect(self.shown)
        sets.wanted()
        self._enable()

    def _make_actions(self) -> None:
        tip = with_key("Put the selected image on the canvas", "Return")
        self.put = action(self, "Put on canvas", self._put, tip=tip, name="data_put")
        tip = "Forget the selected drawings"
        self.remove = action(self, "Remove", self._remove, key=["Delete", "Backspace"], tip=tip, name="data_remove")
        tip = "Draw the digits you are asked for"
        self.collect = action(self, "Collect ten of each", self.collect_wanted.emit, tip=tip, name="data_collect")
        tip = "Let the network learn from your drawings"
        self.learn = action(self, "Learn my hand", self.learn_wanted.emit, tip=tip, name="data_learn")
        self.relabel = []
        for digit in range(10):
            relabel, tip = partial(self._relabel, digit), f"The selected drawings are {digit}s"
            self.relabel.append(action(self, str(digit), relabel, key=str(digit), tip=tip, name=f"data_label_{digit}"))
        self.addActions([self.put, self.remove, self.collect, self.learn, *self.relabel])

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.heading)
        right.addWidget(self.labels)
        right.addWidget(self.view, 1)
        right.addWidget(self.tools)
        page = QWidget()
        column_in(self).addWidget(Scrolling(page, self))  # while it is empty: what is moved later is dressed once more
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._both.addWidget(self.sources)
        self._both.addLayout(right, 1)
        self._fold(False)
        Narrowness(self).changed.connect(self._fold)

    def _fold(self, folded: bool) -> None:
        """Have the data sets in a line across the top, where there is little room, or at the left."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if folded else directions.LeftToRight)
        self._both.setSpacing(GAP if folded else GAP * 3)
        margins = (GAP * 2, GAP) if folded else (GAP * 3, GAP * 2)
        self._both.setContentsMargins(*margins, *margins)
        self.sources.fold(folded)

    def show_set(self, path: Path | None) -> None:
        """Show the set at ``path``, or the person's own drawings."""
        self.browser.show(path)

    def set_in_front(self, in_front: bool) -> None:
        """Take the keys while the tab is in front, and look whether the drawings are others by now."""
        self.browser.set_active(in_front)
        self._enable()
        if in_front:
            self.view.take_keys()

    def _enable(self) -> None:
        here, some = self.browser.active, bool(self.browser.selected)
        mine = here and self.browser.mine
        self.put.setEnabled(here and some)
        for each in (self.remove, *self.relabel):
            each.setEnabled(mine and some)
        if here:
            self._history.show(self._history.data if mine else None)
        self.learn.setEnabled(mine and self._drawings.total > 0)

    @property
    def selected(self) -> Drawing | None:
        """The first of what is selected, as it is drawn; None where nothing is."""
        if not self.browser.selected:
            return None
        item = self.browser.selected_items[0]
        if item.strokes:
            from digitpad.data.strokes import drawing_of  # loaded when a drawing is put back

            return drawing_of(item.strokes)
        return Drawing(picture=Picture.fitted(greys(self.browser.image(item), np.float32).reshape(SIDE, SIDE)))

    def _put(self) -> None:
        if (drawing := self.selected) is not None:
            self.to_canvas.emit(drawing)

    def _remove(self) -> None:
        self._drawings.remove(sorted(self.browser.selected))

    def _relabel(self, label: int) -> None:
        self._drawings.relabel(sorted(self.browser.selected), label)

    def close_down(self) -> None:
        """Wait for what works away from the window."""
        self.browser.close_down()
