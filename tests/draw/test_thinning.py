"""Lines become one pixel thin and stay connected."""

import numpy as np
import pytest

from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.thinning import thin


def ring() -> np.ndarray:
    y, x = np.indices((80, 80)) - 40
    return np.asarray(np.abs(np.hypot(x, y) - 25) < 6)


def test_a_bar_becomes_a_line() -> None:
    bar = np.zeros((5, 12), dtype=bool)
    bar[1:4, 2:10] = True
    line = thin(bar)
    assert line.any(axis=0).sum() >= 5
    assert line.sum(axis=0).max() == 1


def test_a_ring_stays_a_ring() -> None:
    middle = thin(ring())
    assert middle.dtype == np.bool_
    assert middle.sum() < 0.15 * ring().sum()
    assert len(find_pieces(middle)) == 1
    assert len(find_pieces(~middle)) == 2 or not middle[40, 40]
    assert not (middle & ~ring()).any()


def test_what_is_thin_stays_as_it_is() -> None:
    line = np.eye(9, dtype=bool)
    np.testing.assert_array_equal(thin(line), line)
    np.testing.assert_array_equal(thin(thin(ring())), thin(ring()))


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (1, 6)])
def test_what_lies_beyond_the_edges_is_paper(shape: tuple[int, int]) -> None:
    assert thin(np.ones(shape, dtype=bool)).sum() == shape[0] * shape[1]


def test_several_pictures_are_thinned_each_by_itself() -> None:
    several = np.random.default_rng(0).random((6, 20, 17)) < 0.6
    np.testing.assert_array_equal(thin(several), [thin(one) for one in several])
