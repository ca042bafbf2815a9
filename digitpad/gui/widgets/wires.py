"""Functions that paint neurons, and the connections between them, in the colours of their signs."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import NamedTuple, TypeVar

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from digitpad.gui.widgets.colours import legible, mixed
from digitpad.gui.widgets.signed import sign_colour

T = TypeVar("T")

_SHADES = 8  # strengths told apart: all lines of one strength are painted at once, which is what makes it quick


class Wire(NamedTuple):
    """A connection: its ends, its weight as a share from -1 to 1 of the largest, and how far it is painted."""

    start: QPointF
    end: QPointF
    share: float
    reached: float = 1.0


def paint_wires(
    painter: QPainter, palette: QPalette, wires: Iterable[Wire], *, faint: bool = False, dashed: bool = False
) -> None:
    """Paint connections, the strong ones deep and wide; ``faint`` those that are not the matter at present.

    One whose share is no number (NaN) is as weak as can be. Where they are few, the negative ones may be ``dashed``:
    then colour is not all that tells them.
    """
    groups: dict[tuple[bool, int], list[QLineF]] = {}
    for start, end, share, reached in wires:
        shade = 0 if isnan(share) else round(min(abs(share), 1.0) * _SHADES)
        line = QLineF(start, end if reached >= 1 else start + (end - start) * reached)
        groups.setdefault((share > 0, shade), []).append(line)
    for positive, shade in sorted(groups, key=lambda group: group[1]):
        lines, strength = groups[positive, shade], shade / _SHADES
        colour = QColor(sign_colour(palette, positive))
        colour.setAlphaF((0.08 + 0.25 * strength) if faint else (0.15 + 0.85 * strength))
        style = Qt.PenStyle.DashLine if dashed and not positive else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, (0.6 + 0.8 * strength) if faint else (0.8 + 1.8 * strength), style))
        painter.drawLines(lines)


def nearest(places: Sequence[tuple[T, QPointF]], place: QPointF, within: float) -> T | None:
    """Return the name of the place next to ``place``, or None where none is ``within`` that many pixels."""
    name: T | None = None
    distance = within
    for candidate, at in places:
        offset = at - place
        found = float(np.hypot(offset.x(), offset.y()))
        if found <= distance:
            name, distance = candidate, found
    return name


def disc(
    painter: QPainter,
    palette: QPalette,
    at: QPointF,
    radius: float,
    share: float,
    chosen: bool = False,
    *,
    text: str = "",
) -> None:
    """Paint a neuron, filled as far as it fires: ``share`` from -1 to 1; with a ring where it is the chosen one.

    One whose share is no number (NaN) stays empty.

    ``text`` is written into it in the painter's font.
    """
    area = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    ink = palette.color(QPalette.ColorRole.Text)
    painter.setPen(QPen(ink, 2.5) if chosen else QPen(palette.color(QPalette.ColorRole.Dark), 1.2))
    paper = palette.color(QPalette.ColorRole.Base)
    fill = mixed(paper, sign_colour(palette, share > 0), 0.0 if isnan(share) else min(abs(share), 1.0))
    painter.setBrush(fill)
    painter.drawEllipse(area)
    if text:
        painter.setPen(legible(fill, ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
