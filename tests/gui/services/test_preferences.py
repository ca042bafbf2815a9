"""What is remembered, and what becomes of each value that another window or a broken file has."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.gui.services.preferences import Appearance, Preferences
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.recipe import Recipe
from digitpad.train.settings import ALL


def test_values_come_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "settings.json"
    preferences = Preferences(file)
    preferences.brush = 0.05
    preferences.window_size = 800, 600
    preferences.appearance = Appearance.DARK
    preferences.recent_networks = Path("a"), Path("b")
    preferences.data_set = Path("c")
    preferences.done_tasks |= {"Cost", "Binary"}
    preferences.recipe = Recipe(hidden=(20, 10), eta=0.1, mini_batch_size=ALL, own=True)
    preferences.question, preferences.hidden_settings = "Why?", frozenset({"eta"})
    preferences.finish()
    again = Preferences(file)
    assert again.brush == 0.05
    assert again.window_size == (800, 600)
    assert again.appearance is Appearance.DARK
    assert again.recent_networks == (Path("a"), Path("b"))
    assert again.data_set == Path("c")
    assert again.done_tasks == {"Cost", "Binary"}
    assert again.recipe == Recipe(hidden=(20, 10), eta=0.1, mini_batch_size=ALL, own=True)
    assert again.experiment == SavedExperiment(again.recipe, "Why?", frozenset({"eta"}))
    assert again.opened_data_sets == ()
    assert again.open_sections == frozenset()
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_the_file_is_as_it_always_was(tmp_path: Path) -> None:
    file, before = tmp_path / "settings.json", {
        "window": [800, 600], "brush": 0.05, "appearance": "light", "recent": ["a"], "digits": "b", "opened": ["b"],
        "explored": ["Binary", "Cost"], "solved": ["Cost"], "of another version": {"kept": True},
    }  # fmt: skip
    file.write_text(json.dumps(before), encoding="utf-8")
    preferences = Preferences(file)
    preferences.done_tasks |= {"Layers"}
    preferences.finish()
    assert json.loads(file.read_text(encoding="utf-8")) == before | {"solved": ["Cost", "Layers"]}


@pytest.mark.parametrize(
    "text",
    ['"brush": "thick"', '"brush": true', '"brush": NaN', '"brush": -1', '"window": ["a", 1]', '"window": [800]',
     '"window": [800, 1e9]', '"window": [800, 1000000000000]', '"window": [1000000, 1000000]',
     '"window": [16000, 16000]', f'"window": [{10**30}, 5]', '"window": [0, -5]', '"window": [NaN, 1]', '"brush": 1e9',
     '"brush": 1e308', '"brush": Infinity', f'"brush": {10**399}', '"brush": []', '"brush": null',
     '"digits": "\\ud800"',
     '"digits": "\\u0000"', '"recent": ["\\ud800", "a\\u0000", ""]', '"recent": {"a": 1}',
     '"digits": "' + 9999 * "a" + '"',
     '"solved": {}', '"appearance": "pink"', '"appearance": []',
     '"recent": [1, 2]', '"recent": "a"', '"digits": ""', '"digits": 1', '"opened": {}', '"sections": [null]',
     '"solved": 3', '"recipe": [1]', '"recipe": {"eta": -1, "other": []}', '"recipe": {"hidden": [0], "seed": 1e400}',
     '"recipe": {"hidden": {"a": 1}, "own": null, "cost": "\\ud800"}', '"inside": 1', '"page": [""]', '"page": ""',
     '"question": 3, "hidden": ["start", 1]', '"question": "' + 301 * "a" + '"'],
)  # fmt: skip
def test_a_value_of_another_kind_is_not_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text("{" + text + "}", encoding="utf-8")
    preferences, untouched = Preferences(tmp_path / "settings.json"), Preferences()
    for name in ("window_size", "brush", "appearance", "recent_networks", "data_set", "opened_data_sets",
                 "open_sections", "done_tasks", "recipe", "question", "hidden_settings", "look_inside",
                 "explore_page"):  # fmt: skip
        assert getattr(preferences, name) == getattr(untouched, name)
    assert (tmp_path / "settings.json").is_file()


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"brush": 1}')
    assert Preferences(tmp_path / "settings.json").brush == 1.0


def test_of_a_list_that_is_used_which_can_be(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"recent": ["a", 1, "\0", "b"], "opened": ["a"] * 10_000}))
    preferences = Preferences(tmp_path / "settings.json")
    assert preferences.recent_networks == (Path("a"), Path("b"))
    assert len(preferences.opened_data_sets) == 100


def test_two_windows_change_what_they_change_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    one, other = Preferences(file), Preferences(file)
    one.brush = 0.05
    other.appearance = Appearance.DARK
    one.recent_networks = (Path("a"), *one.recent_networks)
    one.finish()
    other.recent_networks = (Path("b"), *other.recent_networks)
    other.finish()
    other.done_tasks |= {"Cost"}
    other.finish()
    one.done_tasks |= {"Binary"}
    one.finish()
    for preferences in (one, other, Preferences(file)):
        assert (preferences.brush, preferences.appearance) == (0.05, Appearance.DARK)
        assert preferences.recent_networks == (Path("b"), Path("a"))
        assert preferences.done_tasks == {"Cost", "Binary"}


SIMPLE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
ODD = SIMPLE | st.sampled_from([10**400, "\ud800"])
VALUE = ODD | st.lists(ODD | st.lists(ODD)) | st.dictionaries(st.text(max_size=9), ODD, max_size=3)
KEYS = st.sampled_from(
    ["window", "brush", "appearance", "recent", "digits", "opened", "sections", "solved", "recipe", "page", "other"]
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None, derandomize=True
)
@given(st.dictionaries(KEYS, VALUE).map(lambda values: json.dumps(values).encode()) | st.binary(max_size=40))
def test_any_file_gives_values_within_bounds(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    preferences = Preferences(file)
    assert all(1 <= side <= 16_384 for side in preferences.window_size)
    assert 0 < preferences.brush <= 1
    assert preferences.appearance in Appearance
    assert preferences.recipe == Recipe.from_json(preferences.recipe.to_json())
    for path in (preferences.data_set or Path(), *preferences.recent_networks, *preferences.opened_data_sets):
        path.exists()  # which raises ValueError for some
    assert all(isinstance(title, str) for title in preferences.open_sections | preferences.done_tasks)
    preferences.done_tasks |= {"Cost"}
    preferences.finish()
    assert "Cost" in Preferences(file).done_tasks


def test_without_a_file_values_last_as_long_as_the_object() -> None:
    preferences = Preferences()
    preferences.brush = 0.3
    assert preferences.brush == 0.3
    assert Preferences().brush != 0.3
