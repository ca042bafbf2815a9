"""Modules imported in turns, so that the window goes on meanwhile: ``loading``.

PySide6 keeps tables of its classes, and below Python 3.12 Qt looks into them whenever it asks a widget what it is,
without Python's lock. A class that another thread makes at that moment, one of Qt's when it is first named or one
derived from it, ends the program without a word. So modules are executed while the window's thread waits for that,
or for another one that is under way, or has taken no step for a second.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from threading import Semaphore, get_ident
from time import perf_counter
from types import CodeType, FrameType, ModuleType
from typing import TYPE_CHECKING, cast

from digitpad.files.contexts import contextmanager
from digitpad.gui.services.jobs import begun, raise_mistake
from digitpad.gui.services.turns import Work

if TYPE_CHECKING:
    from importlib.abc import Loader  # which takes milliseconds to load

# Those that the program and pyqtgraph use; of the last three, pyqtgraph uses what is installed.
_QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGLWidgets", "QtTest")
# Where the window closes, one of these may be left half executed: only the window's thread imports any, besides.
_OF_TABS = tuple(f"digitpad.gui.{tab}." for tab in ("train", "data", "explore", "inside"))
_TURN_S = 0.004  # of the window's thread, until events come again
_STANDS_STILL_S = 1.0  # so long the window's thread has taken no step
_LOOK_S = 0.02  # between two looks whether that stands still
_IMPORTING = "<frozen importlib._bootstrap>"  # where modules have their locks, in Python 3.11 to 3.13 at least


def loading(names: Sequence[str]) -> Work:
    """Import the modules with these names and what they import, one with each step.

    Where the system has no thread for it, or it is left, they stay to be imported by whoever wants them.
    """
    if all(name in sys.modules for name in names):
        return
    end = perf_counter() + _TURN_S
    for _ in _made_one_by_one():
        if perf_counter() > end:
            yield
            end = perf_counter() + _TURN_S
    yield from _InTurns(names).steps()


def _made_one_by_one() -> Iterator[str]:
    """Make Qt's own classes one after the other, and yield the name of each: a module that names all makes all."""
    for name in _QT_MODULES:
        try:
            module = import_module(f"PySide6.{name}")
        except ImportError:
            continue
        for of_class in dir(module):
            getattr(module, of_class)
            yield of_class


class _Left(BaseException):
    """Nobody wants the modules any more."""


class _InTurns:
    """A thread that imports, and executes a module while the one that takes the ``steps`` waits for that.

    Between two modules it gives the turn back; it reads and compiles what is a file of Python's without it. Where the
    window's thread cannot give a turn, since it waits for a module itself or stands still, it goes on without.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._asked, self._given, self._back = Semaphore(0), Semaphore(0), Semaphore(0)
        self._has_turn = self._over = self._left = False
        self._waited_s = 0.0  # since the window's thread was here
        self._error: BaseException | None = None
        self._ident, self._window = 0, get_ident()

    def steps(self) -> Work:
        """Have the thread take a turn with each step. What it raises is raised."""
        thread = begun(self._run, name="loading")
        if thread is None:
            return
        # A list of its own: who goes through the old one meanwhile, to import something, would miss one of them.
        sys.meta_path = [self, *sys.meta_path]
        try:
            while not self._over:
                self._waited_s = 0.0
                if self._asked.acquire(timeout=_TURN_S):
                    self._given.release()
                    self._back.acquire()
                yield
        finally:
            self._left = True
            self._given.release()
            thread.join()
            sys.meta_path = [finder for finder in sys.meta_path if finder is not self]
        if self._error is not None:
            raise_mistake(self._error)

    def _run(self) -> None:
        self._ident = get_ident()
        try:
            self._take_turn()
            for name in self._names:
                import_module(name)
        except _Left:
            pass
        except BaseException as error:
            self._error = error
        finally:
            self._over = True
            self._back.release()

    def _take_turn(self) -> None:
        """Wait for a turn, unless there is one still, or the window's thread stands still or has left."""
        if self._has_turn:  # of something that was imported while this one was read
            return
        self._asked.release()
        late = False
        while not (self._has_turn or self._left):
            if (late or self._is_waited_for()) and self._asked.acquire(blocking=False):
                return  # or a turn would be given to nobody
            self._has_turn = self._given.acquire(timeout=_LOOK_S)
            self._waited_s += _LOOK_S
            late = self._waited_s > _STANDS_STILL_S

    def _is_waited_for(self) -> bool:
        """Whether the window's thread waits for the lock of a module that this one has under way."""
        frame = sys._current_frames().get(self._window)
        if frame is None or frame.f_code.co_filename != _IMPORTING or frame.f_code.co_name != "acquire":
            return False
        return getattr(frame.f_locals.get("self"), "owner", None) == self._ident

    @contextmanager
    def out_of_turn(self) -> Iterator[None]:
        """Give the turn back, and wait for the next one at the end."""
        if get_ident() != self._ident:
            yield
            return
        if self._has_turn:
            self._has_turn = False
            self._back.release()
        try:
            yield
        finally:
            self._take_turn()

    def go_on_in_turn(self) -> None:
        """After a module that was executed without a turn, take one before what imports it goes on."""
        if not (self._has_turn or self._left):
            sys.setprofile(self._take_turn_after)  # until its lock is given back, somebody may wait for that

    def _take_turn_after(self, frame: FrameType, event: str, _given: object) -> None:
        if event == "return" and (frame.f_code.co_filename, frame.f_code.co_name) == (_IMPORTING, "_find_and_load"):
            sys.setprofile(None)
            self._take_turn()

    def check_wanted(self, name: str) -> None:
        """Raise ``_Left`` if nobody wants the module any more; what other threads may import is always loaded whole."""
        if self._left and name.startswith(_OF_TABS):
            raise _Left

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find what the thread imports as Python does; for others Python finds it."""
        if get_ident() != self._ident:
            return None
        others = [finder for finder in sys.meta_path if not isinstance(finder, _InTurns)]
        finders = [finder for finder in others if hasattr(finder, "find_spec")]
        found = (finder.find_spec(name, path, target) for finder in finders)
        spec = next(filter(None, found), None)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", _Loader(self, spec.loader))
        return spec


class _Loader:
    """Has another load a module, and execute it when it is the thread's turn."""

    def __init__(self, turns: _InTurns, loader: "Loader") -> None:
        self._turns, self._loader = turns, loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module, as the other makes it."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Give the turn back, and execute the module in the next one; its loader is the other from now on."""
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        code: CodeType | None = None
        with self._turns.out_of_turn():
            if type(self._loader) is SourceFileLoader:
                code = self._loader.get_code(module.__name__)
        self._turns.check_wanted(module.__name__)
        try:
            if code is None:
                self._loader.exec_module(module)
            else:
                exec(code, vars(module))
        finally:
            self._turns.go_on_in_turn()
