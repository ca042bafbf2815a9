"""Chapter 1's own networks, as they come with the program."""

import re
from pathlib import Path

import numpy as np
import pytest

from digitpad.data import mnist
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.paths import DIGITS
from digitpad.train.recipe import Recipe

ALL = list(ChapterNetwork)


@pytest.mark.parametrize("one", ALL)
def test_each_is_the_books_network_and_tells_how_it_was_made(one: ChapterNetwork) -> None:
    network, told = one.model.network, one.model.provenance
    assert network.sizes == (784, 30, 10)
    assert network.parameters.size == 23_860
    assert (network.activation.name, network.cost.name) == ("sigmoid", "quadratic")
    assert Recipe.from_json(told.recipe) == Recipe()  # chapter 1's first experiment
    assert told.epochs == str(one.epochs)
    assert told.data == "MNIST, 50,000 training images"
    assert told.name.endswith(one.title)
    assert one.model is one.model  # read once


def test_the_untrained_one_is_what_every_run_begins_with() -> None:
    np.testing.assert_array_equal(ChapterNetwork.UNTRAINED.model.network.parameters, Recipe().network().parameters)


def test_the_more_it_has_learned_the_more_it_reads() -> None:
    digits = mnist.load_test(DIGITS)
    right = [one.model.network.evaluate(digits.images, digits.labels) / len(digits) for one in ALL]
    assert right[0] < 0.2 < 0.5 < right[1] < right[2]


@pytest.mark.mnist
def test_the_accuracy_that_is_told_is_measured(mnist_folder: Path) -> None:
    digits = mnist.load_test(mnist_folder)
    for one in ALL:
        told = re.fullmatch(r"(\d+\.\d\d) % on MNIST's test set", one.model.provenance.accuracy)
        assert told
        right = 100 * one.model.network.evaluate(digits.images, digits.labels) / len(digits)
        assert right == pytest.approx(float(told[1]), abs=0.02)  # other kernels may turn an image or two
