"""Pictures that have no file."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from digitpad.draw.photo.ink import read_picture
from digitpad.errors import BlankPictureError, PictureError
from digitpad.gui.images import image_of
from digitpad.gui.services.clipboard import picture_of_image
from tests.data.test_picture_file import a_seven


@pytest.mark.parametrize("side", [200, 201, 1700])
def test_the_pixels_of_an_image_are_those_of_the_picture(side: int) -> None:
    colours = np.stack([a_seven(side)] * 3, axis=2)
    of_array = read_picture(a_seven(side)).ink
    for pixels in (a_seven(side), colours, np.dstack([colours, np.full((side, side), 255, np.uint8)])):
        np.testing.assert_allclose(picture_of_image(image_of(pixels)).ink.mean(), of_array.mean(), atol=0.02)


def test_there_may_be_no_picture() -> None:
    with pytest.raises(PictureError, match="There is no picture"):
        picture_of_image(QImage())


def test_sixteen_bits_are_kept() -> None:
    deep = (4095 - 15 * a_seven().astype(np.uint16)) // 8  # light on dark, all in the lowest thousandths
    image = QImage(deep.tobytes(), 200, 200, 400, QImage.Format.Format_Grayscale16).copy()
    assert picture_of_image(image).ink.max() == 1


@pytest.mark.parametrize("colour", ["transparent", "white"])
def test_what_is_all_transparent_or_white_is_blank(colour: str) -> None:
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    with pytest.raises(BlankPictureError, match="blank"):
        picture_of_image(image)


@pytest.mark.parametrize("size", [(1, 10000), (5, 10000), (10000, 2)])
def test_a_strip_is_too_small(size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with pytest.raises(PictureError, match="too small"):
        picture_of_image(image)
