"""The ``digitpad`` command."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
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

    gui = commands.add_parser("gui", parents=[model], help="open the window (the default)")
    gui.add_argument("picture", type=Path, nargs="?", help="picture of a digit to open: PNG, JPEG or BMP")
    gui.set_defaults(run=_gui)

    train = commands.add_parser("train", help="train a network and write it to a file")
    if argv[0] == "train":
        from digitpad import terminal  # what trains is loaded only where it is wanted

        terminal.add_arguments(train)
        train.set_defaults(run=terminal.train)

    data = commands.add_parser("data", help="list the data sets there are, download or import MNIST")
    if argv[0] == "data":
        from digitpad import terminal

        terminal.add_data_arguments(data)
        data.set_defaults(run=terminal.data)

    evaluate = commands.add_parser("evaluate", parents=[model], help="accuracy of a network on a test set")
    evaluate.add_argument(
        "--data", type=Path, required=True, metavar="PATH", help="file or folder of digits with a test set, as MNIST's"
    )
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.set_defaults(run=_evaluate)
    return parser


def _gui(arguments: argparse.Namespace) -> int:
    from digitpad.gui.app import run  # Qt is loaded only where a window is wanted

    return int(run(arguments.model, arguments.picture))


def _evaluate(arguments: argparse.Namespace) -> int:
    from digitpad import model_file
    from digitpad.data.opening import open_test
    from digitpad.nn.evaluation import answers

    network = model_file.load(arguments.model).network
    test = open_test(arguments.data)
    confusion = answers(network, test.images, test.labels).confusion_matrix()
    right, n = int(confusion.trace()), len(test)
    if arguments.json:
        print(json.dumps({"n": n, "accuracy": right / n, "correct": right, "confusion": confusion.tolist()}))
        return 0
    print(f"{right} of {n} digits read correctly: {100 * right / n:.2f} %")
    print("\nrow: the digit, column: the answer")
    width = len(str(confusion.max())) + 1
    print("  " + "".join(f"{answer:>{width}}" for answer in range(10)))
    for digit, row in enumerate(confusion):
        print(f"{digit} " + "".join(f"{count:>{width}}" for count in row))
    return 0
