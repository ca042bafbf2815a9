"""A strip above the canvas that asks for ten of each digit, one after the other."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout

from digitpad.gui.draw.collection import Collection
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.theme import GAP, LARGE, SMALL, font
from digitpad.gui.words import a_digit


class CollectingStrip(QFrame):
    """Says which digit to draw next.

    Signals: ``wanted(label)`` when the drawing on the canvas is to be kept as the digit that was asked for, to be
    answered by ``go_on`` or ``stay``; ``back_wanted(drawing)`` when the one before it, kept under that identifier, is
    to be forgotten, to be answered by ``go_back``; ``ended(count)`` with how many were drawn.
    """

    wanted = Signal(int)
    back_wanted = Signal(int)
    ended = Signal(int)

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setObjectName("collecting")
        self._collection: Collection | None = None
        self._waiting = False  # for one to be kept
        self._in_front, self._drawn = True, False
        self.title, self.progress, self.bar = QLabel(), ElidedLabel(), QProgressBar()
        self.title.setFont(font(LARGE, strong=True))
        self.progress.setFont(font(SMALL))
        self.progress.setProperty("quiet", True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Drawings collected")
        self.bar.setFixedHeight(4)
        self.keep = self._action("Keep, next", self._keep, ["Return", "Enter"], "Keep the drawing and go on", "keep")
        self.back = self._action(
            "Back", self._back, ["Ctrl+Backspace"], "Forget the last one and draw it again", "back"
        )
        self.end = self._action("Done", self.finish, [], "End here; what you drew is kept", "done")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.progress)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        for tool in (self.keep, self.back, self.end):
            button = ActionButton(tool)
            button.setProperty("primary", tool is self.keep)
            button.setProperty("tight", True)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def _action(self, text: str, slot: Callable[[], object], keys: list[str], tip: str, name: str) -> QAction:
        made = action(self, text, slot, key=keys, tip=tip, name=f"collecting_{name}")
        made.setAutoRepeat(False)  # a key that is held is pressed once
        self.addAction(made)
        return made

    @property
    def active(self) -> bool:
        """Whether digits are being asked for."""
        return self._collection is not None

    @property
    def asked(self) -> int:
        """The digit that is asked for; only while ``active``."""
        assert self._collection is not None
        return self._collection.asked

    def begin(self, counts: list[int]) -> None:
        """Ask for what is missing to ten of each where there are ``counts``; for ten more where none is."""
        self._collection, self._waiting = Collection(counts), False
        self.bar.setRange(0, self._collection.total)
        self._show(self._collection)
        self.show()

    def enable(self, in_front: bool, drawn: bool) -> None:
        """Say whether the canvas is in front, and whether there is a drawing to keep."""
        self._in_front, self._drawn = in_front, drawn
        self._enable()

    def _enable(self) -> None:
        on = self._in_front and self._collection is not None
        kept = self._collection.drawn if self._collection else 0
        self.keep.setEnabled(on and self._drawn and not self._waiting)
        self.back.setEnabled(on and kept > 0 and not self._waiting)
        self.end.setEnabled(on)

    def _keep(self) -> None:
        self._waiting = True
        self._enable()
        self.wanted.emit(self.asked)

    def go_on(self, drawing: int) -> None:
        """Ask for the next: the one on the canvas was kept under the identifier ``drawing``."""
        collection = self._collection
        if collection is None:
            return  # ended while it was being kept
        self._waiting = False
        collection.keep(drawing)
        if collection.complete:
            self.finish()
        else:
            self._show(collection)

    def stay(self) -> None:
        """Ask for the same again: the drawing could not be kept."""
        self._waiting = False
        self._enable()

    def _back(self) -> None:
        if self._collection:
            self._waiting = True
            self._enable()
            self.back_wanted.emit(self._collection.last)

    def go_back(self, drawings: list[int]) -> None:
        """Ask again for the one before, where it is among ``drawings``, identifiers of what was forgotten."""
        collection = self._collection
        if collection and collection.drawn and collection.last in drawings:
            self._waiting = False
            collection.take_back()
            self._show(collection)

    def finish(self) -> None:
        """End here."""
        drawn = self._collection.drawn if self._collection else 0
        self._collection = None
        self._enable()
        self.hide()
        self.ended.emit(drawn)

    def _show(self, collection: Collection) -> None:
        number, of = collection.of_this_digit
        self.title.setText(f"Draw {a_digit(collection.asked)}")
        self.progress.show_parts(
            (f"{collection.drawn} of {collection.total} drawn", 0), (f"number {number} of {of}", 1)
        )
        self.bar.setValue(collection.drawn)
        self._enable()
