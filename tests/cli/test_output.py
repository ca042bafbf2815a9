"""What is printed, whatever it is printed to: other encodings, full disks, pipes and terminals that go away."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad import cli
from digitpad.train import model_file
from tests import digits

ROOT = Path(__file__).parents[2]
DIGITPAD = [sys.executable, "-m", "digitpad"]
TRAIN = ("--epochs", "2", "--momentum", "0.1", "--l2", "0.001", "--train-on", "600")


def in_encoding(encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run([*DIGITPAD, *arguments], cwd=ROOT, env=environment, capture_output=True, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return digits.folder(tmp_path / "digits")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp932", "utf-8", "utf-8:strict", "ascii:strict"])
def test_letters_that_an_encoding_has_not_become_plain(folder: Path, tmp_path: Path, encoding: str) -> None:
    run = in_encoding(encoding, "train", str(tmp_path / "net"), "--data", str(folder), *TRAIN)
    assert (run.returncode, run.stderr) == (0, b"")
    first = run.stdout.decode(encoding.split(":")[0]).splitlines()[0]
    if encoding.startswith("utf-8"):
        assert first.startswith("784-30-10 · η 3 · m 10 · Momentum μ 0.1 · L2 (λ/n) 0.001, 2 epochs of 600 images")
    else:
        assert "eta 3 " in first or "η 3 " in first
        assert "Momentum mu 0.1 " in first or "Momentum μ 0.1 " in first
        assert "?" not in first


HELP = ("", "gui", "train", "evaluate", "predict", "info", "export", "export web", "export onnx", "export notebook",
        "data", "data list", "data fetch", "data import", "data info", "install-desktop")  # fmt: skip


@pytest.mark.parametrize("command", HELP)
def test_each_help_is_enough_and_can_be_printed_anywhere(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding in ("ascii", "cp1252", "cp932", "utf-8"):
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
        assert cli.main([*command.split(), "--help"]) == 0
        told = out.getvalue().decode(encoding)
        assert told.startswith(f"usage: digitpad {command}".rstrip())
        assert "show this help message" in told
        if command not in ("export", "install-desktop") and " " not in command:
            assert "examples:\n  digitpad" in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp932"])
def test_help_and_sentences_are_printed_in_any_encoding(encoding: str) -> None:
    for arguments in (("--help",), ("train", "--help"), ("train", "net", "--eta", "η½日")):
        run = in_encoding(encoding, *arguments)
        assert run.returncode == (2 if "net" in arguments else 0)
        assert b"Traceback" not in run.stderr
        assert run.stdout or run.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["evaluate", "data", "info", "--help"])
def test_a_reader_that_has_read_enough_ends_it_quietly(folder: Path, command: str) -> None:
    few = os.environ | {"DIGITPAD_MNIST": str(folder)}
    command_line, pipe = [*DIGITPAD, command], subprocess.PIPE
    with subprocess.Popen(command_line, cwd=ROOT, env=few, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


def test_training_goes_on_when_nobody_reads_what_it_says(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "net"
    command = [*DIGITPAD, "train", str(output), "--data", str(folder), *TRAIN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1
    assert model_file.load(output).provenance.epochs == "2"


class Ending(io.StringIO):
    """A stream that takes one line, then fails with ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def write(self, text: str) -> int:
        if "\n" in self.getvalue():
            raise OSError(self._number, os.strerror(self._number))
        return super().write(text)


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL, errno.EIO, errno.ENOSPC])
def test_whatever_becomes_of_the_output_the_network_is_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    out, err = Ending(number), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    output = tmp_path / "net"
    assert cli.main(["train", str(output), "--data", str(folder), *TRAIN]) == 1
    assert sys.stdout is out  # as it was
    assert out.getvalue().count("\n") == 1
    full = f"digitpad: what it says cannot be written ({os.strerror(number)}).\n"
    assert err.getvalue() == (full if number == errno.ENOSPC else "")
    assert model_file.load(output).provenance.epochs == "2"


def test_streams_that_were_closed_from_the_first_are_no_trouble(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    output = tmp_path / "net"
    assert cli.main(["train", str(output), "--data", str(folder), *TRAIN]) == 0
    assert cli.main(["nonsense"]) == 2
    assert model_file.load(output).provenance.epochs == "2"


if Path("/proc/self/fd").exists():

    @pytest.mark.parametrize("closed", ["<&- 2>&-", "<&- >&- 2>&-"])
    def test_no_file_takes_the_place_of_a_stream_that_was_closed(tmp_path: Path, closed: str) -> None:
        """What libraries print there would be written into it."""
        code = (
            "import os, sys; from digitpad import cli; from digitpad.cli import info\n"
            "info.run = lambda _: print(os.readlink('/proc/self/fd/2'), file=open(sys.argv[1], 'w')) or 0\n"
            "sys.exit(cli.main(['info']))"
        )
        command = ["sh", "-c", f'exec "$0" -c "$1" "$2" {closed}', sys.executable, code, str(tmp_path / "told")]
        assert subprocess.run(command, cwd=ROOT, timeout=60).returncode == 0
        assert (tmp_path / "told").read_text() == "/dev/null\n"


if Path("/dev/full").exists():

    @pytest.mark.parametrize("command", ["evaluate", "data", "info", "--help", "--version"])
    def test_a_full_disk_is_one_sentence(folder: Path, command: str) -> None:
        few = os.environ | {"DIGITPAD_MNIST": str(folder)}
        with open("/dev/full", "w") as full:
            run = subprocess.run(
                [*DIGITPAD, command], cwd=ROOT, env=few, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
            )
        assert run.returncode == 1
        assert run.stderr == f"digitpad: what it says cannot be written ({os.strerror(errno.ENOSPC)}).\n"
