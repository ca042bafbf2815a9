"""Network files from strangers: they must not hang, kill or disfigure the window."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import hostile
from driving import Steps, show_tab, wait_for
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from benchmarks.probes import Faults, check
from benchmarks.probes.scene import opened, use, write
from digitpad.errors import ModelError
from digitpad.gui.train.run_chips import RunChips
from digitpad.gui.window.about import about_network
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file

FAULTS = Faults()
_SHRINK = """
import sys
from pathlib import Path
path, content = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
while True:
    with path.open("r+b") as file:
        file.truncate(4096)
    path.write_bytes(content)
"""
_TALLEST_PX = 1000  # of a window's least height


def _look(content: bytes | Callable[[Path], bytes], check_window: Callable[[MainWindow], None], folder: Path) -> None:
    """Open a network file and look at it wherever it shows."""
    made = content if isinstance(content, bytes) else content(folder)

    def steps(window: MainWindow) -> Steps:
        for tab in (1, 2, 3, 0):
            window.tabs.setCurrentIndex(tab)
            yield 50
        yield from wait_for(lambda: window.digits.current)
        yield from opened(window, write(folder, "stranger.safetensors", made))
        for name in ("Draw", "Train", "Explore", "Train"):
            yield from show_tab(window, name)
            yield 100
        about_network(window, window.session.model)
        yield 200
        check_window(window)
        if (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
        window.explore.show_page(4)
        window.theme.choose(Qt.ColorScheme.Dark)
        yield 200

    use(steps)


def _plain(window: MainWindow) -> None:
    """Raise NotSurvived where what a file says is shown as markup, or makes the window too high."""
    check(window.minimumSizeHint().height() < _TALLEST_PX, f"least height {window.minimumSizeHint().height()} pixels")
    for shown in _labels():
        rich = shown.textFormat() is Qt.TextFormat.RichText or (
            shown.textFormat() is Qt.TextFormat.AutoText and TextQt.mightBeRichText(shown.text())
        )
        check(not (rich and "<h1>" in shown.text()), f"shown as markup: {shown.text()[:60]}")
    for tip in _tips(window):
        check(not (TextQt.mightBeRichText(tip) and "<h1>" in tip), f"a tool tip with markup: {tip[:60]}")


def _labels() -> Iterator[QLabel]:
    for window in QApplication.topLevelWidgets():
        yield from window.findChildren(QLabel)


def _tips(window: MainWindow) -> Iterator[str]:
    yield from (widget.toolTip() for widget in window.findChildren(QWidget))
    for runs in window.findChildren(RunChips):
        model = runs.model()
        for row in range(model.rowCount()):
            yield str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or "")


def _pipe(folder: Path) -> bytes:
    os.mkfifo(folder / "pipe")
    return hostile.network(told=hostile.curves(f"<img src='{folder / 'pipe'}'>"))


if hasattr(os, "mkfifo"):
    FAULTS.add("a name that has Qt open a pipe, as it would //host/share", seconds=60)(partial(_look, _pipe, _plain))
    FAULTS.add("a name that has Qt read /dev/zero", seconds=60)(
        partial(_look, hostile.network(told=hostile.curves("<img src='/dev/zero'>")), _plain)
    )
for _what, _content in hostile.networks().items():
    FAULTS.add(f"a network file with {_what}")(partial(_look, _content, _plain))
FAULTS.add("a network of 20,000 layers")(partial(_look, lambda _: hostile.network((784, *[1] * 20_000, 10)), _plain))


def _wide(_folder: Path) -> bytes:
    return hostile.network(told=hostile.curves(marks=[(1, "{value:>1000000000}")]))


FAULTS.add("a mark that is a format a thousand million letters wide")(partial(_look, _wide, _plain))


@FAULTS.add("curves that are refused beside a network that is not")
def _refused(folder: Path) -> None:
    """Open it, and then another: the list of runs goes on."""
    told = hostile.curves() | {"curves": json.dumps({"points": "none"})}
    paths = [
        write(folder, "bad.safetensors", hostile.network(told=told)),
        write(folder, "good.safetensors", hostile.network(told=hostile.curves("the good one"))),
    ]

    def steps(window: MainWindow) -> Steps:
        for path in paths:
            yield from opened(window, path)
        yield from show_tab(window, "Train")
        yield 100
        runs = window.train.runs.model().rowCount()
        check(runs == 1, f"{runs} runs in the list")

    use(steps)


@FAULTS.add("a network file that shrinks while it is read")
def _shrinking(folder: Path) -> None:
    path = folder / "shrinking.safetensors"
    content = hostile.network((784, 500, 10))
    whole = write(folder, "whole.safetensors", content)
    path.write_bytes(content)
    other = subprocess.Popen([sys.executable, "-c", _SHRINK, str(path), str(whole)])
    try:
        for _ in range(300):
            try:
                model_file.load(path)
            except ModelError:
                continue
    finally:
        other.kill()
        other.wait()
