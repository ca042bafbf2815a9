"""Pictures of every format and size: what is read, and what is said of what cannot be."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from digitpad.draw.photo.file_kinds import is_cut_off, kind_of
from digitpad.draw.preprocess import SIDE
from digitpad.errors import BlankPictureError, PictureError
from digitpad.gui.images import image_of
from digitpad.gui.services.picture_file import digit_in, picture_of_file, picture_of_image


def a_seven(side: int = 200) -> np.ndarray:
    """Return greys (side, side), dark on white."""
    y, x = np.mgrid[:side, :side] / side
    bar = (np.abs(y - 0.25) < 0.04) & (x > 0.3) & (x < 0.72)
    stem = (np.abs(x - 0.7 + 0.4 * (y - 0.25)) < 0.05) & (y > 0.22) & (y < 0.8)
    return np.where(bar | stem, 20, 250).astype(np.uint8)


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "webp", "tiff"])
def test_what_qt_reads_is_read(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"seven.{ending}"
    assert image_of(a_seven()).save(str(file))
    greys = picture_of_file(file).ink
    assert greys.max() == 1
    assert not is_cut_off(file.read_bytes())


def as_gif(greys: np.ndarray) -> bytes:
    """Return greys (h, w) of black and white as a GIF, which Qt does not write: codes of 3 bits, never compressed."""
    height, width = greys.shape
    codes = np.insert((greys.ravel() > 127).astype(np.uint8), np.arange(0, greys.size, 2), 4)  # 4: forget what was seen
    bits = np.unpackbits(np.append(codes, np.uint8(5))[:, None], axis=1, bitorder="little")[:, :3]  # 5: the end
    packed = bytes(np.packbits(bits.ravel(), bitorder="little"))
    blocks = b"".join(bytes([len(packed[i : i + 255])]) + packed[i : i + 255] for i in range(0, len(packed), 255))
    size = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    head = b"GIF89a" + size + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    return bytes(head + b",\0\0\0\0" + size + b"\0\x02" + blocks + b"\0;")


def test_a_gif_is_read_and_without_its_end_is_cut_off(tmp_path: Path) -> None:
    gif, png = tmp_path / "seven.gif", tmp_path / "seven.png"
    plain = np.where(a_seven() > 127, 255, 0).astype(np.uint8)
    gif.write_bytes(as_gif(plain))
    assert image_of(plain).save(str(png))
    np.testing.assert_array_equal(picture_of_file(gif).ink, picture_of_file(png).ink)
    gif.write_bytes(as_gif(plain)[:-400])
    with pytest.raises(PictureError, match=r"seven\.gif: the picture is cut off"):
        picture_of_file(gif)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_a_file_whose_end_is_missing_is_cut_off(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"seven.{ending}"
    assert image_of(a_seven(400)).save(str(file), quality=90)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 3 // 5])
    with pytest.raises(PictureError, match=r"the picture is cut off"):
        picture_of_file(file)


def test_the_end_of_a_preview_within_a_jpeg_is_not_its_end(tmp_path: Path) -> None:
    file = tmp_path / "seven.jpg"
    assert image_of(a_seven()).save(str(file))
    content = file.read_bytes()
    preview = b"\xff\xd8 a small picture \xff\xd9"
    segment = b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview
    whole = content[:2] + segment + content[2:] + b"bytes behind the end"
    assert not is_cut_off(whole)
    assert is_cut_off(whole[: len(whole) // 2])


FOREIGN = {
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0",
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "PDF": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "picture"
    file.write_bytes(FOREIGN[kind])
    assert kind_of(FOREIGN[kind]) == kind
    with pytest.raises(PictureError, match=rf"{kind} file, which cannot be read: save it as JPEG or PNG first\.$"):
        picture_of_file(file)


def test_a_picture_just_below_the_limit_of_pixels_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.png"
    large = np.kron(a_seven(205), np.ones((40, 40), dtype=np.uint8))  # 67 million pixels, more than Qt allows unasked
    assert image_of(large).save(str(file))
    assert picture_of_file(file).ink.max() == 1


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


def test_a_blank_file_is_named_and_still_known_as_blank(tmp_path: Path) -> None:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(tmp_path / "white.png"))
    with pytest.raises(BlankPictureError, match=r"white\.png: the picture is blank\.$"):
        picture_of_file(tmp_path / "white.png")


@pytest.mark.parametrize("size", [(1, 10000), (5, 10000), (10000, 2)])
def test_a_strip_is_too_small(size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with pytest.raises(PictureError, match="too small"):
        picture_of_image(image)


def test_a_digit_off_the_middle_is_moved_there_and_no_other(tmp_path: Path) -> None:
    digit = np.zeros((SIDE, SIDE), dtype=np.uint8)
    digit[4:24, 12:16] = 255
    middle, aside = tmp_path / "middle.png", tmp_path / "aside.png"
    assert image_of(digit).save(str(middle))
    assert image_of(np.roll(digit, (3, -4), axis=(0, 1))).save(str(aside))
    read = digit_in(middle.read_bytes(), middle)
    np.testing.assert_array_equal(read.reshape(SIDE, SIDE), digit / np.float32(255))
    np.testing.assert_array_equal(digit_in(aside.read_bytes(), aside), read)
