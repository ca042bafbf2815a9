"""What a person drops on the window or pastes into it: the file, or the image, in what another program offers."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap


def local_file(data: QMimeData) -> Path | None:
    """Return the first file of this machine that ``data`` names, there or not."""
    names = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    name = next(filter(None, names), None)  # that of "file://" is empty, and would be the folder one is in
    return Path(name) if name else None


def image_in(data: QMimeData) -> QImage:
    """Return the image in ``data``: an empty one of a program that offers one and gives something else, or nothing."""
    held = data.imageData()
    if isinstance(held, QPixmap):
        return held.toImage()
    return QImage(held) if isinstance(held, QImage) else QImage()
