"""How a stroke looks: a smooth line through every point of the pen, as wide as it was pressed."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from digitpad.draw.drawing import Points

PART = 400  # points: of a line with more, each so many are painted by themselves
OVERLAP = 10  # points of the part before, for the curve to be the same there

_FINE = 3.0  # pixels: curves are made of lines about this long
_MOST = 24  # lines between two points of the pen
_GENTLE = 0.8  # cosine of the largest angle at which a line still bends gently
_SHARP = 0.2  # radians: a corner that needs rounding


def parts(points: Points) -> list[Points]:
    """Return the parts of the stroke ``points`` (n, 3) that are each painted as one line, from the first on.

    All but the last have ``PART`` points of their own, so a part stays as it is when the stroke grows beyond it.
    """
    return [points[max(first - OVERLAP, 0) : first + PART] for first in range(0, len(points), PART)]


def paint(painter: QPainter, points: Points, brush: float, side: float) -> None:
    """Paint a part of a stroke, ``points`` (n, 3), x, y and pressure in canvas sides, with the painter's brush.

    ``brush`` is the width at full pressure, in canvas sides, and ``side`` the canvas's, in the painter's pixels.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(outline(points * (side, side, 1), brush * side))


def outline(points: Points, width: float) -> QPainterPath:
    """Return the outline of a stroke, ``points`` (n, 3) in pixels, to be filled as one shape.

    One shape, because lines painted one over another would show their joints where edges are half covered.
    """
    curve = smooth(points)
    if len(curve) == 1 or np.ptp(curve[:, 2]) < 1e-9:
        return _even(curve, width * curve[0, 2])
    return _pressed(curve, width)


def smooth(points: Points) -> Points:
    """Return a curve (m, 3) through all of ``points`` (n, 3), consecutive ones differing in place.

    Points on a gentle bend are first moved towards their neighbours, by a pixel at most: a mouse knows whole pixels
    only, and lines through those tremble.

    The curve is a centripetal Catmull-Rom spline: it passes through every point and makes neither loops nor overshoots
    (C. Yuksel, S. Schaefer and J. Keyser, "Parameterization and applications of Catmull-Rom curves", 2011).
    """
    if len(points) < 3:
        return points
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
    return np.concatenate([between(b1, b2, t1, t2), points[-1:]])


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


def _pressed(curve: Points, width: float) -> QPainterPath:
    """Return quadrilaterals side by side along the curve, and discs at its ends and where it bends sharply.

    Along a gentle curve neighbours share their corners, so that no edge between them is half covered twice. All
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
    begin, end = normals.copy(), normals.copy()
    begin[1:][~sharp], end[:-1][~sharp] = shared[~sharp], shared[~sharp]
    begin *= radii[:-1, None]
    end *= radii[1:, None]
    corners = [places[:-1] - begin, places[1:] - end, places[1:] + end, places[:-1] + begin]
    for quadrilateral in np.stack(corners, axis=1).tolist():
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in quadrilateral]))
        path.closeSubpath()
    for i in (0, *(np.flatnonzero(sharp) + 1), len(curve) - 1):
        path.addEllipse(QPointF(*places[i]), radii[i], radii[i])
    return path
