"""The recipes worth trying."""

from dataclasses import replace
from typing import Any

import pytest

from digitpad.data.dataset import Kind
from digitpad.train.presets import PRESETS, Preset, in_the_book, preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.settings import SETTINGS, VALIDATION


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_are_written_and_read_alike(preset: Preset) -> None:
    recipe = preset.recipe
    assert Recipe.from_json(recipe.to_json()) == recipe
    for name, setting in SETTINGS.items():
        assert setting.read(setting.show(getattr(recipe, name))) == getattr(recipe, name)
    assert preset_of(replace(recipe, seed=5, epochs=2, own=True)) is preset
    assert preset_of(replace(recipe, eta=0.123)) is None


def test_a_seed_that_was_picked_by_test_digits_is_said_to_be_and_what_others_came_to() -> None:
    for preset in PRESETS:
        assert preset.seed_picked == (preset.recipe.seed != Recipe().seed)
        assert ("picked by" in preset.sentence) == preset.seed_picked
        assert (
            f"Seed {preset.recipe.seed} was picked by the accuracy on the test set" in preset.told
        ) == preset.seed_picked
        assert ("seeds 0 to 7 came to" in preset.told) == preset.seed_picked


def test_a_figure_of_the_book_stands_once_in_what_is_told_and_as_the_best_of_three_runs() -> None:
    for preset in PRESETS:
        figures = 0 if preset.book is None else 1
        assert (preset.told.count("book"), preset.told.count("best of three")) == (figures, figures)
        assert "book" not in preset.sentence


@pytest.mark.parametrize(
    "other",
    [{"epochs": 4}, {"train_on": 60_000}, {"held_out": VALIDATION}, {"own": True}, {"eta": 2.0}],
    ids=lambda other: next(iter(other)),
)
def test_the_book_speaks_of_what_it_did_with_mnist_and_of_nothing_else(other: dict[str, Any]) -> None:
    for preset in PRESETS:
        found = in_the_book(replace(preset.recipe, seed=3), Kind.MNIST)
        assert found is (None if preset.book is None else preset)
        assert in_the_book(preset.recipe, Kind.BUILT_IN) is None
        assert in_the_book(replace(preset.recipe, **other), Kind.MNIST) is None
