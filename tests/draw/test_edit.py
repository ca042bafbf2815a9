"""Changes of drawings: made, taken back, and small."""

import tracemalloc

import numpy as np
import pytest

from digitpad.draw.drawing import BRUSH, Drawing, Picture, Stroke
from digitpad.draw.edit import Edit
from digitpad.draw.erasing import erased


def stroke(y: float) -> Stroke:
    return Stroke(np.array([[0.1, y, 1.0], [0.9, y, 1.0]]), BRUSH)


A, B, C, D, E = (stroke(y) for y in (0.1, 0.3, 0.5, 0.7, 0.9))
PICTURE, OTHER = (Picture.fitted(np.full((20, side), 0.5, dtype=np.float32)) for side in (20, 10))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Drawing(), Drawing((A,))),
        (Drawing((A, B)), Drawing((A, B, C, D))),
        (Drawing((A, B, C)), Drawing()),
        (Drawing((A, B, C, D)), Drawing((A, C, E))),
        (Drawing((A, B)), Drawing((C, A, D, B, E))),
        (Drawing((A, B, C)), Drawing((C, B, A))),
        (Drawing((A, B)), Drawing((A, B))),
        (Drawing((A, B, A)), Drawing((B, A))),
        (Drawing((A, A)), Drawing((A,))),
        (Drawing((B, A)), Drawing((B, B, A, A))),
        (Drawing((A,)), Drawing((A,), PICTURE)),
        (Drawing((A,), PICTURE), Drawing((B,), OTHER)),
        (Drawing((A,), PICTURE), Drawing()),
    ],
)
def test_it_makes_the_one_of_the_other_and_back(before: Drawing, after: Drawing) -> None:
    edit = Edit.between(before, after)
    assert edit.do(before) == after
    assert edit.undo(after) == before


@pytest.mark.parametrize("seed", range(5))
def test_of_many_strokes_any_may_go_and_others_come(seed: int) -> None:
    generator, many = np.random.default_rng(seed), [stroke(y) for y in np.linspace(0, 1, 300)]
    before = Drawing(tuple(many[i] for i in np.flatnonzero(generator.random(300) < 0.7)))
    after = Drawing(tuple(many[i] for i in np.flatnonzero(generator.random(300) < 0.7)))
    edit = Edit.between(before, after)
    assert edit.do(before) == after
    assert edit.undo(after) == before
    assert set(edit.came.strokes) == set(after.strokes) - set(before.strokes)  # and nothing else is held
    assert set(edit.gone.strokes) == set(before.strokes) - set(after.strokes)


def test_what_is_rubbed_out_of_strokes_and_picture_comes_back() -> None:
    before = Drawing((A, B, C), PICTURE)
    after = erased(before, np.array([[0.5, 0.0], [0.5, 0.4]]), 0.04)
    edit = Edit.between(before, after)
    assert edit.undo(after) == before
    greys = PICTURE.ink.copy()
    picture = after.picture
    assert picture is not None
    readings = (np.ones(784, dtype=np.float32),)
    again = Edit.between(Drawing((), Picture(greys.copy(), PICTURE.box, readings)), Drawing((), picture))
    back = again.undo(Drawing((), picture)).picture
    assert back is not None
    assert back.otherwise == readings
    np.testing.assert_array_equal(back.ink, greys)  # though nobody holds that picture any more


def test_what_was_rubbed_out_of_a_picture_is_not_read_any_more() -> None:
    greys = np.zeros((20, 20), dtype=np.float32)
    greys[2:18, 4:6] = greys[2:18, 14:16] = 1  # of two lines one goes
    picture = Picture.fitted(greys, (np.ones(784, dtype=np.float32),))
    after = erased(Drawing((), picture), np.array([[0.65, 0.15], [0.65, 0.85]]), 0.1)
    assert after.picture
    assert 0 < after.picture.ink.sum() < greys.sum()
    assert after.stages().otherwise == ()
    assert Edit.between(Drawing((), picture), after).undo(after).stages().otherwise == picture.otherwise


def test_a_step_holds_only_what_it_changed() -> None:
    many = Drawing(tuple(stroke(y) for y in np.linspace(0, 1, 5000)))
    large = Picture.fitted(np.ones((960, 960), dtype=np.float32))
    dot = np.array([[0.5, 0.5]])
    pairs = [
        (many, many.with_stroke(A)),
        (many, Drawing((*many.strokes[:2500], A, *many.strokes[2501:]))),
        (Drawing((), large), erased(Drawing((), large), dot, 0.01)),
    ]
    for before, after in pairs:
        tracemalloc.start()
        edit = Edit.between(before, after)
        kept = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert kept < 20_000
        assert edit.nbytes < 20_000
        assert edit.undo(after) == before


def test_a_step_tells_how_much_it_brought() -> None:
    long = Stroke(np.ones((1000, 3)), BRUSH)
    assert 24_000 < Edit.between(Drawing((A,)), Drawing((A, long))).nbytes < 25_000
    assert Edit.between(Drawing((A, long)), Drawing((A,))).nbytes == 0
    assert Edit.between(Drawing((), PICTURE), Drawing()).nbytes == 0
    assert Edit.between(Drawing(), Drawing((), PICTURE)).nbytes == PICTURE.ink.nbytes
    half = erased(Drawing((), PICTURE), np.array([[0.5, 0.0], [0.5, 1.0]]), 0.1)
    assert 0 < Edit.between(Drawing((), PICTURE), half).nbytes < 3 * PICTURE.ink.nbytes
