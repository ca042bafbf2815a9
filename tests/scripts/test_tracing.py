"""Scanned digits become strokes of a pen."""

import numpy as np
import pytest
import tracing

from digitpad.data import synthetic
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess
from digitpad.draw.thinning import thin
from tests.scripts.likeness import difference


def test_a_ring_is_one_path_that_comes_back() -> None:
    y, x = np.indices((40, 40)) - 20
    ring = np.abs(np.hypot(x, y) - 12) < 4
    (path,) = tracing.paths_along(thin(ring))
    assert np.hypot(*(path[0] - path[-1])) < 1
    radii = np.hypot(*(path * 3 - 20).T)
    assert radii.min() > 10
    assert radii.max() < 14


def test_a_cross_has_four_arms() -> None:
    line = np.zeros((30, 30), dtype=bool)
    line[15, 3:27] = line[3:27, 15] = True
    paths = tracing.paths_along(line)
    assert len(paths) == 4
    assert all(np.abs(path * 3 - 15).max() >= 11 for path in paths)


@pytest.mark.parametrize("label", range(10))
def test_a_traced_digit_is_drawn_as_it_was(label: int) -> None:
    generator = np.random.default_rng(label)
    image = preprocess(ink.render(synthetic.strokes(label, generator, Hand()))).image
    (paths,) = tracing.traced(np.round(255 * image).astype(np.uint8)[None])
    assert difference(preprocess(ink.render(paths)).image, image) < 0.6


def test_a_blank_image_has_no_paths() -> None:
    assert tracing.traced(np.zeros((2, 784), dtype=np.uint8)) == [[], []]
