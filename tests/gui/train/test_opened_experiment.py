"""Experiments as files: saved with a question, opened ready to start, and opened from the picture of their curves."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.trainer import State
from digitpad.gui.train.experiment_dialog import ExperimentDialog
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.tabs import AT_FIRST
from digitpad.train import experiment_file
from digitpad.train.experiment_file import DIGITS, HIDEABLE, LONGEST_QUESTION, SavedExperiment
from tests.gui.training import RECIPE, begin, choose, field, press, press_in, train, type_into, wait

QUESTION = "What becomes of the curve when <b>η</b> is ten times as large? " + "x" * 200
LESSON = SavedExperiment(replace(RECIPE, eta=0.3, hidden=(10,)), QUESTION, HIDEABLE - {"eta", "epochs"})


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert window.opening.take(data)


def open_file(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.opening.experiment_read):
        drop(window, path)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.digitpad"
    experiment_file.save(path, LESSON)
    return path


def test_an_experiment_opens_ready_to_start_with_its_question_and_what_it_needs(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path
) -> None:
    window.tabs.setCurrentIndex(0)
    width = window.minimumSizeHint().width()
    open_file(qtbot, window, lesson)
    assert window.tabs.currentWidget() is window.tabs.train_page
    assert tab.form.recipe == LESSON.recipe
    assert tab.question.isVisible()
    assert tab.question.question == QUESTION
    assert tab.question.words.textFormat() is Qt.TextFormat.PlainText
    assert window.minimumSizeHint().width() == width
    assert field(tab, "eta").isVisible()
    assert field(tab, "epochs").isVisible()
    hidden = set(tab.form.fields) - {"eta", "epochs"}
    assert not any(tab.form.fields[name].isVisible() for name in hidden)
    assert not tab.form.presets.isVisible()
    assert not tab.form.digits.isVisible()
    assert [name for name, section in tab.form.sections.items() if section.isVisible()] == ["Learning"]
    assert "lesson.digitpad is open, and ready to start." in window.toast.sentence
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert tab.trainer.runs[-1].recipe == LESSON.recipe


def test_one_press_shows_all_settings_again_and_another_puts_the_question_away(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path
) -> None:
    open_file(qtbot, window, lesson)
    press(tab, "show_all")
    assert tab.form.presets.isVisible()
    assert all(section.isVisible() for section in tab.form.sections.values())
    button = tab.findChild(QToolButton, "show_all")
    assert button
    assert not button.isVisible()
    assert tab.question.question == QUESTION
    press(tab, "close_question")
    assert not tab.question.isVisible()
    assert tab.form.recipe == LESSON.recipe


def test_undo_brings_back_what_was_there_before_an_experiment_was_opened(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path
) -> None:
    open_file(qtbot, window, lesson)
    window.tabs.undoing.undo.trigger()
    assert tab.form.recipe == RECIPE
    assert not tab.question.isVisible()
    assert tab.form.presets.isVisible()
    window.tabs.undoing.redo.trigger()
    assert tab.form.recipe == LESSON.recipe
    assert tab.question.question == QUESTION


def test_starting_fresh_closes_the_experiment_and_taking_up_brings_it_back(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path
) -> None:
    open_file(qtbot, window, lesson)
    before = window.tabs.arrange(AT_FIRST)
    assert not tab.question.isVisible()
    assert tab.form.presets.isVisible()
    window.tabs.arrange(before)
    assert tab.opened.experiment == LESSON


def test_the_next_start_has_the_experiment_that_was_open(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, qapp: QApplication, lesson: Path, tmp_path: Path
) -> None:
    open_file(qtbot, window, lesson)
    window.close()
    again = make_window(qapp, preferences=Preferences(tmp_path / "settings.json"))
    qtbot.addWidget(again)
    again.tabs.setCurrentIndex(1)
    assert again.train.opened.experiment == LESSON
    assert again.train.question.question == QUESTION
    assert not again.train.form.presets.isVisibleTo(again)
    again.close()


def test_an_experiment_is_known_by_its_content_whatever_it_is_called(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path
) -> None:
    renamed = lesson.rename(lesson.with_name("lesson.json.txt"))
    open_file(qtbot, window, renamed)
    assert tab.question.question == QUESTION


def test_while_a_run_is_under_way_none_is_opened(window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path) -> None:
    begin(qtbot, tab)
    open_file(qtbot, window, lesson)
    assert "lesson.digitpad: stop the run that is under way first" in window.toast.sentence
    assert not tab.question.isVisible()
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_a_damaged_one_is_told_and_nothing_changes(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "bad.digitpad").write_text(LESSON.to_json().replace("0.3", "-3"))
    with qtbot.waitSignal(window.opening.failed):
        drop(window, tmp_path / "bad.digitpad")
    assert (
        "bad.digitpad: this experiment cannot be opened: Learning rate η: '-3' is not allowed" in window.toast.sentence
    )
    assert tab.form.recipe == RECIPE


def test_own_drawings_that_are_not_there_yet_are_waited_for(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, tmp_path: Path
) -> None:
    experiment_file.save(tmp_path / "own.digitpad", SavedExperiment(replace(RECIPE, own=True)))
    open_file(qtbot, window, tmp_path / "own.digitpad")
    assert tab.form.recipe == RECIPE
    assert tab.form.last_possible.own


# Saving


def dialog_of(window: MainWindow) -> ExperimentDialog:
    choose(window, "save_experiment")
    dialog = window.findChild(ExperimentDialog)
    assert dialog
    return dialog


def test_an_experiment_is_saved_with_a_question_and_what_is_to_be_hidden(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.digitpad"
    monkeypatch.setattr("digitpad.gui.train.experiment_dialog.ask_save", lambda *_: path)
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.question, "Why does it creep?")
    press_in(window, "show_none")
    for name in ("eta", DIGITS):
        box = dialog.findChild(QCheckBox, f"change_{name}")
        assert box
        assert not box.isChecked()
        box.click()
    save = dialog.findChild(QPushButton, "save_as")
    assert save
    with qtbot.waitSignal(tab.opened.reported):
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert experiment_file.load(path) == SavedExperiment(RECIPE, "Why does it creep?", HIDEABLE - {"eta", DIGITS})
    assert window.status.report.text() == "The experiment is saved in mine.digitpad."


def test_a_question_that_is_too_long_is_told_while_it_is_typed(window: MainWindow, tab: TrainTab) -> None:
    dialog = dialog_of(window)
    save = dialog.findChild(QPushButton, "save_as")
    assert save
    dialog.question.setPlainText("a" * LONGEST_QUESTION)
    assert dialog.room.text() == "0 letters left"
    assert save.isEnabled()
    QTest.keyClicks(dialog.question, "a")
    assert dialog.room.text() == "1 letter too many"
    assert not save.isEnabled()
    dialog.close()


def test_what_was_opened_is_what_is_saved_again(window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path) -> None:
    open_file(qtbot, window, lesson)
    dialog = dialog_of(window)
    assert dialog.question.toPlainText() == QUESTION
    assert {name for name, box in dialog.boxes.items() if not box.isChecked()} == LESSON.hidden
    assert dialog.boxes.keys() == HIDEABLE
    dialog.close()


def test_settings_that_cannot_be_are_not_saved(window: MainWindow, tab: TrainTab) -> None:
    type_into(tab, "eta", "-1")
    save = window.findChild(QAction, "save_experiment")
    assert save
    assert not save.isEnabled()


def test_what_cannot_be_written_is_told(window: MainWindow, tab: TrainTab, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(tab.opened.failed):
        tab.opened.write(tmp_path / "no" / "such.digitpad", LESSON)
    assert "cannot be written" in window.toast.sentence


# Pictures of curves


def test_the_picture_of_a_run_s_curves_opens_its_settings_and_question(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, tmp_path: Path, lesson: Path
) -> None:
    open_file(qtbot, window, lesson)
    run = train(qtbot, tab, replace(RECIPE, eta=1.5, epochs=1))
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "curves.png")
    press(tab, "show_all")
    press(tab, "close_question")
    tab.form.show_recipe(RECIPE)
    window.tabs.setCurrentIndex(0)
    open_file(qtbot, window, tmp_path / "curves.png")
    assert tab.form.recipe == run.recipe
    assert tab.question.question == QUESTION
    assert window.draw.canvas.empty


def test_a_picture_whose_experiment_is_damaged_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setText("digitpad experiment", '{"format": "digitpad experiment", "version": 1, "recipe": {"eta": -1}}')
    assert image.save(str(tmp_path / "curves.png"))
    with qtbot.waitSignal(window.opening.failed):
        drop(window, tmp_path / "curves.png")
    assert "curves.png: the experiment in this picture cannot be opened: Learning rate η" in window.toast.sentence


def test_experiments_are_found_by_the_dialog_for_files(
    window: MainWindow, tab: TrainTab, qtbot: QtBot, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.opening.ask_open", lambda *_: lesson)
    with qtbot.waitSignal(window.opening.experiment_read):
        choose(window, "open_experiment")
    assert tab.form.recipe == LESSON.recipe
