"""The Data tab: every digit there is to learn from, page by page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.data.dataset import Digits
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.preprocess import SIDE
from digitpad.gui.data.shelf import OwnShelf, Page, SetShelf, Shelf, own_means
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets, ask_for_digits
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.widgets.gallery import Gallery, picture
from digitpad.gui.widgets.theme import GAP, LARGE, SMALL, font
from digitpad.gui.words import counted

PAGE = 200  # images
_BRUSH = 0.055  # canvas sides: drawings are put back with a brush of medium width
_MEAN = 44  # pixels
_MINE = "My digits"
_NOTHING = (
    "Nothing here yet. Draw a digit and press its key, 0 to 9, to keep it; or let the program ask for ten of each."
)


class DataTab(QWidget):
    """Shows the person's own drawings, and all data sets.

    Signals: ``to_canvas(greys)`` (28, 28) and ``drawing_to_canvas(Drawing)`` when one is to be put on the canvas;
    ``collect_wanted()`` and ``learn_wanted()`` for what happens elsewhere; ``shown()`` after a page came to the
    screen.
    """

    to_canvas = Signal(object)
    drawing_to_canvas = Signal(object)
    collect_wanted = Signal()
    learn_wanted = Signal()
    shown = Signal()

    def __init__(self, drawings: Drawings, sets: DigitSets) -> None:
        """Start with the person's own drawings in front."""
        super().__init__()
        self.setAutoFillBackground(True)
        self._drawings, self._sets = drawings, sets
        self._place: Path | None = None  # of the set that is shown; None for the person's own
        self._digits: Digits | None = None
        self._shelf: Shelf | None = OwnShelf(drawings)
        self._label: int | None = None
        self._first = 0
        self._page: Page | None = None
        self._in_front = False
        self._background = Background(self)
        self._background.failed.connect(drawings.failed)
        self._make_actions()
        self._lay_out()
        drawings.changed.connect(self._own_changed)
        sets.changed.connect(self._list_sets)
        sets.fetching_changed.connect(self._list_sets)
        sets.came.connect(self.show_set)
        sets.wanted()
        self._list_sets()
        self._show_source()

    # What there is to do

    def _make_actions(self) -> None:
        drawings = self._drawings
        self.put = self._action("Put on canvas", [], "Put the selected image on the canvas (Return)", self._put)
        self.remove = self._action("Remove", ["Delete", "Backspace"], "Forget the selected drawings", self._remove)
        self.undo = self._action("Undo", ["Ctrl+Z"], "Take back the last change", drawings.undo)
        self.redo = self._action("Redo", ["Ctrl+Shift+Z", "Ctrl+Y"], "Do it again", drawings.redo)
        self.collect = self._action("Collect ten of each", [], "Draw the digits you are asked for", self._want_collect)
        self.learn = self._action("Learn my hand", [], "Let the network learn from your drawings", self._want_learn)
        self.relabel = [
            self._action(str(digit), [str(digit)], f"The selected drawings are {digit}s", partial(self._relabel, digit))
            for digit in range(10)
        ]
        drawings.undo_changed.connect(self._enable)

    def _action(self, text: str, keys: list[str], tip: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{tip} ({keys[0]})" if keys else tip)
        action.triggered.connect(lambda _=False: slot())
        self.addAction(action)
        return action

    def _want_collect(self) -> None:
        self.collect_wanted.emit()

    def _want_learn(self) -> None:
        self.learn_wanted.emit()

    def _lay_out(self) -> None:
        self.sources = QListWidget()
        self.sources.setObjectName("sources")
        self.sources.setAccessibleName("Data sets")
        self.sources.setFrameShape(QFrame.Shape.NoFrame)
        self.sources.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sources.currentItemChanged.connect(self._choose_source)
        self.get = _button("Get MNIST (12 MB)", "Fetch the 70,000 digits of MNIST from the internet")
        self.get.setObjectName("get_mnist")
        self.get.clicked.connect(self._sets.fetch)
        self.open = _button("Open a data set…", "A file of MNIST or like it: IDX, mnist.npz or mnist.pkl.gz")
        self.open.setObjectName("open_set")
        self.open.clicked.connect(lambda: ask_for_digits(self.window(), self._sets))
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.sources, 1)
        left.addWidget(self.get)
        left.addWidget(self.open)
        column = QFrame()
        column.setObjectName("card")
        column.setLayout(left)
        left.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setFixedWidth(216)

        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addLayout(self._heading())
        right.addWidget(self._labels())
        self.gallery = Gallery()
        self.gallery.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.gallery.setToolTip("Double-click to put an image on the canvas")
        self.gallery.picked.connect(lambda _: self._put())
        self.gallery.selectionModel().selectionChanged.connect(self._enable)
        self.empty = QLabel()  # says why there are no images
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.hide()
        self.empty.setObjectName("empty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("quiet", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.addWidget(self.empty, 1)
        inside.addWidget(self.gallery, 1)
        inside.addLayout(self._pager())
        right.addWidget(card, 1)
        right.addWidget(self._tools())
        both = QHBoxLayout(self)
        both.setContentsMargins(GAP * 3, GAP * 2, GAP * 3, GAP * 2)
        both.setSpacing(GAP * 3)
        both.addWidget(column)
        both.addLayout(right, 1)

    def _heading(self) -> QHBoxLayout:
        self.title, self.about = QLabel(), QLabel()
        self.title.setFont(font(LARGE, strong=True))
        self.title.setTextFormat(Qt.TextFormat.PlainText)  # it may be the name of a file
        self.about.setProperty("quiet", True)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # cut off, before all widens
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addSpacing(GAP)
        row.addWidget(self.about, 1, Qt.AlignmentFlag.AlignBottom)
        files = _button("Files", "Bring drawings from files, or write them to files")
        files.setObjectName("files")
        menu = QMenu(files)
        for text, slot in (
            ("Import strokes (JSON lines)…", self._ask_import_strokes),
            ("Import a folder of pictures…", self._ask_import_pictures),
            ("Export strokes (JSON lines)…", self._ask_export_strokes),
            ("Export a folder of pictures…", self._ask_export_pictures),
        ):
            menu.addAction(text, slot)
        files.setMenu(menu)
        files.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        learn = _tool(self.learn)
        learn.setProperty("primary", True)
        self._own: list[QWidget] = [files, _tool(self.collect), learn]  # what is for the person's own drawings alone
        for button in self._own:
            row.addWidget(button)
        self.parts = QButtonGroup(self)
        self._part_buttons = []
        for number, (name, tip) in enumerate((("Training", "Images to learn from"), ("Test", "Images for a test"))):
            button = _button(name, tip)
            button.setObjectName(f"part_{name.lower()}")
            button.setCheckable(True)
            button.setChecked(number == 0)
            self.parts.addButton(button, number)
            self._part_buttons.append(button)
            row.addWidget(button)
        self.parts.idClicked.connect(lambda _: self._show_part())
        return row

    def _labels(self) -> QWidget:
        """Return a row of buttons, one a digit, each with the mean image of that digit."""
        self.labels = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        for label in (None, *range(10)):
            button = QToolButton()
            button.setObjectName("label_all" if label is None else f"label_{label}")
            button.setProperty("tight", True)
            button.setProperty("tile", True)
            button.setCheckable(True)
            button.setFont(font(SMALL))
            button.setToolTip("All digits" if label is None else f"The {label}s; the picture is the mean of them all")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(_MEAN, _MEAN))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.labels.addButton(button, -2 if label is None else label)  # -1 means something to Qt
            row.addWidget(button)
        self.labels.button(-2).setChecked(True)
        self.labels.idClicked.connect(self._choose_label)
        strip = QWidget()
        strip.setLayout(row)
        return strip

    def _pager(self) -> QHBoxLayout:
        self.before, self.after = (
            _button("‹", "The page before (Ctrl+Left)"),
            _button("›", "The next page (Ctrl+Right)"),
        )
        for button, name, turn in ((self.before, "before", -1), (self.after, "after", 1)):
            button.setObjectName(f"page_{name}")
            button.setAccessibleName(f"Page {name}")
            button.clicked.connect(lambda _=False, turn=turn: self._turn(turn))
        self.before.setShortcut(QKeySequence("Ctrl+Left"))
        self.after.setShortcut(QKeySequence("Ctrl+Right"))
        self.where = QLabel()
        self.where.setProperty("quiet", True)
        self.number, self.allowed = QLineEdit(), QLabel()
        self.allowed.setProperty("quiet", True)
        self.number.setObjectName("number")
        self.number.setPlaceholderText("Go to #")
        self.number.setToolTip("The number of an image, counted from 0; Return goes there")
        self.number.setAccessibleName("Go to image number")
        self.number.setFixedWidth(96)
        self.number.setMaxLength(12)
        self.number.returnPressed.connect(self._find)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.before)
        row.addWidget(self.where)
        row.addWidget(self.after)
        row.addStretch()
        row.addWidget(self.allowed)
        row.addWidget(self.number)
        return row

    def _tools(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(_tool(self.put))
        own = QWidget()
        self._own.append(own)
        tools = QHBoxLayout(own)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(GAP // 2)
        for action in (self.remove, self.undo):
            tools.addWidget(_tool(action))
        words = QLabel("It is a")
        words.setProperty("quiet", True)
        words.setContentsMargins(GAP, 0, 0, 0)
        tools.addWidget(words)
        for action in self.relabel:
            button = _tool(action)
            button.setMinimumWidth(24)
            tools.addWidget(button)
        row.addWidget(own)
        row.addStretch()
        strip = QWidget()
        strip.setLayout(row)
        return strip

    # Which digits

    @property
    def mine(self) -> bool:
        """Whether the person's own drawings are shown."""
        return self._place is None

    def _list_sets(self) -> None:
        with QSignalBlocker(self.sources):
            self.sources.clear()
            self._add_source(f"{_MINE}  ·  {self._drawings.total:,}", None)
            for name, place in self._sets.choices():
                self._add_source(name, place)
        self.get.setVisible(not self._sets.has_mnist)
        self.get.setEnabled(not self._sets.fetching)
        # A set that was just opened is what the person wants to see.
        known = [self.sources.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.sources.count())]
        wanted = self._place if self._place in known else None
        with QSignalBlocker(self.sources):
            self.sources.setCurrentRow(known.index(wanted))
        if wanted != self._place:
            self._place = wanted
            self._show_source()

    def _add_source(self, name: str, place: Path | None) -> None:
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, place)
        item.setToolTip(str(place) if place else "Drawings you have kept")
        self.sources.addItem(item)

    def show_set(self, place: Path | None) -> None:
        """Show the set at ``place``, or the person's own drawings."""
        for row in range(self.sources.count()):
            if self.sources.item(row).data(Qt.ItemDataRole.UserRole) == place:
                self.sources.setCurrentRow(row)

    def _choose_source(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._place = item.data(Qt.ItemDataRole.UserRole)
            self._show_source()

    def _show_source(self) -> None:
        own, place = self.mine, self._place
        for widget in self._own:
            widget.setVisible(own)
        self.number.setVisible(not own)
        self.number.clear()
        self.number.setProperty("wrong", False)
        self.number.style().polish(self.number)
        self.allowed.clear()
        for button in self._part_buttons:
            button.setVisible(not own)
        self._shelf, self._digits, self._page = (OwnShelf(self._drawings) if own else None), None, None
        self._first = 0
        self._choose_label(-2)
        self._show_counts()
        self._show_means(np.zeros((10, SIDE * SIDE), dtype=np.uint8))
        if place is None:
            self.title.setText(_MINE)
            if self._in_front:  # otherwise once it is, when they were counted
                self._show_own()
        else:
            self.title.setText(self.sources.currentItem().text() if self.sources.currentItem() else place.name)
            self.about.setText("Loading…")
            self._show_nothing("")
            self._sets.look_at(place, lambda digits: self._take(place, digits), partial(self._fail, place))

    def _take(self, place: Path, digits: Digits) -> None:
        if place == self._place:
            self._digits = digits
            self._show_part()

    def _fail(self, place: Path, sentence: str) -> None:
        if place == self._place:
            self.about.clear()
            self._show_nothing(sentence)

    def _show_part(self) -> None:
        digits, test = self._digits, self.parts.checkedId() == 1
        if digits is not None:
            part = digits.test if test else digits.training
            self._background.run(lambda: SetShelf(part), lambda shelf: self._take_shelf(digits, test, shelf))

    def _take_shelf(self, digits: Digits, test: bool, shelf: SetShelf) -> None:
        if digits is self._digits and test == (self.parts.checkedId() == 1):
            self._shelf, self._first = shelf, 0
            self.about.setText(f"{len(digits.training):,} to learn from, {len(digits.test):,} for a test")
            self._show_counts()
            self._show_means(shelf.means)
            self._show_page()

    def _own_changed(self) -> None:
        item = self.sources.item(0)
        if item is not None:
            item.setText(f"{_MINE}  ·  {self._drawings.total:,}")
        if self.mine and self._in_front:
            self._show_own()

    def _show_own(self) -> None:
        total = self._drawings.total
        self.about.setText(f"{counted(total, 'drawing')}, the newest first" if total else "")
        self._show_counts()  # not with the means, which take a moment
        self._background.run(lambda: own_means(self._drawings), self._take_own_means)
        self._show_page()

    def _take_own_means(self, means: NDArray[np.uint8]) -> None:
        if self.mine:
            self._show_means(means)

    @property
    def _counts(self) -> list[int]:
        return self._shelf.counts() if self._shelf else [0] * 10

    def _show_counts(self) -> None:
        counts = self._counts
        self.labels.button(-2).setText(f"all\n{sum(counts):,}")
        for label, count in enumerate(counts):
            self.labels.button(label).setText(f"{label}\n{count:,}")

    def _show_means(self, means: NDArray[np.uint8]) -> None:
        counts = self._counts
        all_of_them = np.average(means, axis=0, weights=counts if any(counts) else None)
        self.labels.button(-2).setIcon(_icon(np.round(all_of_them).astype(np.uint8)))
        for label in range(10):
            self.labels.button(label).setIcon(_icon(means[label]))

    # Which page

    def _choose_label(self, number: int) -> None:
        self.labels.button(number).setChecked(True)
        self._label, self._first = (None if number < 0 else number), 0
        if self._shelf is not None and self._in_front:
            self._show_page()

    @property
    def _count(self) -> int:
        counts = self._counts
        return sum(counts) if self._label is None else counts[self._label]

    def _turn(self, pages: int) -> None:
        self._first += pages * PAGE
        self._show_page()

    def _show_page(self, select: int | None = None) -> None:
        shelf, label = self._shelf, self._label
        if shelf is None:
            return
        self._first = max(0, min(self._first, (self._count - 1) // PAGE * PAGE))
        first = self._first

        def show(page: Page) -> None:
            if shelf is self._shelf and label == self._label and first == self._first:
                self._take_page(page, select)

        def fail(sentence: str) -> None:
            if shelf is self._shelf:
                self._show_nothing(sentence)

        shelf.page(label, first, PAGE, show, fail)

    def _show_nothing(self, sentence: str) -> None:
        """Say in place of images why there are none."""
        self._page = None
        self.gallery.show_images(np.empty((0, SIDE * SIDE), dtype=np.uint8), [], str, str)
        self.empty.setText(sentence)
        self.empty.show()
        self.gallery.hide()
        self.where.clear()
        self.before.setEnabled(False)
        self.after.setEnabled(False)
        self._enable()
        self.shown.emit()

    def _take_page(self, page: Page, select: int | None) -> None:
        again = self.gallery.selected() if self._page and _same(self._page.things, page.things) else []
        self._page = page
        self.gallery.show_images(page.images, range(len(page.things)), page.below.__getitem__, page.spoken.__getitem__)
        self.gallery.select([select] if select is not None else again)
        count, last = self._count, self._first + len(page.things)
        self.where.setText(f"{self._first + 1:,} to {last:,} of {count:,}" if page.things else "none")
        self.before.setEnabled(self._first > 0)
        self.after.setEnabled(last < count)
        nothing = self.mine and self._drawings.total == 0
        self.empty.setText(_NOTHING)
        self.empty.setVisible(nothing)
        self.gallery.setVisible(not nothing)
        self._enable()
        self.shown.emit()

    def _find(self) -> None:
        """Go to the image whose number was typed."""
        text, digits = self.number.text().strip().lstrip("#").replace(",", ""), self._digits
        if digits is None:
            return
        n = len(digits.test if self.parts.checkedId() == 1 else digits.training)
        right = text.isdecimal() and int(text) < n
        self.number.setProperty("wrong", not right)
        self.number.style().polish(self.number)
        self.allowed.setText("" if right else f"a number from 0 to {n - 1:,}")
        if right:
            self._choose_label(-2)
            self._first = int(text) // PAGE * PAGE
            self._show_page(int(text) % PAGE)
            self.gallery.setFocus()

    # What is selected

    @property
    def selected(self) -> list[Any]:
        """What is selected: places in the data set, or drawings."""
        return [self._page.things[i] for i in self.gallery.selected()] if self._page else []

    def _enable(self) -> None:
        here, some = self._in_front, bool(self.gallery.selectedIndexes())
        own, name = self._in_front and self.mine, self._drawings.undo_name
        self.put.setEnabled(here and some)
        for action in (self.remove, *self.relabel):
            action.setEnabled(own and some)
        self.undo.setEnabled(own and bool(name))
        self.redo.setEnabled(own and self._drawings.can_redo)
        self.undo.setToolTip(f"Take back {name} (Ctrl+Z)" if name else "Nothing to take back")
        self.learn.setEnabled(own and self._drawings.total > 0)

    def set_in_front(self, in_front: bool) -> None:
        """Take the keys while the tab is in front, and look whether the drawings are others by now."""
        self._in_front = in_front
        self._enable()
        if in_front:
            self.gallery.setFocus()
            self._drawings.refresh()

    def _put(self) -> None:
        chosen = self.selected
        if not chosen or self._page is None:
            return
        strokes = () if isinstance(chosen[0], int) else chosen[0].strokes
        if strokes:
            self.drawing_to_canvas.emit(Drawing(tuple(Stroke(points, _BRUSH) for points in strokes)))
        else:
            image = self._page.images[self.gallery.selected()[0]]
            self.to_canvas.emit(image.reshape(SIDE, SIDE) / np.float32(255))

    def _remove(self) -> None:
        self._drawings.remove([sample.id or 0 for sample in self.selected])

    def _relabel(self, label: int) -> None:
        self._drawings.relabel(self.selected, label)

    # Files

    def _ask_import_strokes(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import strokes", "", "JSON lines (*.jsonl);;All files (*)")
        if name:
            self._drawings.import_strokes(Path(name))

    def _ask_import_pictures(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Import pictures from a folder with folders 0 to 9")
        if name:
            self._drawings.import_pictures(Path(name))

    def _ask_export_strokes(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export strokes", "my-digits.jsonl", "JSON lines (*.jsonl)")
        if name:
            self._drawings.export_strokes(Path(name))

    def _ask_export_pictures(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Export pictures into a folder")
        if name:
            self._drawings.export_pictures(Path(name))

    def close_down(self) -> None:
        """Wait for what works away from the window."""
        self._background.wait()


def _same(before: list[Any], after: list[Any]) -> bool:
    """Whether the same things are in the same places, whatever their labels."""
    keys = [[getattr(thing, "number", thing) for thing in things] for things in (before, after)]
    return keys[0] == keys[1]


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setProperty("tight", True)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return button


def _tool(action: QAction) -> QToolButton:
    button = _button(action.text(), action.toolTip())
    button.setDefaultAction(action)
    button.setObjectName(f"data_{action.text().split()[0].lower()}")
    return button


def _icon(image: NDArray[np.uint8]) -> QIcon:
    return QIcon(QPixmap.fromImage(picture(image).scaled(_MEAN, _MEAN)))
