"""Drawings as PNG pictures in folders named 0 to 9, for other programs and from them, and zip files of such folders."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImageWriter

from digitpad.data.store import Drawn, Sample, drawn_now
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError, PictureError
from digitpad.files import reading, write_atomically, writing
from digitpad.gui.images import image_of
from digitpad.gui.services.picture_file import digit_of_file

_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp")


def write_pictures(folder: Path, samples: Iterable[Sample]) -> int:
    """Write what the network sees of each drawing, 28 x 28 pixels, white ink on black; return how many.

    A drawing that has another label than when it was written there before leaves no picture under the old one. Raises
    DataError when a picture cannot be written.
    """
    written = 0
    for sample in samples:
        path = folder / str(sample.label) / f"{sample.id:06}.png"
        with writing(path.parent, DataError):
            path.parent.mkdir(parents=True, exist_ok=True)
        with writing(path, DataError):
            write_atomically(path, _png(sample))
        for other in (folder / str(label) / path.name for label in range(10) if label != sample.label):
            with writing(other, DataError), contextlib.suppress(FileNotFoundError, NotADirectoryError):
                other.unlink()
        written += 1
    return written


def _png(sample: Sample) -> bytes:
    content = QBuffer()
    QImageWriter(content, QByteArray(b"PNG")).write(image_of(sample.image.reshape(SIDE, SIDE)))
    return bytes(content.data().data())


def read_pictures(folder: Path) -> Iterator[Drawn]:
    """Yield the pictures in the folders 0 to 9 of ``folder``.

    Raises DataError when there are none, and at the end, naming the first, when some could not be read.
    """
    with reading(folder, DataError):
        files = sorted(_pictures(folder))
    if not files:
        raise DataError(f"{folder}: holds no pictures in folders named 0 to 9.")
    trouble = []
    for file in files:
        try:
            yield drawn_now(int(file.parent.name), (), digit_of_file(file))
        except PictureError as error:
            trouble.append(str(error))
    if trouble:
        raise DataError(f"{len(trouble):,} of {len(files):,} pictures were left out. {trouble[0]}")


def is_picture_folder(folder: Path) -> bool:
    """Whether ``folder`` has folders named 0 to 9 with pictures in them."""
    try:
        return any(_pictures(folder))
    except OSError:  # one of them may not be looked into: whoever reads the pictures says so
        return True


def _pictures(folder: Path) -> Iterator[Path]:
    for of_label in (folder / str(label) for label in range(10)):
        if of_label.is_dir():
            # What may not be looked at counts, so that it is told with what cannot be read.
            yield from (f for f in of_label.iterdir() if f.suffix.lower() in _ENDINGS and not os.path.isdir(f))
