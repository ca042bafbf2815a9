"""Network files: round trips, lies, and full disks."""

import json
import os
import struct
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save as to_bytes

from digitpad.errors import ModelError, one_line
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import FOUR

OWN = {"format": "digitpad network", "version": "1", "activation": "sigmoid", "cost": "quadratic"}


def tensors(*sizes: int, dtype: type = np.float32) -> dict[str, np.ndarray]:
    made: dict[str, np.ndarray] = {}
    for i, (inputs, outputs) in enumerate(pairwise(sizes)):
        made[f"weights.{i}"] = np.ones((outputs, inputs), dtype=dtype)
        made[f"biases.{i}"] = np.ones(outputs, dtype=dtype)
    return made


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("sizes", [[784, 10], [784, 5, 7, 10]], ids=str)
def test_what_was_saved_is_loaded(tmp_path: Path, sizes: list[int], dtype: type) -> None:
    network = Network(sizes, seed=1, activation="tanh", cost="cross-entropy", dtype=dtype)
    model_file.save(
        tmp_path / "net.safetensors", Model(network, Provenance.of({"name": "mine", "epochs": "3", "source": "a test"}))
    )
    model = model_file.load(tmp_path / "net.safetensors")
    assert model.provenance == Provenance(name="mine", epochs="3", others={"source": "a test"})
    assert model.network.sizes == tuple(sizes)
    assert (model.network.activation.name, model.network.cost.name) == ("tanh", "cross-entropy")
    assert model.network.dtype == dtype
    for one, other in zip(model.network.weights, network.weights, strict=True):
        np.testing.assert_array_equal(one, other)
    assert os.listdir(tmp_path) == ["net.safetensors"]


def with_value(value: float) -> dict[str, np.ndarray]:
    wrong = tensors(784, 10)
    wrong["weights.0"][3, 4] = value
    return wrong


def mixed() -> dict[str, np.ndarray]:
    return tensors(784, 5, 10) | {"biases.1": np.ones(10, dtype=np.float64)}


def lying_header(start: Callable[[dict[str, Any]], object]) -> bytes:
    good = to_bytes(tensors(784, 10), metadata=OWN)
    length = struct.unpack("<Q", good[:8])[0]
    header = json.loads(good[8 : 8 + length])
    start(header)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + good[8 + length :]


def of_kind(kind: str, size: int) -> bytes:
    """Return a file of numbers of a ``kind`` that takes ``size`` bytes each."""
    header = json.dumps({
        "__metadata__": OWN,
        "weights.0": {"dtype": kind, "shape": [10, 784], "data_offsets": [0, 7840 * size]},
        "biases.0": {"dtype": kind, "shape": [10], "data_offsets": [7840 * size, 7850 * size]},
    }).encode()  # fmt: skip
    return struct.pack("<Q", len(header)) + header + bytes(7850 * size)


def in_other_letters(content: bytes) -> bytes:
    """Return the same file, in whose header a word is written in another way."""
    length = struct.unpack("<Q", content[:8])[0]
    header = content[8 : 8 + length].replace(b'"data_offsets"', b'"data_offset\\u0073"')
    return struct.pack("<Q", len(header)) + header + content[8 + length :]


def long_story() -> bytes:
    """Return a file that tells much; it is made where it is needed, and not in every process of the tests."""
    return to_bytes(tensors(784, 10), metadata=OWN | {"name": "a" * (32 << 20)})


GOOD = to_bytes(tensors(784, 10), metadata=OWN)
LIES: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "empty": ("the file is empty", b""),
    "text": ("not a safetensors file, or a damaged one", b"a network of sigmoid neurons" * 9),
    "cut in the header": ("damaged", GOOD[:50]),
    "cut in the data": ("damaged", GOOD[:-100]),
    "too long": ("damaged", GOOD + b"\0"),
    "header longer than the file": ("damaged", struct.pack("<Q", 1 << 60) + GOOD[8:]),
    "a shape that is not there": (
        "damaged", lying_header(lambda header: header["weights.0"].update(shape=[10, 78400])),
    ),
    "no metadata": ("not a network saved by digitpad", to_bytes(tensors(784, 10))),
    "another program's": ("not a network saved by digitpad", to_bytes(tensors(784, 10), metadata={"format": "pt"})),
    "a newer version": ("another version of digitpad", to_bytes(tensors(784, 10), metadata=OWN | {"version": "2"})),
    "an unknown neuron": ("does not know", to_bytes(tensors(784, 10), metadata=OWN | {"activation": "x"})),
    "no tensors": ("do not pair up", to_bytes({}, metadata=OWN)),
    "other names": ("do not pair up", to_bytes({"w": np.ones(3), "b": np.ones(3)}, metadata=OWN)),
    "a layer left out": ("do not pair up", to_bytes({"weights.0": np.ones((10, 784))}, metadata=OWN)),
    "layers that do not follow": (
        "layer 2 has weights",
        to_bytes(tensors(784, 5, 10) | {"weights.1": np.ones((10, 6), np.float32)}, metadata=OWN),
    ),
    "other inputs": ("layer 1 has weights (10, 100)", to_bytes(tensors(100, 10), metadata=OWN)),
    "other outputs": ("has 7 outputs", to_bytes(tensors(784, 7), metadata=OWN)),
    "not a number": ("not finite", to_bytes(with_value(np.nan), metadata=OWN)),
    "infinite": ("not finite", to_bytes(with_value(np.inf), metadata=OWN)),
    "whole numbers": ("weights.0 holds I64 numbers", to_bytes(tensors(784, 10, dtype=np.int64), metadata=OWN)),
    "numbers that NumPy does not have": ("weights.0 holds BF16 numbers", of_kind("BF16", 2)),
    "numbers that NumPy may have one day": ("weights.0 holds F8_E4M3 numbers", of_kind("F8_E4M3", 1)),
    "a layer without neurons": ("layer 1 has 0 neurons", to_bytes(tensors(784, 0, 10), metadata=OWN)),
    "a layer of very many": ("layer 1 has 10,001 neurons", to_bytes(tensors(784, 10_001, 10), metadata=OWN)),
    "very many layers": ("holds 34 tensors", to_bytes(tensors(784, *[3] * 16, 10), metadata=OWN)),
    "very many layers in other letters": (
        "holds 34 tensors",
        in_other_letters(to_bytes(tensors(784, *[3] * 16, 10), metadata=OWN)),
    ),
    "a long story": ("tells 32 MiB", long_story),
    "very many words": (
        "tells more of its network",
        lambda: to_bytes(tensors(784, 10), metadata=OWN | {f"{n:x}": "" for n in range(30_000)}),
    ),
    "a long name of neurons": ("made for xxx", to_bytes(tensors(784, 10), metadata=OWN | {"activation": "x" * 9999})),
    "lines in a version": ("(format 2", to_bytes(tensors(784, 10), metadata=OWN | {"version": "2\n" * 99})),
    "two precisions": ("float64 numbers", to_bytes(mixed() | {"weights.1": np.ones((10, 5))}, metadata=OWN)),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_file_is_named_and_explained(tmp_path: Path, lie: str) -> None:
    complaint, content = LIES[lie]
    file = tmp_path / "net.safetensors"
    file.write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(ModelError) as caught:
        model_file.load(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert complaint in str(caught.value)
    assert str(caught.value) == one_line(str(caught.value), 1000)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        model_file.load(tmp_path / "net.safetensors")
    with pytest.raises(ModelError, match="is not a file"):
        model_file.load(tmp_path)


def test_a_file_far_too_large_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "net.safetensors"
    with file.open("wb") as sparse:
        sparse.truncate(1 << 30)
    with pytest.raises(ModelError, match="larger than 256 MiB, as no network"):
        model_file.load(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(0, 400), st.integers(0, 255), min_size=1, max_size=4), st.integers(0, len(GOOD)))
def test_a_file_with_wrong_bytes_is_a_model_or_an_explanation(tmp_path: Path, wrong: dict[int, int], end: int) -> None:
    content = bytearray(GOOD if end % 2 else GOOD[:end])
    for place, value in wrong.items():
        if place < len(content):
            content[place] = value
    (tmp_path / "net.safetensors").write_bytes(content)
    try:
        model = model_file.load(tmp_path / "net.safetensors")
    except ModelError as error:
        explanation = str(error)
    else:
        assert model.network.sizes == (784, 10)
        return
    assert str(tmp_path) in explanation


@pytest.mark.parametrize("error", [OverflowError("too large"), RecursionError(), KeyError("shape"), MemoryError()])
def test_whatever_goes_wrong_in_a_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_: object) -> None:
        raise error

    file = tmp_path / "net.safetensors"
    file.write_bytes(GOOD)
    monkeypatch.setattr(model_file, "deserialize", fail)
    with pytest.raises(ModelError, match=r"net\.safetensors: (a damaged network file|too large for the memory)"):
        model_file.load(file)


TEXT = st.text(max_size=300) | st.sampled_from(["<img src='/dev/zero'>", "\u202egpj", "a\n" * 200, "{value:>99999}"])
SIMPLE = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE: st.SearchStrategy[Any] = SIMPLE | st.lists(SIMPLE | st.lists(SIMPLE)) | st.dictionaries(TEXT, SIMPLE, max_size=3)
POINT = st.lists(st.floats() | VALUE, min_size=5, max_size=7)
CURVES = VALUE | st.fixed_dictionaries(
    {"points": st.lists(POINT, max_size=3) | VALUE, "marks": st.lists(st.tuples(st.floats() | VALUE, VALUE)) | VALUE,
     "seconds": st.floats() | VALUE, "data": VALUE},
    optional={"kind": VALUE | st.sampled_from(["MNIST", "OTHER"])},
)  # fmt: skip
RECIPE: st.SearchStrategy[Any] = (
    st.just({}) | st.dictionaries(st.sampled_from([field.name for field in fields(Recipe)]), VALUE) | VALUE
)
METADATA = st.fixed_dictionaries(
    {},
    optional={"name": TEXT, "accuracy": TEXT, "data": TEXT, "epochs": TEXT | st.sampled_from(["1", "1e999", "nan"]),
              "recipe": RECIPE.map(json.dumps) | TEXT, "curves": CURVES.map(json.dumps) | TEXT, "source": TEXT},
)  # fmt: skip
FOUND: list[dict[str, str]] = [
    {"recipe": "{}", "epochs": "1", "curves": curves}
    for curves in (
        "[" * 100_000,
        f'{{"data":"","seconds":{10**400},"points":[],"marks":[]}}',
        '{"data":"","seconds":NaN,"points":[],"marks":[]}',
        '{"data":"","seconds":1e308,"points":[],"marks":[]}',
        '{"data":"","seconds":1,"points":[[1,NaN,0,0,0,true]],"marks":[]}',
        '{"data":"","seconds":1,"points":[[1e300,1,0,0,0,true]],"marks":[]}',
        '{"data":"","seconds":1,"points":[[1,1,0,0,0,true]],"marks":[[Infinity,"m"]]}',
        '{"data":"\\ud800","seconds":1,"points":[[1,1,0,0,0,true]],"marks":[[0.5,"\\ud800\\n"]]}',
        '{"data":"","seconds":1,"points":[[1,1,0,0,0,true]],"marks":[' + ",".join(['[0.5,"m"]'] * 5000) + "]}",
        '{"data":"","seconds":1,"points":[' + ",".join(["[1,1,0,0,0,true]"] * 20_001) + '],"marks":[]}',
    )
]


def check_a_story(file: Path, metadata: dict[str, str]) -> None:
    """Open a network with this ``metadata``: what is told of it can be shown, or is refused in a sentence."""
    file.write_bytes(to_bytes(tensors(784, 10), metadata=OWN | metadata))
    model = model_file.load(file)
    for text in (*model.provenance.rows, *model.provenance.rows.values()):
        assert text == one_line(text, 1000)
    assert len(model.provenance.name) <= 100
    try:
        run = Run.of_model(0, model)
    except ModelError:
        return
    if run is not None:
        assert len(run.marks) <= 200
        assert len(run.points) <= 20_000
        assert np.isfinite([run.seconds, run.at, *(number for point in run.points for number in point)]).all()
        for text in (run.name, run.data, *(mark.text for mark in run.marks)):
            assert text == one_line(text)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80, deadline=None,
    derandomize=True,
)  # fmt: skip
@given(METADATA)
def test_whatever_a_file_tells_can_be_shown_or_is_refused(tmp_path: Path, metadata: dict[str, str]) -> None:
    metadata = {key: text.encode(errors="replace").decode() for key, text in metadata.items()}
    check_a_story(tmp_path / "net.safetensors", metadata)


@pytest.mark.parametrize("metadata", FOUND, ids=lambda metadata: metadata["curves"][:60])
def test_a_story_that_once_went_wrong(tmp_path: Path, metadata: dict[str, str]) -> None:
    check_a_story(tmp_path / "net.safetensors", metadata)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    file = tmp_path / "net.safetensors"
    model_file.save(file, Model(Network([784, 10], seed=1)))
    before = file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(ModelError, match="cannot be written \\(No space left on device\\)"):
        model_file.save(file, Model(Network([784, 10], seed=2)))
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == ["net.safetensors"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be written"):
        model_file.save(tmp_path / "nowhere" / "net.safetensors", Model(Network([784, 10])))


def test_a_path_may_be_a_string(tmp_path: Path) -> None:
    file = str(tmp_path / "mine.safetensors")
    model_file.save(file, Model(Network([784, 10], seed=0)))
    assert model_file.load(file).network.sizes == (784, 10)
    with pytest.raises(ModelError, match=r"gone\.safetensors: there is no such file"):
        model_file.load(str(tmp_path / "gone.safetensors"))


def test_what_the_file_is_stands_at_its_beginning_and_it_is_the_same_each_time(tmp_path: Path) -> None:
    """There systems look, to tell a network of ours from other programs' files of the same ending."""
    told = Provenance.of({"name": "mine", "curves": "[]" * 20_000, "é": "\U0001f600", "format": "not ours to say"})
    files = [tmp_path / f"{number}.safetensors" for number in range(2)]
    for file in files:
        model_file.save(file, Model(Network([784, 30, 10], seed=1), told))
    content = files[0].read_bytes()
    assert content == files[1].read_bytes()
    assert content[8:].startswith(b'{"__metadata__":{"format":"digitpad network","version":"1",')
    assert int.from_bytes(content[:8], "little") % 8 == 0
    assert model_file.load(files[0]).provenance.others["é"] == "\U0001f600"


def test_four_outputs_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    run = Run(1, Recipe(hidden=(5,), outputs=FOUR), "digits", points=[Point(0, 0.1, 1, 0.1, 1, True)])
    path = tmp_path / "net.safetensors"
    model_file.save(path, run.model(run.recipe.network(), run.points[0]))
    with pytest.raises(ModelError, match="has 4 outputs, not one for each of the ten digits"):
        model_file.load(path)
    model = model_file.load(path, model_file.TEN_OR_FOUR)
    assert model.network.sizes == (784, 5, 4)
    back = Run.of_model(1, model)
    assert back is not None
    assert back.recipe == run.recipe
    with pytest.raises(ModelError, match="four outputs are not those of its network"):
        Run.of_model(1, replace(model, network=Network((784, 10))))


def test_the_network_that_comes_with_the_program_is_there_once_and_cannot_be_changed(tmp_path: Path) -> None:
    model = model_file.shared(DEFAULT_NETWORK)
    assert model_file.shared(DEFAULT_NETWORK) is model
    for array in (model.network.parameters, *model.network.weights, *model.network.biases):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    assert np.array_equal(model.network.parameters, model_file.load(DEFAULT_NETWORK).network.parameters)
    own = tmp_path / "own.safetensors"
    model_file.save(own, model)
    assert model_file.shared(own) is not model_file.shared(own)
    with pytest.raises(ModelError, match=r"missing\.safetensors"):
        model_file.shared(tmp_path / "missing.safetensors")
