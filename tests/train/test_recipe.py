"""What decides a run: in a file, and what it makes of a data set."""

import re
from dataclasses import replace

import numpy as np
import pytest

from digitpad.errors import DataError
from digitpad.train.recipe import Recipe
from digitpad.train.settings import ALL, VALIDATION
from tests.digits import a_set, digits


@pytest.mark.parametrize(
    ("there", "size", "asked", "learned_from"),
    [
        (603, 10, 50_000, 600),  # all there are, but for what would make a small last mini-batch
        (603, 10, 603, 603),  # as it was asked for
        (603, 10, 41, 41),
        (603, 1, 50_000, 603),
        (603, 700, 50_000, 603),
        (603, ALL, 50_000, 603),
    ],
)
def test_of_all_there_are_so_many_are_learned_from_that_mini_batches_are_whole(
    there: int, size: int, asked: int, learned_from: int
) -> None:
    recipe = Recipe(train_on=asked, mini_batch_size=size).fitted(digits(there))
    assert recipe.train_on == learned_from


@pytest.mark.parametrize(
    ("drawings", "size", "images"), [(1, 10, 600), (25, 10, 620), (18, 700, 618), (1, ALL, 601), (0, 10, 600)]
)
def test_own_drawings_make_no_small_last_mini_batch(drawings: int, size: int, images: int) -> None:
    own = a_set(drawings, 5)
    split = Recipe(own=True, mini_batch_size=size, train_on=600).split(digits(600), own)
    assert (split.material.images, split.material.own) == (images, drawings)
    np.testing.assert_array_equal(split.training.images[images - drawings :], own.images)  # none of them is left out


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("[]", "not the settings of a run: []"), ("{", "not the settings of a run: {"),
     ('{"no": 1}', "there is no setting “no”"),
     ('{"eta": -1}', "Learning rate η: '-1' is not allowed; it is a number above 0"), ('{"hidden": 3.5}', "'3.5'"),
     ('{"hidden": ["a"]}', "Hidden layers: 'a' is not allowed"), ('{"eta": true}', "'True'"), ('{"eta": NaN}', "'nan'"),
     ('{"seed": null}', "'None'"), ("[" * 100_000, "not the settings of a run")],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_settings_from_a_file_are_checked(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Recipe.from_json(text)


def test_a_text_that_is_far_too_long_for_settings_is_not_read() -> None:
    with pytest.raises(ValueError, match=r"not the settings of a run: \{\}") as caught:
        Recipe.from_json("{}" + " " * 10_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("hidden", [(), (30,), (784,), (784, 30, 10), (784, 784), (1, 500), (30, 10)])
def test_layers_in_a_file_are_hidden_layers_whatever_their_sizes(hidden: tuple[int, ...]) -> None:
    assert Recipe.from_json(Recipe(hidden=hidden).to_json()).hidden == hidden


def test_all_at_once_in_a_file_is_0_or_the_word() -> None:
    assert '"mini_batch_size": 0' in Recipe(mini_batch_size=ALL).to_json()
    for text in ('{"mini_batch_size": 0}', '{"mini_batch_size": "all"}'):
        assert Recipe.from_json(text).mini_batch_size == ALL


def test_a_recipe_draws_its_network() -> None:
    recipe = Recipe(hidden=(7,), activation="tanh", cost="cross-entropy", initialisation="scaled", seed=3)
    network = recipe.network()
    assert network.sizes == (784, 7, 10)
    assert (network.activation.name, network.cost.name) == ("tanh", "cross-entropy")
    np.testing.assert_array_equal(network.parameters, recipe.network().parameters)
    assert not np.array_equal(network.parameters, replace(recipe, seed=4).network().parameters)


def test_all_at_once_is_the_whole_training_set() -> None:
    assert Recipe(mini_batch_size=ALL).config(600).mini_batch_size == 600
    assert Recipe(mini_batch_size=1000).config(600).mini_batch_size == 600


def test_the_training_images_are_the_first_and_the_rest_can_be_held_out() -> None:
    given = digits()
    split = Recipe(train_on=500).split(given)
    np.testing.assert_array_equal(split.training.images, given.training.images[:500])
    assert split.held_out is given.test
    rest = Recipe(train_on=500, held_out=VALIDATION).split(given)
    np.testing.assert_array_equal(rest.held_out.labels, given.training.labels[500:])
    assert np.shares_memory(rest.training.images, given.training.images)  # MNIST is in memory once


def test_own_drawings_are_added_where_they_are_wanted() -> None:
    own = a_set(3, 9)
    assert len(Recipe(train_on=500, own=True, mini_batch_size=1).split(digits(), own).training) == 503
    assert len(Recipe(train_on=500).split(digits(), own).training) == 500


def test_no_more_are_learned_from_than_there_are() -> None:
    assert len(Recipe(train_on=601).split(digits()).training) == 600
    assert Recipe(train_on=601).fitted(digits()).train_on == 600
    assert Recipe(train_on=500).fitted(digits()).train_on == 500


@pytest.mark.parametrize(("asked", "learned_from"), [(50_000, 500), (600, 500), (501, 500), (500, 500), (20, 20)])
def test_a_sixth_of_the_training_images_at_least_is_set_aside_for_validation(asked: int, learned_from: int) -> None:
    recipe = Recipe(train_on=asked, held_out=VALIDATION).fitted(digits())
    split = recipe.split(digits())
    assert len(split.training) == recipe.train_on == learned_from
    np.testing.assert_array_equal(split.held_out.images, digits().training.images[learned_from:])


def test_a_file_of_before_calls_validation_digits_the_rest() -> None:
    assert Recipe.from_json('{"held_out": "rest of the training set"}') == Recipe(held_out=VALIDATION)


def test_images_that_do_not_suffice_are_told() -> None:
    with pytest.raises(DataError, match="leaves no validation digits"):
        Recipe(train_on=600, held_out=VALIDATION).split(digits())
