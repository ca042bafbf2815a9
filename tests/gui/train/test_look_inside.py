"""What a run's network misreads, and the way back in time, which changes nothing in use."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Dataset
from digitpad.gui.train import look_inside
from digitpad.gui.train.mistakes import MistakesView
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.evaluation import Evaluation, evaluate, evaluation_steps
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.training import RECIPE, begin, press, train


def test_a_cell_opens_the_images_behind_it_each_with_what_it_is_read_as_and_how_surely(
    tab: TrainTab, qtbot: QtBot
) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    inside = tab.inside
    counts, said = inside.confusion.counts, inside.evaluation
    assert counts is not None
    assert said is not None
    wrong = counts - np.diag(np.diag(counts))
    digit, answer = (int(i) for i in np.unravel_index(wrong.argmax(), wrong.shape))
    cell = inside.confusion.cell(digit, answer).center().toPoint()
    QTest.mouseClick(inside.confusion, Qt.MouseButton.LeftButton, pos=cell)
    assert inside.pages.currentWidget() is inside.mistakes
    mistakes = inside.mistakes
    assert mistakes.gallery.count() == wrong.max()
    assert mistakes.heading.text().startswith(f"{digit} read as {answer}: {wrong.max()} image")
    first = int(np.flatnonzero((said.labels == digit) & (said.predictions == answer))[said.margins[
        (said.labels == digit) & (said.predictions == answer)].argmin()])  # fmt: skip
    words = mistakes.gallery.model().index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert words == f"{digit}, read as {answer} ({said.largest[first]:.2f})"
    QTest.mouseClick(mistakes.all, Qt.MouseButton.LeftButton)
    assert mistakes.gallery.count() == wrong.sum()
    assert mistakes.heading.text().startswith(f"{wrong.sum()} mistakes")


def test_the_worst_mistake_comes_first(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    answers = tab.inside.evaluation
    assert answers is not None
    with qtbot.waitSignal(tab.inside.mistakes.picked) as picked:
        tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    assert picked.args is not None
    assert answers.margins[picked.args[0]] == answers.margins.min()


def test_of_some_thousands_of_mistakes_the_worst_are_shown_and_all_are_counted(qtbot: QtBot) -> None:
    images = np.random.default_rng(0).integers(0, 256, (2000, 784), dtype=np.uint8)
    digits = Dataset(images, (np.arange(2000) % 10).astype(np.uint8))
    said = evaluate(Network([784, 10], seed=1), digits.images / 255, digits.labels)
    view = MistakesView()
    qtbot.addWidget(view)
    view.show_answers(said, digits)
    assert view.gallery.count() == 1000
    assert view.heading.text().startswith(f"{len(said.mistakes()):,} mistakes, the worst 1,000 shown")
    with qtbot.waitSignal(view.picked) as picked:
        view.gallery.clicked.emit(view.gallery.model().index(0, 0))
    assert picked.args is not None
    assert said.margins[picked.args[0]] == said.margins.min()
    view.show_cell((3, int(said.predictions[3])))
    assert "shown" not in view.heading.text()


def test_of_some_thousands_of_images_that_are_read_alike_no_more_are_shown_either(qtbot: QtBot) -> None:
    digits = Dataset(np.zeros((2000, 784), dtype=np.uint8), np.full(2000, 3, dtype=np.uint8))
    said = evaluate(Network([784, 10], seed=1), digits.images / 255, digits.labels)
    view = MistakesView()
    qtbot.addWidget(view)
    view.show_answers(said, digits)
    answer = int(said.predictions[0])
    view.show_cell((3, answer))
    assert view.gallery.count() == 1000
    assert view.heading.text() == f"3 read as {answer}: 2,000 images, 1,000 of them shown"


def test_of_a_set_of_the_same_name_with_other_digits_no_mistake_is_shown(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(RECIPE, epochs=1))
    inside = tab.inside
    there = inside.mistakes.gallery.count()
    held_out = inside.mistakes.held_out
    assert held_out is not None
    inside.show_run(run, held_out[:3])
    assert inside.mistakes.gallery.count() == 0
    inside.mistakes.gallery.grab()
    inside.show_run(run, held_out)
    assert inside.mistakes.gallery.count() == there > 0


def test_looking_back_shows_an_earlier_network_and_changes_nothing_in_use(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    before = window.session.model
    run = train(qtbot, tab)
    inside, bar = tab.inside, tab.look_bar
    now = inside.confusion.counts
    assert bar.heading.text() == "Look inside #1 after epoch 3"
    tab.plots.setFocus()
    with qtbot.waitSignal(inside.shown):
        for _ in range(2):
            QTest.keyClick(tab.plots, Qt.Key.Key_Left)
    assert bar.heading.text() == "Look inside #1 after epoch 1"
    assert tab.plots.epoch_line.epochs == 1
    assert window.session.shown.network is run.networks[1]
    assert window.session.model is before
    assert inside.evaluation is not None
    point = run.exact(1)
    assert point is not None
    assert inside.evaluation.accuracy == point.accuracy
    assert not np.array_equal(inside.confusion.counts, now)  # type: ignore[arg-type]
    press(tab, "look_at_last")
    np.testing.assert_array_equal(inside.confusion.counts, now)
    assert window.session.shown.epochs is None
    assert window.session.model is before


def test_the_best_epoch_is_looked_at_and_then_used(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(RECIPE, epochs=4))
    best = window.session.shown.best
    assert best == max(run.networks, key=lambda at: run.exact(at).accuracy)  # type: ignore[union-attr]
    window.session.shown.look_at(0)
    assert tab.look_bar.best.text() == f"Best: epoch {best:g}"
    assert tab.look_bar.last.text() == "Last: 4"
    press(tab, "look_at_best")
    assert tab.plots.epoch_line.epochs == best
    press(tab, "use")
    assert window.session.model.network is (run.latest if best == 4 else run.networks[best])
    assert not tab.commands.use.isEnabled()  # it is in use already
    assert window.status.report.text() == f"The Draw tab reads with run #1 at epoch {best:g} from now on."
    window.session.shown.look_at(0)
    assert tab.commands.use.isEnabled()


def test_the_line_is_dragged_to_epochs_that_are_kept(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", -1)  # a hundred a second: no test is as slow as a hand
    train(qtbot, tab)
    plots = tab.plots
    box = plots.accuracy.getViewBox()

    def place(epochs: float) -> QPoint:
        at: QPoint = plots.mapFromScene(box.mapViewToScene(QPointF(epochs, 60)))
        return at

    viewport = plots.viewport()
    hands.hover(viewport, place(3).toPointF())
    hands.press(viewport, place(3).toPointF())
    for epochs in (2.8, 2.4, 1.9, 1.4, 1.2):
        hands.move(viewport, place(epochs).toPointF())
    hands.release(viewport, place(1.2).toPointF())
    assert plots.epoch_line.epochs == 1
    assert window.session.shown.epochs == 1


def test_looking_back_is_not_disturbed_by_training(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    shown = window.session.shown
    qtbot.waitUntil(lambda: len(run.networks) > 3)
    with qtbot.waitSignal(tab.inside.shown):
        shown.look_at(1)
    epochs = shown.epochs
    qtbot.waitUntil(lambda: len(run.networks) > 6)
    assert shown.epochs == epochs


def test_without_a_run_the_network_in_use_is_looked_into(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    assert tab.look_bar.heading.text() == "Look inside the network in use"
    qtbot.waitUntil(lambda: tab.inside.evaluation is not None)
    assert window.digits.current
    test = window.digits.current.test
    said = evaluate(window.session.model.network, test.images, test.labels)
    np.testing.assert_array_equal(tab.inside.evaluation.predictions, said.predictions)  # type: ignore[union-attr]
    tab.inside.tabs.setCurrentIndex(2)
    assert tab.inside.neurons.count == window.session.model.network.sizes[1]


def test_nothing_that_happens_changes_the_least_size(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    sizes = {(window.minimumSizeHint().toTuple())}

    def look() -> None:
        for page in range(3):
            tab.inside.tabs.setCurrentIndex(page)
            sizes.add(window.minimumSizeHint().toTuple())

    look()
    run = train(qtbot, tab, replace(RECIPE, epochs=2))
    look()
    tab.trainer.rename(run, "a name that goes on and on " * 9)
    look()
    window.session.shown.look_at(0)
    look()
    press(tab, "use")
    tab.form.open_only(frozenset(tab.form.sections))
    look()
    tab.form.show_recipe(RECIPE)
    train(qtbot, tab, replace(RECIPE, epochs=1, eta=1000.0))
    look()
    assert len(sizes) == 1
    assert tab.findChild(QToolButton, "use") is not None


def test_the_network_in_use_is_looked_into_anew_where_it_changed_meanwhile(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: tab.inside.evaluation is not None)
    before = tab.inside.evaluation
    window.tabs.setCurrentWidget(window.draw)
    window.session.use(Model(Network([784, 10], seed=1)))
    with qtbot.waitSignal(tab.inside.shown):
        window.tabs.setCurrentWidget(window.tabs.train_page)
    assert tab.inside.evaluation is not before


def test_a_run_that_was_not_measured_here_is_measured_once(
    tab: TrainTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = train(qtbot, tab), train(qtbot, tab)
    run.evaluation = None  # as at the next start
    times = []

    def counted(*arguments: Any) -> Generator[None, None, Evaluation]:
        times.append(1)
        return evaluation_steps(*arguments)

    monkeypatch.setattr(look_inside, "evaluation_steps", counted)
    with qtbot.waitSignal(tab.inside.shown):
        tab.runs.select(run)
    tab.inside.close_down()
    assert len(times) == 1


def test_a_tab_that_comes_later_has_its_line_where_the_run_is_looked_at(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    run = train(qtbot, tab)
    window.session.shown.show(run, 1.0)
    later = TrainTab(window.session, window.digits, window.preferences)
    qtbot.addWidget(later, before_close_func=TrainTab.close_down)
    assert later.plots.epoch_line.epochs == 1


def test_where_there_is_little_room_the_heading_still_tells_which_run_and_epoch(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab)
    window.resize(952, 520)
    QApplication.processEvents()
    heading = tab.look_bar.heading
    assert heading.text() == "Look inside #1 after epoch 3"
    assert heading.shown in ("Look inside #1 after epoch 3", "#1 after epoch 3")
    heading.setFixedWidth(heading.fontMetrics().horizontalAdvance("#1 after epoch 3"))
    assert heading.shown == "#1 after epoch 3"
