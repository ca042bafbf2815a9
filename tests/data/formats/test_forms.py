"""Every form in which the same digits may lie on the disk, and what other files are told to be."""

import contextlib
import gzip
import io
import os
import pickle
import random
import struct
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Callable
from copy import copy
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad import paths
from digitpad.data.dataset import Dataset, Digits
from digitpad.data.formats import csv, idx, unpacking
from digitpad.data.formats.opening import open_digits, open_test
from digitpad.errors import SENTENCE, DataError, one_line
from tests.data.formats.test_idx import idx_bytes
from tests.data.test_mnist import same

BUILT_IN = open_digits(paths.DIGITS)
WANTED = Digits("", BUILT_IN.training[:60], BUILT_IN.test[:30])
X, Y = WANTED.training.images.reshape(-1, 28, 28), WANTED.training.labels
XT, YT = WANTED.test.images.reshape(-1, 28, 28), WANTED.test.labels
FILES = {
    "train-images-idx3-ubyte": X,
    "train-labels-idx1-ubyte": Y,
    "t10k-images-idx3-ubyte": XT,
    "t10k-labels-idx1-ubyte": YT,
}
IDX = {name: idx_bytes(array) for name, array in FILES.items()}
COMPANION = b"\0\5\x16\7\0\2\0\0Mac OS X"
HEADER = "label," + ",".join(f"pixel{i}" for i in range(784))
PAGE = b"<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head></html>"


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # of its stub
    return file.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def table(
    images: np.ndarray, *labels: np.ndarray, header: str = "", sep: str = ",", say: Callable[..., str] = str
) -> bytes:
    """Return a CSV file whose lines begin with the labels, if there are any."""
    rows = [sep.join(map(say, row)) for row in images.reshape(len(images), -1).tolist()]
    if labels:
        rows = [f"{label}{sep}{row}" for label, row in zip(labels[0].tolist(), rows, strict=True)]
    return "\n".join([*filter(None, [header]), *rows, ""]).encode()


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def renamed(change: Callable[[str], str], files: dict[str, bytes] = IDX) -> dict[str, bytes]:
    return {change(name): content for name, content in files.items()}


KERAS = npz(x_train=X, y_train=Y, x_test=XT, y_test=YT)
QMNIST = {
    f"qmnist-{part}-labels-idx2-int": struct.pack(">4B2I", 0, 0, 12, 2, len(labels), 8)
    + np.c_[labels, np.full((len(labels), 7), 999)].astype(">i4").tobytes()
    for part, labels in (("train", Y), ("test", YT))
} | {"qmnist-train-images-idx3-ubyte": idx_bytes(X), "qmnist-test-images-idx3-ubyte": idx_bytes(XT)}
TABLES = {"mnist_train.csv": table(X, Y), "mnist_test.csv": table(XT, YT)}

# All forms are made where they are needed: every process of the tests reads this file.
FOLDERS: dict[str, Callable[[], dict[str, bytes]]] = {
    "companions of macOS, in either order": lambda: (
        {f"._{name}": COMPANION for name in IDX} | IDX | {".DS_Store": b"\0\0\0\1Bud1"}
    ),
    "zeros behind the gzip data": lambda: renamed(
        lambda name: f"{name}.gz", {n: gzip.compress(c) + bytes(999) for n, c in IDX.items()}
    ),
    "other bytes behind the gzip data": lambda: {f"{n}.gz": gzip.compress(c) + b"behind" for n, c in IDX.items()},
    "gzip data in two pieces": lambda: {
        f"{n}.gz": gzip.compress(c[:50]) + gzip.compress(c[50:]) for n, c in IDX.items()
    },
    "packed and unpacked, the packed damaged": lambda: IDX | {f"{name}.gz": b"\x1f\x8b\x08" for name in IDX},
    "dots in names": lambda: renamed(lambda name: name.replace("-idx", ".idx")),
    "underscores in names": lambda: renamed(lambda name: name.replace("-", "_")),
    "torchvision's folder": lambda: renamed(lambda name: f"MNIST/raw/{name}"),
    "a folder for each file": lambda: renamed(lambda name: f"{name}/{name.replace('-idx', '.idx')}"),
    "QMNIST": lambda: QMNIST,
    "Keras's file in a folder": lambda: {"datasets/mnist.npz": KERAS, "readme.txt": b"hello"},
    "a zip file of MNIST's files in a folder": lambda: {"mnist.zip": zip_of(renamed(lambda name: f"{name}.gz"))},
    "four npy": lambda: {"x_train.npy": npy(X), "y_train.npy": npy(Y), "x_test.npy": npy(XT), "y_test.npy": npy(YT)},
    "npz by role": lambda: {
        "k-train-imgs.npz": npz(arr_0=X),
        "k-train-labels.npz": npz(arr_0=Y),
        "k-test-imgs.npz": npz(arr_0=XT),
        "k-test-labels.npz": npz(arr_0=YT),
    },
    "two tables": lambda: TABLES,
    "two zipped tables": lambda: {f"{name}.zip": zip_of({name: content}) for name, content in TABLES.items()},
    "two gzipped tables": lambda: {f"{name}.gz": gzip.compress(content) for name, content in TABLES.items()},
}


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_and_a_zip_file_of_it(tmp_path: Path, form: str) -> None:
    files = FOLDERS[form]()
    folder = write(tmp_path / "mine", files)
    (tmp_path / "mine.zip").write_bytes(zip_of(files | {"__MACOSX/._x_train.npy": COMPANION}))
    for path in (folder, tmp_path / "mine.zip"):
        assert same(open_digits(path), WANTED)
        assert open_digits(path).notes == ()
        np.testing.assert_array_equal(open_test(path)[0].images, WANTED.test.images)


@pytest.mark.parametrize("others", ["FashionMNIST", "KMNIST"])
def test_clothes_and_letters_beside_mnist_are_not_taken_for_it(tmp_path: Path, others: str) -> None:
    other_order = {name: idx_bytes(array[::-1]) for name, array in FILES.items()}
    write(tmp_path, renamed(lambda name: f"{others}/raw/{name}", other_order))
    write(tmp_path, renamed(lambda name: f"MNIST/raw/{name}"))
    assert same(open_digits(tmp_path), WANTED)
    (tmp_path / "MNIST").rename(tmp_path / "others")
    with pytest.raises(DataError, match=rf"holds several sets \({others}/raw, others/raw\), so open one of the files"):
        open_digits(tmp_path)


@pytest.mark.parametrize("form", ["dots in names", "QMNIST", "four npy", "two tables", "two gzipped tables"])
def test_one_file_stands_for_all_of_its_set(tmp_path: Path, form: str) -> None:
    files = FOLDERS[form]()
    folder = write(tmp_path / "mine", files | {f"._{name}": COMPANION for name in files})
    for name in files:
        assert same(open_digits(folder / name), WANTED), name


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "channel last": lambda: npz(x_train=X[..., None], y_train=Y, x_test=XT[..., None], y_test=YT),
    "channel first": lambda: npz(x_train=X[:, None], y_train=Y, x_test=XT[:, None], y_test=YT),
    "wide, floats": lambda: npz(
        x_train=X.reshape(-1, 784) / 255, y_train=Y / 1.0, x_test=XT.reshape(-1, 784) / 255, y_test=YT / 1.0
    ),
    "one-hot": lambda: npz(x_train=X, y_train=np.eye(10)[Y], x_test=XT, y_test=np.eye(10)[YT]),
    "columns of labels": lambda: npz(x_train=X, y_train=Y[:, None], x_test=XT, y_test=YT[:, None]),
    "words": lambda: npz(train_images=X, train_labels=Y, test_images=XT, test_labels=YT),
    "words without a gap": lambda: npz(Xtrain=X, ytrain=Y, Xtest=XT, ytest=YT),
    "capitals": lambda: npz(X_TRAIN=X, Y_TRAIN=Y, X_TEST=XT, Y_TEST=YT),
    "three parts": lambda: npz(
        train_images=X[:50], train_labels=Y[:50], val_images=X[50:], val_labels=Y[50:], test_images=XT, test_labels=YT
    ),
    "numbers, pair by pair": lambda: npz(arr_0=X, arr_1=Y, arr_2=XT, arr_3=YT),
    "numbers, images first": lambda: npz(arr_0=X, arr_1=XT, arr_2=Y, arr_3=YT),
}


@pytest.mark.parametrize("form", ARCHIVES)
def test_an_archive_of_arrays(tmp_path: Path, form: str) -> None:
    (tmp_path / "mine.npz").write_bytes(ARCHIVES[form]())
    digits = open_digits(tmp_path / "mine.npz")
    assert digits.name == "mine"
    assert same(digits, WANTED)


def as_names(values: list[int]) -> str:
    """A line of numbers as pandas has it once it took them for names: 5, 0, 0.1, 0.2, ..."""
    seen: Counter[int] = Counter()
    names = []
    for value in values:
        names.append(f"{value}.{seen[value]}" if seen[value] else f"{value}")
        seen[value] += 1
    return ",".join(names)


ONE_PART: dict[str, Callable[[], tuple[str, bytes]]] = {
    "images and labels": lambda: ("a.npz", npz(images=X, labels=Y)),
    "X and y": lambda: ("a.npz", npz(X=X, y=Y)),
    "data and target, beside others": lambda: (
        "a.npz",
        npz(data=X, target=Y, ids=np.arange(60), mean=np.zeros((28, 28))),
    ),
    "numbers": lambda: ("a.npz", npz(arr_0=X, arr_1=Y)),
    "no header": lambda: ("a.csv", table(X, Y)),
    "Kaggle's header": lambda: ("a.csv", table(X, Y, header=HEADER)),
    "label last": lambda: ("a.csv", table(np.c_[X.reshape(-1, 784), Y])),
    "label last, said so": lambda: ("a.csv", table(np.c_[X.reshape(-1, 784), Y], header=HEADER[6:] + ",class")),
    "quotes": lambda: ("a.csv", table(X, Y, header=HEADER, say=lambda grey: f'"{grey}"')),
    "semicolons": lambda: ("a.csv", table(X, Y, sep=";")),
    "decimal commas": lambda: ("a.csv", table(X / 255, Y, sep=";", say=lambda grey: f"{grey:.5f}".replace(".", ","))),
    "tabs": lambda: ("a.tsv", table(X, Y, sep="\t")),
    "spaces": lambda: ("a.txt", table(X, Y, sep=" ", say=lambda grey: f"{grey:3d}")),
    "floats": lambda: ("a.csv", table(X / 255, Y)),
    "labels as floats": lambda: ("a.csv", table(X, Y / 1.0)),
    "a comma at the end": lambda: ("a.csv", table(X, Y).replace(b"\n", b",\n")),
    "Windows": lambda: ("a.csv", b"\xef\xbb\xbf" + table(X, Y, header=HEADER).replace(b"\n", b"\r\n")),
    "no end of the last line": lambda: ("a.csv", table(X, Y)[:-1]),
    "pandas": lambda: (
        "a.csv",
        b"\n".join(
            (b"%d," % (i - 1) if i else b",") + line for i, line in enumerate(table(X, Y, header=HEADER).splitlines())
        ),
    ),
    "pandas, columns without names": lambda: ("a.csv", table(X, Y, header=",".join(map(str, range(785))))),
    "pandas, a digit taken for names": lambda: ("a.csv", table(X, Y, header=as_names([YT[0], *XT[0].ravel()]))),
    "columns counted from 1, label last": lambda: (
        "a.csv",
        table(np.c_[X.reshape(-1, 784), Y], header=",".join(map(str, range(1, 786)))),
    ),
    "gzipped": lambda: ("a.csv.gz", gzip.compress(table(X, Y))),
    "zipped": lambda: ("a.zip", zip_of({"digits.csv": table(X, Y), "__MACOSX/._digits.csv": COMPANION})),
    "Kaggle's zip file": lambda: (
        "a.zip",
        zip_of(
            {
                "train.csv": table(X, Y, header=HEADER),
                "test.csv": table(XT, header=HEADER[6:]),
                "sample_submission.csv": b"ImageId,Label\n1,0\n2,0\n",
            }
        ),
    ),
}


@pytest.mark.parametrize("form", ONE_PART)
def test_a_set_without_a_test_part_is_divided(tmp_path: Path, form: str) -> None:
    name, content = ONE_PART[form]()
    (tmp_path / name).write_bytes(content)
    digits = open_digits(tmp_path / name)
    assert (len(digits.training), len(digits.test)) == (52, 8)
    both = digits.training + digits.test
    np.testing.assert_array_equal(both.images, WANTED.training.images)
    np.testing.assert_array_equal(both.labels, Y)


@pytest.mark.parametrize("step", [1, -1])
def test_a_set_that_is_sorted_by_label_is_divided_so_that_both_parts_have_all_digits(tmp_path: Path, step: int) -> None:
    whole = BUILT_IN.training[np.argsort(BUILT_IN.training.labels, kind="stable")[::step]]
    (tmp_path / "a.npz").write_bytes(npz(x=whole.images, y=whole.labels))
    digits = open_digits(tmp_path / "a.npz")
    assert len(digits.test) == len(whole) // 7
    for label in range(10):
        n = int((whole.labels == label).sum())
        assert abs((digits.test.labels == label).sum() - n / 7) < 1
        assert (digits.training.labels == label).sum() + (digits.test.labels == label).sum() == n


@pytest.mark.parametrize("name", ["data.csv", "x.csv", "images.csv"])
def test_a_file_that_is_all_of_a_set_needs_none_beside_it(tmp_path: Path, name: str) -> None:
    others = {"train.csv": b"age,class\n1,2\n", "labels.csv": b"a,b\n1,2\n", "y.npy": npy(YT)}
    write(tmp_path, {name: table(X, Y), **others})
    digits = open_digits(tmp_path / name)
    assert digits.name == name.split(".")[0]
    np.testing.assert_array_equal((digits.training + digits.test).images, WANTED.training.images)


def test_kaggles_test_images_have_no_labels_and_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"train.csv": table(X, Y, header=HEADER), "test.csv": table(XT, header=HEADER[6:])})
    for path in (tmp_path, tmp_path / "train.csv"):
        assert open_digits(path).notes == (f"{tmp_path / 'test.csv'}: passed over, since it has no labels.",)
    (tmp_path / "train.csv").unlink()
    with pytest.raises(DataError, match=r"test\.csv: the labels that belong to it are missing"):
        open_digits(tmp_path / "test.csv")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_of_lists_and_of_two_pairs(tmp_path: Path, protocol: int) -> None:
    (tmp_path / "two.pkl").write_bytes(pickle.dumps([[X, Y], [XT, YT]], protocol))
    assert same(open_digits(tmp_path / "two.pkl"), WANTED)


TURNS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "were black on white": lambda images: 255 - images,
    "had rows and columns exchanged": lambda images: images.transpose(0, 2, 1),
    "lay with their tops to the left": lambda images: np.rot90(images, 1, (1, 2)),
    "lay with their tops to the right": lambda images: np.rot90(images, 3, (1, 2)),
    "stood on their heads": lambda images: np.rot90(images, 2, (1, 2)),
    "were mirrored, left to right": lambda images: images[:, :, ::-1],
    "were black on white and had rows and columns exchanged": lambda images: 255 - images.transpose(0, 2, 1),
}


@pytest.mark.parametrize("said", TURNS)
def test_images_the_wrong_way_round_are_turned_and_that_is_said(tmp_path: Path, said: str) -> None:
    turn, digits = TURNS[said], Digits("", BUILT_IN.training[:300], BUILT_IN.test[:100])
    arrays = {
        f"x_{name}": turn(part.images.reshape(-1, 28, 28))
        for name, part in (("train", digits.training), ("test", digits.test))
    }
    (tmp_path / "mine.npz").write_bytes(npz(**arrays, y_train=digits.training.labels, y_test=digits.test.labels))
    opened = open_digits(tmp_path / "mine.npz")
    assert same(opened, digits)
    assert opened.notes == (f"mine: the images {said}; they were turned to be as MNIST's are.",)
    np.testing.assert_array_equal(open_test(tmp_path / "mine.npz")[0].images, digits.test.images)


def test_a_test_part_too_small_to_tell_is_turned_as_what_it_belongs_to(tmp_path: Path) -> None:
    lying = X.transpose(0, 2, 1)
    (tmp_path / "mine.npz").write_bytes(npz(images=lying, labels=Y))
    digits = open_digits(tmp_path / "mine.npz")
    assert len(digits.test) < 20
    np.testing.assert_array_equal((digits.training + digits.test).images, WANTED.training.images)
    assert [note for note in digits.notes if "the images had rows and columns exchanged" in note]


def test_labels_that_do_not_fit_turn_nothing(tmp_path: Path) -> None:
    part = BUILT_IN.training[:300]
    labels = np.random.default_rng(1).permutation(part.labels)
    (tmp_path / "mine.npz").write_bytes(npz(images=part.images, labels=labels))
    digits = open_digits(tmp_path / "mine.npz")
    np.testing.assert_array_equal((digits.training + digits.test).images, part.images)
    assert digits.notes == ()


def test_emnists_that_is_upright_already_stays_so(tmp_path: Path) -> None:
    part = Dataset(BUILT_IN.training.images[:300], BUILT_IN.training.labels[:300])
    write(tmp_path, {"emnist-digits-train.csv": table(part.images, part.labels)})
    digits = open_digits(tmp_path)
    np.testing.assert_array_equal((digits.training + digits.test).images, part.images)


TOLD = {
    "a.mat": (b"MATLAB 5.0 MAT-file", "a MATLAB file"),
    "a.h5": (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    "a.parquet": (b"PAR1....PAR1", "a Parquet file"),
    "a.arff": (b"% digits\n@RELATION mnist\n", "an ARFF file"),
    "a.png": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "a.csv": (PAGE, "a web page"),
    "train-images-idx3-ubyte.gz": (PAGE, "a web page and not a gzip file"),
    "a.gz": (gzip.compress(gzip.compress(b"digits")), "a gzip file inside a gzip file"),
    "a.txt": (b"some words", "not a set of digits"),
    "._a.csv": (COMPANION, "what macOS keeps beside a file"),
    "a.npy": (b"", "empty"),
}


@pytest.mark.parametrize("name", TOLD)
def test_other_files_are_told_what_they_are_and_what_is_read(tmp_path: Path, name: str) -> None:
    content, what = TOLD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        open_digits(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: this is {what}; digits are read from IDX files")


def test_a_web_page_among_the_files_of_a_set_is_told(tmp_path: Path) -> None:
    write(
        tmp_path, {f"{name}.gz": PAGE if "train-l" in name else gzip.compress(content) for name, content in IDX.items()}
    )
    with pytest.raises(DataError, match=r"train-labels-idx1-ubyte\.gz: this is a web page and not a gzip file"):
        open_digits(tmp_path)


ODD = {
    "a.gz": b"<!---->" * 28 + b"no page",
    "b.gz": b" " * 60_000 + b"<!--" + b"-" * 60_000,
    "c.zip": zip_of({"a" + ".gz" * 8_000 + "x": b"1"}),
}


@pytest.mark.parametrize("name", ODD)
def test_looking_at_a_file_takes_no_time_whatever_is_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ODD[name])
    began = process_time()
    with pytest.raises(DataError):
        open_digits(tmp_path / name)
    assert process_time() - began < 1  # second; by trying all ways to read it in turn it would be 20 and more


LINES = table(X, Y, header=HEADER)


@pytest.mark.parametrize(
    ("made", "complaint"),
    [
        (lambda: LINES[:-10], "line 61 is not 785 numbers"),
        (lambda: LINES.replace(b",0,", b",nought,", 1), "line 2 is not 785 numbers"),
        (lambda: table(X, Y).replace(b",0,", b",nought,", 1), "line 1 is not 785 numbers"),
        (lambda: table(X, Y).replace(b",0,", b",,", 1), "line 1 is not 785 numbers"),
        (lambda: table(X, Y)[1:], "line 1 is not 785 numbers"),
        (lambda: table(X, Y)[:-1] + b",0\n", "line 60 is not 785 numbers"),
        (lambda: table(X, Y).replace(b",0,", b",300,", 1), "holds greys that are neither"),
        (lambda: table(X, Y + 2), "holds the label 11"),
        (lambda: table(X, Y % 9 + 0.5), "holds labels that are no whole numbers"),
        (lambda: b"id,label\n1,2\n", "a line of this table has 2 values; a digit's has 785"),
        (lambda: b"1,2\n", "a line of this table has 2 values"),
        (lambda: HEADER.encode() + b"\n", "holds no digits"),
        (lambda: LINES[:-1] + b"," + b"0," * 40_000, "holds more than a set of digits needs"),
    ],
    ids=range(13),
)
def test_a_bad_table_is_explained(tmp_path: Path, made: Callable[[], bytes], complaint: str) -> None:
    (tmp_path / "digits.csv").write_bytes(made())
    with pytest.raises(DataError, match=complaint) as caught:
        open_digits(tmp_path / "digits.csv")
    assert str(caught.value).startswith(f"{tmp_path / 'digits.csv'}: ")
    assert "\n" not in str(caught.value)


def test_a_long_table_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "_PIECE", 5_000)
    for content in (LINES, table(X, Y), LINES.replace(b"\n", b"\r\n")):
        (tmp_path / "digits.csv").write_bytes(content)
        digits = open_digits(tmp_path / "digits.csv")
        np.testing.assert_array_equal((digits.training + digits.test).images, WANTED.training.images)


BLANK = b"0," * 784 + b"0\n"


def padded(blanks: int) -> bytes:
    """Return gzip data of blank lines that is not very much smaller, and can itself be packed to very little."""
    return gzip.compress(BLANK * 200, 0) + gzip.compress(BLANK * blanks)


def overlapping() -> bytes:
    """Return a zip file in which a hundred names stand for the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0.csv", BLANK * 200 + random.Random(1).randbytes(2000))
        for i in range(1, 100):
            info = copy(file.infolist()[0])
            info.filename = f"{i}.csv"
            file.filelist.append(info)
            file.NameToInfo[info.filename] = info
    return content.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip in a.zip": lambda: zip_of({"digits.csv.gz": padded(20_000)}),
    "zip in a.gz": lambda: gzip.compress(zip_of({"digits.csv": BLANK * 20_000})),
    "zip in a.zip": lambda: zip_of({"a.zip": zip_of({f"{i}.csv": BLANK * 9_000 for i in range(9)})}),
    "zips without end in a.zip": lambda: zip_of({f"{i}.zip": zip_of({"a.csv": BLANK * 9_000}) for i in range(9)}),
    "overlapping.zip": overlapping,
    "bomb.csv.gz": lambda: gzip.compress(BLANK * 20_000),
    "bomb.zip": lambda: zip_of({"digits.csv": BLANK * 20_000}),
    "bomb.npz": lambda: npz(images=np.zeros((40_000, 784), np.uint8), labels=np.zeros(40_000)),
    "train-images-idx3-ubyte.gz": lambda: gzip.compress(idx.header((40_000, 28, 28)) + bytes(40_000 * 784)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_very_much_more_is_a_bomb(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name]())
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx.header((40_000,)) + bytes(40_000))
    tracemalloc.start()
    with pytest.raises(DataError, match="unpacks to more than 200 times its size"):
        open_digits(tmp_path / name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


CHANGED: dict[str, bytes] = {
    "digits.csv": table(X[:3], Y[:3]),
    "digits.csv.gz": gzip.compress(table(X[:3], Y[:3], header=HEADER)),
    "digits.zip": zip_of({"images.csv.gz": gzip.compress(table(X[:3])), "labels.npy": npy(Y[:3])}),
    "digits.npy": npy(X[:3]),
    "digits.pkl": pickle.dumps(((X[:3], Y[:3]), (XT[:3], YT[:3]))),
    "train-images-idx3-ubyte": IDX["train-images-idx3-ubyte"][:3000],
}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None, derandomize=True
)
@given(st.sampled_from(list(CHANGED)), st.data())
def test_any_change_leaves_digits_or_a_sentence(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(CHANGED[name])
    for _ in range(data.draw(st.integers(1, 4))):
        # What says how the rest is to be read stands at the beginning, or at the end.
        at = data.draw(st.integers(0, min(400, len(content)))) * data.draw(st.sampled_from([1, -1]))
        some = st.binary(max_size=4) | st.sampled_from([b"9" * 400, b"\n" * 400, b",", b"PK\1\2", b"nan", b"\xff" * 8])
        content[at : at + data.draw(st.integers(0, 3)) or None] = data.draw(some)
    (tmp_path / name).write_bytes(content)
    with contextlib.suppress(DataError):
        digits = open_digits(tmp_path / name)
        assert digits.name == one_line(digits.name)
        assert set((digits.training + digits.test).labels) <= set(range(10))


def test_names_of_files_within_a_file_are_lines(tmp_path: Path) -> None:
    odd = "a\x1b[2J\n" * 99
    (tmp_path / "digits.zip").write_bytes(zip_of({f"{odd}/{name}": content for name, content in IDX.items()}))
    assert open_digits(tmp_path / "digits.zip").name == "digits"
    (tmp_path / "images.zip").write_bytes(zip_of({f"test {odd}.csv": table(X), "train.csv": table(X, Y)}))
    notes = open_digits(tmp_path / "images.zip").notes
    assert [note for note in notes if "passed over" in note]
    assert all(note == one_line(note, SENTENCE) for note in notes)


def test_zip_files_within_zip_files_come_to_an_end(tmp_path: Path) -> None:
    content = zip_of({"digits.csv": table(X, Y)})
    for _ in range(4):
        content = zip_of({"again.zip": content})
    (tmp_path / "deep.zip").write_bytes(content)
    with pytest.raises(DataError, match="zip files lie in one another, more than 3 deep"):
        open_digits(tmp_path / "deep.zip")


@pytest.mark.parametrize("packed", [zip_of, lambda files: gzip.compress(zip_of(files))])
def test_zip_files_within_zip_files_hold_so_many_files_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: Callable[[dict[str, bytes]], bytes]
) -> None:
    monkeypatch.setattr(unpacking, "_MOST_FILES", 50)
    (tmp_path / "all.zip").write_bytes(zip_of({"a.csv": table(X, Y)} | {f"{i}.zip": packed(FEW) for i in range(5)}))
    with pytest.raises(DataError, match="holds more than 50 files"):
        open_digits(tmp_path / "all.zip")
    (tmp_path / "all.zip").write_bytes(zip_of({"a.csv": table(X, Y)} | {f"{i}.zip": packed(FEW) for i in range(4)}))
    assert len(open_digits(tmp_path / "all.zip").training) > 0


def test_zip_files_within_zip_files_take_so_much_memory_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zip_of({"a.txt": random.Random(1).randbytes(100_000)})
    (tmp_path / "all.zip").write_bytes(zip_of({"a.csv": table(X, Y)} | {f"{i}.zip": inner for i in range(3)}))
    assert len(open_digits(tmp_path / "all.zip").training) > 0
    monkeypatch.setattr(unpacking, "LARGEST", 250_000)
    with pytest.raises(DataError, match="too much for a set of digits"):
        open_digits(tmp_path / "all.zip")


FEW = {f"{i}.txt": b"" for i in range(10)}


def zip_of_nothing_many_times(n: int) -> bytes:
    """A zip file that lists one empty file ``n`` times."""
    one = zip_of({"a.csv": b""})
    begin, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    listed = one[begin:end] * n
    zip64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, n, n, len(listed), begin)
    place = struct.pack("<4sLQL", b"PK\6\7", 0, begin + len(listed), 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return one[:begin] + listed + zip64 + place + last


@pytest.mark.parametrize(("n", "told"), [(400_000, "too many files"), (60, "more than 50 files")])
@pytest.mark.parametrize("packed", [False, True])
def test_a_zip_file_may_not_list_files_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int, told: str, packed: bool
) -> None:
    monkeypatch.setattr(unpacking, "_MOST_FILES", 50)
    monkeypatch.setattr(unpacking, "_RATIO", 5000)  # the list of many is packed well
    content = zip_of_nothing_many_times(n)
    (tmp_path / "many.zip").write_bytes(gzip.compress(content, 1) if packed else content)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=f"many.*holds {told}"):
            open_digits(tmp_path / "many.zip")
        assert tracemalloc.get_traced_memory()[1] < 4 * len(content) + (8 << 20)
    finally:
        tracemalloc.stop()
    (tmp_path / "few.zip").write_bytes(zip_of({f"{number}.csv": b"" for number in range(50)}))
    with pytest.raises(DataError, match="holds no digits"):
        open_digits(tmp_path / "few.zip")


def test_only_files_are_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        return
    os.mkfifo(tmp_path / "train.csv")
    with pytest.raises(DataError, match=r"train\.csv: it is not a file"):
        open_digits(tmp_path / "train.csv")
    with pytest.raises(DataError, match="holds no digits"):
        open_digits(tmp_path)


def test_a_link_that_leads_nowhere_keeps_nobody_from_the_files_beside_it(tmp_path: Path) -> None:
    if os.name != "posix":
        return
    for name, target in {"loop": "loop", "gone": "missing", "long": "a" * 300, "file": "digits.csv/a"}.items():
        (tmp_path / name).symlink_to(target)
    with pytest.raises(DataError, match="holds no digits"):
        open_digits(tmp_path)
    (tmp_path / "digits.csv").write_text("\n".join(f"{n % 10}" + ",7" * 784 for n in range(60)))
    assert len(open_digits(tmp_path).training) > 0
