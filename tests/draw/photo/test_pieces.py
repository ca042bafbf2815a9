"""Pixels that hang together, and their shapes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from digitpad.draw.photo.pieces import find_pieces, holes, line_width


def test_pieces_touch_at_sides_and_corners() -> None:
    mask = np.zeros((8, 9), dtype=bool)
    mask[0, 0] = True
    mask[2:4, 2:4] = mask[4, 4] = mask[5, 3] = True  # one piece, by corners
    mask[1, 7] = mask[2, 8] = True
    pieces = find_pieces(mask)
    assert pieces.areas.tolist() == [1, 2, 6]
    assert pieces.boxes.tolist() == [[0, 0, 1, 1], [1, 7, 3, 9], [2, 2, 6, 5]]
    assert pieces.longer.tolist() == [1, 2, 4]
    assert pieces.mask(2).sum() == 6
    assert find_pieces(mask, corners=False).areas.tolist() == [1, 1, 4, 1, 1, 1]


def flooded(mask: np.ndarray, corners: bool) -> list[int]:
    """Return the areas of the pieces as the simplest of all ways finds them."""
    left, areas = {(int(y), int(x)) for y, x in np.argwhere(mask)}, []
    while left:
        waiting, area = [left.pop()], 0
        while waiting:
            y, x = waiting.pop()
            area += 1
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    if (corners or not dy or not dx) and (y + dy, x + dx) in left:
                        left.remove((y + dy, x + dx))
                        waiting.append((y + dy, x + dx))
        areas.append(area)
    return sorted(areas)


@settings(deadline=None)
@given(arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=25)), st.booleans())
def test_any_mask_falls_into_the_pieces_that_flooding_finds(mask: np.ndarray, corners: bool) -> None:
    pieces = find_pieces(mask, corners)
    assert sorted(pieces.areas.tolist()) == flooded(mask, corners)
    np.testing.assert_array_equal(pieces.labels > 0, mask)
    for i in range(len(pieces)):
        assert pieces.mask(i).sum() == pieces.areas[i] == pieces.of(np.array([i])).sum()
        assert pieces.mask(i).any(axis=1).all()
        assert pieces.mask(i).any(axis=0).all()


def test_holes_are_paper_with_ink_all_around() -> None:
    eight = np.zeros((15, 9), dtype=bool)
    eight[1:14, 1:8] = True
    eight[3:6, 3:6] = eight[9:12, 3:6] = False
    assert holes(eight, 1).areas.tolist() == [9, 9]
    assert len(holes(eight, 10)) == 0
    eight[4, 6:] = False  # open to the right
    assert holes(eight, 1).areas.tolist() == [9]


@pytest.mark.parametrize("width", [1, 3, 7, 21])
def test_the_width_of_a_line_is_that_of_its_widest_place(width: int) -> None:
    line = np.zeros((40, 60), dtype=bool)
    line[5 : 5 + width, 2:58] = True
    assert line_width(line) == width
    assert line_width(np.zeros((4, 4), dtype=bool)) == 0
