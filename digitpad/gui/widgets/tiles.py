"""Small pictures with a word under each, in a row or in several, one of which can be picked: ``Tiles``."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.gui.widgets.theme import SMALL, font, grown

_APART, _WORDS = 8, 16  # pixels: between two, and the height of the words where text has its usual size
_BELOW = 6  # pixels: from one row to the next
EDGE = 5  # pixels around them, for the ring of the focus


@dataclass(frozen=True, eq=False)
class Tile:
    """A picture; what stands ``below`` it, and what is ``said`` of it in a sentence."""

    image: QImage
    below: str
    said: str


class Tiles(QWidget):
    """As many tiles in a row as there is room for, picked by a click, or by the arrow keys and Return.

    With ``columns`` and ``rows`` they stand in so many, and take the room of all.

    Signal: ``picked(i, place)`` with the number of a tile and where it lies in this widget, a QRectF.
    """

    picked = Signal(int, QRectF)

    def __init__(self, name: str, tip: str, side: int, *, picks: bool = True, columns: int = 0, rows: int = 1) -> None:
        """Start empty; pictures are ``side`` pixels large, and ``tip`` says what picking one does.

        Without ``picks`` they are there to be looked at, and ``tip`` says what else there is to know.
        """
        super().__init__()
        self._name, self._tip, self._side, self._picks = name, tip, side, picks
        self._columns, self._rows = columns, rows
        self._tiles: tuple[Tile, ...] = ()
        self._at = 0
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip(" ")  # made by event() for the tile under the pointer
        across = QSizePolicy.Policy.Fixed if columns else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of all rows and columns; a row without a number of columns takes the width there is."""
        width = self._columns * self._step() - _APART if self._columns else self._side
        return QSize(width + 2 * EDGE, self._rows * self._high() - _BELOW + 2 * EDGE)

    minimumSizeHint = sizeHint

    @property
    def side(self) -> int:
        """How large a picture is, in pixels."""
        return self._side

    def set_side(self, side: int) -> None:
        """Have pictures ``side`` pixels large."""
        if side != self._side:
            self._side = side
            self.updateGeometry()
            self.update()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these, the first ones where there is too little room for all."""
        self._tiles = tuple(tiles)
        self._tell()
        self.update()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Those that there is room for."""
        return self._tiles[: self._across() * self._rows]

    def place(self, i: int) -> QRectF:
        """Return where the picture of a tile lies."""
        left, top = self._corner(i)
        return QRectF(left + (self._wide() - self._side) / 2, top, self._side, self._side)

    def _corner(self, i: int) -> tuple[int, int]:
        row, column = divmod(i, self._across())
        return EDGE + column * self._step(), EDGE + row * self._high()

    def _across(self) -> int:
        """Return how many stand in a row."""
        return self._columns or max(int((self.width() - 2 * EDGE + _APART) // self._step()), 1)

    def _wide(self) -> int:
        return max(self._side, grown(40))

    def _step(self) -> int:
        return self._wide() + _APART

    def _high(self) -> int:
        return self._side + grown(_WORDS) + 4 + _BELOW

    def _tile_at(self, place: QPointF) -> int | None:
        column, row = int((place.x() - EDGE) // self._step()), int((place.y() - EDGE) // self._high())
        if not 0 <= column < self._across():
            return None
        i = max(row, 0) * self._across() + column  # what lies above the first row counts as in it
        return i if i < len(self.tiles) and place.x() - self._corner(i)[0] <= self._wide() else None

    def _tell(self) -> None:
        """Name the tile that the keys are at, for who hears it."""
        tiles = self.tiles
        self._at = min(self._at, max(len(tiles) - 1, 0))
        name = f"{self._name}: {tiles[self._at].said}" if tiles else self._name
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _pick(self, i: int) -> None:
        self._at = i
        self._tell()
        self.update()
        if self._picks:
            self.picked.emit(i, self.place(i))

    # The hand and the keys

    def event(self, event: QEvent) -> bool:
        """Tell the tile under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._tile_at(QPointF(event.pos()))
            words = "" if found is None else f"{self.tiles[found].said}\n{self._tip}"
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer's shape what can be picked."""
        found = self._tile_at(event.position())
        picks = found is not None and self._picks
        self.setCursor(Qt.CursorShape.PointingHandCursor if picks else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the tile under the pointer."""
        found = self._tile_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, pick with Return or Space."""
        key, last = Qt.Key(event.key()), len(self.tiles) - 1
        walks = {
            Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        if self._rows > 1:
            rows = {Qt.Key.Key_Up: self._at - self._across(), Qt.Key.Key_Down: self._at + self._across()}
            walks |= {key: at for key, at in rows.items() if 0 <= at <= last}
        if key in walks:
            self._at = min(max(walks[key], 0), max(last, 0))
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and last >= 0:
            self._pick(self._at)
        else:
            super().keyPressEvent(event)

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint pictures and words."""
        with QPainter(self) as painter:
            palette = self.palette()
            painter.setFont(font(SMALL))
            for i, tile in enumerate(self.tiles):
                place = self.place(i)
                painter.drawImage(place, tile.image)
                at = self.hasFocus() and i == self._at
                role = QPalette.ColorRole.Highlight if at else QPalette.ColorRole.Mid
                painter.setPen(QPen(palette.color(role), 3 if at else 1))
                painter.drawRect(place.adjusted(0, 0, -1, -1))
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                words = QRectF(self._corner(i)[0], place.bottom() + 2, self._wide(), grown(_WORDS))
                painter.drawText(words, Qt.AlignmentFlag.AlignCenter, tile.below)
