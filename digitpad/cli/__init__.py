"""The ``digitpad`` command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from digitpad import __version__
from digitpad.cli.nearest import nearest_first
from digitpad.cli.output import printing
from digitpad.errors import DigitpadError
from digitpad.paths import DEFAULT_NETWORK


class _Command(NamedTuple):
    """What a command is for, in a line, and whether it works with the network that ``--model`` names.

    Its module in this package has its name, and ``add_arguments`` and ``run``.
    """

    told: str
    takes_model: bool = False


_COMMANDS = {
    "gui": _Command("open the window, with the files that are named (the default)", takes_model=True),
    "train": _Command("train a network and write it to a file, or go on with one"),
    "evaluate": _Command("accuracy of a network on test digits, digit by digit", takes_model=True),
    "predict": _Command("read the digits in pictures and in files of strokes", takes_model=True),
    "info": _Command("what a network is, and how it was made", takes_model=True),
    "export": _Command("write a network in another form: a page to draw on, ONNX, a notebook", takes_model=True),
    "data": _Command("the data sets there are: list, fetch, import, info"),
    "install-desktop": _Command("put digitpad into the menus of a Linux desktop"),
}
_ABOUT = ("-h", "--help", "-V", "--version")
_MODEL = ("--m", "--mo", "--mod", "--mode", "--model")  # an option may be cut short

_MORE = """\
without a command, the window opens, with each FILE in it: a picture of a digit on the canvas, a network
in use, a data set on the Data tab, an experiment on the Train tab; where there is no display, the program
shows itself at work instead

each command says by --help what it takes, with examples: digitpad train --help

examples:
  digitpad three.png
  digitpad net.safetensors
  digitpad train net.safetensors --preset fast
  digitpad evaluate --model net.safetensors
  digitpad predict three.png drawings.jsonl
  digitpad info net.safetensors
  digitpad export web digits.html

environment variables:
  DIGITPAD_MNIST  the folder of MNIST's four files
  DIGITPAD_HOME   the folder for your drawings, settings and MNIST, instead of the system's

exit codes:
  0   it is done
  1   it ran, and the answer is no: nothing that was to be read is a digit, the window cannot be opened,
      or what is printed cannot be written
  2   something that was given cannot be used, and the sentence says why
  129, 130, 143   ended by SIGHUP, Ctrl+C, SIGTERM; `train` has written the last good network

What is asked for goes to standard output, all else to standard error; progress is shown on a terminal only.
"""


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments in one sentence, too."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, **named})

    def error(self, message: str) -> NoReturn:
        raise DigitpadError(f"{message} (`{self.prog} --help` says what there is).")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a word that is none of the ``action``'s choices, the nearest of which comes first."""
        if action.choices is not None and value not in action.choices:
            there = ", ".join(nearest_first(str(value), map(str, action.choices)))
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}; there are {there}")


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
        except MemoryError:
            print("digitpad: There is not enough memory for this.", file=sys.stderr)
            code = 2
        except KeyboardInterrupt:
            code = 130
    return code or (1 if printed.error else 0)


def _run(argv: Sequence[str], loaded: Callable[[], object]) -> int:
    try:
        arguments, others = _parser(argv[0]).parse_known_args(argv)
    except SystemExit:  # argparse has printed the help or the version
        return 0
    if others:
        said = f"unrecognized arguments: {' '.join(others)}"
        raise DigitpadError(f"{said} (`digitpad {argv[0]} --help` says what there is).")
    loaded()
    code: int = arguments.run(arguments)
    return code


def _in_order(argv: Sequence[str]) -> list[str]:
    """Return ``argv`` with its command first, also where ``--model FILE`` stood before it: "gui" where none is named.

    Raises DigitpadError for a word that is no command and can be no file, and for ``--model`` where nothing is read.
    """
    at = 0
    while at < len(argv) and argv[at].partition("=")[0] in _MODEL:
        at += 1 if "=" in argv[at] else 2
    word = argv[at] if at < len(argv) else ""
    if word in _COMMANDS:
        if not _COMMANDS[word].takes_model and (at or any(one.partition("=")[0] == _MODEL[-1] for one in argv)):
            *others, last = (name for name, command in _COMMANDS.items() if command.takes_model)
            instead = " To go on with a network, name it by --from." if word == "train" else ""
            raise DigitpadError(f"{word} takes no --model; {', '.join(others)} and {last} do.{instead}")
        return [word, *argv[:at], *argv[at + 1 :]]
    if at == 0 and word in _ABOUT:
        return list(argv)
    if word and not word.startswith("-") and not any(mark in word for mark in "./\\") and not os.path.lexists(word):
        there = ", ".join(nearest_first(word, (*_COMMANDS, "--help", "--version")))
        raise DigitpadError(f"{word}: there is no such command or file; there are {there}.")
    return ["gui", *argv]


def _parser(wanted: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="digitpad",
        usage="digitpad [--model FILE] [FILE ...]\n       digitpad COMMAND ...",
        description="Draw a digit and watch a neural network read it, live.",
        epilog=_MORE,
    )
    parser.add_argument("-V", "--version", action="version", version=f"digitpad {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="digitpad")
    model = _Parser(add_help=False)
    model.add_argument(
        "--model", type=Path, default=DEFAULT_NETWORK, metavar="FILE",
        help="network to read with, a safetensors file (default: the one that comes with the program)",
    )  # fmt: skip
    for name, (told, takes_model) in _COMMANDS.items():
        command = commands.add_parser(name, parents=[model] if takes_model else [], help=told, description=told)
        if name == wanted:  # what a command works with is loaded only where that command is wanted
            module = import_module(f"digitpad.cli.{name.replace('-', '_')}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
