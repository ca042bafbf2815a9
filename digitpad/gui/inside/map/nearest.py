"""The digits that are nearest to a drawing for the network, in a row: ``NearestRow``."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.theme import GAP, SMALL, caption, font
from digitpad.gui.words import a_digit
from digitpad.inside.names import Places

K = 5  # as many as are told
_TILE, _WIDE = 42, 58  # pixels: an image, and from one to the next
_SHORT = 1e-3, 1e6  # between these distances are short without an exponent
_NOTHING = "Draw, and the digits that the network finds most like it come here."


class NearestRow(QWidget):
    """Shows the nearest digits, the nearest first, with their labels and how far they are.

    Signal: ``picked(index)`` with the index of a digit among those of the cloud.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.gallery, self.words = _Row(), ElidedLabel(_NOTHING)
        self.words.setFont(font(SMALL))
        self.words.setProperty("quiet", True)
        title = QHBoxLayout()
        title.setSpacing(GAP)
        title.addWidget(caption("Nearest digits"))
        title.addWidget(self.words, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP // 2)
        rows.addLayout(title)
        rows.addWidget(self.gallery)
        self.gallery.picked.connect(self.picked)
        self.gallery.clicked.connect(self.gallery.pick)

    def show_none(self, why: str) -> None:
        """Show no digits, and say ``why``."""
        self.gallery.show_images(np.empty((0, 784), np.uint8), (), str, str)
        self.words.setText(why)

    def show_nearest(self, digits: Dataset | None, indices: NDArray[np.intp], distances: Places) -> None:
        """Show those of ``digits`` that are nearest to the drawing, (k,) of them; none where nothing is drawn."""
        labels = digits.labels[indices] if digits is not None else np.empty(0, np.uint8)
        if not len(labels):
            self.words.setText(_NOTHING)
        else:
            self.words.setText(f"{_most(labels)}, by their distance in the last hidden layer")
        far = dict(zip(indices.tolist(), alike(distances.tolist()), strict=True))
        label = dict(zip(indices.tolist(), labels.tolist(), strict=True))
        self.gallery.show_images(
            np.empty((0, 784), np.uint8) if digits is None else digits.images,
            indices,
            lambda i: f"{label[i]} · {far[i]}",
            lambda i: f"{a_digit(label[i])}, distance {far[i]}",
        )


def alike(distances: Sequence[float]) -> list[str]:
    """Return distances with as many decimals each, three digits for the largest.

    >>> alike([0.512, 2.9, 2.994]), alike([98.04, 123.4]), alike([0.0, 2e9])
    (['0.51', '2.90', '2.99'], ['98', '123'], ['0.00e+00', '2.00e+09'])
    """
    largest = max(distances, default=0.0)
    if largest and not _SHORT[0] <= largest < _SHORT[1]:
        return [f"{distance:.2e}" for distance in distances]
    decimals = max(2 - math.floor(math.log10(largest)), 0) if largest else 2
    return [f"{distance:.{decimals}f}" for distance in distances]


def _most(labels: NDArray[np.uint8]) -> str:
    """Return of which label most are, in words."""
    counts = np.bincount(labels)
    label, count = int(counts.argmax()), int(counts.max())
    if count == 1 < len(labels):
        return "Each is another digit"
    if count == len(labels):
        return f"All are {label}s"
    return f"{count} of {len(labels)} are {label}s"


class _Row(Gallery):
    """A single row; what has no room in it can be scrolled to."""

    def __init__(self) -> None:
        super().__init__(_TILE, _WIDE)
        self.setAccessibleName("Nearest digits")
        self.setAccessibleDescription("Press Return on a digit to choose it on the map")
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one row."""
        return QSize(K * self.gridSize().width(), self.gridSize().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which one digit is seen."""
        return QSize(self.gridSize().width(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as words of another size need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
