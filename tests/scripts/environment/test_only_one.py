"""Waiting for another start, and not for ever."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from environment.only_one import only_one


def fails_with(*codes: int) -> tuple[Callable[..., None], list[int]]:
    """Return a function that raises OSError with one code after the other and then works, and the codes to come."""
    to_come = list(codes)

    def lock(*_: object) -> None:
        if to_come:
            raise OSError(to_come.pop(0), "no")

    return lock, to_come


@pytest.mark.parametrize(
    ("platform", "codes"),
    [
        ("linux", [errno.ENOLCK]),
        ("linux", [errno.EAGAIN, errno.ENOLCK]),
        ("linux", [errno.EACCES, errno.EACCES]),
        ("win32", [errno.EINVAL]),
        ("win32", [errno.EACCES, errno.EDEADLK, errno.EDEADLK]),
        ("win32", [errno.EACCES, errno.EACCES]),
    ],
)
def test_where_a_lock_is_not_to_be_had_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, codes: list[int]
) -> None:
    lock, to_come = fails_with(*codes)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(LOCK_EX=2, LOCK_NB=4, flock=lock))
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_LOCK=1, LK_NBLCK=2, locking=lock))
    with only_one(str(tmp_path / "lock")):
        assert to_come == []
