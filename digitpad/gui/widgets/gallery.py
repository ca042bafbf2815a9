"""Images of digits in rows."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from digitpad.draw.preprocess import SIDE
from digitpad.gui.images import image_of
from digitpad.gui.widgets.theme import SMALL, font, grown

MOST = 1000  # images that one should ask for at a time: to lay out ten thousand holds up the window for some frames

_TILE = 56  # pixels, twice the digit's own
_BESIDE, _BELOW = 14, 26  # pixels around an image, for its words
_APART = 4  # pixels between two cells
_ABOVE, _BETWEEN = 1, 4  # pixels of a cell: over the image, and from there to its words
_Index = QModelIndex | QPersistentModelIndex
Words = Callable[[int], str]


class _Cells(QStyledItemDelegate):
    """Gives each image its whole cell: Qt would give all of them no more than the last one and its words take.

    It paints an image and its words itself, as Qt would ask for seven things of each in turn.
    """

    def __init__(self, gallery: QListView, tiles: "_Tiles") -> None:
        super().__init__(gallery)
        self._gallery, self._tiles = gallery, tiles

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return self._gallery.gridSize() - QSize(_APART, _APART)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell, gallery, colour = option.rect, self._gallery, QPalette.ColorRole.Text
        if option.state & QStyle.StateFlag.State_Selected:
            gallery.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, gallery)
            colour = QPalette.ColorRole.HighlightedText
        square = QRect(QPoint(), gallery.iconSize())
        square.moveCenter(cell.center())
        square.moveTop(cell.top() + _ABOVE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # its pixels are to be seen
        painter.drawImage(square, self._tiles.picture(index))
        words = cell.adjusted(_APART // 2, square.bottom() + _BETWEEN - cell.top(), -_APART // 2, 0)
        text = option.fontMetrics.elidedText(self._tiles.words(index), Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(option.font)
        painter.setPen(option.palette.color(colour))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


class Gallery(QListView):
    """Shows some images of many, with words beneath; Return or a double click picks one.

    Signals: ``picked(index)`` with the index of an image among all.
    """

    picked = Signal(int)

    def __init__(self, tile: int = _TILE, wide: int = 0) -> None:
        """Start empty; images are ``tile`` pixels large, at least ``wide`` apart."""
        super().__init__()
        self.setObjectName("gallery")
        self.setAccessibleName("Images")
        self._tiles = _Tiles()
        self.setModel(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Cells(self, self._tiles))
        self.setIconSize(QSize(tile, tile))
        self._wide = max(tile + _BESIDE, wide)
        self._words: frozenset[str] = frozenset()
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFont(font(SMALL))
        self._leave_room()
        self.activated.connect(self.pick)

    def changeEvent(self, event: QEvent) -> None:
        """Leave room for words of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._leave_room()

    def leave_room_for(self, words: Iterable[str]) -> None:
        """Have images so far apart from now on that each of these ``words`` has room under one."""
        self._words = frozenset(words)
        self._leave_room()

    def _leave_room(self) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(words) for words in self._words), default=0)
        wide = max(grown(self._wide), widest + grown(_BESIDE))
        self.setGridSize(QSize(wide, self.iconSize().height() + grown(_BELOW)))

    def show_images(
        self, images: NDArray[np.uint8], chosen: Sequence[int] | NDArray[np.integer], below: Words, spoken: Words
    ) -> None:
        """Show those of ``images`` (n, 784) that are ``chosen`` by index, in that order.

        ``below`` and ``spoken`` give the words under an image and for those who hear them.
        """
        self._tiles.show(images, np.asarray(chosen, dtype=np.int64), below, spoken)
        self.scrollToTop()

    def count(self) -> int:
        """Return how many images are shown."""
        return self._tiles.rowCount()

    def selected(self) -> list[int]:
        """Return the selected images by index, in their order on the screen."""
        return [self._tiles.chosen(index) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def select(self, chosen: Sequence[int]) -> None:
        """Select these images, by index, and show the first of them."""
        selection = QItemSelection()  # all at once: each would be announced
        for index in chosen:
            selection.select(self._tiles.place(index), self._tiles.place(index))
        self.selectionModel().select(selection, self.selectionModel().SelectionFlag.ClearAndSelect)
        if chosen:
            self.selectionModel().setCurrentIndex(
                self._tiles.place(chosen[0]), self.selectionModel().SelectionFlag.NoUpdate
            )
            self.scrollTo(self._tiles.place(chosen[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters, digits and signs to whoever holds the gallery: images have no names to be found by."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def pick(self, index: QModelIndex) -> None:
        """Pick the image at this place."""
        self.picked.emit(self._tiles.chosen(index))


class _Tiles(QAbstractListModel):
    """Makes the pictures as they come into view."""

    def __init__(self) -> None:
        super().__init__()
        self._images: NDArray[np.uint8] = np.empty((0, 784), dtype=np.uint8)
        self._chosen: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._below: Words = str
        self._spoken: Words = str

    def show(self, images: NDArray[np.uint8], chosen: NDArray[np.int64], below: Words, spoken: Words) -> None:
        self.beginResetModel()
        self._images, self._chosen, self._below, self._spoken = images, chosen, below, spoken
        self.endResetModel()

    def chosen(self, index: _Index) -> int:
        return int(self._chosen[index.row()])

    def place(self, chosen: int) -> QModelIndex:
        return self.index(int(np.flatnonzero(self._chosen == chosen)[0]))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._chosen)

    def picture(self, index: _Index) -> QImage:
        return picture(self._images[self.chosen(index)])

    def words(self, index: _Index) -> str:
        return self._below(self.chosen(index))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(self.chosen(index))
        return None


def picture(image: NDArray[np.uint8]) -> QImage:
    """Return the picture of an image (784,), 255 = ink, white on black as MNIST's are."""
    return image_of(image.reshape(SIDE, SIDE))


def enlarged(image: NDArray[np.uint8], side: int, ratio: float) -> QPixmap:
    """Return the same ``side`` pixels large, sharp on a screen with ``ratio`` dots to a pixel."""
    pixmap = QPixmap.fromImage(picture(image).scaled(QSize(side, side) * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
