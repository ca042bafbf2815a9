"""The Train tab, used as a person would."""

import csv
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Kind
from digitpad.data.download import Download
from digitpad.errors import DataError
from digitpad.gui.app import make_window
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Settings
from digitpad.gui.services.trainer import State
from digitpad.gui.services.worker import Worker
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.theme import LIGHT
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.recipe import HELD_OUT, PRESETS, Recipe
from digitpad.train.runs import Run
from tests.digits import folder as make_folder
from tests.gui.train.conftest import RECIPE

LONG = replace(RECIPE, epochs=10_000)


def press(tab: TrainTab, name: str) -> None:
    button = tab.findChild(QToolButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def wait(qtbot: QtBot, tab: TrainTab, state: State) -> None:
    if tab.trainer.state is not state:
        qtbot.waitUntil(lambda: tab.trainer.state is state, timeout=20_000)


def train(qtbot: QtBot, tab: TrainTab, recipe: Recipe = RECIPE) -> Run:
    """Press Start and wait for the end; return the run."""
    tab.form.show_recipe(recipe)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    with qtbot.waitSignal(tab.refreshed):
        tab._schedule()
    assert tab.trainer.run is not None
    return tab.trainer.run


def begin(qtbot: QtBot, tab: TrainTab, recipe: Recipe = LONG) -> Run:
    """Press Start and wait until it learns."""
    tab.form.show_recipe(recipe)
    press(tab, "start")
    qtbot.waitUntil(lambda: bool(tab.trainer.run and tab.trainer.run.epochs > 0), timeout=20_000)
    assert tab.trainer.run is not None
    return tab.trainer.run


def field(tab: TrainTab, name: str) -> QLineEdit:
    found = tab.form.fields[name]
    assert isinstance(found, QLineEdit)
    return found


def type_into(tab: TrainTab, name: str, text: str) -> None:
    edit = field(tab, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


# Start to end


def test_start_trains_and_the_curves_arrive(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    assert run.epochs == 3
    curve = tab.plots.accuracy.listDataItems()[0]
    epochs, accuracies = curve.getData()
    assert list(epochs) == [point.epochs for point in run.points]
    np.testing.assert_allclose(accuracies, [100 * point.accuracy for point in run.points])
    assert tab.runs.rowCount() == 1
    best = run.best
    assert best is not None
    assert tab.runs.item(0, 2).text() == f"{100 * best.accuracy:.2f} %"  # type: ignore[union-attr]
    assert tab.results.confusion.counts is not None
    assert tab.results.confusion.counts.sum() == 200


def test_points_arrive_while_it_learns(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)

    def shown() -> int:
        epochs, _ = tab.plots.accuracy.listDataItems()[0].getData()
        return 0 if epochs is None else len(epochs)

    qtbot.waitUntil(lambda: shown() > 0)
    seen = shown()
    qtbot.waitUntil(lambda: shown() > seen)
    assert len(run.points) > seen


def test_pause_holds_step_adds_one_and_resume_goes_on(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    assert tab.start.text() == "Pause"
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    assert tab.start.text() == "Resume"
    experiment = tab.trainer._experiment
    assert experiment is not None
    assert experiment.progress is not None
    points, images = len(run.points), experiment.epochs
    with qtbot.assertNotEmitted(tab.trainer.advanced, wait=50):
        pass
    assert (len(run.points), experiment.epochs) == (points, images)
    press(tab, "step")  # takes the measurement, too, that may have been due when it was paused
    assert not tab.step.isEnabled()
    wait(qtbot, tab, State.PAUSED)
    points, progress = len(run.points), experiment.progress
    press(tab, "step")
    wait(qtbot, tab, State.PAUSED)
    assert len(run.points) == points + 1
    assert (experiment.progress.epoch - progress.epoch) * 60 + experiment.progress.mini_batch - progress.mini_batch == 1
    press(tab, "epoch")
    wait(qtbot, tab, State.PAUSED)
    assert run.points[-1].exact
    assert run.epochs == int(run.epochs)
    press(tab, "start")
    epochs = run.epochs
    qtbot.waitUntil(lambda: run.epochs > epochs + 1)
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_step_begins_a_run_that_waits(tab: TrainTab, qtbot: QtBot) -> None:
    press(tab, "step")
    wait(qtbot, tab, State.PAUSED)
    assert tab.trainer.run is not None
    assert [point.epochs for point in tab.trainer.run.points] == [0, 10 / 600]
    press(tab, "stop")
    assert tab.trainer.state is State.IDLE


def test_stop_then_continue_adds_epochs_to_the_same_run(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    press(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert len(tab.trainer.runs) == 1
    assert run.epochs == 6
    straight = train(qtbot, tab, replace(RECIPE, epochs=6))
    assert [p for p in straight.points if p.exact] == [p for p in run.points if p.exact]


def test_an_earlier_run_can_be_continued_too(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, hidden=(5,)))
    tab.runs.selectRow(1)
    assert tab.runs.current is first
    press(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert first.epochs == 6
    assert first.networks[3].sizes == (784, 20, 10)


def test_restart_gives_the_same_curve_to_the_bit(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    tab.form.show_recipe(replace(RECIPE, eta=0.1))  # what the form says now does not matter
    press(tab, "restart")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    second = tab.trainer.run
    assert second is not None
    assert second is not first
    assert second.points == first.points
    np.testing.assert_array_equal(second.networks[0].parameters, first.networks[0].parameters)


def test_double_presses_are_harmless(tab: TrainTab, qtbot: QtBot) -> None:
    for _ in range(3):
        tab.trainer.start(LONG, tab.digits)  # type: ignore[arg-type]
    assert len(tab.trainer.runs) == 1
    for _ in range(3):
        tab.trainer.pause()
    wait(qtbot, tab, State.PAUSED)
    for _ in range(2):
        tab.trainer.resume()
    for _ in range(3):
        tab.trainer.stop()
    wait(qtbot, tab, State.IDLE)
    tab.trainer.stop()
    tab.trainer.pause()
    tab.trainer.resume()
    assert tab.trainer.state is State.IDLE


@pytest.mark.parametrize(
    "recipe",
    [LONG, replace(LONG, mini_batch_size=0), replace(LONG, hidden=(1000, 1000)), replace(LONG, deform=True),
     replace(LONG, mini_batch_size=1)],
    ids=["mini-batches", "all at once", "a large network", "deformed", "online"],
)  # fmt: skip
def test_stop_answers_within_100_ms(tab: TrainTab, qtbot: QtBot, recipe: Recipe) -> None:
    took = []
    for _ in range(5):  # the quickest counts: what else the machine does is not the program's
        tab.form.show_recipe(recipe)
        press(tab, "start")
        qtbot.waitUntil(lambda: tab.trainer.progress is not None, timeout=20_000)
        started = time.perf_counter()
        with qtbot.waitSignal(tab.trainer.state_changed, timeout=5000):
            press(tab, "stop")
        took.append(time.perf_counter() - started)
        assert tab.trainer.state is State.IDLE
    assert min(took) < 0.1


def test_stop_while_the_network_is_still_being_made(tab: TrainTab, qtbot: QtBot) -> None:
    press(tab, "start")
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert tab.start.isEnabled()


def test_a_mistake_in_the_thread_is_told_and_the_buttons_work_again(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Worker, "_train", lambda self: 1 / 0)
        press(tab, "start")
        wait(qtbot, tab, State.IDLE)
    assert "division by zero" in window.notice.label.text()
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert tab.start.isEnabled()
    assert train(qtbot, tab).epochs == 3


# While it learns


def test_the_rates_can_be_changed_and_the_plot_marks_where(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    assert not field(tab, "hidden").isEnabled()
    assert field(tab, "eta").isEnabled()
    type_into(tab, "eta", "0.5")
    QTest.keyClick(field(tab, "eta"), Qt.Key.Key_Return)
    assert tab.trainer._experiment is not None
    assert tab.trainer._experiment.config.eta == 0.5
    assert [mark.text for mark in run.marks] == ["Learning rate η 0.5"]
    qtbot.waitUntil(lambda: len(tab.plots._marks) == 1)
    type_into(tab, "eta", "0")
    QTest.keyClick(field(tab, "eta"), Qt.Key.Key_Return)
    assert tab.trainer._experiment.config.eta == 0.5
    assert len(run.marks) == 1


def test_the_status_line_tells_how_far_from_every_tab(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    assert not tab.status.isVisible()
    begin(qtbot, tab)
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "of 10000" in tab.status.words.text() and "images/s" in tab.status.left.text())
    assert tab.status.isVisible()
    assert "mini-batch" in tab.status.words.text()
    assert "left" in tab.status.left.text()
    tab.trainer.stop()
    wait(qtbot, tab, State.IDLE)
    qtbot.waitUntil(lambda: not tab.status.isVisible())


def test_the_draw_tab_reads_with_the_network_and_follows(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    press(tab, "use")
    assert run.latest is not None
    assert window._session.model.network is run.latest
    assert window.isWindowModified()
    window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    before = window.draw.reading
    window.tabs.setCurrentIndex(1)
    tab.follow.setChecked(True)
    begin(qtbot, tab, replace(LONG, seed=8))
    window.tabs.setCurrentIndex(0)
    for _ in range(2):
        with qtbot.waitSignal(window._session.model_changed):
            pass
        with qtbot.waitSignal(window.draw.answered):
            pass
    after = window.draw.reading
    assert before is not None
    assert after is not None
    assert not np.array_equal(before.outputs, after.outputs)


# The form


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [("eta", "-1", "Learning rate η: a number above 0"), ("hidden", "30,x", "Hidden layers: up to 5 layers"),
     ("momentum", "1", "Momentum μ: a number from 0 up to, not including, 1"),
     ("epochs", "0", "Epochs: a whole number")],
)  # fmt: skip
def test_a_field_says_as_you_type_what_is_allowed(tab: TrainTab, name: str, wrong: str, words: str) -> None:
    type_into(tab, name, wrong)
    assert tab.message.isVisible()
    assert tab.message.text().startswith(words)
    assert field(tab, name).property("wrong")
    assert not tab.start.isEnabled()
    tab.form.show_recipe(RECIPE)
    assert not tab.message.isVisible()
    assert tab.start.isEnabled()


def test_presets_fill_the_form_and_for_mnist_the_book_s_line_is_drawn(tab: TrainTab, window: MainWindow) -> None:
    assert window.digits.current
    assert not tab.plots._line.isVisible()
    window.digits.current = replace(window.digits.current, kind=Kind.MNIST)
    for index, preset in enumerate(PRESETS):
        tab.form.preset.setCurrentIndex(index)
        tab.form.preset.activated.emit(index)
        assert tab.form.recipe == preset.recipe
        assert tab.plots._line.isVisible() is (preset.book is not None)
        if preset.book:
            assert tab.plots._line.value() == pytest.approx(100 * preset.book)
    type_into(tab, "eta", "0.7")
    assert tab.form.preset.currentText() == "Your own settings"


def test_no_more_images_are_learned_than_there_are(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(RECIPE, train_on=50_000, epochs=1))
    assert run.recipe.train_on == 600
    assert tab.trainer.progress is not None
    assert tab.trainer.progress[-1] == 600


def test_nothing_left_to_measure_on_is_one_sentence(tab: TrainTab, window: MainWindow) -> None:
    tab.form.show_recipe(replace(RECIPE, held_out=HELD_OUT[1]))
    press(tab, "start")
    assert "leaves none to measure on" in window.notice.label.text()
    assert tab.trainer.state is State.IDLE


def test_digits_that_cannot_be_read_are_told_and_the_others_kept(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = tab.digits
    assert before is not None
    with qtbot.waitSignals([window.digits.failed, window.digits.changed]):
        window.digits.open(tmp_path)
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert "holds no IDX files" in window.notice.label.text()
    assert tab.digits is before
    assert tab.form.digits.currentText() == f"{before.name}, 600"


def test_without_mnist_it_learns_from_the_built_in_digits_at_first_press(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST")
    sets = DigitSets(Settings(), window)
    lonely = TrainTab(window._session, sets)
    qtbot.addWidget(lonely)
    lonely.form.show_recipe(replace(PRESETS[0].recipe, epochs=3))
    lonely.start.trigger()
    assert lonely.digits is None  # they are being loaded; the press is not lost
    qtbot.waitUntil(lambda: lonely.trainer.state is State.LEARNING)
    assert lonely.form.digits.currentText() == "Built-in digits, 10,000"
    assert "get MNIST" in lonely.message.text()
    with qtbot.waitSignal(sets.fetching_changed):
        monkeypatch.setattr(Download, "run", lambda *_: (_ for _ in ()).throw(DataError("No mirror answers.")))
        lonely.message.linkActivated.emit("get")
    qtbot.waitUntil(lambda: not sets.fetching)
    qtbot.waitUntil(lambda: lonely.trainer.state is State.IDLE)
    run = lonely.trainer.runs[0]
    assert run.recipe.train_on == 10_000
    assert run.data == "Built-in digits"
    assert run.points[-1].accuracy > 0.75
    assert not lonely.plots._line.isVisible()  # the book speaks of MNIST
    lonely.close_down()
    sets.close_down()


def test_start_pressed_too_early_waits_for_the_digits(window: MainWindow, qtbot: QtBot) -> None:
    sets = DigitSets(Settings(), window)
    early = TrainTab(window._session, sets)
    qtbot.addWidget(early)
    early.form.show_recipe(RECIPE)
    early.start.trigger()
    assert early.digits is None
    qtbot.waitUntil(lambda: early.trainer.state is State.LEARNING)
    qtbot.waitUntil(lambda: early.trainer.state is State.IDLE)
    early.close_down()
    sets.close_down()


@pytest.mark.parametrize("name", ["start", "restart", "continue"])
def test_what_is_begun_while_a_chosen_set_loads_waits_for_it(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    run = train(qtbot, tab)
    window.digits.open(make_folder(tmp_path / "others", training=300))
    assert tab.form.digits.currentText() == "Loading…"
    press(tab, name)
    assert tab.trainer.state is State.IDLE
    assert tab.stop.isEnabled()
    window.digits.failed.emit("Something else went wrong.")  # no reason to forget it
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    wait(qtbot, tab, State.IDLE)
    if name == "continue":
        assert tab.trainer.runs == [run]
        assert run.epochs == 6
    else:
        assert [one.data for one in tab.trainer.runs] == [run.data, "others"]
        assert tab.trainer.runs[1].recipe.train_on == 300


def test_a_start_is_forgotten_when_the_set_it_waits_for_fails(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.digits.failed):
        window.digits.open(tmp_path)
        press(tab, "start")
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert not tab.stop.isEnabled()
    window.digits.open(make_folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert tab.trainer.state is State.IDLE
    assert not tab.trainer.runs


def test_a_start_waits_for_the_set_chosen_last_though_another_could_not_be_read(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.digits.open(tmp_path)
    press(tab, "start")
    window.digits.open(make_folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: bool(tab.trainer.runs))
    assert tab.trainer.runs[0].data == "others"
    wait(qtbot, tab, State.IDLE)


def test_a_start_that_waits_can_be_stopped(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.digits.open(make_folder(tmp_path / "others", training=300))
    press(tab, "start")
    press(tab, "stop")
    assert not tab.stop.isEnabled()
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert not tab.trainer.runs


def test_drawings_you_kept_can_be_learned_too(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    box = tab.form.fields["own"]
    assert isinstance(box, QCheckBox)
    assert not box.isEnabled()
    window.tabs.setCurrentIndex(0)
    draw(window.draw.canvas, [THREE])
    for _ in range(2):
        window.draw.keep[3].trigger()
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: box.text() == "add the 2 you kept")
    tab.form.show_recipe(replace(RECIPE, epochs=1))
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert tab.trainer.progress is not None
    assert tab.trainer.progress[-1] == 602


# Runs


def test_runs_can_be_hidden_renamed_removed_and_brought_back(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    second = train(qtbot, tab, replace(RECIPE, hidden=()))
    assert len(tab.plots.accuracy.listDataItems()) == 4
    tab.runs.item(1, 0).setCheckState(Qt.CheckState.Unchecked)  # type: ignore[union-attr]
    assert len(tab.plots.accuracy.listDataItems()) == 2
    tab.runs.item(1, 0).setCheckState(Qt.CheckState.Checked)  # type: ignore[union-attr]
    assert len(tab.plots.accuracy.listDataItems()) == 4
    tab.runs.item(0, 1).setText("without hidden layer")  # type: ignore[union-attr]
    assert second.name == "without hidden layer"
    tab.runs.selectRow(1)
    assert tab.runs.current is first
    tab.runs.remove.trigger()
    assert tab.trainer.runs == [second]
    assert len(tab.plots.accuracy.listDataItems()) == 2
    tab.restore.trigger()
    assert tab.trainer.runs == [first, second]


def test_the_settings_of_a_run_can_be_taken_again(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, momentum=0.3, seed=4))
    tab.form.show_recipe(RECIPE)
    tab.runs.settings.trigger()
    assert tab.form.recipe == replace(RECIPE, momentum=0.3, seed=4)


def test_a_run_that_learns_cannot_be_removed(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    tab.runs.remove.trigger()
    assert "stop it first" in window.notice.label.text()
    assert len(tab.trainer.runs) == 1


def test_csv_png_and_svg_are_written(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run = train(qtbot, tab)
    tab.write_csv(tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open() as file:
        assert len(list(csv.DictReader(file))) == len(run.points)
    tab.write_plot(tmp_path / "plot.png")
    assert QImage(str(tmp_path / "plot.png")).width() == 2 * tab.plots.width()
    tab.write_plot(tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text()
    assert not window.notice.isVisible()
    for write in (tab.write_csv, tab.write_plot):
        write(tmp_path / "no" / "such.png")
        assert "cannot be written" in window.notice.label.text()


def test_the_pointer_tells_exact_values(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    box = tab.plots.accuracy.getViewBox()
    place = tab.plots.mapFromScene(box.mapViewToScene(QPoint(2, 50)))
    QTest.mouseMove(tab.plots.viewport(), place)
    tab.plots._point_at(box.mapViewToScene(QPoint(2, 50)))
    point = run.exact(2)
    assert point is not None
    assert f"{100 * point.accuracy:.2f} %" in tab.plots._text.toPlainText()
    assert tab.plots._cursors[0].value() == 2
    tab.plots._point_at(box.mapViewToScene(QPoint(-1000, 50)))
    assert not tab.plots._text.isVisible()


def test_zooming_is_kept_until_a_double_click(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    box = tab.plots.accuracy.getViewBox()
    whole = box.viewRange()
    box.setRange(xRange=(1, 2), yRange=(70, 80), padding=0)
    box.sigRangeChangedManually.emit([True, True])
    tab.plots.show_runs(tab.trainer.runs, tab.runs.current)
    np.testing.assert_allclose(box.viewRange(), [[1, 2], [70, 80]])
    QTest.mouseDClick(tab.plots.viewport(), Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(box.viewRange(), whole)


# Results


def test_a_cell_opens_the_images_behind_it_and_one_can_be_put_on_the_canvas(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    results = tab.results
    counts = results.confusion.counts
    assert counts is not None
    wrong = counts - np.diag(np.diag(counts))
    digit, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    cell = results.confusion.cell(int(digit), int(answer)).center().toPoint()
    QTest.mouseClick(results.confusion, Qt.MouseButton.LeftButton, pos=cell)
    assert results.pages.currentWidget() is results.gallery
    assert results.gallery.count() == wrong.max()
    assert results.tabs.tabText(1) == f"{digit} read as {answer} ({wrong.max()})"
    results.tabs.tabBarClicked.emit(1)
    assert results.gallery.count() == wrong.sum()
    results.gallery.clicked.emit(results.gallery.model().index(0, 0))
    assert window.tabs.currentWidget() is window.draw
    assert window.draw.canvas.drawing.picture is not None


def test_the_keyboard_walks_the_confusion_matrix(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    confusion = tab.results.confusion
    with qtbot.waitSignal(confusion.chosen) as chosen:
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
            QTest.keyClick(confusion, key)
    assert chosen.args == [1, 1]
    assert confusion.counts is not None
    assert confusion.words(1, 1).endswith("1s read as 1: right")


def test_the_worst_mistake_comes_first(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    answers = tab.results.evaluation
    assert answers is not None
    with qtbot.waitSignal(tab.results.gallery.picked) as picked:
        tab.results.gallery.clicked.emit(tab.results.gallery.model().index(0, 0))
    assert picked.args is not None
    assert answers.margins[picked.args[0]] == answers.margins.min()


def test_the_neurons_change_as_they_learn(tab: TrainTab, qtbot: QtBot) -> None:
    tab.results.tabs.setCurrentIndex(2)
    begin(qtbot, tab)
    with qtbot.waitSignal(tab.refreshed):
        pass
    view = tab.results.first_layer
    qtbot.waitUntil(lambda: view.count == 20)
    before = view.grab().toImage()
    qtbot.waitUntil(lambda: view.grab().toImage() != before)
    assert view.words(QPoint(3, 3)).startswith("neuron 1 of 20, bias")


def test_the_slider_goes_back_in_time(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    results = tab.results
    now = results.confusion.counts
    with qtbot.waitSignal(results.shown):
        results.time.setValue(1)
    assert results.time_label.text() == "epoch 1"
    assert window._session.model.network is run.networks[1]  # the Draw tab reads with it
    assert results.network is run.networks[1]
    assert results.evaluation is not None
    point = run.exact(1)
    assert point is not None
    assert results.evaluation.accuracy == point.accuracy
    assert not np.array_equal(results.confusion.counts, now)  # type: ignore[arg-type]
    with qtbot.waitSignal(results.shown):
        results.time.setValue(3)
    np.testing.assert_array_equal(results.confusion.counts, now)
    assert window._session.model.network is run.latest


def test_looking_back_is_not_disturbed_by_training(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    qtbot.waitUntil(lambda: len(run.networks) > 3 and tab.results.time.maximum() > 2)
    with qtbot.waitSignal(tab.results.shown):
        tab.results.time.setValue(1)
    epochs = tab.results.epochs
    qtbot.waitUntil(lambda: tab.results.time.maximum() > 6)
    assert tab.results.epochs == epochs


# Trouble


def test_a_learning_rate_that_is_too_large_is_told(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(Recipe(), train_on=600, eta=100.0, epochs=2))
    assert window.notice.label.text().startswith("Learning rate 100 is too large: the output neurons")
    assert run.trouble in tab.runs.item(0, 1).toolTip()  # type: ignore[union-attr]


def test_the_last_good_weights_are_kept(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    qtbot.waitUntil(lambda: run.epochs > 1)
    tab.trainer.pause()
    wait(qtbot, tab, State.PAUSED)
    experiment = tab.trainer._experiment
    assert experiment is not None
    experiment.network.weights[0][0, 0] = np.nan
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert "the weights grew beyond all numbers" in window.notice.label.text()
    assert run.latest is not None
    assert run.latest.finite
    assert tab.start.isEnabled()


# Files and closing


def test_a_trained_network_is_saved_with_its_curves_and_opened_again(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    file = tmp_path / "mine.safetensors"
    assert window.save_network(file)
    assert not window.isWindowModified()
    assert window.windowTitle() == "mine.safetensors[*] - digitpad"
    assert model_file.load(file).made["data"] == f"{run.data}, 600 training images"
    tab.runs.remove.trigger()
    window.open_network(file)
    (again,) = tab.trainer.runs
    assert again.points == run.points
    assert again.recipe == RECIPE
    qtbot.waitUntil(lambda: tab.results.confusion.counts is not None)
    press(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert again.epochs == 6
    window._recent_menu.aboutToShow.emit()
    assert [action.text() for action in window._recent_menu.actions()] == [str(file)]


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    train(qtbot, tab)
    assert not window.save_network(tmp_path / "no" / "mine.safetensors")
    assert "cannot be written" in window.notice.label.text()
    assert window.isWindowModified()


def question(window: MainWindow) -> QMessageBox:
    box = window._asking
    assert box is not None
    return box


def test_closing_asks_once_about_what_is_not_saved(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab)
    window.close()
    assert window.isVisible()
    question(window).button(QMessageBox.StandardButton.Cancel).click()
    assert window.isVisible()
    window.close()
    question(window).button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()


def test_closing_can_save_first(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    run = train(qtbot, tab)
    file = tmp_path / "kept.safetensors"
    monkeypatch.setattr("digitpad.gui.window.main_window.QFileDialog.getSaveFileName", lambda *_: (str(file), ""))
    window.close()
    question(window).button(QMessageBox.StandardButton.Save).click()
    assert not window.isVisible()
    assert run.latest is not None
    np.testing.assert_array_equal(model_file.load(file).network.parameters, run.latest.parameters)


def test_closing_without_training_does_not_ask(tab: TrainTab, window: MainWindow) -> None:
    window.close()
    assert not window.isVisible()


def test_closing_while_it_learns_ends_the_thread(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    worker = tab.trainer._worker
    assert worker is not None
    window.close()
    question(window).button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()
    assert worker.isFinished()


# The window around it


def test_the_keys_of_drawing_do_nothing_here(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    window.tabs.setCurrentIndex(1)
    tab.runs.setFocus()
    QTest.keyClick(tab.runs, Qt.Key.Key_Delete)
    assert len(window.draw.canvas.drawing.strokes) == 1
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is window.draw
    assert window.draw.clear.isEnabled()


def test_appearance_and_brush_are_remembered(tab: TrainTab, window: MainWindow, qapp: QApplication) -> None:
    window._choose_scheme("light")
    assert qapp.palette().base().color().name() == LIGHT.paper
    window.draw.set_brush(0.1)
    window.close()
    assert window._settings.get("appearance", "") == "light"
    assert window._settings.get("brush", 0.0) == pytest.approx(0.1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_takes_the_colours_of_the_theme(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, scheme: str
) -> None:
    train(qtbot, tab)
    window._choose_scheme(scheme)
    image = tab.plots.grab().toImage()
    paper = "#ffffff" if scheme == "light" else "#0f1012"
    assert image.pixelColor(image.width() - 3, 3).name() == paper


def test_stopping_in_the_middle_keeps_the_network_as_it_is(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    experiment = tab.trainer._experiment
    assert experiment is not None
    press(tab, "use")
    np.testing.assert_array_equal(window._session.model.network.parameters, experiment.network.parameters)
    assert run.at == experiment.epochs
    press(tab, "stop")
    seen = experiment.epochs
    press(tab, "continue")
    assert tab.trainer._experiment is experiment  # with its momentum and its order of images
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert experiment.epochs >= seen


def test_following_leaves_alone_what_was_opened_or_looked_back_at(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    tab.follow.setChecked(True)
    assert window._session.model.network is run.latest
    with qtbot.waitSignal(tab.results.shown):
        tab.results.time.setValue(1)
    with qtbot.waitSignal(tab.refreshed):
        tab._schedule()
    assert window._session.model.network is run.networks[1]
    file = tmp_path / "other.safetensors"
    model_file.save(file, model_file.load(DEFAULT_NETWORK))
    window.open_network(file)
    with qtbot.waitSignal(tab.refreshed):
        tab._schedule()
    assert window._session.path == file


def test_a_run_opened_before_the_tab_is_there_when_it_is(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    run = train(qtbot, tab)
    file = tmp_path / "mine.safetensors"
    assert window.save_network(file)
    window.open_network(file)
    assert tab.trainer.runs == [run]  # it is here already
    other = make_window(qapp)
    qtbot.addWidget(other)
    other.open_network(file)
    assert other._train is None
    assert [one.points for one in other.train.trainer.runs] == [run.points]
    other.train.close_down()
