"""What is remembered, and what is not when the file is broken."""

import json
import os
import subprocess
import sys
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
    assert again.opened_pages == frozenset()
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_what_is_set_together_is_known_at_once_and_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "settings.json", Preferences(tmp_path / "settings.json")
    preferences, synced, sync = Preferences(file), list[int](), os.fsync
    preferences.how_is_open = True

    def counted(descriptor: int) -> None:
        synced.append(descriptor)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    preferences.brush = 0.03
    once = len(synced)
    with preferences.together():
        preferences.brush = 0.05
        preferences.experiment = SavedExperiment(Recipe(eta=0.1), "Why?", frozenset({"eta"}))
        assert (preferences.brush, preferences.recipe.eta, other.brush) == (0.05, 0.1, 0.03)
        assert len(synced) == once
        other.how_is_open = False
        synced.clear()
    assert len(synced) == once
    assert (other.brush, other.question, preferences.how_is_open) == (0.05, "Why?", False)
    with preferences.together():
        preferences.brush = 0.05  # as it is: nothing is to be written
    assert len(synced) == once


def test_the_file_is_as_it_always_was(tmp_path: Path) -> None:
    file, before = tmp_path / "settings.json", {
        "window": [800, 600], "brush": 0.05, "appearance": "light", "recent": ["a"], "digits": "b", "opened": ["b"],
        "explored": ["Binary", "Cost"], "solved": ["Cost"], "of another version": {"kept": True},
    }  # fmt: skip
    file.write_text(json.dumps(before), encoding="utf-8")
    preferences = Preferences(file)
    preferences.opened_pages |= {"Layers"}
    assert json.loads(file.read_text(encoding="utf-8")) == before | {"explored": ["Binary", "Cost", "Layers"]}


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[1]", "\x00\xff", "null", "[" * 100_000, f'{{"brush": {"9" * 5000}}}',
     '{"of another": ' + "[" * 400 + "]" * 400 + "}",
     '{"recent": ["' + "a" * (1 << 20) + '"]}'],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_broken_file_is_set_aside(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(broken, encoding="latin-1")
    preferences = Preferences(file)
    assert preferences.brush == Preferences().brush
    assert (tmp_path / "settings.broken.json").read_text(encoding="latin-1") == broken
    assert f"{file}: the settings in it could not be read" in preferences.trouble
    assert "it is settings.broken.json now" in preferences.trouble
    preferences.brush = 0.2
    assert Preferences(file).brush == 0.2


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
     '"recent": [1, 2]', '"recent": "a"', '"digits": ""', '"digits": 1', '"opened": {}', '"explored": [null]',
     '"solved": 3', '"recipe": [1]', '"recipe": {"eta": -1, "other": []}', '"recipe": {"hidden": [0], "seed": 1e400}',
     '"recipe": {"hidden": {"a": 1}, "own": null, "cost": "\\ud800"}', '"inside": 1', '"page": [""]', '"page": ""',
     '"question": 3, "hidden": ["start", 1]', '"question": "' + 301 * "a" + '"'],
)  # fmt: skip
def test_a_value_of_another_kind_is_not_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text("{" + text + "}", encoding="utf-8")
    preferences, untouched = Preferences(tmp_path / "settings.json"), Preferences()
    for name in ("window_size", "brush", "appearance", "recent_networks", "data_set", "opened_data_sets",
                 "opened_pages", "done_tasks", "recipe", "question", "hidden_settings", "look_inside",
                 "explore_page"):  # fmt: skip
        assert getattr(preferences, name) == getattr(untouched, name)
    assert (tmp_path / "settings.json").is_file()


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"brush": 1}')
    assert Preferences(tmp_path / "settings.json").brush == 1.0


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    preferences = Preferences(tmp_path / "file" / "settings.json")
    preferences.brush = 0.3
    assert preferences.brush == 0.3


def test_of_a_list_that_is_used_which_can_be(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"recent": ["a", 1, "\0", "b"], "opened": ["a"] * 10_000}))
    preferences = Preferences(tmp_path / "settings.json")
    assert preferences.recent_networks == (Path("a"), Path("b"))
    assert len(preferences.opened_data_sets) == 100


def test_files_set_aside_get_new_names_and_never_many(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    for i in range(12):
        file.write_text(f"broken {i}")
        assert Preferences(file).trouble
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert set(kept) == {"settings.broken.json"} | {f"settings.broken-{n}.json" for n in range(2, 10)}
    assert "broken 11" in kept.values()
    assert len(set(kept.values())) == 9


def test_a_file_that_may_not_be_read_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"brush": 0.05}')

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as context:
        context.setattr(os, "open", forbidden)
        preferences = Preferences(file)
    assert "settings.json: cannot be read (Permission denied)." in preferences.trouble
    preferences.brush = 0.3
    assert preferences.brush == 0.3
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    assert file.read_text() == '{"brush": 0.05}'


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    odd = [tmp_path, tmp_path / ("a" * 300) / "settings.json"]
    if hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        os.mkfifo(tmp_path / "settings.json")
        odd.append(tmp_path / "settings.json")
    for path in odd:
        preferences = Preferences(path)
        preferences.brush = 0.3
        assert preferences.brush == 0.3


def test_two_windows_change_what_they_change_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    one, other = Preferences(file), Preferences(file)
    one.brush = 0.05
    other.appearance = Appearance.DARK
    one.recent_networks = (Path("a"), *one.recent_networks)
    other.recent_networks = (Path("b"), *other.recent_networks)
    other.done_tasks |= {"Cost"}
    one.done_tasks |= {"Binary"}
    for preferences in (one, other, Preferences(file)):
        assert (preferences.brush, preferences.appearance) == (0.05, Appearance.DARK)
        assert preferences.recent_networks == (Path("b"), Path("a"))
        assert preferences.done_tasks == {"Cost", "Binary"}


def test_what_another_window_damages_is_not_lost_here(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    preferences = Preferences(file)
    preferences.brush = 0.05
    file.write_text("{")
    preferences.appearance = Appearance.DARK
    assert Preferences(file).appearance is Appearance.DARK
    assert (tmp_path / "settings.broken.json").read_text() == "{"


_WRITER = """
import sys
from pathlib import Path
from digitpad.gui.services.preferences import Preferences
preferences = Preferences(Path(sys.argv[1]))
for i in range(20):
    setattr(preferences, sys.argv[2], eval(sys.argv[3])(i))
"""


def test_windows_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    made = {
        "brush": "lambda i: (i + 1) / 100",
        "window_size": "lambda i: (i + 1, 9)",
        "data_set": "lambda i: Path(f'{i}')",
    }
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, file, *each]) for each in made.items()]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    preferences = Preferences(file)
    assert (preferences.brush, preferences.window_size, preferences.data_set) == (0.2, (20, 9), Path("19"))
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


SIMPLE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
ODD = SIMPLE | st.sampled_from([10**400, "\ud800"])
VALUE = ODD | st.lists(ODD | st.lists(ODD)) | st.dictionaries(st.text(max_size=9), ODD, max_size=3)
KEYS = st.sampled_from(
    ["window", "brush", "appearance", "recent", "digits", "opened", "explored", "solved", "recipe", "page", "other"]
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
    assert all(isinstance(title, str) for title in preferences.opened_pages | preferences.done_tasks)
    preferences.opened_pages |= {"Cost"}
    assert "Cost" in Preferences(file).opened_pages


def test_without_a_file_values_last_as_long_as_the_object() -> None:
    preferences = Preferences()
    preferences.brush = 0.3
    assert preferences.brush == 0.3
    assert Preferences().brush != 0.3
