"""Any set of digits, from the file or folder that a person names."""

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.finding import found_at
from digitpad.data.formats.names import Part
from digitpad.data.formats.sets import Parts
from digitpad.data.formats.turning import TRANSPOSED, as_mnist
from digitpad.errors import DataError

_TEST_SHARE = 6  # one in so many digits is for the test, as in MNIST's 60,000 and 10,000
_LYING = "emnist"  # was written column by column, as MATLAB keeps its arrays


def open_digits(path: Path) -> Digits:
    """Return the set of digits at ``path``, told by what is in it.

    That is a file of one of the formats that are read, which stands for all of its set where others of it lie beside
    it; or a folder or a zip file that holds such files, if need be a few folders down. MNIST is known by its contents;
    any other set has its name there. Images in black on white or on their side are turned, and the ``notes`` say so.
    Raises DataError for anything else; no file can make it run code or use memory without end.
    """
    if path == paths.DIGITS:
        return replace(mnist.load(path), name=Kind.BUILT_IN.value, kind=Kind.BUILT_IN)
    name, parts, notes = _read(path)
    training, test = _training(parts), parts.get(Part.TEST)
    if training is None or test is None:
        training, test = _divided(path, training or test)
    digits = mnist.recognised(training, test, name)
    if digits.kind is Kind.MNIST:
        return digits
    (training, said), (test, said_of_test) = (_turned(part, name) for part in (training, test))
    notes += _sentences(name, said, said_of_test)
    if said or said_of_test or name.startswith(_LYING):
        digits = mnist.recognised(training, test, name)
    return replace(digits, training=training, test=test, notes=tuple(notes))


def open_test(path: Path) -> tuple[Dataset, tuple[str, ...]]:
    """Return the digits for a test in the set at ``path``, which need hold no others, and the notes on them.

    Raises DataError for what is no set of digits.
    """
    if path != paths.DIGITS:
        name, parts, notes = _read(path)
        if set(parts) == {Part.TEST}:
            test, said = _turned(parts[Part.TEST], name)
            return test, (*notes, *_sentences(name, said, said))
    digits = open_digits(path)
    return digits.test, digits.notes


def _read(path: Path) -> tuple[str, Parts, list[str]]:
    mnist.finish_saving(path if os.path.isdir(path) else path.parent)
    with ExitStack() as until:
        found = found_at(path, until)
        return found.name, *found.read()


def _training(parts: Parts) -> Dataset | None:
    """Return what is to learn from: with the validation part, as the book's training set is a part of MNIST's."""
    training, validation = parts.get(Part.TRAINING) or parts.get(None), parts.get(Part.VALIDATION)
    return training + validation if training and validation else training or validation


def _divided(path: Path, digits: Dataset | None) -> tuple[Dataset, Dataset]:
    """Return all but the last sixth of the digits, and that sixth, for sets that come without a test part."""
    if digits is None or len(digits) < 2:
        raise DataError(f"{path}: a single digit is too little to learn from and to test.")
    begin = len(digits) - max(1, len(digits) // _TEST_SHARE)
    return digits[:begin], digits[begin:]


def _turned(digits: Dataset, name: str) -> tuple[Dataset, list[str]]:
    return as_mnist(digits, TRANSPOSED if name.startswith(_LYING) else 0)


def _sentences(name: str, said: list[str], said_of_test: list[str]) -> list[str]:
    alike = said == said_of_test
    parts = {"images": said} if alike else {"images to learn from": said, "test images": said_of_test}
    return [
        f"{name}: the {images} {' and '.join(words)}; they were turned to be as MNIST's are."
        for images, words in parts.items()
        if words
    ]
