"""The quiet line under the canvas: one hint at a time, each until it is closed for good."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.draw.hints import Done, Hint, HintLine, next_hint
from digitpad.gui.services.drawings import ENOUGH
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.trainer import State
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands
from tests.gui.looks import choose_text


@pytest.mark.parametrize(
    ("done", "closed", "hint"),
    [
        (Done(), (), None),
        (Done(drawn=True), (), Hint.KEEP),
        (Done(drawn=True), (Hint.KEEP,), Hint.TRAIN),
        (Done(drawn=True, kept=2), (), Hint.TRAIN),
        (Done(drawn=True, kept=3), (), Hint.COLLECT),
        (Done(drawn=True, kept=3, collecting=True), (), None),
        (Done(drawn=True, kept=ENOUGH), (), Hint.LEARN),
        (Done(drawn=True, kept=ENOUGH), (Hint.LEARN,), Hint.TRAIN),
        (Done(drawn=True, kept=ENOUGH, trained=True), (Hint.LEARN,), None),
    ],
)
def test_the_next_hint_follows_what_was_done(done: Done, closed: tuple[Hint, ...], hint: Hint | None) -> None:
    assert next_hint(done, frozenset(one.value for one in closed)) is hint


def test_a_hint_that_was_closed_is_never_shown_again(qtbot: QtBot, tmp_path: Path) -> None:
    done = Done(drawn=True, kept=3)
    for expected in (Hint.COLLECT, Hint.TRAIN, None):
        preferences = Preferences(tmp_path / "settings.json")
        line = HintLine(preferences)
        qtbot.addWidget(line)
        height = line.sizeHint().height()
        line.show_done(done)
        assert line.hint is expected
        assert line.sizeHint().height() == height  # nothing moves
        line.close_for_good()
        preferences.finish()


def button(window: MainWindow, name: str) -> QToolButton:
    (found,) = window.draw.hints.findChildren(QToolButton, name)
    return found


def test_it_leads_from_the_first_stroke_to_collecting(window: MainWindow, qtbot: QtBot) -> None:
    hints, tab = window.draw.hints, window.draw
    assert hints.label.text() == ""
    hands.drag(tab.canvas, hands.LINE)
    assert hints.label.text().startswith("Wrong? Press its number")
    for _ in range(3):
        with qtbot.waitSignal(window.session.drawings.kept):
            tab.keep[1].trigger()
        qtbot.waitUntil(lambda: hints.hint is not Hint.KEEP)
    assert hints.label.text() == f"3 kept. With {ENOUGH - 3} more it can learn your hand."
    button(window, "hint_action").click()
    qtbot.waitUntil(lambda: tab.collecting.active)
    assert hints.label.text() == ""
    tab.collecting.finish()
    assert hints.hint is Hint.COLLECT


def test_a_first_network_is_trained_with_one_press(training_window: MainWindow, qtbot: QtBot) -> None:
    window = training_window
    window.tabs.setCurrentIndex(0)
    hands.drag(window.draw.canvas, hands.LINE)
    window.draw.hints.close_for_good()
    assert window.draw.hints.hint is Hint.TRAIN
    button(window, "hint_action").click()
    assert window.tabs.currentWidget() is window.tabs.train_page
    trainer = window.session.trainer
    assert trainer.state is State.LEARNING
    (run,) = trainer.runs
    assert run.recipe.activation == "relu"
    trainer.stop()
    qtbot.waitUntil(lambda: not trainer.working)
    assert window.draw.hints.hint is None  # it was done


def test_how_it_got_there_is_folded_until_the_person_opens_it_and_then_stays_so(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    for is_open in (False, True):
        window = make_window(qapp, preferences=Preferences(tmp_path / "settings.json"))
        qtbot.addWidget(window)
        window.show()
        panel = window.draw.panel
        assert panel.how.is_open is is_open
        assert panel.stages.isVisible() is is_open
        if not is_open:
            panel.how.button.click()
            assert panel.stages.isVisible()
        window.close()


def test_what_was_done_by_its_key_is_not_hinted_at_any_more(window: MainWindow, qtbot: QtBot) -> None:
    hints = window.draw.hints
    hints.show_done(Done(drawn=True, kept=ENOUGH))
    hints.show_followed(Hint.COLLECT)
    before = hints.hint
    window.draw.learn.trigger()
    assert [before, hints.hint] == [Hint.LEARN, Hint.TRAIN]
    dialog = window.findChild(QDialog, "hand_dialog")
    assert dialog
    dialog.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_what_lies_over_the_page_cuts_no_hint(window: MainWindow, percent: int) -> None:
    choose_text(window, percent)
    hands.drag(window.draw.canvas, hands.LINE)
    label = window.draw.hints.label
    seen = set()
    for width in (1280, 3000):
        window.resize(width, 720)
        window.toast.say("The file has no room on the disk.")
        QApplication.processEvents()
        over = QRect(window.toast.mapToGlobal(QPoint()), window.toast.size())
        there = QRect(label.mapToGlobal(QPoint()), label.size())
        seen.add(label.isVisible())
        assert not (label.isVisible() and over.intersects(there))
        window.toast.clear()
        assert label.isVisible()
    choose_text(window, 100)  # or it would be as large in the tests that follow
    assert True in seen  # beside it where there is room
