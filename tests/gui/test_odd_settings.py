"""The window opens whatever the settings file holds, and says when it could not be read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Preferences

VALUES = [
    '"brush": 1e9', '"brush": 1e-300', '"brush": NaN', f'"brush": {10**400}', f'"window": [{10**30}, 5]',
    '"window": [1000000, 1000000]', '"window": [1, 1]', '"appearance": {}', '"recent": ["\\ud800", "\\u0000"]',
    '"place": [1e9, 5]', '"place": 7', '"maximised": 3', '"folders": [1]', '"folders": {"network": 7}',
    '"folders": {"picture": "\\u0000"}',
    '"digits": "\\ud800"', '"digits": "/dev/zero"', '"opened": ["/dev/zero", 1, "x\\u0000"]', '"solved": ["\\ud800"]',
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:30])
def test_it_opens_and_shows_all_tabs(qapp: QApplication, qtbot: QtBot, tmp_path: Path, value: str) -> None:
    (tmp_path / "settings.json").write_text(f"{{{value}}}")
    window = make_window(qapp, preferences=Preferences(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    for tab in range(4):
        window.tabs.setCurrentIndex(tab)
    qtbot.waitUntil(lambda: window.digits.current is not None)
    assert window.width() <= 16_384
    assert not window.preferences.trouble
    window.close()


def test_a_broken_file_is_told(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("[" * 100_000)
    window = make_window(qapp, preferences=Preferences(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert "could not be read and are as at first; it is settings.broken.json now." in window.toast.sentence
    window.close()


def test_a_file_that_is_broken_meanwhile_is_told_when_one_comes_back_and_nothing_is_lost(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    window = make_window(qapp, preferences=Preferences(file))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.looks.set_text_percent(125)
    window.looks.usual()
    window.preferences.done_tasks = frozenset({"Perceptron"})
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    window.preferences.finish()
    file.write_text("{")
    assert window.toast.sentence == ""
    with qtbot.waitActive(window):
        window.activateWindow()
    assert "could not be read and are as they were in this window; it is settings.broken.json" in window.toast.sentence
    window.toast.clear()
    with qtbot.waitActive(other):
        other.activateWindow()
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.toast.sentence == ""  # once is enough
    window.close()
    again = Preferences(file)
    assert not again.trouble
    assert (again.done_tasks, again.text_percent) == (frozenset({"Perceptron"}), 100)
