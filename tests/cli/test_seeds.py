"""Training with several seeds in the terminal."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad import cli
from digitpad.cli.seeds import Seeds
from digitpad.data.dataset import Kind
from digitpad.data.formats import opening
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.runs import OnTestSet, Run
from digitpad.train.settings import MOST_SEED, VALIDATION
from tests import digits

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return digits.folder(tmp_path / "digits")


def train(output: Path, folder: Path, *options: str) -> int:
    return cli.main(["train", str(output), "--data", str(folder), "--hidden", "12", *options])


def run_in(path: Path) -> Run:
    run = Run.of_model(1, model_file.load(path))
    assert run is not None
    return run


def figures(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(\d+\.\d\d)", text)]


def test_each_run_is_what_it_is_by_itself_and_the_best_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = []
    for seed in (5, 6, 7):
        assert train(tmp_path / f"{seed}", folder, "--epochs", "6", "--seed", str(seed)) == 0
        alone.append(run_in(tmp_path / f"{seed}"))
    capsys.readouterr()
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "6", "--seed", "5", "--seeds", "3") == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("784-12-10 · η 3 · m 10, 6 epochs of 600 images of digits, with 3 seeds, 5 to 7")
    assert len({run.points[-1].accuracy for run in alone}) > 1  # or any of them might be the best

    for run, line in zip(alone, lines, strict=False):
        curve = {point.epochs: 100 * point.accuracy for point in run.points if point.exact}
        assert line.startswith(f"seed {run.recipe.seed}: ")
        assert figures(line.partition(";")[0]) == pytest.approx(
            [*(curve[epoch] for epoch in (1, 2, 4, 6)), max(curve[epoch] for epoch in range(7))], abs=0.005
        )

    at_end = [100 * run.points[-1].accuracy for run in alone]
    at_best = [100 * max(point.accuracy for point in run.points if point.exact) for run in alone]
    assert lines[3] == "3 of 3 runs came to the end. Read correctly of the test digits:"
    for line, name, reached in zip(lines[4:6], ("after 6 epochs", "each at its best epoch"), (at_end, at_best),
                                   strict=True):  # fmt: skip
        assert line.startswith(f"  {name}: mean ")
        expected = [np.mean(reached), min(reached), max(reached), max(reached)]
        assert figures(line) == pytest.approx(expected, abs=0.005)

    best = alone[int(np.argmax(at_end))]
    told = (
        f"{max(at_end):.2f} % after 6 epochs, of seed {best.recipe.seed}, the best of 3 on the test set: optimistic, "
    )
    assert lines[6].startswith(f"{output}: {told}")
    assert len(lines) == 7
    model = model_file.load(output)
    np.testing.assert_array_equal(model.network.parameters, best.latest.parameters if best.latest else None)
    assert run_in(output).points == best.points
    assert model.provenance.rows["chosen among"] == "3 seeds, by the accuracy on the test set"
    assert cli.main(["train", str(output), "--from", str(output), "--data", str(folder), "--epochs", "1"]) == 0
    assert run_in(output).at == 7


def test_validation_digits_choose_the_run_and_its_epoch_and_the_test_set_tells_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "5", "--measure-on", "validation", "--seeds", "2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "measured on 100 validation digits, with 2 seeds, 0 to 1" in lines[0]
    best = [figures(line.partition(";")[0])[-1] for line in lines[1:3]]
    assert lines[3] == "2 of 2 runs came to the end. Read correctly of the validation digits:"
    assert figures(lines[5]) == pytest.approx([sum(best) / 2, min(best), max(best)], abs=0.01)
    run = run_in(output)
    assert run.recipe.seed == int(np.argmax(best))
    assert run.best is not None
    assert run.at == run.best.epochs
    network, test = model_file.load(output).network, opening.open_digits(folder).test
    right = network.evaluate(test.images, test.labels) / len(test)
    assert run.tested == OnTestSet(run.at, right)
    assert lines[-1].startswith(f"{output}: {100 * right:.2f} % on the test set, of epoch {run.at:g}, chosen on ")
    assert f", of seed {run.recipe.seed}, the best of 2 on the validation digits, " in lines[-1]
    assert run.recipe.held_out == VALIDATION


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--seeds", "1"], "--seeds 1: not allowed; it is a whole number from 2 to 1,000."),
     (["--seeds", "1001"], "--seeds 1001: not allowed"), (["--seeds", "2.5"], "--seeds 2.5: not allowed"),
     (["--seeds", "five"], "--seeds five: not allowed"), (["--seeds", ""], "--seeds '': not allowed"),
     (["--seeds", "1.000"], "(write 1000 for thousands, 1 for no fraction)."),
     (["--seeds", "3", "--from", "net"], "--seeds: not allowed with --from, whose network has its first weights")],
)  # fmt: skip
def test_what_is_not_allowed_is_one_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    options: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert train(tmp_path / "net", folder, "--epochs", "1") == 0
    capsys.readouterr()
    before = Path("net").read_bytes()
    assert train(tmp_path / "net", folder, "--epochs", "1", *options) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert words in error
    assert Path("net").read_bytes() == before


def test_after_the_last_seed_comes_the_first() -> None:
    assert Seeds(Recipe(seed=MOST_SEED), digits.digits(), 3).seeds == [MOST_SEED, 0, 1]


def a_series(recipe: Recipe, kind: Kind, *accuracies: float) -> Seeds:
    """Return runs that came to ``accuracies`` at their end."""
    seeds = Seeds(recipe, replace(digits.digits(), kind=kind), len(accuracies))
    for run, accuracy in zip(seeds.runs, accuracies, strict=True):
        run.points += [Point(0.0, 0.1, 1.0, 0.1, 1.0, True), Point(recipe.epochs, accuracy, 0.1, accuracy, 0.1, True)]
    return seeds


def test_the_book_stands_beside_runs_that_did_what_it_did() -> None:
    seeds = a_series(Recipe(), Kind.MNIST, 0.94, 0.95, 0.96, 0.9)
    figures = "mean 93.75 %, lowest 90.00 %, highest 96.00 %, best of three 95.75 % on average"
    assert seeds.summary == [
        "4 of 4 runs came to the end. Read correctly of the test digits:",
        f"  after 30 epochs: {figures}",
        f"  each at its best epoch: {figures}",
        "  the book: 95.42 %, best of three runs, each at its best epoch",
    ]
    for recipe, kind in ((Recipe(epochs=29), Kind.MNIST), (Recipe(eta=2.0), Kind.MNIST), (Recipe(), Kind.BUILT_IN)):
        assert not any("the book" in line for line in a_series(recipe, kind, 0.94, 0.95, 0.96).summary)


def test_of_two_runs_there_is_no_best_of_three() -> None:
    assert a_series(Recipe(), Kind.OTHER, 0.94, 0.96).summary[1] == (
        "  after 30 epochs: mean 95.00 %, lowest 94.00 %, highest 96.00 %"
    )


def test_runs_that_learn_nothing_are_told_to(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path / "net", folder, "--epochs", "2", "--eta", "1e-12", "--seeds", "2") == 0  # no answer changes
    lines = capsys.readouterr().out.splitlines()[1:3]
    assert all(re.search(r" after 2, at best \S+ before it had learned anything; ", line) for line in lines)
    assert train(tmp_path / "net", folder, "--epochs", "2", "--eta", "1000", "--l2", "1", "--seeds", "2") == 2
    out, error = capsys.readouterr()
    assert out.splitlines()[1:3] == ["seed 0: nothing was learned", "seed 1: nothing was learned"]
    *stopped, last = error.splitlines()
    assert [line[:34] for line in stopped] == [f"digitpad: seed {n}: Training stopped" for n in (0, 1)]
    assert last == "Nothing was learned yet, so nothing was written."
    assert "came to the end" not in out


def test_a_seed_that_was_picked_by_the_test_digits_is_told() -> None:
    picked = next(preset.recipe for preset in PRESETS if preset.seed_picked)
    told = f"  (seed {picked.seed} was picked by MNIST's test digits, which makes this optimistic)"
    assert a_series(picked, Kind.MNIST, 0.9, 0.8).summary[-1] == told
    assert told not in a_series(replace(picked, seed=picked.seed + 1), Kind.MNIST, 0.9, 0.8).summary


def test_weights_are_kept_of_the_best_alone(capsys: pytest.CaptureFixture[str]) -> None:
    seeds = Seeds(Recipe(hidden=(), epochs=2, train_on=300), digits.digits(), 4)
    assert seeds.learn(None) == 0
    assert [run.latest is not None or bool(run.networks) for run in seeds.runs] == [
        run is seeds.best for run in seeds.runs
    ]
    assert capsys.readouterr().out.count("seed ") == 4


@pytest.mark.parametrize("seed", ["first", "second"])
def test_a_signal_leaves_the_best_that_came_to_its_end_or_else_the_one_under_way(
    folder: Path, tmp_path: Path, seed: str
) -> None:
    output = tmp_path / "net"
    command = [sys.executable, "-u", "-c", STOPPED, seed, str(output), "--data", str(folder), "--epochs", "4"]
    heard = signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        [*command, "--seeds", "5"], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, heard)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, "Stopped.\n")
    run = run_in(output)
    assert run.recipe.seed == 0
    last = out.splitlines()[-1]
    if seed == "first":
        assert run.at == 2
        assert "came to the end" not in out
        assert " % after 2 epochs, of seed 0, " in last
    else:
        assert run.at == 4
        assert "1 of 5 runs came to the end. Read correctly of the test digits:\n" in out
        assert " % after 4 epochs, of seed 0, " in last
    assert "chosen among" not in model_file.load(output).provenance.rows


# A signal as Ctrl+C sends it, after the second epoch of the first run or of the second.
STOPPED = """
import os, signal, sys
from digitpad import cli
from digitpad.train.experiment import Experiment, Measurement
begin, which = Experiment.events, {"first": 0, "second": 1}[sys.argv[1]]
def events(experiment):
    for event in begin(experiment):
        yield event
        stop = isinstance(event, Measurement) and event.point.epochs == 2 and experiment.recipe.seed == which
        if stop:
            os.kill(os.getpid(), signal.SIGINT)
Experiment.events = events
sys.exit(cli.main(["train", *sys.argv[2:]]))
"""


def test_a_run_that_cannot_go_on_is_told_and_the_others_go_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looked: list[int] = []

    def finite(network: Network) -> bool:
        looked.append(1)
        return len(looked) != 5  # within the first run

    monkeypatch.setattr(Network, "finite", property(finite))
    output = tmp_path / "net"
    assert train(output, folder, "--epochs", "2", "--seeds", "3") == 2
    out, error = capsys.readouterr()
    assert error.startswith("digitpad: seed 0: Training stopped: ")
    assert error.count("\n") == 1
    assert "2 of 3 runs came to the end. Read correctly of the test digits:\n" in out
    assert run_in(output).recipe.seed in (1, 2)
    assert ", the best of 2 on the test set: optimistic, " in out


def test_with_a_checkpoint_a_kill_leaves_the_best_of_the_runs_that_came_to_their_end(
    folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "net"
    command = [sys.executable, "-u", "-c", STOPPED.replace("SIGINT", "SIGKILL" if os.name == "posix" else "SIGTERM")]
    command += ["second", str(output), "--data", str(folder), "--epochs", "4", "--seeds", "5", "--checkpoint"]
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=60)
    run = run_in(output)
    assert (run.recipe.seed, run.at) == (0, 4)
