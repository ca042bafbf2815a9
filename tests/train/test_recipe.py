"""The settings of a run: what is allowed, what is said otherwise, and what they stand for."""

import re
from dataclasses import replace

import numpy as np
import pytest

from digitpad.errors import DataError
from digitpad.train.presets import PRESETS, preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.settings import ALL, HELD_OUT, SETTINGS
from tests.digits import a_set, digits


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("hidden", "30", (30,)), ("hidden", "[100, 30]", (100, 30)), ("hidden", "100-30", (100, 30)), ("hidden", "", ()),
     ("hidden", "none", ()), ("eta", "3", 3.0), ("eta", " 1e-3 ", 0.001), ("mini_batch_size", "all", ALL),
     ("mini_batch_size", "1", 1), ("epochs", "10", 10), ("momentum", "0", 0.0), ("l2", "1", 1.0),
     ("train_on", "50,000", 50_000), ("seed", "0", 0), ("deform", "yes", True),
     ("cost", "cross-entropy", "cross-entropy")],
)  # fmt: skip
def test_what_is_allowed_is_read(name: str, text: str, value: object) -> None:
    assert SETTINGS[name].read(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("hidden", "0"), ("hidden", "2001"), ("hidden", "1,1,1,1,1,1"), ("hidden", "thirty"), ("hidden", "30,"),
     ("eta", "0"), ("eta", "-1"), ("eta", "1001"), ("eta", "nan"), ("eta", "inf"), ("eta", ""), ("eta", "3,0"),
     ("mini_batch_size", "0"), ("mini_batch_size", "2.5"), ("epochs", "0"), ("epochs", "10001"), ("momentum", "1"),
     ("momentum", "-0.1"), ("l2", "1.1"), ("l2", "nan"), ("seed", "-1"), ("seed", "4294967296"), ("train_on", "0"),
     ("activation", "step"), ("deform", "maybe")],
)  # fmt: skip
def test_what_is_not_allowed_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(repr(text))} is not allowed; it is "):
        SETTINGS[name].read(text)


def test_what_is_shown_can_be_read_again() -> None:
    assert SETTINGS["mini_batch_size"].show(ALL) == "all"
    for name, value in (("mini_batch_size", ALL), ("hidden", ()), ("hidden", (100, 30)), ("eta", 0.1), ("own", True)):
        assert SETTINGS[name].read(SETTINGS[name].show(value)) == value


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_are_written_and_read_alike(preset: object) -> None:
    recipe = preset.recipe  # type: ignore[attr-defined]
    assert Recipe.from_json(recipe.to_json()) == recipe
    for name, setting in SETTINGS.items():
        assert setting.read(setting.show(getattr(recipe, name))) == getattr(recipe, name)
    assert preset_of(replace(recipe, seed=5, epochs=2, own=True)) is preset
    assert preset_of(replace(recipe, eta=0.123)) is None


@pytest.mark.parametrize("text", ["[]", '{"eta": -1}', '{"no": 1}', '{"hidden": 3.5}', "{", '{"hidden": ["a"]}'])
def test_settings_from_a_file_are_checked(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Recipe.from_json(text)


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
    rest = Recipe(train_on=500, held_out=HELD_OUT[1]).split(given)
    np.testing.assert_array_equal(rest.held_out.labels, given.training.labels[500:])
    assert np.shares_memory(rest.training.images, given.training.images)  # MNIST is in memory once


def test_own_drawings_are_added_where_they_are_wanted() -> None:
    own = a_set(3, 9)
    assert len(Recipe(train_on=500, own=True).split(digits(), own).training) == 503
    assert len(Recipe(train_on=500).split(digits(), own).training) == 500


def test_no_more_are_learned_from_than_there_are() -> None:
    assert len(Recipe(train_on=601).split(digits()).training) == 600
    assert Recipe(train_on=601).fitted(digits()).train_on == 600
    assert Recipe(train_on=500).fitted(digits()).train_on == 500


def test_images_that_do_not_suffice_are_told() -> None:
    with pytest.raises(DataError, match="leaves none to measure on"):
        Recipe(train_on=600, held_out=HELD_OUT[1]).split(digits())
