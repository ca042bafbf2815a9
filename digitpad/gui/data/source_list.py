"""The column of the Data tab that lists the person's own drawings and all data sets: ``SourceList``."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidgetItem

from digitpad.errors import one_line
from digitpad.gui.data.browser import Browser
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.digits_box import ask_for_digits
from digitpad.gui.widgets.folding import FoldingList
from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.widgets.theme import GAP

MINE = "My digits"
_LONGEST_PATH = 300  # letters
_PATH = Qt.ItemDataRole.UserRole  # where an entry's set is; None for the person's own drawings


class SourceList(QFrame):
    """Chooses what a ``Browser`` looks at, and brings more to choose from."""

    def __init__(self, browser: Browser, drawings: Drawings, sets: DigitSets) -> None:
        """List what there is, and keep the list up to date."""
        super().__init__()
        self._browser, self._drawings, self._sets = browser, drawings, sets
        self.chooser = FoldingList("Data sets")
        self.list = self.chooser.list
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.currentItemChanged.connect(self._choose)
        self.get = tool_button("get_mnist", "Get MNIST (12 MB)", "Fetch the 70,000 digits of MNIST from the internet")
        self.get.clicked.connect(sets.fetch)
        tip = "Digits in IDX files, npz, npy, CSV, the book's pickle, or a zip file of them"
        self.open = tool_button("open_set", "Open a data set…", tip)
        self.open.clicked.connect(lambda: ask_for_digits(self.window(), sets))
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setSpacing(GAP)
        for part in (self.chooser, self.get, self.open):
            self._line.addWidget(part)
        self.fold(False)
        sets.changed.connect(self._show_sets)
        sets.fetching_changed.connect(self._show_sets)
        drawings.changed.connect(self._show_total)
        browser.source_changed.connect(self._show_current)
        self._show_sets()

    def fold(self, folded: bool) -> None:
        """Be a line across the top, or a column again."""
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if folded else directions.TopToBottom)
        margin = 0 if folded else GAP
        self._line.setContentsMargins(margin, margin, margin, margin)
        self.chooser.fold(folded)
        self.setObjectName("" if folded else "card")
        self.style().polish(self)

    def _show_sets(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            self._add("", None)
            for name, path in self._sets.choices():
                self._add(name, path)
        self._show_total()
        self._show_current()
        self.get.setVisible(not self._sets.has_mnist)
        self.get.setEnabled(not self._sets.fetching)

    def _add(self, name: str, path: Path | None) -> None:
        item = QListWidgetItem(name)
        item.setData(_PATH, path)
        item.setToolTip(as_it_is(one_line(str(path), _LONGEST_PATH)) if path else "Drawings you have kept")
        self.list.addItem(item)

    def _show_total(self) -> None:
        self.list.item(0).setText(f"{MINE}  ·  {self._drawings.total:,}")

    def _show_current(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        with QSignalBlocker(self.list):
            self.list.setCurrentItem(next((i for i in items if i.data(_PATH) == self._browser.path), items[0]))
        self.chooser.show_current()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._browser.show(item.data(_PATH))
