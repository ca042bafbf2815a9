"""Mistakes of the program itself: each is heard of, written into a log and told once, and the program goes on."""

import faulthandler
import os
import sys
import threading
import traceback
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import BinaryIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from digitpad.errors import reason, words
from digitpad.files.reading import refuse_others
from digitpad.gui.services.jobs import NO_MEMORY

LOG, CRASHES = "digitpad.log", "crash.log"  # names in the person's folder

_AGAIN_S = 5.0  # a mistake made sixty times a second is told no more often than this
_LOG_BYTES, _OLD_LOGS = 200_000, 2
_MOST = 100  # faults and words of Qt's that are told apart; with more of them one begins anew
_WARNINGS = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


@dataclass(eq=False)
class Fault:
    """A mistake of the program: a sentence for the person, the traceback, and how often it was made so far."""

    sentence: str
    trace: str
    times: int = 1


class Faults(QObject):
    """Hears of all exceptions that nothing catches, in whatever thread, and of Qt's warnings, while it ``listens``.

    Each is printed and written into the log in ``folder``. What is made again at the same place is only counted.
    Signal: ``happened(Fault)``, a new one or one made again; from any thread and from within whatever failed, a
    painting perhaps, so connect to it queued.
    """

    happened = Signal(object)

    def __init__(self, folder: Path, clock: Callable[[], float] = monotonic) -> None:
        """Write into ``folder``, if that is possible. ``clock`` gives seconds."""
        super().__init__()
        self.log = folder / LOG
        self._clock = clock
        self._faults: dict[Hashable, Fault] = {}
        self._told_at: dict[Hashable, float] = {}
        self._qt_before: Callable[[QtMsgType, QMessageLogContext, str], None] | None = None
        self._lock = threading.RLock()  # collecting garbage, anywhere, may raise what is heard here, too

    @property
    def faults(self) -> list[Fault]:
        """The faults so far, the oldest first."""
        with self._lock:
            return list(self._faults.values())

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the place of what would print exceptions and Qt's messages."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._qt_before = qInstallMessageHandler(self._hear_qt)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self.hear, self._hear_thread, self._hear_unraisable
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook, sys.unraisablehook = before
            qInstallMessageHandler(self._qt_before)

    def hear(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Note, print and tell an exception; the interface is that of ``sys.excepthook``."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        cause = error.__cause__ if error else None  # of what was no Exception, where it was made
        frames = [*traceback.walk_tb(trace), *traceback.walk_tb(cause.__traceback__ if cause else None)]
        places = tuple((frame.f_code.co_filename, line) for frame, line in frames)
        with self._lock:
            key = kind, type(cause), places
            if fault := self._faults.get(key):
                fault.times += 1
                if self._to_tell(key):
                    self._write(f"The same again, {fault.times} times so far: {fault.sentence}")
                    self.happened.emit(fault)
                return
            if len(self._faults) >= _MOST:
                self._faults.clear()
            text = "".join(traceback.format_exception(kind, error, trace))
            said = kind.__name__ if error is None else words(error)
            sentence = f"Something went wrong inside digitpad ({said})."
            if issubclass(kind, MemoryError):
                sentence = NO_MEMORY
            fault = self._faults[key] = Fault(sentence, text)
            self._to_tell(key)
            _print(text)
            self._write(f"thread {threading.current_thread().name}\n{text}")
            self.happened.emit(fault)

    def note(self, sentence: str) -> None:
        """Print and log what is no mistake of the program, but cannot be told in its window any more."""
        with self._lock:
            _print(f"{sentence}\n")
            self._write(sentence)

    def _hear_thread(self, heard: threading.ExceptHookArgs) -> None:
        if not issubclass(heard.exc_type, SystemExit):  # by which a thread may end itself
            self.hear(heard.exc_type, heard.exc_value, heard.exc_traceback)

    def _hear_unraisable(self, heard: "sys.UnraisableHookArgs") -> None:
        self.hear(heard.exc_type, heard.exc_value, heard.exc_traceback)

    def _hear_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if self._qt_before is not None:
            self._qt_before(kind, context, message)
        else:
            _print(f"{message}\n")
        with self._lock:
            if kind in _WARNINGS and "propagateSizeHints" not in message and self._to_tell(message):
                self._write(f"Qt: {message}")

    def _to_tell(self, key: Hashable) -> bool:
        """Whether this was not told within the last seconds; then it is, now."""
        now = self._clock()
        if now - self._told_at.get(key, -_AGAIN_S) < _AGAIN_S:
            return False
        if len(self._told_at) >= 2 * _MOST:
            self._told_at.clear()
        self._told_at[key] = now
        return True

    def _write(self, text: str) -> None:
        """Append to the log, which is only open meanwhile: another window may write into it, too."""
        try:
            import logging.handlers  # as good as never wanted

            class Log(logging.handlers.RotatingFileHandler):
                def handleError(self, record: logging.LogRecord) -> None:
                    raise  # what keeps it from being written, such as a full disk

            self.log.parent.mkdir(parents=True, exist_ok=True)
            refuse_others(self.log)
            handler = Log(
                self.log, maxBytes=_LOG_BYTES, backupCount=_OLD_LOGS, encoding="utf-8", errors="backslashreplace"
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(message)s"))
            with closing(handler):
                handler.handle(logging.LogRecord("digitpad", logging.ERROR, "", 0, text, None, None))
        except OSError as error:
            _print(f"{self.log}: cannot be written ({reason(error)}).\n")
        except (ImportError, MemoryError) as error:
            _print(f"{self.log}: cannot be written ({words(error)}).\n")


@contextmanager
def crashes_noted(folder: Path) -> Iterator[None]:
    """Within, Python writes into a file in ``folder`` what it was at should the process be brought down.

    A file with nothing in it is removed at the end, unless another window has it, too.
    """
    file = folder / CRASHES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_others(file)
        stream = file.open("wb" if file.exists() and file.stat().st_size > _LOG_BYTES else "ab")
    except OSError:  # who needs the folder for more than this will tell
        yield
        return
    with stream:
        _share(stream)
        faulthandler.enable(stream)
        try:
            yield
        finally:
            faulthandler.disable()
            nothing = _has_nothing(stream)
            if nothing and _is_alone(stream):
                with suppress(OSError):  # it is gone, or the folder may not be written to any more
                    file.unlink()
    if sys.platform == "win32" and nothing:
        with suppress(OSError):  # another window has it open
            file.unlink()


def _has_nothing(stream: BinaryIO) -> bool:
    """Whether nothing is in the file, wherever it is by now."""
    try:
        return os.fstat(stream.fileno()).st_size == 0
    except OSError:
        return False


if sys.platform == "win32":

    def _share(_: BinaryIO) -> None:
        """Do nothing: nobody can remove an open file there."""

    def _is_alone(_: BinaryIO) -> bool:
        """Say no: while it is open here, it cannot be removed."""
        return False

else:
    import fcntl

    def _share(stream: BinaryIO) -> None:
        """Know that another window writes into the file, too."""
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def _is_alone(stream: BinaryIO) -> bool:
        """Whether no other window writes into the file."""
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _print(text: str) -> None:
    """Print where a developer looks: there may be nothing to print to, on Windows or when the terminal was closed."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text)
            sys.stderr.flush()
