"""A row of buttons is one stop for Tab."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.button_row import ButtonRow


def test_tab_goes_past_the_row_and_arrows_go_along_it(qtbot: QtBot) -> None:
    page, before, after = QWidget(), QLineEdit(), QLineEdit()
    pressed: list[int] = []
    actions = [QAction(str(digit), page) for digit in range(10)]
    for digit, action in enumerate(actions):
        action.triggered.connect(lambda _=False, digit=digit: pressed.append(digit))
    row, column = ButtonRow(actions), QVBoxLayout(page)
    for widget in (before, row, after):
        column.addWidget(widget)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    before.setFocus()
    for key, focus in (
        (Qt.Key.Key_Tab, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Left, 9), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Right, 1),
    ):  # fmt: skip
        QTest.keyClick(page.focusWidget(), key)
        assert row.buttons[focus].hasFocus()
    QTest.keyClick(row.buttons[1], Qt.Key.Key_Space)
    assert pressed == [1]
    QTest.keyClick(row.buttons[1], Qt.Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert row.buttons[1].hasFocus()  # where it was left
    QTest.keyClick(row.buttons[1], Qt.Key.Key_Backtab)
    assert before.hasFocus()
