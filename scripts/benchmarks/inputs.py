"""What sections measure on and the project does not hold: MNIST, recorded pens, and other files of strokes."""

import os
from pathlib import Path

from digitpad.data import mnist
from digitpad.data.dataset import Digits
from digitpad.data.strokes import Strokes, read_strokes


class MissingError(Exception):
    """What a section needs and has not got; the text says what, and how to name it."""


def mnist_folder() -> Path:
    """Return the folder of MNIST's files. Raises MissingError when none is named."""
    folder = mnist.find_folder()
    if folder is None:
        raise MissingError("MNIST: name its folder with --data or DIGITPAD_MNIST")
    return folder


def mnist_digits() -> Digits:
    """Return MNIST. Raises MissingError when no folder of it is named, and DataError when it cannot be read."""
    return mnist.load(mnist_folder())


def seed() -> int:
    """Return the seed that --seed named, 0 without."""
    return int(os.environ.get("DIGITPAD_SEED", "0"))


def pens() -> list[Strokes]:
    """Return recorded digits. Raises MissingError when no file is named, and DataError when it cannot be read."""
    file = os.environ.get("DIGITPAD_PENS")
    if not file:
        raise MissingError("digits as strokes: name their file with --pens or DIGITPAD_PENS")
    return list(read_strokes(Path(file)))


def stroke_files() -> list[Path]:
    """Return the files of digits as strokes to count errors on, none where none is named."""
    return _files("DIGITPAD_STROKES")


def refused_files() -> list[Path]:
    """Return the files of strokes that are no digits, none where none is named."""
    return _files("DIGITPAD_REFUSE")


def _files(variable: str) -> list[Path]:
    return [Path(name) for name in os.environ.get(variable, "").split(os.pathsep) if name]
