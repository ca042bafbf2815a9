"""Folders of IDX files, made by the test or MNIST's own."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from digitpad.data import mnist
from digitpad.errors import DataError

from .test_idx import idx_bytes

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


@pytest.mark.mnist
def test_mnist_itself(mnist_folder: Path) -> None:
    training, test = mnist.load_training(mnist_folder), mnist.load_test(mnist_folder)
    assert (len(training), len(test)) == (60000, 10000)
    for digits in (training, test):
        assert digits.images.shape == (len(digits), 784)
        assert (digits.images.min(), digits.images.max()) == (0, 255)
        assert set(digits.labels) == set(range(10))
    assert test.images.mean() / 255 == pytest.approx(0.1325, abs=1e-4)
    assert list(test.labels[:5]) == [7, 2, 1, 0, 4]
