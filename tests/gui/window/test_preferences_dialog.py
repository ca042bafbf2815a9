"""Preferences: what is chosen holds at once, what is kept is told, and can be forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.preferences import Appearance
from digitpad.gui.widgets.colours import DARK
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.preferences_dialog import PreferencesDialog
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.sitting import claim_all
from tests.gui.hands import LINE, drag
from tests.gui.window.conftest import Open, end_badly, made


def opened(window: MainWindow) -> PreferencesDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(PreferencesDialog)
    return dialog


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def press(dialog: PreferencesDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_looks_are_chosen_and_follow_the_menu(window: MainWindow, qapp: QApplication) -> None:
    dialog = opened(window)
    choose(dialog.appearance, "Dark")
    choose(dialog.text, "125 %")
    assert qapp.palette().base().color().name() == DARK.paper
    assert window.theme.text_percent == 125
    assert (window.preferences.appearance, window.preferences.text_percent) == (Appearance.DARK, 125)
    window.looks.usual()
    window.looks.choose(Appearance.SYSTEM)
    assert (dialog.appearance.currentText(), dialog.text.currentText()) == ("Like the system", "100 %")
    assert opened(window) is dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_size_of_text_from_a_file_is_shown_though_no_menu_has_it(window: MainWindow) -> None:
    window.looks.set_text_percent(95)
    dialog = opened(window)
    assert dialog.text.currentText() == "95 %"
    window.looks.usual()
    assert dialog.text.currentText() == "100 %"
    assert dialog.text.findText("95 %") == -1


def test_folders_are_told_chosen_and_forgotten(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    mine = tmp_path / "mine"
    mine.mkdir()
    dialog = opened(window)

    def told() -> dict[str, str]:
        return {field.accessibleName(): field.text() for field in dialog.findChildren(QLineEdit)}

    assert told()["Networks"] == str(tmp_path)
    monkeypatch.setattr("digitpad.gui.widgets.file_dialogs.QFileDialog.getExistingDirectory", lambda *_: str(mine))
    press(dialog, "choose_network")
    assert told()["Networks"] == str(mine)
    assert told()["Pictures"] == str(tmp_path)
    assert window.folders.of(FileKind.NETWORK) == mine
    press(dialog, "forget_folders")
    assert told()["Networks"] == str(tmp_path)
    assert window.preferences.folders == {}


def test_what_is_kept_is_told_and_its_folder_shown(
    start: Open, qtbot: QtBot, sittings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    window = start()
    window.session.use(Model(Network([784, 400, 10], seed=1)), unsaved=True)
    dialog = opened(window)
    qtbot.waitUntil(lambda: dialog.taken.text() == "0.0 MiB")
    assert window.autosave.keep_now()
    qtbot.waitUntil(lambda: dialog.taken.text() == "1.2 MiB")
    press(dialog, "show_kept")
    assert shown == [QUrl.fromLocalFile(str(sittings))]


def test_without_a_place_nothing_is_promised(window: MainWindow) -> None:
    dialog = opened(window)
    assert any("Nothing can be kept" in label.text() for label in dialog.findChildren(QLabel))
    assert dialog.findChild(QPushButton, "forget_all") is None


def test_all_is_forgotten_but_what_is_in_the_window(start: Open, qtbot: QtBot, sittings: Path) -> None:
    crashed = start()
    drag(crashed.draw.canvas, LINE)
    end_badly(crashed)
    again = start()
    for seed in (1, 2):
        again.session.use(Model(Network([784, 10], seed=seed)), unsaved=True)
    drag(again.draw.canvas, LINE)
    assert again.autosave.keep_now()
    assert len(list(sittings.iterdir())) == 2
    dialog = opened(again)
    press(dialog, "forget_all")
    box = dialog.findChild(QMessageBox, "forget_question")
    assert box
    with qtbot.assertNotEmitted(again.session.made.changed):
        box.reject()
    press(dialog, "forget_all")
    box = next(one for one in dialog.findChildren(QMessageBox, "forget_question") if one.isVisible())
    forget = box.findChild(QPushButton, "forget")
    assert forget
    forget.click()
    assert not again.offer.isVisible()
    assert [one.isChecked() for one in made(again)] == [True]
    qtbot.waitUntil(lambda: len(list(sittings.glob("*/network-*"))) == 1)
    assert len(list(sittings.iterdir())) == 1
    again.close()
    (place,) = claim_all(sittings)
    assert (place.state.closed, place.state.drawn, place.state.others) == (True, True, 0)
    place.leave()


def test_the_menu_has_it_where_the_system_wants_it(window: MainWindow) -> None:
    action = window.findChild(QAction, "preferences")
    assert action
    assert action.menuRole() is QAction.MenuRole.PreferencesRole
