"""Drawings as PNG pictures in folders named 0 to 9, for other programs and from them."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImageWriter

from digitpad.data.formats.unpacking import looking_into
from digitpad.data.store import Sample
from digitpad.draw.preprocess import SIDE, to_bytes
from digitpad.errors import DataError, PictureError
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
        path = folder / str(sample.label) / f"{sample.id or written:06}.png"
        others = [folder / str(label) / path.name for label in range(10) if sample.id and label != sample.label]
        image = image_of(sample.image.reshape(SIDE, SIDE))
        content = QBuffer()
        QImageWriter(content, QByteArray(b"PNG")).write(image)
        place = path.parent
        try:
            place.mkdir(parents=True, exist_ok=True)
            place = path
            _write_whole(place, bytes(content.data().data()))
            for place in others:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    place.unlink()
        except OSError as error:
            raise DataError(f"{place}: cannot be written ({error.strerror or error}).") from error
        written += 1
    return written


def _write_whole(path: Path, content: bytes) -> None:
    """Write the file or, if the disk is full, leave what was there before."""
    part = path.with_name(f".{path.name}.part")  # no picture by its name, should it be left there
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def read_pictures(folder: Path) -> Iterator[Sample]:
    """Yield the pictures in the folders 0 to 9 of ``folder``.

    Raises DataError when there are none, and at the end, naming the first, when some could not be read.
    """
    with looking_into(folder):
        files = sorted(_pictures(folder))
    if not files:
        raise DataError(f"{folder}: holds no pictures in folders named 0 to 9.")
    made, trouble = datetime.now(UTC).isoformat(timespec="seconds"), []
    for file in files:
        try:
            image = to_bytes(digit_of_file(file))
            yield Sample(int(file.parent.name), (), image, None, made)
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
