"""The window opens as it was left; what a window that ended otherwise had is offered until the person decides."""

import errno
import json
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.data import synthetic
from digitpad.gui.services import autosave, digit_sets
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.trainer import State
from digitpad.gui.services.ways import ToTrain
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import model_file, sitting_state
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.sitting import Place
from tests.gui import training
from tests.gui.hands import LINE, drag
from tests.gui.window.conftest import Open, crash, end_badly, made, start_fresh


def offered(window: MainWindow) -> str:
    """What is offered; "" for nothing."""
    return window.offer.label.text() if window.offer.isVisible() else ""


def answer(window: MainWindow, name: str) -> None:
    button = window.offer.findChild(QToolButton, name)
    assert button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def take_up(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.recovery.brought):
        answer(window, "take_up")


def strokes(window: MainWindow) -> int:
    return len(window.draw.canvas.drawing.strokes)


def mine(seed: int) -> Model:
    return Model(Network([784, 10], seed=seed), Provenance(name="mine"))


def in_use(window: MainWindow, model: Model) -> bool:
    return np.array_equal(window.session.model.network.parameters, model.network.parameters)


def keep_one(qtbot: QtBot, window: MainWindow) -> QCheckBox:
    """Keep a drawing, and return the box that adds such to what is learned from."""
    drag(window.draw.canvas, LINE)
    window.draw.keep[1].trigger()
    own = window.train.form.fields["own"]
    assert isinstance(own, QCheckBox)
    qtbot.waitUntil(own.isEnabled)
    return own


def trained(qtbot: QtBot, window: MainWindow, seed: int = 0) -> None:
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    training.train(qtbot, window.train, replace(training.RECIPE, seed=seed))


def test_the_first_start_offers_nothing(start: Open) -> None:
    window = start()
    assert offered(window) == ""
    assert window.draw.canvas.empty


def test_it_opens_as_it_was_left_without_a_question(start: Open, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    trained(qtbot, window)
    training.press(window.train, "use")
    run, network = window.session.trainer.run, window.session.model
    window.close()
    assert not window.isVisible()  # nothing is lost, so nothing is asked
    again = start()
    assert offered(again) == ""
    assert strokes(again) == 1
    np.testing.assert_array_equal(again.draw.canvas.drawing.strokes[0].points,
                                  window.draw.canvas.drawing.strokes[0].points)  # fmt: skip
    assert again.tabs.currentWidget() is again.tabs.train_page
    assert in_use(again, network)
    assert again.isWindowModified()
    (same,) = again.session.trainer.runs
    assert run
    assert (same.name, same.points, same.number) == (run.name, run.points, run.number)
    assert sorted(same.networks) == sorted(run.networks)
    assert again.train.runs.current is same
    again.close()
    assert len(start().session.trainer.runs) == 1


def test_the_recipe_and_the_pages_are_as_they_were_left(start: Open, qtbot: QtBot) -> None:
    window = start()
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    page = window.explore.show_page(4)
    window.tabs.setCurrentWidget(window.tabs.draw)
    own = keep_one(qtbot, window)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    card = window.train.findChild(QAbstractButton, "preset_online")
    assert card
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    own.click()
    training.type_into(window.train, "epochs", "7")
    window.train.inside.tabs.setCurrentIndex(2)
    recipe = window.train.form.recipe
    training.type_into(window.train, "seed", "-1")  # which cannot be
    window.close()
    again = start()
    form = again.train.form
    assert not form.fields["own"].isEnabled()  # where no drawing is kept, the choice waits for one
    again.tabs.setCurrentWidget(again.tabs.draw)
    assert keep_one(qtbot, again).isChecked()
    assert recipe
    assert recipe.own
    assert form.recipe == recipe
    assert form.presets.preset
    assert form.presets.preset.key == "online"
    assert again.train.inside.page == "Neurons"
    assert again.train.inside.pages.currentWidget() is again.train.inside.neurons
    again.tabs.setCurrentWidget(again.tabs.explore_page)
    assert type(again.explore.page) is type(page)


def test_a_recipe_or_page_that_there_is_not_is_ignored(start: Open, tmp_path: Path) -> None:
    recipe = {"eta": 0.5, "epochs": -3, "hidden": ["many"], "cost": "dear", "of another version": 1}
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"recipe": recipe, "inside": "Nothing", "page": "Nowhere"}), encoding="utf-8")
    window = start()
    assert window.train.form.recipe == Recipe(eta=0.5)
    assert window.train.inside.page == "Confusion"
    assert window.explore.page is window.explore.show_page(1)


def test_after_a_digit_was_kept_the_next_stroke_begins_another_at_the_next_start_too(start: Open) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.draw.keep[1].trigger()
    window.close()
    again = start()
    assert strokes(again) == 1
    drag(again.draw.canvas, LINE[:5])
    assert strokes(again) == 1
    again.close()
    last = start()
    assert len(last.draw.canvas.drawing.strokes[0].points) == 5
    drag(last.draw.canvas, LINE)
    assert strokes(last) == 2


def test_a_network_in_a_file_is_in_use_again_from_there(start: Open, tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    model_file.save(file, mine(1))
    window = start(file)
    window.close()
    again = start()
    assert (again.session.path, again.session.unsaved) == (file, False)
    assert in_use(again, mine(1))
    again.close()
    file.unlink()
    without = start()
    assert without.session.path is None
    assert "there is no such file" in without.toast.sentence
    assert offered(without) == ""


def test_a_network_given_wins_and_the_one_that_was_in_use_is_one_of_this_sitting(
    start: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "given.safetensors"
    model_file.save(file, mine(2))
    window = start()
    drag(window.draw.canvas, LINE)
    window.session.use(mine(1), unsaved=True)
    window.close()
    with_given = start(file)
    assert in_use(with_given, mine(2))
    assert strokes(with_given) == 1
    with_given.close()
    again = start()
    assert in_use(again, mine(2))
    assert offered(again) == ""
    with qtbot.waitSignal(again.session.model_changed):
        made(again)[0].trigger()
    assert in_use(again, mine(1))
    again.close()
    last = start()
    assert in_use(last, mine(1))
    assert offered(last) == ""


def test_a_drawing_that_was_kept_before_a_crash_is_finished_after_it(
    start: Open, qtbot: QtBot, sittings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "_DRAWING_MS", 10)
    window = start()
    with qtbot.waitSignal(window.autosave.kept):
        drag(window.draw.canvas, LINE)
    window.draw.keep[1].trigger()
    (folder,) = sittings.iterdir()
    qtbot.waitUntil(lambda: sitting_state.read(folder).finished)
    crash(window)
    again = start()
    take_up(qtbot, again)
    drag(again.draw.canvas, LINE)
    assert strokes(again) == 1  # of another drawing


def test_what_a_crash_left_is_offered_and_taken_up(start: Open, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.session.use(mine(1), unsaved=True)
    trained(qtbot, window)
    end_badly(window)
    again = start()
    assert offered(again).endswith(": a drawing, 1 run and the network in use.")
    assert again.draw.canvas.empty
    drag(again.draw.canvas, LINE[:4])
    take_up(qtbot, again)
    assert offered(again) == ""
    assert strokes(again) == 1
    assert len(again.draw.canvas.drawing.strokes[0].points) == len(LINE)
    assert in_use(again, mine(1))
    assert len(again.session.trainer.runs) == 1
    again.tabs.setCurrentIndex(0)
    again.draw.undo.trigger()
    assert len(again.draw.canvas.drawing.strokes[0].points) == 4  # nothing that was drawn here is lost
    again.close()
    last = start()
    assert offered(last) == ""
    assert in_use(last, mine(1))


def test_later_and_closing_lose_nothing(start: Open) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    end_badly(window)
    second = start()
    assert "a drawing" in offered(second)
    answer(second, "later")
    assert offered(second) == ""
    second.close()
    third = start()
    assert "a drawing" in offered(third)
    third.close()
    fourth = start()
    assert "a drawing" in offered(fourth)
    answer(fourth, "throw_away")
    assert offered(fourth) == ""
    fourth.close()
    assert offered(start()) == ""


def test_what_cannot_be_thrown_away_is_told_and_offered_at_the_next_start(
    start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    window = start()
    drag(window.draw.canvas, LINE)
    end_badly(window)
    second = start()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        answer(second, "throw_away")
    assert "Permission denied" in second.toast.sentence
    assert "a drawing" in offered(start())


def test_two_windows_do_not_touch_each_others(start: Open, qtbot: QtBot) -> None:
    one = start()
    drag(one.draw.canvas, LINE)
    assert one.autosave.keep_now()
    other = start()
    assert offered(other) == ""
    assert other.draw.canvas.empty
    for _ in range(3):
        drag(other.draw.canvas, LINE)
    end_badly(other)
    one.close()
    again = start()
    assert strokes(again) == 1
    assert "a drawing" in offered(again)
    take_up(qtbot, again)
    assert strokes(again) == 3


def test_what_several_windows_left_is_offered_one_by_one(start: Open, qtbot: QtBot) -> None:
    windows = [start() for _ in range(3)]
    for number, window in enumerate(windows, 1):
        for _ in range(number):
            drag(window.draw.canvas, LINE)
    for window in windows:
        end_badly(window)
    again = start()
    take_up(qtbot, again)
    assert strokes(again) == 3  # the newest first
    answer(again, "throw_away")
    assert "a drawing" in offered(again)
    take_up(qtbot, again)
    assert strokes(again) == 1
    assert offered(again) == ""


def test_networks_are_named_by_the_numbers_that_their_runs_have_here(start: Open, qtbot: QtBot) -> None:
    windows = [start() for _ in range(2)]
    for seed, window in enumerate(windows):
        run = Run(1, Recipe(hidden=(), seed=seed), "bars", latest=Network([784, 10], seed=seed), at=1.0)
        window.session.trainer.take_up([run])
        snapshot = Snapshot.of(run)
        assert snapshot
        window.session.use_snapshot(snapshot)
    for window in windows:
        end_badly(window)
    again = start()
    with qtbot.waitSignals([again.recovery.brought] * 2):
        for _ in range(3):
            answer(again, "take_up")
    weights = {one.title: one.load().network.parameters[0] for one in again.session.made.all}
    assert weights == {
        f"run #{run.number}": run.latest.parameters[0] for run in again.session.trainer.runs if run.latest
    }
    assert len(weights) == 2


def test_two_presses_one_after_the_other_take_up_two(start: Open, qtbot: QtBot) -> None:
    windows = [start() for _ in range(2)]
    for number, window in enumerate(windows, 1):
        for _ in range(number):
            drag(window.draw.canvas, LINE)
        window.session.trainer.take_up([Run(number, Recipe(seed=number), "bars")])
    for window in windows:
        end_badly(window)
    again = start()
    with qtbot.waitSignals([again.recovery.brought] * 2):
        for _ in range(3):
            answer(again, "take_up")
    assert [run.recipe.seed for run in again.session.trainer.runs] == [2, 1]
    assert strokes(again) == 1
    again.draw.undo.trigger()
    assert strokes(again) == 2


def test_taking_up_a_network_leaves_the_other_among_those_of_this_sitting(start: Open, qtbot: QtBot) -> None:
    window = start()
    window.session.use(mine(1), unsaved=True)
    end_badly(window)
    again = start()
    again.session.use(mine(2), unsaved=True)
    take_up(qtbot, again)
    assert in_use(again, mine(1))
    assert offered(again) == ""
    with qtbot.waitSignal(again.session.model_changed):
        made(again)[1].trigger()
    assert in_use(again, mine(2))
    assert [one.isChecked() for one in made(again)] == [True, False]


def test_starting_fresh_empties_the_window_and_can_be_taken_back(start: Open, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.session.use(mine(1), unsaved=True)
    trained(qtbot, window)
    with qtbot.waitSignal(window.session.file_changed):
        start_fresh(qtbot, window)
    assert window.draw.canvas.empty
    assert window.session.trainer.runs == []
    assert (window.session.unsaved, window.session.path) == (False, None)
    assert window.tabs.currentWidget() is window.draw
    assert offered(window).endswith(": a drawing, 1 run and the network in use.")
    take_up(qtbot, window)
    assert strokes(window) == 1
    assert len(window.session.trainer.runs) == 1
    assert in_use(window, mine(1))


def test_starting_fresh_has_recipe_and_pages_as_at_first_and_both_come_back(start: Open, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    recipe = replace(Recipe(), epochs=7, hidden=(12,))
    window.train.form.show_recipe(recipe)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.explore.show_page(6)
    page = window.explore.show_page(2)
    start_fresh(qtbot, window)
    assert window.train.form.recipe == Recipe()
    assert window.explore.page.IDEA.title == window.explore.show_page(1).IDEA.title
    assert window.explore.show_page(2) is not page
    window.explore.show_page(1)
    take_up(qtbot, window)
    assert window.train.form.recipe == recipe
    assert window.explore.page.IDEA.title == page.IDEA.title


def test_a_recipe_that_waits_for_its_tab_is_of_what_starting_fresh_sets_aside(start: Open, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.session.ways.go(ToTrain(Recipe(seed=7)))
    assert window.tabs.train_page.built is None
    start_fresh(qtbot, window)
    assert window.train.form.recipe == Recipe()
    take_up(qtbot, window)
    assert window.train.form.recipe == Recipe(seed=7)


def test_a_recipe_that_waits_for_its_tab_while_the_window_is_set_aside_is_not_in_the_fresh_one(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    writing = held(monkeypatch, "keep")
    training.choose(window, "start_fresh")
    window.session.ways.go(ToTrain(Recipe(seed=7)))
    assert window.tabs.train_page.built is None
    writing.set()
    qtbot.waitUntil(lambda: not window.recovery.busy)
    assert window.train.form.recipe == Recipe()
    take_up(qtbot, window)
    assert window.train.form.recipe == Recipe(seed=7)


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("when", ["before", "meanwhile", "meanwhile, on a full disk"])
def test_a_start_that_waits_for_its_digits_is_training_under_way(
    start: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    train, digits = window.train, Event()
    monkeypatch.setattr(digit_sets, "_read", lambda _: digits.wait() and synthetic.digits(300, 30, seed=1))
    window.digits.open(tmp_path / "others")
    try:
        with monkeypatch.context() as patch:
            if when == "meanwhile, on a full disk":
                patch.setattr(Place, "keep", no_room)
            writing = held(patch, "keep")
            with qtbot.waitSignal(window.recovery.failed) as refused:
                if when == "before":
                    train.commands.start.trigger()
                training.choose(window, "start_fresh")
                if when != "before":
                    train.commands.start.trigger()
                    writing.set()
            assert refused.args == ["Training is under way: stop it first, then start fresh."]
        train.commands.stop.trigger()
        writing.set()
        start_fresh(qtbot, window)
    finally:
        writing.set()
        digits.set()
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert window.draw.canvas.empty
    assert not train.trainer.runs


def test_what_cannot_be_set_aside_stays_as_it_is_and_a_paused_run_paused(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    training.begin(qtbot, window.train)
    training.press(window.train, "start")
    training.wait(qtbot, window.train, State.PAUSED)

    with monkeypatch.context() as patch:
        patch.setattr(Place, "keep", no_room)
        with qtbot.waitSignal(window.recovery.failed) as failed:
            training.choose(window, "start_fresh")
        assert failed.args[0].startswith("This cannot be kept, so it stays as it is")
    trainer = window.session.trainer
    assert trainer.state is State.PAUSED
    with qtbot.waitSignal(trainer.advanced):
        training.press(window.train, "step")
    training.wait(qtbot, window.train, State.PAUSED)
    start_fresh(qtbot, window)
    assert not window.session.trainer.runs


def held(monkeypatch: pytest.MonkeyPatch, name: str) -> Event:
    """Have what places do under this name wait until the event that is returned is set."""
    event, real = Event(), getattr(Place, name)

    def wait(*arguments: object, **named: object) -> object:
        event.wait()
        return real(*arguments, **named)

    monkeypatch.setattr(Place, name, wait)
    return event


def test_what_is_done_until_it_is_set_aside_is_kept_with_it(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    writing = held(monkeypatch, "keep")
    training.choose(window, "start_fresh")
    drag(window.draw.canvas, LINE)
    training.choose(window, "start_fresh")
    writing.set()
    qtbot.waitUntil(lambda: not window.recovery.busy)
    assert window.draw.canvas.empty
    take_up(qtbot, window)
    assert strokes(window) == 2
    assert offered(window) == ""


def test_what_is_offered_is_taken_up_only_when_the_window_is_set_aside(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    window.session.trainer.take_up([Run(1, Recipe(), "bars")])
    end_badly(window)
    again = start()
    drag(again.draw.canvas, LINE)
    writing = held(monkeypatch, "keep")
    training.choose(again, "start_fresh")
    button = again.offer.findChild(QToolButton, "take_up")
    assert button
    button.click()
    meanwhile = offered(again)
    writing.set()
    qtbot.waitUntil(lambda: not again.recovery.busy)
    assert meanwhile.endswith(": 1 run.")
    take_up(qtbot, again)
    assert strokes(again) == 1
    take_up(qtbot, again)
    assert len(again.session.trainer.runs) == 1


def test_who_draws_before_the_last_sitting_is_read_goes_on_drawing(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    for _ in range(3):
        drag(window.draw.canvas, LINE)
    window.close()
    again = start()
    assert strokes(again) == 3
    again.close()
    reading = held(monkeypatch, "load")
    last = start(wait=False)
    drag(last.draw.canvas, LINE)
    assert strokes(last) == 1
    reading.set()
    qtbot.waitUntil(lambda: not last.recovery.busy)
    assert strokes(last) == 1
    last.draw.undo.trigger()
    assert strokes(last) == 3


def test_a_drawing_that_was_kept_is_finished_too_where_the_last_sitting_comes_beneath_a_new_one(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    with qtbot.waitSignal(window.session.drawings.kept):
        window.draw.keep[1].trigger()
    window.close()
    reading = held(monkeypatch, "load")
    again = start(wait=False)
    for _ in range(2):
        drag(again.draw.canvas, LINE)
    reading.set()
    qtbot.waitUntil(lambda: not again.recovery.busy)
    assert strokes(again) == 2
    again.draw.undo.trigger()
    assert strokes(again) == 1
    drag(again.draw.canvas, LINE)
    assert strokes(again) == 1  # of another drawing


def test_who_closes_before_the_last_sitting_is_read_finds_it_at_the_next_start(
    start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.close()
    reading = held(monkeypatch, "load")
    other = start(wait=False)
    assert strokes(other) == 0
    reading.set()
    other.close()
    last = start()
    assert strokes(last) == 1
    assert offered(last) == ""


def test_starting_fresh_waits_for_training_and_offers_nothing_of_an_empty_window(start: Open, qtbot: QtBot) -> None:
    window = start()
    start_fresh(qtbot, window)
    assert offered(window) == ""
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    training.begin(qtbot, window.train)
    training.choose(window, "start_fresh")
    assert "stop it first" in window.toast.sentence
    assert len(window.session.trainer.runs) == 1
    training.press(window.train, "stop")
    training.wait(qtbot, window.train, State.IDLE)


def test_what_cannot_be_read_is_told_and_stays(start: Open, sittings: Path, qtbot: QtBot) -> None:
    window = start()
    drag(window.draw.canvas, LINE)
    window.session.use(mine(1), unsaved=True)
    window.close()
    (file,) = sittings.glob("*/network-*")
    file.write_bytes(b"nothing")
    again = start()
    assert strokes(again) == 1
    assert "not a safetensors file" in again.toast.sentence
    again.close()
    last = start()
    assert "the network in use" in offered(last)
    answer(last, "throw_away")


def test_what_cannot_be_removed_keeps_no_window_from_opening(start: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for window in (start(), start()):
        window.close()

    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refused)
    assert start().isVisible()


def test_where_nothing_can_be_kept_closing_asks(start: Open, sittings: Path) -> None:
    sittings.parent.mkdir()
    sittings.touch()
    window = start()
    fresh = window.findChild(QAction, "start_fresh")
    assert fresh
    assert not fresh.isEnabled()
    drag(window.draw.canvas, LINE)
    assert window.toast.sentence.startswith(f"What you do cannot be kept for the next start. {sittings}: cannot be")
    window.close()
    assert window.isVisible()
    question = training.question(window)
    assert question.text() == "Your drawing cannot be kept for the next start. Close all the same?"
    assert question.defaultButton() is question.button(QMessageBox.StandardButton.Cancel)
    question.button(QMessageBox.StandardButton.Cancel).click()
    window.session.use(mine(1), unsaved=True)
    window.close()
    assert window.isVisible()
    question = training.question(window)
    assert question.text().startswith("A network you trained is not saved.")
    question.button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()


def test_the_run_that_was_looked_at_is_again_though_it_gets_another_number(start: Open, qtbot: QtBot) -> None:
    window = start()
    trained(qtbot, window, 1)
    trained(qtbot, window, 2)
    shown = window.session.shown.run
    assert shown
    end_badly(window)
    other = start()
    trained(qtbot, other)
    take_up(qtbot, other)
    again = other.session.shown.run
    assert again
    assert (again.number, again.points) == (3, shown.points)


def test_after_starting_fresh_runs_are_counted_from_one_and_none_from_before_comes_back(
    start: Open, qtbot: QtBot
) -> None:
    window = start()
    trained(qtbot, window)
    trained(qtbot, window)
    window.train.runs.hide_run.trigger()
    window.train.runs.remove.trigger()
    start_fresh(qtbot, window)
    assert not window.session.history.train.canUndo()
    trained(qtbot, window)
    trained(qtbot, window)
    assert [run.number for run in window.session.trainer.runs] == [1, 2]
    assert not window.train.runs.hidden


def test_a_sitting_that_outgrows_the_memory_waits_and_holds_up_nothing(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: Place) -> None:
        raise MemoryError

    window = start()
    drag(window.draw.canvas, LINE)
    window.close()
    with monkeypatch.context() as patched:
        patched.setattr(Place, "load", load)
        other = start()
        assert "memory" in other.toast.sentence
        drag(other.draw.canvas, LINE)
        start_fresh(qtbot, other)
        assert other.draw.canvas.empty
    other.close()
    last = start()
    assert "a drawing" in offered(last)
