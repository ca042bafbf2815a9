"""Jobs away from the window, and what becomes of those that fail."""

import threading
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad.errors import DataError
from digitpad.files.reading import opened
from digitpad.gui.services.background import Background


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Something to run jobs in."""
    parent = QObject()
    background = Background(parent)
    yield background
    background.wait()


def failing(error: BaseException) -> Callable[[], None]:
    def job() -> None:
        raise error

    return job


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DataError("It is damaged."), "It is damaged."),
        (MemoryError(), "There is not enough memory for this."),
        (PermissionError(13, "Permission denied", "digits"), "digits: cannot be used (Permission denied)."),
        (OSError("no more threads"), "Something needed: cannot be used (no more threads)."),
    ],
)
def test_a_failure_is_one_sentence_for_whom_it_concerns(
    background: Background, qtbot: QtBot, error: Exception, sentence: str
) -> None:
    told: list[tuple[str, bool]] = []
    here = threading.get_ident()
    with qtbot.assertNotEmitted(background.failed):
        background.run(failing(error), lambda _: None, lambda s: told.append((s, threading.get_ident() == here)))
        qtbot.waitUntil(lambda: bool(told))
    assert told == [(sentence, True)]
    with qtbot.waitSignal(background.failed) as failed:
        background.run(failing(error), lambda _: None)
    assert failed.args == [sentence]


class Speechless(Exception):
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("can't start new thread"), "can't start new thread"),
        (ZeroDivisionError(), "ZeroDivisionError"),
        (Speechless(), "Speechless"),
    ],
)
def test_a_mistake_ends_the_waiting_and_is_raised(
    background: Background, qtbot: QtBot, error: Exception, said: str
) -> None:
    told: list[str] = []
    with capture_exceptions() as raised:
        background.run(failing(error), lambda _: None, told.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert told == [f"Something unexpected went wrong ({said})."]
    assert [one[1] for one in raised] == [error]


@pytest.mark.parametrize(
    ("error", "said"),
    [(KeyboardInterrupt(), "KeyboardInterrupt"), (SystemExit(3), "3"), (BaseException("panicked"), "panicked")],
)
def test_what_is_no_exception_ends_the_waiting_and_not_the_program(
    background: Background, qtbot: QtBot, error: BaseException, said: str
) -> None:
    told: list[str] = []
    with capture_exceptions() as raised:
        background.run(failing(error), lambda _: None, told.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert told == [f"Something unexpected went wrong ({said})."]
    ((kind, mistake, _),) = raised
    assert (kind, mistake and mistake.__cause__) == (RuntimeError, error)
    came: list[int] = []
    background.run(lambda: 1, came.append)
    qtbot.waitUntil(lambda: came == [1])


def test_what_was_begun_can_be_finished_at_once(background: Background) -> None:
    came: list[int] = []
    for number in range(3):
        background.run(partial(int, number), came.append)
    background.finish()
    assert came == [0, 1, 2]


def test_nothing_is_delivered_once_it_was_waited_for(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    begin = threading.Event()
    background.failed.connect(told.append)
    background.run(begin.wait, told.append, told.append)
    background.run(failing(MemoryError()), told.append, told.append)
    background.run(failing(DataError("It is damaged.")), told.append)
    begin.set()
    background.wait()
    QApplication.processEvents()  # what was on its way would come now
    assert told == []


def test_what_was_asked_for_before_the_end_is_done_but_for_what_only_the_newest_answer_counts_of(
    background: Background,
) -> None:
    begin, done = threading.Event(), list[str]()
    background.run(begin.wait, lambda _: None)
    background.run(lambda: done.append("kept"), lambda _: None)
    background.run(lambda: done.append("read"), lambda _: None, latest="page")
    closing = threading.Thread(target=begin.set)
    closing.start()
    background.wait()
    closing.join()
    assert "kept" in done


def test_steps_come_to_a_result(background: Background, qtbot: QtBot) -> None:
    def steps() -> Generator[None, None, int]:
        yield
        yield
        return 3

    got: list[int] = []
    background.run_steps(steps(), got.append, latest="count")
    qtbot.waitUntil(lambda: got == [3])
    assert not background.pending("count")


@pytest.mark.parametrize("leave", ["ask anew", "drop", "wait"])
def test_steps_are_left_where_nobody_wants_the_result(background: Background, qtbot: QtBot, leave: str) -> None:
    """They would go on for good, and what comes after them would never be done."""
    begun = threading.Event()

    def steps() -> Generator[None, None, None]:
        while True:
            begun.set()
            yield

    got: list[str] = []
    background.run_steps(steps(), lambda _: got.append("all steps"), latest="long")
    assert begun.wait(60)
    if leave == "wait":
        background.wait()
        assert got == []
    else:
        if leave == "drop":
            background.drop("long")
        background.run(lambda: "the next", got.append, latest="long")
        qtbot.waitUntil(lambda: bool(got))
        assert got == ["the next"]


def test_a_step_that_fails_is_told(background: Background, qtbot: QtBot) -> None:
    def steps() -> Generator[None, None, None]:
        yield
        raise DataError("It is damaged.")

    with qtbot.waitSignal(background.failed) as failed:
        background.run_steps(steps(), lambda _: None, latest="long")
    assert failed.args == ["It is damaged."]


@pytest.mark.parametrize("leave", [True, False])
def test_what_a_job_reads_is_left_when_nobody_wants_it_and_only_then(
    background: Background, tmp_path: Path, leave: bool
) -> None:
    (tmp_path / "file").write_bytes(b"a file")
    begun, over, read = threading.Event(), threading.Event(), list[bytes]()

    def job() -> None:
        with opened(tmp_path / "file", DataError) as file:
            read.append(file.read())
        begun.set()
        over.wait()
        with opened(tmp_path / "file", DataError) as file:
            read.append(file.read())

    background.run(job, lambda _: None, leave=leave)
    begun.wait()
    background.run(job, lambda _: None, leave=True)  # which does not begin
    background._over = True
    over.set()
    background.wait()
    assert read == [b"a file"] * (1 if leave else 2)


def test_what_a_job_was_the_last_to_hold_ends_in_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    ended: list[threading.Thread] = []

    class Job:
        def __call__(self) -> None:
            pass

        def __del__(self) -> None:
            ended.append(threading.current_thread())

    for _ in range(20):
        background.run(Job(), lambda _: None)
    qtbot.waitUntil(lambda: len(ended) == 20)
    assert set(ended) == {threading.main_thread()}
