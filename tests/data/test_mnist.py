"""Folders of IDX files, made by the test or MNIST's own."""

import errno
import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DataError
from tests.data.formats.test_idx import idx_bytes

IMAGES = np.random.default_rng(0).integers(0, 256, size=(5, 28, 28), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 5], dtype=np.uint8)


def write_set(folder: Path, images: np.ndarray = IMAGES, labels: np.ndarray = LABELS, part: str = "t10k") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{part}-images-idx3-ubyte").write_bytes(idx_bytes(images))
    (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx_bytes(labels)))
    return folder


@pytest.mark.parametrize("part", ["train", "t10k"])
def test_images_labels_and_targets(tmp_path: Path, part: str) -> None:
    write_set(tmp_path, part=part)
    digits = (mnist.load_training if part == "train" else mnist.load_test)(tmp_path)
    assert len(digits) == 5
    assert digits.images.dtype == np.uint8
    np.testing.assert_array_equal(digits.images, IMAGES.reshape(5, 784))
    np.testing.assert_array_equal(digits.labels, LABELS)
    assert digits.targets.shape == (5, 10)
    np.testing.assert_array_equal(digits.targets.argmax(axis=1), LABELS)
    np.testing.assert_array_equal(digits.targets.sum(axis=1), 1)
    np.testing.assert_array_equal(digits[1:3].labels, [1, 4])


def test_names_with_a_dot_are_found_too(tmp_path: Path) -> None:
    write_set(tmp_path)
    (tmp_path / "t10k-images-idx3-ubyte").rename(tmp_path / "t10k-images.idx3-ubyte")
    assert len(mnist.load_test(tmp_path)) == 5


@pytest.mark.parametrize(
    ("images", "labels", "complaint"),
    [
        (IMAGES, LABELS[:4], "4 labels for the 5 images"),
        (IMAGES[:, :20], LABELS, "28 x 20 pixels, not 28 x 28"),
        (IMAGES, LABELS + 5, "holds the label 10"),
        (IMAGES[:0], LABELS[:0], "holds no digits"),
    ],
)
def test_sets_that_do_not_fit_are_refused(
    tmp_path: Path, images: np.ndarray, labels: np.ndarray, complaint: str
) -> None:
    write_set(tmp_path, images, labels)
    with pytest.raises(DataError, match=complaint):
        mnist.load_test(tmp_path)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        mnist.load_test(tmp_path / "nowhere")
    write_set(tmp_path)
    with pytest.raises(DataError, match="train-images-idx3-ubyte is missing"):
        mnist.load_training(tmp_path)


def forbid(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let nobody look into the folder, not even root."""

    def refusing(call: Callable[..., object], itself: bool) -> Callable[..., object]:
        def refuse(path: Any, *arguments: Any, **options: Any) -> object:
            if isinstance(path, str | Path) and (folder in Path(path).parents or (itself and Path(path) == folder)):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return call(path, *arguments, **options)

        return refuse

    for module, name in ((os, "stat"), (os, "listdir"), (os, "scandir"), (io, "open")):
        monkeypatch.setattr(module, name, refusing(getattr(module, name), itself=name.endswith("dir")))
    return folder


def test_a_folder_that_may_not_be_looked_into_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_set(tmp_path / "closed")
    forbid(folder, monkeypatch)
    for inside in (folder, folder / "further"):
        with pytest.raises(DataError, match=rf"{inside.name}: cannot be read \(Permission denied\)\.$"):
            mnist.load_test(inside)


def two_sets(folder: Path) -> Path:
    """All four files."""
    write_set(folder)
    return write_set(folder, part="train")


def two_parts() -> Digits:
    return Digits("", Dataset(IMAGES.reshape(5, 784), LABELS), Dataset(IMAGES[:3].reshape(3, 784), LABELS[:3]))


def same(one: Digits, other: Digits) -> bool:
    pairs = ((one.training, other.training), (one.test, other.test))
    return all(np.array_equal(a.images, b.images) and np.array_equal(a.labels, b.labels) for a, b in pairs)


def test_only_mnist_is_mnist_whatever_its_folder_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_set(tmp_path / "MNIST", part="train")
    write_set(folder, IMAGES[:3], LABELS[:3])
    digits = mnist.load(folder)
    assert (digits.name, digits.kind) == ("MNIST", Kind.OTHER)
    assert mnist.recognised(digits.training, digits.test, "").name == "digits"
    hashes = {
        "train-images-idx3-ubyte": hashlib.sha256(idx_bytes(IMAGES)).hexdigest(),
        "train-labels-idx1-ubyte": hashlib.sha256(idx_bytes(LABELS)).hexdigest(),
        "t10k-images-idx3-ubyte": hashlib.sha256(idx_bytes(IMAGES[:3])).hexdigest(),
        "t10k-labels-idx1-ubyte": hashlib.sha256(idx_bytes(LABELS[:3])).hexdigest(),
    }
    assert set(hashes) == set(mnist.PAYLOADS)
    monkeypatch.setattr(mnist, "PAYLOADS", hashes)
    assert mnist.load(folder).kind is Kind.MNIST
    folder = folder.rename(tmp_path / "mine")
    assert (mnist.load(folder).name, mnist.load(folder).kind) == ("MNIST", Kind.MNIST)
    for images, labels in ((IMAGES[::-1], LABELS), (IMAGES, LABELS[::-1])):
        write_set(folder, images, labels, part="train")
        assert (mnist.load(folder).name, mnist.load(folder).kind) == ("mine", Kind.OTHER)


def test_what_was_saved_is_loaded_and_the_bytes_are_always_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "made" / "one", tmp_path / "two"
    for folder in (first, second, second):
        mnist.save(folder, two_parts())
        assert same(mnist.load(folder), two_parts())
    names = [f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]
    assert sorted(file.name for file in first.iterdir()) == sorted(names)
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
    assert gzip.decompress((first / names[0]).read_bytes()) == idx_bytes(IMAGES)


def test_what_cannot_be_saved_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mnist.save(tmp_path, two_parts())
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    shorter = Digits("", two_parts().test, two_parts().test)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match=r"cannot be written \(No space left on device\)"):
        mnist.save(tmp_path, shorter)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="cannot be written"):
        mnist.save(tmp_path / "file", shorter)


# Ends the saving before each of its steps, and does nothing of it afterwards, as a process that was killed.
KILLED = """
    import os, sys
    from itertools import count
    from pathlib import Path

    from digitpad.data import mnist
    from digitpad.data.formats.opening import open_digits
    from tests.data.test_mnist import same, two_parts, two_sets
    from digitpad.data.dataset import Digits
    from digitpad.errors import DataError

    class Killed(BaseException):
        pass

    STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.scandir", "os.listdir")
    left, refused = None, 0

    def watch(event, arguments):
        global left
        if left is not None and event in STEPS and str(folder.name) in str(arguments):
            left -= 1
            if left < 0:
                raise Killed

    sys.addaudithook(watch)
    new = Digits("", two_parts().test, two_parts().training)
    read = {"load": mnist.load, "open_digits": open_digits}[sys.argv[2]]
    seen = [], []
    for steps in count():
        folder = Path(sys.argv[1]) / f"after {steps}"
        old = Digits("", two_parts().training, two_parts().training)
        if sys.argv[3]:
            home = Path(f"{folder} {sys.argv[3]}")
            (home / "savings").mkdir(parents=True)
            os.environ["DIGITPAD_HOME"] = str(home)
        two_sets(folder) if steps % 2 else mnist.save(folder, old)
        left = steps
        try:
            mnist.save(folder, new)
            break
        except Killed:
            pass
        finally:
            left = None
        try:
            for _ in range(2):
                found = read(folder)
                assert same(found, old) or same(found, new), f"a mix after {steps} steps"
        except DataError as error:
            assert not sys.argv[3] and "may be of two sets" in str(error), error
            refused += 1
            continue
        seen[steps % 2].append(same(found, new))
        if sys.argv[3]:
            assert not list(folder.glob(".digitpad-new"))
            mnist.save(folder, new)
            assert same(read(folder), new)
    for some in seen:
        assert some == sorted(some) and set(some) == {False, True}, seen
    assert bool(refused) is not bool(sys.argv[3])
    print(steps)
"""


@pytest.mark.parametrize(  # where nothing can be remembered, a mix is told
    ("reader", "home"), [("load", "home"), ("open_digits", "home"), ("load", "")]
)
def test_a_killed_saving_leaves_one_whole_set_whenever_it_was_killed(tmp_path: Path, reader: str, home: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), reader, home]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 10


def unfinished(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin to save ``two_parts`` in ``folder``, and have none of the files moved to its place."""
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system")

        patch.setattr(mnist, "replace", refuse)
        with pytest.raises(DataError, match="Read-only"):
            mnist.save(folder, two_parts())
    return folder


def test_a_saving_that_cannot_be_ended_is_said(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = unfinished(two_sets(tmp_path / "set"), monkeypatch)
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system")

        patch.setattr(Path, "replace", refuse)
        for read in (mnist.load, open_digits):
            with pytest.raises(DataError, match=r"set: cannot be written \(Read-only file system\)"):
                read(folder)
    assert same(mnist.load(folder), two_parts())


@pytest.mark.parametrize("read", [mnist.load, open_digits])
def test_what_a_stranger_left_takes_no_place(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], Digits]
) -> None:
    """Not with names that are known, nor with those of a saving of before that is done."""
    folder = two_sets(tmp_path / "set")
    foreign = unfinished(tmp_path / "other", monkeypatch) / ".digitpad-new"
    shutil.copytree(foreign, folder / ".digitpad-new")
    assert same(mnist.load(tmp_path / "other"), two_parts())  # that saving is done
    savings = tmp_path / "home" / "savings"
    assert list(savings.iterdir()) == []
    for place in (savings, folder / ".digitpad-new"):
        (place / ".DS_Store").touch()
    before = contents(folder)
    assert same(read(folder), mnist.load(two_sets(tmp_path / "same")))
    assert contents(folder) == before
    with pytest.raises(DataError, match=r"set: it has a \.digitpad-new that is no unfinished saving of yours"):
        mnist.save(folder, two_parts())
    next((folder / ".digitpad-new").glob("train-*")).unlink()
    before = contents(folder)
    with pytest.raises(DataError, match="its files may be of two sets"):
        read(folder)
    assert contents(folder) == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_link_of_a_stranger_s_brings_no_file_from_elsewhere(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":  # where making a link needs a right of its own
        return
    folder, elsewhere = two_sets(tmp_path / "set"), unfinished(tmp_path / "mine", monkeypatch) / ".digitpad-new"
    before = contents(elsewhere)
    (folder / ".digitpad-new").symlink_to(elsewhere)
    mnist.load(folder)
    assert contents(elsewhere) == before


def test_what_was_saved_hides_behind_no_file_of_before(tmp_path: Path) -> None:
    two_sets(tmp_path)
    (tmp_path / "t10k-images-idx3-ubyte").rename(tmp_path / "t10k-images.idx3-ubyte")
    mnist.save(tmp_path, two_parts())
    assert same(mnist.load(tmp_path), two_parts())
    assert len(list(tmp_path.iterdir())) == 4


# Where MNIST is looked for

FILES = [f"{part}-{kind}-ubyte" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder of MNIST's files, not made yet."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return tmp_path / "home" / "mnist"


@pytest.mark.parametrize("lacking", FILES)
@pytest.mark.parametrize("end", ["", ".gz"])
def test_the_program_s_own_folder_is_mnist_once_all_four_files_are_there(own: Path, lacking: str, end: str) -> None:
    assert mnist.find_folder() is None
    own.mkdir(parents=True)
    for name in FILES:
        if name != lacking:
            (own / f"{name}{end}").touch()
    (own / f".{lacking}.0123").touch()  # half of it
    assert mnist.find_folder() is None
    (own / lacking.replace("-idx", ".idx")).touch()
    assert mnist.find_folder() == own


def test_a_folder_that_was_named_comes_first_whatever_it_lacks(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.parent.mkdir()
    two_sets(own)
    (tmp_path / "named").mkdir()
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "named"))
    assert mnist.find_folder() == tmp_path / "named"
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "nowhere"))
    assert mnist.find_folder() == own


def test_what_may_not_be_looked_into_is_not_there_unless_it_was_named(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.parent.mkdir()
    forbid(two_sets(own).parent, monkeypatch)
    assert mnist.find_folder() is None
    monkeypatch.setenv("DIGITPAD_MNIST", str(own))
    assert mnist.find_folder() == own


# MNIST itself


@pytest.mark.mnist
def test_mnist_itself(mnist_folder: Path) -> None:
    training, test = mnist.load_training(mnist_folder), mnist.load_test(mnist_folder)
    assert mnist.recognised(training, test, "other").kind is Kind.MNIST
    assert (len(training), len(test)) == (60000, 10000)
    for digits in (training, test):
        assert digits.images.shape == (len(digits), 784)
        assert (digits.images.min(), digits.images.max()) == (0, 255)
        assert set(digits.labels) == set(range(10))
    assert test.images.mean() / 255 == pytest.approx(0.1325, abs=1e-4)
    assert list(test.labels[:5]) == [7, 2, 1, 0, 4]
