"""Arrays that are sets of digits, and those that are not."""

import numpy as np
import pytest

from digitpad.data.formats import arrays
from digitpad.data.formats.arrays import Layout, dataset_of
from digitpad.errors import DataError

LABELS = np.array([7, 2, 1])
ALL_GREYS = np.tile(np.arange(256), 10)[: 3 * 784].reshape(3, 784)


@pytest.mark.parametrize(
    ("kind", "divisor"),
    [
        (np.uint8, 1),
        (np.int64, 1),
        *((kind, by) for kind in (np.float16, np.float32, np.float64) for by in (1, 255, 256)),
    ],
)
def test_greys_come_back_as_bytes(kind: type, divisor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_BLOCK", 2)  # so that the last block is a short one
    made = dataset_of((ALL_GREYS / divisor).astype(kind).reshape(3, 28, 28), LABELS, "images", "labels")
    assert made.images.dtype == made.labels.dtype == np.uint8
    np.testing.assert_array_equal(made.images, ALL_GREYS)
    np.testing.assert_array_equal(made.labels, LABELS)


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float32])
def test_ink_or_none_is_black_or_white(kind: type) -> None:
    made = dataset_of((ALL_GREYS > 127).astype(kind), LABELS, "images", "labels")
    np.testing.assert_array_equal(made.images, np.where(ALL_GREYS > 127, 255, 0))


@pytest.mark.parametrize("shape", [(784,), (28, 28), (28, 28, 1), (1, 28, 28), (784, 1)])
def test_an_axis_of_one_says_nothing(shape: tuple[int, ...]) -> None:
    made = dataset_of(ALL_GREYS.reshape(3, *shape), LABELS, "images", "labels")
    np.testing.assert_array_equal(made.images, ALL_GREYS)


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.float32, np.float64])
def test_labels_may_be_a_list_a_column_or_one_hot_of_any_type(kind: type) -> None:
    forms: list[np.ndarray] = [LABELS.astype(kind), LABELS.astype(kind)[:, None], np.eye(10, dtype=kind)[LABELS]]
    for labels in forms:
        made = dataset_of(ALL_GREYS, labels, "images", "labels")
        assert made.labels.dtype == np.uint8
        np.testing.assert_array_equal(made.labels, LABELS)
    made = dataset_of(ALL_GREYS, np.eye(10, dtype=bool)[LABELS], "images", "labels")
    np.testing.assert_array_equal(made.labels, LABELS)


def test_the_largest_grey_below_one_does_not_turn_to_paper() -> None:
    made = dataset_of(np.full((3, 784), np.nextafter(1.0, 0.0)), LABELS, "images", "labels")
    assert (made.images == 255).all()


@pytest.mark.parametrize("above", [1.0000001, 1.2, 1.9])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_grey_a_little_above_one_is_ink_and_the_others_keep_theirs(kind: type, above: float) -> None:
    greys: np.ndarray = (ALL_GREYS / 255).astype(kind)
    greys[1, 100] = above
    made = dataset_of(greys, LABELS, "images", "labels")
    expected = ALL_GREYS.copy()
    expected[1, 100] = 255
    np.testing.assert_array_equal(made.images, expected)


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.float32])
@pytest.mark.parametrize("most", [2, 16])
def test_a_few_whole_levels_stay_as_they_are(kind: type, most: int) -> None:
    levels = ALL_GREYS * most // 255
    made = dataset_of(levels.astype(kind), LABELS, "images", "labels")
    np.testing.assert_array_equal(made.images, levels)


@pytest.mark.parametrize(
    ("images", "labels", "complaint"),
    [
        (np.zeros((3, 28, 20)), LABELS, "images: the images are 20 x 28 pixels, not 28 x 28"),
        (np.zeros((3, 783)), LABELS, "images: holds 3 x 783, not a list of 28 x 28 images"),
        (np.zeros(784), LABELS, "images: holds 784, not a list"),
        (np.array(0.0), LABELS, "images: holds a number, not a list"),
        (np.zeros((3, 28, 28, 3)), LABELS, "images: holds 3 x 28 x 28 x 3, not a list"),
        (np.zeros((3, 784)), LABELS[:, None, None], "labels: holds something else than a list of labels"),
        (np.zeros((3, 784)), np.zeros((3, 10)), "labels: holds something else than a list of labels"),
        (np.zeros((3, 784)), np.full((3, 10), 0.1), "labels: holds something else than a list of labels"),
        (np.zeros((3, 784)), LABELS + np.nan, "labels: holds something else than a list of labels"),
        (np.zeros((3, 784)), LABELS == 7, "labels: holds something else than a list of labels"),
        (np.zeros((3, 784)), LABELS + 0.5, "labels: holds labels that are no whole numbers"),
        (np.zeros((3, 784)), LABELS[:2], "labels: 2 labels for the 3 images"),
        (np.zeros((0, 784)), LABELS[:0], "labels: holds no digits"),
        (np.zeros((3, 784)), LABELS + 3, "labels: holds the label 10"),
        (np.zeros((3, 784)), LABELS - 2, "labels: holds the label -1"),
        (np.full((3, 784), 256), LABELS, "images: holds greys that are neither"),
        (np.full((3, 784), -0.1), LABELS, "images: holds greys that are neither"),
        (np.full((3, 784), np.nan), LABELS, "images: holds greys that are neither"),
        (np.full((3, 784), np.inf), LABELS, "images: holds greys that are neither"),
    ],
)
def test_other_arrays_are_refused(images: np.ndarray, labels: np.ndarray, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        dataset_of(images, labels, "images", "labels")


@pytest.mark.parametrize("descr", ["|O", "O8", "|V8", "<U8", "S1", "<M8", "<<f4", "f4,f4", "c8", "?", ""])
def test_only_plain_numbers_are_an_array(descr: str) -> None:
    layout = Layout("here", descr, (1,), False)
    with pytest.raises(DataError, match="here: "):
        layout.array(bytes(layout.size(100)))


def test_a_layout_that_does_not_fit_is_refused() -> None:
    np.testing.assert_array_equal(Layout("", ">u2", (2, 1), False).array(b"\0\1\1\0"), [[1], [256]])
    np.testing.assert_array_equal(Layout("", "|u1", (2, 2), True).array(b"\0\1\2\3"), [[0, 2], [1, 3]])
    with pytest.raises(DataError, match="here: promises more"):
        Layout("here", "<f8", (2, 3), False).size(47)
    for shape in ((3,), (-1, -4), (2**70, 0), (0, 2**62, 2**62), (1,) * 99):
        with pytest.raises(DataError, match="here: the array is damaged or cut off"):
            Layout("here", "|u1", shape, False).array(bytes(4))
