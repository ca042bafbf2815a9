"""What is remembered, and what is not when the file is broken."""

import json
from pathlib import Path

import pytest

from digitpad.gui.services.preferences import Appearance, Preferences


def test_values_come_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "settings.json"
    preferences = Preferences(file)
    preferences.brush = 0.05
    preferences.window_size = 800, 600
    preferences.appearance = Appearance.DARK
    preferences.recent_networks = Path("a"), Path("b")
    preferences.data_set = Path("c")
    preferences.done_tasks |= {"Cost", "Binary"}
    again = Preferences(file)
    assert again.brush == 0.05
    assert again.window_size == (800, 600)
    assert again.appearance is Appearance.DARK
    assert again.recent_networks == (Path("a"), Path("b"))
    assert again.data_set == Path("c")
    assert again.done_tasks == {"Cost", "Binary"}
    assert again.opened_data_sets == ()
    assert again.opened_pages == frozenset()
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_the_file_is_as_it_always_was(tmp_path: Path) -> None:
    file, before = tmp_path / "settings.json", {
        "window": [800, 600], "brush": 0.05, "appearance": "light", "recent": ["a"], "digits": "b", "opened": ["b"],
        "explored": ["Binary", "Cost"], "solved": ["Cost"], "of another version": {"kept": True},
    }  # fmt: skip
    file.write_text(json.dumps(before), encoding="utf-8")
    preferences = Preferences(file)
    preferences.opened_pages |= {"Layers"}
    assert json.loads(file.read_text(encoding="utf-8")) == before | {"explored": ["Binary", "Cost", "Layers"]}


@pytest.mark.parametrize("broken", ["", "{", "[1]", "\x00\xff", "null", "[" * 100_000])
def test_a_broken_file_is_set_aside(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(broken, encoding="latin-1")
    preferences = Preferences(file)
    assert preferences.brush == Preferences().brush
    assert (tmp_path / "settings.broken.json").read_text(encoding="latin-1") == broken
    preferences.brush = 0.2
    assert Preferences(file).brush == 0.2


@pytest.mark.parametrize(
    "text",
    ['"brush": "thick"', '"brush": true', '"brush": NaN', '"brush": -1', '"window": ["a", 1]', '"window": [800]',
     '"window": [800, 1e9]', '"window": [800, 1000000000000]', '"appearance": "pink"', '"appearance": []',
     '"recent": [1, 2]', '"recent": "a"', '"digits": ""', '"digits": 1', '"opened": {}', '"explored": [null]',
     '"solved": 3'],
)  # fmt: skip
def test_a_value_of_another_kind_is_not_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text("{" + text + "}", encoding="utf-8")
    preferences, untouched = Preferences(tmp_path / "settings.json"), Preferences()
    for name in ("window_size", "brush", "appearance", "recent_networks", "data_set", "opened_data_sets",
                 "opened_pages", "done_tasks"):  # fmt: skip
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


def test_without_a_file_values_last_as_long_as_the_object() -> None:
    preferences = Preferences()
    preferences.brush = 0.3
    assert preferences.brush == 0.3
    assert Preferences().brush != 0.3
