"""The ``digitpad`` command."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from digitpad import __version__
from digitpad.errors import DigitpadError
from digitpad.paths import DEFAULT_NETWORK

_COMMANDS = ("gui", "train", "evaluate", "data")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 when something given cannot be used."""
    # For products as small as these a second thread of OpenBLAS gains nothing, and takes the window's processor. Has
    # to be said before NumPy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    argv = list(sys.argv[1:] if argv is None else argv)
    if not argv or (argv[0] not in _COMMANDS and argv[0] not in ("-h", "--help", "--version")):
        argv.insert(0, "gui")  # the program itself is what a bare `digitpad` starts
    arguments = _parser(argv).parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except DigitpadError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who reads the output, `head` perhaps, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="digitpad",
        description="Draw a digit and watch a neural network read it, live.",
        epilog="Without a command, digitpad opens its window.",
    )
    parser.add_argument("--version", action="version", version=f"digitpad {__version__}")
    commands = parser.add_subparsers(metavar="command", required=True)
    model = argparse.ArgumentParser(add_help=False)
    model.add_argument(
        "--model", type=Path, default=DEFAULT_NETWORK, metavar="FILE", help="network to read with (a safetensors file)"
    )

    for name, parents, text in (
        ("gui", [model], "open the window (the default)"),
        ("train", [], "train a network and write it to a file"),
        ("evaluate", [model], "accuracy of a network on a test set"),
        ("data", [], "list the data sets there are, download or import MNIST"),
    ):
        command = commands.add_parser(name, parents=parents, help=text)
        if name == argv[0]:  # what a command works with is loaded only where that command is wanted
            module = import_module(f"digitpad.cli.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
