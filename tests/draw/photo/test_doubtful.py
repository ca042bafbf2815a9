"""What is hard to part from its paper, or hardly a digit: read rightly, or not taken for sure."""

import numpy as np
import pytest

from digitpad import paths
from digitpad.draw import ink
from digitpad.draw.drawing import Drawing
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.preprocess import preprocess
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.errors import PictureError
from digitpad.gui.demo import THREE
from digitpad.nn.network import Network
from digitpad.train import model_file
from tests.draw.photo.test_ink import DIGITS, FOUR, HEIGHT, SEVEN, WIDTH, X, Y, boxed, drawn, lines, noise

TURN = np.linspace(0, 2 * np.pi, 60)
ZERO = [0.5 + np.column_stack([0.22 * np.sin(TURN), 0.3 * np.cos(TURN)])]
EIGHT = [
    np.column_stack([0.5 + 0.16 * np.sin(TURN), 0.34 - 0.14 * np.cos(TURN)]),
    np.column_stack([0.5 + 0.19 * np.sin(TURN), 0.66 - 0.17 * np.cos(TURN)]),
]
LOOPED_TWO = [
    np.array([[0.3, 0.3], [0.4, 0.2], [0.6, 0.2], [0.66, 0.35], [0.5, 0.6], [0.32, 0.78], [0.25, 0.72], [0.33, 0.66],
              [0.5, 0.75], [0.72, 0.78]])
]  # fmt: skip


@pytest.fixture(scope="module")
def network() -> Network:
    return model_file.load(paths.DEFAULT_NETWORK).network


def reading(network: Network, light: np.ndarray) -> Reading:
    return read(network, Drawing(picture=read_picture(np.round(255 * np.clip(light, 0, 1)).astype(np.uint8))).stages())


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_digit_that_touches_the_line_of_its_box_is_read(network: Network, digit: int, place: str) -> None:
    strokes = drawn(DIGITS[digit], size=130, place=(50, 90))
    rows = np.flatnonzero((strokes > 0.5).any(axis=1))
    move = 17 - rows[0] if place == "above" else 215 - rows[-1]
    light = 1 - np.maximum(np.roll(strokes, move, axis=0), boxed(Y - 115, X - 155, 102, 3))
    assert reading(network, light).digit == digit


@pytest.mark.parametrize("cell", [0, 2])
@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_in_a_row_of_boxes_is_read(network: Network, digit: int, cell: int) -> None:
    row = (lines(X - 15, 72, 2) & (np.abs(Y - 120) < 37)) | ((np.abs(np.abs(Y - 120) - 36) < 1) & (X >= 15) & (X < 305))
    light = 1 - np.maximum(drawn(DIGITS[digit], size=66, width=0.11, place=(86, 18 + 72 * cell)), row)
    assert reading(network, light).digit == digit


def test_eight_by_eight_pixels_of_a_three_are_read(network: Network) -> None:
    upright = [np.column_stack([(THREE[:, 0] - 0.5) * 0.75 + 0.5, THREE[:, 1]])]
    small = drawn(upright, size=200, width=0.1, place=(-20, -20), shape=(160, 160)).reshape(8, 20, 8, 20).mean((1, 3))
    for light in (1 - small, small):
        assert reading(network, np.round(16 * light) / 16).digit == 3


@pytest.mark.parametrize("width", [1, 4])
def test_a_hairline_in_1500_pixels_is_read(network: Network, width: int) -> None:
    light = np.ones((1500, 1500), dtype=np.float32)
    light[300:1200, 300:1200] -= drawn(SEVEN, size=880, width=width / 880, place=(10, 10), shape=(900, 900))
    found = reading(network, light)
    assert (found.digit, found.verdict) == (7, Verdict.SURE)


@pytest.mark.parametrize("gap", [2, 6])
def test_a_four_in_two_parts_is_one_digit(network: Network, gap: int) -> None:
    broken = [FOUR[0], FOUR[1] + (gap / 130 + 0.06, 0)]
    light = 1 - drawn([broken[0] - (0.03, 0), broken[1]])
    assert reading(network, light).digit == 4


@pytest.mark.parametrize("dot", [(40, 60), (200, 250)])
def test_a_dot_near_a_digit_is_no_part_of_it(dot: tuple[int, int]) -> None:
    alone, spot = drawn(SEVEN), np.hypot(Y - dot[0], X - dot[1]) < 7
    with_dot = preprocess(read_picture(1 - np.maximum(alone, spot)).ink)
    np.testing.assert_allclose(with_dot.image, preprocess(read_picture(1 - alone).ink).image, atol=0.02)


def test_a_rounded_loop_is_part_of_the_digit(network: Network) -> None:
    assert reading(network, 1 - drawn(LOOPED_TWO, width=0.08)).digit == 2


@pytest.mark.parametrize("width", [0.12, 0.16, 0.2])
@pytest.mark.parametrize(("digit", "strokes"), [(0, ZERO), (8, EIGHT)])
def test_the_hole_of_a_thick_digit_is_not_the_digit(
    network: Network, digit: int, strokes: list[ink.Path], width: float
) -> None:
    assert reading(network, 1 - drawn(strokes, size=190, width=width, place=(25, 65))).digit == digit


def test_a_loop_that_is_filled_is_not_sure_to_be_another_digit(network: Network) -> None:
    six = [np.array([[0.62, 0.2], [0.45, 0.4], [0.38, 0.62], [0.45, 0.78], [0.6, 0.76], [0.62, 0.62], [0.5, 0.56]])]
    filled = np.maximum(drawn(six, width=0.12), np.hypot(Y - 50 - 88, X - 90 - 66) < 16)
    found = reading(network, 1 - filled)
    assert found.digit == 6 or found.verdict is not Verdict.SURE


RULINGS = {
    "level": lambda dark: dark * lines(Y, 24, 2),
    "squared": lambda dark: dark * (lines(Y, 24, 2) | lines(X, 24, 2)),
    "turned, one leaving at the side": lambda dark: (
        dark * (lines(Y - 0.06 * X, 24, 2) | lines(X + 0.06 * Y + 3, 24, 2))
    ),
}


@pytest.mark.parametrize("dark", [0.3, 0.7])
@pytest.mark.parametrize("rulings", RULINGS)
def test_what_is_left_of_rulings_is_no_digit(network: Network, rulings: str, dark: float) -> None:
    light = 0.92 - RULINGS[rulings](dark) + noise(0.01)
    try:
        found = reading(network, light)
    except PictureError:
        return
    assert found.verdict is not Verdict.SURE


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_hardly_higher_than_the_lines_are_apart_is_read(network: Network, digit: int) -> None:
    light = 0.95 - 0.85 * np.maximum(drawn(DIGITS[digit], size=34, width=0.13, place=(112, 140)), lines(Y, 24, 1))
    assert light.shape == (HEIGHT, WIDTH)
    assert reading(network, light).digit == digit


def display_six(thick: float, lean: float) -> np.ndarray:
    """Return the six of a display whose segments touch, so much ``thick`` and leaning to the right, in (240, 320)."""
    y, x = Y - 120, X - 160 + lean * (Y - 120)
    upright = (np.abs(np.abs(x) - 40) <= thick / 2) & (np.abs(y) <= 72 + thick / 2)
    level = (np.abs(np.abs(np.abs(y) - 36) - 36) <= thick / 2) & (np.abs(x) <= 40 + thick / 2)
    return np.asarray((level | upright) & ~((x > 40 - thick / 2) & (y < -thick / 2) & ~(level & (y < -36))))


@pytest.mark.parametrize("thick", [10, 13, 16])
@pytest.mark.parametrize("lean", [0, 0.08, 0.15])
def test_a_display_whose_segments_touch_is_not_sure_to_be_another_digit(
    network: Network, thick: float, lean: float
) -> None:
    found = reading(network, 1 - 0.9 * display_six(thick, lean))
    assert found.digit == 6 or found.verdict is not Verdict.SURE
