"""An experiment for somebody to try, in a small JSON file: the settings of a run, a question to it, what to leave out.

The file has a suffix of its own, so that a system can give it to this program: ``.json`` belongs to editors and
browsers, which would show it as text.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digitpad.errors import ExperimentError, one_line
from digitpad.files.reading import content_of
from digitpad.files.writing import write_atomically, writing
from digitpad.train.recipe import Recipe
from digitpad.train.settings import SETTINGS

SUFFIX = ".digitpad"
LONGEST_QUESTION = 300  # letters
LARGEST_BYTES = 64 << 10  # of all of it
PRESETS, DIGITS = "presets", "digits"  # of what can be chosen besides settings: a ready recipe, and the data set
HIDEABLE = frozenset({PRESETS, DIGITS, *SETTINGS})

_FORMAT, _VERSION = "digitpad experiment", 1
_MARK = b'"digitpad experiment"'
_FIELDS = {"format", "version", "question", "hide", "recipe"}
_LONGEST_NUMBER = 20


@dataclass(frozen=True)
class SavedExperiment:
    """The ``recipe`` of a run, a ``question`` to it or "", and the names in ``HIDEABLE`` that are not to be shown.

    Raises ValueError for a question that is too long, and for other names.
    """

    recipe: Recipe = field(default_factory=Recipe)
    question: str = ""
    hidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        question = one_line(self.question, 2 * LONGEST_QUESTION)
        if len(question) > LONGEST_QUESTION:
            raise ValueError(f"its question has more than {LONGEST_QUESTION} letters")
        if unknown := self.hidden - HIDEABLE:
            raise ValueError(f"there is no “{one_line(min(unknown))}” to hide")
        object.__setattr__(self, "question", question)

    def to_json(self) -> str:
        """Return it as JSON, as people read it best."""
        told = {
            "format": _FORMAT,
            "version": _VERSION,
            "question": self.question,
            "hide": sorted(self.hidden),
            "recipe": self.recipe.to_dict(),
        }
        return json.dumps(told, indent=2, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "SavedExperiment":
        """Return the experiment in ``text``; settings that are left out are as in chapter 1.

        Raises ValueError, which says what is wrong with what: nothing is taken that is not known and allowed.
        """
        if len(text) > LARGEST_BYTES:
            raise ValueError(f"an experiment has {LARGEST_BYTES >> 10} KiB at most")
        try:
            told = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
        except json.JSONDecodeError as error:
            raise ValueError(f"its line {error.lineno} is not JSON") from None
        except RecursionError:
            told = None
        if not isinstance(told, dict) or told.get("format") != _FORMAT:
            raise ValueError("it is not one of digitpad's")
        if told.get("version") != _VERSION or isinstance(told["version"], bool):
            raise ValueError("it was written by another version of digitpad")
        if unknown := told.keys() - _FIELDS:
            raise ValueError(f"it has “{one_line(min(unknown))}”, which an experiment has not")
        question, hidden = told.get("question", ""), told.get("hide", [])
        if not isinstance(question, str):
            raise ValueError("its question is no text")
        if not isinstance(hidden, list) or not all(isinstance(name, str) for name in hidden):
            raise ValueError("what it hides is no list of names")
        return cls(Recipe.from_dict(told.get("recipe", {})), question, frozenset(hidden))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Raises ValueError where it says something twice."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("it says something twice")
    return told


def _whole(digits: str) -> int:
    """Return a whole number of JSON. Raises ValueError where it is longer than any that is allowed."""
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"it has a number of {len(digits):,} digits")
    return int(digits)


def recognises(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is meant to be an experiment, whatever it is called."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _MARK in head


def save(path: Path, experiment: SavedExperiment) -> None:
    """Write ``experiment``, whole or not at all. Raises ExperimentError when it cannot be written."""
    with writing(path, ExperimentError):
        write_atomically(path, (experiment.to_json() + "\n").encode())


def load(path: Path) -> SavedExperiment:
    """Return the experiment in the file. Raises ExperimentError, naming the file, where it holds none."""
    too_large = f"this is no experiment, which has {LARGEST_BYTES >> 10} KiB at most"
    content = content_of(path, ExperimentError, LARGEST_BYTES, too_large)
    try:
        return SavedExperiment.from_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ExperimentError(f"{path}: this experiment cannot be opened: it is no text in UTF-8.") from error
    except ValueError as error:
        raise ExperimentError(f"{path}: this experiment cannot be opened: {error}.") from error
