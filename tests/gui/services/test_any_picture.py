"""Whatever pixels a picture has, it is ink or a sentence."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from digitpad.errors import PictureError
from digitpad.gui.services.clipboard import picture_of_image

Pixels = NDArray[np.uint8]


def check(pixels: Pixels, form: QImage.Format = QImage.Format.Format_Grayscale8) -> None:
    height, width = pixels.shape[:2]
    image = QImage(np.ascontiguousarray(pixels).data, width, height, pixels.strides[0], form).copy()
    try:
        ink = picture_of_image(image).ink
    except PictureError as error:
        sentence = str(error)
    else:
        assert ink.ndim == 2
        assert ink.size
        assert 0 <= ink.min() <= ink.max() <= 1
        return
    assert sentence.endswith(".")


def thin_line(height: int, width: int) -> Pixels:
    """Return white paper with a black line along a diagonal."""
    pixels = np.full((height, width), 255, dtype=np.uint8)
    along = np.arange(max(height, width))
    pixels[along * height // len(along), along * width // len(along)] = 0
    return pixels


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 10_000), (10_000, 1), (5, 10_000), (200, 3), (3, 200), (2, 2), (28, 28)], ids=str
)
def test_pictures_of_odd_shapes(shape: tuple[int, int]) -> None:
    check(thin_line(*shape))
    check(255 - thin_line(*shape))


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (255, 0, 0)], ids=str)
@pytest.mark.parametrize("alpha", [0, 1, 255])
def test_pictures_that_are_transparent(colour: tuple[int, int, int], alpha: int) -> None:
    check(np.full((50, 40, 4), (*colour, alpha), dtype=np.uint8), QImage.Format.Format_RGBA8888)


SIDE = st.integers(1, 40) | st.sampled_from([1, 2, 3, 200, 1000])
KINDS: dict[str, Any] = {
    "noise": lambda some, shape: some.integers(0, 256, shape),
    "two": lambda some, shape: np.where(some.random(shape) < some.random(), 255, 0),
    "almost one": lambda some, shape: np.where(some.random(shape) < 2 / np.prod(shape), *some.integers(0, 256, 2)),
    "slope": lambda some, shape: sum(np.ix_(*(np.arange(n) * some.integers(0, 9) for n in shape))) % 256,
}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SIDE, SIDE, st.sampled_from(list(KINDS)), st.integers(0, 999))
def test_any_pixels_are_ink_or_a_sentence(height: int, width: int, kind: str, seed: int) -> None:
    if height * width <= 40_000:
        check(KINDS[kind](np.random.default_rng(seed), (height, width)).astype(np.uint8))
