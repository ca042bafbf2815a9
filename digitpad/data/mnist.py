"""MNIST, and sets like it, from a folder of their IDX files."""

import contextlib
import gzip
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import MNIST, Dataset, Digits
from digitpad.data.formats import idx
from digitpad.data.formats.arrays import SIDE as SIDE
from digitpad.data.formats.arrays import dataset_of
from digitpad.data.formats.unpacking import looking_into
from digitpad.errors import DataError
from digitpad.paths import idx_file

# SHA-256 of MNIST's files, unpacked: by these it is known, whatever file it comes from.
PAYLOADS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
_PACKING = 6  # gzip's level


def load(folder: Path) -> Digits:
    """Return both sets. Raises DataError for a missing or damaged file."""
    return named(load_training(folder), load_test(folder), folder.resolve().name)


def load_training(folder: Path) -> Dataset:
    """Return the training set, 60,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return load_part(folder, "train")


def load_test(folder: Path) -> Dataset:
    """Return the test set, 10,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return load_part(folder, "t10k")


def load_part(folder: Path, part: str) -> Dataset:
    """Return the digits whose files' names begin with ``part``, say "train" or "emnist-digits-test".

    Raises DataError for a missing or damaged file.
    """
    with looking_into(folder):
        if not folder.is_dir():
            raise DataError(f"{folder}: there is no such folder.")
        images_path = _find(folder, f"{part}-images", "idx3-ubyte")
        labels_path = _find(folder, f"{part}-labels", "idx1-ubyte")
    images, labels = idx.read_idx(images_path, dimensions=3), idx.read_idx(labels_path, dimensions=1)
    if part.startswith("emnist"):
        # EMNIST was written column by column, as MATLAB keeps its arrays: read as MNIST is, its digits lie on their
        # sides and are mirrored.
        images = images.transpose(0, 2, 1)
    return dataset_of(images, labels, images_path, labels_path)


def named(training: Dataset, test: Dataset, otherwise: str) -> Digits:
    """Return both sets under the name "MNIST" if their images are MNIST's to the byte, or else ``otherwise``.

    The folder at the root of a disk has no name to offer; then it is "digits".
    """
    # The test images come first: they are fewer, and mostly enough to tell.
    parts = (("t10k-images-idx3-ubyte", test), ("train-images-idx3-ubyte", training))
    is_mnist = all(_fingerprint(part.images) == PAYLOADS[name] for name, part in parts)
    return Digits(MNIST if is_mnist else otherwise or "digits", training, test)


def save(folder: Path, digits: Digits) -> None:
    """Write the four gzipped files as MNIST's are named, the same bytes for the same digits; make the folder if needed.

    All are written before the first takes its place, so that a full disk leaves what was there before. Raises
    DataError when they cannot be written.
    """
    files: dict[str, NDArray[np.uint8]] = {}
    for part, digits_of_part in (("train", digits.training), ("t10k", digits.test)):
        files[f"{part}-images-idx3-ubyte.gz"] = digits_of_part.images.reshape(-1, SIDE, SIDE)
        files[f"{part}-labels-idx1-ubyte.gz"] = digits_of_part.labels
    written: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in files.items():
            descriptor, written[name] = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
            with open(descriptor, "wb") as file:
                with gzip.GzipFile("", "wb", _PACKING, fileobj=file, mtime=0) as packed:
                    packed.write(idx.header(array.shape))
                    packed.write(np.ascontiguousarray(array).data)
                file.flush()
                os.fsync(file.fileno())
        for name, temporary in written.items():
            os.replace(temporary, folder / name)
    except OSError as error:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise DataError(f"{folder}: the digits cannot be written there ({error.strerror or error}).") from error


def _fingerprint(images: NDArray[np.uint8]) -> str:
    digest = hashlib.sha256(idx.header((len(images), SIDE, SIDE)))
    digest.update(np.ascontiguousarray(images).data)
    return digest.hexdigest()


def _find(folder: Path, stem: str, kind: str) -> Path:
    if found := idx_file(folder, stem, kind):
        return found
    raise DataError(f"{folder}: {stem}-{kind} is missing, gzipped or not.")
