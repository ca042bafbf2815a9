"""A network as an ONNX file, which nearly every other program for neural networks can run.

Input ``image``: float32 (n, 784), greys in [0, 1], n being any number. Outputs ``outputs``: float32 (n, 10), and
``digit``: int64 (n,), which of them is largest. What has to be done with a picture before, and how the network was
made, stands in the file's metadata as text.

Source: the ONNX specification, https://onnx.ai/onnx/operators/ (Gemm, Relu, Tanh, Sigmoid, ArgMax).
"""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitpad import __version__
from digitpad.draw.preprocess import BOX, CENTRE, SIDE
from digitpad.draw.reading import DIGIT_OUTPUT, SURE_MARGIN, SURE_OUTPUT
from digitpad.errors import ExportError
from digitpad.export import packages
from digitpad.export.single_precision import check_fits
from digitpad.files.reading import opened
from digitpad.files.writing import encodable, write_atomically, writing
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET, IR = 13, 8  # old enough for most runtimes there are
IMAGE, OUTPUTS, DIGIT = "image", "outputs", "digit"

_PRODUCER = "digitpad"
# The first two fields of the file's, in protobuf's numbers: the version and who wrote it.
_BEGINNING = bytes([1 << 3, IR, 2 << 3 | 2, len(_PRODUCER)]) + _PRODUCER.encode()
_OPERATORS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "Relu"}

_PREPROCESSING = (
    f"{IMAGE} holds {SIDE} x {SIDE} greys row by row, 0 for paper and 1 for ink, made as MNIST's images were: "
    f"the ink is cropped, scaled with its proportions kept until its longer side is {BOX} pixels, and shifted by whole "
    f"pixels until its centre of mass is at row {CENTRE} and column {CENTRE}, counted from 0"
)
_VERDICTS = (
    f"{OUTPUTS} are ten sigmoid neurons, no probabilities. digitpad takes it for no digit where the largest is below "
    f"{DIGIT_OUTPUT:g}, and is not sure where it is below {SURE_OUTPUT:g} or less than {SURE_MARGIN:g} ahead of "
    f"the next"
)
_NINE = (
    "digitpad reads with this network nine times, the image and eight mildly deformed copies of it, and takes the mean "
    "of the outputs; this file is a single reading"
)


def save(path: str | PathLike[str], model: Model) -> None:
    """Write ``model`` to an ONNX file, whole or not at all.

    Raises ExportError when it cannot be written, the package onnx is not installed, or weights are too large.
    """
    content = to_onnx(model).SerializeToString()
    path = Path(path)
    with writing(path, ExportError):
        write_atomically(path, content)


def lacking() -> str | None:
    """Return a sentence on what keeps ONNX files from being written here, or None."""
    return packages.lacking("onnx", "ONNX files")


def is_network(path: Path) -> bool:
    """Return whether the file is one that ``save`` wrote. Raises ExportError where it cannot be read."""
    with opened(path, ExportError) as file:
        return file.read(len(_BEGINNING)) == _BEGINNING


def to_onnx(model: Model) -> "ModelProto":
    """Return ``model`` as ONNX has it, in float32.

    Raises ExportError where the package onnx is not installed, and for weights that float32 cannot hold.
    """
    try:
        from onnx import TensorProto, checker, helper, numpy_helper
    except ImportError as error:
        raise ExportError(
            lacking() or f"The package onnx, which writes ONNX files, cannot be loaded ({error})."
        ) from error

    network = model.network
    check_fits(network, "ONNX")
    nodes, parameters, a = [], [], IMAGE
    for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        last = layer == len(network.weights) - 1
        names = {"weights": f"weights.{layer}", "biases": f"biases.{layer}"}
        parameters += [
            numpy_helper.from_array(np.ascontiguousarray(array, dtype=np.float32), name)
            for array, name in zip((w, b), names.values(), strict=True)
        ]
        z, out = f"z.{layer}", OUTPUTS if last else f"a.{layer}"
        nodes.append(helper.make_node("Gemm", [a, *names.values()], [z], transB=1))
        nodes.append(helper.make_node(_OPERATORS[network.neurons(layer).name], [z], [out]))
        a = out
    nodes.append(helper.make_node("ArgMax", [OUTPUTS], [DIGIT], axis=1, keepdims=0))

    graph = helper.make_graph(
        nodes,
        _PRODUCER,
        [helper.make_tensor_value_info(IMAGE, TensorProto.FLOAT, ["n", network.sizes[0]])],
        [
            helper.make_tensor_value_info(OUTPUTS, TensorProto.FLOAT, ["n", network.sizes[-1]]),
            helper.make_tensor_value_info(DIGIT, TensorProto.INT64, ["n"]),
        ],
        parameters,
    )
    made = helper.make_model(
        graph,
        producer_name=_PRODUCER,
        producer_version=__version__,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
    )
    helper.set_model_props(made, _metadata(model))
    checker.check_model(made, full_check=True)
    return made


def _metadata(model: Model) -> dict[str, str]:
    """Return what stands beside the network: what it takes and says, and by ``network.`` names how it was made.

    So nothing that a network's maker wrote can pass for what is said here, or for a setting of a program that runs it.
    """
    own = {"preprocessing": _PREPROCESSING, "verdicts": _VERDICTS}
    if model.provenance.reads_nine:
        own["reading"] = _NINE
    told = {f"network.{key}": text for key, text in model.provenance.rows.items()}
    return {**own, **{encodable(key): encodable(text) for key, text in told.items()}}
