"""Any set of digits, from the file or folder that a person names."""

import os
import re
from collections import defaultdict
from pathlib import Path

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats import npz, pickled
from digitpad.data.formats.unpacking import unpacked
from digitpad.errors import DataError
from digitpad.files import reading

# "train-images-idx3-ubyte.gz" of MNIST, "emnist-digits-test-labels-idx1-ubyte" of EMNIST.
_IDX_NAME = re.compile(r"(?P<prefix>.*?)(?P<part>train|t10k|test)-(images[-.]idx3|labels[-.]idx1)-ubyte(\.gz)?")
# Sets of digits among others in one folder, the best first; EMNIST's folder has sets of letters too.
_OF_DIGITS = ("", "digits", "emnist-digits", "mnist", "emnist-mnist")
_TEST_SHARE = 6  # one in so many digits is for the test, as in MNIST's 60,000 and 10,000
_ZIP, _PICKLE, _IDX = b"PK", b"\x80", b"\0\0"


def open_digits(path: Path) -> Digits:
    """Return the set of digits at ``path``, told by what is in it.

    That is a folder of IDX files named like MNIST's or EMNIST's, one of those files (which stands for the whole set),
    an npz file as Keras has it, or a pickle as the book has it. MNIST is known by its contents; any other set has
    its name there. Raises DataError for anything else; no file can make it run code or use memory without end.
    """
    if path == paths.DIGITS:
        digits = _from_folder(path)
        return Digits(Kind.BUILT_IN.value, digits.training, digits.test, Kind.BUILT_IN)
    if os.path.isdir(path):  # not Path.is_dir, which raises where one may not look; opening the file says so
        return _from_folder(path)
    with unpacked(path) as stream:
        head = stream.read(2)
    if head.startswith(_ZIP):
        return mnist.recognised(*npz.load(path), _stem(path))
    if head.startswith(_PICKLE):
        return mnist.recognised(*pickled.load(path), _stem(path))
    if not head.startswith(_IDX):
        raise DataError(f"{path}: not a set of digits (IDX files like MNIST's, an npz or a pickle).")
    name = _IDX_NAME.fullmatch(path.name)
    if not name:
        raise DataError(f"{path}: an IDX file is known by a name such as train-images-idx3-ubyte, which this has not.")
    return _from_idx(path.parent, name["prefix"], _sets(path.parent)[name["prefix"]])


def open_test(path: Path) -> Dataset:
    """Return the digits for a test in the set at ``path``; a folder need hold no others.

    Raises DataError for what is no set of digits.
    """
    if os.path.isdir(path) and _sets(path).get("") == {"t10k"}:
        return mnist.load_test(path)
    return open_digits(path).test


def _from_folder(folder: Path) -> Digits:
    sets = _sets(folder)
    if not sets:
        raise DataError(f"{folder}: holds no IDX files named like MNIST's, such as train-images-idx3-ubyte.gz.")
    by_name = {_plain(prefix): prefix for prefix in sets}
    known = [name for name in _OF_DIGITS if name in by_name]
    if not known and len(sets) > 1:
        raise DataError(
            f"{folder}: holds several sets ({', '.join(sorted(by_name))}), so open one of the files instead."
        )
    prefix = by_name[known[0]] if known else next(iter(sets))
    return _from_idx(folder, prefix, sets[prefix])


def _sets(folder: Path) -> dict[str, set[str]]:
    """Return the parts there are of each set in the folder, by what the names of its files begin with."""
    sets = defaultdict(set)
    with reading(folder, DataError):
        for file in folder.iterdir():
            if name := _IDX_NAME.fullmatch(file.name):
                sets[name["prefix"]].add(name["part"])
    return dict(sets)


def _from_idx(folder: Path, prefix: str, parts: set[str]) -> Digits:
    name = _plain(prefix) or folder.resolve().name
    first, *others = [part for part in ("train", "t10k", "test") if part in parts]
    training = mnist.load_part(folder, prefix + first)
    if first == "train" and others:
        return mnist.recognised(training, mnist.load_part(folder, prefix + others[0]), name)
    return mnist.recognised(*_divided(folder, training), name)


def _divided(folder: Path, digits: Dataset) -> tuple[Dataset, Dataset]:
    """Return all but the last sixth of the digits, and that sixth, for sets that come without a test part."""
    if len(digits) < 2:
        raise DataError(f"{folder}: a single digit is too little to learn from and to test.")
    begin = len(digits) - max(1, len(digits) // _TEST_SHARE)
    return digits[:begin], digits[begin:]


def _plain(prefix: str) -> str:
    return prefix.rstrip("-_. ")


def _stem(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).stem
