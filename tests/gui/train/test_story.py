"""The tab as a whole: it fits, folds as it was left, keeps the focus where it was, and says when training has ended."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file
from tests.gui.training import LONG, RECIPE, begin, do, field, press, press_in, train, type_into, wait


def button(tab: TrainTab, name: str) -> QToolButton:
    found = tab.findChild(QToolButton, name)
    assert found is not None
    return found


def test_the_end_is_told_and_the_best_epoch_can_be_used_at_once(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    tab.form.show_recipe(RECIPE)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    run = tab.trainer.runs[0]
    best = run.best
    assert best is not None
    right = f"{100 * best.accuracy:.2f} % of the test set at best, epoch {best.epochs:g}"
    assert window.toast.sentence == f"Run #1 has ended: {right}, chosen on it: optimistic."
    assert window.session.model.network is not run.networks[best.epochs]
    press_in(window, "said_action")
    assert window.session.model.network is run.networks[best.epochs]


def test_a_run_that_is_stopped_or_goes_wrong_is_not_said_to_have_ended(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    begin(qtbot, tab)
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert window.toast.sentence == ""
    tab.form.show_recipe(replace(RECIPE, eta=200.0))
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert "ended" not in window.toast.sentence


def test_after_start_the_focus_is_on_the_button_that_pauses(tab: TrainTab, qtbot: QtBot) -> None:
    tab.form.open_only(frozenset(tab.form.sections))
    tab.form.show_recipe(LONG)
    field(tab, "hidden").setFocus()
    tab.commands.start.trigger()
    wait(qtbot, tab, State.LEARNING)
    assert QApplication.focusWidget() is tab.panel.main
    qtbot.waitUntil(lambda: tab.trainer.progress is not None)
    QTest.keyClick(tab.panel.main, Qt.Key.Key_Space)
    wait(qtbot, tab, State.PAUSED)
    assert QApplication.focusWidget() is tab.panel.main
    press(tab, "stop")


def test_a_rate_that_is_being_typed_keeps_the_focus(tab: TrainTab, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    type_into(tab, "eta", "0.2")
    tab.trainer.pause()
    wait(qtbot, tab, State.PAUSED)
    assert QApplication.focusWidget() is field(tab, "eta")
    assert field(tab, "eta").text() == "0.2"


def test_step_gets_the_focus_back_when_it_can_be_pressed_again(tab: TrainTab, qtbot: QtBot) -> None:
    step = button(tab, "step")
    step.setFocus()
    for _ in range(3):
        QTest.keyClick(step, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: tab.trainer.state is State.PAUSED)
        assert QApplication.focusWidget() is step
    press(tab, "stop")


def test_sections_fold_tell_what_is_in_them_and_stay_as_they_were_left(tab: TrainTab, window: MainWindow) -> None:
    learning = tab.form.sections["Learning"]
    assert not field(tab, "eta").isVisible()
    assert learning.summary.text() == "η 3, 3 epochs"
    QTest.mouseClick(learning.button, Qt.MouseButton.LeftButton)
    assert field(tab, "eta").isVisible()
    assert window.preferences.open_sections == {"Learning"}
    again = TrainTab(window.session, window.digits, window.preferences)
    assert again.form.open_sections == {"Learning"}
    again.close_down()
    again.deleteLater()


def test_the_section_of_data_tells_how_many_digits_are_learned_from(tab: TrainTab) -> None:
    assert tab.digits is not None
    summary, all_of_them = tab.form.sections["Data"].summary, len(tab.digits.training)
    type_into(tab, "train_on", str(all_of_them + 1))
    assert summary.text().endswith(f", {all_of_them:,}")
    type_into(tab, "train_on", str(all_of_them - 1))
    assert summary.text().endswith(f", {all_of_them - 1:,}")


def test_in_the_smallest_window_advice_covers_no_run_and_on_other_tabs_no_button(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab)
    advice = (
        "Learning rate 100 is too large: the output neurons are saturated, where their slope is almost 0, and 11 % "
        "right is no better than guessing. Start again with a smaller one."
    )

    def covered(widget: QWidget) -> bool:
        return QRect(widget.mapTo(window.tabs, QPoint()), widget.size()).intersects(window.toast.geometry())

    window.resize(720, 520)
    window.toast.clear()
    window.toast.say(advice)
    QApplication.processEvents()
    chip = tab.runs.visualRect(tab.runs.model().index(0, 0))
    place = QRect(tab.runs.viewport().mapTo(window.tabs, chip.topLeft()), chip.size())
    assert not place.intersects(window.toast.geometry())
    window.tabs.setCurrentWidget(window.tabs.data_page)
    QApplication.processEvents()
    assert not covered(window.data.tools.for_mine)
    window.tabs.setCurrentWidget(window.draw)
    QApplication.processEvents()
    assert not covered(window.draw.learn_button)
    assert not covered(window.draw.look_inside_button)


def drag_handle(tab: TrainTab, pixels: int) -> None:
    splitter = tab.findChild(QSplitter)
    assert splitter
    handle = splitter.handle(1)
    place = QPoint(handle.width() // 2, 2)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(handle, place + QPoint(0, pixels))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_the_handle_below_the_curves_moves_in_any_window(tab: TrainTab, window: MainWindow) -> None:
    scroll = tab.findChild(QScrollArea, "story_scroll")
    assert scroll
    for size in ((1280, 720), (720, 560), (1600, 1000)):
        window.resize(*size)
        QApplication.processEvents()
        for pixels in (40, -20, 10):
            before = tab.plots.height()
            drag_handle(tab, pixels)
            assert abs(tab.plots.height() - before - pixels) <= 1, (size, pixels)
    window.resize(1280, 720)
    QApplication.processEvents()
    drag_handle(tab, 10_000)
    assert tab.curves_bar.height() + tab.plots.height() < scroll.height()  # the handle can still be reached
    assert scroll.verticalScrollBar().maximum() > 0
    drag_handle(tab, -10_000)
    assert scroll.verticalScrollBar().maximum() == 0  # low curves leave room for all the rest


def test_in_a_narrow_window_the_recipe_is_a_drawer(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 700)
    assert tab.panel.isVisible()
    assert not button(tab, "recipe_drawer").isVisible()
    window.resize(720, 520)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (720, 520)
    assert not tab.panel.isVisible()
    press(tab, "recipe_drawer")
    assert tab.panel.isVisible()
    assert tab.story.rect().contains(tab.panel.geometry())
    press(tab, "bar_start")  # which puts it away: now the curves are what there is to see
    wait(qtbot, tab, State.LEARNING)
    assert not tab.panel.isVisible()
    wait(qtbot, tab, State.IDLE)
    press(tab, "recipe_drawer")
    window.toast.clear()  # or Escape would close what is said first
    QTest.keyClick(tab.panel, Qt.Key.Key_Escape)
    assert not tab.panel.isVisible()
    window.resize(1100, 700)
    QApplication.processEvents()
    assert tab.panel.isVisible()


def trained_in(size: tuple[int, int], tab: TrainTab, window: MainWindow, qtbot: QtBot) -> QScrollArea:
    """Train in a window of this size, and return what scrolls the curves and what is below them."""
    train(qtbot, tab)
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    area = tab.findChild(QScrollArea, "story_scroll")
    assert area is not None
    return area


@pytest.mark.parametrize("size", [(720, 520), (1280, 720), (1920, 1080)])
def test_nothing_is_cut(tab: TrainTab, window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    area = trained_in(size, tab, window, qtbot)
    inner = area.widget()
    assert inner is not None
    assert inner.width() <= area.viewport().width()  # it scrolls up and down alone
    for part in (tab.curves_bar, tab.plots, tab.runs, tab.look_bar, tab.inside, tab.inside.confusion):
        place = part.rect().translated(part.mapTo(inner, part.rect().topLeft()))
        assert inner.rect().contains(place), part.objectName()
        assert part.height() >= part.minimumSizeHint().height(), part.objectName()
        assert part.width() >= part.minimumSizeHint().width(), part.objectName()
    last = tab.inside.confusion.cell(9, 9)
    assert tab.inside.confusion.rect().contains(last.toAlignedRect())


@pytest.mark.parametrize(("size", "least"), [((1280, 720), 180), ((1366, 768), 180), ((1920, 1080), 250)])
def test_the_curves_are_high_enough_to_be_read(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, size: tuple[int, int], least: int
) -> None:
    area = trained_in(size, tab, window, qtbot)
    accuracy = tab.plots.accuracy.getViewBox()
    assert accuracy.height() >= least
    assert tab.plots.cost.getViewBox().height() >= 60
    assert tab.look_bar.mapTo(area, tab.look_bar.rect().bottomLeft()).y() < area.height()  # what is inside is in sight


@pytest.mark.parametrize(("size", "least"), [((720, 520), 80), ((1280, 720), 180), ((1366, 768), 180)])
def test_a_guess_and_the_baselines_leave_the_curves_their_height(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, size: tuple[int, int], least: int
) -> None:
    window.tabs.guesses.want(True)
    trained_in(size, tab, window, qtbot)
    press(tab, "guess_curve")
    tab.plots.setFocus()
    QTest.keyClick(tab.plots, Qt.Key.Key_Right)
    press(tab, "show_baselines")
    qtbot.waitUntil(lambda: tab.plots.baselines.baselines is not None)
    assert len(tab.plots.legend.entries) == 4
    for _ in range(3):
        QApplication.processEvents()
    assert tab.plots.accuracy.getViewBox().height() >= least
    assert tab.plots.cost.getViewBox().height() >= 36


def test_a_run_s_menu_saves_the_network_that_is_looked_at(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, before, titles = train(qtbot, tab), window.session.model, []

    def ask(*arguments: str) -> Path:
        titles.append(arguments[2])
        return tmp_path / "mine.safetensors"

    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", ask)
    window.session.shown.look_at(1)
    do(tab, "save_run")
    assert window.saving.finish()
    assert titles == ["Save the network of run #1 at epoch 1"]
    saved = model_file.load(tmp_path / "mine.safetensors").network
    assert (saved.parameters == run.networks[1].parameters).all()
    assert window.session.model is before
