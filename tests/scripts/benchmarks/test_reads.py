"""What is counted as right, as sure and wrong, and as refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks import reads

from digitpad.data import synthetic
from digitpad.data.synthetic import Hand
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

REFUSED = "refused % (not sure, or no digit)"


def saying(digit: int, *, deformation: str = "") -> Model:
    """Return a network that is sure of ``digit`` whatever it is shown."""
    biases = np.where(np.arange(10) == digit, 9.0, -9.0)
    network = Network.of([np.zeros((10, 784))], [biases], activation="sigmoid", cost="quadratic")
    return Model(network, Provenance(deformation=deformation))


@pytest.fixture
def strokes(tmp_path: Path) -> Path:
    """Two threes and a five by one writer, a three by another, and what is no digit."""
    generator = np.random.default_rng(1)
    rows = []
    for label, shape, writer in ((3, 3, "a"), (3, 3, "a"), (5, 5, "a"), (3, 3, "b")):
        drawn = [stroke.tolist() for stroke in synthetic.strokes(shape, generator, Hand())]
        rows.append({"label": label, "writer": writer, "strokes": drawn})
    path = tmp_path / "some.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_network_that_never_saw_deformed_ones_is_read_once(strokes: Path) -> None:
    (row,) = reads.of_strokes(saying(3), strokes)
    assert row.what == "some.jsonl, read once"
    assert row.numbers == pytest.approx({
        "right %": 75, "errors": 1, "lowest writer, right %": 200 / 3, "writers": 2, "sure and wrong %": 25,
        REFUSED: 0, "n": 4,
    })  # fmt: skip


def test_others_once_and_nine_times(strokes: Path) -> None:
    rows = list(reads.of_strokes(saying(5, deformation="mild"), strokes))
    assert [row.what for row in rows] == ["some.jsonl, read once", "some.jsonl, read nine times"]
    assert [row.numbers["errors"] for row in rows] == [3, 3]


def test_look_alikes_are_left_out_of_what_is_to_be_refused(tmp_path: Path, strokes: Path) -> None:
    drawn = json.loads(strokes.read_text().splitlines()[0])["strokes"]
    path = tmp_path / "none.jsonl"
    labels = ["A", "O", "|", "Latin/1", "x", ""]
    path.write_text("".join(json.dumps({"label": label, "strokes": drawn}) + "\n" for label in labels))
    (row,) = reads.of_refused(saying(3), path)
    assert row.numbers == {REFUSED: 0, "n": 4, "look-alikes left out": 2}


def test_refused_is_what_is_not_sure_or_no_digit() -> None:
    outputs = np.zeros((4, 10))
    outputs[0, 3] = 0.99
    outputs[1, [3, 5]] = 0.99, 0.9
    outputs[2, 3] = 0.3
    assert reads.refused(outputs).tolist() == [False, True, True, True]
