"""The way from ink to the picture with steps left out, and the digit of a set to compare with."""

import numpy as np

from digitpad.draw.brushed import brushed
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.preprocess import AS_MNIST, Centring, Steps, preprocess
from digitpad.inside.lens import nearest_of_class, through
from tests.digits import a_set

HOOK = Drawing((Stroke(np.array([[0.2, 0.1, 1.0], [0.3, 0.1, 1.0], [0.3, 0.4, 1.0]]), 0.1),))


def test_all_steps_are_the_way_it_always_goes() -> None:
    stages = HOOK.stages()
    np.testing.assert_array_equal(through(HOOK, stages, AS_MNIST).image, stages.image)


def test_steps_are_left_out_of_the_same_ink() -> None:
    stages, steps = HOOK.stages(), Steps(centring=Centring.NONE, inverted=True)
    np.testing.assert_array_equal(through(HOOK, stages, steps).image, preprocess(stages.ink, stages.place, steps).image)
    assert through(HOOK, stages, steps).image.reshape(28, 28)[20:, 20:].all()  # it was drawn at the upper left


def test_without_one_width_lines_are_as_they_were_drawn() -> None:
    stages = HOOK.stages()
    own = through(HOOK, stages, AS_MNIST, one_width=False)
    np.testing.assert_array_equal(own.ink, brushed(HOOK)[0])
    assert own.image.sum() > 1.5 * stages.image.sum()  # a brush of a third of the digit's height


def test_the_nearest_of_a_class_against_all_of_them() -> None:
    digits = a_set(2500, 7)
    image = np.random.default_rng(1).random(784).astype(np.float32)
    for label in (0, 7):
        those = digits.images[digits.labels == label]
        distances = ((those / 255 - image) ** 2).sum(axis=1)
        found = nearest_of_class(digits, image, label)
        np.testing.assert_array_equal(found, those[distances.argmin()])


def test_a_class_may_have_no_digits() -> None:
    digits = a_set(50, 7)
    assert nearest_of_class(digits[np.flatnonzero(digits.labels != 3)], np.zeros(784, dtype=np.float32), 3) is None
