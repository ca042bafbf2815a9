"""Pictures of digits, clean and photographed, become ink."""

import functools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from digitpad import paths
from digitpad.data import mnist
from digitpad.draw import ink
from digitpad.draw.drawing import Drawing
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.preprocess import Greys, preprocess
from digitpad.draw.reading import Verdict, read
from digitpad.errors import BlankPictureError, PictureError
from digitpad.gui.demo import THREE
from digitpad.nn.network import Network
from digitpad.train import model_file

HEIGHT, WIDTH = 240, 320
Y, X = np.mgrid[:HEIGHT, :WIDTH]
SEVEN = [np.array([[0.3, 0.2], [0.7, 0.2], [0.45, 0.8]])]
FOUR = [np.array([[0.5, 0.2], [0.3, 0.55], [0.72, 0.55]]), np.array([[0.6, 0.35], [0.6, 0.85]])]
DIGITS = {3: [THREE], 4: FOUR, 7: SEVEN}


def drawn(
    strokes: list[ink.Path], size: int = 130, width: float = 0.1, place: tuple[int, int] = (50, 90),
    shape: tuple[int, int] = (HEIGHT, WIDTH),
) -> Greys:  # fmt: skip
    """Return ink of that ``shape`` in [0, 1] of strokes ``width`` wide relative to the digit's ``size`` in pixels."""
    reach = width * size / 2 + 0.5  # beyond it there is no ink, and nothing is to be measured
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    farness = np.full(shape, np.inf)
    for stroke in strokes:
        for x, y in ink.resampled(stroke, min(0.02, 1.5 / size)) * size:
            row, column = y + place[0], x + place[1]
            near = tuple(slice(max(int(at - reach), 0), int(at + reach) + 2) for at in (row, column))
            np.minimum(farness[near], np.hypot(columns[near] - column, rows[near] - row), out=farness[near])
    return np.clip(reach - farness, 0, 1).astype(np.float32)


def noise(amount: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0, amount, (HEIGHT, WIDTH))


PAPERS = {
    "white paper": lambda ink: 1 - ink,
    "black paper, white ink": lambda ink: ink,
    "pencil on grey": lambda ink: 0.8 - 0.25 * ink + noise(0.015),
    "light from one side": lambda ink: (1 - 0.75 * ink) * (1 - 0.6 * X / WIDTH) + noise(0.015),
    "a shadow across": lambda ink: (0.95 - 0.7 * ink) * (1 - 0.4 / (1 + np.exp((150 - X - Y / 2) / 4))) + noise(0.015),
    "ruled": lambda ink: (0.95 - 0.2 * (Y % 22 < 2)) * (1 - 0.8 * ink) + noise(0.015),
    "squared": lambda ink: (0.95 - 0.15 * ((Y % 15 < 1) | (X % 15 < 1))) * (1 - 0.8 * ink) + noise(0.015),
    "the table in view": lambda ink: np.where((X < 30) | (Y > 225), 0.25, 0.95 * (1 - 0.8 * ink)) + noise(0.015),
    "a blackboard": lambda ink: 0.2 + 0.6 * ink + 0.1 * X / WIDTH + noise(0.02),
    "specks": lambda ink: 1 - np.maximum(ink, (np.random.default_rng(1).uniform(size=ink.shape) < 0.002)),
}


def turned(degrees: float, middle: tuple[float, float] = (HEIGHT / 2, WIDTH / 2)) -> tuple[np.ndarray, np.ndarray]:
    """Return how far each pixel is below and beside ``middle``, along axes turned by so many degrees."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    y, x = Y - middle[0], X - middle[1]
    return y * cos - x * sin, y * sin + x * cos


def lines(position: np.ndarray, every: float, thick: float) -> np.ndarray:
    return np.asarray((position % every) < thick)


def boxed(y: np.ndarray, x: np.ndarray, half: float, thick: float) -> np.ndarray:
    farthest = np.maximum(np.abs(y), np.abs(x))
    return np.asarray((farthest <= half) & (farthest > half - thick))


def on_sheet(paper: float, around: float, degrees: float) -> Callable[[Greys], np.ndarray]:
    """Return a scene of a sheet on something: what is drawn is on the sheet, as far from its grey as can be."""
    y, x = turned(degrees, (115, 155))
    sheet = (np.abs(y) < 95) & (np.abs(x) < 85)
    ink_grey = 0.1 if paper > 0.5 else 0.9
    return lambda ink: np.where(sheet, paper + (ink_grey - paper) * ink, around) + noise(0.01)


LEVEL, UPRIGHT = turned(2)
GRAIN = 0.05 * np.sin(Y / 2 + 3 * np.sin(X / 60)) + 0.03 * np.sin(Y / 5 + X / 90)
TABLE = boxed((Y - 120) * 154 / 115, X - 160, 154, 6) | (
    ((np.abs(Y - 120) < 114) & (np.abs(X - 160) < 153))
    & (np.isin(Y, (72, 73, 165, 166)) | np.isin(X, (108, 109, 210, 211)))
)
SCENES: dict[str, Callable[[Greys], np.ndarray]] = {
    "a note on a dark desk": lambda ink: on_sheet(0.9, 0.2, 8)(ink) + GRAIN * (on_sheet(0.9, 0.2, 8)(0 * ink) < 0.5),
    "a dark pad in a white page": on_sheet(0.05, 1.0, 0),
    "a light card in a dark page": on_sheet(0.95, 0.1, -5),
    "a box": lambda ink: 1 - np.maximum(ink, boxed(Y - 115, X - 155, 100, 3)),
    "a cell among cells": lambda ink: (
        1
        - np.maximum(
            ink,
            lines(Y + 50, 160, 3)
            | lines(X + 75, 160, 3)
            | ((Y > 218) & (np.abs(X - 150) < 40) & (np.abs(X - 150) > 30)),
        )
    ),
    "a table whose frame is all in the picture": lambda ink: 1 - np.maximum(ink, TABLE),
    "lined, as dark as half the ink": lambda ink: 0.9 - 0.8 * np.maximum(ink, 0.4 * lines(LEVEL, 19, 2)) + noise(0.015),
    "squared, as dark as half the ink": lambda ink: (
        0.9 - 0.8 * np.maximum(ink, 0.4 * (lines(LEVEL, 17, 1.5) | lines(UPRIGHT, 17, 1.5))) + noise(0.015)
    ),
    "a grid as dark as the ink": lambda ink: 1 - np.maximum(ink, lines(Y, 24, 2) | lines(X, 24, 2)),
    "eight in a hundred of contrast": lambda ink: 0.9 - 0.072 * ink,
}
COLOURS = {  # of the ink and the paper
    "yellow on white": ((1, 0.93, 0), (1, 1, 1)),
    "gold on white": ((0.85, 0.65, 0.13), (1, 1, 1)),
    "pale green on white": ((0.75, 1, 0.75), (1, 1, 1)),
    "red on green of the same brightness": ((0.85, 0.2, 0.2), (0.2, 0.53, 0.2)),
    "amber on blue": ((1, 0.75, 0), (0.1, 0.2, 0.6)),
}
SEGMENTS = {0: "abcdef", 2: "abged", 3: "abgcd", 4: "fgbc", 7: "abc", 8: "abcdefg"}


@functools.cache
def network() -> Network:
    """Return the default network, which no test changes."""
    return model_file.load(paths.DEFAULT_NETWORK).network


def answer(picture: np.ndarray) -> int:
    return read(network(), Drawing(picture=read_picture(picture)).stages()).digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("paper", PAPERS)
def test_photographs_are_read(paper: str, digit: int) -> None:
    light = np.clip(PAPERS[paper](drawn(DIGITS[digit])), 0, 1)
    assert answer(np.round(255 * light).astype(np.uint8)) == digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("scene", SCENES)
def test_what_is_around_the_digit_is_no_ink(scene: str, digit: int) -> None:
    light = np.clip(SCENES[scene](drawn(DIGITS[digit], size=110, place=(60, 100))), 0, 1)
    assert answer(np.round(255 * light).astype(np.uint8)) == digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("width", [0.08, 0.16])
def test_a_digit_that_reaches_into_a_side_of_its_box_is_read(width: float, digit: int) -> None:
    reaching = drawn(DIGITS[digit], size=190, width=width, place=(20 - 38 + round(95 * width), 60))
    assert answer(1 - np.maximum(reaching, boxed(Y - 120, X - 150, 102, 3))) == digit


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_of_thinner_lines_than_those_around_it_is_read(digit: int) -> None:
    around = (np.abs(Y - 50) < 2) | (np.abs(X - 95) < 2) | (np.abs(Y - 196) < 4) | (np.abs(X - 192) < 4)
    assert answer(1 - np.maximum(drawn(DIGITS[digit], width=0.05, place=(68, 90)), around)) == digit


@pytest.mark.parametrize("colours", COLOURS)
def test_ink_is_what_differs_from_the_paper_in_any_colour(colours: str) -> None:
    ink_colour, paper = (np.array(colour) for colour in COLOURS[colours])
    coloured = paper + (ink_colour - paper) * drawn([THREE])[..., None]
    assert answer(np.round(255 * coloured).astype(np.uint8)) == 3


@pytest.mark.parametrize("digit", DIGITS)
def test_a_small_digit_on_a_large_page_is_read(digit: int) -> None:
    page = np.ones((900, 1200), dtype=np.float32)
    page[500:600, 300:400] -= 0.85 * drawn(DIGITS[digit], size=60, width=0.09, place=(15, 15), shape=(100, 100))
    assert answer(page) == digit


@pytest.mark.parametrize("width", [1, 2])
def test_a_hairline_in_a_large_picture_is_read(width: int) -> None:
    assert answer(1 - drawn([THREE], size=350, width=width / 350, place=(40, 100), shape=(450, 600))) == 3


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("digit", [4, 7])
def test_eight_by_eight_pixels_are_enough(digit: int, inverted: bool) -> None:
    ink_greys = drawn(DIGITS[digit], size=140, width=0.12, place=(10, 10), shape=(160, 160))
    small = np.round(15 * ink_greys.reshape(8, 20, 8, 20).mean(axis=(1, 3))) / 15
    assert answer(1 - small if inverted else small) == digit


@pytest.mark.parametrize("digit", SEGMENTS)
def test_seven_segments_belong_together(digit: int) -> None:
    display = np.full((200, 140), 0.1, dtype=np.float32)
    upper, lower, left, right = slice(38, 92), slice(108, 162), slice(30, 44), slice(96, 110)
    level = slice(48, 92)
    places = {
        "a": (slice(24, 38), level), "g": (slice(93, 107), level), "d": (slice(162, 176), level), "f": (upper, left),
        "b": (upper, right), "e": (lower, left), "c": (lower, right),
    }  # fmt: skip
    for segment in SEGMENTS[digit]:
        display[places[segment]] = 0.9
    assert answer(display) == digit


def test_twelve_bits_in_sixteen_are_read() -> None:
    assert answer((4095 * (1 - 0.9 * drawn([THREE]))).astype(np.uint16)) == 3


@pytest.mark.parametrize("second", [(20, 190), (120, 170)])
def test_several_digits_are_counted(second: tuple[int, int]) -> None:
    two = np.maximum(drawn(SEVEN, size=100, place=(20, 20)), drawn(FOUR, size=100, place=second))
    with pytest.raises(PictureError, match=r"several digits in the picture: 2 were found\."):
        read_picture(1 - two)


DESK: dict[str, Callable[[], np.ndarray]] = {
    "a blank sheet": lambda: 0.9 + noise(0.01),
    "a desk": lambda: 0.4 + GRAIN + noise(0.02),
    "a shadow": lambda: 0.9 - 0.4 / (1 + np.exp((np.hypot(X - 160, Y - 120) - 70) / 6)) + noise(0.015),
    "a blank note on a desk": lambda: on_sheet(0.9, 0.2, 8)(np.zeros((HEIGHT, WIDTH), dtype=np.float32)),
    "empty squares": lambda: 0.9 - 0.3 * (lines(Y, 20, 2) | lines(X, 20, 2)) + noise(0.01),
    "a rough wall": lambda: 0.6 + 0.2 * np.random.default_rng(3).normal(size=(30, 40)).repeat(8, 0).repeat(8, 1),
}


@pytest.mark.parametrize("nothing", DESK)
def test_nothing_is_sure_where_there_is_no_ink(nothing: str) -> None:
    light = np.round(255 * np.clip(DESK[nothing](), 0, 1)).astype(np.uint8)
    try:
        found = read_picture(light)
    except PictureError:
        return
    assert read(network(), Drawing(picture=found).stages()).verdict is not Verdict.SURE


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("width", [0.025, 0.06, 0.14, 0.22])
def test_thin_pens_and_thick_markers_are_read(width: float, digit: int) -> None:
    assert answer(1 - drawn(DIGITS[digit], width=width)) == digit


@pytest.mark.parametrize("digit", DIGITS)
def test_a_small_digit_in_a_corner_is_read(digit: int) -> None:
    assert answer(0.9 - 0.7 * drawn(DIGITS[digit], size=50, place=(170, 240)) + noise(0.01)) == digit


def test_a_line_far_too_thin_is_drawn_anew() -> None:
    thin_pen, ordinary = (preprocess(read_picture(1 - drawn([THREE], width=width)).ink).image for width in (0.03, 0.14))
    assert thin_pen.sum() == pytest.approx(ordinary.sum(), rel=0.2)


def test_the_result_is_cropped_ink() -> None:
    greys = read_picture(1 - drawn([THREE], size=100, width=0.13)).ink
    assert greys.dtype == np.float32
    assert (greys.min(), greys.max()) == (0, 1)
    for edge in (greys[0], greys[-1], greys[:, 0], greys[:, -1]):
        assert edge.any()


def test_separate_parts_stay_together_and_far_ones_do_not() -> None:
    flag = np.array([[0.55, -0.02], [0.8, -0.02]])
    with_flag = read_picture(1 - drawn([*SEVEN, flag])).ink
    assert len(find_pieces(with_flag > 0.5)) > 1
    far = drawn(SEVEN, size=80, place=(20, 10)) + drawn(FOUR, size=30, place=(190, 260))
    assert len(find_pieces(read_picture(1 - np.clip(far, 0, 1)).ink > 0.5)) == 1


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_a_blank_picture_is_refused(value: float) -> None:
    with pytest.raises(BlankPictureError, match="The picture is blank"):
        read_picture(np.full((50, 40), value))


@pytest.mark.parametrize("turned_over", [False, True])
def test_half_black_and_half_white_is_not_blank(turned_over: bool) -> None:
    with pytest.raises(PictureError, match="nothing in the picture that could be a digit") as raised:
        read_picture(((Y < HEIGHT / 2) ^ turned_over).astype(np.float32))
    assert not isinstance(raised.value, BlankPictureError)


def test_a_picture_of_nothing_but_dust_is_refused() -> None:
    with pytest.raises(PictureError):
        read_picture(np.clip(0.9 + noise(0.01), 0, 1))


@settings(deadline=None, max_examples=60)
@given(arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=40)), st.booleans())
def test_any_picture_is_ink_or_an_explanation(picture: np.ndarray, as_float: bool) -> None:
    try:
        greys = read_picture(picture / np.float64(255) if as_float else picture).ink
    except PictureError as error:
        explanation = str(error)
    else:
        assert greys.size
        assert np.isfinite(greys).all()
        assert greys.min() >= 0
        assert greys.max() <= 1
        return
    assert explanation.endswith(".")


@pytest.mark.mnist
@pytest.mark.parametrize("inverted", [False, True])
def test_mnist_s_own_images_are_read_as_pictures(mnist_folder: Path, inverted: bool) -> None:
    test = mnist.load_test(mnist_folder)[:500]
    pictures = (255 - test.images if inverted else test.images) / np.float32(255)
    seen = np.array([preprocess(read_picture(picture.reshape(28, 28)).ink).image for picture in pictures])
    assert network().evaluate(seen, test.labels) >= 0.97 * len(test)
