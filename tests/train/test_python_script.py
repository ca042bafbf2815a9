"""A run as a program in plain NumPy: it is run, and gives the curve and the weights of the run."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digitpad.data import mnist
from digitpad.data.dataset import Digits, Kind
from digitpad.errors import ExportError
from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.python_script import left_out, script_of
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import ALL, FOUR, SETTINGS
from tests import digits

HELD_OUT = 150
PRINT_WEIGHTS = """
import hashlib
print(hashlib.sha256(b"".join(one.tobytes() for one in weights + biases)).hexdigest())
"""
RECIPE = Recipe(hidden=(12,), epochs=3, train_on=400, seed=5)
RECIPES = {
    "chapter 1": RECIPE,
    "no hidden layer": replace(RECIPE, hidden=(), initialisation="scaled", eta=1.0),
    "online": replace(RECIPE, mini_batch_size=1, eta=0.3, epochs=2),
    "a rest": replace(RECIPE, mini_batch_size=7, train_on=395, hidden=(12, 9)),
    "later chapters": replace(
        RECIPE, activation="relu", cost="cross-entropy", initialisation="scaled", eta=0.05, momentum=0.8, l2=0.001,
    ),
    "tanh": replace(RECIPE, activation="tanh", hidden=(15, 10), eta=0.1, l2=0.01),
    "deformed": replace(RECIPE, deform=True, mini_batch_size=30),
    "all at once, in chunks": replace(
        RECIPE, mini_batch_size=ALL, hidden=(600, 300), eta=0.5, initialisation="scaled",
    ),
    "deformed, in chunks": replace(RECIPE, mini_batch_size=ALL, hidden=(600, 300), deform=True),
    "measured on the rest": replace(RECIPE, held_out=SETTINGS["held_out"].choices[1], momentum=0.5),
    "far too large a rate": replace(RECIPE, eta=1000.0),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four files of digits, as MNIST's are."""
    folder = tmp_path_factory.mktemp("digits") / "it's \u00fc"
    made = digits.digits(training=600, test=HELD_OUT)
    mnist.save(folder, made)
    return folder


def run_of(recipe: Recipe, folder: Path, kind: Kind) -> Run:
    data = mnist.load(folder)
    data = Digits(data.name, data.training, data.test, kind)
    run = Run(3, recipe, data.name, kind=kind)
    for event in Experiment(recipe, data).events():
        if isinstance(event, Measurement):
            run.add(event)
    return run


def printed(script: str, folder: Path) -> list[str]:
    file = folder / "script.py"
    file.write_text(script, encoding="utf-8")
    variables = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-W", "error", file], cwd=folder, env=variables, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("recipe", "kind"),
    [(recipe, Kind.MNIST) for recipe in RECIPES.values()] + [(RECIPE, Kind.OTHER)],
    ids=[*RECIPES, "digits loaded by digitpad"],
)
def test_it_gives_the_curve_of_the_run(recipe: Recipe, kind: Kind, folder: Path, tmp_path: Path) -> None:
    run = run_of(recipe, folder, kind)
    script = script_of(run, folder)
    *lines, weights = printed(script + PRINT_WEIGHTS, tmp_path)
    counts = [[int(n) for n in re.findall(r"\d+", line)[:3]] for line in lines]
    # The same arithmetic in float32, done twice on one machine.
    assert run.latest is not None
    assert weights == hashlib.sha256(run.latest.parameters.tobytes()).hexdigest()
    exact = [point for point in run.points if point.exact]
    held_out = run.evaluation[1].labels if run.evaluation else ()
    assert counts == [[point.epochs, round(point.accuracy * len(held_out)), len(held_out)] for point in exact]
    assert ("import digitpad" in script) == (kind is Kind.OTHER)
    assert all(len(line) <= 120 for line in script.splitlines())


def test_what_it_cannot_have_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Run #3 learned from your drawings, too"):
        script_of(Run(3, replace(RECIPE, own=True), "bars"), folder)
    run = run_of(replace(RECIPE, epochs=1), folder, Kind.MNIST)
    assert left_out(run) == ""
    run.recipe = replace(run.recipe, epochs=2)
    run.mark(1.5, 'Learning rate 2"""\n')
    assert left_out(run) == 'What was changed on the way is left out (Learning rate 2""" after 1.5 epochs).'
    script = script_of(run, folder)
    assert "is left out" in script
    assert len(printed(script, tmp_path)) == 3


def test_a_run_that_went_on_is_trained_as_long(folder: Path, tmp_path: Path) -> None:
    run = run_of(replace(RECIPE, epochs=4), folder, Kind.MNIST)
    run.recipe = replace(run.recipe, epochs=2)
    script = script_of(run, folder)
    assert "in another order" in script
    assert len(printed(script, tmp_path)) == 5


def test_chapter_1_takes_some_sixty_lines(folder: Path) -> None:
    script = script_of(Run(1, Recipe(), "MNIST", kind=Kind.MNIST), folder)
    assert 50 < len([line for line in script.splitlines() if line.strip()]) < 70
    assert "MOMENTUM" not in script
    assert "L2" not in script
    assert "DEFORM" not in script


def test_four_outputs_are_refused_with_a_sentence() -> None:
    with pytest.raises(ExportError, match="Run #3 has four outputs, the bits of a digit"):
        script_of(Run(3, replace(RECIPE, outputs=FOUR), "digits"), Path("digits"))
