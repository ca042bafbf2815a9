"""Training in the terminal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad import cli
from digitpad.train import model_file
from digitpad.train.runs import Run
from tests import digits

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return digits.folder(tmp_path / "digits")


def train(output: Path, folder: Path, *options: str) -> int:
    return cli.main(["train", str(output), "--data", str(folder), "--train-on", "600", *options])


def test_it_writes_the_same_file_as_the_window(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "net.safetensors"
    assert train(output, folder, "--epochs", "3", "--hidden", "20", "--seed", "5") == 0
    printed = capsys.readouterr().out
    assert "784-20-10" in printed
    assert "epoch 3: " in printed
    run = Run.of_model(1, model_file.load(output))
    assert run is not None
    assert (run.recipe.hidden, run.recipe.seed, run.epochs) == ((20,), 5, 3)
    assert run.points[-1].accuracy > 0.7


def test_the_folder_may_come_from_the_environment(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    output = tmp_path / "net.safetensors"
    assert cli.main(["train", str(output), "--train-on", "600", "--epochs", "1"]) == 0
    assert output.is_file()


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--eta", "0"], "--eta 0: not allowed; it is a number above 0, at most 1,000."),
     (["--hidden", "x"], "--hidden x: not allowed"),
     (["--held-out", "rest of the training set"], "leaves none to measure on")],
)  # fmt: skip
def test_a_wrong_option_is_one_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    assert train(tmp_path / "net.safetensors", folder, *options) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_without_mnist_it_learns_from_the_built_in_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    assert cli.main(["train", str(tmp_path / "net.safetensors"), "--epochs", "1"]) == 0
    assert "10,000 images of Built-in digits" in capsys.readouterr().out


def test_nowhere_to_write_is_told_at_once(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path / "no" / "net.safetensors", folder) == 2
    assert "no such folder to write to" in capsys.readouterr().err


def test_ctrl_c_leaves_the_last_good_network(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "net.safetensors"
    command = [sys.executable, "-u", "-m", "digitpad", "train", str(output), "--data", str(folder)]
    command += ["--train-on", "600", "--epochs", "10000"]
    # Where these tests run in the background of a shell they ignore Ctrl+C, and so would what they start.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, heard)
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            if line.startswith("epoch 2:"):
                break
        os.kill(process.pid, signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(timeout=30) == 130
        assert process.stderr.read() == "Stopped.\n"
    assert str(output) in rest
    run = Run.of_model(1, model_file.load(output))
    assert run is not None
    assert run.epochs >= 2
    assert run.points[-1].accuracy > 0.5


def test_a_run_that_cannot_go_on_leaves_what_was_good(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import numpy as np

    from digitpad.nn.network import Network

    looked: list[int] = []

    def finite(network: Network) -> bool:
        looked.append(1)
        return len(looked) < 15  # the fifteenth measurement finds numbers beyond all bounds

    monkeypatch.setattr(Network, "finite", property(finite))
    output = tmp_path / "net.safetensors"
    assert train(output, folder, "--epochs", "9") == 2
    assert "is too large for this network" in capsys.readouterr().err
    network = model_file.load(output).network
    assert np.isfinite(network.parameters).all()
