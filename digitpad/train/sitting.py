"""What is kept of a sitting at the window, so that the next start finds it however this one ends.

Each window has a folder of its own, a ``Place``, locked for as long as it lives. Every part is a file under a new name:
the drawing, a network that is in no other file, each run. ``state.json``, written last, names those that belong
together; until then the ones it named before stay. So whatever happens, a place holds the one state or the other,
whole. A drawing can be written by itself while runs and networks are, which may be large: see ``keep_drawing``.
"""

import contextlib
import itertools
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, TypeVar

from digitpad.data import drawing_file
from digitpad.draw.drawing import Drawing
from digitpad.errors import DigitpadError, ModelError, SittingError, one_line
from digitpad.files.temporary import is_temporary
from digitpad.files.writing import writing
from digitpad.train import folder_lock, model_file, run_file, sitting_state
from digitpad.train.folder_lock import locked
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.runs import Run
from digitpad.train.sitting_state import KeptNetwork, State

T = TypeVar("T")

_ATTEMPTS = 10  # to make a place while another window that starts sweeps what looks abandoned
# Names of the program's own; whatever has another was put there by a person.
_PLACE = re.compile(r"[0-9a-f]{16}")
_PART = re.compile(r"(?:drawing|network|run-\d+)-[0-9a-f]{8}\.safetensors")
_count = itertools.count()


@dataclass(frozen=True, eq=False)
class Sitting:
    """What a window has at one moment; nothing in it changes any more.

    The drawing is ``finished`` when the next stroke begins another. The network in use is ``network``, one of those
    that were ``made`` here and are in no file; or else it is in the file ``path``, or comes with the program. ``shown``
    is the number of the run that is looked at, ``tab`` the name of the tab in front. Of two sittings, the later one has
    the larger ``order``: what is written last need not be what was seen last.
    """

    drawing: Drawing = field(default_factory=Drawing)
    finished: bool = False
    network: Made | None = None
    path: Path | None = None
    runs: tuple[Run, ...] = ()
    shown: int | None = None
    tab: str = ""
    made: tuple[Made, ...] = ()
    order: int = field(default_factory=partial(next, _count), init=False, compare=False)


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
        self.state = sitting_state.read(folder)
        self._changing = Lock()  # of the state on the disk, which two threads may exchange
        self._order, self._drawing = -1, Drawing()  # of the drawing that is kept
        self._written: dict[int, tuple[object, str]] = {}  # what else was written last, by its ``id``, and its file

    @classmethod
    def new(cls, home: Path) -> "Place":
        """Make a place among those in ``home``. Raises OSError where none can be made, or not be locked."""
        for _ in range(_ATTEMPTS):
            folder = home / secrets.token_hex(8)
            folder.mkdir(parents=True)
            lock = locked(folder)
            if lock:
                try:
                    return cls(folder, lock)
                except SittingError as error:
                    lock.close()
                    raise OSError(str(error)) from error
            shutil.rmtree(folder, ignore_errors=True)
        raise OSError("its files cannot be locked")

    @property
    def gone(self) -> bool:
        """Whether somebody has removed it, or moved it away."""
        try:
            self.folder.stat()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return False

    # Writing

    def keep(self, sitting: Sitting, *, closed: bool = False, instead_of: Sequence["Place"] = ()) -> None:
        """Write what is new in ``sitting``, so that from now on this place holds it.

        It is ``closed`` when its window is. It holds what was in the places ``instead_of`` which it is written, too:
        they are thrown away, or stay in hold where they cannot be. Raises DigitpadError where it cannot be written;
        then what was kept before stays.
        """
        written: dict[int, tuple[object, str]] = {}

        def part(name: str, content: T, save: Callable[[Path, T], None]) -> str:
            there = written.get(id(content)) or self._written.get(id(content))
            if there is None or not self._has(there[1]):
                there = content, _new(name)
                save(self.folder / there[1], content)
            written[id(content)] = there
            return there[1]

        try:
            files = {one: part("network", one, _save_made) for one in sitting.made if not one.gone}
            state = State(
                closed=closed,
                tab=sitting.tab,
                shown=sitting.shown,
                network=files.get(sitting.network) if sitting.network else None,
                path=str(sitting.path) if sitting.path else None,
                runs=tuple(part(f"run-{run.number}", run, run_file.save) for run in sitting.runs),
                made=tuple(KeptNetwork(file, one.title, one.made_at, one.run) for one, file in files.items()),
                instead_of=tuple(place.folder.name for place in instead_of),
            )
            with self._changing:
                self._exchange(state, sitting)
        finally:
            with self._changing:
                self.tidy()
        self._written = written
        for one, file in files.items():
            one.rest_in(self.folder / file)
        for place in instead_of:
            with contextlib.suppress(SittingError):  # then the next writing does, or the next start, which reads this
                place.throw_away()

    def keep_drawing(self, sitting: Sitting) -> None:
        """Write the drawing in ``sitting`` alone, unless a later one is kept already.

        Another thread may be in the middle of ``keep`` meanwhile: this waits for none of the runs and networks. Raises
        DigitpadError where it cannot be written; then what was kept before stays.
        """
        with self._changing:
            if sitting.order > self._order:
                self._exchange(self.state, sitting)

    def _exchange(self, state: State, sitting: Sitting) -> None:
        """Have ``state`` on the disk, with the drawing in ``sitting``, or a later one that is there."""
        before, drawing, finished = self.state.drawing, self._drawing, self.state.finished
        if sitting.order > self._order:
            drawing, finished = sitting.drawing, sitting.finished
        there = drawing is self._drawing and before is not None and self._has(before)
        file = before if there else None if drawing.empty else _new("drawing")
        try:
            if file is not None and file != before:
                drawing_file.save(self.folder / file, drawing)
            state = replace(state, saved_at=time.time(), drawing=file, finished=finished)
            sitting_state.write(self.folder, state)
            self.state, self._drawing = state, drawing
            self._order = max(self._order, sitting.order)
        finally:
            for name in (before, file):
                if name is not None and name != self.state.drawing:
                    with contextlib.suppress(OSError):  # then it goes at the next start
                        (self.folder / name).unlink(missing_ok=True)

    def _has(self, name: str) -> bool:
        """Whether a file that was written is still there: a virus scanner may have taken it away."""
        return os.path.exists(self.folder / name)

    def set_aside(self) -> None:
        """Let its sitting wait for the person to decide, rather than be opened at the next start by itself."""
        self.state = replace(self.state, closed=False)
        sitting_state.write(self.folder, self.state)

    def tidy(self) -> None:
        """Remove files of the program's that do not belong to what is kept: of states before it, or half-written."""
        named = self.state.files
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name not in named and (_PART.fullmatch(file.name) or is_temporary(file.name)):
                    with contextlib.suppress(OSError):
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
        drawing = read(state.drawing, drawing_file.load) or Drawing()
        made = {kept.file: self._made(kept) for kept in state.made}
        network, model = made.get(state.network or ""), None
        if network is not None:
            model = read(state.network, model_file.load)
            if model is None:
                made = {file: one for file, one in made.items() if one is not network}
                network = None
            else:
                network.stand_for(model.network)
        runs = tuple(run for name in state.runs if (run := read(name, run_file.load)))
        path = Path(state.path) if state.path else None
        if path:
            try:
                model = model_file.load(path)
            except ModelError as error:  # the person's own file: nothing that was kept here is lost
                troubles.append(str(error))
                path = None
        sitting = Sitting(drawing, state.finished, network, path, runs, state.shown, state.tab, tuple(made.values()))
        return Loaded(sitting, model, tuple(troubles), whole)

    def _made(self, kept: KeptNetwork) -> Made:
        file = self.folder / kept.file
        try:
            size = file.stat().st_size
        except OSError:  # who wants it is told
            size = 0
        return Made(one_line(kept.title), kept.made_at, size, file, kept.run)

    # Letting go

    def leave(self) -> None:
        """Let go of it: what it holds waits for the next start."""
        self._lock.close()

    def throw_away(self) -> None:
        """Remove it with all that the program has in it, and let go of it.

        Raises SittingError where it cannot be removed; then this process still has hold of it.
        """
        with writing(self.folder, SittingError):
            # With that nothing is in it, whatever happens now.
            (self.folder / sitting_state.NAME).unlink(missing_ok=True)
        self.state = State()
        self.tidy()
        self._lock.close()
        with contextlib.suppress(OSError):  # with something of a person's in it, it stays
            (self.folder / folder_lock.NAME).unlink(missing_ok=True)
            self.folder.rmdir()


def claim_all(home: Path) -> list[Place]:
    """Take hold of every place in ``home`` whose window is gone, and return those worth it, the newest first.

    Empty ones are removed, and so is what another one was written instead of. What cannot be read stays where it is,
    and so does what has no name of the program's or is a link.
    """
    places = list(_claimed(home))
    superseded = {name for place in places for name in place.state.instead_of}
    kept = []
    for place in places:
        if place.folder.name in superseded or not (place.state.worth_keeping or place.state.closed):
            try:
                place.throw_away()
            except SittingError:
                place.leave()
        else:
            place.tidy()
            kept.append(place)
    return sorted(kept, key=lambda place: place.state.saved_at, reverse=True)


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
        own = [folder for folder in home.iterdir() if _PLACE.fullmatch(folder.name)]
        folders = [folder for folder in own if os.path.isdir(folder) and not os.path.islink(folder)]
    except OSError:  # there is none yet, or it may not be looked into: then nothing is kept there
        return
    for folder in folders:
        lock = locked(folder)
        if lock:
            try:
                yield Place(folder, lock)
            except SittingError:
                lock.close()  # of a later version, perhaps


def _save_made(path: Path, made: Made) -> None:
    made.save(path)


def _new(name: str) -> str:
    """Return the name of a file that there is not yet."""
    return f"{name}-{secrets.token_hex(4)}.safetensors"
