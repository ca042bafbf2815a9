"""What is remembered, and what is not when the file is broken."""

import json
from pathlib import Path

import pytest

from digitpad.gui.services.preferences import Settings


def test_values_come_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "settings.json"
    settings = Settings(file)
    settings.set("brush", 0.05)
    settings.set("recent", ["a", "b"])
    settings.set("window", [800, 600])
    again = Settings(file)
    assert again.get("brush", 0.1) == 0.05
    assert again.get("recent", [""]) == ["a", "b"]
    assert again.get("window", [1, 2]) == [800, 600]
    assert again.get("appearance", "system") == "system"
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("broken", ["", "{", "[1]", "\x00\xff", "null"])
def test_a_broken_file_is_set_aside(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(broken, encoding="latin-1")
    settings = Settings(file)
    assert settings.get("brush", 0.1) == 0.1
    assert (tmp_path / "settings.broken.json").read_text(encoding="latin-1") == broken
    settings.set("brush", 0.2)
    assert Settings(file).get("brush", 0.1) == 0.2


@pytest.mark.parametrize(
    ("name", "value", "default"),
    [("brush", "thick", 0.1), ("brush", True, 0.1), ("recent", [1, 2], ["x"]), ("window", ["a"], [1]),
     ("recent", "a", [""])],
)  # fmt: skip
def test_a_value_of_another_kind_is_not_used(tmp_path: Path, name: str, value: object, default: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({name: value}))
    assert Settings(file).get(name, default) == default  # type: ignore[type-var]


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"brush": 1}')
    assert Settings(tmp_path / "settings.json").get("brush", 0.5) == 1.0


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set("brush", 0.3)
    assert settings.get("brush", 0.1) == 0.3


def test_without_a_file_values_last_as_long_as_the_object() -> None:
    settings = Settings()
    settings.set("brush", 0.3)
    assert settings.get("brush", 0.1) == 0.3
