"""The page that tells what was done."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.summary.page import SummaryPage
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from tests.gui.explore.stage import on_stage, without_digits


def a_run(number: int, recipe: Recipe, accuracy: float) -> Run:
    return Run(number, recipe, "MNIST", points=[Point(1.0, accuracy, 0.1, accuracy, 0.1, True)])


def test_the_page_tells_what_was_trained_and_tried(qapp: QApplication, qtbot: QtBot) -> None:
    session = Session(model_file.load(DEFAULT_NETWORK))
    preferences = Preferences()
    preferences.opened_pages, preferences.done_tasks = frozenset({"Perceptron", "Cost"}), frozenset({"Cost"})
    shared = without_digits(session, preferences)
    page = on_stage(SummaryPage(shared), qtbot, 860, 600)
    assert "Nothing yet" in page.summary.text()
    assert "○ Perceptron<br>· Sigmoid neuron" in page.pages.text()
    assert "<br>✓ Cost" in page.pages.text()
    assert "1 of 9 tasks done" in page.formula.text()
    page.hide()
    session.trainer.runs += [a_run(1, Recipe(), 0.95), a_run(2, replace(Recipe(), hidden=(100,)), 0.96)]
    page.show()
    assert "one run each tells nothing" in page.summary.text()
    assert not page.done
    page.hide()
    for seed in (1, 2):
        session.trainer.runs += [
            a_run(2 * seed + 1, replace(Recipe(), seed=seed), 0.95),
            a_run(2 * seed + 2, replace(Recipe(), hidden=(100,), seed=seed), 0.96),
        ]
    with qtbot.waitSignal(page.task_done):
        page.show()
    assert "Hidden layers 100 instead of 30: 1.00 points better: 96.00 %" in page.summary.text()
