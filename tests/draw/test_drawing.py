"""Drawings as data: adding, rubbing out, and what the network sees."""

import numpy as np
import pytest

from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.erasing import erased

ACROSS = np.array([[0.1, 0.5, 1.0], [0.9, 0.5, 1.0]])


def line(brush: float = 0.05) -> Drawing:
    return Drawing().with_stroke(Stroke(ACROSS, brush))


def test_a_drawing_never_changes() -> None:
    empty = Drawing()
    one = empty.with_stroke(Stroke(ACROSS, 0.05))
    assert empty.empty
    assert not one.empty
    assert len(one.with_stroke(Stroke(ACROSS, 0.05)).strokes) == 2
    assert len(one.strokes) == 1


def test_rubbing_out_the_middle_leaves_both_ends() -> None:
    left, right = erased(line(), np.array([[0.5, 0.3], [0.5, 0.7]]), 0.04).strokes
    gap = 0.04 + 0.05 / 2
    assert left.points[0, 0] == pytest.approx(0.1)
    assert left.points[-1, 0] == pytest.approx(0.5 - gap, abs=0.011)
    assert right.points[0, 0] == pytest.approx(0.5 + gap, abs=0.011)
    assert right.points[-1, 0] == pytest.approx(0.9)
    assert left.brush == right.brush == 0.05


def test_rubbing_out_everything_leaves_a_blank_canvas() -> None:
    assert erased(line(), ACROSS[:, :2], 0.04).empty


@pytest.mark.parametrize("path", [[[0.5, 0.7]], [[0.0, 0.0], [1.0, 0.0]]], ids=str)
def test_an_eraser_that_touches_nothing_gives_back_the_same_drawing(path: list[list[float]]) -> None:
    drawing = line()
    assert erased(drawing, np.array(path), 0.04) is drawing


def test_strokes_out_of_reach_stay_the_very_same() -> None:
    far = Stroke(ACROSS + (0, 0.4, 0), 0.05)
    after = erased(line().with_stroke(far), np.array([[0.5, 0.5]]), 0.04)
    assert after.strokes[-1] is far
    assert len(after.strokes) == 3


def test_the_brush_and_the_pressure_are_for_the_eye_alone() -> None:
    light = ACROSS * (1, 1, 0.4)
    for stroke in (Stroke(ACROSS, 0.01), Stroke(ACROSS, 0.12), Stroke(light, 0.05)):
        np.testing.assert_array_equal(Drawing((stroke,)).stages().image, line().stages().image)


def test_a_picture_alone_is_seen_as_it_is() -> None:
    greys = np.random.default_rng(0).uniform(0.2, 1, size=(20, 14)).astype(np.float32)
    drawing = Drawing(picture=Picture.fitted(greys))
    np.testing.assert_array_equal(drawing.stages().ink, greys)
    left, top, width, height = drawing.stages().place
    assert height == pytest.approx(0.7)
    assert width == pytest.approx(0.49)
    assert left + width / 2 == pytest.approx(0.5)
    assert top + height / 2 == pytest.approx(0.5)


def test_rubbing_out_part_of_a_picture_leaves_the_rest() -> None:
    drawing = Drawing(picture=Picture.fitted(np.ones((20, 20), dtype=np.float32)))
    after = erased(drawing, np.array([[0.2, 0.2]]), 0.1)
    assert after.picture is not None
    assert after.picture.ink[0, 0] == 0
    assert after.picture.ink[10:, 10:].all()
    assert drawing.picture is not None
    assert drawing.picture.ink.all()
    for beside in ([0.02, 0.02], [0.98, 0.5], [0.5, 0.98], [0.98, 0.98]):
        assert erased(drawing, np.array([beside]), 0.05) is drawing
    everywhere: Points = np.array([[0.0, y] if side else [1.0, y] for y in np.linspace(0, 1, 30) for side in (0, 1)])
    assert erased(drawing, everywhere, 0.1).empty


def test_a_trembling_dot_is_no_line() -> None:
    trembling = Drawing((Stroke(np.array([[0.5, 0.5, 1], [0.5, 0.502, 1]]), 0.05),))
    assert trembling.stages().scaled.shape[1] >= 12  # a line would be 3 pixels wide
    small = Drawing((Stroke(np.array([[0.5, 0.5, 1], [0.5, 0.6, 1]]), 0.05),))
    large = Drawing((Stroke(np.array([[0.5, 0.1, 1], [0.5, 0.9, 1]]), 0.05),))
    np.testing.assert_allclose(small.stages().image, large.stages().image, atol=1e-4)


def test_the_place_of_the_ink_is_where_it_was_drawn() -> None:
    left, top, width, height = line().stages().place
    assert left < 0.1 < 0.9 < left + width
    assert top < 0.5 < top + height
    assert width < 1.1
    assert height < 0.4
