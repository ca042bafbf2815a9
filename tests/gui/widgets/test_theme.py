"""The look: whatever the folder is called, and as large as the system's text."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QFileInfo
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.gui.app import make_window
from digitpad.gui.widgets import theme as module
from digitpad.gui.widgets.theme import NORMAL, SMALL, Theme, font


@pytest.fixture
def undress(qapp: QApplication) -> Iterator[None]:
    """Leave the application as it was found."""
    before = qapp.font(), qapp.styleSheet(), QDir.searchPaths("marks")
    yield
    qapp.setFont(before[0])
    qapp.setStyleSheet(before[1])
    QDir.setSearchPaths("marks", before[2])


@pytest.mark.usefixtures("undress")
@pytest.mark.parametrize("name", ["plain", "it's #1 (100 %20 ü;)", "back{slash}"])
def test_the_tick_is_painted_whatever_the_folder_is_called(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if os.name != "nt":  # where these are allowed in names
        name += '"quoted\\'
    marks = tmp_path / name
    shutil.copytree(paths.MARKS, marks)
    monkeypatch.setattr(module, "MARKS", marks)
    theme = Theme(qapp)
    assert QFileInfo("marks:check-light.svg").absolutePath() == marks.as_posix()
    box = QCheckBox("A box")
    qtbot.addWidget(box)
    box.setChecked(True)
    with qtbot.waitExposed(box):
        box.show()
    assert len(_colours(box.grab().toImage())) > 2  # the box's own, the tick's, and more where they meet
    theme.deleteLater()


def _colours(picture: QImage) -> set[int]:
    """Return the colours inside the box."""
    return {
        picture.pixel(x, y) for x in range(5, 13) for y in range(picture.height() // 2 - 3, picture.height() // 2 + 3)
    }


@pytest.mark.usefixtures("undress")
@pytest.mark.parametrize(
    ("system", "normal"), [(11, NORMAL), (15, NORMAL), (21, 20), (30, 2 * NORMAL), (90, 2 * NORMAL)]
)
def test_text_grows_with_the_system_s(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: int, normal: int
) -> None:
    def system_font(_: QFontDatabase.SystemFont) -> QFont:
        chosen = QFont()
        chosen.setPixelSize(system)
        return chosen

    monkeypatch.setattr(QFontDatabase, "systemFont", system_font)
    assert font(NORMAL).pixelSize() == normal
    window = make_window(qapp)
    qtbot.addWidget(window)
    assert qapp.font().pixelSize() == normal
    assert f"font-size: {font(SMALL).pixelSize()}px" in qapp.styleSheet()
    window.close()
