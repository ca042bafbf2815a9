"""An eraser that moves over many strokes: what is left of them, whenever it is asked for."""

from itertools import groupby, pairwise

import numpy as np
import pytest

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.erasing import Eraser, erased
from digitpad.draw.extents import Extents
from tests.crowds import crowd, looked_at_from_now_on

RADIUS = 0.04


def scribbles(n: int, seed: int) -> Drawing:
    """Return strokes of every length and width, dots among them."""
    generator = np.random.default_rng(seed)
    strokes = []
    for _ in range(n):
        walk = np.cumsum(generator.normal(0, 0.05, (generator.integers(1, 12), 2)), axis=0)
        walk += generator.uniform(0.2, 0.8, 2)
        pressure = generator.uniform(0.3, 1, len(walk))
        strokes.append(Stroke(np.column_stack([np.clip(walk, 0, 1), pressure]), generator.uniform(0.02, 0.12)))
    return Drawing(tuple(strokes))


def rubbing(n: int, seed: int) -> Points:
    """Return a path (n, 2) of a hand that rubs."""
    walk = np.cumsum(np.random.default_rng(seed).normal(0, 0.04, (n, 2)), axis=0)
    return np.asarray(1 - np.abs(np.mod(walk + 0.5, 2) - 1))


def left_of(stroke: Stroke, path: Points) -> list[Points]:
    """Return what is left of a stroke, point by point."""
    points = ink.resampled(stroke.points, RADIUS / 4)
    nearest = np.full(len(points), np.inf)
    for start, end in pairwise(path):
        along = end - start
        t = np.clip((points[:, :2] - start) @ along / (along @ along), 0, 1)
        nearest = np.minimum(nearest, np.hypot(*(points[:, :2] - start - np.outer(t, along)).T))
    kept = nearest >= RADIUS + stroke.brush * points[:, 2] / 2
    runs = [[i for i, _ in run] for stays, run in groupby(enumerate(kept), lambda one: one[1]) if stays]
    return [stroke.points] if all(kept) else [points[run] for run in runs]


@pytest.mark.parametrize("ask_every", [1, 3, 100])
@pytest.mark.parametrize("seed", range(3))
def test_bit_by_bit_it_leaves_what_is_out_of_its_reach(seed: int, ask_every: int) -> None:
    drawing, path = scribbles(60, seed), rubbing(20, seed)
    eraser = Eraser(drawing, RADIUS)
    for i in range(1, len(path)):
        before = eraser.drawing if i % ask_every == 0 else None
        changed = eraser.move(path[i - 1 : i + 1])
        assert before is None or changed == (eraser.drawing is not before)
    expected = [(points, stroke.brush) for stroke in drawing.strokes for points in left_of(stroke, path)]
    found = eraser.drawing.strokes
    assert len(drawing.strokes) != len(found) == len(expected)
    for stroke, (points, brush) in zip(found, expected, strict=True):
        assert stroke.brush == brush
        np.testing.assert_allclose(stroke.points, points, atol=1e-12)
    assert {id(stroke) for stroke in drawing.strokes} & {id(stroke) for stroke in found}
    assert eraser.drawing is eraser.drawing


def test_what_is_left_takes_long_to_know_only_after_it_cut_very_much() -> None:
    across = np.array([[0.1, 0.5, 1.0], [0.9, 0.5, 1.0]])
    for many in (10, 1000):
        eraser = Eraser(Drawing(tuple(Stroke(across, 0.05) for _ in range(many))), RADIUS)
        assert eraser.is_quick
        assert eraser.move(np.array([[0.5, 0.4], [0.5, 0.6]]))
        assert eraser.is_quick == (many == 10)
        assert len(eraser.drawing.strokes) == 2 * many
        assert eraser.is_quick
        assert not eraser.move(np.array([[0.5, 0.4], [0.5, 0.6]]))  # nothing is there any more
        assert eraser.is_quick
        eraser.move(np.array([[0.7, 0.5]]))
        eraser.move(np.array([[0.1, 0.1]]))  # elsewhere: what was cut before is made on the way
        assert eraser.is_quick
        assert len(eraser.drawing.strokes) == 3 * many


def test_what_takes_long_can_be_made_bit_by_bit() -> None:
    across = np.array([[0.1, 0.5, 1.0], [0.9, 0.5, 1.0]])
    drawing, path = Drawing(tuple(Stroke(across, 0.05) for _ in range(2500))), np.array([[0.5, 0.4], [0.5, 0.6]])
    eraser = Eraser(drawing, RADIUS)
    eraser.move(path)
    turns = 0
    while not eraser.is_quick:
        eraser.make_some()
        turns += 1
    assert turns > 2
    at_once = erased(drawing, path, RADIUS).strokes
    assert len(at_once) == 5000
    for stroke, other in zip(eraser.drawing.strokes, at_once, strict=True):
        np.testing.assert_array_equal(stroke.points, other.points)


def test_a_movement_looks_at_so_many_strokes_at_most_and_what_is_left_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawing, path = scribbles(6000, 5), rubbing(12, 5)
    bit_by_bit, as_asked = Eraser(drawing, RADIUS), Eraser(drawing, RADIUS)
    looked_at = looked_at_from_now_on(monkeypatch)
    fell_behind = 0
    for step in pairwise(path):
        looked_at.clear()
        bit_by_bit.move(np.array(step))
        assert len(looked_at) <= 1600
        fell_behind += not bit_by_bit.is_quick
        assert not bit_by_bit.empty
        as_asked.move(np.array(step))
        assert as_asked.drawing.strokes
    assert fell_behind > 3
    while not bit_by_bit.is_quick:
        looked_at.clear()
        bit_by_bit.make_some()
        assert len(looked_at) <= 1600
    for stroke, other in zip(bit_by_bit.drawing.strokes, as_asked.drawing.strokes, strict=True):
        assert stroke.brush == other.brush
        np.testing.assert_array_equal(stroke.points, other.points)


def test_one_that_fell_behind_and_reached_nothing_leaves_the_very_drawing() -> None:
    corner = np.array([[0.1, 0.1, 1.0], [0.1, 0.9, 1.0], [0.9, 0.9, 1.0]])
    drawing = Drawing(tuple(Stroke(corner, 0.02) for _ in range(3000)))
    eraser = Eraser(drawing, RADIUS)
    assert eraser.move(np.array([[0.5, 0.3], [0.6, 0.3]]))  # it may be
    assert not eraser.is_quick
    assert eraser.drawing is drawing
    assert eraser.is_quick
    assert not eraser.move(np.array([[0.95, 0.05]]))


@pytest.mark.parametrize("many", [1900, 10_000])
def test_it_looks_at_no_strokes_but_those_around_it(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing, known = crowd(many), Extents()
    known.of(drawing.strokes)
    looked_at = looked_at_from_now_on(monkeypatch)
    eraser = Eraser(drawing, RADIUS, known)
    assert eraser.move(np.array([[0.3, 0.3]]))
    assert 0 < len(looked_at) < many / 20
    eraser.move(np.array([[0.3, 0.3], [0.32, 0.3]]))
    assert len(looked_at) < many / 15
    around = [np.hypot(*(stroke.points[:, :2] - 0.3).T).min() for stroke in looked_at]
    assert max(around) < 4 * RADIUS


def test_it_is_known_that_nothing_is_left() -> None:
    whole = np.array([[0.5, 0.0], [0.5, 1.0]])
    greys = np.ones((20, 4), dtype=np.float32)
    dot = Stroke(np.array([[0.5, 0.2, 1.0]]), 0.05)
    for drawing in (Drawing(), Drawing((dot,)), Drawing((dot, dot), Picture.fitted(greys))):
        eraser = Eraser(drawing, 0.2)
        assert eraser.empty == drawing.empty
        assert eraser.move(whole) != drawing.empty
        assert eraser.empty
        assert eraser.drawing.empty
    far = Stroke(np.array([[0.9, 0.5, 1.0]]), 0.05)
    eraser = Eraser(Drawing((dot, far)), 0.2)
    eraser.move(whole)
    assert not eraser.empty
    assert eraser.drawing.strokes == (far,)
