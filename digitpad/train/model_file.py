"""A network and how it was made, in one safetensors file.

Tensors ``weights.0``, ``biases.0``, ``weights.1`` ... in the order of the layers. The metadata says
``format = "digitpad network"``, ``version``, the ``activation`` and ``cost`` by name, and how it was trained:
whatever its maker put in, as text.
"""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, deserialize
from safetensors.numpy import save as to_bytes

from digitpad.draw.preprocess import SIDE
from digitpad.errors import ModelError, one_line, words
from digitpad.files.reading import content_of
from digitpad.files.writing import encodable, write_atomically, writing
from digitpad.nn.costs import COSTS
from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS, Floats
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train.provenance import Provenance

_FORMAT, _VERSION = "digitpad network", "1"
_LARGEST_BYTES = 1 << 28  # a network of 784 greys beyond this is no network of ours
_LENGTH_BYTES = 8  # that say how long the header is, which follows them
_LARGEST_HEADER_BYTES = 32 << 20  # the curves of the longest run take 10 MiB
_MOST_QUOTES = 100_000  # in it, which has two to a word: reading millions of words would hold up the window
_OWN_KEYS = ("format", "version", "activation", "cost")
_INPUTS = SIDE * SIDE
TEN = frozenset({10})
"""The outputs of a network that reads drawings: one for each digit."""
TEN_OR_FOUR = frozenset({10, 4})
"""The outputs of all networks that can be trained: four are the bits of a digit."""
_MOST_LAYERS, _MOST_NEURONS = 16, 10_000
_PRECISIONS = {"F32": "<f4", "F64": "<f8"}  # as safetensors and NumPy call them
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
        told = {key: encodable(text) for key, text in model.provenance.metadata.items()}
        write_atomically(path, _ordered(to_bytes(tensors, metadata={**told, **own})))


def _ordered(content: bytes) -> bytes:
    """Return the ``content`` with what the file is first, where systems look for it, and the other metadata by name.

    safetensors keeps them in no order, another each time.
    """
    header = header_of(content)
    told = header.pop("__metadata__")
    first = {key: told.pop(key) for key in _OWN_KEYS} | dict(sorted(told.items()))
    text = json.dumps({"__metadata__": first, **header}, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _LENGTH_BYTES)
    return b"".join((len(text).to_bytes(_LENGTH_BYTES, "little"), text, memoryview(content)[_end_of_header(content) :]))


def _end_of_header(content: bytes) -> int:
    return _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES], "little")


def header_of(content: bytes) -> dict[str, Any]:
    """Return the header of a safetensors file: of each tensor what it is, and as "__metadata__" what is told beside.

    Raises ValueError for no JSON; what else it is, safetensors checks when it reads the ``content``.
    """
    header: dict[str, Any] = json.loads(content[_LENGTH_BYTES : _end_of_header(content)])
    return header


def load(path: str | PathLike[str], outputs: Container[int] = TEN) -> Model:
    """Return the model in the file, its arrays of this program's own and all finite.

    Raises ModelError, naming the file, when it is missing, empty, cut off, not safetensors, or holds something else
    than a network from 784 greys to as many ``outputs``.
    """
    path = Path(path)
    too_large = f"larger than {_LARGEST_BYTES >> 20} MiB, as no network of this program is"
    content = content_of(path, ModelError, _LARGEST_BYTES, too_large)
    if not content:
        raise ModelError(f"{path}: the file is empty.")
    try:
        return _model(content, outputs)
    except SafetensorError as error:
        raise ModelError(f"{path}: not a safetensors file, or a damaged one ({error}).") from error
    except MemoryError as error:
        raise ModelError(f"{path}: too large for the memory there is.") from error
    except _Unfit as error:
        raise ModelError(f"{path}: {error}.") from None
    except Exception as error:  # whoever made the file may have thought of what nobody here has
        raise ModelError(f"{path}: a damaged network file ({words(error)}).") from error


def shared(path: str | PathLike[str], outputs: Container[int] = TEN) -> Model:
    """Return the model in the file like ``load``: of the network that comes with the program, one for all who ask.

    It may be in use, compared with and shown at the same time, and takes 11 MB. Its arrays cannot be written.
    """
    return _default() if Path(path) == DEFAULT_NETWORK else load(path, outputs)


@cache
def _default() -> Model:
    model = load(DEFAULT_NETWORK)
    for array in (model.network.parameters, *model.network.weights, *model.network.biases):
        array.flags.writeable = False
    return model


class _Unfit(Exception):
    """A phrase that says what does not fit."""


def _model(content: bytes, outputs: Container[int]) -> Model:
    """Return the model in a file of this ``content``. Raises _Unfit, SafetensorError, and what else may come."""
    end = _end_of_header(content)
    length = end - _LENGTH_BYTES
    if _LARGEST_HEADER_BYTES < length < len(content):
        raise _Unfit(f"tells {length >> 20} MiB of its network, more than this program ever does")
    if content.count(b'"', _LENGTH_BYTES, end) > _MOST_QUOTES:
        raise _Unfit("tells more of its network than this program ever does")
    _check_number(content.count(b'"data_offsets"', _LENGTH_BYTES, end))  # before they are all made
    tensors: dict[str, Any] = dict(deserialize(content))  # type: ignore[no-untyped-call]
    _check_number(len(tensors))  # the word may be written in another way
    metadata: dict[str, str] = header_of(content).get("__metadata__") or {}
    network = _network(tensors, metadata, outputs)
    return Model(network, Provenance.of({key: text for key, text in metadata.items() if key not in _OWN_KEYS}))


def _check_number(tensors: int) -> None:
    if tensors > 2 * _MOST_LAYERS:
        raise _Unfit(f"holds {tensors:,} tensors; a network of this program has {2 * _MOST_LAYERS} at most")


def _network(tensors: Mapping[str, Any], metadata: Mapping[str, str], outputs: Container[int]) -> Network:
    """Build the network. Raises _Unfit."""
    if metadata.get("format") != _FORMAT:
        raise _Unfit("holds tensors, but not a network saved by digitpad")
    if metadata.get("version") != _VERSION:
        raise _Unfit(f"written by another version of digitpad (format {one_line(str(metadata.get('version')))})")
    activation, cost = metadata.get("activation", "sigmoid"), metadata.get("cost", "quadratic")
    if activation not in ACTIVATIONS or cost not in COSTS:
        names = f"{one_line(activation)} neurons and the {one_line(cost)} cost"
        raise _Unfit(f"made for {names}, which this version does not know")
    layers = len(tensors) // 2
    if not layers or tensors.keys() != {f"{kind}.{i}" for kind in ("weights", "biases") for i in range(layers)}:
        raise _Unfit("weights and biases do not pair up layer by layer")
    weights = [_array(f"weights.{i}", tensors[f"weights.{i}"]) for i in range(layers)]
    biases = [_array(f"biases.{i}", tensors[f"biases.{i}"]) for i in range(layers)]
    inputs = _INPUTS
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if w.ndim != 2 or b.ndim != 1 or w.shape != (len(b), inputs):
            raise _Unfit(f"layer {i + 1} has weights {_shown(w)} and biases {_shown(b)} for {inputs} inputs")
        inputs = len(b)
        if not 1 <= inputs <= _MOST_NEURONS:
            raise _Unfit(f"layer {i + 1} has {inputs:,} neurons; 1 to {_MOST_NEURONS:,} are possible here")
        if {w.dtype, b.dtype} != {weights[0].dtype}:
            raise _Unfit(f"layer {i + 1} holds {w.dtype} and {b.dtype} numbers; {_PRECISION_RULE}")
        if not (np.isfinite(w).all() and np.isfinite(b).all()):
            raise _Unfit(f"layer {i + 1} holds weights or biases that are not finite numbers")
    if inputs not in outputs:
        raise _Unfit(f"has {inputs} outputs, not one for each of the ten digits")
    return Network.of(weights, biases, activation=activation, cost=cost)


def _array(name: str, tensor: Mapping[str, Any]) -> Floats:
    """Return the tensor. Raises _Unfit where it is not of floats: of some kinds of number NumPy has no arrays."""
    if tensor["dtype"] not in _PRECISIONS:
        raise _Unfit(f"{name} holds {tensor['dtype']} numbers; {_PRECISION_RULE}")
    array: Floats = np.frombuffer(tensor["data"], _PRECISIONS[tensor["dtype"]]).reshape(tensor["shape"])
    return array


def _shown(array: Floats) -> str:
    return f"({', '.join(map(str, array.shape))})"
