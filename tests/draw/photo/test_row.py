"""Several digits in a row in a picture are the ink of a number, all of them or none."""

from functools import partial

import numpy as np
import pytest

from digitpad import paths
from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.numbers import NumberReader, is_number
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.preprocess import Greys
from digitpad.draw.reading import read
from digitpad.errors import PictureError
from digitpad.train import model_file
from tests.draw.photo.test_ink import DIGITS, drawn

SHAPE = (200, 520)
NETWORK = model_file.load(paths.DEFAULT_NETWORK).network


def row(
    digits: str, apart: int = 110, width: float = 0.1, strengths: tuple[float, ...] = (1.0,) * 4, low: int = 0
) -> Greys:
    """Return digits drawn beside each other, the last so many pixels ``low``, as dark as ``strengths`` say."""
    each = [
        strength
        * drawn(DIGITS[int(sign)], 90, width, (50 + (low if i == len(digits) - 1 else 0), 40 + apart * i), SHAPE)
        for i, (sign, strength) in enumerate(zip(digits, strengths, strict=False))
    ]
    return np.asarray(np.max(each, axis=0), dtype=np.float32)


def text(picture: np.ndarray) -> str | None:
    """Return the number that is read in a picture; None for one digit."""
    drawing = Drawing(picture=read_picture(picture, partial(is_number, NETWORK)))
    number = NumberReader().read(NETWORK, drawing, read(NETWORK, drawing.stages()))
    return number.text if number else None


@pytest.mark.parametrize("digits", ["3474", "4373", "743"])
@pytest.mark.parametrize("width", [0.04, 0.1, 0.2])
def test_a_row_of_digits_is_a_number(digits: str, width: float) -> None:
    assert text(1 - 0.9 * row(digits, width=width)) == digits


def test_digits_close_together_are_a_number() -> None:
    assert text(1 - 0.9 * row("3443", apart=85)) == "3443"


def test_white_on_black_and_a_photograph_are_read() -> None:
    ink = row("3474")
    light = (0.85 - 0.6 * ink) * np.linspace(1, 0.75, SHAPE[1]) + np.random.default_rng(0).normal(0, 0.01, SHAPE)
    assert text(ink) == "3474"
    assert text(np.clip(light, 0, 1)) == "3474"


@pytest.mark.parametrize("pale", [0.5, 0.25, 0.1])
def test_a_pale_digit_is_not_left_out(pale: float) -> None:
    try:
        found = text(1 - 0.9 * row("3474", strengths=(1, 1, pale, 1)))
    except PictureError:
        return
    assert found == "3474"


def test_what_stands_below_the_row_makes_it_none() -> None:
    with pytest.raises(PictureError, match="several digits"):
        text(1 - 0.9 * row("3474", low=105))


def test_what_is_no_number_is_refused_as_before() -> None:
    with pytest.raises(PictureError, match="several digits"):
        read_picture(1 - 0.9 * row("3474"), lambda _: False)


def test_one_digit_is_never_asked_about_as_a_row() -> None:
    asked: list[Picture] = []

    def note(picture: Picture) -> bool:
        asked.append(picture)
        return True

    for strokes in DIGITS.values():
        read_picture(1 - 0.9 * drawn(strokes), note)
    assert not asked
