"""Any set of digits, from the file or folder that a person names."""

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.finding import found_at
from digitpad.data.formats.levels import stretched
from digitpad.data.formats.names import Part
from digitpad.data.formats.sets import Parts
from digitpad.data.formats.turning import TRANSPOSED, as_mnist
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError

_TEST_SHARE = 7  # one in so many digits is for the test, as of MNIST's 70,000, which many have in one file
_LYING = "emnist"  # was written column by column, as MATLAB keeps its arrays


def open_digits(path: str | os.PathLike[str]) -> Digits:
    """Return the set of digits at ``path``, told by what is in it.

    That is a file of one of the formats that are read, which stands for all of its set where others of it lie beside
    it; or a folder or a zip file that holds such files, if need be a few folders down. MNIST is known by its contents;
    any other set has its name there. Images in black on white, on their side or of few levels are made as MNIST's are,
    and the ``notes`` say so. Raises DataError for anything else; no file can make it run code or use memory without
    end.
    """
    path = Path(path)
    if path == paths.DIGITS:
        return replace(mnist.load(path), name=Kind.BUILT_IN.value, kind=Kind.BUILT_IN)
    name, parts, notes = _read(path)
    training, test = _training(parts), parts.get(Part.TEST)
    if training is None or test is None:
        training, test = _divided(path, training or test)
    digits = mnist.recognised(training, test, name)
    if digits.kind is Kind.MNIST:
        return digits
    training, said, turn = as_mnist(training, _known_turn(name))
    test, said_of_test, _ = as_mnist(test, _known_turn(name), turn)
    notes += _sentences(name, said, said_of_test)
    if said or said_of_test or name.startswith(_LYING):
        digits = mnist.recognised(training, test, name)
    return replace(digits, training=training, test=test, notes=tuple(notes))


def open_test(path: str | os.PathLike[str]) -> tuple[Dataset, tuple[str, ...]]:
    """Return the digits for a test in the set at ``path``, which need hold no others, and the notes on them.

    Raises DataError for what is no set of digits.
    """
    path = Path(path)
    if path != paths.DIGITS:
        name, parts, notes = _read(path)
        if set(parts) == {Part.TEST}:
            test, said, _ = as_mnist(parts[Part.TEST], _known_turn(name))
            return test, (*notes, *_sentences(name, said, said))
    digits = open_digits(path)
    return digits.test, digits.notes


def _read(path: Path) -> tuple[str, Parts, list[str]]:
    mnist.finish_saving(path if os.path.isdir(path) else path.parent)
    with ExitStack() as until:
        found = found_at(path, until)
        parts, notes = found.read()
    parts, brightest = stretched(parts)
    if brightest is not None:
        notes.append(
            f"{found.name}: the greys of its images went no further than {brightest}; they were stretched to 255."
        )
    return found.name, parts, notes


def _training(parts: Parts) -> Dataset | None:
    """Return what is to learn from: with the validation part, as the book's training set is a part of MNIST's."""
    training, validation = parts.get(Part.TRAINING) or parts.get(None), parts.get(Part.VALIDATION)
    return training + validation if training and validation else training or validation


def _divided(path: Path, digits: Dataset | None) -> tuple[Dataset, Dataset]:
    """Return all but a seventh of the digits, and that seventh, for sets that come without a test part.

    It is the last one, or of a set that has each label in one place every seventh digit: there the last ones are nines.
    """
    if digits is None:
        raise DataError(f"{path}: holds no list of {SIDE} x {SIDE} images.")
    if len(digits) < 2:
        raise DataError(f"{path}: a single digit is too little to learn from and to test.")
    sorted_by_label = np.count_nonzero(np.diff(digits.labels)) < len(np.unique(digits.labels))
    if sorted_by_label and len(digits) >= _TEST_SHARE:
        numbers = np.arange(len(digits))
        is_test = numbers % _TEST_SHARE == _TEST_SHARE - 1
        return digits[numbers[~is_test]], digits[numbers[is_test]]
    begin = len(digits) - max(1, len(digits) // _TEST_SHARE)
    return digits[:begin], digits[begin:]


def _known_turn(name: str) -> int:
    return TRANSPOSED if name.startswith(_LYING) else 0


def _sentences(name: str, said: list[str], said_of_test: list[str]) -> list[str]:
    alike = said == said_of_test
    parts = {"images": said} if alike else {"images to learn from": said, "test images": said_of_test}
    return [
        f"{name}: the {images} {' and '.join(words)}; they were turned to be as MNIST's are."
        for images, words in parts.items()
        if words
    ]
