"""A mistake in whatever Qt calls is told, and the program goes on."""

import importlib
import pkgutil
import subprocess
import sys
from types import FunctionType

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import digitpad.gui
from digitpad.gui.guard import do_all, guard_overrides, is_guarded
from tests.gui import mistakes


def test_no_mistake_in_what_qt_calls_ends_the_program() -> None:
    run = subprocess.run([sys.executable, "-m", mistakes.__name__], capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, f"ended by {run.returncode} after {run.stdout.splitlines()[-1:]}"
    assert run.stdout.splitlines() == list(mistakes.KINDS)


def test_every_override_of_the_window_is_guarded() -> None:
    """One that is not has a name that guard.py does not know to be Qt's."""
    modules = [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(digitpad.gui.__path__, "digitpad.gui.")
    ]
    overrides = {
        f"{cls.__qualname__}.{name}": function
        for module in modules
        for cls in vars(module).values()
        if isinstance(cls, type) and cls.__module__ == module.__name__
        for name, function in vars(cls).items()
        if isinstance(function, FunctionType) and not name.startswith("_")
        if any(name in vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6."))
    }
    assert len(overrides) > 90
    assert {name for name, function in overrides.items() if not is_guarded(function)} == set()


class Mixin:
    """Knows nothing of Qt."""

    def changeEvent(self, event: QEvent) -> None:
        """Do nothing."""

    def area(self) -> int:
        return 1


class Failing(Mixin, QWidget):
    """Fails wherever a test asks it."""

    def sizeHint(self) -> QSize:
        raise ZeroDivisionError

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            raise ZeroDivisionError
        return super().event(event)

    def update(self) -> None:  # type: ignore[override]
        raise ZeroDivisionError


def test_qt_is_answered_what_its_own_class_says(qtbot: QtBot, qapp: QApplication) -> None:
    widget = Failing()
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as told:
        assert widget.sizeHint() == QWidget().sizeHint()
        assert widget.event(QEvent(QEvent.Type.User)) is False
    assert [kind for kind, *_ in told] == [ZeroDivisionError] * 2


def test_a_mistake_that_cannot_be_told_keeps_nothing_from_being_done(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To tell one takes memory."""
    widget, done = Failing(), list[bool]()
    qtbot.addWidget(widget)

    def fail(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr(sys, "excepthook", fail)
        do_all(fail, lambda: done.append(True))
        assert widget.event(QEvent(QEvent.Type.User)) is False
    assert done


def test_what_qt_does_not_call_may_raise(qtbot: QtBot) -> None:
    widget = Failing()
    qtbot.addWidget(widget)
    with pytest.raises(ZeroDivisionError):
        widget.update()


def test_what_comes_from_a_class_without_qt_or_later_is_guarded_and_nothing_twice() -> None:
    guard_overrides()
    guard_overrides()
    assert is_guarded(Failing.changeEvent)
    assert not is_guarded(Failing.area)
    assert not is_guarded(Mixin.changeEvent)  # only where it is an override
    assert not is_guarded(Failing.sizeHint.__wrapped__)  # type: ignore[attr-defined]

    def paint(self: Failing, event: QEvent) -> None:
        """Do nothing."""

    Failing.paintEvent = paint  # type: ignore[method-assign, assignment]
    assert is_guarded(Failing.paintEvent)
