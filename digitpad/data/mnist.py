"""MNIST from a folder of its four IDX files."""

from pathlib import Path

from digitpad.data.dataset import Dataset, Digits
from digitpad.data.idx import read_idx
from digitpad.errors import DataError

SIDE = 28  # pixels


def load(folder: Path) -> Digits:
    """Return both sets. Raises DataError for a missing or damaged file."""
    return Digits("MNIST", load_training(folder), load_test(folder))


def load_training(folder: Path) -> Dataset:
    """Return the training set, 60,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return _load(folder, "train")


def load_test(folder: Path) -> Dataset:
    """Return the test set, 10,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return _load(folder, "t10k")


def _load(folder: Path, part: str) -> Dataset:
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder.")
    images_path = _find(folder, f"{part}-images", "idx3-ubyte")
    labels_path = _find(folder, f"{part}-labels", "idx1-ubyte")
    images, labels = read_idx(images_path, dimensions=3), read_idx(labels_path, dimensions=1)
    if images.shape[1:] != (SIDE, SIDE):
        height, width = images.shape[1:]
        raise DataError(f"{images_path}: the images are {width} x {height} pixels, not {SIDE} x {SIDE}.")
    if len(images) != len(labels):
        raise DataError(f"{labels_path}: {len(labels)} labels for the {len(images)} images of {images_path.name}.")
    if len(labels) == 0:
        raise DataError(f"{labels_path}: holds no digits.")
    if labels.max() > 9:
        raise DataError(f"{labels_path}: holds the label {labels.max()}; digits have labels 0 to 9.")
    return Dataset(images.reshape(len(images), SIDE * SIDE), labels)


def _find(folder: Path, stem: str, kind: str) -> Path:
    # Some copies of MNIST were unpacked with a dot where the original name has a dash.
    names = [f"{stem}{dash}{kind}{end}" for dash in "-." for end in ("", ".gz")]
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"{folder}: {stem}-{kind} is missing, gzipped or not.")
