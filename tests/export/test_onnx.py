"""Networks as ONNX files: other programs read in them what this one reads."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx.reference import ReferenceEvaluator

from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.formats.opening import open_test
from digitpad.errors import ExportError
from digitpad.export.onnx import save
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

Answers = tuple[NDArray[np.float32], NDArray[np.int64]]


def by_the_specification(file: Path, images: NDArray[np.float32]) -> Answers:
    outputs, digits = ReferenceEvaluator(str(file)).run(None, {"image": images})
    return np.asarray(outputs), np.asarray(digits)


def by_onnxruntime(file: Path, images: NDArray[np.float32]) -> Answers:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    outputs, digits = session.run(["outputs", "digit"], {"image": images})
    return outputs, digits


# Where it has no wheels, the specification's own evaluator has to do.
RUNTIMES = [by_the_specification] + [by_onnxruntime] * (sys.version_info < (3, 15))


def greys(test: Dataset, n: int) -> NDArray[np.float32]:
    return (test.images[:n] / np.float32(255)).astype(np.float32)


@pytest.mark.parametrize("run", RUNTIMES)
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("sizes", [[784, 10], [784, 30, 10], [784, 40, 1, 20, 10]])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_kind_of_network_says_the_same(
    tmp_path: Path, run: Callable[..., Answers], activation: str, sizes: list[int], dtype: type
) -> None:
    network = Network(sizes, seed=3, activation=activation, initialisation="scaled", dtype=dtype)
    save(tmp_path / "net.onnx", Model(network))
    images = greys(open_test(paths.DIGITS)[0], 200)
    for some in (images, images[:1], images[:0]):
        outputs, digits = run(tmp_path / "net.onnx", some)
        assert outputs.dtype == np.float32
        assert outputs.shape == (len(some), 10)
        assert digits.shape == (len(some),)
        np.testing.assert_allclose(outputs, network.feedforward(some), rtol=0, atol=1e-5)
        np.testing.assert_array_equal(digits, outputs.argmax(axis=1))


def check_the_default_network(run: Callable[..., Answers], test: Dataset, file: Path) -> None:
    model = model_file.load(paths.DEFAULT_NETWORK)
    save(file, model)
    outputs, digits = run(file, greys(test, len(test)))
    wanted = np.concatenate([model.network.feedforward(test.images[i : i + 500]) for i in range(0, len(test), 500)])
    np.testing.assert_allclose(outputs, wanted, rtol=0, atol=1e-5)
    np.testing.assert_array_equal(digits, wanted.argmax(axis=1))


@pytest.mark.parametrize("run", RUNTIMES)
def test_the_default_network_reads_the_built_in_digits_alike(tmp_path: Path, run: Callable[..., Answers]) -> None:
    check_the_default_network(run, open_test(paths.DIGITS)[0], tmp_path / "default.onnx")


@pytest.mark.mnist
@pytest.mark.parametrize("run", RUNTIMES)
def test_the_default_network_reads_mnist_alike(tmp_path: Path, mnist_folder: Path, run: Callable[..., Answers]) -> None:
    check_the_default_network(run, open_test(mnist_folder)[0], tmp_path / "default.onnx")


def test_what_the_file_is_can_be_read_from_it(tmp_path: Path) -> None:
    save(tmp_path / "default.onnx", model_file.load(paths.DEFAULT_NETWORK))
    made = onnx.load(str(tmp_path / "default.onnx"))
    onnx.checker.check_model(made, full_check=True)
    assert made.ir_version == 8
    assert [(one.domain, one.version) for one in made.opset_import] == [("", 13)]
    axes = {
        one.name: [axis.dim_param or axis.dim_value for axis in one.type.tensor_type.shape.dim]
        for one in (*made.graph.input, *made.graph.output)
    }
    assert axes == {"image": ["n", 784], "outputs": ["n", 10], "digit": ["n"]}
    told = {one.key: one.value for one in made.metadata_props}
    assert "20 pixels" in told["preprocessing"]
    assert "nine times" in told["reading"]
    assert "99.57 %" in told["network.accuracy"]


@pytest.mark.parametrize("run", RUNTIMES)
def test_what_a_network_tells_cannot_do_anything(tmp_path: Path, run: Callable[..., Answers]) -> None:
    names = ["preprocessing", "ort_config", "\ud800", "\0", "a\nb\u202ec", "</script>", "é" * 5000, ""]
    told = Provenance(name="\udcff'\"<b>", others=dict.fromkeys(names, '{"session_options": {"no": 1}}�'))
    network = Network([784, 10], seed=1)
    save(tmp_path / "net.onnx", Model(network, told))
    made = onnx.load(str(tmp_path / "net.onnx"))
    keys = [one.key for one in made.metadata_props]
    assert len(set(keys)) == len(keys)
    assert {key for key in keys if not key.startswith("network.")} == {"preprocessing", "verdicts"}
    outputs, _ = run(tmp_path / "net.onnx", np.zeros((1, 784), np.float32))
    np.testing.assert_allclose(outputs, network.feedforward(np.zeros((1, 784))), rtol=0, atol=1e-5)


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "net.onnx"
    file.write_bytes(b"before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ExportError, match=r"net\.onnx: cannot be written \(No space"):
        save(file, Model(Network([784, 10], seed=1)))
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == ["net.onnx"]
    assert file.read_bytes() == b"before"
    with pytest.raises(ExportError, match="cannot be written"):
        save(tmp_path / "nowhere" / "net.onnx", Model(Network([784, 10], seed=1)))


def test_weights_beyond_single_precision_are_told(tmp_path: Path) -> None:
    network = Network([784, 10], seed=1, dtype=np.float64)
    network.weights[0][3, 5] = 1e39
    with pytest.raises(ExportError, match="weights that are too large for ONNX"):
        save(tmp_path / "net.onnx", Model(network))
    assert not list(tmp_path.iterdir())


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ExportError, match="pip install onnx") as caught:
        save(tmp_path / "net.onnx", Model(Network([784, 10], seed=1)))
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())
