"""A system that has no further thread, as far as it can be played."""

import threading
from typing import NoReturn

import pytest


def refuse_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no thread begin until ``monkeypatch`` takes that back."""

    def refuse(*_: object) -> NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
