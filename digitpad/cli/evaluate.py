"""``digitpad evaluate``: how many digits of a test set a network reads correctly."""

import argparse
import json
from pathlib import Path

from digitpad.data.formats.opening import open_test
from digitpad.nn.evaluation import evaluate
from digitpad.train import model_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what there is to say about the test set and the report; ``--model`` is the command line's own."""
    parser.add_argument(
        "--data", type=Path, required=True, metavar="PATH", help="file or folder of digits with a test set, as MNIST's"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the accuracy and the confusion matrix of ``arguments.model``. Returns the exit code."""
    network = model_file.load(arguments.model).network
    test = open_test(arguments.data)
    confusion = evaluate(network, test.images, test.labels).confusion_matrix()
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
