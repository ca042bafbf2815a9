"""What the command line prints: in whatever encoding, and to a terminal, file or pipe that may be full or go away."""

import codecs
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, TextIO, cast

_PLAIN = {"η": "eta", "λ": "lambda", "μ": "mu", "·": "-", "×": "x", "–": "-", "…": "...", "’": "'"}
# Whoever read it has read enough, or is gone. EINVAL is what Windows says of a pipe that is closed.
_GONE = (errno.EPIPE, errno.EINVAL, errno.EIO)

_STANDARD_ERROR = 2  # as the system counts


class Printed:
    """A text stream that never stops the program: what cannot be written any more is dropped.

    ``error`` is why it could not. Everything else is as with ``stream``.
    """

    def __init__(self, stream: TextIO) -> None:
        """Take over ``stream``, in which letters that its encoding has not become plain ones from now on."""
        self._stream = stream
        self.error: OSError | None = None
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_replace.__name__)

    def write(self, text: str) -> int:
        """Write ``text`` at once, so that nothing is left over for the end of the program."""
        if self.error is None:
            try:
                self._stream.write(text)
                self._stream.flush()
            except OSError as error:
                self.error = error
                self._let_go()
        return len(text)

    def flush(self) -> None:
        """Do nothing: ``write`` did."""

    def _let_go(self) -> None:
        """Lead what waits in the stream's buffer, and would fail again when Python ends, to nowhere."""
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def printing() -> Iterator[Printed]:
    """Within, ``print`` works whatever becomes of standard output, which is yielded, and of standard error."""
    _fill_gaps()
    with ExitStack() as stack:
        before = sys.stdout, sys.stderr
        # Python has None where they were closed before it started.
        out, err = (Printed(stream or stack.enter_context(open(os.devnull, "w"))) for stream in before)
        sys.stdout, sys.stderr = cast("TextIO", out), cast("TextIO", err)
        try:
            yield out
        finally:
            if out.error is not None and out.error.errno not in _GONE:
                print(f"digitpad: what it says cannot be written ({out.error.strerror}).", file=sys.stderr)
            sys.stdout, sys.stderr = before


def _fill_gaps() -> None:
    """Have nothing in the place of standard streams that are closed: a file would get it, and what libraries print."""
    with suppress(OSError):
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
            os.set_inheritable(descriptor, True)
        os.close(descriptor)


@contextmanager
def libraries_silent() -> Iterator[None]:
    """Within, what libraries in C print on standard error by themselves is dropped; nobody else may print meanwhile."""
    try:
        before = os.dup(_STANDARD_ERROR)
    except OSError:  # it was closed before the program began
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)
        yield
    finally:
        os.dup2(before, _STANDARD_ERROR)
        os.close(before)


def _replace(error: UnicodeError) -> tuple[str, int]:
    """Return plain letters for those that an encoding has not: "eta" for "η", and "?" where nothing is known."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(letter, "?") for letter in error.object[error.start : error.end]), error.end


codecs.register_error(_replace.__name__, _replace)
