"""``digitpad`` by itself, or ``digitpad gui``: the window."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the window may be opened with; ``--model`` is the command line's own."""
    parser.add_argument("picture", type=Path, nargs="?", help="picture of a digit to open: PNG, JPEG or BMP")


def run(arguments: argparse.Namespace) -> int:
    """Open the window, or where there is no display show it at work off-screen. Returns the exit code."""
    from digitpad.gui.start import run as run_window  # Qt is loaded only where a window is wanted

    return int(run_window(arguments.model, arguments.picture))
