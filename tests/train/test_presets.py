"""The recipes worth trying."""

from dataclasses import replace

import pytest

from digitpad.train.presets import PRESETS, Preset, preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.settings import SETTINGS


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_presets_are_written_and_read_alike(preset: Preset) -> None:
    recipe = preset.recipe
    assert Recipe.from_json(recipe.to_json()) == recipe
    for name, setting in SETTINGS.items():
        assert setting.read(setting.show(getattr(recipe, name))) == getattr(recipe, name)
    assert preset_of(replace(recipe, seed=5, epochs=2, own=True)) is preset
    assert preset_of(replace(recipe, eta=0.123)) is None


def test_a_seed_that_was_picked_by_test_digits_is_said_to_be() -> None:
    for preset in PRESETS:
        assert preset.seed_picked == (preset.recipe.seed != Recipe().seed)
        assert ("picked by" in preset.sentence) == preset.seed_picked
        assert (
            f"Seed {preset.recipe.seed} was picked by the accuracy on the test set" in preset.told
        ) == preset.seed_picked
