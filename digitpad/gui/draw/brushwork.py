"""How a stroke looks: a smooth line through every point of the pen, as wide as it was pressed."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from digitpad.drawing import Points

_FINE = 3.0  # pixels: curves are made of lines about this long
_MOST = 24  # lines between two points of the pen


def paint(painter: QPainter, points: Points, brush: float, side: float) -> None:
    """Paint the stroke ``points`` (n, 3), x, y and pressure in canvas sides, with the painter's brush.

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

    A centripetal Catmull-Rom spline: it passes through every point and makes neither loops nor overshoots
    (C. Yuksel, S. Schaefer and J. Keyser, "Parameterization and applications of Catmull-Rom curves", 2011).
    """
    if len(points) < 3:
        return points
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
    """Return discs along the curve and the quadrilaterals between them, all turning the same way."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    along = np.diff(curve[:, :2], axis=0)
    normals = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normals /= np.maximum(np.hypot(*normals.T), 1e-9)[:, None]
    radii = curve[:, 2:] * width / 2
    corners = np.stack(
        [
            curve[:-1, :2] - normals * radii[:-1],
            curve[1:, :2] - normals * radii[1:],
            curve[1:, :2] + normals * radii[1:],
            curve[:-1, :2] + normals * radii[:-1],
        ],
        axis=1,
    )
    for quadrilateral in corners.tolist():
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in quadrilateral]))
        path.closeSubpath()
    for (x, y, _), (radius,) in zip(curve.tolist(), radii.tolist(), strict=True):
        path.addEllipse(QPointF(x, y), radius, radius)
    return path
