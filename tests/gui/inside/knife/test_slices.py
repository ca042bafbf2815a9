"""Long work in slices gives way to what is asked for meanwhile."""

from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad.errors import DataError
from digitpad.gui.inside.knife import slices
from digitpad.gui.inside.knife.slices import in_slices
from digitpad.gui.services.background import Background


@pytest.fixture
def background(monkeypatch: pytest.MonkeyPatch) -> Iterator[Background]:
    """Where each step is a slice by itself."""
    monkeypatch.setattr(slices, "_SLICE_S", -1.0)
    parent = QObject()
    background = Background(parent)
    yield background
    background.wait()


def numbers(n: int) -> Generator[int | None, None, str]:
    yield None
    yield from range(n)
    return "all"


def test_each_step_is_told_and_at_last_the_result(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    in_slices(background, numbers(3), told.append, told.append, latest="it")
    qtbot.waitUntil(lambda: "all" in told)
    assert told == [0, 1, 2, "all"]
    assert not background.pending("it")


def test_something_else_need_not_wait_for_the_end(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    in_slices(background, numbers(100), told.append, told.append, latest="it")
    background.run(lambda: "other", told.append)
    qtbot.waitUntil(lambda: "all" in told)
    assert told.index("other") < told.index("all")


def test_it_ends_for_another_request_and_when_it_is_dropped(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    in_slices(background, numbers(1000), lambda _: None, lambda _: told.append("old"), latest="it")
    in_slices(background, numbers(1), lambda _: None, lambda _: told.append("new"), latest="it")
    qtbot.waitUntil(lambda: bool(told))
    in_slices(background, numbers(1000), lambda _: None, lambda _: told.append("dropped"), latest="it")
    background.drop("it")
    background.finish()
    background.finish()
    assert told == ["new"]


def test_what_goes_wrong_is_told(background: Background, qtbot: QtBot) -> None:
    def steps() -> Generator[int | None, None, str]:
        yield 1
        raise DataError("Not today.")

    told: list[object] = []
    with qtbot.waitSignal(background.failed) as failed:
        in_slices(background, steps(), told.append, told.append, latest="it")
    assert failed.args == ["Not today."]
    assert told == [1]
