"""What contextlib makes of a generator, but holding nothing of what failed in it: ``contextmanager``."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import wraps
from types import TracebackType
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Yielded = TypeVar("Yielded")


def contextmanager(function: Callable[Given, Iterator[Yielded]]) -> Callable[Given, AbstractContextManager[Yielded]]:
    """Do as ``contextlib.contextmanager``, but let go of an error that ``function`` makes another of.

    From Python 3.12 on contextlib's own holds it in a circle, and with it all that it was raised in, such as a picture:
    until the garbage collector comes, which counts objects and not their bytes.
    """
    make = contextlib.contextmanager(function)

    @wraps(function)
    def made(*given: Given.args, **named: Given.kwargs) -> AbstractContextManager[Yielded]:
        return _Context(make(*given, **named))

    return made


class _Context(AbstractContextManager[Yielded]):
    def __init__(self, inner: AbstractContextManager[Yielded]) -> None:
        self._inner = inner

    def __enter__(self) -> Yielded:
        return self._inner.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        try:
            return self._inner.__exit__(kind, error, trace)
        except BaseException as other:
            inner = other.__traceback__ and other.__traceback__.tb_next
            if other is not error and inner:
                inner.tb_frame.clear()  # in which contextlib has the error
            raise
        finally:
            del error, trace  # this frame is one of the new error's, too
