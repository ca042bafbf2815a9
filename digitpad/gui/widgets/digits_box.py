"""Choosing a data set: ``DigitsBox``, a list of those there are, and ``ask_for_digits``, the dialog for another."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from digitpad.data.formats.names import ENDINGS
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.folders import FileKind
from digitpad.gui.widgets.file_dialogs import ask_open
from digitpad.gui.widgets.named_box import Box
from digitpad.train.recipe import Recipe

_OPEN = "Open a data set…"
_GET = "Get MNIST…"
_KINDS = f"Data sets ({' '.join(f'*.{ending}' for ending in ENDINGS)} *ubyte)"


class DigitsBox(Box):
    """The list to choose a data set from; its last entries get MNIST and open others."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("digits")
        self.setToolTip("The digits to learn from")
        self.setSizeAdjustPolicy(Box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._sets: DigitSets | None = None

    def show_sets(self, sets: DigitSets) -> None:
        """List the sets and keep the list up to date."""
        self._sets = sets
        self.activated.connect(self._choose)
        sets.changed.connect(self._list)
        self._list()

    def learned_from(self, recipe: Recipe) -> str:
        """Return what the set in use is called, and how many of its digits are learned from by ``recipe``."""
        sets = self._sets
        if not sets or not sets.current or not sets.path or sets.loading:
            return self.currentText()
        return f"{sets.name(sets.path)}, {recipe.fitted(sets.current).train_on:,}"

    def _list(self) -> None:
        sets = self._sets
        assert sets is not None
        with QSignalBlocker(self):
            self.clear()
            places = [place for _, place in sets.choices()]
            for name, place in sets.choices():
                count = f", {len(sets.current.training):,}" if sets.current and place == sets.path else ""
                self.addItem("Loading…" if place == sets.loading else name + count, place)
            if sets.loading and sets.loading not in places:
                places.append(sets.loading)
                self.addItem("Loading…", sets.loading)
            if not sets.has_mnist:
                self.addItem(_GET, _GET)
            self.addItem(_OPEN, _OPEN)
            shown = sets.loading or sets.path
            self.setCurrentIndex(places.index(shown) if shown in places else 0)

    def _choose(self, index: int) -> None:
        sets, chosen = self._sets, self.itemData(index)
        assert sets is not None
        if isinstance(chosen, Path):
            sets.choose(chosen)
            return
        self._list()  # back to the one in use
        if chosen == _GET:
            sets.fetch()
        else:
            ask_for_digits(self.window(), sets)


def ask_for_digits(window: QWidget, sets: DigitSets) -> None:
    """Let the person find a data set: one of its files, which stands for all of it."""
    title = "Open a data set: IDX, npz, npy, CSV, the book's pickle, or a zip file of them"
    path = ask_open(window, FileKind.DATA_SET, title, _KINDS)
    if path:
        sets.open(path)
