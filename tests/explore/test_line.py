"""A line that is moved and turned."""

import numpy as np
import pytest

from digitpad.explore.line import Line


def test_its_handles_lie_on_it_either_side_of_the_middle() -> None:
    line = Line(2.0, -1.0, 0.3)
    for handle in line.handles:
        assert float(np.array(line[:2]) @ handle) + line.b == pytest.approx(0)
    assert np.hypot(*(line.handles[1] - line.handles[0])) == pytest.approx(1.2)
    assert Line(0.0, 0.0, 1.0).handles == []


def test_it_moves_in_its_direction() -> None:
    moved = Line(1.0, 1.0, -1.0).moved(np.array([0.2, 0.1]))
    assert moved == pytest.approx((1.0, 1.0, -1.3))


@pytest.mark.parametrize("handle", [0, 1])
def test_it_turns_about_the_other_handle_and_keeps_the_side_that_fires(handle: int) -> None:
    line, by = Line(2.0, 2.0, -1.0), np.array([0.1, -0.2])
    turned = line.turned(handle, by)
    assert turned is not None
    assert np.hypot(*turned[:2]) == pytest.approx(np.hypot(2, 2))
    for place in (line.handles[1 - handle], line.handles[handle] + by):
        assert float(np.array(turned[:2]) @ place) + turned.b == pytest.approx(0)
    assert float(np.array(turned[:2]) @ np.array([1.0, 1.0])) + turned.b > 0
    other = line.handles[1 - handle]
    assert line.turned(handle, other - line.handles[handle]) is None  # where the handles would meet
