"""Sets of digits, and what tells one from another."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from digitpad.data.dataset import Dataset, Split
from tests.digits import a_set

SPLIT = Split("bars", a_set(20, 1), a_set(10, 2))


def test_the_same_digits_have_the_same_material_wherever_they_lie() -> None:
    images, labels = SPLIT.training.images, SPLIT.training.labels
    copies = Dataset(np.asfortranarray(images), np.concatenate([labels, labels])[:20])
    again = Split("of another name", copies, SPLIT.held_out)
    assert again.material == SPLIT.material
    assert SPLIT.material.images == 20


def _one_grey(digits: Dataset) -> Dataset:
    images = digits.images.copy()
    images[-1, -1] ^= 1
    return Dataset(images, digits.labels)


def _one_label(digits: Dataset) -> Dataset:
    labels = digits.labels.copy()
    labels[0] = (labels[0] + 1) % 10
    return Dataset(digits.images, labels)


@pytest.mark.parametrize(
    "change",
    [
        _one_grey,
        _one_label,
        lambda digits: digits[::-1],
        lambda digits: digits[:-1],
        lambda digits: digits[:0],
        lambda digits: digits + digits[:1],
    ],
)
def test_any_other_digits_have_another(change: Callable[[Dataset], Dataset]) -> None:
    others = replace(SPLIT, training=change(SPLIT.training)), replace(SPLIT, held_out=change(SPLIT.held_out))
    assert len({split.material.fingerprint for split in (SPLIT, *others)}) == 3


def test_an_image_to_learn_from_is_not_one_to_be_measured_on() -> None:
    digits = a_set(6, 3)
    assert (
        Split("", digits[:2], digits[2:]).material.fingerprint != Split("", digits[:3], digits[3:]).material.fingerprint
    )
