"""The window is never larger than its screen, and everything in it can be reached however small it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.window import fitting

SCREENS = {"screens": [{"name": "one", "x": 0, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96}]}


def opened_on(folder: Path, width: int, height: int, scale: int, wanted: tuple[int, int]) -> list[int]:
    """Open a window on such a screen; return its size, and its least size, in pixels ``scale`` times the screen's."""
    (screen,) = SCREENS["screens"]
    # Qt takes a colon for the end of a path, so this is one without a drive.
    (folder / "screen.json").write_text(json.dumps({"screens": [screen | {"width": width, "height": height}]}))
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen:configfile=screen.json", "QT_SCALE_FACTOR": str(scale)}
    run = subprocess.run(
        [sys.executable, "-m", __name__, *map(str, wanted)], cwd=folder, text=True, capture_output=True, timeout=100,
        env=variables | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    sizes = json.loads(run.stdout)
    assert isinstance(sizes, list)
    return sizes


@pytest.mark.parametrize(
    ("screen", "scale", "wanted", "opened"),
    [
        ((1920, 1080), 1, (1100, 780), (1100, 780)),
        ((1366, 768), 1, (1100, 780), (1100, 728)),
        ((1280, 720), 1, (1100, 780), (1100, 680)),
        ((1920, 1080), 2, (1100, 780), (952, 500)),
        ((1280, 720), 1, (2400, 1400), (1272, 680)),
        ((640, 480), 1, (1100, 780), (632, 440)),
    ],
)
def test_it_opens_within_its_screen(
    tmp_path: Path, screen: tuple[int, int], scale: int, wanted: tuple[int, int], opened: tuple[int, int]
) -> None:
    width, height, *least = opened_on(tmp_path, *screen, scale, wanted)
    assert (width, height) == opened
    assert least == [min(720, width), min(520, height)]


def test_a_page_scrolls_before_anything_of_it_is_cut_off(qtbot: QtBot) -> None:
    page, label = QWidget(), QLabel("words")
    label.setMinimumSize(500, 400)
    QVBoxLayout(page).addWidget(label)
    frame = Scrolling(page)
    qtbot.addWidget(frame)
    least = frame.minimumSizeHint()
    frame.resize(300, 200)
    frame.show()
    assert label.size() == QSize(500, 400)
    assert frame.horizontalScrollBar().maximum() > 0
    label.setMinimumSize(900, 800)
    QApplication.processEvents()
    assert frame.minimumSizeHint() == least
    frame.resize(1200, 1000)
    assert frame.horizontalScrollBar().maximum() == 0
    assert page.size() == frame.size()


def main() -> None:
    """Be a window that wants the size in the arguments, and print what it got."""
    app = QApplication([])
    assert app
    window = QWidget()
    fitting.fit(window, QSize(*map(int, sys.argv[1:])))
    print([window.width(), window.height(), window.minimumWidth(), window.minimumHeight()])


if __name__ == "__main__":
    main()
