"""The small JSON file in which a window remembers values, and which other windows change, too: ``SettingsFile``."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from PySide6.QtCore import QLockFile, QObject, Signal

from digitpad.errors import DataError, reason
from digitpad.files.reading import opened, refuse_others
from digitpad.files.threads import Thread
from digitpad.files.writing import write_atomically
from digitpad.gui.services.jobs import begun

_LARGEST_BYTES, _DEEPEST = 1 << 20, 50  # of the file; the depth of what is in it
_MOST_BROKEN = 9  # files set aside
_PATIENCE_S, _TURN_S = 2.0, 0.005  # with another window that writes just now, which takes some milliseconds


class SettingsFile(QObject):
    """Values by key. What is set is known here at once, and in the file as soon as a thread has written it there.

    While that is at work, what is set waits and is then written together; so the newest is always written last. What is
    set changes nothing else in the file. What another window writes there is heeded from then on. Where the file cannot
    be written, or there is none, values last until the program ends. Where the system has no thread for it, what is
    set is written at once.

    Signals, from the thread that writes: ``troubled()`` when the file cannot be written, once until it can again; what
    is to be told then is in ``take_trouble``; and ``settled(sentence)``, with what was told, when it can. ``trouble``
    is a sentence where the file could not be read, or "".
    """

    troubled = Signal()
    settled = Signal(str)

    def __init__(self, path: Path | None) -> None:
        """Read ``path``, or remember nothing beyond this object when there is none.

        A file that does not hold values by key is set aside under another name, and all begins anew. One that may not
        be read is left as it is.
        """
        super().__init__()
        self._path = path
        self._lock = RLock()  # of all that follows, which the thread that writes looks at, too
        self._values: dict[str, object] = {}
        self._unwritten: dict[str, object] = {}  # what is not in the file yet
        self._together = 0  # how many times over they are set together now
        self._seen: object = None  # which state of the file is in the values
        self._thread: Thread | None = None  # the one that wrote last
        self._writing = False
        self._failing = ""  # the sentence that says so, while the file cannot be written
        self.trouble = self._untold = ""
        self.newest()

    def newest(self) -> Mapping[str, object]:
        """Return the values, read anew if the file is another than before."""
        with self._lock:
            if self._path is not None and (state := _state(self._path)) != self._seen:
                read = self._read(self._path)
                if read is None:  # what is known here goes on, and is written with the next change
                    self._unwritten = self._values | self._unwritten
                self._values = (read or {}) | self._unwritten
                self._seen = state
            return self._values

    def take_trouble(self) -> str:
        """Look at the file, and return what is the matter with it where that was not told yet, or ""."""
        with self._lock:
            self.newest()
            untold, self._untold = self._untold, ""
            return untold

    def _read(self, path: Path) -> dict[str, object] | None:
        """Return what is in the file, nothing where there is none; None where it cannot be read or is set aside."""
        if not os.path.isfile(path):
            return {}
        are = "as they were in this window" if self._values else "as at first"
        try:
            return _values_in(path)
        except DataError as error:
            self.trouble = f"{error} Settings are {are}, and changes are forgotten at the end."
            self._path = None
        except (ValueError, RecursionError):
            try:
                kept = _set_aside(path)
            except OSError:
                self.trouble = f"{path}: the settings in it cannot be read, and changes are forgotten at the end."
                self._path = None
            else:
                self.trouble = f"{path}: the settings in it could not be read and are {are}; it is {kept} now."
        self._untold = self.trouble
        return None

    # Writing

    def remember(self, key: str, value: object) -> None:
        """Set the value of ``key``, which JSON can hold."""
        with self._lock:
            if self.newest().get(key) == value and key not in self._unwritten:
                return
            self._values[key] = self._unwritten[key] = value
            self._begin()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Have all that is set meanwhile written at once, at the end: nobody ever finds a part of it in the file."""
        with self._lock:
            self._together += 1
        try:
            yield
        finally:
            with self._lock:
                self._together -= 1
                self._begin()

    def finish(self) -> None:
        """Have what was set in the file before this returns, where that is possible at all."""
        with self._lock:
            self._begin()
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> None:
        if not self._writing and self._to_write():
            self._writing = True
            # Which Python waits for before it ends.
            if thread := begun(self._write, self._thread, name="settings"):
                self._thread = thread
            else:  # here and now, then: it takes some milliseconds
                self._write()

    def _to_write(self) -> bool:
        return bool(self._unwritten) and self._path is not None and not self._together

    def _write(self, before: Thread | None = None) -> None:
        """Write until nothing is left to be written; in a thread, of which the one ``before`` has only to end."""
        if before is not None:
            before.join()
        path = self._path
        try:
            while path is not None and self._goes_on():
                path.parent.mkdir(parents=True, exist_ok=True)
                with _alone(path):
                    self._write_once(path)
        except OSError as error:
            self._fail(f"{path}: cannot be written ({reason(error)}). Settings are forgotten at the end.")
        except BaseException:
            self._writing = False
            raise

    def _goes_on(self) -> bool:
        with self._lock:
            self._writing = self._to_write()
            return self._writing

    def _write_once(self, path: Path) -> None:
        with self._lock:
            values, written = dict(self.newest()), dict(self._unwritten)
            if not self._to_write():  # it turned out to be one that may not be read, say
                return
        write_atomically(path, json.dumps(values, indent=1).encode())
        with self._lock:
            self._seen = _state(path)
            told, self._failing = self._failing, ""
            for key, value in written.items():
                if self._unwritten[key] is value:  # and was not set again meanwhile
                    del self._unwritten[key]
        if told:
            self.settled.emit(told)

    def _fail(self, sentence: str) -> None:
        with self._lock:
            told, self._writing = self._failing, False
            if told:
                return
            self._failing = self._untold = sentence
        self.troubled.emit()


def _state(path: Path) -> object:
    """Return what changes whenever the file is written."""
    try:
        now = os.stat(path)
    except (OSError, ValueError):
        return None
    return now.st_ino, now.st_mtime_ns, now.st_size


def _values_in(path: Path) -> dict[str, object]:
    """Return what is in the file. Raises DataError where it cannot be read, ValueError or RecursionError for damage."""
    with opened(path, DataError) as file:
        content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise ValueError("very large")
    values = json.loads(content)
    if not isinstance(values, dict):
        raise ValueError("not an object")
    _check_depth(values, _DEEPEST)
    return values


def _check_depth(value: object, left: int) -> None:
    """Raise ValueError where it could be read, and yet not be written again."""
    if left == 0:
        raise ValueError("nested deeply")
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        _check_depth(each, left - 1)


def _set_aside(path: Path) -> str:
    """Give the file another name and return it: one that is free, or else that of the oldest file set aside before."""
    names = [path.with_suffix(f".broken{f'-{n}' if n > 1 else ''}.json") for n in range(1, _MOST_BROKEN + 1)]
    free = [name for name in names if not os.path.lexists(name)]
    kept = free[0] if free else min(names, key=lambda name: name.lstat().st_mtime_ns)
    path.replace(kept)
    return kept.name


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other windows from writing the file meanwhile, for a moment. Raises OSError where nothing can be locked."""
    name = Path(f"{path}.lock")
    refuse_others(name)
    lock, end = QLockFile(str(name)), monotonic() + _PATIENCE_S
    while not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError and monotonic() < end:
        sleep(_TURN_S)
    try:
        yield
    finally:
        lock.unlock()
