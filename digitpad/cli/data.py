"""``digitpad data``: list the data sets there are, fetch MNIST, import it, or say what is in a set."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np
from tqdm import tqdm

from digitpad import paths
from digitpad.cli.digits import found, warn_of_missing
from digitpad.data import mnist
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.data.formats.forms import READ
from digitpad.data.formats.opening import open_digits
from digitpad.errors import SENTENCE, DataError, one_line

_MORE = f"""\
a data set is {READ}

MNIST is looked for in the folder that DIGITPAD_MNIST names, and then in the program's own, which DIGITPAD_HOME
may name; there `fetch` and `import` put it
exit codes: 0 it is done, 2 something cannot be read, fetched or written, and the sentence says why

examples:
  digitpad data
  digitpad data fetch
  digitpad data import ~/Downloads/mnist.pkl.gz
  digitpad data info emnist.zip --json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what there is to do with data sets."""
    parser.epilog = _MORE
    what = parser.add_subparsers(title="what to do", metavar="WHAT")

    def command(name: str, told: str) -> argparse.ArgumentParser:
        return what.add_parser(name, help=told, description=told)

    listing = command("list", "list the data sets there are (the default)")
    fetching = command(
        "fetch", "fetch MNIST from the internet (12 MB) into the program's folder, where it is not here yet"
    )
    importing = command("import", "take MNIST from a file or folder, to be found from then on")
    telling = command("info", "how many of each digit are in a set, and what was made of its images")
    importing.add_argument("path", type=Path, metavar="PATH", help=f"what to import: {READ}")
    telling.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="the set; else MNIST where it is found, or the built-in one"
    )
    for one in (listing, telling):
        one.add_argument("--json", action="store_true", help="print one JSON object a set")
    parser.set_defaults(do=_list, json=False)
    listing.set_defaults(do=_list)
    fetching.set_defaults(do=_fetch)
    importing.set_defaults(do=_import)
    telling.set_defaults(do=_info)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for with data sets. Returns the exit code."""
    code: int = arguments.do(arguments)
    return code


def _list(arguments: argparse.Namespace) -> int:
    _describe_if_readable(paths.DIGITS, as_json=arguments.json)
    warn_of_missing()
    here = mnist.find_folder()
    if here is not None:
        _describe_if_readable(here, as_json=arguments.json)
    elif not arguments.json:
        print("MNIST: not here yet. `digitpad data fetch` gets it (12 MB).")
    return 0


def _info(arguments: argparse.Namespace) -> int:
    path = found(arguments.path)
    if arguments.json:
        print(json.dumps(_told(path, open_digits(path))))
        return 0
    digits = _describe(path)
    print("\ndigit     " + "".join(f"{digit:>7}" for digit in range(10)))
    for name, part in (("to learn", digits.training), ("for a test", digits.test)):
        print(f"{name:<10}" + "".join(f"{count:>7,}" for count in _counts(part)))
    return 0


def _counts(part: Dataset) -> list[int]:
    """Return how many images of each digit there are."""
    return [int(count) for count in np.bincount(part.labels, minlength=10)]


def _told(path: Path, digits: Digits) -> Mapping[str, Any]:
    """Return what there is to say about a set, as JSON has it."""
    parts = {"training": digits.training, "test": digits.test}
    return {
        "name": digits.name,
        "kind": digits.kind.name.lower(),
        "path": str(path),
        "notes": digits.notes,
        **{name: {"n": len(part), "digits": _counts(part)} for name, part in parts.items()},
    }


def _describe(path: Path, *, as_json: bool = False) -> Digits:
    digits = open_digits(path)
    if as_json:
        print(json.dumps(_told(path, digits)))
        return digits
    counts = f"{len(digits.training):,} to learn from, {len(digits.test):,} for a test"
    print(f"{one_line(digits.name)}: {counts}, in {one_line(str(path), SENTENCE)}")
    for note in digits.notes:
        print(note)
    return digits


def _describe_if_readable(path: Path, *, as_json: bool = False) -> Digits | None:
    """Describe the set, or say why it cannot be read: that of one is no reason to do nothing about the others."""
    try:
        return _describe(path, as_json=as_json)
    except DataError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        return None


def _import(arguments: argparse.Namespace) -> int:
    path = arguments.path
    digits, folder = _describe(path), paths.own_mnist_folder()
    if digits.kind is not Kind.MNIST:
        named = one_line(quote(str(path)), SENTENCE)
        print(f"It is not MNIST. Use it with `digitpad train FILE --data {named}`, or open it: `digitpad {named}`.")
    elif path.resolve() != folder.resolve():
        mnist.save(folder, digits)
        print(f"Kept in {one_line(str(folder), SENTENCE)}, where it is found from now on.")
    return 0


def _fetch(_: argparse.Namespace) -> int:
    from digitpad.data import download

    warn_of_missing()
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
