"""Whoever takes back stroke after stroke finds each time what was made of a drawing that is near."""

import numpy as np

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.kept import Kept

STROKES = tuple(Stroke(np.ones((1, 3)), 0.05) for _ in range(400))


def made_on_the_way(kept: Kept[int], begin: int, end: int) -> int:
    """Draw the strokes from one number of them to another; return how many those are."""
    for n in range(begin + 1, end + 1):
        if kept.due(Drawing(STROKES[:n])):
            kept.step(Drawing(STROKES[:n]), n)
    return end - begin


def test_on_the_way_back_steps_are_kept_as_on_the_way_there() -> None:
    kept = Kept[int]()
    made_on_the_way(kept, 0, 400)
    made = 0
    for n in reversed(range(200, 400)):
        nearest = kept.nearest(Drawing(STROKES[:n]))
        made += made_on_the_way(kept, nearest[1] if nearest else 0, n)
    assert made < 200 * 10  # and not 200 * 78, where each time all was drawn anew from one that is far
