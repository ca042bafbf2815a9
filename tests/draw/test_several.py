"""Two digits on one pad are two, and one digit is one, however many strokes it has."""

from collections.abc import Sequence

import numpy as np
import pytest

from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.strokes import placed
from digitpad.draw.drawing import BRUSH, Drawing, Picture, Points, Stroke
from digitpad.draw.reading import read
from digitpad.draw.several import digits_in, side_by_side
from digitpad.nn.network import Network
from digitpad.train import model_file


@pytest.fixture(scope="module")
def network() -> Network:
    """The default network."""
    return model_file.load(paths.DEFAULT_NETWORK).network


def drawing_of(strokes: Sequence[Points]) -> Drawing:
    return Drawing(tuple(Stroke(points, BRUSH) for points in placed([np.asarray(one, float) for one in strokes])))


def digits(network: Network, strokes: Sequence[Points]) -> int:
    drawing = drawing_of(strokes)
    return digits_in(network, drawing, read(network, drawing.stages()))


def beside(*digits: Sequence[Points], gap: float) -> list[Points]:
    """Return the strokes of all, each so far from the one before, in hundredths of their longer side."""
    strokes: list[Points] = []
    right = 0.0
    for digit in digits:
        left = min(stroke[:, 0].min() for stroke in digit)
        strokes += [stroke + (right - left, 0) for stroke in digit]
        right = max(stroke[:, 0].max() for stroke in strokes) + gap
    return strokes


def drawn(label: int, seed: int) -> list[Points]:
    return synthetic.strokes(label, np.random.default_rng(seed), synthetic.Hand())


def test_digits_side_by_side_are_counted(network: Network) -> None:
    pairs = [(drawn(one, one), drawn(other, 10 + other)) for one in range(10) for other in range(10)]
    counted = [digits(network, beside(*pair, gap=25)) for pair in pairs]
    assert counted.count(2) >= 95
    assert digits(network, beside(drawn(2, 0), drawn(0, 1), drawn(3, 2), gap=30)) == 3


def test_one_digit_is_one(network: Network) -> None:
    assert [digits(network, drawn(seed % 10, seed)) for seed in range(300)].count(1) == 300


LINE = np.linspace(0, 1, 9)[:, None]
DOWN = np.hstack([np.zeros((9, 1)), LINE * 100])
FIVE = np.concatenate([np.hstack([0 * LINE, 40 * LINE]), drawn(3, 3)[0] * 0.6 + (0, 40)])


@pytest.mark.parametrize(
    ("what", "strokes"),
    [
        ("a 5 whose bar is far away", [FIVE, np.hstack([60 + 40 * LINE, 0 * LINE])]),
        ("a 1 with a dot beside it", [DOWN, np.array([[60.0, 90.0], [62.0, 92.0]])]),
        ("an i", [DOWN * (1, 0.6) + (0, 40), np.array([[0.0, 0.0], [1.0, 1.0]])]),
        ("two lines above each other", [DOWN, DOWN + (10, 140)]),
        ("one line broken in two", [DOWN * (1, 0.4), DOWN * (1, 0.4) + (0, 60)]),
    ],
)
def test_what_is_not_side_by_side_is_not_several(what: str, strokes: list[Points]) -> None:
    assert len(side_by_side(drawing_of(strokes))) == 1


def test_parts_that_touch_belong_together() -> None:
    assert len(side_by_side(drawing_of([DOWN, DOWN + (3, 0)]))) == 1
    groups = side_by_side(drawing_of([DOWN + (90, 0), DOWN, DOWN + (3, 0)]))
    assert [len(group) for group in groups] == [2, 1]
    assert groups[0][0].points[0, 0] < groups[1][0].points[0, 0]


def test_pictures_are_not_looked_at_here() -> None:
    picture = Picture(np.ones((4, 4), dtype=np.float32), (0.1, 0.1, 0.2, 0.2))
    assert side_by_side(Drawing(drawing_of([DOWN, DOWN + (90, 0)]).strokes, picture)) == []
