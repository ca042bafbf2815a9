"""The line of a pen: a smooth curve through every point of a stroke."""

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Points

_FINE = 3.0  # pixels: curves are made of lines about this long
_MOST = 24  # lines between two points of the pen
_GENTLE = 0.8  # cosine of the largest angle at which a line still bends gently


def smooth(points: Points) -> tuple[Points, NDArray[np.intp]]:
    """Return a curve (m, 3) through all of ``points`` (n, 3), and where on it (n,) they are.

    x and y are in pixels; neighbours among the points differ in place.
    Points on a gentle bend are first moved towards their neighbours, by a pixel at most: a mouse knows whole pixels
    only, and lines through those tremble.

    The curve is a centripetal Catmull-Rom spline: it passes through every point and makes neither loops nor overshoots
    (C. Yuksel, S. Schaefer and J. Keyser, "Parameterization and applications of Catmull-Rom curves", 2011).
    """
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
    # The spline knows of places: where a pen rests while it is pressed, the pressure would overshoot.
    curve[:-1, 2] = np.clip(curve[:-1, 2], np.minimum(p1[:, 2], p2[:, 2]), np.maximum(p1[:, 2], p2[:, 2]))
    return curve, np.concatenate([[0], np.cumsum(parts)])


def _steadied(points: Points) -> Points:
    before, here, after = points[:-2], points[1:-1], points[2:]
    arriving, leaving = (here - before)[:, :2], (after - here)[:, :2]
    lengths = np.hypot(*arriving.T) * np.hypot(*leaving.T)
    gentle = (arriving * leaving).sum(axis=1) > _GENTLE * lengths
    shift = ((before + after) / 2 - here) / 2
    shift *= (gentle / np.maximum(np.hypot(*shift[:, :2].T), 1))[:, None]
    return np.concatenate([points[:1], here + shift, points[-1:]])
