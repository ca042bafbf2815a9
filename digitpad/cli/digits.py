"""The digits that a command works with where none are named."""

import sys
from pathlib import Path

from digitpad import paths
from digitpad.errors import SENTENCE, one_line

DATA_HELP = "file or folder of digits (default: MNIST where it is found, or the built-in ones)"
"""What ``--data`` is, in the help of each command that has it."""


def found(named: Path | None) -> Path:
    """Return where the digits are: what the person ``named``, or MNIST where it is found, or the built-in digits."""
    if named is not None:
        return named
    from digitpad.data import mnist  # the window asks for the warning alone

    warn_of_missing()
    return mnist.find_folder() or paths.DIGITS


def warn_of_missing() -> None:
    """Say that the folder which DIGITPAD_MNIST names is not there, where that is so."""
    missing = paths.missing_mnist_folder()
    if missing is not None:
        named = one_line(missing, SENTENCE)
        print(f"digitpad: {named}: there is no such folder, though DIGITPAD_MNIST names it.", file=sys.stderr)
