"""Chapter 1 as a notebook: it is a valid one, and what its cells print is right."""

import json
import os
import subprocess
import sys
from pathlib import Path

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
    rows = [line.replace("->", "").split() for line in printed.splitlines()]
    return [[int(word) for word in row] for row in rows if all(word.isdigit() for word in row)]


def test_all_cells_run_and_print_what_is_so(tmp_path: Path) -> None:
    save(tmp_path / "chapter1.ipynb")
    _, gate, adder, ends, sharp, shapes, layer, _, descent, learning, drawing = run(
        code(tmp_path / "chapter1.ipynb"), tmp_path
    )
    assert numbers(gate) == [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert numbers(adder) == [[0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0]]
    assert ends.splitlines() == ["sigmoid(-5) = 0.007", "sigmoid(0) = 0.500", "sigmoid(5) = 0.993"]
    assert sharp.splitlines()[-1].split()[3:] == ["0.0000", "0.0000", "0.5000", "1.0000", "1.0000"]
    assert shapes.splitlines() == [
        "weights (30, 784) times (784,) plus biases (30,) gives (30,)",
        "weights (10, 30) times (30,) plus biases (10,) gives (10,)",
        "the library's feedforward agrees: True",
    ]
    assert numbers(layer) == [[n, *map(int, f"{n:04b}")] for n in range(10)]
    assert "10 of 10 digits" in layer
    assert descent == "45 steps, x = 0.0873\n"  # 10 * 0.9 ** 45
    told = dict(line.split(": ") for line in learning.splitlines())
    assert float(told["accuracy"]) > 0.8
    before, after = (float(part.split()[0]) for part in told["cost"].split(", "))
    assert after < before / 4
    assert "read as 7 - sure" in drawing


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


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nbformat", None)
    with pytest.raises(ExportError, match="nbformat") as caught:
        save(tmp_path / "chapter1.ipynb")
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())
