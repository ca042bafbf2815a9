"""The ``digitpad`` command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from digitpad import __version__
from digitpad.cli.output import printing
from digitpad.errors import DigitpadError
from digitpad.paths import DEFAULT_NETWORK

_COMMANDS = ("gui", "train", "evaluate", "predict", "export", "data", "install-desktop")
_READING = ("gui", "evaluate", "predict", "export")  # those that take --model
_ABOUT = ("-h", "--help", "-V", "--version")
_MODEL = ("--m", "--mo", "--mod", "--mode", "--model")  # an option may be cut short

_MORE = """\
without a command, the window opens: with PICTURE, the file of a picture of a digit, on its canvas,
and with the network in the file that --model names

examples:
  digitpad three.png
  digitpad train net.safetensors --preset fast
  digitpad evaluate --model net.safetensors
  digitpad predict three.png drawings.jsonl
  digitpad export web digits.html
  digitpad --model net.safetensors

environment variables:
  DIGITPAD_MNIST  the folder of MNIST's four files
  DIGITPAD_HOME   the folder for your drawings, settings and MNIST, instead of the system's

exit codes:
  0   it is done
  1   the window cannot be opened, or what is printed cannot be written
  2   something that was given cannot be used, and the sentence says why
  129, 130, 143   ended by SIGHUP, Ctrl+C, SIGTERM; `train` has written the last good network
"""


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments in one sentence, too."""

    def error(self, message: str) -> NoReturn:
        raise DigitpadError(f"{message} (`{self.prog} --help` says what there is).")


def main(argv: Sequence[str] | None = None, loaded: Callable[[], object] = lambda: None) -> int:
    """Run the command line and return its exit code, one of those that ``digitpad --help`` lists.

    ``loaded`` is called when all is imported and the command begins.
    """
    # For products as small as these a second thread of OpenBLAS gains nothing, and takes the window's processor. Has
    # to be said before NumPy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with printing() as printed:
        try:
            code = _run(_in_order(list(sys.argv[1:] if argv is None else argv)), loaded)
        except DigitpadError as error:
            print(f"digitpad: {error}", file=sys.stderr)
            code = 2
        except KeyboardInterrupt:
            code = 130
    return code or (1 if printed.error else 0)


def _run(argv: Sequence[str], loaded: Callable[[], object]) -> int:
    try:
        arguments = _parser(argv[0]).parse_args(argv)
    except SystemExit:  # argparse has printed the help or the version
        return 0
    loaded()
    code: int = arguments.run(arguments)
    return code


def _in_order(argv: Sequence[str]) -> list[str]:
    """Return ``argv`` with its command first, also where ``--model FILE`` stood before it: "gui" where none is named.

    Raises DigitpadError for a word that is no command and can be no picture.
    """
    at = 0
    while at < len(argv) and argv[at].partition("=")[0] in _MODEL:
        at += 1 if "=" in argv[at] else 2
    word = argv[at] if at < len(argv) else ""
    if at and word in _COMMANDS and word not in _READING:
        raise DigitpadError(f"{word} takes no --model; {', '.join(_READING[:-1])} and {_READING[-1]} do.")
    if word in _COMMANDS:
        return [word, *argv[:at], *argv[at + 1 :]]
    if at == 0 and word in _ABOUT:
        return list(argv)
    if word and not word.startswith("-") and not any(mark in word for mark in "./\\") and not os.path.lexists(word):
        there = sorted((*_COMMANDS, "--help", "--version"), key=lambda known: _likeness(known, word), reverse=True)
        raise DigitpadError(f"{word}: there is no such command or file; there are {', '.join(there)}.")
    return ["gui", *argv]


def _likeness(known: str, word: str) -> float:
    return SequenceMatcher(None, known.strip("-"), word.lower()).ratio()


def _parser(wanted: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="digitpad",
        usage="digitpad [--model FILE] [PICTURE]\n       digitpad command ...",
        description="Draw a digit and watch a neural network read it, live.",
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"digitpad {__version__}")
    commands = parser.add_subparsers(metavar="command", required=True, prog="digitpad")
    model = _Parser(add_help=False)
    model.add_argument(
        "--model", type=Path, default=DEFAULT_NETWORK, metavar="FILE",
        help="network to read with, a safetensors file (default: the one that comes with the program)",
    )  # fmt: skip

    for name, parents, text in (
        ("gui", [model], "open the window (the default)"),
        ("train", [], "train a network and write it to a file"),
        ("evaluate", [model], "accuracy of a network on a test set, digit by digit"),
        ("predict", [model], "read the digits in pictures and in files of strokes"),
        ("export", [model], "write a network in another form: a page to draw on in a browser"),
        ("data", [], "list the data sets there are, download or import MNIST"),
        ("install-desktop", [], "put digitpad into the menus of a Linux desktop"),
    ):
        command = commands.add_parser(
            name, parents=parents, help=text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == wanted:  # what a command works with is loaded only where that command is wanted
            module = import_module(f"digitpad.cli.{name.replace('-', '_')}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
