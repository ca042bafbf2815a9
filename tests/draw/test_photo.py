"""Pictures of digits, clean and photographed, become ink."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from digitpad import paths
from digitpad.data import mnist
from digitpad.draw import ink
from digitpad.draw.photo import find_pieces, read_ink
from digitpad.draw.preprocess import Greys, preprocess
from digitpad.draw.reading import read
from digitpad.errors import PictureError
from digitpad.gui.demo import THREE
from digitpad.train import model_file

HEIGHT, WIDTH = 240, 320
Y, X = np.mgrid[:HEIGHT, :WIDTH]
SEVEN = [np.array([[0.3, 0.2], [0.7, 0.2], [0.45, 0.8]])]
FOUR = [np.array([[0.5, 0.2], [0.3, 0.55], [0.72, 0.55]]), np.array([[0.6, 0.35], [0.6, 0.85]])]
DIGITS = {3: [THREE], 4: FOUR, 7: SEVEN}


def drawn(strokes: list[ink.Path], size: int = 130, width: float = 0.1, place: tuple[int, int] = (50, 90)) -> Greys:
    """Return ink (HEIGHT, WIDTH) in [0, 1] of strokes ``width`` wide relative to the digit's ``size`` in pixels."""
    pen = width * size / 2
    farness = np.full((HEIGHT, WIDTH), np.inf)
    for stroke in strokes:
        for x, y in ink.resampled(stroke, 0.02) * size:
            np.minimum(farness, np.hypot(X - x - place[1], Y - y - place[0]), out=farness)
    return np.clip(pen + 0.5 - farness, 0, 1).astype(np.float32)


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


def answer(picture: np.ndarray) -> int:
    network = model_file.load(paths.DEFAULT_NETWORK).network
    return read(network, preprocess(read_ink(picture))).digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("paper", PAPERS)
def test_photographs_are_read(paper: str, digit: int) -> None:
    light = np.clip(PAPERS[paper](drawn(DIGITS[digit])), 0, 1)
    assert answer(np.round(255 * light).astype(np.uint8)) == digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("width", [0.025, 0.06, 0.14, 0.22])
def test_thin_pens_and_thick_markers_are_read(width: float, digit: int) -> None:
    assert answer(1 - drawn(DIGITS[digit], width=width)) == digit


@pytest.mark.parametrize("digit", DIGITS)
def test_a_small_digit_in_a_corner_is_read(digit: int) -> None:
    assert answer(0.9 - 0.7 * drawn(DIGITS[digit], size=50, place=(170, 240)) + noise(0.01)) == digit


def test_a_line_far_too_thin_is_drawn_anew() -> None:
    thin_pen, ordinary = (preprocess(read_ink(1 - drawn([THREE], width=width))).image for width in (0.03, 0.14))
    assert thin_pen.sum() == pytest.approx(ordinary.sum(), rel=0.2)


def test_the_result_is_cropped_ink() -> None:
    greys = read_ink(1 - drawn([THREE], size=100, width=0.13))
    assert greys.dtype == np.float32
    assert (greys.min(), greys.max()) == (0, 1)
    for edge in (greys[0], greys[-1], greys[:, 0], greys[:, -1]):
        assert edge.any()


def test_separate_parts_stay_together_and_far_ones_do_not() -> None:
    flag = np.array([[0.55, -0.02], [0.8, -0.02]])
    with_flag = read_ink(1 - drawn([*SEVEN, flag]))
    assert find_pieces(with_flag > 0.5)[1:]
    far = drawn(SEVEN, size=80, place=(20, 10)) + drawn(FOUR, size=60, place=(170, 240))
    assert len(find_pieces(read_ink(1 - np.clip(far, 0, 1)) > 0.5)) == 1


@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_a_blank_picture_is_refused(value: float) -> None:
    with pytest.raises(PictureError, match="The picture is blank"):
        read_ink(np.full((50, 40), value))


def test_a_picture_of_nothing_but_dust_is_refused() -> None:
    with pytest.raises(PictureError):
        read_ink(np.clip(0.9 + noise(0.01), 0, 1))


@settings(deadline=None, max_examples=60)
@given(arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=40)), st.booleans())
def test_any_picture_is_ink_or_an_explanation(picture: np.ndarray, as_float: bool) -> None:
    try:
        greys = read_ink(picture / np.float64(255) if as_float else picture)
    except PictureError as error:
        explanation = str(error)
    else:
        assert greys.size
        assert np.isfinite(greys).all()
        assert greys.min() >= 0
        assert greys.max() <= 1
        return
    assert explanation.endswith(".")


def test_pieces_touch_at_sides_and_corners() -> None:
    mask = np.zeros((8, 9), dtype=bool)
    mask[0, 0] = True
    mask[2:4, 2:4] = mask[4, 4] = mask[5, 3] = True  # one piece, by corners
    mask[1, 7] = mask[2, 8] = True
    pieces = find_pieces(mask)
    assert [(len(piece.rows), piece.at_border) for piece in pieces] == [(6, False), (2, True), (1, True)]
    assert pieces[0].box == (2, 2, 6, 5)
    assert pieces[0].longer == 4


@pytest.mark.mnist
@pytest.mark.parametrize("inverted", [False, True])
def test_mnist_s_own_images_are_read_as_pictures(mnist_folder: Path, inverted: bool) -> None:
    test = mnist.load_test(mnist_folder)[:500]
    network = model_file.load(paths.DEFAULT_NETWORK).network
    pictures = (255 - test.images if inverted else test.images) / np.float32(255)
    seen = np.array([preprocess(read_ink(picture.reshape(28, 28))).image for picture in pictures])
    assert network.evaluate(seen, test.labels) >= 0.97 * len(test)
