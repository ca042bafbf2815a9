"""Runs as a table, curves as pictures."""

import csv
from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import train


def test_csv_png_and_svg_are_written(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run = train(qtbot, tab)
    tab.exports.write_csv(tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open() as file:
        assert len(list(csv.DictReader(file))) == len(run.points)
    tab.exports.write_plot(tmp_path / "plot.png")
    assert QImage(str(tmp_path / "plot.png")).width() == 2 * tab.plots.width()
    tab.exports.write_plot(tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text()
    assert not window.toast.sentence
    for write in (tab.exports.write_csv, tab.exports.write_plot):
        write(tmp_path / "no" / "such.png")
        assert "cannot be written" in window.toast.sentence
