"""What the Data tab shows, apart from how: ``Browser`` knows the source, the label, the page and the selection."""

from collections.abc import Iterable, Set
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Dataset, Digits
from digitpad.gui.data.sources import EMPTY, NO_MEANS, Item, OwnSource, Page, SetSource, Source
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import Drawings

PAGE_SIZE = 200  # images


class Part(Enum):
    """Which part of a data set."""

    TRAINING = "training"
    TEST = "test"


class Browser(QObject):
    """Goes through the person's own drawings or a data set, page by page, whatever takes a moment away from the window.

    ``path`` is where the set is, None for the person's own drawings; ``digits`` the set once it is there. ``label`` is
    the digit that is shown alone, None for all; ``first`` the first image of the page among these. ``problem`` is a
    sentence where there is nothing to be shown. ``selected`` holds the numbers of images on the page.

    Signals: ``source_changed()`` when another set, or another part of it, is looked at or has come;
    ``counts_changed()`` with ``counts``, and later ``means_changed()`` with ``means``; ``page_changed()`` with ``page``
    and ``problem``; ``label_changed()``; ``selection_changed()``; ``failed(sentence)`` where ``means`` cannot be found.
    """

    source_changed = Signal()
    counts_changed = Signal()
    means_changed = Signal()
    label_changed = Signal()
    page_changed = Signal()
    selection_changed = Signal()
    failed = Signal(str)

    def __init__(self, drawings: Drawings, sets: DigitSets, parent: QObject) -> None:
        """Begin with the person's own drawings, once it is ``set_active``; ``parent`` calls ``close_down``."""
        super().__init__(parent)
        self._drawings, self._sets = drawings, sets
        self.active = False
        self.path: Path | None = None
        self.part = Part.TRAINING
        self.digits: Digits | None = None
        self.source: Source | None = OwnSource(drawings)
        self.label: int | None = None
        self.first = 0
        self.page: Page = EMPTY
        self.problem = ""
        self.means: NDArray[np.uint8] = NO_MEANS
        self.selected: frozenset[int] = frozenset()
        self._pages, self._averages = Background(self), Background(self)
        self._averages.failed.connect(self.failed)
        drawings.changed.connect(self._take_drawings)
        sets.changed.connect(self._take_sets)
        sets.opened.connect(self.show)

    # Which images

    @property
    def mine(self) -> bool:
        """Whether the person's own drawings are looked at."""
        return self.path is None

    @property
    def dataset(self) -> Dataset | None:
        """The part of the data set that is looked at, once it is there."""
        if self.digits is None:
            return None
        return self.digits.training if self.part is Part.TRAINING else self.digits.test

    @property
    def counts(self) -> list[int]:
        """How many images there are of each digit."""
        return self.source.counts() if self.source else [0] * 10

    @property
    def count(self) -> int:
        """How many images there are of the label that is shown."""
        return sum(self.counts) if self.label is None else self.counts[self.label]

    def set_active(self, active: bool) -> None:
        """Say whether anybody looks. Whoever comes back sees what was drawn meanwhile, in another window too."""
        self.active = active
        if active:
            self._drawings.refresh()

    def show(self, path: Path | None) -> None:
        """Look at the set at ``path``, or at the person's own drawings."""
        if path == self.path and not self.problem:
            return
        self.path, self.digits = path, None
        self.source = OwnSource(self._drawings) if path is None else None
        self._sets.look_away()
        self._pages.drop("page")
        self._averages.drop("means")
        self.label, self.first, self.means = None, 0, NO_MEANS
        self._replace_page(EMPTY)
        self.label_changed.emit()
        self.source_changed.emit()
        self.counts_changed.emit()
        self.means_changed.emit()
        if path is not None:
            self._sets.look_at(path, self._take_digits, self._show_problem)
        elif self.active:  # otherwise once it is, when they were counted
            self._load()

    def show_part(self, part: Part) -> None:
        """Look at the images to learn from, or at those for a test; of this set and of others from now on."""
        if part is not self.part:
            self.part = part
            self._take_part()

    def show_label(self, label: int | None) -> None:
        """Look at one digit alone, or at all."""
        self.label, self.first = label, 0
        self.select(())
        self.label_changed.emit()
        self._load_page()

    def turn(self, pages: int) -> None:
        """Go so many pages on, or back."""
        self.first += pages * PAGE_SIZE
        self.select(())
        self._load_page()

    def go_to(self, number: int) -> None:
        """Show the page of all images that has this place in the data set, and select it."""
        self.label, self.first = None, number // PAGE_SIZE * PAGE_SIZE
        self.label_changed.emit()
        self._load_page(then_select={number})

    # What is selected

    def select(self, numbers: Iterable[int]) -> None:
        """Select the images with these numbers, and no others."""
        numbers = frozenset(numbers)
        if numbers != self.selected:
            self.selected = numbers
            self.selection_changed.emit()

    @property
    def selected_items(self) -> list[Item]:
        """The selected images, in their order on the page."""
        return [item for item in self.page.items if item.number in self.selected]

    def image(self, item: Item) -> NDArray[np.uint8]:
        """Return the image (784,) of an item on the page."""
        image: NDArray[np.uint8] = self.page.images[self.page.items.index(item)]
        return image

    # What comes

    def _take_digits(self, digits: Digits) -> None:
        self.digits = digits
        self._take_part()

    def _take_part(self) -> None:
        if self.dataset is not None:
            self.source, self.first = SetSource(self.dataset), 0
            self.source_changed.emit()
            self._load()

    def _take_drawings(self) -> None:
        if self.mine and self.active:
            self._load()

    def _take_sets(self) -> None:
        if self.path not in (None, *(path for _, path in self._sets.choices())):
            self.show(None)  # it is there no more

    def _load(self) -> None:
        """Find out everything about the source."""
        self.counts_changed.emit()
        self._load_page()
        if self.source is not None:
            self._averages.run(self.source.means, self._take_means, latest="means")

    def _take_means(self, means: NDArray[np.uint8]) -> None:
        self.means = means
        self.means_changed.emit()

    def _load_page(self, then_select: Set[int] | None = None) -> None:
        """Find the page, and on it select what still is, or something else."""
        source, label = self.source, self.label
        if source is None:
            return
        first = self.first = max(0, min(self.first, (self.count - 1) // PAGE_SIZE * PAGE_SIZE))

        def take(page: Page) -> None:
            self._replace_page(page, self.selected if then_select is None else then_select)

        self._pages.run(lambda: source.page(label, first, PAGE_SIZE), take, self._show_problem, latest="page")

    def _show_problem(self, sentence: str) -> None:
        self._replace_page(EMPTY, problem=sentence)

    def _replace_page(self, page: Page, selected: Set[int] = frozenset(), problem: str = "") -> None:
        before = self.selected
        self.page, self.problem = page, problem
        self.selected = frozenset(selected & {item.number for item in page.items})
        self.page_changed.emit()
        if self.selected != before:
            self.selection_changed.emit()

    def close_down(self) -> None:
        """Wait for what works away from the window."""
        self._pages.wait()
        self._averages.wait()
