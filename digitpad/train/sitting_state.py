"""What ``state.json`` says of a sitting that is kept: which files make it up, and what is in no file of its own."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from digitpad.errors import SittingError, reason
from digitpad.files.reading import opened
from digitpad.files.writing import write_atomically, writing
from digitpad.train import folder_lock
from digitpad.train.made import moment

NAME = "state.json"

_VERSION, _READABLE = 2, (1, 2)
_NOT_KEPT = ("..", NAME, folder_lock.NAME)  # in the folder, but none of what is kept there
_SINGLE = ("drawing", "network", "path")  # names of files, None where there is none
_LARGEST_BYTES = 16 << 20  # of the file; what is cut off there is no state
_NEVER = 1e11  # seconds since 1970: no clock is set to a time so far off


@dataclass(frozen=True)
class KeptNetwork:
    """A network that is in ``file`` and in none of the person's, and what is known of it without reading that."""

    file: str
    title: str
    made_at: float
    run: int = 0


@dataclass(frozen=True)
class State:
    """A sitting as it lies in its folder: the names of the files, which belong together, and what is in none of them.

    ``path`` is the person's own file of the network in use, ``network`` that of it among those that were ``made``;
    ``instead_of`` names the places that this one holds all of.
    """

    saved_at: float = 0.0  # seconds since 1970
    closed: bool = False
    tab: str = ""
    shown: int | None = None
    finished: bool = False
    drawing: str | None = None
    network: str | None = None
    path: str | None = None
    runs: tuple[str, ...] = ()
    made: tuple[KeptNetwork, ...] = ()
    instead_of: tuple[str, ...] = ()

    @property
    def files(self) -> set[str]:
        """The names of all files that belong to it, its own included."""
        return {NAME, *([self.drawing] if self.drawing else []), *self.runs, *(one.file for one in self.made)}

    @property
    def drawn(self) -> bool:
        """Whether it holds a drawing."""
        return self.drawing is not None

    @property
    def has_network(self) -> bool:
        """Whether another network than the one that comes with the program was in use."""
        return self.network is not None or self.path is not None

    @property
    def others(self) -> int:
        """How many networks it holds that are in no file, the one in use not counted."""
        return len([one for one in self.made if one.file != self.network])

    @property
    def worth_keeping(self) -> bool:
        """Whether anything in it would be missed."""
        return self.drawn or self.has_network or bool(self.runs or self.made)


def write(folder: Path, state: State) -> None:
    """Have ``folder`` hold ``state``, whole, or what it held before. Raises SittingError where it cannot be written."""
    path = folder / NAME
    made = tuple(replace(one, made_at=_moment(one.made_at)) for one in state.made)
    state = replace(state, saved_at=_moment(state.saved_at), made=made)
    with writing(path, SittingError):
        write_atomically(path, json.dumps({"version": _VERSION} | asdict(state)).encode())


def _moment(seconds: float) -> float:
    """Return a time as it can be read back, though the clock was set to one before 1970 or thousands of years ahead."""
    return min(max(float(seconds), 0.0), _NEVER - 1)


def read(folder: Path) -> State:
    """Return the state that ``folder`` holds; an empty one where there is none.

    Raises SittingError for what is no state.
    """
    path = folder / NAME
    try:
        path.lstat()
    except FileNotFoundError:
        return State()
    except OSError as error:  # there may be one: where there is none, the folder is removed
        raise SittingError(f"{path}: cannot be read ({reason(error)}).") from error
    with opened(path, SittingError) as file:
        content = file.read(_LARGEST_BYTES)
    try:
        return _state(json.loads(content))
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):  # no calendar has some times
        raise SittingError(f"{path}: is not what digitpad keeps of a sitting.") from None


def _state(told: dict[str, Any]) -> State:
    """Raise what ``read`` takes for damage where this is no state."""
    if told["version"] == 1:  # which knew none but the one in use
        title, made_at = f"network, {moment(told['saved_at'])}", told["saved_at"]
        told["made"] = [{"file": told["network"], "title": title, "made_at": made_at}] if told["network"] else []
    made, instead_of = told["made"], [*told.get("instead_of", [])]
    texts = [told["tab"], *told["runs"], *(told[one] for one in _SINGLE if told[one] is not None), *instead_of]
    texts += [text for one in made for text in (one["file"], one["title"])]
    numbers = [told["saved_at"], *(one["made_at"] for one in made)]
    # Of another type, or half a letter, which no name of a file holds: that raises.
    fits = told["version"] in _READABLE and not any(b"\0" in os.fsencode(text) for text in texts)
    # What was kept is removed when something takes its place, and nothing is that lies elsewhere.
    within = [told["drawing"], told["network"], *told["runs"], *(one["file"] for one in made), *instead_of]
    fits = fits and all(Path(name).name == name and name not in _NOT_KEPT for name in within if name)
    if not fits or not all(isinstance(number, float) and 0 <= number < _NEVER for number in numbers):
        raise ValueError("of another kind")
    return State(
        told["saved_at"],
        bool(told.get("closed")),
        told["tab"],
        told.get("shown"),
        bool(told.get("finished")),
        told["drawing"] or None,
        told["network"] or None,
        told["path"] or None,
        tuple(told["runs"]),
        tuple(KeptNetwork(one["file"], one["title"], one["made_at"], _whole(one.get("run"))) for one in made),
        tuple(instead_of),
    )


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0
