"""``digitpad data``: what there is, MNIST from a mirror, MNIST from a file, what is in a set."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from shlex import quote

import numpy as np
import pytest

from digitpad import cli
from digitpad.data import download, mnist
from digitpad.data.download import Download
from tests import digits
from tests.data.test_mnist import forbid
from tests.mnist_server import folder as folder
from tests.mnist_server import from_mirror
from tests.mnist_server import mirror as mirror


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, with no MNIST anywhere yet."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return tmp_path / "home"


@pytest.fixture
def fetched(mirror: Callable[[Path], Download], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is downloaded comes from the mirror on this machine."""
    monkeypatch.setattr(download, "mnist_download", mirror)


def test_it_lists_what_there_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Built-in digits: 10,000 to learn from, 2,000 for a test, in ")
    assert second == "MNIST: not here yet. `digitpad data fetch` gets it (12 MB)."
    assert not home.exists()


def test_mnist_is_imported_from_one_of_its_files_and_found_from_then_on(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data", "import", str(folder / "t10k-images-idx3-ubyte")]) == 0
    assert f"Kept in {home / 'mnist'}" in capsys.readouterr().out
    assert cli.main(["data"]) == 0
    assert f"MNIST: 30 to learn from, 10 for a test, in {home / 'mnist'}" in capsys.readouterr().out
    np.testing.assert_array_equal(mnist.load(home / "mnist").training.images, mnist.load(folder).training.images)


def test_images_that_were_turned_are_told(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = digits.folder(tmp_path / "mine", training=20, test=5)
    images = other / "train-images-idx3-ubyte"
    content = images.read_bytes()
    images.write_bytes(content[:16] + bytes(255 - grey for grey in content[16:]))
    assert cli.main(["data", "import", str(other)]) == 0
    said = "mine: the images to learn from were black on white; they were turned to be as MNIST's are."
    assert capsys.readouterr().out.splitlines()[1] == said


@pytest.mark.parametrize("name", ["others", "MNIST", "my digits"])
def test_another_set_is_described_and_left_where_it_is(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    other = digits.folder(tmp_path / name, training=20, test=5)
    assert cli.main(["data", "import", str(other)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{name}: 20 to learn from, 5 for a test, in {other}")
    assert "It is not MNIST." in out
    assert f"--data {quote(str(other))}`" in out
    assert not home.exists()


def test_mnist_is_downloaded_once(
    home: Path, fetched: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["data", "fetch"]) == 0
    said = f"MNIST: 30 to learn from, 10 for a test, in {home / 'mnist'}\n"
    assert capsys.readouterr().out == said
    monkeypatch.setattr(download, "mnist_download", None)  # it is not fetched again
    assert cli.main(["data", "fetch"]) == 0
    assert capsys.readouterr().out == said


def test_no_mirror_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "mnist_download", from_mirror("http://127.0.0.1:9/"))
    assert cli.main(["data", "fetch"]) == 2
    error = capsys.readouterr().err
    assert error.endswith("train-images-idx3-ubyte: cannot be downloaded; 127.0.0.1 refused the connection.\n")


def test_a_download_that_was_not_finished_is_gone_on_with(
    home: Path, folder: Path, fetched: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder, home / "mnist")
    (home / "mnist" / "t10k-labels-idx1-ubyte.gz").unlink()
    assert cli.main(["data"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("MNIST: not here yet.")
    assert cli.main(["train", str(tmp_path / "net.safetensors"), "--train-on", "50", "--epochs", "1"]) == 0
    assert "50 images of Built-in digits" in capsys.readouterr().out
    assert cli.main(["data", "fetch"]) == 0
    assert capsys.readouterr() == (f"MNIST: 30 to learn from, 10 for a test, in {home / 'mnist'}\n", "")


@pytest.mark.parametrize("name", ["train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte"])
def test_damaged_files_are_told_and_downloaded_again(
    home: Path, folder: Path, fetched: None, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    shutil.copytree(folder, home / "mnist")
    damaged = home / "mnist" / name
    damaged.write_bytes(damaged.read_bytes()[:-20])
    assert cli.main(["data"]) == 0
    out, error = capsys.readouterr()
    assert out.startswith("Built-in digits: 10,000 to learn from")
    assert error.startswith(f"digitpad: {damaged}: the ")
    assert error.count("\n") == out.count("\n") == 1
    assert cli.main(["data", "fetch"]) == 0
    assert capsys.readouterr() == (f"MNIST: 30 to learn from, 10 for a test, in {home / 'mnist'}\n", error)
    assert cli.main(["data"]) == 0
    assert f"MNIST: 30 to learn from, 10 for a test, in {home / 'mnist'}" in capsys.readouterr().out


def test_what_lacks_in_a_folder_that_was_named_is_told(
    home: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    assert cli.main(["data"]) == 0
    said = f"digitpad: {folder / 't10k-images-idx3-ubyte'}: the labels that belong to it are missing.\n"
    assert capsys.readouterr().err == said
    assert cli.main(["train", str(tmp_path / "net.safetensors"), "--epochs", "1"]) == 2
    assert capsys.readouterr().err == said


def test_what_may_not_be_looked_into_is_one_sentence(
    home: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder, home / "mnist")
    forbid(home, monkeypatch)
    assert cli.main(["data"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("MNIST: not here yet.")
    monkeypatch.setenv("DIGITPAD_MNIST", str(home / "mnist"))
    assert cli.main(["data"]) == 0
    said = f"digitpad: {home / 'mnist'}: cannot be read (Permission denied).\n"
    assert capsys.readouterr().err == said
    assert cli.main(["train", str(tmp_path / "net.safetensors")]) == 2
    assert capsys.readouterr().err == said
    assert cli.main(["data", "import", str(home / "mnist")]) == 2
    assert capsys.readouterr().err == said
    output = home / "nets" / "net.safetensors"
    assert cli.main(["train", str(output), "--data", str(folder)]) == 2
    assert capsys.readouterr().err == f"digitpad: {output}: cannot be written (Permission denied).\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "are required: PATH"),
        (["list", "x"], "unrecognized arguments: x"),
        (["fetch", "x"], "unrecognized arguments: x"),
        (["info", "no such"], "no such: there is no such file."),
    ],
)
def test_wrong_arguments_are_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert cli.main(["data", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_what_is_in_a_set_is_told_digit_by_digit(
    home: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    digits = mnist.load(folder)
    assert cli.main(["data", "info", str(folder)]) == 0
    first, _, _, learn, test = capsys.readouterr().out.splitlines()
    assert first.startswith("MNIST: 30 to learn from, 10 for a test, in ")
    counts = [int(np.count_nonzero(digits.training.labels == digit)) for digit in range(10)]
    assert learn.split() == ["to", "learn", *map(str, counts)]
    assert test.split()[:3] == ["for", "a", "test"]
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    assert cli.main(["data", "info", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["kind"], told["path"], told["notes"]) == ("MNIST", "mnist", str(folder), [])
    assert told["training"] == {"n": 30, "digits": counts}


def test_the_list_as_json_is_an_object_a_set(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", "list", "--json"]) == 0
    (built_in,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (built_in["kind"], built_in["test"]["n"]) == ("built_in", 2000)


@pytest.mark.parametrize("command", [["list"], ["info"], ["fetch"]])
def test_a_folder_of_the_environment_that_is_not_there_is_told(
    home: Path, fetched: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "nowhere"))
    assert cli.main(["data", *command]) == 0
    said = f"digitpad: {tmp_path / 'nowhere'}: there is no such folder, though DIGITPAD_MNIST names it.\n"
    assert capsys.readouterr().err == said


def test_what_the_environment_names_cannot_write_to_the_terminal_by_itself(
    home: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "ho\u202eme"))
    assert cli.main(["data", "import", str(folder)]) == 0
    assert f"Kept in {tmp_path / 'ho me' / 'mnist'}, where" in capsys.readouterr().out
    monkeypatch.setenv("DIGITPAD_HOME", str(home))
    monkeypatch.setenv("DIGITPAD_MNIST", "/no\n\x1b[31mwhere")
    assert cli.main(["data", "list"]) == 0
    said = "digitpad: /no  [31mwhere: there is no such folder, though DIGITPAD_MNIST names it.\n"
    assert capsys.readouterr().err == said
