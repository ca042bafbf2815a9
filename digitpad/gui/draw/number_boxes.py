"""The boxes around the digits of a number on the canvas, each with its digit above: ``NumberBoxes``."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from digitpad.draw.numbers import Number
from digitpad.draw.reading import Verdict
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.theme import NORMAL, font, grown

_AROUND = 0.03  # canvas sides: between the pen's path and the box
_NEAR = 7.0  # pixels: what is as near to a line is on it


class Hit(NamedTuple):
    """What was clicked on: the digit that has these sides, its ``box``, or where the one before it ends.

    Its sides are its left, top, right and bottom in the drawing: by them it is known in another reading.
    """

    sides: tuple[float, float, float, float]
    box: bool


class NumberBoxes:
    """Lies over the drawing, and tells what of it was clicked on."""

    def __init__(self, number: Number, chosen: int) -> None:
        """Show the parts of ``number``, that with the index ``chosen`` with a stronger line."""
        self._number, self._chosen = number, chosen

    def paint(self, painter: QPainter, paper: QRectF, palette: QPalette) -> None:
        """Paint over ``paper``, on which the drawing lies from (0, 0) to (1, 1)."""
        painter.setFont(font(NORMAL, strong=True))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, (part, box) in enumerate(zip(self._number.parts, self._boxes(paper), strict=True)):
            sure, chosen = part.reading.verdict is Verdict.SURE, i == self._chosen
            colour = palette.color(Role.Highlight if chosen else Role.Dark)
            painter.setPen(
                QPen(colour, 1.5 if chosen else 1.0, Qt.PenStyle.SolidLine if sure else Qt.PenStyle.DashLine)
            )
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(palette.color(Role.Highlight if chosen else Role.PlaceholderText))
            words = part.sign if sure or part.sign == "?" else f"{part.sign}?"
            painter.drawText(self._label(box, paper), Qt.AlignmentFlag.AlignCenter, words)

    def at(self, place: QPointF, paper: QRectF) -> Hit | None:
        """Return what is there, in pixels: between two boxes, on the line of one, or its digit; None for the rest."""
        boxes, sides = self._boxes(paper), [part.piece.box for part in self._number.parts]
        for (one, other), digit in zip(pairwise(boxes), sides[1:], strict=True):
            left, right = one.right() - _NEAR, other.left() + _NEAR
            top, bottom = max(one.top(), other.top()), min(one.bottom(), other.bottom())
            if left <= place.x() <= right and top <= place.y() <= bottom:
                return Hit(digit, box=False)
        for box, digit in zip(boxes, sides, strict=True):
            inner, outer = (box.adjusted(-by, -by, by, by) for by in (-_NEAR, _NEAR))
            if self._label(box, paper).contains(place) or (outer.contains(place) and not inner.contains(place)):
                return Hit(digit, box=True)
        return None

    def _boxes(self, paper: QRectF) -> list[QRectF]:
        """Return the boxes in pixels; two that would lie over each other end in the middle between the two digits."""
        side = paper.width()
        spans = [part.piece.box for part in self._number.parts]
        sides = [[left - _AROUND, right + _AROUND] for left, _, right, _ in spans]
        for one, other in pairwise(sides):
            if one[1] > other[0]:
                one[1] = other[0] = (one[1] + other[0]) / 2
        return [
            QRectF(
                QPointF(paper.left() + side * left, paper.top() + side * (top - _AROUND)),
                QPointF(paper.left() + side * right, paper.top() + side * (bottom + _AROUND)),
            ).intersected(paper.adjusted(2, 2, -2, -2))
            for (left, right), (_, top, _, bottom) in zip(sides, spans, strict=True)
        ]

    def _label(self, box: QRectF, paper: QRectF) -> QRectF:
        """Return where the digit of a box goes: above it, or below where there is no room."""
        wide, high = grown(30), grown(18)
        top = box.top() - high if box.top() - high >= paper.top() else box.bottom()
        return QRectF(box.center().x() - wide / 2, top, wide, high)
