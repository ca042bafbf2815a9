"""What a trained network says of the material that another is to learn from."""

import numpy as np
import pytest
from teacher import Teacher

from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.train import model_file


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    """The network that comes with the program."""
    return Teacher(model_file.load(paths.DEFAULT_NETWORK).network)


@pytest.fixture(scope="module")
def digits() -> Dataset:
    """Digits that it can read."""
    return synthetic.dataset(300, np.random.default_rng(3))


def test_its_outputs_are_of_the_digit_and_always_the_same(teacher: Teacher, digits: Dataset) -> None:
    outputs = teacher.outputs(digits.images)
    assert outputs.shape == (300, 10)
    assert (outputs.argmax(axis=1) == digits.labels).mean() > 0.95
    np.testing.assert_array_equal(outputs, teacher.outputs(digits.images))


def test_wrong_labels_are_found_and_right_ones_stay(teacher: Teacher, digits: Dataset) -> None:
    labels = digits.labels.copy()
    wrong = np.zeros(300, dtype=bool)
    wrong[::30] = True
    labels[wrong] = (labels[wrong] + 5) % 10
    found = teacher.mislabelled(digits.images, labels)
    assert found[wrong].sum() >= 9
    assert found[~wrong].sum() <= 3


def test_a_character_that_mostly_looks_like_a_digit_is_left_out_whole(teacher: Teacher, digits: Dataset) -> None:
    ones, rest = digits.images[digits.labels == 1], digits.images[digits.labels != 1]
    cross = np.zeros((28, 28), dtype=np.uint8)
    cross[13:15, 4:24] = cross[4:24, 13:15] = 255
    crosses = np.repeat(cross.reshape(1, 784), 20, axis=0)
    images = np.concatenate([ones, crosses, rest[:3]])
    characters = len(ones) * ["l"] + 20 * ["+"] + 3 * ["+"]  # the last are badly labelled
    found = teacher.look_alikes(images, characters)
    assert found[: len(ones)].all()
    assert not found[len(ones) : -3].any()
    assert found[-3:].any()
