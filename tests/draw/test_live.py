"""Drawings that grow are seen as they would be at once, and cost no more than what is new of them."""

from collections.abc import Sequence

import numpy as np
import pytest

from digitpad.draw import ink
from digitpad.draw.drawing import BRUSH, Drawing, Picture, Stroke
from digitpad.draw.live import LiveInk


def strokes(n: int, points: int = 8) -> tuple[Stroke, ...]:
    """Return short strokes all over the middle of the canvas, the first ones as far out as any."""
    generator = np.random.default_rng(0)
    made = []
    for _ in range(n):
        walk = np.cumsum(generator.normal(0, 0.02, (points, 2)), axis=0) + generator.uniform(0.3, 0.7, 2)
        made.append(Stroke(np.column_stack([np.clip(walk, 0.2, 0.8), np.ones(points)]), BRUSH))
    around = np.array([[0.1, 0.1, 1], [0.9, 0.1, 1], [0.9, 0.9, 1], [0.1, 0.9, 1]])
    return Stroke(around, BRUSH), *made


def assert_same(live: LiveInk, drawing: Drawing) -> None:
    seen, at_once = live.stages(drawing), drawing.stages()
    np.testing.assert_allclose(seen.image, at_once.image, atol=1e-5)
    np.testing.assert_allclose(seen.ink, at_once.ink, atol=1e-5)
    assert seen.place == pytest.approx(at_once.place)


def test_stroke_by_stroke_and_back_it_is_the_same_as_at_once() -> None:
    live, all_of_them = LiveInk(), strokes(90)
    for n in (*range(1, 91), *range(90, 20, -7), *range(21, 50, 3)):
        assert_same(live, Drawing(all_of_them[:n]))


def test_a_stroke_under_way_is_seen_as_when_it_is_finished() -> None:
    live, before = LiveInk(), Drawing(strokes(3))
    walk = np.cumsum(np.random.default_rng(1).normal(0, 0.01, (300, 2)), axis=0) + 0.5
    pen = np.column_stack([walk, np.ones(len(walk))])
    for n in (1, 2, 3, 10, 11, 150, 299, 300):
        assert_same(live, before.with_stroke(Stroke(pen[:n], BRUSH)))
    after = before.with_stroke(Stroke(pen.copy(), BRUSH))
    assert_same(live, after)
    assert_same(live, after.with_stroke(Stroke(pen[:5] + (0.1, 0, 0), BRUSH)))
    assert_same(live, before.with_stroke(Stroke(pen[:4], BRUSH)))  # it was taken back, and another begun


def test_what_is_drawn_beyond_the_frame_a_picture_and_a_blank_canvas_change_it() -> None:
    live, inside = LiveInk(), Drawing(strokes(5))
    beyond = inside.with_stroke(Stroke(np.array([[0.5, 0.5, 1], [1, 1, 1]]), BRUSH))
    picture = Picture.fitted(np.random.default_rng(0).random((30, 20), dtype=np.float32))
    for drawing in (
        inside, beyond, inside, Drawing(), inside, Drawing(inside.strokes, picture), Drawing((), picture),
        Drawing(beyond.strokes, picture), Drawing(inside.strokes[2:]), inside,
    ):  # fmt: skip
        assert_same(live, drawing)


def test_the_next_stroke_costs_the_same_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = ink.Sheet.draw

    def counted(sheet: ink.Sheet, paths: Sequence[ink.Path]) -> None:
        drawn.append(len(paths))
        draw(sheet, paths)

    monkeypatch.setattr(ink.Sheet, "draw", counted)
    live, all_of_them = LiveInk(), strokes(2000)
    live.stages(Drawing(all_of_them[:1900]))
    assert sum(drawn) == 1899
    drawn.clear()
    for n in range(1901, 2001):
        live.stages(Drawing(all_of_them[:n]))
    assert sum(drawn) <= 100
    drawn.clear()
    for n in range(1999, 1899, -1):
        live.stages(Drawing(all_of_them[:n]))
    assert sum(drawn) < 10_000  # and not 195,000


def test_what_is_prepared_in_turns_is_the_same_and_given_up_for_another() -> None:
    live, all_of_them = LiveInk(), strokes(1200)
    whole = Drawing(all_of_them)
    beyond = whole.with_stroke(Stroke(np.array([[0.5, 0.5, 1], [1, 1, 1]]), BRUSH))
    without = Drawing(all_of_them[:600] + all_of_them[601:])  # something in the middle is gone
    assert_same(live, whole)
    for drawing in (beyond, without, whole):
        assert not live.is_quick(drawing)
        assert not live.prepare(Drawing(drawing.strokes[1:]), 0)  # and then it is another
        turns = 1
        while not live.prepare(drawing, 0):
            turns += 1
        assert turns > 3
        assert live.is_quick(drawing)
        assert_same(live, drawing)
        assert_same(live, Drawing(drawing.strokes[:-1]))


def test_what_little_is_new_of_much_is_quick() -> None:
    live, all_of_them = LiveInk(), strokes(1200)
    assert LiveInk().is_quick(Drawing(all_of_them[:100]))
    assert LiveInk().prepare(Drawing(), 0)
    assert not live.is_quick(Drawing(all_of_them[:1000]))
    live.stages(Drawing(all_of_them[:1000]))
    for n in (1001, 1003, 1200, 1199, 1180):
        assert live.is_quick(Drawing(all_of_them[:n]))
        assert_same(live, Drawing(all_of_them[:n]))
