"""What is kept of a sitting at the window, so that the next start finds it however this one ends.

Each window has a folder of its own, a ``Place``, locked for as long as it lives: the system lets go of the lock when
the process ends, by whatever. Every part is a file under a new name: the drawing, a network that is in no other file,
each run. ``state.json``, written last, names those that belong together; until then the ones it named before stay. So
whatever happens, a place holds the one state or the other, whole.
"""

import contextlib
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeVar

from digitpad.data import drawing_file
from digitpad.draw.drawing import Drawing
from digitpad.errors import DigitpadError, ModelError, SittingError, one_line
from digitpad.files import reading, write_atomically, writing
from digitpad.train import model_file, run_file
from digitpad.train.made import Made, moment
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

T = TypeVar("T")

_VERSION, _READABLE = 2, (1, 2)
_SINGLE = ("drawing", "network", "path")  # names of files, None where there is none
_STATE, _LOCK, _ENDING = "state.json", "lock", ".safetensors"
_NEVER = 1e11  # seconds since 1970: no clock is set to a time so far off
_ATTEMPTS = 10  # to make a place while another window that starts sweeps what looks abandoned


@dataclass(frozen=True, eq=False)
class Sitting:
    """What a window has at one moment; nothing in it changes any more.

    The drawing is ``finished`` when the next stroke begins another. The network in use is ``network``, one of those
    that were ``made`` here and are in no file; or else it is in the file ``path``, or comes with the program. ``shown``
    is the number of the run that is looked at, ``tab`` the name of the tab in front.
    """

    drawing: Drawing = field(default_factory=Drawing)
    finished: bool = False
    network: Made | None = None
    path: Path | None = None
    runs: tuple[Run, ...] = ()
    shown: int | None = None
    tab: str = ""
    made: tuple[Made, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """A sitting as far as it could be read, a sentence for each part that could not, and whether any of it is lost.

    ``model`` is the network in use, read; None for the one that comes with the program.
    """

    sitting: Sitting
    model: Model | None
    troubles: tuple[str, ...]
    whole: bool


class Place:
    """The folder in which one window keeps its sitting, or has left it; only one process at a time has hold of it."""

    def __init__(self, folder: Path, lock: IO[bytes]) -> None:
        """Take hold of ``folder``, whose file ``lock`` this process has locked; see ``new`` and ``claim_all``."""
        self.folder, self._lock = folder, lock
        self.state = _read_state(folder)
        self._written: dict[int, tuple[object, str]] = {}  # what was written last, by its ``id``, and its file

    @classmethod
    def new(cls, home: Path) -> "Place":
        """Make a place among those in ``home``. Raises OSError where none can be made, or not be locked."""
        for _ in range(_ATTEMPTS):
            folder = home / secrets.token_hex(8)
            folder.mkdir(parents=True)
            lock = _locked(folder)
            if lock:
                return cls(folder, lock)
        raise OSError(f"{home}: its files cannot be locked")

    # What is in it

    @property
    def closed(self) -> bool:
        """Whether its window was closed as it should be, and its sitting is to be opened again."""
        return bool(self.state.get("closed"))

    @property
    def saved_at(self) -> float:
        """When it was written last, in seconds since 1970."""
        return float(self.state.get("saved_at", 0.0))

    @property
    def drawn(self) -> bool:
        """Whether it holds a drawing."""
        return self.state.get("drawing") is not None

    @property
    def has_network(self) -> bool:
        """Whether another network than the one that comes with the program was in use."""
        return self.state.get("network") is not None or self.state.get("path") is not None

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return len(self.state.get("runs", []))

    @property
    def made(self) -> int:
        """How many networks it holds that are in no file, the one in use not counted."""
        return len([one for one in self.state.get("made", []) if one["file"] != self.state.get("network")])

    @property
    def worth_keeping(self) -> bool:
        """Whether anything in it would be missed."""
        return self.drawn or self.has_network or self.runs > 0 or self.made > 0

    # Writing

    def keep(self, sitting: Sitting, *, closed: bool = False, instead_of: Sequence["Place"] = ()) -> None:
        """Write what is new in ``sitting``, so that from now on this place holds it.

        It is ``closed`` when its window is. It holds what was in the places ``instead_of`` which it is written, too:
        they are thrown away. Raises DigitpadError where it cannot be written; then what was kept before stays.
        """
        state: dict[str, Any] = {"version": _VERSION, "saved_at": time.time(), "closed": closed}
        state |= {"tab": sitting.tab, "shown": sitting.shown, "finished": sitting.finished}
        state["instead_of"] = [place.folder.name for place in instead_of]
        state["drawing"] = state["network"] = None
        written: dict[int, tuple[object, str]] = {}

        def part(name: str, content: T, save: Callable[[Path, T], None]) -> str:
            there = written.get(id(content)) or self._written.get(id(content))
            if there is None:
                there = content, f"{name}-{secrets.token_hex(4)}{_ENDING}"
                save(self.folder / there[1], content)
            written[id(content)] = there
            return there[1]

        made = [one for one in sitting.made if not one.gone]

        try:
            if not sitting.drawing.empty:
                state["drawing"] = part("drawing", sitting.drawing, drawing_file.save)
            files = {one: part("network", one, _save_made) for one in made}
            state["made"] = [
                {"file": file, "title": one.title, "made_at": one.made_at, "run": one.run}
                for one, file in files.items()
            ]
            state["network"] = files.get(sitting.network) if sitting.network else None
            state["path"] = str(sitting.path) if sitting.path else None
            state["runs"] = [part(f"run-{run.number}", run, run_file.save) for run in sitting.runs]
            with writing(self.folder / _STATE, SittingError):
                write_atomically(self.folder / _STATE, json.dumps(state).encode())
        except BaseException:
            self.tidy()
            raise
        self.state, self._written = state, written
        for one, file in files.items():
            one.rest_in(self.folder / file)
        self.tidy()
        for place in instead_of:
            place.throw_away()

    def set_aside(self) -> None:
        """Let its sitting wait for the person to decide, rather than be opened at the next start by itself."""
        self.state = self.state | {"closed": False}
        with writing(self.folder / _STATE, SittingError):
            write_atomically(self.folder / _STATE, json.dumps(self.state).encode())

    def tidy(self) -> None:
        """Remove files that do not belong to what is kept: of states before it, or half-written."""
        named = {_STATE, _LOCK, self.state.get("drawing"), self.state.get("network"), *self.state.get("runs", [])}
        named |= {one["file"] for one in self.state.get("made", [])}
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name not in named:
                    file.unlink()

    # Reading

    def load(self) -> Loaded:
        """Return its sitting, as far as it can be read, and the network in use from the file that it is in."""
        troubles, whole = [], True

        def read(name: str | None, load: Callable[[Path], T]) -> T | None:
            nonlocal whole
            if name is None:
                return None
            try:
                return load(self.folder / name)
            except DigitpadError as error:
                troubles.append(str(error))
                whole = False
                return None

        state = self.state
        drawing = read(state.get("drawing"), drawing_file.load) or Drawing()
        made = {told["file"]: self._made(told) for told in state.get("made", [])}
        network, model = made.get(state.get("network", "")), None
        if network is not None:
            model = read(state["network"], model_file.load)
            if model is None:
                del made[state["network"]]
                network = None
            else:
                network.stand_for(model.network)
        runs = tuple(run for name in state.get("runs", []) if (run := read(name, run_file.load)))
        path = Path(state["path"]) if state.get("path") else None
        if path:
            try:
                model = model_file.load(path)
            except ModelError as error:  # the person's own file: nothing that was kept here is lost
                troubles.append(str(error))
                path = None
        sitting = Sitting(
            drawing, bool(state.get("finished")), network, path, runs, state.get("shown"), str(state.get("tab", "")),
            tuple(made.values()),
        )  # fmt: skip
        return Loaded(sitting, model, tuple(troubles), whole)

    def _made(self, told: dict[str, Any]) -> Made:
        file = self.folder / told["file"]
        try:
            size = file.stat().st_size
        except OSError:  # who wants it is told
            size = 0
        run = told.get("run")
        return Made(one_line(told["title"]), told["made_at"], size, file, run if isinstance(run, int) else 0)

    # Letting go

    def leave(self) -> None:
        """Let go of it: what it holds waits for the next start."""
        self._lock.close()

    def throw_away(self) -> None:
        """Let go of it and remove it with all that is in it. Raises SittingError where it cannot be removed."""
        try:
            with writing(self.folder, SittingError):
                (self.folder / _STATE).unlink(missing_ok=True)  # with that nothing is in it, whatever happens now
            self.state = {}
            self.tidy()
        finally:
            self._lock.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def claim_all(home: Path) -> list[Place]:
    """Take hold of every place in ``home`` whose window is gone, and return those worth it, the newest first.

    Empty ones are removed, and so is what another one was written instead of. What cannot be read stays where it is.
    """
    places = list(_claimed(home))
    superseded = {name for place in places for name in place.state.get("instead_of", [])}
    kept = []
    for place in places:
        if place.folder.name in superseded or not (place.worth_keeping or place.closed):
            with contextlib.suppress(SittingError):
                place.throw_away()
        else:
            place.tidy()
            kept.append(place)
    return sorted(kept, key=lambda place: place.saved_at, reverse=True)


def size_of(home: Path) -> int:
    """Return how many bytes all that is kept in ``home`` takes."""
    size = 0
    for folder, _, files in os.walk(home):
        for file in files:
            with contextlib.suppress(OSError):  # it may be gone by now
                size += os.stat(os.path.join(folder, file)).st_size
    return size


def _claimed(home: Path) -> Iterator[Place]:
    try:
        folders = [folder for folder in home.iterdir() if folder.is_dir()]
    except OSError:  # there is none yet, or it may not be looked into: then nothing is kept there
        return
    for folder in folders:
        lock = _locked(folder)
        if lock:
            try:
                yield Place(folder, lock)
            except SittingError:
                lock.close()  # of a later version, perhaps


def _read_state(folder: Path) -> dict[str, Any]:
    """Return what ``state.json`` says; nothing where there is none. Raises SittingError for what is no state."""
    path = folder / _STATE
    if not path.exists():
        return {}
    try:
        with reading(path, SittingError):
            state = json.loads(path.read_bytes())
        if state["version"] == 1:  # which knew none but the one in use
            told = {
                "file": state["network"],
                "title": f"network, {moment(state['saved_at'])}",
                "made_at": state["saved_at"],
            }
            state["made"] = [told] if state["network"] else []
        made = state["made"]
        texts = [state["tab"], *state["runs"], *(state[one] for one in _SINGLE if state[one] is not None)]
        texts += [text for one in made for text in (one["file"], one["title"])] + [*state.get("instead_of", [])]
        numbers = [state["saved_at"], *(one["made_at"] for one in made)]
        # Of another type, or half a letter, which no name of a file holds: that raises.
        fits = state["version"] in _READABLE and not any(b"\0" in os.fsencode(text) for text in texts)
        if not fits or not all(isinstance(number, float) and 0 <= number < _NEVER for number in numbers):
            raise ValueError("of another kind")
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):  # no calendar has some times
        raise SittingError(f"{path}: is not what digitpad keeps of a sitting.") from None
    return dict(state)


def _save_made(path: Path, made: Made) -> None:
    made.save(path)


def _locked(folder: Path) -> IO[bytes] | None:
    """Return the folder's lock file, open and locked; None where another process has it, or it is being removed."""
    path = folder / _LOCK
    try:
        file = path.open("ab")
    except OSError:
        return None
    try:
        _lock(file)
        if os.path.samestat(path.stat(), os.fstat(file.fileno())):
            return file
    except OSError:
        pass
    file.close()
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        """Lock ``file`` until it is closed or the process ends. Raises OSError where another has it locked."""
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        """Lock ``file`` until it is closed or the process ends. Raises OSError where another has it locked."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
