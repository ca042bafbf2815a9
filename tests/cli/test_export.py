"""``digitpad export``: a network in forms that other programs use."""

from pathlib import Path

import pytest

from digitpad import cli
from digitpad.export import notebook, onnx, web_page
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "net.safetensors"
    model_file.save(path, Model(Network([784, 10], seed=1), Provenance.of({"name": "a tiny one"})))
    return path


@pytest.mark.parametrize("first", [True, False])
def test_a_page_is_written_of_the_network_that_is_named(
    first: bool, network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "page \u202e3.html"  # which would turn the line round
    model = ["--model", str(network)]
    command = ["export", "web", str(output)]
    assert cli.main([*model, *command] if first else [*command, *model]) == 0
    assert b'"name": "a tiny one"' in output.read_bytes()
    assert capsys.readouterr().out == f"{tmp_path / 'page'}  3.html: {output.stat().st_size / 1e6:.2f} MB\n"


def test_half_precision_is_an_option(network: Path, tmp_path: Path) -> None:
    sizes = []
    for option in ([], ["--float16"]):
        assert cli.main(["export", "web", str(tmp_path / "page.html"), "--model", str(network), *option]) == 0
        sizes.append((tmp_path / "page.html").stat().st_size)
    assert sizes[1] > sizes[0]


def test_a_page_of_before_is_replaced_and_nothing_else(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, other = tmp_path / "page.html", tmp_path / "thesis.html"
    other.write_text("<!DOCTYPE html><p>My thesis")
    for _ in range(2):
        assert cli.main(["export", "web", str(page), "--model", str(network)]) == 0
    assert web_page.is_page(page)
    assert cli.main(["export", "web", str(other), "--model", str(network)]) == 2
    assert "is no page of digitpad, so it is not written over" in capsys.readouterr().err
    assert other.read_text() == "<!DOCTYPE html><p>My thesis"


@pytest.mark.parametrize("name", ["", "nowhere/page.html", "."])
def test_where_nothing_can_be_written_one_sentence_says_so(
    name: str, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", "web", name, "--model", str(network)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [network]


def test_a_network_in_onnx_is_written_and_replaces_only_its_like(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, other = tmp_path / "net.onnx", tmp_path / "theirs.onnx"
    other.write_bytes(b"\x08\x07\x12\x07pytorch")
    for _ in range(2):
        assert cli.main(["export", "onnx", str(output), "--model", str(network)]) == 0
        assert capsys.readouterr().out == f"{output}: {output.stat().st_size / 1e6:.2f} MB\n"
    assert onnx.is_network(output)
    assert cli.main(["export", "onnx", str(other), "--model", str(network)]) == 2
    assert "is no network in ONNX of digitpad, so it is not written over" in capsys.readouterr().err
    assert other.read_bytes() == b"\x08\x07\x12\x07pytorch"


def test_a_notebook_names_its_network_and_replaces_only_what_nobody_changed(
    network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "chapter1.ipynb"
    for model in ([], ["--model", str(network)]):
        assert cli.main(["export", "notebook", str(output), *model]) == 0
        assert capsys.readouterr().out == f"{output}: {output.stat().st_size / 1e6:.2f} MB\n"
        assert notebook.is_untouched(output)
        assert ("net.safetensors" in output.read_text(encoding="utf-8")) == bool(model)
    changed = output.read_text(encoding="utf-8").replace("nand(x1, x2)", "mine(x1, x2)")
    output.write_text(changed, encoding="utf-8")
    assert cli.main(["export", "notebook", str(output)]) == 2
    assert "is no untouched notebook of digitpad, so it is not written over" in capsys.readouterr().err
    assert output.read_text(encoding="utf-8") == changed
    assert cli.main(["export", "notebook", str(tmp_path / "new.ipynb"), "--model", str(tmp_path / "no.net")]) == 2
    assert not (tmp_path / "new.ipynb").exists()


def test_a_form_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export"]) == 2
    assert "form" in capsys.readouterr().err
