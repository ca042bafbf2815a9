"""The program as a desktop starts it: ``digitpad-window``, with the same arguments as ``digitpad``.

On Windows it has no console beside its window. Where nobody reads what is printed, it tells by other means why the
window does not open: never nothing.
"""

import io
import sys
import traceback
from contextlib import suppress
from typing import TextIO, cast

from digitpad.__main__ import main as run
from digitpad.desktop.telling import tell

_CANNOT = 1  # the exit code
_BY_SIGNALS = 128  # from here on somebody wanted the end


class _Heard(io.StringIO):
    """What is printed on standard error, which has it too where there is one."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        if self._stream is not None:
            with suppress(OSError):  # a pipe may be closed, and what was said is told all the same
                self._stream.write(text)
                self._stream.flush()
        return super().write(text)


def main() -> int:
    """Open the window with what the command line names, and return the exit code.

    Without a display that works there is no showing at work, as nobody would see it.
    """
    before, report = sys.stderr, ""
    heard = _Heard(before)
    sys.stderr = cast("TextIO", heard)
    try:
        code = _open()
    except Exception as error:  # a mistake of ours or a damaged installation
        code, report = _CANNOT, traceback.format_exc()
        print(f"digitpad: cannot start ({type(error).__name__}: {error}).", file=sys.stderr)
    finally:
        sys.stderr = before
    if 0 < code < _BY_SIGNALS and not (before is not None and before.isatty()):
        tell(heard.getvalue(), report)
    return code


def _open() -> int:
    with suppress(ImportError):  # Qt cannot be loaded: the command line says why and what to do
        from digitpad.gui import display

        if no_display := display.choose():
            print(f"digitpad: {no_display}.", file=sys.stderr)
            return _CANNOT
    return run()


if __name__ == "__main__":
    sys.exit(main())
