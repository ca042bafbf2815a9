"""``digitpad`` by itself, or ``digitpad gui``: the window."""

import argparse
import signal
import sys
from pathlib import Path

from digitpad.draw.photo.file_kinds import READ
from digitpad.gui import libraries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the window may be opened with; ``--model`` is the command line's own."""
    parser.add_argument("picture", type=Path, nargs="?", metavar="PICTURE", help=f"picture of a digit to open: {READ}")


def run(arguments: argparse.Namespace) -> int:
    """Open the window, or where there is no display show it at work off-screen. Returns the exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler does not get through Qt
    try:
        from digitpad.gui.start import run as run_window  # Qt is loaded only where a window is wanted
    except ImportError as error:
        if error.name and error.name.startswith("digitpad"):  # a mistake of ours, which no package mends
            raise
        print(f"digitpad: {libraries.why_not(error)}", file=sys.stderr)
        return 1
    return int(run_window(arguments.model, arguments.picture))
