"""A run with its curves and weights, exactly as the window has it, in one safetensors file.

``model_file`` is for a network that a person keeps; this is what the program keeps of a run between two starts. Tensors
``points`` (n, 6), where there are weights ``latest`` (parameters,), and ``networks`` (epochs, parameters); the metadata
hold the rest as JSON.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as arrays_in
from safetensors.numpy import save as to_bytes

from digitpad.data.dataset import Kind
from digitpad.data.json_text import parsed
from digitpad.errors import ModelError
from digitpad.files.reading import content_of
from digitpad.files.writing import write_atomically, writing
from digitpad.nn.network import Network
from digitpad.nn.workspace import number_of_parameters, split
from digitpad.train.experiment import Point
from digitpad.train.model_file import header_of
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, OnTestSet, Run, Trouble, material_of, rates_of

HISTORY = 4 << 20  # bytes: the most that the weights of past epochs may take in one file

_FORMAT, _VERSION = "digitpad run", "1"
_AT_ONCE = 1000  # points: some ten thousand in one go would hold up the window
_LARGEST_BYTES = 1 << 28


def save(path: Path, run: Run) -> None:
    """Write ``run``, whole or not at all, with its newest weights and as many of past epochs as fit into ``HISTORY``.

    Raises ModelError when it cannot be written.
    """
    networks = _thinned(run)
    parts = [run.points[i : i + _AT_ONCE] for i in range(0, len(run.points), _AT_ONCE)]
    points = [np.array(part, dtype=np.float64) for part in parts]
    tensors = {"points": np.concatenate([np.empty((0, len(Point._fields))), *points])}
    told: dict[str, object] = {
        "number": run.number,
        "name": run.name,
        "recipe": run.recipe.to_json(),
        "data": run.data,
        "kind": run.kind.name,
        "marks": run.marks,
        "at": run.at,
        "seconds": run.seconds,
        "trouble": run.trouble.sentence if run.trouble else "",
        "ended_by_it": run.trouble is not None and run.trouble.ended,
        "tested": run.tested,
        "material": run.material,
        "rates": run.rates,
    }
    if run.latest is not None:
        network = run.latest
        told["network"] = [network.sizes, network.activation.name, network.cost.name]
        told["epochs"] = list(networks)
        tensors["latest"] = network.parameters
        if networks:
            tensors["networks"] = np.stack([one.parameters for one in networks.values()])
    metadata = {"format": _FORMAT, "version": _VERSION, "run": json.dumps(told)}
    with writing(path, ModelError):
        write_atomically(path, to_bytes(tensors, metadata=metadata))


def _thinned(run: Run) -> dict[float, Network]:
    """Return the weights of past epochs to be written; of a large network none but the newest is worth its place."""
    kept = [(epochs, network) for epochs, network in sorted(run.networks.items()) if network is not run.latest]
    most = HISTORY // run.latest.parameters.nbytes if run.latest is not None else 0
    while len(kept) > max(most, 2):
        del kept[1:-1:2]
    return dict(kept) if len(kept) <= most else {}


def load(path: Path) -> Run:
    """Return the run in the file. Raises ModelError, naming the file, where it holds none."""
    content = content_of(path, ModelError, _LARGEST_BYTES)
    try:
        tensors = arrays_in(content)
        metadata = header_of(content).get("__metadata__") or {}
        if (metadata.get("format"), metadata.get("version")) != (_FORMAT, _VERSION):
            raise ValueError("another format")
        return _run(parsed(metadata["run"]), tensors)
    except (SafetensorError, KeyError, IndexError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ModelError(f"{path}: holds no run of training, or a damaged one.") from error


def _run(told: dict[str, Any], tensors: dict[str, NDArray[Any]]) -> Run:
    """Raise what ``load`` takes for damage where these do not make a run."""
    points = [Point(e, a, c, ta, tc, bool(exact)) for e, a, c, ta, tc, exact in tensors["points"].tolist()]
    marks = [Mark(float(epochs), str(text)) for epochs, text in told["marks"]]
    run = Run(
        int(told["number"]), Recipe.from_json(told["recipe"]), str(told["data"]), str(told["name"]), points, marks
    )
    run.kind, run.at, run.seconds = Kind[told["kind"]], float(told["at"]), float(told["seconds"])
    if told["trouble"]:  # files of before do not say whether it ended the run
        run.trouble = Trouble(str(told["trouble"]), bool(told.get("ended_by_it", False)))
    if told.get("tested"):
        run.tested = OnTestSet(*map(float, told["tested"]))
    run.material = material_of(told.get("material"), run.recipe)
    run.rates = rates_of(told.get("rates", {}))
    if "latest" in tensors:
        sizes, activation, cost = told["network"]
        epochs = [float(one) for one in told["epochs"]]
        rows = [*tensors.get("networks", []), tensors["latest"]]
        *networks, run.latest = (_network(sizes, activation, cost, row) for row in rows)
        if not run.recipe.fits(run.latest):
            raise ValueError("a network of other outputs")
        run.networks = dict(zip(epochs, networks, strict=True))
        run.networks.update({run.at: run.latest} if run.exact(run.at) else {})
    return run


def _network(sizes: list[int], activation: str, cost: str, parameters: NDArray[Any]) -> Network:
    if parameters.shape != (number_of_parameters(sizes),) or not np.isfinite(parameters).all():
        raise ValueError("no weights and biases of layers like these")
    weights, biases = split(parameters, sizes)
    return Network.of(weights, biases, activation=activation, cost=cost)
