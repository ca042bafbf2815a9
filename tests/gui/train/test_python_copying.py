"""A run is copied as a program that gives its curve."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import RECIPE, do, train


def test_the_selected_run_is_copied_by_key_and_its_program_gives_its_curve(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    with qtbot.waitSignal(tab.python.reported):
        QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    script = QGuiApplication.clipboard().text()
    lines = len(script.splitlines())
    assert window.status.report.text() == f"Run #1 is in the clipboard, as a program of {lines} lines in Python."
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shares = [float(one) for one in re.findall(r"([\d.]+)%$", done.stdout, flags=re.MULTILINE)]
    assert shares == [round(100 * point.accuracy, 2) for point in run.points if point.exact]


def test_what_cannot_be_copied_is_said(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    action = tab.findChild(QAction, "copy_python")
    assert action is not None
    assert not action.isEnabled()
    run = train(qtbot, tab, replace(RECIPE, epochs=1))
    QGuiApplication.clipboard().setText("before")
    run.data = "<b>gone"
    do(tab, "copy_python")
    told = "Run #1 learned from <b>gone, which is not among the data sets here: open it first."
    assert window.toast.sentence == told
    assert QGuiApplication.clipboard().text() == "before"


def test_a_run_with_own_drawings_is_refused_with_a_sentence(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(RECIPE, epochs=1))
    run.recipe = replace(run.recipe, own=True)
    with qtbot.waitSignal(tab.python.failed):
        do(tab, "copy_python")
    assert window.toast.sentence.startswith("Run #1 learned from your drawings, too")
