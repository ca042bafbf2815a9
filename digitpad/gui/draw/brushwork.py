"""How a stroke looks: a smooth line through every point of the pen, as wide as it was pressed."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from digitpad.draw.curve import smooth
from digitpad.draw.drawing import Points

PART = 32  # points: a line with more is painted in parts, as filling a shape takes ever longer the longer it is
AROUND = 2  # points on either side of a part that its curve depends on

_A_POINT = 6  # pixels of its way that take as long to paint as a point of it does
_SHARP = 0.2  # radians: a corner
_CUT = 0.1  # pixels that may be lacking where a corner is not rounded


def parts(points: int) -> int:
    """Return of how many parts a stroke of so many ``points`` is painted."""
    return max(1, -(-(points - 1) // PART))


def settled(points: int) -> int:
    """Return how many of them stay as they are when the stroke goes on, the first ones."""
    return max(0, (points - 1 - AROUND) // PART)


def paint(painter: QPainter, points: Points, brush: float, side: float, parts: range) -> None:
    """Paint ``parts`` of a stroke, ``points`` (n, 3), x, y and pressure in canvas sides, with the painter's brush.

    ``brush`` is the width at full pressure, in canvas sides, and ``side`` the canvas's, in the painter's pixels. The
    parts lie on one curve, and each begins at the place where the one before it ends.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    for first in (part * PART for part in parts):
        begin = max(first - AROUND, 0)
        pixels = points[begin : first + PART + 1 + AROUND] * (side, side, 1)
        painter.drawPath(outline(pixels, brush * side, first - begin, PART))


def effort(points: Points, brush: float, side: float) -> float:
    """Return about how long a stroke takes to paint, as pixels of its way, on a canvas with ``side`` of the screen's.

    At each turn the outline goes round the brush by as much, which takes as long as that way.
    """
    along = np.diff(points[:, :2], axis=0)
    way = float(np.hypot(*along.T).sum())
    turns = np.abs(np.diff(np.arctan2(along[:, 1], along[:, 0])))
    turn = float(np.minimum(turns, 2 * np.pi - turns).sum())
    return (way + turn * brush) * side + _A_POINT * len(points)


def within(points: Points, brush: float, side: float) -> QRectF:
    """Return, in pixels, what a stroke touches no pixel beyond; the arguments are those of ``paint``."""
    places = points[:, :2] * side
    # Between two points the curve bends out of their way by less than lies between them.
    bend = float(np.hypot(*np.diff(places, axis=0).T).max(initial=0))
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    margin = brush * side / 2 + bend + 2
    return QRectF(left, top, right - left, bottom - top).adjusted(-margin, -margin, margin, margin)


def outline(points: Points, width: float, first: int = 0, pieces: int | None = None) -> QPainterPath:
    """Return the outline of a stroke, ``points`` (n, 3) in pixels, to be filled as one shape.

    It begins at the ``first`` of them, and has so many ``pieces`` from one to the next at most. One shape, because
    lines painted one over another would show their joints where edges are half covered.
    """
    curve, places = smooth(points)
    last = len(points) - 1 if pieces is None else min(first + pieces, len(points) - 1)
    begin, end = places[first], places[last]
    own = curve[begin : end + 1]
    if len(own) == 1 or np.ptp(own[:, 2]) < 1e-9:
        return _even(own, width * own[0, 2])
    return _pressed(curve, width, begin, end)


def _even(curve: Points, width: float) -> QPainterPath:
    path = QPainterPath()
    if len(curve) == 1:
        path.addEllipse(QPointF(*curve[0, :2]), width / 2, width / 2)
        return path
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y, _ in curve.tolist()]))
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroke = stroker.createStroke(path)
    stroke.setFillRule(Qt.FillRule.WindingFill)
    return stroke


def _pressed(curve: Points, width: float, begin: int, end: int) -> QPainterPath:
    """Return what a disc touches, as large as the pen was pressed, that goes along a part of the curve.

    The part goes from ``begin`` to ``end`` and, where it does not begin with the curve, covers the joint with the part
    before. An edge on either side touches the discs of two places that follow each other; at a gentle bend the edges
    share their corners. At a tighter one, discs are put where corners would be seen, and the edge on the inner side
    goes by way of the curve. So there are halves of quadrilaterals side by side, and discs, that turn the same way
    round, but for slivers inside a disc where the line widens by almost as much as it goes: what overlaps adds up.
    """
    places, radii = curve[:, :2], curve[:, 2] * width / 2
    along = np.diff(places, axis=0)
    lengths = np.maximum(np.hypot(*along.T), 1e-9)
    along /= lengths[:, None]
    slopes = np.clip(np.diff(radii) / lengths, -1, 1)[:, None]  # an edge touches a disc so far back, in its radii,
    across = np.sqrt(1 - slopes**2) * np.stack([-along[:, 1], along[:, 0]], axis=1)  # and so far aside
    first = max(begin - 1, 0)
    edges, round_ = [], np.zeros(len(places), dtype=bool)
    round_[[0, -1]] = True
    widens, narrows = slopes[:, 0] == 1, slopes[:, 0] == -1  # by so much that one disc lies in the other
    round_[:-1] |= narrows
    round_[1:] |= widens
    for sign in (-1, 1):
        outwards = sign * across - slopes * along
        shared = outwards[:-1] + outwards[1:]
        shared /= np.maximum(np.hypot(*shared.T), 1e-9)[:, None]
        turn = np.arccos(np.clip((outwards[:-1] * outwards[1:]).sum(axis=1), -1, 1))
        inner = sign * (outwards[:-1, 0] * outwards[1:, 1] - outwards[:-1, 1] * outwards[1:, 0]) > 0
        tight = (turn * radii[1:-1] > 0.5 * np.minimum(lengths[1:], lengths[:-1])) | (turn > _SHARP)
        round_[1:-1] |= tight & (radii[1:-1] * turn**2 / 8 > _CUT)  # what a chord lacks of an arc
        near, far = outwards.copy(), outwards.copy()
        near[1:][~tight], far[:-1][~tight] = shared[~tight], shared[~tight]
        corners = np.stack(
            [places[:-1] + near * radii[:-1, None], places[1:] + far * radii[1:, None], places[1:]], axis=1
        )
        needed = np.ones(corners.shape[:2], dtype=bool)
        needed[1:, 0] = tight  # or it is the one of the line before
        needed[:-1, 2] = tight & inner
        needed[first, 0], needed[end - 1, 2] = True, False
        edges.append(corners[first:end][needed[first:end]])
    round_[:-1] &= ~widens
    round_[1:] &= ~narrows
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in np.concatenate([edges[0], edges[1][::-1]]).tolist()]))
    path.closeSubpath()
    for i in np.flatnonzero(round_[first : end + 1]) + first:
        path.addEllipse(QPointF(*places[i]), radii[i], radii[i])
    return path
