"""What is remembered between runs of the program: ``Preferences``, kept in a small JSON file."""

import contextlib
import json
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from digitpad.draw.drawing import BRUSH
from digitpad.files import write_atomically

T = TypeVar("T")

_LARGEST_PX = (1 << 24) - 1  # the side of Qt's largest widget


class Appearance(StrEnum):
    """Light or dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Preference(Generic[T]):
    """One preference: its ``key`` in the file, what it is ``by_default``, and how it is read from JSON and written.

    ``read`` raises ValueError for what is not its kind: then the default holds.
    """

    def __init__(
        self, key: str, by_default: T, read: Callable[[Any], T], write: Callable[[T], object] = lambda value: value
    ) -> None:
        self._key, self._default, self._read, self._write = key, by_default, read, write

    def __get__(self, preferences: "Preferences", _: type) -> T:
        if self._key not in preferences._values:
            return self._default
        try:
            return self._read(preferences._values[self._key])
        except ValueError:
            return self._default

    def __set__(self, preferences: "Preferences", value: T) -> None:
        preferences._remember(self._key, self._write(value))


def _size(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2 or any(type(side) is not int for side in value):
        raise ValueError(f"not a width and a height: {value}")
    width, height = value
    if not (0 < width <= _LARGEST_PX and 0 < height <= _LARGEST_PX):
        raise ValueError(f"not the size of a window: {value}")
    return width, height


def _width(value: Any) -> float:
    if type(value) not in (int, float) or not 0 < value <= 1:
        raise ValueError(f"not the width of a brush, in sides of the canvas: {value}")
    return float(value)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"not a list of texts: {value}")
    return value


def _paths(value: Any) -> tuple[Path, ...]:
    return tuple(Path(text) for text in _texts(value))


def _written(paths: tuple[Path, ...]) -> list[str]:
    return [str(path) for path in paths]


def _titles(value: Any) -> frozenset[str]:
    return frozenset(_texts(value))


def _path(value: Any) -> Path | None:
    if not isinstance(value, str) or not value:
        raise ValueError(f"not a path: {value}")
    return Path(value)


class Preferences:
    """What a person chose or did, an attribute each; to set one writes the file at once.

    Where the file cannot be written, or there is none, they last until the program ends. What is in the file but is
    not of its kind counts as not chosen; what another version of the program put there stays.

    ``window_size`` is in pixels, ``brush`` in sides of the canvas. ``data_set`` is the one chosen last, None before the
    first choice; ``opened_data_sets`` and ``recent_networks`` have the newest first. ``opened_pages`` and
    ``done_tasks`` are the titles of pages of the Explore tab.
    """

    window_size = _Preference("window", (1100, 780), _size, list)
    brush = _Preference("brush", BRUSH, _width)
    appearance = _Preference("appearance", Appearance.SYSTEM, Appearance, str)
    recent_networks = _Preference[tuple[Path, ...]]("recent", (), _paths, _written)
    data_set = _Preference[Path | None]("digits", None, _path, str)
    opened_data_sets = _Preference[tuple[Path, ...]]("opened", (), _paths, _written)
    opened_pages = _Preference[frozenset[str]]("explored", frozenset(), _titles, sorted)
    done_tasks = _Preference[frozenset[str]]("solved", frozenset(), _titles, sorted)

    def __init__(self, path: Path | None = None) -> None:
        """Read ``path``, or remember nothing beyond this object when there is none.

        A file that does not hold preferences is set aside under another name, and all begins anew.
        """
        self._path = path
        self._values: dict[str, object] = {}
        if path is None or not path.is_file():
            return
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError("not an object")
            self._values = values
        except (OSError, ValueError, RecursionError):
            with contextlib.suppress(OSError):
                os.replace(path, path.with_suffix(".broken.json"))

    def _remember(self, key: str, value: object) -> None:
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if self._path is None:
            return
        with contextlib.suppress(OSError):  # a folder that cannot be written to is no reason to disturb anyone
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(self._values, indent=1).encode())
