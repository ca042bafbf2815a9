"""The command line, run as a person would."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad import __version__, cli, paths
from digitpad.data import mnist
from digitpad.draw.nine import read_nine
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.presets import PRESETS
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
    assert "nine" not in found  # it never saw deformed ones
    confusion = np.array(found["confusion"])
    assert confusion.shape == (10, 10)
    assert confusion[1, 1] == 2
    assert confusion[:, 1].sum() == confusion.sum() == 5


def test_evaluate_prints_a_table_for_people(folder: Path, model: Path) -> None:
    result = run("evaluate", "--model", model, "--data", folder)
    assert "2 of 5 digits read correctly: 40.00 %" in result.stdout
    assert result.stdout.startswith(f"Test digits: {folder}\n")
    assert "\n1: 2 of 2 right, 100.00 %\n2: none\n3: 0 of 1 right, 0.00 %; read as 1: 1\n" in result.stdout
    assert len(result.stdout.splitlines()) == 26


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_images_that_were_turned_are_told(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    digits = mnist.load_test(paths.DIGITS)
    np.savez(tmp_path / "mine.npz", x_test=255 - digits.images[:30], y_test=digits.labels[:30])
    assert cli.main(["evaluate", "--model", str(model), "--data", str(tmp_path / "mine.npz"), *form]) == 0
    said, out = "mine: the images were black on white; they were turned to be as MNIST's are.", capsys.readouterr().out
    assert (json.loads(out)["notes"] if form else out.splitlines()[1:2]) == [said]


def test_which_digits_are_misread_is_in_the_json(folder: Path, model: Path) -> None:
    found = json.loads(run("evaluate", "--model", model, "--data", folder, "--json").stdout)
    assert found["data"] == str(folder)
    assert found["digits"][1] == {"digit": 1, "n": 2, "correct": 2, "misread": {}}
    assert found["digits"][5] == {"digit": 5, "n": 1, "correct": 0, "misread": {"1": 1}}
    assert sum(of_digit["n"] for of_digit in found["digits"]) == found["n"]


def test_without_data_the_built_in_digits_are_read_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    assert cli.main(["evaluate"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Test digits: Built-in digits\n")
    assert " of 2,000 digits read correctly: " in out
    assert re.search(r"^1: \d+ of 200 right", out, flags=re.MULTILINE)


def test_without_data_the_environment_s_digits_are_read(
    folder: Path, model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    assert cli.main(["evaluate", "--model", str(model)]) == 0
    assert capsys.readouterr().out.startswith(f"Test digits: {folder}\n2 of 5 digits")


def test_a_folder_of_the_environment_that_is_not_there_is_told(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "nowhere"))
    said = f"digitpad: {tmp_path / 'nowhere'}: there is no such folder, though DIGITPAD_MNIST names it.\n"
    assert cli.main(["evaluate", "--model", str(model), "--json"]) == 0
    out, error = capsys.readouterr()
    assert (json.loads(out)["n"], error) == (2000, said)
    assert cli.main(["train", str(tmp_path / "net"), "--epochs", "1"]) == 0
    assert capsys.readouterr().err == said


def test_evaluate_reads_with_the_default_network(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--data", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 5
    test, network = mnist.load_test(folder), model_file.load(paths.DEFAULT_NETWORK).network
    nine = (read_nine(network, test.images).mean(axis=1).argmax(axis=1) == test.labels).sum()
    assert found["nine"] == {"accuracy": nine / 5, "correct": nine}
    assert cli.main(["evaluate", "--data", str(folder)]) == 0
    assert f"\nEach read nine times, as a drawing is: {nine} of 5, {20 * nine:.2f} %\n" in capsys.readouterr().out


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


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "-V"):
        assert cli.main([option]) == 0
        assert capsys.readouterr().out.strip() == f"digitpad {__version__}"
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    for words in ("evaluate", "FILE", "--model", "examples:", "DIGITPAD_MNIST", "DIGITPAD_HOME", "130"):
        assert words in told


def test_help_shows_defaults_and_what_presets_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--help"]) == 0
    told = capsys.readouterr().out
    for words in ("(default: 30)", "(default: 3)", "(default: no)", "(default: chapter-1)", "--hidden 100 --seed 24"):
        assert words in " ".join(told.split())
    for preset in PRESETS:
        assert f"\n  {preset.key}" in told


@pytest.mark.parametrize(
    ("words", "nearest"),
    [(["evalute", "--data", "x"], "evaluate"), (["Train"], "train"), (["version"], "--version"), (["help"], "--help"),
     (["date"], "data"), (["read"], "predict"), (["show"], "info"), (["test"], "evaluate"), (["learn"], "train"),
      (["--model", "x", "evaluat"], "evaluate"), (["guy", "three.png"], "gui")],
)  # fmt: skip
def test_a_word_that_is_no_command_is_answered_with_the_nearest(
    words: list[str], nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    error = capsys.readouterr().err
    word = words[2] if words[0] == "--model" else words[0]
    assert error.startswith(f"digitpad: {word}: there is no such command or file; there are {nearest}, ")
    assert all(command in error for command in ("gui", "train", "evaluate", "data"))
    assert error.count("\n") == 1


@pytest.mark.parametrize("option", [["--model", "{}"], ["--model={}"], ["--mod", "{}"]])
def test_the_network_may_be_named_before_the_command(
    folder: Path, model: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = [part.format(model) for part in option]
    assert cli.main([*before, "evaluate", "--data", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 0.4


@pytest.mark.parametrize(
    ("words", "complaint"),
    [(["train"], "required: FILE (`digitpad train --help` says what there is)."),
     (["train", "net", "--prest", "fast"], "unrecognized arguments: --prest fast"),
     (["train", "net", "--preset", "slow"], "invalid choice: 'slow'"),
     (["evaluate", "three.png"], "unrecognized arguments: three.png"),
     (["--model", "x", "train", "net"], "train takes no --model; gui, evaluate, predict, info and export do. To go"),
     (["train", "net", "--model", "x"], "train takes no --model"), (["data", "--model=x"], "data takes no --model"),
     (["data", "downlod"], "invalid choice: 'downlod'; there are fetch, "),
     (["data", "download"], "invalid choice: 'download'; there are fetch, "),
     (["data", "inport", "x"], "invalid choice: 'inport'; there are import, "),
     (["train", "net", "--preset", "fst"], "invalid choice: 'fst'; there are fast, "),
     (["evaluate", "--jsn"], "(`digitpad evaluate --help` says what there is)."),
     (["evaluate", "--model"], "expected one argument"), (["--modle", "x"], "unrecognized arguments: --modle")],
)  # fmt: skip
def test_arguments_that_cannot_be_used_are_one_sentence(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert complaint in error
    assert error.startswith("digitpad: ")
    assert error.count("\n") == 1


def test_too_little_memory_is_told_in_one_sentence(
    folder: Path, model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(*_: object) -> Model:
        raise MemoryError("Unable to allocate 10.9 MiB for an array")

    monkeypatch.setattr(model_file, "load", load)
    assert cli.main(["evaluate", "--model", str(model), "--data", str(folder)]) == 2
    assert capsys.readouterr() == ("", "digitpad: There is not enough memory for this.\n")


def test_evaluating_loads_no_qt(folder: Path, model: Path) -> None:
    code = (
        "import sys; from digitpad.cli import main; "
        f"main(['evaluate', '--model', {str(model)!r}, '--data', {str(folder)!r}]); "
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.endswith("[]\n")


def test_an_empty_name_does_not_open_the_folder_one_is_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([""]) == 2
    assert capsys.readouterr().err == (
        "digitpad: argument FILE: it is empty, and names no file (`digitpad gui --help` says what there is).\n"
    )
