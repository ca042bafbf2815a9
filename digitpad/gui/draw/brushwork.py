"""How a stroke looks: a smooth line through every point of the pen, as wide as it was pressed."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from digitpad.draw.drawing import Points

PART = 32  # points: a line with more is painted in parts, as filling a shape takes ever longer the longer it is
AROUND = 2  # points on either side of a part that its curve depends on

_FINE = 3.0  # pixels: curves are made of lines about this long
_MOST = 24  # lines between two points of the pen
_GENTLE = 0.8  # cosine of the largest angle at which a line still bends gently
_SHARP = 0.2  # radians: a corner that needs rounding


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


def outline(points: Points, width: float, first: int = 0, pieces: int | None = None) -> QPainterPath:
    """Return the outline of a stroke, ``points`` (n, 3) in pixels, to be filled as one shape.

    It begins at the ``first`` of them, and has so many ``pieces`` from one to the next at most. One shape, because
    lines painted one over another would show their joints where edges are half covered.
    """
    curve, places = _curve(points)
    last = len(points) - 1 if pieces is None else min(first + pieces, len(points) - 1)
    begin, end = places[first], places[last]
    own = curve[begin : end + 1]
    if len(own) == 1 or np.ptp(own[:, 2]) < 1e-9:
        return _even(own, width * own[0, 2])
    return _pressed(curve, width, begin, end)


def smooth(points: Points) -> Points:
    """Return a curve (m, 3) through all of ``points`` (n, 3), consecutive ones differing in place.

    Points on a gentle bend are first moved towards their neighbours, by a pixel at most: a mouse knows whole pixels
    only, and lines through those tremble.

    The curve is a centripetal Catmull-Rom spline: it passes through every point and makes neither loops nor overshoots
    (C. Yuksel, S. Schaefer and J. Keyser, "Parameterization and applications of Catmull-Rom curves", 2011).
    """
    return _curve(points)[0]


def _curve(points: Points) -> tuple[Points, NDArray[np.intp]]:
    """Return the curve, and where on it (n,) the points are."""
    if len(points) < 3:
        return points, np.arange(len(points))
    points = _steadied(points)
    # The spline needs a neighbour beyond either end: the end's own continuation.
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    lengths = np.hypot(*np.diff(padded[:, :2], axis=0).T)
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.maximum(lengths, 1e-9)))])
    parts = np.clip(np.ceil(lengths[1:-1] / _FINE), 1, _MOST).astype(int)
    i = np.repeat(np.arange(len(parts)), parts)  # the piece between padded points i + 1 and i + 2
    fraction = (np.arange(len(i)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[i]
    t0, t1, t2, t3 = (knots[i + k] for k in range(4))
    t = t1 + fraction * (t2 - t1)

    def between(a: Points, b: Points, start: Points, end: Points) -> Points:
        share = ((t - start) / (end - start))[:, None]
        return np.asarray(a + share * (b - a))

    p0, p1, p2, p3 = (padded[i + k] for k in range(4))
    a1, a2, a3 = between(p0, p1, t0, t1), between(p1, p2, t1, t2), between(p2, p3, t2, t3)
    b1, b2 = between(a1, a2, t0, t2), between(a2, a3, t1, t3)
    curve = np.concatenate([between(b1, b2, t1, t2), points[-1:]])
    return curve, np.concatenate([[0], np.cumsum(parts)])


def _steadied(points: Points) -> Points:
    before, here, after = points[:-2], points[1:-1], points[2:]
    arriving, leaving = (here - before)[:, :2], (after - here)[:, :2]
    lengths = np.hypot(*arriving.T) * np.hypot(*leaving.T)
    gentle = (arriving * leaving).sum(axis=1) > _GENTLE * lengths
    shift = ((before + after) / 2 - here) / 2
    shift *= (gentle / np.maximum(np.hypot(*shift[:, :2].T), 1))[:, None]
    return np.concatenate([points[:1], here + shift, points[-1:]])


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
    """Return quadrilaterals side by side along a part of the curve, and discs at its ends and where it bends sharply.

    The part goes from ``begin`` to ``end``, and where that is not the curve's own end covers the joint with the part
    before. Along a gentle curve neighbours share their corners, so that no edge between them is half covered twice. All
    turn the same way round, as discs do: what overlaps adds up.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    places, radii = curve[:, :2], curve[:, 2] * width / 2
    along = np.diff(places, axis=0)
    lengths = np.maximum(np.hypot(*along.T), 1e-9)
    normals = np.stack([-along[:, 1], along[:, 0]], axis=1) / lengths[:, None]
    turn = np.arccos(np.clip((normals[:-1] * normals[1:]).sum(axis=1), -1, 1))
    sharp = (turn > _SHARP) | (turn * radii[1:-1] > 0.5 * np.minimum(lengths[1:], lengths[:-1]))
    shared = normals[:-1] + normals[1:]
    shared /= np.maximum(np.hypot(*shared.T), 1e-9)[:, None]
    near, far = normals.copy(), normals.copy()
    near[1:][~sharp], far[:-1][~sharp] = shared[~sharp], shared[~sharp]
    near *= radii[:-1, None]
    far *= radii[1:, None]
    corners = [places[:-1] - near, places[1:] - far, places[1:] + far, places[:-1] + near]
    first = max(begin - 1, 0)
    for quadrilateral in np.stack(corners, axis=1)[first:end].tolist():
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in quadrilateral]))
        path.closeSubpath()
    round_ = np.hstack([True, sharp, True])
    for i in np.flatnonzero(round_[first : end + 1]) + first:
        path.addEllipse(QPointF(*places[i]), radii[i], radii[i])
    return path
