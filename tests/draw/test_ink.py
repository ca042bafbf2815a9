"""Pen strokes become ink of one width."""

import tracemalloc

import numpy as np
import pytest

from digitpad.draw.ink import LINE, Path, frame, place_of, render, render_each
from digitpad.draw.preprocess import preprocess

HOOK = np.array([[0.0, 0.0], [4.0, 1.0], [5.0, 6.0], [1.0, 9.0]])


def image(paths: list[Path]) -> np.ndarray:
    return preprocess(render(paths)).image


@pytest.mark.parametrize("size", [0.01, 1, 37.5, 5000])
@pytest.mark.parametrize("offset", [-1000.0, 0.0, 0.3])
def test_size_and_place_change_nothing(size: float, offset: float) -> None:
    np.testing.assert_allclose(image([HOOK * size + offset]), image([HOOK]), atol=0.01)


@pytest.mark.parametrize("length", [3, 30, 300])
def test_a_line_has_the_width_of_mnist_s(length: int) -> None:
    upright = preprocess(render([np.array([[0.0, 0.0], [0.0, length]])])).centred
    widths = upright.sum(axis=1)[7:21]
    np.testing.assert_allclose(widths, LINE, atol=0.1)


def test_the_longer_side_with_its_round_ends_is_20_pixels() -> None:
    stages = preprocess(render([np.array([[0.0, 0.0], [0.0, 1.0]])]))
    assert stages.scaled.shape[0] == 20
    assert stages.centred.max() == pytest.approx(1, abs=1e-5)


def test_sparse_points_leave_no_gap_and_more_points_on_the_way_change_nothing() -> None:
    sparse = np.array([[0.0, 0.0], [10.0, 100.0]])
    dense = np.linspace(sparse[0], sparse[1], 500)
    np.testing.assert_allclose(image([sparse]), image([dense]), atol=0.02)
    assert (preprocess(render([sparse])).centred[5:23].max(axis=1) > 0.9).all()


def test_strokes_are_not_joined() -> None:
    left, right = np.array([[0.0, 0.0], [0.0, 10.0]]), np.array([[8.0, 0.0], [8.0, 10.0]])
    seen = preprocess(render([left, right])).centred
    assert seen[14, 13:15].max() == 0


@pytest.mark.parametrize("path", [[[3.0, 4.0]], [[3.0, 4.0]] * 5, [[-7.0, 0.0], [-7.0, 0.0]]], ids=str)
def test_a_dot_is_a_disc(path: list[list[float]]) -> None:
    seen = preprocess(render([np.array(path)])).scaled
    assert seen.shape == (20, 20)
    assert seen[5:15, 5:15].min() == pytest.approx(1, abs=1e-5)
    assert max(seen[0, 0], seen[0, -1], seen[-1, 0], seen[-1, -1]) == 0
    np.testing.assert_allclose(seen, seen.T, atol=1e-5)
    np.testing.assert_allclose(seen, seen[::-1], atol=1e-5)


def test_nothing_drawn_is_nothing() -> None:
    assert render([]).shape == (0, 0)
    assert preprocess(render([])).blank


def test_a_long_scribble_is_drawn_all_over() -> None:
    walk = np.cumsum(np.random.default_rng(0).normal(0, 1, (20000, 2)), axis=0)
    greys = render([walk])
    origin, scale, shape = frame([walk])
    assert greys.shape == shape
    x, y = np.round((walk - origin) * scale).astype(int).T
    assert greys[y, x].min() > 0.99


def test_a_picture_lies_under_the_strokes_at_its_place() -> None:
    square = np.ones((30, 30), dtype=np.float32)
    line = np.array([[0.0, 0.0], [0.0, 1.0]])
    greys = render([line], (square, (0.5, 0.5, 0.5, 0.5)))
    origin, scale, _ = frame([line], (square, (0.5, 0.5, 0.5, 0.5)))
    inside, outside = (np.array([0.75, 0.75]) - origin) * scale, (np.array([0.75, 0.25]) - origin) * scale
    assert greys[int(inside[1]), int(inside[0])] == pytest.approx(1)
    assert greys[int(outside[1]), int(outside[0])] == 0
    on_line = (np.array([0.0, 0.5]) - origin) * scale
    assert greys[round(on_line[1]), round(on_line[0])] == pytest.approx(1)


def test_many_drawings_at_once_are_drawn_as_each_by_itself() -> None:
    generator = np.random.default_rng(0)
    walks = [np.cumsum(generator.normal(0, 1, (n, 2)), axis=0) for n in (2, 9, 1, 40, 5000, 3, 1)]
    drawings = [[HOOK], [np.zeros((1, 2))], walks[:2], walks[2:4], [walks[4]], walks[4:], [HOOK + 7, walks[1]]]
    for (greys, where), paths in zip(render_each(drawings), drawings, strict=True):
        np.testing.assert_allclose(greys, render(paths), atol=2e-6)  # of sums in another order
        assert place_of(where) == place_of(frame(paths))
    assert render_each([]) == []


def test_much_ink_is_drawn_with_as_much_memory_as_little() -> None:
    walk = np.cumsum(np.random.default_rng(0).normal(0, 1, (5000, 2)), axis=0)
    render([walk])  # what is made once
    tracemalloc.start()
    render([walk])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.4e6, peak  # bytes, of which the path's own points take 0.5 MB
