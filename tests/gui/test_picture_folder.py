"""Drawings in folders of pictures, from this program and from others."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from digitpad import paths
from digitpad.data.opening import open_digits
from digitpad.errors import DataError
from digitpad.gui.picture_folder import read_pictures
from digitpad.preprocess import SIDE

FORMATS = [QImage.Format.Format_Grayscale8, QImage.Format.Format_RGB32, QImage.Format.Format_Indexed8]


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_pictures_written_as_mnist_is_are_taken_to_the_grey(tmp_path: Path, kind: QImage.Format) -> None:
    digits = open_digits(paths.DIGITS).test[:20]
    for number, (image, label) in enumerate(zip(digits.images, digits.labels, strict=True)):
        folder = tmp_path / str(label)
        folder.mkdir(exist_ok=True)
        grey = QImage(image.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
        assert grey.convertToFormat(kind).save(str(folder / f"{number:02}.png"))
    read = list(read_pictures(tmp_path))
    order = np.argsort(digits.labels, kind="stable")
    assert [sample.label for sample in read] == digits.labels[order].tolist()
    np.testing.assert_array_equal(np.stack([sample.image for sample in read]), digits.images[order])


def test_a_picture_of_another_kind_under_a_known_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "5").mkdir()
    paper = QImage(40, 40, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    for y in range(8, 32):
        for x in range(18, 22):
            paper.setPixelColor(x, y, QColor("black"))
    assert paper.save(str(tmp_path / "5" / "a.png"))
    (tmp_path / "5" / "b.png").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    pictures = read_pictures(tmp_path)
    assert next(pictures).label == 5
    with pytest.raises(DataError, match=r"1 of 2 pictures were left out\. .*b\.png: this is not a PNG"):
        next(pictures)
