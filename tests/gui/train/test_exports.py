"""Runs as a table, curves as pictures."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.settings import VALIDATION
from tests.gui.training import RECIPE, do, train


def test_csv_png_and_svg_are_written(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, eta=1.0, epochs=1))
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_csv(tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open() as file:
        rows = list(csv.DictReader(file))
        assert len(rows) == sum(len(one.points) for one in tab.trainer.runs)
    assert len(set(rows[0])) == len(next(csv.reader([(tmp_path / "runs.csv").read_text().splitlines()[0]])))
    assert [float(row["epoch"]) for row in rows[: len(run.points)]] == [point.epochs for point in run.points]
    assert window.status.report.text() == "2 runs exported into runs.csv."
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "plot.png")
    assert QImage(str(tmp_path / "plot.png")).width() >= 2 * tab.plots.width()
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "plot.svg")
    svg = (tmp_path / "plot.svg").read_text()
    assert "<svg" in svg
    assert svg.count("η 3") == 1  # the legend tells whose lines they are
    assert "test digits" in svg
    # Curves are as wide as their plot.
    ways = [[float(x) for x in re.findall(r"[ML]([-0-9.]+),", way)] for way in re.findall(r' d="([^"]*)"', svg)]
    assert max(max(way) - min(way) for way in ways if len(way) > 5) > tab.plots.width() / 2
    assert window.status.report.text() == "The curves are saved in plot.svg."
    assert len(tab.plots.legend.entries) == 2  # on the screen, the chips do
    assert not window.toast.sentence
    for write in (tab.exports.write_csv, tab.exports.write_plot):
        with qtbot.waitSignal(tab.exports.failed):
            write(tmp_path / "no" / "such.png")
        assert "cannot be written" in window.toast.sentence


def test_a_picture_says_where_validation_digits_were_measured_on(tab: TrainTab, qtbot: QtBot, tmp_path: Path) -> None:
    train(qtbot, tab, replace(RECIPE, held_out=VALIDATION, epochs=1))
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "plot.svg")
    assert " % of the validation digits" in (tmp_path / "plot.svg").read_text()


def test_a_picture_that_was_asked_for_is_written_though_the_window_closes(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    train(qtbot, tab)
    tab.exports.write_plot(tmp_path / "curves.png")  # which is drawn over some turns
    window.session.made.clear()
    window.close()
    window.close()  # where the first only asked about a network that is not saved
    assert QImage(str(tmp_path / "curves.png")).width() >= 2 * tab.plots.width()


def test_a_run_that_begins_while_curves_are_drawn_is_among_them(tab: TrainTab, qtbot: QtBot, tmp_path: Path) -> None:
    train(qtbot, tab)
    before = len(QApplication.topLevelWidgets())
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "curves.svg")
        do(tab, "start")
    tab.commands.stop.trigger()
    qtbot.waitUntil(lambda: tab.trainer.state is State.IDLE and not tab.trainer.working)
    assert "<svg" in (tmp_path / "curves.svg").read_text()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(QApplication.topLevelWidgets()) <= before + 1  # what says that a run has ended may have come


@pytest.mark.parametrize(("action", "ending"), [("csv", ".csv"), ("save_plot", ".png")])
def test_what_is_asked_for_is_written_where_the_person_says(
    tab: TrainTab, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, ending: str
) -> None:
    train(qtbot, tab)
    proposed: list[str] = []

    def ask(*arguments: str) -> Path:
        proposed.append(arguments[3])
        return tmp_path / f"mine{ending}"

    monkeypatch.setattr("digitpad.gui.train.exports.ask_save", ask)
    with qtbot.waitSignal(tab.exports.reported):
        do(tab, action)
    assert (tmp_path / f"mine{ending}").stat().st_size > 0
    assert proposed[0].endswith(ending)
