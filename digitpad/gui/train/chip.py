"""One chip of a run: how it looks, and which part of it lies where: ``ChipPainter``, ``part_at``."""

from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from digitpad.gui.train.run_model import RunModel
from digitpad.gui.widgets.colours import Role, series
from digitpad.gui.widgets.theme import SMALL, font, grown

_Index = QModelIndex | QPersistentModelIndex
_WIDE, _HIGH = 220, 32  # pixels of a chip
_COLOUR, _MENU = 28, 24  # pixels at its left for its colour, and at its right for its menu
_SWATCH, _ROUND = 12, 3  # pixels: the side of the square of its colour, and the radius of that square's corners
_CORNER = 8  # pixels: the radius of the chip's own corners
_GAP = 8  # pixels between its name and its figure
_DOTS, _DOT = (-5, 0, 5), 2  # pixels: where the dots of the menu are, and the radius of each


class Part(Enum):
    """What a chip consists of, from left to right."""

    COLOUR = auto()
    NAME = auto()
    MENU = auto()


def chip_size() -> QSize:
    """Return how large a chip is, all of them alike: so a list of hundreds is laid out at once."""
    return QSize(grown(_WIDE), grown(_HIGH))


def part_at(chip: QRect, place: QPoint) -> Part:
    """Return which part of the ``chip`` that lies in this rectangle is at ``place``."""
    if place.x() < chip.left() + grown(_COLOUR):
        return Part.COLOUR
    return Part.MENU if place.x() >= chip.right() - grown(_MENU) else Part.NAME


def below_menu(chip: QRect) -> QPoint:
    """Return where the menu of the ``chip`` in this rectangle opens."""
    return QPoint(chip.right() - grown(_MENU), chip.bottom() + 1)


class ChipPainter(QStyledItemDelegate):
    """Paints a chip, and gives its name to be edited."""

    def __init__(self, parent: QObject, runs: RunModel) -> None:
        """Paint the items of ``runs``."""
        super().__init__(parent)
        self._runs = runs

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size that all chips have."""
        return chip_size()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        """Have a name typed over the whole chip."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Have the name of before selected, so that typing replaces it."""
        super().setEditorData(editor, index)
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the chip of a run, in front where it is selected, with a hollow square where it is hidden."""
        runs, run = self._runs, self._runs.runs[index.row()]
        rect: QRect = option.rect
        palette = QApplication.palette()  # the list's own is that of what is transparent
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hidden = run.number in runs.hidden
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(Role.Highlight if chosen else Role.Mid))
        painter.setBrush(palette.color(Role.AlternateBase if chosen else Role.Base))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        colour = series(runs.members(run)[0].number - 1, palette)
        side = grown(_SWATCH)
        painter.setPen(colour)
        painter.setBrush(Qt.BrushStyle.NoBrush if hidden else colour)
        left, top = rect.left() + (grown(_COLOUR) - side) // 2 + 1, rect.center().y() - side // 2
        painter.drawRoundedRect(QRect(left, top, side, side), _ROUND, _ROUND)
        inner = rect.adjusted(grown(_COLOUR), 0, -grown(_MENU), 0)
        painter.setFont(font(SMALL))
        state = runs.state(run)
        painter.setPen(palette.color(Role.PlaceholderText))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(state) - _GAP
        painter.setPen(palette.color(Role.PlaceholderText if hidden else Role.Text))
        painter.setFont(font(SMALL, strong=chosen))
        label = painter.fontMetrics().elidedText(runs.item_label(run), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, label)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(Role.PlaceholderText))
        middle = QPoint(rect.right() - grown(_MENU) // 2, rect.center().y())
        for step in _DOTS:
            painter.drawEllipse(middle + QPoint(0, step), _DOT, _DOT)
        painter.restore()
