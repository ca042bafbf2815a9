"""Drawings as PNG pictures in folders named 0 to 9, for other programs and from them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

from digitpad.data.samples import Sample
from digitpad.errors import DataError, PictureError
from digitpad.gui.picture_file import digit_of_file
from digitpad.preprocess import SIDE

_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp")


def write_pictures(folder: Path, samples: Iterable[Sample]) -> int:
    """Write what the network sees of each drawing, 28 x 28 pixels, white ink on black; return how many.

    Raises DataError when a picture cannot be written.
    """
    written = 0
    for sample in samples:
        path = folder / str(sample.label) / f"{sample.number or written:06}.png"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(f"{path.parent}: cannot be written ({error.strerror or error}).") from error
        image = QImage(sample.image.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
        if not image.save(str(path)):
            raise DataError(f"{path}: cannot be written.")
        written += 1
    return written


def read_pictures(folder: Path) -> Iterator[Sample]:
    """Yield the pictures in the folders 0 to 9 of ``folder``.

    Raises DataError when there are none, and at the end, naming the first, when some could not be read.
    """
    files = [file for label in range(10) for file in sorted((folder / str(label)).glob("*")) if _is_picture(file)]
    if not files:
        raise DataError(f"{folder}: holds no pictures in folders named 0 to 9.")
    made, trouble = datetime.now(UTC).isoformat(timespec="seconds"), []
    for file in files:
        try:
            image = np.round(255 * digit_of_file(file)).astype(np.uint8)
            yield Sample(int(file.parent.name), (), image, None, made)
        except PictureError as error:
            trouble.append(str(error))
    if trouble:
        raise DataError(f"{len(trouble):,} of {len(files):,} pictures were left out. {trouble[0]}")


def is_picture_folder(folder: Path) -> bool:
    """Whether ``folder`` has folders named 0 to 9 with pictures in them."""
    return any(_is_picture(file) for label in range(10) for file in (folder / str(label)).glob("*"))


def _is_picture(file: Path) -> bool:
    return file.suffix.lower() in _ENDINGS and file.is_file()
