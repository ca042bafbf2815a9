"""``digitpad info``: what a network is."""

import json
from pathlib import Path

import pytest

from digitpad import cli, paths
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance


@pytest.fixture
def model(tmp_path: Path) -> Path:
    provenance = Provenance(name="mine", accuracy="12 %", others={"a note": "of\x1b[2J somebody's"})
    model_file.save(tmp_path / "net.safetensors", Model(Network((784, 5, 10), seed=1), provenance))
    return tmp_path / "net.safetensors"


@pytest.mark.parametrize("arguments", [["info", "{}"], ["info", "--model", "{}"], ["--model", "{}", "info"]])
def test_it_is_told_in_lines(model: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([part.format(model) for part in arguments]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == str(model)
    assert lines == [
        "layers: 784-5-10", "hidden neurons: sigmoid", "weights and biases: 3,985, float32", "reads a drawing: once",
        "cost: quadratic", "name: mine", "accuracy: 12 %", "a note: of [2J somebody's",
    ]  # fmt: skip


def test_a_name_that_would_turn_the_terminal_round_is_one_line(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = model.rename(model.with_name("a\u202eb.safetensors"))
    assert cli.main(["info", str(odd)]) == 0
    assert capsys.readouterr().out.startswith(f"{model.parent / 'a'} b.safetensors\nlayers: ")


def test_it_is_one_json_object(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info", str(model), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["sizes"], told["parameters"], told["readings"]) == (str(model), [784, 5, 10], 3985, 1)
    assert told["made"]["accuracy"] == "12 %"


def test_without_a_name_it_is_the_network_that_comes_with_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{paths.DEFAULT_NETWORK}\n")
    assert "reads a drawing: nine times" in out


def test_what_is_no_network_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text").write_text("text")
    for name in ("text", "nothing"):
        assert cli.main(["info", str(tmp_path / name)]) == 2
        out, error = capsys.readouterr()
        assert (out, error.count("\n")) == ("", 1)
        assert str(tmp_path / name) in error
