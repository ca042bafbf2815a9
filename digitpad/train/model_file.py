"""A network and how it was made, in one safetensors file.

Tensors ``weights.0``, ``biases.0``, ``weights.1`` ... in the order of the layers. The metadata says
``format = "digitpad network"``, ``version``, the ``activation`` and ``cost`` by name, and how it was trained:
whatever its maker put in, as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as to_bytes

from digitpad.draw.preprocess import SIDE
from digitpad.errors import ModelError
from digitpad.files import reading, write_atomically, writing
from digitpad.nn.costs import COSTS
from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS, Floats
from digitpad.train.provenance import Provenance

_FORMAT, _VERSION = "digitpad network", "1"
_LARGEST_BYTES = 1 << 28  # a network of 784 greys beyond this is no network of ours
_OWN_KEYS = ("format", "version", "activation", "cost")
_INPUTS, _OUTPUTS = SIDE * SIDE, 10
_PRECISIONS = ("F32", "F64")  # as safetensors calls them
_PRECISION_RULE = "a network has all float32 or all float64"


@dataclass(frozen=True)
class Model:
    """A network and how it was made."""

    network: Network
    provenance: Provenance = field(default_factory=Provenance)


def save(path: str | PathLike[str], model: Model) -> None:
    """Write the file whole or not at all: a full disk or a crash leaves what was there before.

    Raises ModelError when it cannot be written.
    """
    network = model.network
    tensors = {f"weights.{i}": np.ascontiguousarray(w) for i, w in enumerate(network.weights)}
    tensors |= {f"biases.{i}": np.ascontiguousarray(b) for i, b in enumerate(network.biases)}
    own = dict(zip(_OWN_KEYS, (_FORMAT, _VERSION, network.activation.name, network.cost.name), strict=True))
    path = Path(path)
    with writing(path, ModelError):
        write_atomically(path, to_bytes(tensors, metadata={**model.provenance.metadata, **own}))


def load(path: str | PathLike[str]) -> Model:
    """Return the model in the file, its arrays of this program's own and all finite.

    Raises ModelError, naming the file, when it is missing, empty, cut off, not safetensors, or holds something else
    than a network from 784 greys to ten digits.
    """
    path = Path(path)
    with reading(path, ModelError):
        size = path.stat().st_size
        if not path.is_file():
            raise ModelError(f"{path}: is not a file.")
        if size == 0:
            raise ModelError(f"{path}: the file is empty.")
        if size > _LARGEST_BYTES:
            raise ModelError(f"{path}: {size >> 20} MiB is more than any network of this program.")
        try:
            with safe_open(path, framework="numpy") as file:
                metadata = file.metadata() or {}
                network = _network(file, metadata)
        except SafetensorError as error:
            raise ModelError(f"{path}: not a safetensors file, or a damaged one ({error}).") from error
        except ValueError as error:
            raise ModelError(f"{path}: {error}.") from None
    return Model(network, Provenance.of({key: text for key, text in metadata.items() if key not in _OWN_KEYS}))


def _network(file: Any, metadata: Mapping[str, str]) -> Network:
    """Build the network of an open ``file``. Raises ValueError with a phrase that says what does not fit."""
    if metadata.get("format") != _FORMAT:
        raise ValueError("holds tensors, but not a network saved by digitpad")
    if metadata.get("version") != _VERSION:
        raise ValueError(f"written by another version of digitpad (format {metadata.get('version')})")
    activation, cost = metadata.get("activation", "sigmoid"), metadata.get("cost", "quadratic")
    if activation not in ACTIVATIONS or cost not in COSTS:
        raise ValueError(f"made for {activation} neurons and the {cost} cost, which this version does not know")
    names = set(file.keys())
    layers = len(names) // 2
    if not layers or names != {f"{kind}.{i}" for kind in ("weights", "biases") for i in range(layers)}:
        raise ValueError("weights and biases do not pair up layer by layer")
    weights = [_tensor(file, f"weights.{i}") for i in range(layers)]
    biases = [_tensor(file, f"biases.{i}") for i in range(layers)]
    inputs = _INPUTS
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if w.ndim != 2 or b.ndim != 1 or w.shape != (len(b), inputs):
            raise ValueError(f"layer {i + 1} has weights {w.shape} and biases {b.shape} for {inputs} inputs")
        inputs = len(b)
        if {w.dtype, b.dtype} != {weights[0].dtype}:
            raise ValueError(f"layer {i + 1} holds {w.dtype} and {b.dtype} numbers; {_PRECISION_RULE}")
        if not (np.isfinite(w).all() and np.isfinite(b).all()):
            raise ValueError(f"layer {i + 1} holds weights or biases that are not finite numbers")
    if inputs != _OUTPUTS:
        raise ValueError(f"has {inputs} outputs, not one for each of the ten digits")
    return Network.of(weights, biases, activation=activation, cost=cost)


def _tensor(file: Any, name: str) -> Floats:
    """Return a copy of the tensor, which outlives the file. Raises ValueError where it is not of floats."""
    kind = file.get_slice(name).get_dtype()  # before it is read: of some kinds NumPy has no arrays
    if kind not in _PRECISIONS:
        raise ValueError(f"{name} holds {kind} numbers; {_PRECISION_RULE}")
    return np.array(file.get_tensor(name))
