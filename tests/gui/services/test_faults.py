"""Mistakes of the program: printed, in the log and told once, however often they are made."""

import errno
import gc
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from digitpad.gui.services.faults import Fault, Faults, crashes_noted
from digitpad.gui.services.jobs import raise_mistake


def mistake(words: str = "by zero") -> None:
    raise ZeroDivisionError(words)


def make(faults: Faults, error: type[Exception] = ZeroDivisionError, words: str = "by zero") -> None:
    """Let ``faults`` hear of an exception as Python would tell it."""
    try:
        raise error(words)
    except Exception as raised:
        faults.hear(type(raised), raised, raised.__traceback__)


def test_a_mistake_is_printed_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faults = Faults(tmp_path / "home")
    told: list[Fault] = []
    faults.happened.connect(told.append)
    make(faults, words="7 is\nout of bounds \udc80")
    (fault,) = told
    assert fault.sentence == "Something went wrong inside digitpad (7 is out of bounds \udc80)."
    assert "ZeroDivisionError: 7 is" in fault.trace
    assert "in make" in fault.trace
    assert "ZeroDivisionError: 7 is\nout of bounds \\udc80" in faults.log.read_text(encoding="utf-8")
    make(faults, IndexError)
    assert capsys.readouterr().err.endswith("IndexError: by zero\n")


def test_what_was_made_elsewhere_and_is_no_exception_is_told_apart_by_where_that_was(tmp_path: Path) -> None:
    """As are panics of a library, which all are raised anew in one place."""

    def one() -> None:
        raise SystemExit("one")

    def other() -> None:
        raise SystemExit("other")

    faults = Faults(tmp_path)
    for panics in (one, other, one):
        try:
            panics()
        except SystemExit as error:
            panic: BaseException = error
        try:
            raise_mistake(panic)
        except RuntimeError as raised:
            faults.hear(type(raised), raised, raised.__traceback__)
    assert [fault.times for fault in faults.faults] == [2, 1]
    assert ["SystemExit: other" in fault.trace for fault in faults.faults] == [False, True]


def test_what_is_made_sixty_times_a_second_fills_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    faults = Faults(tmp_path, lambda: now)
    told: list[Fault] = []
    faults.happened.connect(told.append)
    for _ in range(60 * 60):
        make(faults)
        now += 1 / 60
    assert [fault.times for fault in faults.faults] == [3600]
    assert len(told) <= 13  # in a minute, one in five seconds
    assert faults.log.stat().st_size < 3000
    assert capsys.readouterr().err.count("Traceback") == 1


def test_many_different_mistakes_fill_nothing_either(tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    for at in range(2000):
        source = compile("raise ZeroDivisionError('x' * 500)", f"file{at}", "exec")
        try:
            exec(source)
        except ZeroDivisionError as raised:
            faults.hear(type(raised), raised, raised.__traceback__)
    assert len(faults.faults) <= 100
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 700_000
    assert "file1999" in faults.log.read_text(encoding="utf-8")


def test_a_thread_and_what_cannot_be_raised_are_heard(tmp_path: Path) -> None:
    class Leaving:
        def __del__(self) -> None:
            mistake("on leaving")

    faults = Faults(tmp_path)
    with faults.listening():
        thread = threading.Thread(target=mistake, args=("in a thread",), name="reader")
        thread.start()
        thread.join()
        Leaving()
        gc.collect()
    assert [fault.trace.splitlines()[-1] for fault in faults.faults] == [
        "ZeroDivisionError: in a thread",
        "ZeroDivisionError: on leaving",
    ]
    assert "thread reader\n" in faults.log.read_text(encoding="utf-8")


def test_a_thread_may_end_itself(tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    with faults.listening():
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
    assert faults.faults == []


@pytest.mark.qt_log_ignore("does something odd", extend=True)
def test_warnings_of_qt_go_to_the_log(tmp_path: Path, qtbot: QtBot) -> None:
    faults = Faults(tmp_path)
    with faults.listening():
        for _ in range(100):
            qWarning("This plugin does something odd")
        qWarning("This plugin does not support propagateSizeHints()")
    assert faults.log.read_text(encoding="utf-8").count("Qt: This plugin does") == 1
    assert faults.faults == []


def test_afterwards_others_listen_again(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with Faults(tmp_path).listening():
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_where_nothing_can_be_written_mistakes_are_told_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    faults = Faults(tmp_path / "file" / "home")
    make(faults)
    assert "cannot be written" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stderr", None)  # as on Windows without a console
    make(faults, KeyError)
    assert len(faults.faults) == 2
    with crashes_noted(tmp_path / "file" / "home"):
        """Nothing to note it in, and no reason not to start."""


def test_pipes_in_the_places_of_its_files_are_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        return
    for name in ("digitpad.log", "crash.log"):
        os.mkfifo(tmp_path / name)
    with crashes_noted(tmp_path):
        make(Faults(tmp_path))
    assert "digitpad.log: cannot be written (it is not a file)" in capsys.readouterr().err


def test_too_little_memory_is_no_mistake_of_the_program_s(tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    make(faults, MemoryError, "Unable to allocate 10.9 MiB for an array with shape (2848142,)")
    assert faults.faults[0].sentence == "There is not enough memory for this."


def test_where_what_writes_the_log_cannot_be_loaded_mistakes_are_told_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with too many files open."""
    monkeypatch.setitem(sys.modules, "logging.handlers", None)
    faults = Faults(tmp_path)
    make(faults)
    assert len(faults.faults) == 1
    assert "digitpad.log: cannot be written" in capsys.readouterr().err


def test_an_error_whose_own_words_fail_is_told_by_its_kind(tmp_path: Path) -> None:
    class Odd(Exception):
        def __str__(self) -> str:
            raise ValueError

    faults = Faults(tmp_path)
    make(faults, Odd)
    assert "(Odd)" in faults.faults[0].sentence


def test_python_notes_where_it_was_when_the_process_is_brought_down(tmp_path: Path) -> None:
    (tmp_path / "crash.log").write_bytes(b"x" * 300_000)  # of a program that crashed often
    code = (
        "import faulthandler, sys; from pathlib import Path; from digitpad.gui.services.faults import crashes_noted\n"
        "with crashes_noted(Path(sys.argv[1])): faulthandler._sigsegv()"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    assert run.returncode != 0
    noted = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert '"<string>", line 2' in noted
    assert len(noted) < 5000


def test_no_empty_file_is_left_of_crashes_that_were_none(tmp_path: Path) -> None:
    with crashes_noted(tmp_path):
        assert (tmp_path / "crash.log").exists()
    assert not list(tmp_path.iterdir())
    (tmp_path / "crash.log").write_text("of before")
    with crashes_noted(tmp_path):
        pass
    assert (tmp_path / "crash.log").read_text() == "of before"


if sys.platform != "win32":  # where nobody can remove an open file

    @pytest.mark.parametrize("in_its_place", ["nothing", "a file"])
    def test_the_folder_may_be_gone_at_the_end(tmp_path: Path, in_its_place: str) -> None:
        home = tmp_path / "home"
        with crashes_noted(home):
            home.rename(tmp_path / "elsewhere")
            if in_its_place == "a file":
                home.touch()


def test_the_file_for_crashes_stays_as_long_as_another_window_may_need_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from digitpad.gui.services.faults import crashes_noted\n"
        "with crashes_noted(Path(sys.argv[1])): print('begun', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "begun\n"
        with crashes_noted(tmp_path):
            pass
        assert (tmp_path / "crash.log").exists()
        other.communicate("")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_keeps_no_mistake_from_being_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    faults = Faults(tmp_path)
    told: list[Fault] = []
    faults.happened.connect(told.append)
    with monkeypatch.context() as patched:
        patched.setattr(logging.StreamHandler, "flush", full)
        make(faults)
    assert len(told) == 1
    printed = capsys.readouterr().err
    assert printed.count("Traceback") == 1
    assert printed.endswith("digitpad.log: cannot be written (No space left on device).\n")
