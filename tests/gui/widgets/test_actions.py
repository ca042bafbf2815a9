"""Keys: as the system names them, and wherever a keyboard has them."""

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import KEYS
from tests.gui import hands

NONE, SHIFT, ALT_GR, ALT, KEYPAD, CTRL = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.GroupSwitchModifier,
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip


@pytest.mark.parametrize("held", [NONE, SHIFT, ALT_GR, KEYPAD])
def test_a_digit_keeps_the_drawing_wherever_the_keyboard_has_it(
    window: MainWindow, qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    hands.drag(window.draw.canvas, hands.LINE)
    with qtbot.waitSignal(window.session.drawings.reported):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_4, held)
    assert [sample.label for sample in window.session.drawings.samples.each()] == [4]


@pytest.mark.parametrize("held", [NONE, SHIFT, ALT_GR])
def test_brackets_change_the_brush_wherever_the_keyboard_has_them(
    window: MainWindow, held: Qt.KeyboardModifier
) -> None:
    before = window.draw.canvas.brush
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_BracketRight, held)
    assert window.draw.canvas.brush > before
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_BracketLeft, held)
    assert window.draw.canvas.brush == pytest.approx(before)


@pytest.mark.parametrize(("system", "held"), [("Windows", CTRL | ALT), ("Darwin", ALT)])
def test_what_types_another_sign_is_no_command(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, system: str, held: Qt.KeyboardModifier
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    before = window.draw.canvas.brush
    press(window.draw.canvas, Qt.Key.Key_BracketRight, held, "]")
    assert window.draw.canvas.brush > before
    for other in {CTRL, ALT, CTRL | ALT, CTRL | SHIFT} - {held}:
        press(window.draw.canvas, Qt.Key.Key_BracketLeft, other, "[")
    assert window.draw.canvas.brush > before


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier, text: str) -> None:
    """Press a key that types ``text``, as the systems tell Qt: first to those who may want it as a shortcut."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, held, text))


def test_another_sign_on_the_key_of_a_digit_keeps_nothing(window: MainWindow, qtbot: QtBot) -> None:
    hands.drag(window.draw.canvas, hands.LINE)
    for key, held in ((Qt.Key.Key_BraceLeft, ALT_GR), (Qt.Key.Key_ParenLeft, SHIFT), (Qt.Key.Key_8, ALT)):
        QTest.keyClick(window.draw.canvas, key, held)
    assert not window.draw.canvas.undo_stack.canRedo()
    with qtbot.waitSignal(window.session.drawings.reported):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_2)
    assert [sample.label for sample in window.session.drawings.samples.each()] == [2]


@pytest.fixture
def apple(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of keys as macOS has them; what is written down for the program itself stays as it is."""
    to_string = QKeySequence.toString

    def named(keys: QKeySequence, form: QKeySequence.SequenceFormat = QKeySequence.SequenceFormat.PortableText) -> str:
        written = to_string(keys)
        if form is QKeySequence.SequenceFormat.NativeText:
            for portable, sign in (("Ctrl+", "⌘"), ("Shift+", "⇧"), ("Alt+", "⌥"), ("Return", "⏎")):
                written = written.replace(portable, sign)
        return written

    monkeypatch.setattr(QKeySequence, "toString", named)


@pytest.fixture
def every_tab(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The program's window after every tab was in front once."""
    for i in range(window.tabs.count()):
        window.tabs.setCurrentIndex(i)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    return window


def words(window: MainWindow) -> set[str]:
    """Return every text on labels, buttons and in tool tips."""
    found = {window.tabs.tabToolTip(i) for i in range(window.tabs.count())}
    for widget in window.findChildren(QWidget):
        found |= {widget.toolTip(), widget.statusTip(), widget.whatsThis()}
        if isinstance(widget, QLabel):
            found.add(widget.text())
    for action in window.findChildren(QAction):
        found |= {action.toolTip(), action.text()}
    return found


@pytest.mark.usefixtures("apple")
def test_keys_are_called_as_the_system_calls_them(qapp: QApplication, every_tab: MainWindow) -> None:
    found = words(every_tab)
    wrong = {text for text in found if any(name in text for name in ("Ctrl", "Shift+", "Alt+", "Return)", "F5)"))}
    assert not wrong
    for written in ("⌘Z", "⌘1", "⌘←" if "⌘←" in " ".join(found) else "⌘Left", "⌘R", "⇧"):
        assert any(written in text for text in found), written


def test_no_menu_of_macos_is_chosen_by_the_text_of_an_action(every_tab: MainWindow) -> None:
    actions = [action for action in every_tab.findChildren(QAction) if action.text() and not action.menu()]
    roles = {action.text().replace("&", ""): action.menuRole() for action in actions}
    own = {text: role for text, role in roles.items() if role is not QAction.MenuRole.NoRole}
    named = {
        "About digitpad": QAction.MenuRole.AboutRole,
        "Quit": QAction.MenuRole.QuitRole,
        "Preferences…": QAction.MenuRole.PreferencesRole,
    }
    assert {text: role for text, role in own.items() if text in named} == named
    # What Qt adds by itself, such as the menu of a text field, is in no menu bar.
    in_bar = {action for top in every_tab.menuBar().actions() for action in top.menu().actions()}  # type: ignore[attr-defined]
    assert {action.text().replace("&", "") for action in in_bar if action.text() and not action.menu()
            and action.menuRole() is not QAction.MenuRole.NoRole} == set(named)  # fmt: skip


def test_standard_keys_are_the_system_s_own(every_tab: MainWindow) -> None:
    actions = {action.text().replace("&", ""): action for action in every_tab.findChildren(QAction)}
    standard = QKeySequence.StandardKey
    for text, key, fallback in (
        ("Quit", standard.Quit, "Ctrl+Q"),
        ("Save network", standard.Save, "Ctrl+S"),
        ("Save network as…", standard.SaveAs, "Ctrl+Shift+S"),
        ("Open picture…", standard.Open, "Ctrl+O"),
        ("Paste picture", standard.Paste, "Ctrl+V"),
        ("Undo", standard.Undo, "Ctrl+Z"),
        ("Redo", standard.Redo, "Ctrl+Y"),
    ):
        assert set(QKeySequence.keyBindings(key)) <= set(actions[text].shortcuts())
        assert QKeySequence(fallback) in actions[text].shortcuts()


@pytest.mark.parametrize(("system", "taken"), [("Windows", set()), ("Linux", {"F10", "Shift+F10"})])
def test_function_keys_work_beside_others_and_windows_keeps_those_of_its_menus(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str, taken: set[str]
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    window = make_window(qapp)
    qtbot.addWidget(window)
    commands = window.train.commands
    keys = [
        [key.toString() for key in action.shortcuts()]
        for action in (commands.start, commands.stop, commands.step, commands.epoch, commands.go_on, commands.restart)
    ]
    assert all(not any(part.startswith("F") for part in of_one[0].split("+")) for of_one in keys)
    assert {"F5", "Shift+F5", "F6", "F9"} <= {key for of_one in keys for key in of_one}
    assert {key for of_one in keys for key in of_one} & {"F10", "Shift+F10"} == taken
    window.close()


def test_the_list_of_keys_is_whole_and_true(every_tab: MainWindow) -> None:
    listed = set()
    for row in re.findall(r"^\| (.+?) \|", KEYS.read_text(encoding="utf-8"), flags=re.MULTILINE):
        for first, last in re.findall(r"(\S*\d) to (\S*\d)", row):
            listed |= {first[:-1] + str(digit) for digit in range(int(first[-1]), int(last[-1]) + 1)}
        listed |= set(re.split(r", | or | and | to ", row))
    listed -= {"key", "---", "Tab", "arrow keys", "Page Up", "Page Down"}  # which are Qt's own,
    pictures = {"Arrow keys", "Left", "Right", "Home", "End", "+", "-", "Shift with them"}
    listed -= pictures  # or those of a picture that has the focus
    shortcuts = every_tab.findChildren(QShortcut)
    actions = [action for action in every_tab.findChildren(QAction) if not isinstance(action.parent(), QLineEdit)]
    buttons = every_tab.findChildren(QAbstractButton)
    there = {key.toString() for action in actions for key in action.shortcuts()}
    there |= {thing.key().toString() for thing in shortcuts} | {button.shortcut().toString() for button in buttons}
    standard = QKeySequence.StandardKey
    others = {  # the system's other keys for the same
        key.toString()
        for one in (
            standard.Undo,
            standard.Redo,
            standard.Open,
            standard.Paste,
            standard.Save,
            standard.SaveAs,
            standard.Quit,
            standard.Copy,
            standard.ZoomIn,
            standard.ZoomOut,
            standard.FullScreen,
            standard.HelpContents,
            standard.Preferences,
        )
        for key in QKeySequence.keyBindings(one)
    }
    names = {"Del": "Delete"}
    assert {names.get(key, key) for key in there - others} - {""} <= listed
    assert listed <= {names.get(key, key) for key in there}
