"""The digits that a command works with where none are named."""

import sys
from pathlib import Path

from digitpad import paths
from digitpad.data import mnist


def found(named: Path | None) -> Path:
    """Return where the digits are: what the person ``named``, or MNIST where it is found, or the built-in digits."""
    if named is not None:
        return named
    missing = paths.missing_mnist_folder()
    if missing is not None:
        print(f"digitpad: {missing}: there is no such folder, though DIGITPAD_MNIST names it.", file=sys.stderr)
    return mnist.find_folder() or paths.DIGITS
