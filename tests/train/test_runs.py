"""Runs: what they keep, what they give up, and their files."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.data import json_text
from digitpad.data.dataset import Kind, Material
from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.train import model_file, run_file
from digitpad.train.experiment import Measurement, Point
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.runs import Mark, OnTestSet, Run
from digitpad.train.settings import VALIDATION
from tests.digits import digits


def test_it_keeps_the_weights_of_every_epoch_and_knows_its_best(run: Run) -> None:
    assert sorted(run.networks) == [0, 1, 2, 3, 4]
    assert run.epochs == 4
    assert run.latest is run.networks[4]
    assert run.best is not None
    assert run.best.accuracy == max(point.accuracy for point in run.points if point.exact)
    assert run.evaluation is not None
    assert run.evaluation[0] == 4


def test_a_file_holds_settings_curves_and_data(run: Run, tmp_path: Path) -> None:
    assert run.latest is not None
    run.name = "my run"
    model_file.save(tmp_path / "run.safetensors", run.model(run.latest, run.points[-1]))
    model = model_file.load(tmp_path / "run.safetensors")
    assert model.provenance.data == "bars, 600 training images"
    assert model.provenance.accuracy.startswith(f"{100 * run.points[-1].accuracy:.2f} %")
    again = Run.of_model(7, model)
    assert again is not None
    assert (again.name, again.recipe, again.data, again.seconds) == ("my run", run.recipe, "bars", 2.0)
    assert again.points == run.points
    assert again.marks == run.marks
    assert again.latest is not None
    np.testing.assert_array_equal(again.latest.parameters, run.latest.parameters)


def test_long_curves_hold_up_no_other_thread_while_they_are_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[str] = []

    def read(text: str) -> float:
        numbers.append(text)
        return float(text)

    monkeypatch.setattr(json_text, "_LONG", 0)  # so that those of this run are
    monkeypatch.setattr(json_text, "_float", read)
    assert run.latest is not None
    assert Run.of_model(7, run.model(run.latest, run.points[-1]))
    assert str(run.points[-1].accuracy) in numbers
    numbers.clear()
    run_file.save(tmp_path / "run", run)
    run_file.load(tmp_path / "run")
    assert str(run.points[-1].epochs) in numbers


def test_the_network_of_an_earlier_epoch_comes_with_the_curves_up_to_there(run: Run) -> None:
    again = Run.of_model(2, run.model(run.networks[2], run.exact(2)))
    assert again is not None
    assert again.epochs == 2


@pytest.mark.parametrize("made", [{}, {"recipe": "{}"}, {"name": "mine", "curves": "[]"}], ids=str)
def test_a_file_that_tells_of_no_run_is_no_run(made: dict[str, str]) -> None:
    assert Run.of_model(1, Model(Network([784, 10], seed=0), Provenance.of(made))) is None


@pytest.mark.parametrize(
    "made",
    [{"recipe": "{}", "curves": "[]", "epochs": "1"},
     {"recipe": "{}", "curves": '{"points": [[1, 2]], "marks": [], "seconds": 0, "data": ""}', "epochs": "1"},
     {"recipe": "{}", "curves": f'{{"points": [], "marks": [], "seconds": {10**400}, "data": ""}}', "epochs": "1"},
     {"recipe": "{}", "curves": "[" * 100_000, "epochs": "1"},
     {"recipe": "[" * 100_000, "curves": "[]", "epochs": "1"},
     {"recipe": '{"eta": -1}', "curves": '{"points": [], "marks": [], "seconds": 0, "data": ""}', "epochs": "1"}],
    ids=lambda made: str(made)[:80],
)  # fmt: skip
def test_a_run_that_cannot_be_shown_is_told(made: dict[str, str]) -> None:
    """In words of this program: a number that is too large, or none, is told in Python's own otherwise."""
    with pytest.raises(ModelError) as told:
        Run.of_model(1, Model(Network([784, 10], seed=0), Provenance.of({"name": "mine", **made})))
    begins = "The settings and curves that come with mine cannot be shown"
    reasons = " (not the settings of a run: ", " (Learning rate η: ", ": the curves are damaged."
    assert str(told.value).startswith(tuple(begins + reason for reason in reasons))


def test_the_kind_of_the_digits_comes_with_the_file_whatever_they_are_called(run: Run) -> None:
    run.data = "MNIST"  # a folder's name
    assert run.latest is not None
    again = Run.of_model(2, run.model(run.latest, run.points[-1]))
    assert again is not None
    assert again.kind is Kind.OTHER


def test_a_setting_that_is_changed_very_often_leaves_few_marks(run: Run) -> None:
    run.marks.clear()
    for i in range(1000):
        run.mark(i / 250, f"Learning rate η {i}")
    assert len(run.marks) <= 200
    assert run.marks[-1] == Mark(999 / 250, "Learning rate η 999")
    assert run.marks == sorted(run.marks)


def test_the_file_of_a_very_long_run_holds_the_ends_of_its_epochs(run: Run) -> None:
    run.points = [Point(i / 3, 0.5, 0.1, 0.5, 0.1, i % 3 == 0) for i in range(30_001)]
    again = Run.of_model(2, run.model(run.networks[4], run.points[-1]))
    assert again is not None
    assert again.points == [point for point in run.points if point.exact]


def test_a_name_that_is_no_text_is_saved_as_far_as_it_is_one(run: Run, tmp_path: Path) -> None:
    run.name = run.data = "half a letter \ud83d"
    assert run.latest is not None
    model_file.save(tmp_path / "run.safetensors", run.model(run.latest, run.points[-1]))
    again = Run.of_model(2, model_file.load(tmp_path / "run.safetensors"))
    assert again is not None
    assert again.name == "half a letter ?"


@pytest.mark.parametrize("blank", ["", " \n\u202e"])
def test_digits_of_which_a_file_has_no_name_have_one_in_sentences(run: Run, blank: str) -> None:
    run.data = blank
    assert run.latest is not None
    again = Run.of_model(1, run.model(run.latest, run.points[-1]))
    assert again is not None
    assert again.data == "unnamed digits"
    assert " % on unnamed digits' " in again.model(run.latest, again.points[-1]).provenance.accuracy


def test_what_the_test_set_said_of_the_chosen_epoch_is_in_its_file(run: Run) -> None:
    run.recipe, run.tested = replace(run.recipe, held_out=VALIDATION), OnTestSet(2.0, 0.875)
    model = run.model(run.networks[2], run.exact(2))
    assert model.provenance.accuracy == "87.50 % on bars' test set, of the epoch chosen on validation digits"
    again = Run.of_model(1, model)
    assert again is not None
    assert again.tested == run.tested


@pytest.mark.parametrize("figures", [".10g", "g"])  # of files, and of those of before
@pytest.mark.parametrize("last", [7 / 3, 8 / 3])  # a text of few figures is less, or more
def test_what_was_measured_within_an_epoch_is_known_again(run: Run, last: float, figures: str) -> None:
    epochs = (0.0, 1.0, 4 / 3, last)
    run.points = [point._replace(epochs=at) for point, at in zip(run.points, epochs, strict=False)]
    run.recipe, run.tested = replace(run.recipe, held_out=VALIDATION), OnTestSet(last, 0.875)
    assert run.latest is not None
    model = run.model(run.latest, run.points[-1])
    again = Run.of_model(1, Model(model.network, replace(model.provenance, epochs=f"{last:{figures}}")))
    assert again is not None
    assert (again.points, again.tested, again.at) == (run.points, run.tested, last)
    assert again.model(run.latest, again.points[-1]).provenance == model.provenance


def test_a_mini_batch_after_a_measurement_is_no_measurement(run: Run) -> None:
    run.points = [point._replace(epochs=200 + point.epochs) for point in run.points]
    assert run.latest is not None
    model = run.model(run.latest, run.points[-1], run.epochs + 1 / 6000)
    again = Run.of_model(1, model)
    assert again is not None
    assert (again.points, again.at) == (run.points, float(model.provenance.epochs))
    assert again.at > run.epochs
    assert again.model(run.latest, again.points[-1], again.at).provenance == model.provenance


def test_another_epoch_is_not_said_to_be_measured_on_the_test_set(run: Run) -> None:
    run.recipe, run.tested = replace(run.recipe, held_out=VALIDATION), OnTestSet(2.0, 0.875)
    point = run.exact(1)
    assert point is not None
    model = run.model(run.networks[1], point)
    assert model.provenance.accuracy == f"{100 * point.accuracy:.2f} % on bars' validation digits"
    again = Run.of_model(1, model)
    assert again is not None
    assert again.tested is None


@pytest.mark.parametrize("tested", ["[1]", "[1, 2]", '"x"', "[NaN, 0.5]", "5", '{"a": 1, "b": 2}'])
def test_what_cannot_be_of_a_test_set_is_told(tested: str) -> None:
    curves = f'{{"points": [], "marks": [], "seconds": 0, "data": "", "tested": {tested}}}'
    with pytest.raises(ModelError, match="cannot be shown"):
        Run.of_model(
            1, Model(Network([784, 10], seed=0), Provenance.of({"recipe": "{}", "curves": curves, "epochs": "1"}))
        )


def test_the_chosen_epoch_is_the_best_whose_weights_are_kept(run: Run) -> None:
    best = run.best
    assert best is not None
    assert run.chosen == best
    del run.networks[best.epochs]
    assert run.chosen is not None
    assert run.chosen.epochs in run.networks
    run.networks.clear()
    assert run.chosen is None


MATERIAL = Material(600, 3, "0123456789abcdef")


def test_how_many_own_drawings_there_were_is_in_its_file(run: Run) -> None:
    run.recipe, run.material = replace(run.recipe, own=True), MATERIAL
    model = run.model(run.networks[2], run.exact(2))
    assert model.provenance.data == "bars, 597 training images and 3 own drawings"
    again = Run.of_model(1, model)
    assert again is not None
    assert (again.material, again.source) == (MATERIAL, run.source)
    run.material = None  # as in files of before
    before = run.model(run.networks[2], run.exact(2))
    assert before.provenance.data == "bars, 600 training images and own drawings"
    unknown = Run.of_model(1, before)
    assert unknown is not None
    assert unknown.source != replace(unknown, number=2).source


def test_the_rates_that_were_set_last_are_in_its_file(run: Run) -> None:
    run.rates = {"eta": 1 / 3, "momentum": 0.9}
    again = Run.of_model(1, run.model(run.networks[4], run.exact(4)))
    assert again is not None
    assert (again.recipe, again.rates) == (run.recipe, run.rates)
    assert again.recipe_now == replace(run.recipe, eta=1 / 3, momentum=0.9)


@pytest.mark.parametrize(
    "rates", ["5", "null", '"eta"', '["eta"]', '{"eta": 0}', '{"eta": NaN}', '{"momentum": 1}', '{"l2": "x"}']
)
def test_what_cannot_be_rates_is_told(rates: str) -> None:
    curves = f'{{"points": [], "marks": [], "seconds": 0, "data": "", "rates": {rates}}}'
    with pytest.raises(ModelError, match="cannot be shown"):
        Run.of_model(
            1, Model(Network([784, 10], seed=0), Provenance.of({"recipe": "{}", "curves": curves, "epochs": "1"}))
        )


def test_digits_of_another_set_by_the_same_name_are_not_those_it_learned_from(run: Run) -> None:
    others = digits(training=700)
    assert run.is_of(digits())
    assert not run.is_of(others)
    assert not run.is_of(replace(digits(), test=others.training))
    assert run.material
    run.material = run.material._replace(own=3)  # beside own drawings, which are in no set
    assert run.is_of(others)
    run.material = None  # of a run of before nobody knows
    assert run.is_of(others)


@pytest.mark.parametrize("own", [True, False])
def test_files_that_do_not_say_how_many_drawings_there_were_open_as_before(run: Run, own: bool) -> None:
    drawn = 3 if own else 0
    run.recipe = replace(run.recipe, own=own, train_on=597)
    run.material = Material(597 + drawn, drawn, "0123456789abcdef")
    model = run.model(run.networks[2], run.exact(2))
    curves = json.loads(model.provenance.curves)
    curves["material"] = [curves["material"][0], curves["material"][2]]
    before = Model(model.network, replace(model.provenance, curves=json.dumps(curves)))
    again = Run.of_model(1, before)
    assert again is not None
    assert again.material == run.material


@pytest.mark.parametrize(
    "material",
    [
        "[1]",
        '[1, "no number"]',
        '[-1, 0, "00"]',
        '[1, 2, "00"]',
        '[1, 0, "no number"]',
        "[1, 0, 2]",
        "5",
        '"x"',
        '[NaN, 0, "00"]',
    ],
)
def test_what_cannot_be_of_any_digits_is_told(material: str) -> None:
    curves = f'{{"points": [], "marks": [], "seconds": 0, "data": "", "material": {material}}}'
    with pytest.raises(ModelError, match="cannot be shown"):
        Run.of_model(
            1, Model(Network([784, 10], seed=0), Provenance.of({"recipe": "{}", "curves": curves, "epochs": "1"}))
        )


def test_where_a_run_goes_on_with_other_images_is_marked(run: Run) -> None:
    network, point = run.networks[4], run.points[-1]
    run.material, run.marks = MATERIAL, []
    run.add(Measurement(point, network, material=MATERIAL))
    assert run.marks == []
    run.add(Measurement(point, network, material=MATERIAL._replace(fingerprint="fedcba9876543210")))
    assert run.marks == [Mark(4.0, "other images")]
    run.material, run.marks = None, []  # of a run of before nobody knows
    run.add(Measurement(point, network, material=MATERIAL))
    assert (run.material, run.marks) == (None, [])
