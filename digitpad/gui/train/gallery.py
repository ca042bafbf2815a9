"""Images of digits in rows, each of which can be put on the canvas."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QListView

from digitpad.data.dataset import Dataset
from digitpad.gui.theme import SMALL, font
from digitpad.nn.evaluation import Answers
from digitpad.preprocess import SIDE

_TILE = 56  # pixels, twice the digit's own
_Index = QModelIndex | QPersistentModelIndex


class Gallery(QListView):
    """Shows some of the held-out images, with digit and answer beneath.

    Signals: ``picked(index)`` with the index of an image in the data set, when it was clicked or Return pressed on it.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("gallery")
        self.setAccessibleName("Images")
        self._tiles = _Tiles()
        self.setModel(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_TILE, _TILE))
        self.setGridSize(QSize(_TILE + 14, _TILE + 26))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFont(font(SMALL))
        self.setToolTip("Click an image to put it on the canvas")
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def show_images(self, digits: Dataset | None, answers: Answers | None, chosen: NDArray[np.int64]) -> None:
        """Show the images ``chosen`` by index, in that order."""
        self._tiles.show(digits, answers, chosen)
        self.scrollToTop()

    def count(self) -> int:
        """Return how many images are shown."""
        return self._tiles.rowCount()

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(self._tiles.chosen(index))


class _Tiles(QAbstractListModel):
    """Makes the pictures as they come into view."""

    def __init__(self) -> None:
        super().__init__()
        self._digits: Dataset | None = None
        self._answers: Answers | None = None
        self._chosen: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def show(self, digits: Dataset | None, answers: Answers | None, chosen: NDArray[np.int64]) -> None:
        self.beginResetModel()
        self._digits, self._answers, self._chosen = digits, answers, chosen
        self.endResetModel()

    def chosen(self, index: _Index) -> int:
        return int(self._chosen[index.row()])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._chosen)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._digits is None or self._answers is None or not index.isValid():
            return None
        i = self.chosen(index)
        if role == Qt.ItemDataRole.DecorationRole:
            image = QImage(self._digits.images[i].tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
            return QPixmap.fromImage(image.scaled(_TILE, _TILE))
        label, given = int(self._answers.labels[i]), int(self._answers.given[i])
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{label} as {given}" if label != given else str(label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"a {label} read as {given}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None
