"""MNIST, and sets like it, in a folder of their IDX files: found, loaded, recognised and saved."""

import contextlib
import gzip
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad import paths
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats import idx
from digitpad.data.formats.arrays import dataset_of
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError
from digitpad.files.reading import reading
from digitpad.files.writing import replace, write_atomically, write_new_folder, writing

# SHA-256 of MNIST's files, unpacked: by these it is known, whatever file it comes from.
PAYLOADS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
_PACKING = 6  # gzip's level
_TOKEN_BYTES = 16  # more than anybody can guess
_NEW = ".digitpad-new"  # a folder in that of the set, of files that are to take the place of its own


def find_folder() -> Path | None:
    """Return the folder that DIGITPAD_MNIST names, or else the program's own if it holds all four of MNIST's files.

    A download that did not come to its end leaves fewer: that is no MNIST yet, and can be gone on with.
    """
    own = paths.own_mnist_folder()
    try:
        finish_saving(own)
        whole = all(_file(own, name) for name in PAYLOADS)
    except (OSError, DataError):  # it may not be looked into
        whole = False
    return paths.named_mnist_folder() or (own if whole else None)


def load(folder: Path) -> Digits:
    """Return both sets. Raises DataError for a missing or damaged file."""
    return recognised(load_training(folder), load_test(folder), folder.resolve().name)


def load_training(folder: Path) -> Dataset:
    """Return the training set, 60,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return load_part(folder, "train")


def load_test(folder: Path) -> Dataset:
    """Return the test set, 10,000 digits in MNIST itself. Raises DataError for a missing or damaged file."""
    return load_part(folder, "t10k")


def load_part(folder: Path, part: str) -> Dataset:
    """Return the digits whose files' names begin with ``part``, "train" or "t10k".

    Raises DataError for a missing or damaged file.
    """
    with reading(folder, DataError):
        if not folder.is_dir():
            raise DataError(f"{folder}: there is no such folder.")
        finish_saving(folder)
        images_path = _find(folder, f"{part}-images-idx3-ubyte")
        labels_path = _find(folder, f"{part}-labels-idx1-ubyte")
    images, labels = idx.read_idx(images_path, dimensions=3), idx.read_idx(labels_path, dimensions=1)
    return dataset_of(images, labels, images_path, labels_path)


def recognised(training: Dataset, test: Dataset, otherwise: str) -> Digits:
    """Return both sets as MNIST if they are MNIST to the byte, or else as another set of the name ``otherwise``.

    The folder at the root of a disk has no name to offer; then it is "digits".
    """
    # The test images come first: they are fewer, and mostly enough to tell.
    parts = (("t10k", test), ("train", training))
    if all(_fingerprint(array) == PAYLOADS[name] for part, digits in parts for name, array in _arrays(part, digits)):
        return Digits(Kind.MNIST.value, training, test, Kind.MNIST)
    return Digits(otherwise or "digits", training, test)


def save(folder: Path, digits: Digits) -> None:
    """Write the four gzipped files as MNIST's are named, the same bytes for the same digits; make the folder if needed.

    Whatever happens, the folder has the set that was there before or this one, never some files of each: the new ones
    wait in a folder inside it, which is there with all of them or not at all, and then move to their places one by one;
    where that is cut short, whoever reads the set next goes on with it. So that nothing a stranger left there is taken
    for such a folder, it holds a name that nobody can guess, and the person's own folder keeps that name until all is
    done. Raises DataError when they cannot be written.
    """
    files = {
        f"{name}.gz": _packed(array)
        for part, digits_of_part in (("train", digits.training), ("t10k", digits.test))
        for name, array in _arrays(part, digits_of_part)
    }
    finish_saving(folder)
    if os.path.lexists(folder / _NEW):
        raise DataError(f"{folder}: it has a {_NEW} that is no unfinished saving of yours; move that away first.")
    token = secrets.token_hex(_TOKEN_BYTES)
    kept = paths.savings_folder() / token
    with contextlib.suppress(OSError):  # a person's folder that is read-only keeps nobody from saving elsewhere
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(kept, b"")
    with writing(folder, DataError):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_new_folder(folder / _NEW, {token: b"", **files})
        except OSError:
            with contextlib.suppress(OSError):
                kept.unlink()
            raise
    _move_new(folder, token)


def finish_saving(folder: Path) -> None:
    """Bring to its end what a killed ``save`` of this person's began in ``folder``; others may do so at the same time.

    What anybody else left there is not touched. Raises DataError where the files of the set may be of two: a saving
    cannot be ended, or one that is not this person's was cut short in the middle.
    """
    new = folder / _NEW
    if not os.path.isdir(new) or os.path.islink(new):
        return
    if token := _token(new):
        _move_new(folder, token)
        return
    with contextlib.suppress(OSError):  # an empty one
        new.rmdir()
    waiting = [name for name in PAYLOADS if os.path.lexists(new / f"{name}.gz")]
    if 0 < len(waiting) < len(PAYLOADS):
        raise DataError(f"{folder}: its files may be of two sets, as {_NEW} in it has some of a saving cut short.")


def _token(new: Path) -> str | None:
    """Return by what name in the folder ``new`` this person's own saving is known, if it is one."""
    try:
        kept = os.listdir(paths.savings_folder())
    except OSError:  # nothing was ever saved
        return None
    # Systems put files of names that anybody knows into folders that are looked at.
    return next((name for name in kept if len(name) == 2 * _TOKEN_BYTES and os.path.isfile(new / name)), None)


def _move_new(folder: Path, token: str) -> None:
    """Let the files that wait in ``folder`` take their places, and forget the ``token`` of that saving."""
    new = folder / _NEW
    with writing(folder, DataError):
        for name in PAYLOADS:
            file = f"{name}.gz"
            with contextlib.suppress(FileNotFoundError):  # it was moved before the kill, or somebody else was quicker
                replace(new / file, folder / file)
            for old in _candidates(folder, name):
                if old.name != file:  # of another spelling, which would hide the new one
                    old.unlink(missing_ok=True)
    for forget in ((new / token).unlink, new.rmdir, (paths.savings_folder() / token).unlink):
        with contextlib.suppress(OSError):
            forget()


def _arrays(part: str, digits: Dataset) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Yield the arrays that the files of ``part`` hold, each with its file's name."""
    yield f"{part}-images-idx3-ubyte", digits.images.reshape(-1, SIDE, SIDE)
    yield f"{part}-labels-idx1-ubyte", digits.labels


def _packed(array: NDArray[np.uint8]) -> Iterator[bytes]:
    """Yield the IDX file of ``array``, gzipped; made when it is asked for, so that one is in memory at a time."""
    file = io.BytesIO()
    with gzip.GzipFile("", "wb", _PACKING, fileobj=file, mtime=0) as packed:
        packed.write(idx.header(array.shape))
        packed.write(np.ascontiguousarray(array).data)
    yield file.getvalue()


def _fingerprint(array: NDArray[np.uint8]) -> str:
    digest = hashlib.sha256(idx.header(array.shape))
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _find(folder: Path, name: str) -> Path:
    if found := _file(folder, name):
        return found
    raise DataError(f"{folder}: {name} is missing, gzipped or not.")


def _file(folder: Path, name: str) -> Path | None:
    """Return where ``folder`` has the file of a name such as "train-images-idx3-ubyte", gzipped or not."""
    return next((file for file in _candidates(folder, name) if file.is_file()), None)


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    # Some copies of MNIST were unpacked with a dot where the original name has a dash.
    names = (name, name.replace("-idx", ".idx"))
    return (folder / f"{name}{end}" for name in names for end in ("", ".gz"))
