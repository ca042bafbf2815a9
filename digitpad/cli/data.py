"""``digitpad data``: list the data sets there are, download MNIST, or import it."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Digits, Kind
from digitpad.data.formats.forms import READ
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DataError, DigitpadError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what there is to do with data sets."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("list", "download", "import"),
        default="list",
        help="list the sets there are (the default), download MNIST, or import a set from a file or folder",
    )
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=f"what to import: {READ}")


def run(arguments: argparse.Namespace) -> int:
    """List data sets, download MNIST, or import it. Returns the exit code."""
    if (arguments.path is None) == (arguments.what == "import"):
        raise DigitpadError(
            "import needs the path of a file or folder." if arguments.what == "import"
            else f"{arguments.what} takes no path."
        )  # fmt: skip
    if arguments.what == "download":
        return _download()
    if arguments.what == "import":
        return _import(arguments.path)
    _describe_if_readable(paths.DIGITS)
    found = mnist.find_folder()
    if found is not None:
        _describe_if_readable(found)
    else:
        print("MNIST: not here yet. `digitpad data download` gets it (12 MB).")
    return 0


def _describe(path: Path) -> Digits:
    digits = open_digits(path)
    print(f"{digits.name}: {len(digits.training):,} to learn from, {len(digits.test):,} for a test, in {path}")
    for note in digits.notes:
        print(note)
    return digits


def _describe_if_readable(path: Path) -> Digits | None:
    """Describe the set, or say why it cannot be read: that of one is no reason to do nothing about the others."""
    try:
        return _describe(path)
    except DataError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        return None


def _import(path: Path) -> int:
    digits, folder = _describe(path), paths.own_mnist_folder()
    if digits.kind is not Kind.MNIST:
        named = f'"{path}"' if " " in str(path) else path
        print(f"It is not MNIST. Use it with `digitpad train FILE --data {named}`, or drop it on the window.")
    elif path.resolve() != folder.resolve():
        mnist.save(folder, digits)
        print(f"Kept in {folder}, where it is found from now on.")
    return 0


def _download() -> int:
    from digitpad.data import download

    here = mnist.find_folder()
    digits = _describe_if_readable(here) if here else None
    if digits is not None and digits.kind is Kind.MNIST:
        return 0
    fetching = download.mnist_download(paths.own_mnist_folder())
    tqdm.monitor_interval = 0
    with tqdm(unit="B", unit_scale=True, dynamic_ncols=True, leave=False, disable=None) as bar:

        def report(received: download.Received) -> None:
            bar.total = received.total
            bar.update(received.received - bar.n)

        try:
            folder = fetching.run(report)
        except KeyboardInterrupt:
            fetching.cancel()
            raise
    _describe(folder)
    return 0
