"""An experiment in a file: what was saved comes back, and nothing else is taken."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digitpad.errors import ExperimentError
from digitpad.train import experiment_file
from digitpad.train.experiment_file import DIGITS, LONGEST_QUESTION, PRESETS, SavedExperiment
from digitpad.train.presets import PRESETS as READY
from digitpad.train.recipe import Recipe


@pytest.mark.parametrize("recipe", [preset.recipe for preset in READY], ids=lambda recipe: recipe.title)
def test_what_was_saved_comes_back(tmp_path: Path, recipe: Recipe) -> None:
    saved = SavedExperiment(recipe, "What changes with η = 0.1 — and why?", frozenset({PRESETS, DIGITS, "seed"}))
    experiment_file.save(tmp_path / "one.digitpad", saved)
    assert experiment_file.load(tmp_path / "one.digitpad") == saved


def test_what_a_file_leaves_out_is_as_in_chapter_1(tmp_path: Path) -> None:
    file = tmp_path / "one.digitpad"
    file.write_text('{"format": "digitpad experiment", "version": 1, "recipe": {"eta": 0.5}}')
    assert experiment_file.load(file) == SavedExperiment(replace(Recipe(), eta=0.5))


def test_a_file_that_an_editor_wrote_with_a_mark_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.digitpad"
    file.write_text(SavedExperiment(question="Why?").to_json(), encoding="utf-8-sig")
    assert experiment_file.load(file).question == "Why?"
    assert experiment_file.recognises(file.read_bytes()[:200])


def told(**changed: object) -> dict[str, Any]:
    return {"format": "digitpad experiment", "version": 1, **changed}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "its line 1 is not JSON"),
        ('{\n"format"', "its line 2 is not JSON"),
        ("[" * 20_000, "it is not one of digitpad's"),
        ("[]", "it is not one of digitpad's"),
        ({"format": "digitpad network", "version": 1}, "it is not one of digitpad's"),
        (told(version=2), "it was written by another version of digitpad"),
        (told(version=True), "it was written by another version of digitpad"),
        (told(run="rm -rf"), "it has “run”, which an experiment has not"),
        (told(question=3), "its question is no text"),
        (told(question="a" * (LONGEST_QUESTION + 1)), "its question has more than 300 letters"),
        (told(question="a" * 60_000), "its question has more than 300 letters"),
        (told(hide="eta"), "what it hides is no list of names"),
        (told(hide=[["eta"]]), "what it hides is no list of names"),
        (told(hide=["start"]), "there is no “start” to hide"),
        (told(recipe=[]), "not the settings of a run: []"),
        (told(recipe={"speed": 1}), "there is no setting “speed”"),
        (told(recipe={"eta": 0}), "Learning rate η: '0' is not allowed; it is a number above 0, at most 1,000"),
        (told(recipe={"eta": float("nan")}), "Learning rate η: 'nan' is not allowed"),
        (told(recipe={"hidden": [30] * 6}), "Hidden layers: '30, 30, 30, 30, 30, 30' is not allowed"),
        (told(recipe={"hidden": [10**9]}), "Hidden layers: '1000000000' is not allowed"),
        (told(recipe={"epochs": 10**19}), "Epochs: '10000000000000000000' is not allowed"),
        (told(recipe={"epochs": 10**4000}), "it has a number of 4,001 digits"),
        (told(recipe={"cost": {"a": 1}}), "Cost: \"{'a': 1}\" is not allowed"),
        ('{"format": "digitpad experiment", "version": 1, "hide": [], "hide": []}', "it says something twice"),
        (told(recipe={"cost": "a" * 70_000}), "this is no experiment, which has 64 KiB at most"),
        (b"\xff\xfe{}", "it is no text in UTF-8"),
    ],
    ids=lambda content: str(content)[:60],
)
def test_anything_else_is_told_in_a_sentence_that_names_the_file(
    tmp_path: Path, content: object, complaint: str
) -> None:
    file = tmp_path / "one.digitpad"
    file.write_bytes(content if isinstance(content, bytes) else
                     (content if isinstance(content, str) else json.dumps(content)).encode())  # fmt: skip
    with pytest.raises(ExperimentError) as raised:
        experiment_file.load(file)
    assert str(raised.value).startswith(f"{file}: this ")
    assert complaint in str(raised.value)


def test_no_more_is_read_than_an_experiment_can_have() -> None:
    with pytest.raises(ValueError, match="an experiment has 64 KiB at most"):  # as in a picture of small size
        SavedExperiment.from_json("[" + "[]," * 1_000_000 + "[]]")


def test_a_question_is_one_line_without_what_cannot_be_seen() -> None:
    assert SavedExperiment(question=" What\n happens\u202e? ").question == "What  happens ?"


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="there is no such file"):
        experiment_file.load(tmp_path / "none.digitpad")
    with pytest.raises(ExperimentError, match="cannot be written"):
        experiment_file.save(tmp_path / "no" / "such.digitpad", SavedExperiment())
