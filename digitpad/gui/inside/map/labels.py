"""Functions that paint what tells digits on the map: a name on an island, and a card beside one digit."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPalette, QPen

from digitpad.data.dataset import Dataset
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.gallery import picture
from digitpad.gui.widgets.theme import LARGE, SMALL, font
from digitpad.gui.words import a_digit

_PICTURE = 56  # pixels, twice the digit's own


def paint_name(painter: QPainter, palette: QPalette, middle: QPointF, text: str) -> None:
    """Paint a name that can be read whatever points lie behind it."""
    painter.setFont(font(LARGE, strong=True))
    metrics = QFontMetricsF(painter.font())
    path = QPainterPath()
    offset = QPointF(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2)
    path.addText(middle + offset, painter.font(), text)
    halo = QPen(palette.color(Role.Base), 5)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    painter.fillPath(path, palette.color(Role.Text))


def paint_card(painter: QPainter, palette: QPalette, room: QSize, at: QPointF, digits: Dataset, index: int) -> None:
    """Paint the picture and the label of a digit beside where it is, within the ``room`` from (0, 0) on."""
    words, around = a_digit(int(digits.labels[index])), 6
    painter.setFont(font(SMALL, strong=True))
    line = QFontMetricsF(painter.font()).height()
    size = QSize(_PICTURE + 2 * around, round(_PICTURE + 3 * around + line))
    x = at.x() + 14 if at.x() + 14 + size.width() < room.width() else at.x() - 14 - size.width()
    y = min(max(at.y() - size.height() / 2, 2.0), room.height() - size.height() - 2.0)
    card = QRectF(round(x), round(y), size.width(), size.height())
    painter.setPen(QPen(palette.color(Role.Dark), 1))
    painter.setBrush(palette.color(Role.Base))
    painter.drawRoundedRect(card, 6, 6)
    place = card.adjusted(around, around, -around, -(2 * around + line))
    painter.drawImage(place, picture(digits.images[index]))
    painter.setPen(palette.color(Role.Text))
    below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    painter.drawText(card.adjusted(0, 0, 0, -around / 2), below, words)
