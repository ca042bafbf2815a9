"""Every way in which a set of digits may lie on the disk, and what is none."""

import gzip
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.opening import open_digits, open_test
from digitpad.errors import DataError
from tests.data.formats.test_npy import archive
from tests.data.formats.test_pickled import BOOK, WANTED, python2
from tests.data.test_mnist import IMAGES, LABELS, forbid, same, two_parts, write_set


def write_both(folder: Path, prefix: str = "", test: str = "t10k") -> Path:
    write_set(folder, part=f"{prefix}train")
    return write_set(folder, IMAGES[:3], LABELS[:3], f"{prefix}{test}")


@pytest.mark.parametrize("test", ["t10k", "test"])
def test_a_folder_of_mnists_files(tmp_path: Path, test: str) -> None:
    digits = open_digits(write_both(tmp_path / "mine", test=test))
    assert digits.name == "mine"
    assert same(digits, two_parts())


def test_the_folder_one_is_in_has_a_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_both(tmp_path / "mine"))
    assert open_digits(Path()).name == open_digits(Path("train-images-idx3-ubyte")).name == "mine"


@pytest.mark.parametrize("name", ["train-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz"])
def test_a_file_of_a_set_opens_the_set(tmp_path: Path, name: str) -> None:
    write_both(tmp_path / "mine")
    write_both(tmp_path / "mine", "other-")
    assert same(open_digits(tmp_path / "mine" / name), two_parts())
    digits = open_digits(tmp_path / "mine" / f"other-{name}")
    assert digits.name == "other"
    assert same(digits, two_parts())


def test_emnists_images_are_turned_upright(tmp_path: Path) -> None:
    digits = open_digits(write_both(tmp_path, "emnist-digits-", "test"))
    assert digits.name == "emnist-digits"
    upright = IMAGES.transpose(0, 2, 1).reshape(5, 784)
    assert same(digits, Digits("", Dataset(upright, LABELS), Dataset(upright[:3], LABELS[:3])))


@pytest.mark.parametrize(
    ("prefixes", "chosen"),
    [
        (["", "emnist-digits-", "emnist-letters-"], "here"),
        (["emnist-balanced-", "emnist-digits-", "emnist-letters-", "emnist-mnist-"], "emnist-digits"),
        (["emnist-balanced-", "emnist-mnist-", "emnist-letters-"], "emnist-mnist"),
        (["mnist-", "fashion-mnist-"], "mnist"),
        (["my_own_"], "my_own"),
    ],
)
def test_of_several_sets_that_of_digits_is_taken(tmp_path: Path, prefixes: list[str], chosen: str) -> None:
    for prefix in prefixes:
        write_both(tmp_path / "here", prefix, "test")
    assert open_digits(tmp_path / "here").name == chosen


def test_of_several_sets_one_must_be_clear(tmp_path: Path) -> None:
    for prefix in ("one-", "two-"):
        write_both(tmp_path, prefix)
    with pytest.raises(DataError, match=r"holds several sets \(one, two\), so open one of the files instead"):
        open_digits(tmp_path)
    assert open_digits(tmp_path / "one-t10k-images-idx3-ubyte").name == "one"


@pytest.mark.parametrize("most", [7, 15, 16, 100, 127])
def test_greys_of_few_levels_are_stretched_by_the_brightest_of_the_set(tmp_path: Path, most: int) -> None:
    images = np.zeros((4, 784), dtype=np.uint8)
    images[:, 300:340] = most // 2
    images[:3, 310:330] = most
    np.savez(tmp_path / "dim.npz", x_train=images, y_train=LABELS[:4], x_test=images[3:], y_test=LABELS[:1])
    digits = open_digits(tmp_path / "dim.npz")
    assert set(np.unique(digits.training.images)) == {0, int(most // 2 * 255 / most + 0.5), 255}
    np.testing.assert_array_equal(digits.test.images[0], digits.training.images[3])  # there is no ``most`` among these
    assert digits.notes == (f"dim: the greys of its images went no further than {most}; they were stretched to 255.",)
    test, notes = open_test(tmp_path / "dim.npz")
    assert (test.images.max(), notes) == (int(most // 2 * 255 / most + 0.5), digits.notes)


def test_dim_paper_is_white(tmp_path: Path) -> None:
    images = np.full((4, 784), 15, dtype=np.uint8)
    images[:, 300:340] = 0
    np.savez(tmp_path / "dim.npz", images, LABELS[:4])
    digits = open_digits(tmp_path / "dim.npz")
    assert (digits.training.images[0, [0, 300]] == (0, 255)).all()
    assert len(digits.notes) == 2


@pytest.mark.parametrize("most", [0, 128, 200])
def test_other_greys_stay_as_they_are(tmp_path: Path, most: int) -> None:
    images = np.zeros((4, 784), dtype=np.uint8)
    images[:, 300:340] = most
    np.savez(tmp_path / "it.npz", images, LABELS[:4])
    digits = open_digits(tmp_path / "it.npz")
    np.testing.assert_array_equal((digits.training + digits.test).images, images)
    assert digits.notes == ()


def test_letters_are_no_digits(tmp_path: Path) -> None:
    write_set(tmp_path, labels=LABELS + 20, part="emnist-letters-train")
    with pytest.raises(DataError, match=r"emnist-letters-train-labels-idx1-ubyte.gz: holds the label 25"):
        open_digits(tmp_path)


@pytest.mark.parametrize("part", ["train", "t10k", "test"])
def test_a_part_by_itself_is_divided(tmp_path: Path, part: str) -> None:
    images, labels = np.concatenate([IMAGES] * 3), np.concatenate([LABELS] * 3)
    digits = open_digits(write_set(tmp_path, images, labels, part))
    assert (len(digits.training), len(digits.test)) == (13, 2)
    np.testing.assert_array_equal((digits.training + digits.test).images, images.reshape(15, 784))
    write_set(tmp_path, images[:2], labels[:2], part)
    digits = open_digits(tmp_path)
    assert (len(digits.training), len(digits.test)) == (1, 1)
    write_set(tmp_path, images[:1], labels[:1], part)
    with pytest.raises(DataError, match="a single digit is too little"):
        open_digits(tmp_path)


def test_a_part_that_is_not_whole_is_explained(tmp_path: Path) -> None:
    write_both(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(DataError, match="t10k-images-idx3-ubyte: the labels that belong to it are missing"):
        open_digits(tmp_path / "train-images-idx3-ubyte")


@pytest.mark.parametrize("array", [LABELS, np.array(3), IMAGES.ravel(), np.zeros((3, 5))])
def test_arrays_that_are_no_images_are_not_called_a_single_digit(tmp_path: Path, array: np.ndarray) -> None:
    np.save(tmp_path / "file.npy", array)
    with pytest.raises(DataError, match=r"file\.npy: holds no list of 28 x 28 images\.$"):
        open_digits(tmp_path / "file.npy")


def test_what_a_file_is_called_does_not_matter(tmp_path: Path) -> None:
    archive(tmp_path / "keras.pkl.gz")
    assert open_digits(tmp_path / "keras.pkl.gz").name == "keras"
    assert same(open_digits(tmp_path / "keras.pkl.gz"), two_parts())
    for name, content in {"book.npz": python2(BOOK), "book.x": gzip.compress(pickle.dumps(tuple(BOOK), 4))}.items():
        (tmp_path / name).write_bytes(content)
        assert open_digits(tmp_path / name).name == "book"
        assert same(open_digits(tmp_path / name), WANTED)


@pytest.mark.parametrize("content", [b"\x1f", b"(lp0\n.", b"text", gzip.compress(b"text", mtime=0)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(DataError, match="file: this is not a set of digits; digits are read from IDX files"):
        open_digits(tmp_path / "file")


def test_what_cannot_be_opened_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nothing: there is no such file"):
        open_digits(tmp_path / "nothing")
    with pytest.raises(DataError, match="holds no digits; they are read from IDX files like MNIST's"):
        open_digits(tmp_path)
    write_both(tmp_path)
    (tmp_path / "train-images-idx3-ubyte").rename(tmp_path / "digits")
    with pytest.raises(DataError, match="digits: the labels that belong to it are missing"):
        open_digits(tmp_path / "digits")
    (tmp_path / "file").write_bytes(gzip.compress(python2(BOOK))[:12])
    with pytest.raises(DataError, match="file: the gzip data is damaged or cut off"):
        open_digits(tmp_path / "file")


def test_what_may_not_be_looked_at_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = forbid(write_both(tmp_path / "closed"), monkeypatch)
    for path in (closed, closed / "folder", closed / "train-images-idx3-ubyte"):
        for open_it in (open_digits, open_test):
            with pytest.raises(DataError, match=rf"{path.name}: cannot be read \(Permission denied\)\.$"):
                open_it(path)


def test_a_folder_of_the_system_beside_a_set_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = open_digits(write_both(tmp_path / "disk"))
    (tmp_path / "disk" / "lost+found").mkdir()
    forbid(tmp_path / "disk" / "lost+found", monkeypatch)
    assert same(open_digits(tmp_path / "disk"), wanted)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.sampled_from([b"", b"PK", b"PK\3\4", b"\x80", b"\x80\4", b"\0\0\x08\3", b"\x1f\x8b"]), st.binary(max_size=64))
def test_any_bytes_are_explained(tmp_path: Path, begin: bytes, rest: bytes) -> None:
    for name in ("file", "train-images-idx3-ubyte"):
        (tmp_path / name).write_bytes(begin + rest)
        with pytest.raises(DataError, match=re.escape(str(tmp_path))):
            open_digits(tmp_path / name)


@pytest.mark.mnist
def test_mnist_itself_by_any_way(mnist_folder: Path, tmp_path: Path) -> None:
    digits = open_digits(mnist_folder)
    images, labels = digits.training.images, digits.training.labels
    np.savez(
        tmp_path / "it.npz",
        x_train=images.reshape(-1, 28, 28),
        y_train=labels,
        x_test=digits.test.images.reshape(-1, 28, 28),
        y_test=digits.test.labels,
    )
    floats = (images / np.float32(256)).astype(np.float32)
    test = (digits.test.images / np.float32(256)).astype(np.float32), digits.test.labels.astype(np.int64)
    pairs = [(floats[:50_000], labels[:50_000].astype(np.int64)), (floats[50_000:], labels[50_000:].astype(np.int64))]
    (tmp_path / "it.pkl").write_bytes(python2([*pairs, test]))
    mnist.save(tmp_path / "it", digits)
    whole = digits.training + digits.test
    np.savez(tmp_path / "70000.npz", whole.images, whole.labels)
    for path in (mnist_folder, *(tmp_path / name for name in ("it", "it.npz", "it.pkl", "70000.npz"))):
        opened = open_digits(path)
        assert (opened.name, opened.kind) == ("MNIST", Kind.MNIST)
        assert same(opened, digits)
