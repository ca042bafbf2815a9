"""The page that tells what was done."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Kind
from digitpad.explore.chapter import Idea
from digitpad.explore.task import Task
from digitpad.gui.explore.exercise_card import ExerciseCard
from digitpad.gui.explore.summary.page import SummaryPage
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.progress import Contents, Progress
from digitpad.gui.services.session import Session
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import FOUR, VALIDATION
from digitpad.train.untried import untried
from tests.gui.explore.stage import on_stage, without_digits


def a_run(number: int, recipe: Recipe, accuracy: float) -> Run:
    return Run(number, recipe, "MNIST", points=[Point(1.0, accuracy, 0.1, accuracy, 0.1, True)])


def test_the_page_tells_the_chapter_and_what_was_done(qapp: QApplication, qtbot: QtBot) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    preferences = Preferences()
    preferences.done_tasks, preferences.solved_exercises = frozenset({"Perceptron", "Cost"}), frozenset({"one"})
    task = Task("do it", "it is done")
    one, two = Contents((task,), ("one",)), Contents((task,), ("two",))
    pages = {Idea.PERCEPTRON: one, Idea.COST: two, Idea.DESCENT: Contents((task,))}
    shared = replace(without_digits(session, preferences), progress=Progress(preferences, pages))
    page = on_stage(SummaryPage(shared), qtbot, 860, 600)
    lines = page.chapter.text.splitlines()
    assert any(line.startswith("✓  Perceptron") for line in lines)
    assert any(line.startswith("◐  Cost") for line in lines)
    assert any(line.startswith("·  Descent: one variable") for line in lines)
    assert "2 of 3 tasks done, 1 of 2 exercises solved" in page.formula.text()
    cost = next(label for label in page.chapter.labels if "Cost" in label.text())
    assert cost.place("Cost") == ToPage(Idea.COST)


def test_what_was_trained_is_told_and_what_was_not_is_set_up(qapp: QApplication, qtbot: QtBot) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    page = on_stage(SummaryPage(without_digits(session)), qtbot, 860, 600)
    assert "Nothing yet" in page.trained.text
    idea = untried([])[0]
    with qtbot.waitSignal(session.ways.wanted) as went:
        page.untried.labels[0].linkActivated.emit("0")
    assert went.args == [ToTrain(idea.recipe)]
    page.hide()
    session.trainer.runs += [a_run(1, Recipe(), 0.95), a_run(2, replace(Recipe(), hidden=(100,)), 0.96)]
    page.show()
    assert "one run each tells too little" in page.compared.text
    assert "100 hidden neurons" not in page.untried.text
    assert not page.done
    page.hide()
    for seed in (1, 2):
        session.trainer.runs += [
            a_run(2 * seed + 1, replace(Recipe(), seed=seed), 0.95),
            a_run(2 * seed + 2, replace(Recipe(), hidden=(100,), seed=seed), 0.96),
        ]
    with qtbot.waitSignal(page.shared.progress.changed):
        page.show()
    assert "Hidden layers 100 instead of 30: 1.00 points better: 96.00 %" in page.compared.text
    told = "784-30-10 · η 3 · m 10, MNIST: 95.00 % (95.00 to 95.00, 3 seeds) of the test digits after 1 epoch."
    assert told in page.trained.text


def test_of_hundreds_of_runs_the_newest_are_told_and_where_the_others_are(qapp: QApplication, qtbot: QtBot) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    etas = [round(0.01 * number, 2) for number in range(1, 301)]
    session.trainer.runs += [a_run(number, replace(Recipe(), eta=eta), 0.9) for number, eta in enumerate(etas, 1)]
    page = on_stage(SummaryPage(without_digits(session)), qtbot, 860, 600)
    *newest, last = page.trained.text.splitlines()
    assert [line.split()[0] for line in newest] == [str(number) for number in range(289, 301)]
    assert last.split() == ["Train", "288", "earlier", "runs", "are", "listed", "there."]
    with qtbot.waitSignal(session.ways.wanted) as went:
        page.trained.labels[-1].linkActivated.emit("0")
    assert went.args == [ToTrain()]
    assert "η 3 instead of 2.99" in page.compared.text


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.BUILT_IN},
        {"recipe": Recipe(hidden=(), held_out=VALIDATION)},
        {"recipe": Recipe(hidden=(), outputs=FOUR)},
        {"recipe": Recipe()},
    ],
    ids=["digits", "validation", "bits", "hidden layer"],
)
def test_the_exercise_without_hidden_layer_takes_an_own_figure_of_what_it_asks_for_alone(
    qapp: QApplication, qtbot: QtBot, other: dict[str, Any]
) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    asked = replace(a_run(1, Recipe(hidden=()), 0.86), kind=Kind.MNIST)
    page = on_stage(SummaryPage(without_digits(session)), qtbot, 860, 900)
    session.trainer.runs.append(replace(asked, **other))
    card = page.findChild(ExerciseCard)
    assert card is not None
    card.set_open(True)
    box, verdict = card.findChild(QLineEdit), card.answers[0].verdict
    assert box is not None
    QTest.keyClicks(box, "86\r")
    assert verdict.text().startswith("<b>✗ Not so.</b>")
    session.trainer.runs.append(asked)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert "So did your own: 86.00 %" in verdict.text()
