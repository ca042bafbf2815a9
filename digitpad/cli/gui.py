"""``digitpad`` by itself, or ``digitpad gui``: the window."""

import argparse
import signal
import sys
from pathlib import Path

from digitpad.draw.photo.file_kinds import READ
from digitpad.gui import libraries

_MORE = f"""\
FILE may be
  a picture of a digit ({READ}), to be read on the canvas
  a network (.safetensors), to read with; the same as --model
  a set of digits to learn from, as `digitpad data --help` lists them, which opens on the Data tab
  an experiment, or the picture of a run's curves that holds one, which opens on the Train tab
  drawings as strokes (.jsonl), which are kept among your digits

without a display, the program draws a digit in its window off-screen, or reads the picture, and prints the
answer and where a screenshot of it is (exit code 0); where Qt cannot be loaded, it says what lacks (1)

examples:
  digitpad
  digitpad three.png
  digitpad net.safetensors three.png emnist.zip
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the window may be opened with; ``--model`` is the command line's own."""
    parser.epilog = _MORE
    parser.add_argument("files", type=_file, nargs="*", metavar="FILE", help="what to open in the window, see below")


def _file(text: str) -> Path:
    if not text:  # as of a script's variable that is not set; the folder one is in is not meant
        raise argparse.ArgumentTypeError("it is empty, and names no file")
    return Path(text)


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
    from digitpad.cli.digits import warn_of_missing

    warn_of_missing()
    return int(run_window(arguments.model, arguments.files))
