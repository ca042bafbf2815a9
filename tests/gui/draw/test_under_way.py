"""The stroke under way, as ink, as a click on a box, and as an eraser."""

import numpy as np

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.erasing import Eraser
from digitpad.gui.draw.number_boxes import Hit
from digitpad.gui.draw.under_way import UnderWay

LINE = Stroke(np.array([[0.2, 0.5, 1.0], [0.8, 0.5, 1.0]]), 0.05)


def test_ink_is_as_wide_as_the_brush_was_when_it_began() -> None:
    stroke = UnderWay(Drawing(), 0.1, None, None)
    assert stroke.ink is None
    assert stroke.add(0.1, 0.2, 0.5)
    assert not stroke.add(0.1, 0.2, 0.9)  # the same place
    assert stroke.add(0.3, 0.2, 0.5)
    ink = stroke.ink
    assert ink is not None
    assert ink.brush == 0.1
    assert ink.points.tolist() == [[0.1, 0.2, 0.5], [0.3, 0.2, 0.5]]
    assert stroke.rub() is None
    assert not stroke.add(0.3, 0.2, 0.9)
    assert stroke.ink is ink  # or a drawing that is read over some turns would be another with each
    assert stroke.add(0.4, 0.2, 0.5)
    assert stroke.ink is not ink
    assert len(ink.points) == 2


def test_put_down_on_a_box_it_is_a_click_until_it_goes_further() -> None:
    stroke = UnderWay(Drawing(), 0.1, None, Hit((0.4, 0.4, 0.6, 0.8), box=True))
    stroke.add(0.5, 0.5, 1.0)
    assert stroke.ink is None
    stroke.add(0.505, 0.5, 1.0)
    assert not stroke.leave_box(0.01)
    stroke.add(0.52, 0.5, 1.0)
    assert stroke.leave_box(0.01)
    assert not stroke.leave_box(0.01)  # it just did
    ink = stroke.ink
    assert ink is not None
    assert len(ink.points) == 3


def test_an_eraser_tells_of_a_step_that_takes_something() -> None:
    drawing = Drawing((LINE,))
    stroke = UnderWay(drawing, 0.1, Eraser(drawing, 0.04), None)
    stroke.add(0.5, 0.1, 1.0)
    assert stroke.rub() is None
    stroke.add(0.5, 0.9, 1.0)
    rubbed = stroke.rub()
    assert rubbed is not None
    assert rubbed.tolist() == [[0.5, 0.1], [0.5, 0.9]]
    assert stroke.ink is None
    assert stroke.is_quick
    assert stroke.eraser is not None
    assert len(stroke.eraser.drawing.strokes) == 2
    assert stroke.before is drawing
