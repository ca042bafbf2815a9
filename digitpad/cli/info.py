"""``digitpad info``: what a network is, and how it was made."""

import argparse
import json
from pathlib import Path
from typing import Any

from digitpad.errors import SENTENCE, one_line
from digitpad.train import model_file
from digitpad.train.model_file import Model

_MORE = """\
what is told of its making is what its file says; --json is {"file", "sizes", "activation", "cost", "parameters",
"dtype", "readings", "made": what is told, by name}
exit codes: 0 it is told, 2 the file holds no network

examples:
  digitpad info
  digitpad info net.safetensors
  digitpad info --json net.safetensors | jq .made.accuracy
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the network and the form of the report; ``--model`` names the network, too."""
    parser.epilog = _MORE
    parser.add_argument("network", nargs="?", type=Path, metavar="NETWORK", help="the same as --model FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print what is known of the network. Returns the exit code."""
    path = arguments.network or arguments.model
    model = model_file.load(path, model_file.TEN_OR_FOUR)
    if arguments.json:
        print(json.dumps(_as_json(path, model)))
        return 0
    print(one_line(str(path), SENTENCE))
    for name, text in _rows(model).items():
        print(f"{name}: {text}")
    return 0


def _rows(model: Model) -> dict[str, str]:
    """Return what there is to say in words, by name."""
    network, told = model.network, model.provenance.rows
    return {
        "layers": told.pop("sizes", "-".join(map(str, network.sizes))),
        "hidden neurons": network.activation.name,
        "weights and biases": f"{network.parameters.size:,}, {network.dtype}",
        "reads a drawing": _readings(model),
        "cost": network.cost.name,
    } | told


def _readings(model: Model) -> str:
    if model.network.sizes[-1] != 10:
        return "not at all: its outputs are the bits of a digit"
    return "nine times" if model.provenance.reads_nine else "once"


def _as_json(path: Path, model: Model) -> dict[str, Any]:
    network = model.network
    return {
        "file": str(path),
        "sizes": network.sizes,
        "activation": network.activation.name,
        "cost": network.cost.name,
        "parameters": network.parameters.size,
        "dtype": str(network.dtype),
        "readings": 9 if model.provenance.reads_nine else 1,
        "made": model.provenance.rows,
    }
