"""The command line, run as a person would."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad import __version__, cli
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from tests.data.test_mnist import write_set

ROOT = Path(__file__).parents[1]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "digitpad", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A network that answers 1 whatever it is shown."""
    ones = np.where(np.arange(10) == 1, 5.0, -5.0)
    network = Network.of([np.zeros((10, 784))], [ones], activation="sigmoid", cost="quadratic")
    model_file.save(tmp_path / "ones.safetensors", Model(network))
    return tmp_path / "ones.safetensors"


def test_evaluate_prints_one_json_object(folder: Path, model: Path) -> None:
    result = run("evaluate", "--model", model, "--data", folder, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found["n"] == 5
    assert found["accuracy"] == 0.4  # the labels are 3 1 4 1 5
    confusion = np.array(found["confusion"])
    assert confusion.shape == (10, 10)
    assert confusion[1, 1] == 2
    assert confusion[:, 1].sum() == confusion.sum() == 5


def test_evaluate_prints_a_table_for_people(folder: Path, model: Path) -> None:
    result = run("evaluate", "--model", model, "--data", folder)
    assert "2 of 5 digits read correctly: 40.00 %" in result.stdout
    assert len(result.stdout.splitlines()) == 14


def test_evaluate_reads_with_the_default_network(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--data", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 5


@pytest.mark.parametrize("wrong", ["no folder", "no files", "truncated", "no model", "broken model"])
def test_bad_input_is_one_sentence_and_exit_code_2(folder: Path, model: Path, wrong: str) -> None:
    data, images = folder, folder / "t10k-images-idx3-ubyte"
    if wrong == "no folder":
        data = culprit = folder / "nowhere"
    elif wrong == "no files":
        images.unlink()
        culprit = folder
    elif wrong == "truncated":
        images.write_bytes(images.read_bytes()[:-7])
        culprit = images
    elif wrong == "no model":
        model = culprit = model.with_name("missing.safetensors")
    else:
        model.write_bytes(model.read_bytes()[:99])
        culprit = model
    result = run("evaluate", "--model", model, "--data", data)
    assert result.returncode == 2
    assert result.stdout == ""
    assert str(culprit) in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_version_and_help() -> None:
    assert run("--version").stdout.strip() == f"digitpad {__version__}"
    assert "evaluate" in run("--help").stdout
    assert run("evaluate").returncode == 2


def test_evaluating_loads_no_qt(folder: Path, model: Path) -> None:
    code = (
        "import sys; from digitpad.cli import main; "
        f"main(['evaluate', '--model', {str(model)!r}, '--data', {str(folder)!r}]); "
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.endswith("[]\n")
