"""What is remembered between runs of the program: ``Preferences``, kept in a small JSON file."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from digitpad.draw.drawing import BRUSH
from digitpad.explore.guessing import Score, Station
from digitpad.gui.services.settings_file import SettingsFile
from digitpad.train.experiment_file import HIDEABLE, SavedExperiment
from digitpad.train.recipe import Recipe

T = TypeVar("T")

_LARGEST_PX, _LARGEST_AREA = 16_384, 40_000_000  # of a window, which keeps all its pixels; an 8K screen has 33 million
_FURTHEST_PX = 100_000  # from the first screen's corner
_LONGEST, _MOST = 4096, 100  # letters of a path or title, and how many of them


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
        values = preferences.newest()
        if self._key not in values:
            return self._default
        try:
            return self._read(values[self._key])
        except ValueError:
            return self._default

    def __set__(self, preferences: "Preferences", value: T) -> None:
        preferences.remember(self._key, self._write(value))


def _two(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2 or any(type(each) is not int for each in value):
        raise ValueError(f"not two whole numbers: {value}")
    return value[0], value[1]


def _size(value: Any) -> tuple[int, int]:
    width, height = _two(value)
    if not (0 < width <= _LARGEST_PX and 0 < height <= _LARGEST_PX and width * height <= _LARGEST_AREA):
        raise ValueError(f"not the size of a window: {value}")
    return width, height


def _place(value: Any) -> tuple[int, int]:
    x, y = _two(value)
    if max(abs(x), abs(y)) > _FURTHEST_PX:
        raise ValueError(f"on no screen: {value}")
    return x, y


def _percent(value: Any) -> int:
    if type(value) is not int or not 0 < value <= 1000:
        raise ValueError(f"no size of text: {value}")
    return value


def _whether(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"neither yes nor no: {value}")
    return value


def _width(value: Any) -> float:
    if type(value) not in (int, float) or not 0 < value <= 1:
        raise ValueError(f"not the width of a brush, in sides of the canvas: {value}")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise ValueError(f"not a text: {value}")
    return value


def _path(value: Any) -> Path:
    if "\0" in _text(value) or not os.fsencode(value):  # which raises ValueError for half a letter
        raise ValueError(f"not a path: {value}")
    return Path(value)


def _each(read: Callable[[Any], T], value: Any) -> Iterator[T]:
    """Yield what is in a list, without that which is none of its kind. Raises ValueError for what is no list."""
    if not isinstance(value, list):
        raise ValueError(f"not a list: {value}")
    for each in value[:_MOST]:
        with contextlib.suppress(ValueError):
            yield read(each)


def _paths(value: Any) -> tuple[Path, ...]:
    return tuple(_each(_path, value))


def _written(paths: tuple[Path, ...]) -> list[str]:
    return [str(path) for path in paths]


def _folders(value: Any) -> Mapping[str, Path]:
    if not isinstance(value, dict):
        raise ValueError(f"no folders by name: {value}")
    folders = {}
    for name, path in list(value.items())[:_MOST]:
        with contextlib.suppress(ValueError):
            folders[_text(name)] = _path(path)
    return folders


def _titles(value: Any) -> frozenset[str]:
    return frozenset(_each(_text, value))


def _score(value: Any) -> Score:
    """Return the guesses by the names of their stations, without those of stations that are not known."""
    if not isinstance(value, dict):
        raise ValueError(f"no guesses by station: {value}")
    stations = {station.value: station for station in Station}
    return Score({stations[name]: _whether(came_true) for name, came_true in value.items() if name in stations})


def _told(score: Score) -> dict[str, bool]:
    return {station.value: came_true for station, came_true in score.made.items()}


def _recipe(value: Any) -> Recipe:
    """Return the settings of a run, those that cannot be as in chapter 1."""
    if not isinstance(value, dict):
        raise ValueError(f"no settings by name: {value}")
    recipe = Recipe()
    for name, one in value.items():
        with contextlib.suppress(ValueError):
            read = Recipe.from_json(json.dumps({name: one}))
            recipe = replace(recipe, **{name: getattr(read, name)})
    return recipe


def _question(value: Any) -> str:
    return SavedExperiment(question=_text(value)).question


def _hidden(value: Any) -> frozenset[str]:
    return _titles(value) & HIDEABLE


class Preferences(SettingsFile):
    """What a person chose or did, an attribute each, kept in a ``SettingsFile``.

    What is in the file but is not of its kind counts as not chosen; what another version of the program put there
    stays.

    ``window_size`` is in pixels, and so is ``window_place``, that of its upper left corner without a frame, None before
    it was anywhere; ``brush`` is in sides of the canvas, ``text_percent`` in per cent of the usual size of text.
    ``data_set`` is the one chosen last, None before the first choice; ``opened_data_sets`` and ``recent_networks`` have
    the newest first. ``done_tasks`` are what ``Progress`` calls its tasks, ``solved_exercises`` the keys of exercises.
    ``guesses_first`` says whether the person guesses before seeing, and ``score`` how that went. ``folders`` are those
    in which files of each kind were last. ``how_is_open`` says whether the Draw tab shows how it got to its answer,
    ``prefers_nine`` whether a drawing is read nine times, ``closed_hints`` which of its hints were closed for good.
    ``open_sections`` are those of a recipe that are not folded, ``recipe`` the settings that stood there last,
    ``question`` and ``hidden_settings`` what an experiment that was opened has with them. ``look_inside`` is the title
    of what was seen last inside a network, and ``explore_page`` of the page of the Explore tab; "" before there was
    one. ``inside_is_open`` says whether the Draw tab shows what is inside the network, and ``inside_page`` by which
    page; ``earlier_is_open`` whether it shows earlier drawings.
    """

    window_size = _Preference("window", (1100, 780), _size, list)
    window_place = _Preference[tuple[int, int] | None]("place", None, _place, lambda place: place and list(place))
    window_maximised = _Preference("maximised", False, _whether)
    brush = _Preference("brush", BRUSH, _width)
    appearance = _Preference("appearance", Appearance.SYSTEM, Appearance, str)
    text_percent = _Preference("text", 100, _percent)
    recent_networks = _Preference[tuple[Path, ...]]("recent", (), _paths, _written)
    data_set = _Preference[Path | None]("digits", None, _path, str)
    opened_data_sets = _Preference[tuple[Path, ...]]("opened", (), _paths, _written)
    folders = _Preference[Mapping[str, Path]](
        "folders", {}, _folders, lambda folders: {name: str(path) for name, path in folders.items()}
    )
    how_is_open = _Preference("how", False, _whether)
    prefers_nine = _Preference("nine", True, _whether)
    closed_hints = _Preference[frozenset[str]]("hints", frozenset(), _titles, sorted)
    done_tasks = _Preference[frozenset[str]]("solved", frozenset(), _titles, sorted)
    solved_exercises = _Preference[frozenset[str]]("exercises", frozenset(), _titles, sorted)
    guesses_first = _Preference("guesses_first", False, _whether)
    score = _Preference("guesses", Score(), _score, _told)
    open_sections = _Preference[frozenset[str]]("sections", frozenset(), _titles, sorted)
    recipe = _Preference("recipe", Recipe(), _recipe, asdict)
    question = _Preference("question", "", _question)
    hidden_settings = _Preference[frozenset[str]]("hidden", frozenset(), _hidden, sorted)
    look_inside = _Preference("inside", "", _text)
    explore_page = _Preference("page", "", _text)
    inside_is_open = _Preference("look", False, _whether)
    inside_page = _Preference("look_page", "", _text)
    earlier_is_open = _Preference("earlier", False, _whether)

    @property
    def experiment(self) -> SavedExperiment:
        """What stood on the Train tab last: the recipe, with the question and what is hidden of an experiment."""
        return SavedExperiment(self.recipe, self.question, self.hidden_settings)

    @experiment.setter
    def experiment(self, experiment: SavedExperiment) -> None:
        with self.together():
            self.recipe, self.question = experiment.recipe, experiment.question
            self.hidden_settings = experiment.hidden

    def __init__(self, path: Path | None = None) -> None:
        """Read ``path``, or remember nothing beyond this object when there is none."""
        super().__init__(path)
