"""A run of training: measurements, their repeatability, going on, and trouble put in words."""

from dataclasses import replace

import numpy as np
import pytest

from digitpad.errors import DataError, TrainingError
from digitpad.nn.binary import TARGETS
from digitpad.nn.evaluation import evaluate
from digitpad.nn.training import Progress
from digitpad.train.experiment import Experiment, Measurement, Point, Start
from digitpad.train.recipe import Recipe
from digitpad.train.settings import ALL, FOUR, VALIDATION
from tests.digits import a_set, digits

DIGITS = digits()
RECIPE = Recipe(train_on=600, epochs=3)


def measurements(experiment: Experiment) -> list[Measurement]:
    with np.errstate(all="ignore"):
        return [event for event in experiment.events() if isinstance(event, Measurement)]


def points(experiment: Experiment) -> list[Point]:
    return [measurement.point for measurement in measurements(experiment)]


def test_it_learns_and_measures_before_within_and_after_each_epoch() -> None:
    experiment = Experiment(RECIPE, DIGITS)
    made = points(experiment)
    assert experiment.done
    assert [p.epochs for p in made if p.exact] == [0, 1, 2, 3]
    assert sum(0 < p.epochs < 1 for p in made) == 9
    assert made[0].accuracy < 0.3
    assert made[-1].accuracy > 0.8
    assert made[-1].cost < made[0].cost


def test_the_exact_points_are_what_the_network_gives() -> None:
    experiment = Experiment(RECIPE, DIGITS)
    last = measurements(experiment)[-1]
    said = evaluate(experiment.network, DIGITS.test.images, DIGITS.test.labels)
    assert last.point.accuracy == said.accuracy
    assert last.point.cost == pytest.approx(said.cost)
    assert last.evaluation is not None
    np.testing.assert_array_equal(last.evaluation.predictions, said.predictions)
    np.testing.assert_array_equal(last.network.parameters, experiment.network.parameters)
    training = evaluate(experiment.network, DIGITS.training.images, DIGITS.training.labels)
    assert last.point.training_accuracy == training.accuracy  # 600 images: all of them


def test_points_within_an_epoch_are_close_to_the_truth() -> None:
    many = digits(3000, 4000)
    for made in measurements(Experiment(Recipe(train_on=3000, epochs=2), many)):
        truth = evaluate(made.network, many.test.images, many.test.labels)
        assert made.point.accuracy == pytest.approx(truth.accuracy, abs=0.03)


def test_the_same_seed_gives_the_same_curves_to_the_bit() -> None:
    recipe = replace(RECIPE, deform=True, momentum=0.5, l2=1e-4)
    assert points(Experiment(recipe, DIGITS)) == points(Experiment(recipe, DIGITS))
    assert points(Experiment(recipe, DIGITS)) != points(Experiment(replace(recipe, seed=1), DIGITS))


def test_stopping_anywhere_and_going_on_changes_nothing() -> None:
    whole = points(Experiment(RECIPE, DIGITS))
    experiment, made = Experiment(RECIPE, DIGITS), []
    while not experiment.done:
        for i, event in enumerate(experiment.events()):
            if isinstance(event, Measurement):
                made.append(event.point)
            if i == 6:
                break  # leaves the generator behind, even in the middle of a measurement
    assert made == whole


def test_more_epochs_are_the_same_as_having_asked_for_them() -> None:
    experiment = Experiment(replace(RECIPE, epochs=2, momentum=0.9, eta=0.3), DIGITS)
    made = points(experiment)
    assert experiment.done
    experiment.extend(1)
    assert not experiment.done
    made += points(experiment)
    assert made == points(Experiment(replace(RECIPE, epochs=3, momentum=0.9, eta=0.3), DIGITS))


def test_rates_may_be_changed_on_the_way() -> None:
    changed, plain = Experiment(RECIPE, DIGITS), Experiment(RECIPE, DIGITS)
    for event in changed.events():
        if isinstance(event, Progress) and event.epoch == 2:
            changed.change(eta=1e-9)
            break
    before = changed.network.copy()
    points(changed)
    np.testing.assert_allclose(changed.network.parameters, before.parameters, atol=1e-6)
    points(plain)
    assert np.abs(plain.network.parameters - before.parameters).max() > 1e-3


def test_what_is_changed_before_it_begins_counts_from_the_first_step() -> None:
    changed = Experiment(RECIPE, DIGITS)
    changed.change(eta=0.5, momentum=0.3)
    changed.extend(2)
    assert points(changed) == points(Experiment(replace(RECIPE, eta=0.5, momentum=0.3, epochs=2), DIGITS))


def test_a_rate_that_cannot_be_is_refused_and_nothing_changes() -> None:
    experiment = Experiment(RECIPE, DIGITS)
    before = experiment.config
    with pytest.raises(ValueError, match="momentum"):
        experiment.change(momentum=1.0)
    assert experiment.config is before


def test_going_on_from_a_network_counts_its_epochs() -> None:
    first = Experiment(RECIPE, DIGITS)
    points(first)
    later = Experiment(replace(RECIPE, epochs=2), DIGITS, start=Start(3.0, first.network))
    made = points(later)
    assert [p.epochs for p in made if p.exact] == [3, 4, 5]
    assert made[0].accuracy == evaluate(first.network, DIGITS.test.images, DIGITS.test.labels).accuracy
    assert not np.shares_memory(first.network.parameters, later.network.parameters)


def test_own_drawings_are_learned_too() -> None:
    recipe = replace(RECIPE, own=True, mini_batch_size=ALL, epochs=1)
    experiment = Experiment(recipe, DIGITS, lambda: a_set(5, 3))
    (material,) = {measurement.material for measurement in measurements(experiment)}
    assert experiment.progress is not None
    assert experiment.progress.n == 605
    assert material is not None
    assert (material.images, material.own) == (605, 5)
    others = measurements(Experiment(recipe, DIGITS, lambda: a_set(5, 4)))[0].material
    assert others is not None
    assert others.images == 605
    assert others != material


def test_a_large_mini_batch_is_taken_in_pieces() -> None:
    many = digits(4000, 100)
    experiment = Experiment(Recipe(train_on=4000, mini_batch_size=ALL, epochs=2, hidden=(100,)), many)
    steps = [event for event in experiment.events() if isinstance(event, Progress)]
    assert [step.updated for step in steps] == [False, False, False, True] * 2
    assert {step.mini_batches for step in steps} == {1}


def test_no_warning_for_a_run_that_learns() -> None:
    assert not [m.warning for m in measurements(Experiment(RECIPE, DIGITS)) if m.warning]


def test_numbers_beyond_all_bounds_end_the_run_and_the_last_good_weights_are_kept() -> None:
    experiment = Experiment(replace(RECIPE, epochs=5), DIGITS)
    for event in experiment.events():
        if isinstance(event, Measurement) and event.point.epochs == 1:
            good = event.network.parameters.copy()
        if isinstance(event, Progress) and event.epoch == 2 and event.mini_batch == 3:
            break
    experiment.network.weights[0][0, 0] = np.inf
    with pytest.raises(TrainingError, match="Learning rate 3 is too large"):
        measurements(experiment)
    np.testing.assert_array_equal(experiment.network.parameters, good)
    assert experiment.network.finite


def test_relu_neurons_can_run_away_for_real() -> None:
    recipe = Recipe(train_on=600, activation="relu", eta=1000.0, hidden=(50, 50, 50), epochs=30, momentum=0.999)
    experiment = Experiment(replace(recipe, cost="cross-entropy", mini_batch_size=1), DIGITS)
    with pytest.raises(TrainingError, match="Learning rate 1000 is too large"):
        measurements(experiment)
    assert experiment.network.finite


def test_digits_that_do_not_suffice_are_told() -> None:
    with pytest.raises(DataError, match="leaves no validation digits"):
        list(Experiment(replace(RECIPE, held_out=VALIDATION), DIGITS).events())


def test_more_images_asked_for_than_there_are_means_all() -> None:
    recipe = Recipe(train_on=50_000, mini_batch_size=ALL, epochs=2)
    experiment = Experiment(recipe, DIGITS)
    list(experiment.events())
    assert experiment.progress is not None
    assert (experiment.progress.n, experiment.progress.mini_batches) == (600, 1)


def test_four_outputs_learn_the_bits_and_the_nearest_digit_is_the_answer() -> None:
    experiment = Experiment(replace(RECIPE, outputs=FOUR, epochs=8), DIGITS)
    last = measurements(experiment)[-1]
    assert last.network.sizes == (784, 30, 4)
    assert last.point.accuracy > 0.7
    outputs = last.network.feedforward(DIGITS.test.images)
    nearest = ((outputs[:, None] - TARGETS) ** 2).sum(axis=-1).argmin(axis=1)
    assert last.evaluation is not None
    np.testing.assert_array_equal(last.evaluation.predictions, nearest)
    assert last.point.accuracy == np.mean(nearest == DIGITS.test.labels)
    wanted = TARGETS[DIGITS.test.labels]
    assert last.point.cost == pytest.approx(0.5 * ((outputs - wanted) ** 2).sum(axis=1).mean(), rel=1e-5)
