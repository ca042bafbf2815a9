"""Whether a drawing is of several digits side by side, of which the network could read only one at a time."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np

from digitpad.draw.drawing import Drawing, Points, Stroke, stages_of
from digitpad.draw.reading import Reading, Verdict, verdict
from digitpad.nn.network import Network

_GAP = 0.08  # of the height of the drawing: the least between the strokes of two digits
_HEIGHT = 0.4  # of the tallest: what is lower is a part of its neighbour
_LEVEL = 0.5  # of the lower one's height: what two digits beside each other share at least
_MOST = 12  # strokes: what has more is a scribble
_MOST_GROUPS = 4
_NEAR = 64  # points of a stroke: enough to know how far another is away

Group = tuple[Stroke, ...]


def digits_in(network: Network, drawing: Drawing, reading: Reading) -> int:
    """Return how many digits stand side by side in ``drawing``, a clear gap between them; the fewest there can be.

    It is 1 where ``reading``, that of the whole, is sure: a 4 whose strokes stand apart is one digit. It is 1 as well
    where there is no such gap, or where any part is no digit to ``network``, as is the bar of a 5.
    """
    if reading.verdict in (Verdict.SURE, Verdict.BLANK):
        return 1
    groups = side_by_side(drawing)
    if not 2 <= len(groups) <= _MOST_GROUPS:
        return 1
    runs = [*combinations(range(len(groups) + 1), 2)]
    images = [stages.image for stages in stages_of([Drawing(sum(groups[first:stop], ())) for first, stop in runs])]
    verdicts = dict(zip(runs, map(verdict, network.feedforward(np.stack(images))), strict=True))
    for cuts in range(1, len(groups)):
        for between in combinations(range(1, len(groups)), cuts):
            parts = [verdicts[run] for run in pairwise((0, *between, len(groups)))]
            if Verdict.SURE in parts and Verdict.NO_DIGIT not in parts:
                return len(parts)
    return 1


def side_by_side(drawing: Drawing) -> list[Group]:
    """Return the strokes in groups from left to right, which stand beside each other with clear gaps between them."""
    strokes = drawing.strokes
    if drawing.picture or not 2 <= len(strokes) <= _MOST:
        return []
    paths = [_thinned(stroke.points[:, :2]) for stroke in strokes]
    groups = _apart(paths)
    groups.sort(key=lambda group: _middle(paths, group))
    return [tuple(strokes[i] for i in sorted(group)) for group in groups]


def _apart(paths: Sequence[Points]) -> list[list[int]]:
    """Return which of the paths belong together: those that are near, and those that do not stand side by side."""
    distances = {(i, j): _distance(paths[i], paths[j]) for i, j in combinations(range(len(paths)), 2)}
    groups = [[i] for i in range(len(paths))]
    gap = _GAP * float(np.ptp(np.concatenate(paths)[:, 1]))

    def apart(one: list[int], other: list[int]) -> float:
        return min(distances[min(i, j), max(i, j)] for i in one for j in other)

    while len(groups) > 1:
        one, other = min(combinations(groups, 2), key=lambda pair: apart(*pair))
        if apart(one, other) >= gap:
            tallest = max(_height(paths, group) for group in groups)
            wrong = [
                (one, other)
                for one, other in combinations(groups, 2)
                if not _beside(paths, one, other) or min(_height(paths, one), _height(paths, other)) < _HEIGHT * tallest
            ]
            if not wrong:
                break
            one, other = min(wrong, key=lambda pair: apart(*pair))
        groups = [group for group in groups if group not in (one, other)] + [one + other]
    return groups


def _beside(paths: Sequence[Points], one: list[int], other: list[int]) -> bool:
    """Whether two groups are level, and neither has its middle above or below the other."""
    lows, highs = zip(*(_box(paths, group) for group in (one, other)), strict=True)
    shared = min(high[1] for high in highs) - max(low[1] for low in lows)
    lower = min(high[1] - low[1] for low, high in zip(lows, highs, strict=True))
    middles = [(low[0] + high[0]) / 2 for low, high in zip(lows, highs, strict=True)]
    within = any(lows[i][0] <= middles[1 - i] <= highs[i][0] for i in (0, 1))
    return bool(shared >= _LEVEL * lower and not within)


def _box(paths: Sequence[Points], group: list[int]) -> tuple[Points, Points]:
    points = np.concatenate([paths[i] for i in group])
    return points.min(axis=0), points.max(axis=0)


def _height(paths: Sequence[Points], group: list[int]) -> float:
    low, high = _box(paths, group)
    return float(high[1] - low[1])


def _middle(paths: Sequence[Points], group: list[int]) -> float:
    low, high = _box(paths, group)
    return float(low[0] + high[0]) / 2


def _thinned(points: Points) -> Points:
    return np.asarray(points[np.unique(np.linspace(0, len(points) - 1, _NEAR).astype(int))])


def _distance(one: Points, other: Points) -> float:
    x, y = (np.subtract.outer(one[:, axis], other[:, axis]) for axis in (0, 1))
    x *= x
    y *= y
    x += y
    return float(np.sqrt(x.min()))
