"""``digitpad evaluate``: how many digits of a test set a network reads correctly, and what it takes the others for."""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad import paths
from digitpad.cli import digits
from digitpad.data.dataset import Dataset, Kind
from digitpad.data.formats.opening import open_test
from digitpad.draw.nine import read_nine
from digitpad.errors import SENTENCE, one_line
from digitpad.gui.words import counted
from digitpad.nn.binary import TARGETS
from digitpad.nn.evaluation import evaluate
from digitpad.nn.network import Network
from digitpad.train import model_file

_MORE = """\
the test part of the set is read, or a seventh of a set that has none; DIGITPAD_MNIST is the folder of MNIST's
four files. A network that reads a drawing nine times is measured both ways; of one with four outputs, the bits of the
digit, the answer is the digit whose bits are nearest.

--json is {"data", "notes", "n", "accuracy", "correct", "nine": {"accuracy", "correct"}, "digits": [{"digit", "n",
"correct", "misread"}], "confusion": rows of the digits, columns of the answers}

exit codes: 0 it is measured, 2 the network or the digits cannot be read

examples:
  digitpad evaluate
  digitpad evaluate --model net.safetensors --data emnist.zip
  digitpad evaluate --json | jq .accuracy
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what there is to say about the test set and the report; ``--model`` is the command line's own."""
    parser.epilog = _MORE
    parser.add_argument("--data", type=Path, metavar="PATH", help=digits.DATA_HELP)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print how well ``arguments.model`` reads each digit, and the confusion matrix. Returns the exit code."""
    model = model_file.load(arguments.model, model_file.TEN_OR_FOUR)
    network = model.network
    codes = None if network.sizes[-1] == 10 else TARGETS
    path = digits.found(arguments.data)
    test, notes = open_test(path)
    confusion = evaluate(network, test.images, test.labels, codes).confusion_matrix()
    right, n = int(confusion.trace()), len(test)
    nine = _right_of_nine(network, test) if model.provenance.reads_nine and codes is None else None
    if arguments.json:
        found = {
            "data": str(path),
            "notes": notes,
            "n": n,
            "accuracy": right / n,
            "correct": right,
            **({} if nine is None else {"nine": {"accuracy": nine / n, "correct": nine}}),
            "digits": [_of_digit(digit, confusion[digit]) for digit in range(10)],
            "confusion": confusion.tolist(),
        }
        print(json.dumps(found))
        return 0
    print(f"Test digits: {Kind.BUILT_IN.value if path == paths.DIGITS else one_line(str(path), SENTENCE)}")
    for note in notes:
        print(note)
    print(f"{right:,} of {counted(n, 'digit')} read correctly: {100 * right / n:.2f} %")
    if nine is not None:
        print(f"Each read nine times, as a drawing is: {nine:,} of {n:,}, {100 * nine / n:.2f} %")
    print()
    for digit in range(10):
        print(_line(**_of_digit(digit, confusion[digit])))
    print(f"\nrow: the digit, column: the answer{'' if nine is None else ', each read once'}")
    width = len(str(confusion.max())) + 1
    print("  " + "".join(f"{answer:>{width}}" for answer in range(10)))
    for digit, row in enumerate(confusion):
        print(f"{digit} " + "".join(f"{count:>{width}}" for count in row))
    return 0


def _right_of_nine(network: Network, test: Dataset) -> int:
    """Return how many are read correctly by the mean of nine readings."""
    return int(np.count_nonzero(read_nine(network, test.images).mean(axis=1).argmax(axis=1) == test.labels))


def _of_digit(digit: int, row: NDArray[np.int64]) -> dict[str, Any]:
    """Return what became of the images of ``digit``: ``row`` (10,) counts the answers. The most frequent come first."""
    misread = {str(answer): int(row[answer]) for answer in np.argsort(-row, kind="stable") if row[answer]}
    return {"digit": digit, "n": int(row.sum()), "correct": misread.pop(str(digit), 0), "misread": misread}


def _line(digit: int, n: int, correct: int, misread: dict[str, int]) -> str:
    if n == 0:
        return f"{digit}: none"
    told = f"{digit}: {correct:,} of {n:,} right, {100 * correct / n:.2f} %"
    return (
        f"{told}; read as {', '.join(f'{answer}: {count}' for answer, count in misread.items())}" if misread else told
    )
