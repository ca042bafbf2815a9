"""Training in the terminal."""

import errno
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad import cli
from digitpad.cli.stopping import Stopped
from digitpad.data.formats import opening
from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Event, Experiment, Measurement
from digitpad.train.model_file import Model
from digitpad.train.runs import Run
from digitpad.train.settings import VALIDATION
from tests import digits
from tests.data.test_mnist import forbid

ROOT = Path(__file__).parents[2]
SIGNALS = [signal.SIGINT]
if sys.platform != "win32":
    SIGNALS += [signal.SIGTERM, signal.SIGHUP]


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
     (["--hidden", "x"], "--hidden x: not allowed"), (["--hidden", "784 30"], "--hidden '784 30': not allowed"),
     (["--epochs", "1,5"], "--epochs 1,5: not allowed; it is a whole number from 1 to 10,000."),
     (["--eta", "0,5"], "at most 1,000 (with a point, as in 0.5)."), (["--seed", ""], "--seed '': not allowed"),
     (["--measure-on", "x"], "--measure-on x: not allowed; it is one of test set, validation digits.")],
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


def test_layers_may_be_written_as_the_book_does(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path / "net", folder, "--epochs", "1", "--hidden", "[784, 20, 10]") == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("784-20-10 · ")
    assert "1 epoch of 600 images" in first
    assert " % after 1 epoch, " in last


def test_more_images_than_there_are_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["train", str(tmp_path / "net"), "--data", str(folder), "--epochs", "1"]
    assert cli.main(command) == 0  # a preset's number is nothing that was asked for
    assert capsys.readouterr().err == ""
    assert cli.main([*command, "--train-on", "999999"]) == 0
    out, error = capsys.readouterr()
    assert error == "digitpad: --train-on is cut to the 600 images that there are.\n"
    assert "600 images" in out
    assert cli.main([*command, "--train-on", "999999", "--mini-batch-size", "7"]) == 0
    whole = "digitpad: --train-on is cut to the 595 images that there are in whole mini-batches.\n"
    assert capsys.readouterr().err == whole


@pytest.mark.parametrize(
    "option", [("--measure-on", "validation"), ("--held-out", "rest"), ("--held-out", "rest of the training set")]
)
def test_validation_digits_choose_the_epoch_that_is_written_and_the_test_set_tells_how_good_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    output = tmp_path / "net"
    assert cli.main(["train", str(output), "--data", str(folder), "--epochs", "9", *option]) == 0
    out = capsys.readouterr().out
    assert "500 images of digits, measured on 100 validation digits\n" in out
    accuracies = [float(found) for found in re.findall(r"^epoch \d+: (\S+) % validation, ", out, re.MULTILINE)]
    best = accuracies.index(max(accuracies))
    assert 0 < best < 9
    model = model_file.load(output)
    test = opening.open_digits(folder).test
    right = f"{model.network.evaluate(test.images, test.labels) / len(test):.2%}".replace("%", " %")
    assert out.splitlines()[-1].startswith(
        f"{output}: {right} on the test set, of epoch {best}, chosen on validation digits ({max(accuracies):.2f} % of"
    )
    assert model.provenance.accuracy == f"{right} on digits' test set, of the epoch chosen on validation digits"
    run = Run.of_model(1, model)
    assert run is not None
    assert (run.recipe.train_on, run.recipe.held_out, run.at) == (500, VALIDATION, best)
    assert run.tested is not None
    assert (run.tested.epochs, f"{run.tested.accuracy:.2%}") == (best, right.replace(" ", ""))


def test_what_is_set_aside_for_validation_is_not_learned_from(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path / "net", folder, "--epochs", "1", "--measure-on", "validation") == 0
    said = "digitpad: --train-on is cut to the 500 images that there are beside 100 validation digits.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("name", "words"),
    [("no/net", "there is no such folder to write to."), (".", "cannot be written ("), ("", "FILE is empty"),
     ("n" * 256, "cannot be written ("), ("photo.png", "is no network of digitpad, so it is not written over")],
    ids=["no folder", "a folder", "empty", "too long", "another file"],
)  # fmt: skip
def test_what_cannot_be_written_is_told_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    name: str, words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("photo.png").write_bytes(b"a photo")
    before = sorted(tmp_path.iterdir())
    assert cli.main(["train", name, "--data", str(folder)]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert words in error
    assert sorted(tmp_path.iterdir()) == before
    assert Path("photo.png").read_bytes() == b"a photo"


def test_a_folder_that_nobody_may_write_to_is_told_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "closed").mkdir()
    forbid(tmp_path / "closed", monkeypatch)
    assert train(tmp_path / "closed" / "net", folder) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.endswith("net: cannot be written (Permission denied).\n")


def test_a_network_of_before_and_an_empty_file_are_written_over(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "net"
    output.touch()
    for seed in ("1", "2"):
        assert train(output, folder, "--epochs", "1", "--seed", seed) == 0
        assert model_file.load(output).provenance.seed == seed


def test_what_cannot_be_written_after_all_is_kept_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spare").mkdir()
    (tmp_path / "nets").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spare"))
    begin = Experiment.events

    def events(experiment: Experiment) -> Iterator[Event]:
        (tmp_path / "nets").rmdir()
        return begin(experiment)

    monkeypatch.setattr(Experiment, "events", events)
    assert train(tmp_path / "nets" / "net", folder, "--epochs", "1") == 2
    (kept,) = (tmp_path / "spare").glob("*/net")
    error = capsys.readouterr().err
    assert f"nets{os.sep}net: cannot be written (" in error
    assert error.endswith(f" The network is in {kept}.\n")
    assert model_file.load(kept).provenance.epochs == "1"


def test_where_no_folder_is_left_to_write_to_it_is_told_in_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nets").mkdir()
    begin = Experiment.events

    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    def events(experiment: Experiment) -> Iterator[Event]:
        (tmp_path / "nets").rmdir()
        monkeypatch.setattr(tempfile, "gettempdir", none)  # as on a full disk, where it tries to write to each
        return begin(experiment)

    monkeypatch.setattr(Experiment, "events", events)
    assert train(tmp_path / "nets" / "net", folder, "--epochs", "1") == 2
    error = capsys.readouterr().err
    assert f"nets{os.sep}net: cannot be written (" in error
    assert "No usable temporary directory found" in error


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_leaves_the_last_good_network(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    output = tmp_path / "net.safetensors"
    command = [sys.executable, "-u", "-m", "digitpad", "train", str(output), "--data", str(folder)]
    command += ["--train-on", "600", "--epochs", "10000"]
    # Where these tests run in the background of a shell, or under nohup, they ignore it, and so would what they start.
    heard = signal.signal(number, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(number, heard)
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            if line.startswith("epoch 2:"):
                break
        os.kill(process.pid, number)
        rest = process.stdout.read()
        assert process.wait(timeout=30) == 128 + number
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


def test_what_is_told_of_a_run_that_could_not_go_on_is_told_of_the_weights_that_are_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = Experiment.events

    def events(experiment: Experiment) -> Iterator[Event]:
        for event in begin(experiment):
            yield event
            if isinstance(event, Measurement):
                if event.point.epochs == 2:
                    experiment.network.parameters[:] = 0  # all hidden neurons are alike from then on
                if event.point.epochs == 3:
                    experiment.network.parameters[:] = float("nan")

    monkeypatch.setattr(Experiment, "events", events)
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "9", "--hidden", "12") == 2
    printed = re.findall(r"^epoch (\d+): (\S+) % test", capsys.readouterr().out, re.MULTILINE)
    accuracies = {int(epoch): float(accuracy) for epoch, accuracy in printed}
    assert accuracies[2] > accuracies[3] + 10  # or it would not be seen which is meant
    model, test = model_file.load(output), opening.open_digits(folder).test
    right = 100 * model.network.evaluate(test.images, test.labels) / len(test)
    assert right == pytest.approx(accuracies[3], abs=0.005)
    assert model.provenance.epochs == "3"
    assert model.provenance.accuracy.startswith(f"{right:.2f} % on")


@pytest.mark.parametrize("several", [[], ["--seeds", "2"]])
def test_what_is_in_the_file_stays_where_nothing_was_learned(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    several: list[str],
) -> None:  # fmt: skip
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "1") == 0
    before = output.read_bytes()
    capsys.readouterr()
    assert train(output, folder, "--eta", "1000", "--l2", "1", *several) == 2
    assert output.read_bytes() == before
    assert capsys.readouterr().err.endswith("\nNothing was learned yet, so nothing was written.\n")

    stop_at_the_first_measurement(monkeypatch)
    assert train(output, folder, *several) == 130
    assert output.read_bytes() == before
    assert capsys.readouterr().err == "Stopped.\nNothing was learned yet, so nothing was written.\n"


def test_of_a_network_that_is_gone_on_with_nothing_is_written_before_it_has_learned_more(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, other = tmp_path / "net", digits.folder(tmp_path / "others")
    assert train(output, folder, "--epochs", "1") == 0
    assert train(tmp_path / "first", other, "--epochs", "1") == 0
    before = output.read_bytes()
    stop_at_the_first_measurement(monkeypatch)
    for where in (folder, other):
        assert train(output, where, "--from", str(tmp_path / "first"), "--checkpoint") == 130
        assert output.read_bytes() == before


def stop_at_the_first_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = Experiment.events

    def events(experiment: Experiment) -> Iterator[Event]:
        for event in begin(experiment):
            yield event
            if isinstance(event, Measurement):
                raise Stopped(signal.SIGINT)

    monkeypatch.setattr(Experiment, "events", events)


@pytest.mark.parametrize("epochs", [0, 2])
def test_too_little_memory_ends_a_run_with_what_it_has_and_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], epochs: int
) -> None:
    begin = Experiment.events

    def events(experiment: Experiment) -> Iterator[Event]:
        for event in begin(experiment):
            if experiment.epochs > epochs:  # weights move already that are not measured yet
                raise MemoryError("Unable to allocate 10.9 MiB for an array")
            yield event

    monkeypatch.setattr(Experiment, "events", events)
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "9") == 2
    out, error = capsys.readouterr()
    said = "digitpad: There is not enough memory to train this network.\n"
    if not epochs:
        assert error == f"{said}Nothing was learned yet, so nothing was written.\n"
        assert not output.exists()
        return
    assert error == said
    model, test = model_file.load(output), opening.open_digits(folder).test
    right = 100 * model.network.evaluate(test.images, test.labels) / len(test)
    assert f"epoch 2: {right:.2f} % test, " in out
    assert out.splitlines()[-1].startswith(f"{output}: {right:.2f} % after 2 epochs, ")
    assert run_in(output).at == 2


def run_in(path: Path) -> Run:
    run = Run.of_model(1, model_file.load(path))
    assert run is not None
    return run


def test_a_network_is_gone_on_with(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, more = tmp_path / "first", tmp_path / "more"
    assert train(first, folder, "--epochs", "2", "--hidden", "20", "--seed", "5", "--eta", "2") == 0
    begun = run_in(first)
    capsys.readouterr()
    command = ["train", str(more), "--from", str(first), "--data", str(folder)]
    assert cli.main([*command, "--epochs", "1", "--momentum", "0.5"]) == 0
    line, *_, last = capsys.readouterr().out.splitlines()
    assert line.startswith("784-20-10 · η 2 · m 10 · Momentum μ 0.5, 1 epoch of 600 images of digits, after 2 epochs")
    assert " % after 3 epochs, " in last
    run = run_in(more)
    assert run.points[: len(begun.points)] == begun.points
    assert [point.epochs for point in run.points if point.exact] == [0, 1, 2, 3]
    assert (run.recipe.epochs, run.recipe.seed, run.recipe.momentum, run.recipe.train_on) == (3, 5, 0.5, 600)
    assert [tuple(mark) for mark in run.marks] == [(2, "Momentum μ 0.5")]
    assert run.seconds > begun.seconds
    assert run.points[-1].cost < begun.points[-1].cost
    assert cli.main([*command, "--epochs", "1", "--hidden", "[784, 20, 10]"]) == 0  # as it is


def test_what_is_told_at_the_end_is_of_the_epoch_that_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, more = tmp_path / "first", tmp_path / "more"
    assert train(first, folder, "--train-on", "500", "--epochs", "2", "--measure-on", "validation") == 0
    begun = run_in(first)
    assert begun.tested is not None
    assert begun.tested.epochs == begun.at
    begin = Experiment.events

    def events(experiment: Experiment) -> Iterator[Event]:
        for event in begin(experiment):
            yield event
            if experiment.epochs == begun.at + 1 and isinstance(event, Measurement):
                raise Stopped(signal.SIGINT)

    monkeypatch.setattr(Experiment, "events", events)
    capsys.readouterr()
    assert cli.main(["train", str(more), "--from", str(first), "--data", str(folder), "--epochs", "5"]) == 130
    run = run_in(more)
    assert run.at == begun.at + 1
    point = run.points[-1]
    told = f"{more}: {100 * point.accuracy:.2f} % after {run.at:g} epochs, "
    assert capsys.readouterr().out.splitlines()[-1].startswith(told)


def test_a_network_is_gone_on_with_at_the_rates_that_were_set_last(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path / "first", folder, "--epochs", "1", "--hidden", "5") == 0
    begun = run_in(tmp_path / "first")
    begun.rates = {"eta": 0.25}
    assert begun.latest is not None
    model_file.save(tmp_path / "changed", begun.model(begun.latest, begun.exact(1)))
    capsys.readouterr()
    command = ["train", str(tmp_path / "more"), "--from", str(tmp_path / "changed"), "--data", str(folder)]
    assert cli.main([*command, "--epochs", "1"]) == 0
    assert capsys.readouterr().out.startswith("784-5-10 · η 0.25 · ")
    assert run_in(tmp_path / "more").marks == []  # nothing was changed where it goes on


def test_other_digits_begin_another_curve(folder: Path, tmp_path: Path) -> None:
    other = digits.folder(tmp_path / "others")
    assert train(tmp_path / "net", folder, "--epochs", "1") == 0
    command = ["train", str(tmp_path / "more"), "--from", str(tmp_path / "net"), "--data", str(other)]
    assert cli.main([*command, "--epochs", "1"]) == 0
    run = run_in(tmp_path / "more")
    assert (run.data, [point.epochs for point in run.points if point.exact]) == ("others", [1, 2])


@pytest.mark.parametrize("options", [("600",), ("400", "--measure-on", "validation")], ids=["test set", "validation"])
def test_other_digits_to_be_measured_on_begin_another_curve_and_none_is_compared_with_those_before(
    folder: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    first, more = tmp_path / "first", tmp_path / "more"
    assert train(first, folder, "--epochs", "1", "--train-on", *options) == 0
    begun = run_in(first)
    assert begun.latest is not None
    begun.points = [point._replace(accuracy=1.0) for point in begun.points]  # no later epoch could be better
    model_file.save(first, begun.model(begun.latest, begun.points[-1]))
    command = ["--from", str(first), "--train-on", "500", "--measure-on", "validation", "--epochs", "2"]
    assert train(more, folder, *command) == 0
    run = run_in(more)
    assert run.best is not None
    assert run.at == run.best.epochs > begun.at
    assert run.best.accuracy < 1
    assert run.tested is not None
    assert run.tested.epochs == run.at


def test_a_network_of_unknown_making_is_gone_on_with_by_settings_that_are_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = Network((784, 12, 10), seed=1, cost="cross-entropy")
    model_file.save(tmp_path / "net", Model(network))
    command = ["train", str(tmp_path / "more"), "--from", str(tmp_path / "net"), "--data", str(folder)]
    assert cli.main(command) == 2
    assert capsys.readouterr().err.endswith("net: does not say how it learned; name its learning rate by --eta, or a "
                                            "--preset.\n")  # fmt: skip
    for settings, epochs in ((["--eta", "0.5", "--epochs", "1"], 1), (["--preset", "fast"], 8)):
        assert cli.main([*command, *settings, "--train-on", "600"]) == 0
        run = run_in(tmp_path / "more")
        assert (run.recipe.hidden, run.recipe.cost, run.at) == ((12,), "cross-entropy", epochs)


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--hidden", "20"], "--hidden 20: not allowed for a network that has learned already."),
     (["--cost", "cross-entropy"], "--cost cross-entropy: not allowed for a network that has learned already."),
     (["--from", "no such"], "no such: there is no such file."), (["--from", "text"], "text: not a safetensors file")],
)  # fmt: skip
def test_what_cannot_be_gone_on_with_is_one_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    options: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("text").write_text("text")
    assert train(tmp_path / "net", folder, "--epochs", "1") == 0
    capsys.readouterr()
    before = (tmp_path / "net").read_bytes()
    assert cli.main(["train", "net", "--from", "net", "--data", str(folder), *options]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert words in error
    assert (tmp_path / "net").read_bytes() == before


def test_what_was_held_within_an_epoch_goes_on_to_as_many_as_it_was_to_have(folder: Path, tmp_path: Path) -> None:
    first, more = tmp_path / "first.safetensors", tmp_path / "more.safetensors"
    assert train(first, folder, "--epochs", "3") == 0
    run = run_in(first)
    assert run.latest is not None
    model_file.save(first, run.model(run.latest, run.points[1], 1.55))
    assert cli.main(["train", str(more), "--from", str(first), "--data", str(folder)]) == 0
    again = run_in(more)
    assert (again.recipe.epochs, again.at) == (3, 3.55)


def test_a_run_that_was_killed_goes_on_from_its_checkpoint(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "net.safetensors"
    command = [sys.executable, "-u", "-m", "digitpad", "train", str(output), "--data", str(folder)]
    with subprocess.Popen(
        [*command, "--train-on", "600", "--epochs", "40", "--checkpoint"], cwd=ROOT, text=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("epoch 2:"):
                break
        process.kill()
    kept = run_in(output)
    assert 2 <= kept.at < 40  # what was shown is in the file
    assert {path.name for path in tmp_path.glob("*.safetensors*")} == {"net.safetensors"}
    assert cli.main(["train", str(output), "--data", str(folder), "--from", str(output), "--checkpoint"]) == 0
    run = run_in(output)
    assert run.at == run.recipe.epochs == 40
    assert run.points[: len(kept.points)] == kept.points


@pytest.mark.parametrize(
    ("options", "epochs"), [(["--epochs", "3"], "1233"), (["--epochs", "1", "--seeds", "3"], "1111")],
    ids=["one run", "several seeds"],
)  # fmt: skip
def test_a_checkpoint_that_cannot_be_written_is_told_once_and_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    options: list[str], epochs: str,
) -> None:  # fmt: skip
    output, save, tried = tmp_path / "net", model_file.save, list[str]()

    def full(path: Path, model: Model) -> None:
        tried.append(model.provenance.epochs)
        if len(tried) <= 2:
            raise ModelError(f"{path}: cannot be written (No space left on device).")
        save(path, model)

    monkeypatch.setattr(model_file, "save", full)
    assert train(output, folder, *options, "--checkpoint") == 0
    assert tried == list(epochs)  # each time there may be room again, and so at the end
    assert capsys.readouterr().err == f"digitpad: {output}: cannot be written (No space left on device).\n"
    assert run_in(output).at == int(epochs[-1])


def test_four_outputs_are_trained_told_evaluated_and_gone_on_with_but_read_no_drawing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "net.safetensors"
    assert train(output, folder, "--preset", "four-outputs", "--epochs", "8") == 0
    trained = re.findall(r"epoch 8: ([\d.]+) % test", capsys.readouterr().out)
    assert cli.main(["evaluate", "--model", str(output), "--data", str(folder)]) == 0
    assert re.findall(r"read correctly: ([\d.]+) %", capsys.readouterr().out) == trained
    assert float(trained[0]) > 70
    assert cli.main(["info", str(output)]) == 0
    told = capsys.readouterr().out
    assert "784-30-4" in told
    assert "reads a drawing: not at all: its outputs are the bits of a digit" in told
    assert train(output, folder, "--from", str(output), "--epochs", "1") == 0
    assert "epoch 9: " in capsys.readouterr().out
    assert train(output, folder, "--from", str(output), "--outputs", "ten") == 2
    assert "--outputs ten: not allowed for a network that has learned already" in capsys.readouterr().err
    for asked in (["export", "onnx", str(tmp_path / "net.onnx")], ["predict", str(tmp_path / "three.png")]):
        assert cli.main([asked[0], "--model", str(output), *asked[1:]]) == 2
        assert "has 4 outputs, not one for each of the ten digits" in capsys.readouterr().err
