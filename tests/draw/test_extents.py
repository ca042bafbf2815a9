"""How far strokes reach, known from one drawing to the next without looking at them again."""

from collections.abc import Sequence

import numpy as np
import pytest

from digitpad.draw import extents
from digitpad.draw.drawing import Points, Stroke
from digitpad.draw.extents import Extents, Indices

GENERATOR = np.random.default_rng(0)
STROKES = tuple(
    Stroke(GENERATOR.random((GENERATOR.integers(1, 6), 3)), brush) for brush in np.linspace(0.02, 0.12, 3000).tolist()
)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Stroke]:
    """The strokes whose points are looked at."""
    looked: list[Stroke] = []
    together = extents.together

    def noted(strokes: Sequence[Stroke]) -> tuple[Points, Indices]:
        looked.extend(strokes)
        return together(strokes)

    monkeypatch.setattr(extents, "together", noted)
    return looked


def assert_right(known: Points, strokes: Sequence[Stroke]) -> None:
    rows = [(*one.points[:, :2].min(axis=0), *one.points[:, :2].max(axis=0), one.brush) for one in strokes]
    np.testing.assert_array_equal(known, np.array(rows).reshape(-1, 5))


def test_of_one_drawing_after_the_other_only_the_new_strokes_are_looked_at(looked_at: list[Stroke]) -> None:
    first, others = STROKES[:2500], STROKES[2500:]
    known = Extents()
    for strokes, new in (
        ((), ()),
        (first, first),
        (first[:-1], ()),
        (first, ()),
        ((*first, others[0]), others[:1]),
        ((*first[:40], *others[1:4], *first[41:]), others[1:4]),  # as an eraser cuts one
        (first, ()),  # and takes that back
        ((*first[:40], *others[1:4], *first[41:]), ()),  # and does it again
        ((*first[:40], *others[1:4], others[5], *first[42:]), others[5:6]),
        ((*first[:40], *others[1:3], *first[41:]), first[41:42]),
        (first, first[40:41]),
        (first[::-1], ()),
        ((*first[:9], first[3], first[3]), ()),
        (others[7:9], others[7:9]),
    ):
        looked_at.clear()
        assert_right(known.of(strokes), strokes)
        assert looked_at == list(new)


def test_who_asks_keeps_what_it_was_told() -> None:
    known = Extents()
    told = known.of(STROKES[:10])
    known.of(STROKES[5:20])
    assert_right(told, STROKES[:10])
