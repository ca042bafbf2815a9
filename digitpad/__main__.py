"""Run digitpad with ``python -m digitpad``, or as the installed command."""

import os
import sys

_INTERRUPTED = 130  # the exit code


def main() -> int:
    """Run the command line and return its exit code; Ctrl+C while it is still loading ends it without a word."""
    try:
        import signal  # which takes long enough to be interrupted

        before = signal.getsignal(signal.SIGINT)
        if before is signal.default_int_handler:  # and not ignored, as in the background of a shell
            # An exception within the loading of a library would become an error of that library.
            signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
        from digitpad.cli import main as run
    except KeyboardInterrupt:
        return _INTERRUPTED
    return run(loaded=lambda: signal.signal(signal.SIGINT, before))


if __name__ == "__main__":
    sys.exit(main())
