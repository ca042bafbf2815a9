"""Archives of NumPy arrays, true and lying."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.data.formats import sets
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DataError
from tests.data.test_mnist import IMAGES, LABELS, same, two_parts

ARRAYS = {"x_train": IMAGES, "y_train": LABELS, "x_test": IMAGES[:3], "y_test": LABELS[:3]}


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def headed(text: str, data: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode("latin-1") + data


def archive(path: Path, changed: Mapping[str, bytes] = MappingProxyType({}), how: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write the four arrays, with others or other bytes in the place of some."""
    with zipfile.ZipFile(path, "w", how) as file:
        for name, content in ({name: npy(array) for name, array in ARRAYS.items()} | dict(changed)).items():
            file.writestr(f"{name}.npy", content)
    return path


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_what_numpy_wrote_is_read(tmp_path: Path, write: Callable[..., Any]) -> None:
    write(tmp_path / "digits.npz", **ARRAYS)
    assert same(open_digits(tmp_path / "digits.npz"), two_parts())


def test_arrays_may_be_floats_wide_labels_turned_or_from_python_2(tmp_path: Path) -> None:
    file = archive(
        tmp_path / "digits.npz",
        {
            "x_train": npy(np.asfortranarray(IMAGES / 255)),
            "y_train": npy(LABELS.astype(">i8")),
            "x_test": npy(IMAGES[:3].astype(np.float32).reshape(3, 784)),
            "y_test": headed("{'shape': (3L,), 'fortran_order': False, 'descr': '|u1'}", LABELS[:3].tobytes()),
        },
    )
    assert same(open_digits(file), two_parts())


LIES = {
    "y_train: the header promises 32000000000 bytes, and 0 follow": {
        "y_train": headed("{'descr': '<f4', 'fortran_order': False, 'shape': (8000000000,), }")
    },
    "y_train: the header promises 5 bytes, and 4 follow": {"y_train": npy(LABELS)[:-1]},
    "y_train: the header promises 5 bytes, and more follow": {"y_train": npy(LABELS) + b"\0"},
    "x_train: holds something else than plain numbers": {
        "x_train": headed("{'descr': '|O', 'fortran_order': False, 'shape': (5, 28, 28), }", b"\x80\x04.")
    },
    "x_train: is not an array that NumPy wrote": {
        "x_train": headed("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (5,), }")
    },
    "y_test: is not an array that NumPy wrote": {"y_test": b"\x93NUMPY\x02\x00" + npy(LABELS)[8:]},
    "x_test: this is empty": {"x_test": b""},
    "x_test: the images are 20 x 28 pixels": {"x_test": npy(IMAGES[:3, :, :20])},
    "y_train: 4 labels for the 5 images": {"y_train": npy(LABELS[:4])},
    "y_train: holds the label 10": {"y_train": npy(LABELS + 5)},
}


@pytest.mark.parametrize("complaint", [*LIES])
def test_a_lying_array_is_named_and_explained(tmp_path: Path, complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "LARGEST", 1 << 40)
    file = archive(tmp_path / "digits.npz", LIES[complaint])
    tracemalloc.start()
    with pytest.raises(DataError) as caught:
        open_digits(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(caught.value).startswith(f"{file}, ")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert peak < 1 << 20


def test_a_missing_array_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "digits.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES)
    with pytest.raises(DataError, match=r"digits.npz, x_test: the labels that belong to it are missing\."):
        open_digits(tmp_path / "digits.npz")
    np.savez(tmp_path / "digits.npz", x_train=IMAGES)
    with pytest.raises(DataError, match=r"digits.npz, x_train: the labels that belong to it are missing\."):
        open_digits(tmp_path / "digits.npz")


def test_a_bomb_is_left_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "LARGEST", 1 << 20)
    for n in (400_000, 2_000_000):  # two arrays that are too much together, and one by itself
        bomb = npy(np.zeros((n // 784, 784), dtype=np.uint8))
        file = archive(tmp_path / f"{n}.npz", {"x_train": bomb, "y_train": npy(np.zeros(800_000, dtype=np.uint8))})
        with pytest.raises(DataError, match="promises more than the file can hold or a set of digits needs"):
            open_digits(file)


def test_a_member_that_unpacks_to_more_or_less_than_the_archive_says_is_refused(tmp_path: Path) -> None:
    content = archive(tmp_path / "digits.npz").read_bytes()
    size = struct.pack("<I", len(npy(IMAGES)))
    complaints = {
        -1: "the zip file is damaged",
        1 << 29: "unpacks to more than 200 times its size",
    }
    for lie, complaint in complaints.items():
        (tmp_path / "digits.npz").write_bytes(content.replace(size, struct.pack("<I", len(npy(IMAGES)) + lie)))
        with pytest.raises(DataError, match=complaint):
            open_digits(tmp_path / "digits.npz")


def test_an_array_and_an_archive_that_tell_the_same_lie_are_refused(tmp_path: Path) -> None:
    lie = headed("{'descr': '|u1', 'fortran_order': False, 'shape': (500000, 28, 28), }", IMAGES.tobytes())
    content = archive(tmp_path / "digits.npz", {"x_train": lie}).read_bytes()
    told = struct.pack("<I", len(lie) - IMAGES.size + 500_000 * 784)
    (tmp_path / "digits.npz").write_bytes(content.replace(struct.pack("<I", len(lie)), told))
    tracemalloc.start()
    with pytest.raises(DataError, match=r"digits\.npz: unpacks to more than 200 times its size"):
        open_digits(tmp_path / "digits.npz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_damage_and_unusual_packing_are_explained(tmp_path: Path) -> None:
    file = archive(tmp_path / "digits.npz", how=zipfile.ZIP_STORED)
    content = file.read_bytes()
    for damaged in (content[:-30], content[:200], content[200:], content.replace(IMAGES.tobytes(), bytes(IMAGES.size))):
        file.write_bytes(damaged)
        with pytest.raises(
            DataError,
            match=r"digits\.npz: ((, x_train: )?the zip file is damaged or cut off|cannot be read|this is not a set)",
        ):
            open_digits(file)
    locked = bytearray(content)
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(locked)
    with pytest.raises(DataError, match="x_train: is locked with a password"):
        open_digits(file)
    archive(file, how=zipfile.ZIP_LZMA)
    with pytest.raises(DataError, match="x_test: is packed in a way that is not read here"):
        open_digits(file)
    with pytest.raises(DataError, match="no such file"):
        open_digits(tmp_path / "nothing")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.data())
def test_any_change_leaves_digits_or_an_explanation(tmp_path: Path, data: st.DataObject) -> None:
    how = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    file = archive(tmp_path / "digits.npz", how=how)
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        # The headers and the directory are small beside the images, so they are hit on purpose.
        begins = [i for i in range(len(content)) if content[i : i + 2] == b"PK" or content[i : i + 5] == b"NUMPY"]
        at = data.draw(st.sampled_from([0, *begins])) + data.draw(st.integers(0, 130))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    file.write_bytes(content)
    try:
        digits = open_digits(file)
    except DataError as error:
        explanation = str(error)
    else:
        assert digits.training.images.shape == (len(digits.training), 784)
        return
    assert explanation.startswith(str(file))
    assert "\n" not in explanation
