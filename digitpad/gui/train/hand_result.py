"""What learning a hand gave: before and after, and the drawings that are still misread: ``HandResult``."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from digitpad.gui.widgets.buttons import give_menu, tool_button
from digitpad.gui.widgets.gallery import MOST, Gallery
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, caption, grow
from digitpad.gui.words import a_digit

if TYPE_CHECKING:
    from digitpad.data.store import Sample
    from digitpad.train.hand import Learned, Score

_GALLERY_HEIGHT = 100  # pixels


class Misread(NamedTuple):
    """A drawing that was not learned from, and the digit it is still read as."""

    sample: "Sample"
    answer: int


class HandResult(QWidget):
    """A table of what is read rightly, and the drawings that are not, to be looked at or labelled anew.

    Signals: ``put_wanted(Sample)`` when one is to be put on the canvas; ``relabel_wanted(number, label)``.
    """

    put_wanted = Signal(object)
    relabel_wanted = Signal(int, int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._misread: Sequence[Misread] = ()
        self._relabelled: dict[int, int] = {}  # labels given here, by the place in the gallery
        self.table, self.caption, self.gallery = QWidget(), caption(""), Gallery()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP * 4)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self.gallery.setAccessibleName("Drawings that are still misread")
        self.gallery.setToolTip("Double-click to put a drawing on the canvas")
        self.gallery.setWrapping(False)
        self.gallery.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grow(self.gallery, minimumHeight=_GALLERY_HEIGHT, maximumHeight=_GALLERY_HEIGHT)
        self.gallery.picked.connect(lambda _: self._put())
        self.put = tool_button("put_misread", "Put on the canvas", "Put the selected drawing on the canvas")
        self.put.clicked.connect(self._put)
        self.relabel = tool_button("relabel_misread", "It is really a…", "Give the selected drawing another label")
        menu = give_menu(self.relabel, ())
        for digit in range(10):
            menu.addAction(str(digit), partial(self._relabel, digit))
        for button in (self.put, self.relabel):
            keeping = button.sizePolicy()
            keeping.setRetainSizeWhenHidden(True)
            button.setSizePolicy(keeping)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.caption, 1)
        buttons.addWidget(self.put)
        buttons.addWidget(self.relabel)
        column = column_in(self)
        column.addWidget(self.table)
        column.addStretch()
        column.addLayout(buttons)
        column.addWidget(self.gallery)

    def show_outcome(self, tested: str, name: str, outcome: "Learned", misread: Sequence[Misread]) -> None:
        """Show ``outcome``, measured on drawings that are called ``tested`` and on the test part of the set ``name``.

        ``misread`` is what is still.
        """
        self._misread = misread
        rows = (
            ("", "before", "after"),
            (tested, _shown(outcome.own_before), _shown(outcome.own_after)),
            (f"{name}, test set", _shown(outcome.test_before), _shown(outcome.test_after)),
        )
        for row, texts in enumerate(rows):
            for at, text in enumerate(texts):
                label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
                label.setMinimumWidth(1 if at == 0 else 0)  # a long name is cut off
                label.setProperty("quiet", row == 0 or at == 0)
                label.setAlignment(Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(label, row, at)
        some = f": {len(misread):,}, the first {MOST:,} shown" if len(misread) > MOST else ""
        self.caption.setText(f"Still misread{some}" if misread else "None of them is misread.")
        for part in (self.gallery, self.put, self.relabel):
            part.setVisible(bool(misread))
        if misread:
            self._list()
            self.gallery.select([0])

    def _list(self) -> None:
        images = np.stack([each.sample.image for each in self._misread[:MOST]])
        self.gallery.show_images(images, range(len(images)), self._below, self._spoken)

    def _below(self, at: int) -> str:
        sample, answer = self._misread[at]
        return f"now {self._relabelled[at]}" if at in self._relabelled else f"{sample.label} as {answer}"

    def _spoken(self, at: int) -> str:
        sample, answer = self._misread[at]
        return f"{a_digit(self._relabelled.get(at, sample.label))}, read as {a_digit(answer)}"

    def _put(self) -> None:
        for at in self.gallery.selected()[:1]:
            self.put_wanted.emit(self._misread[at].sample)

    def _relabel(self, label: int) -> None:
        for at in self.gallery.selected()[:1]:
            self._relabelled[at] = label
            self.relabel_wanted.emit(self._misread[at].sample.id, label)
            self._list()
            self.gallery.select([at])


def _shown(score: "Score") -> str:
    return f"{score.correct:,} of {score.n:,}  ·  {100 * score.accuracy:.2f} %"
