"""Context managers that make one error of another."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from weakref import ref

import pytest

from digitpad.errors import DataError
from digitpad.files.contexts import contextmanager


class Refused(Exception):
    def __init__(self, made: "list[ref[Refused]]") -> None:
        super().__init__()
        made.append(ref(self))


@contextmanager
def told(begun: list[str], what: str) -> Iterator[str]:
    """Tell of what was refused."""
    begun.append(what)
    try:
        yield what
    except Refused as error:
        raise DataError(f"{what} was refused.") from error


@contextmanager
def passed_on() -> Iterator[str]:
    with told([], what="it") as what:
        yield what


def refuse(made: "list[ref[Refused]]") -> None:
    with passed_on():
        raise Refused(made)


def test_they_do_as_contextlib_s() -> None:
    begun = list[str]()
    with told(begun, what="it") as what:
        assert begun == [what] == ["it"]
    with pytest.raises(DataError, match=r"^it was refused\.$") as refused:
        refuse([])
    assert isinstance(refused.value.__cause__, Refused)
    with pytest.raises(ValueError, match="other"), passed_on():
        raise ValueError("other")
    assert (told.__name__, told.__doc__) == ("told", "Tell of what was refused.")


def test_what_was_refused_is_let_go_of_without_the_garbage_collector() -> None:
    made = list[ref[Refused]]()
    gc.disable()
    try:
        with suppress(DataError):
            refuse(made)
        assert [error() for error in made] == [None]
    finally:
        gc.enable()
