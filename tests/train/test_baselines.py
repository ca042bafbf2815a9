"""Accuracies that need no network, on images worked out by hand and on MNIST."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.opening import open_digits
from digitpad.train.baselines import Method, baselines_of, darkness_accuracy


def dark(*images: tuple[int, int]) -> Dataset:
    """Return images of a label and so much ink each, in one pixel or two."""
    greys = np.zeros((len(images), 784), dtype=np.uint8)
    for image, (_, ink) in zip(greys, images, strict=True):
        image[300], image[301] = min(ink, 255), max(ink - 255, 0)
    return Dataset(greys, np.array([label for label, _ in images], dtype=np.uint8))


def test_the_nearest_average_darkness_answers() -> None:
    # The means are 20 for 1, 400 for 8 and 60 for 7: below 40 the answer is 1, from there 7, and above 230 it is 8.
    training = dark((1, 10), (1, 30), (8, 300), (8, 500), (7, 60))
    for label, ink, right in [(1, 0, 1), (1, 39, 1), (7, 41, 1), (7, 229, 1), (8, 231, 1), (8, 510, 1), (1, 41, 0)]:
        assert darkness_accuracy(training, dark((label, ink))) == right, (label, ink)
    assert darkness_accuracy(training, dark((1, 0), (7, 60), (8, 100), (0, 0))) == 0.5


def test_of_two_as_near_the_lower_digit_answers() -> None:
    training = dark((5, 10), (2, 20))
    assert darkness_accuracy(training, dark((2, 15))) == 1
    assert darkness_accuracy(training, dark((5, 15))) == 0


def test_a_digit_without_images_is_never_the_answer() -> None:
    assert darkness_accuracy(dark((3, 200), (9, 400)), dark((0, 0), (3, 0))) == 0.5


def test_images_kept_for_validation_are_not_learned_from() -> None:
    training = dark((0, 10), (0, 10), (1, 100), (1, 100), (1, 100), (0, 510))  # the last would make 0 the darker
    found = baselines_of(Digits("mine", training, dark((0, 12), (1, 90), (1, 300), (0, 300))))
    assert found.digits == "mine"
    assert found.accuracies == {Method.GUESSING: 0.1, Method.DARKNESS: 0.75}


def test_the_book_s_machine_is_told_of_mnist_alone() -> None:
    digits = Digits("mine", dark((0, 10), (1, 100)), dark((0, 10)))
    assert Method.SVM not in baselines_of(digits).accuracies
    assert Method.SVM not in baselines_of(replace(digits, kind=Kind.BUILT_IN)).accuracies
    assert baselines_of(replace(digits, kind=Kind.MNIST)).accuracies[Method.SVM] == 0.9435


@pytest.mark.mnist
def test_on_mnist_average_darkness_is_right_as_often_as_in_the_book(mnist_folder: Path) -> None:
    found = baselines_of(open_digits(mnist_folder)).accuracies
    assert round(10_000 * found[Method.DARKNESS]) == 2225
    assert set(found) == set(Method)
