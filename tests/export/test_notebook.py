"""Chapter 1 as a notebook: it is a valid one, and what its cells print is right."""

import itertools
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from digitpad.errors import ExportError
from digitpad.export.notebook import build, is_untouched, save
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model

# Each cell as a kernel runs it: in order, in one namespace. What a cell prints is told apart from the next one's.
RUN = """
import contextlib, io, json, sys
names, printed = {"__name__": "__main__"}, []
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(source, names)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""


def code(file: Path) -> list[str]:
    made = nbformat.read(file, as_version=4)
    nbformat.validate(made)
    return [cell.source for cell in made.cells if cell.cell_type == "code"]


def run(sources: list[str], folder: Path) -> list[str]:
    variables = {name: value for name, value in os.environ.items() if name != "DIGITPAD_MNIST"}
    variables |= {"PYTHONPATH": str(Path(__file__).parents[2]), "DIGITPAD_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN],
        input=json.dumps(sources), cwd=folder, env=variables, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def numbers(printed: str) -> list[list[int]]:
    """Return the rows of a table of whole numbers, without its heading."""
    rows = [line.replace("=", "").split() for line in printed.splitlines()]
    return [[int(word) for word in row] for row in rows if row and all(re.fullmatch(r"-?\d+", word) for word in row)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each cell prints, from the second on: the first only imports."""
    folder = tmp_path_factory.mktemp("notebook")
    save(folder / "chapter1.ipynb")
    first, *others = run(code(folder / "chapter1.ipynb"), folder)
    assert first == ""
    return others


def test_the_neurons_of_the_chapter_answer_as_they_must(printed: list[str]) -> None:
    going_out, gate, adder, sigmoids, small, part_1, part_2 = printed[:7]
    # 6 x1 + 2 x2 + 2 x3 > 5 hangs on the first alone; with 3, the other two are enough.
    assert numbers(going_out) == [
        [x1, x2, x3, x1, int(x1 or (x2 and x3))] for x1, x2, x3 in itertools.product((0, 1), repeat=3)
    ]
    assert numbers(gate) == [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert numbers(adder) == [[0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0]]
    assert sigmoids.splitlines() == [
        "sigmoid(-5) = 0.007, slope 0.0066 = 0.0066",
        "sigmoid(0) = 0.500, slope 0.2500 = 0.2500",
        "sigmoid(5) = 0.993, slope 0.0066 = 0.0066",
    ]
    off = [float(line.split()[-1]) for line in small.splitlines()]
    assert all(80 < larger / smaller < 125 for larger, smaller in itertools.pairwise(off))
    assert [line.split(":")[1] for line in part_1.splitlines()] == [" (0, 0) (0, 1) (0, 1) (1, 0)"] * 3
    lines = part_2.splitlines()
    assert lines[2].split()[3:] == ["0.0000", "0.0000", "0.5000", "1.0000", "1.0000"]
    assert lines[3] == "the bound holds: True"
    far, near, nearest = (float(line.split("at most ")[1].split()[0]) for line in lines[4:7])
    assert nearest < near < 1e-4 < far
    assert lines[7] == "exactly at 0: 0.5 0.5 0.5"


def test_layers_have_the_chapters_shapes_and_the_extra_one_is_right(printed: list[str]) -> None:
    shapes, layer = printed[7:9]
    assert shapes.splitlines() == [
        "weights (30, 784) times (784,) plus biases (30,) gives (30,)",
        "weights (10, 30) times (30,) plus biases (10,) gives (10,)",
        "the library's feedforward agrees: True",
    ]
    for digit, row in enumerate(numbers(layer)):
        bits = [int(one) for one in f"{digit:04b}"[::-1]]  # 1 2 4 8
        assert row == [digit, *(1000 if bit else -1000 for bit in bits), *bits, digit]
    assert layer.splitlines()[-3:] == [
        "10 of 10 digits are right for all outputs allowed",
        "the least |z| is 910",  # 990 less at most eight times 10, where a digit has the bit worth 8
        "with the slip, wrong: 6 7",
    ]


def test_descent_comes_down(printed: list[str]) -> None:
    _, before, direction, descent, components, *_ = printed[9:]
    assert float(before.split()[-1]) > 0.5
    best, steepest = (float(line.split("change ")[-1].split(": ")[-1].split()[0]) for line in direction.splitlines())
    assert steepest == pytest.approx(-0.01 * math.sqrt(4**2 + 6**2), abs=1e-5)
    assert steepest <= best < 0.999 * steepest
    assert descent.splitlines() == ["45 steps, x = 0.0873", "the picture has 46 tangents"]  # 10 * 0.9 ** 45
    one, other = components.splitlines()
    assert one.split(":")[1].split() == other.split(":")[1].split()


def test_networks_learn(printed: list[str]) -> None:
    digits, _, _, _, _, books, same, learning, online, drawing = printed[9:]
    assert digits.splitlines() == [
        "Built-in digits: 8333 images to learn from, 1667 for validation, 2000 for the test",
        "the first is a 4 so y is 0 0 0 0 1 0 0 0 0 0",
    ]
    epochs = [line for line in books.splitlines() if line.startswith("Epoch")]
    assert [line.split(":")[0] for line in epochs] == [f"Epoch {n}" for n in range(5)]
    assert int(epochs[-1].split()[2]) > 150  # of 500
    assert books.splitlines()[-1] == "biases (30, 1) (10, 1) weights (30, 784) (10, 30)"
    # In float64, where sums in another order differ by some 1e-16, which each of 50 steps hands on.
    assert float(same.split()[-1]) < 1e-12
    told = dict(line.split(": ") for line in learning.splitlines())
    assert float(told["accuracy"]) > 0.8
    before, after = (float(part.split()[0]) for part in told["cost"].split(", "))
    assert after < before / 4
    rose = [int(re.search(r"(\d+)% of them", line)[1]) for line in online.splitlines()]  # type: ignore[index]
    assert [line.split(": ")[1].split(",")[0] for line in online.splitlines()] == ["2000 updates", "100 updates"]
    assert rose[0] > rose[1]
    assert "read as 7 - sure" in drawing


def test_the_picture_of_descent_is_one(tmp_path: Path) -> None:
    save(tmp_path / "chapter1.ipynb")
    sources = code(tmp_path / "chapter1.ipynb")
    (cell,) = [source for source in sources if "class Picture" in source]
    svg = run([sources[0], cell, "print(picture._repr_svg_())"], tmp_path)[-1]
    picture = ElementTree.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    tangents = picture.findall(f"{name}polyline[@stroke='#7fb2e5']")
    assert len(tangents) == len(picture.findall(f"{name}circle")) == 46
    assert cell.splitlines()[-1].startswith("picture")


def test_it_reads_with_the_network_that_is_named_wherever_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s a "folder" {é}'
    folder.mkdir()
    model_file.save(folder / "net.safetensors", Model(Network([784, 17, 10], seed=1)))
    save(tmp_path / "chapter1.ipynb", folder / "net.safetensors")
    first, *_, last = code(tmp_path / "chapter1.ipynb")
    assert "784-17-10" in run([first, last], tmp_path)[1]


def test_a_name_in_no_encoding_can_be_written(tmp_path: Path) -> None:
    named = Path("/net\udcff\n'.safetensors")
    save(tmp_path / "chapter1.ipynb", named)
    assert f"load_model({str(named)!a})" in code(tmp_path / "chapter1.ipynb")[-1]


def test_one_whose_cells_were_run_is_untouched_and_one_that_was_changed_is_not(tmp_path: Path) -> None:
    file = tmp_path / "chapter1.ipynb"
    save(file)
    assert is_untouched(file)
    made = json.loads(file.read_text(encoding="utf-8"))
    made["cells"][1] |= {"execution_count": 1, "outputs": [{"name": "stdout", "output_type": "stream", "text": "é"}]}
    file.write_text(json.dumps(made), encoding="utf-8")
    assert is_untouched(file)
    made["cells"][1]["source"] = [*made["cells"][1]["source"], "\n# mine"]
    file.write_text(json.dumps(made), encoding="utf-8")
    assert not is_untouched(file)


@pytest.mark.parametrize(
    "content",
    [b"", b"thesis", b"\xff\xfe", b"[]", b"3", b'{"cells": 3}', b'{"cells": [{"source": [3]}], "metadata": {}}',
     b'{"cells": [], "metadata": {"digitpad": null}}', b"[" * 100_000],
)  # fmt: skip
def test_other_files_are_none_of_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "theirs.ipynb").write_bytes(content)
    assert not is_untouched(tmp_path / "theirs.ipynb")


def test_the_same_is_written_each_time() -> None:
    assert build() == build()


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "chapter1.ipynb"
    file.write_bytes(b"before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ExportError, match=r"chapter1\.ipynb: cannot be written \(No space"):
        save(file)
    assert [one.name for one in tmp_path.iterdir()] == ["chapter1.ipynb"]
    assert file.read_bytes() == b"before"
