"""The application where the environment says odd things to Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_CODE = "from digitpad.gui.app import make_application; app = make_application(); print(app.devicePixelRatio())"
_POINTS = f"{_CODE}; print(app.primaryScreen().logicalDotsPerInch())"


def application(code: str = _CODE, **odd: str) -> subprocess.CompletedProcess[str]:
    """Make the application in a process of its own, which prints how many pixels a pixel has, or what ``code`` does."""
    command, environment = [sys.executable, "-c", code], os.environ | odd
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("factor", ["0", "-1", "nan", "inf", "1e-9", "1e9", "large"])
def test_a_scale_in_which_nothing_can_be_painted_is_left_out(factor: str) -> None:
    assert application(QT_SCALE_FACTOR=factor).stdout == "1.0\n"
    assert application(QT_SCREEN_SCALE_FACTORS=f"1;{factor}").stdout == "1.0\n"


@pytest.mark.parametrize("points", ["1", "100000", "2000000000", "0x186A0"])
def test_so_are_so_many_points_in_an_inch(points: str) -> None:
    usual = application(_POINTS)
    assert usual.returncode == 0
    assert application(_POINTS, QT_FONT_DPI=points).stdout == usual.stdout


def test_what_is_too_much_with_another_scale_is_left_out() -> None:
    assert application(QT_SCALE_FACTOR="20", QT_SCREEN_SCALE_FACTORS="1;15", QT_FONT_DPI="1900").stdout == "20.0\n"


def test_a_scale_that_can_be_is_used() -> None:
    assert application(QT_SCALE_FACTOR="2").stdout == "2.0\n"
    assert application(QT_FONT_DPI="192").stdout == "2.0\n"
    assert application(QT_SCALE_FACTOR="2", QT_SCREEN_SCALE_FACTORS="oops", QT_FONT_DPI="0xC0").stdout == "4.0\n"


def test_no_desktop_s_looks_are_asked_for_where_there_is_no_display() -> None:
    """GTK would end the program by itself, where it is installed."""
    code = "import os; from digitpad.gui.app import make_application; make_application(); print(sorted(os.environ))"
    shown = application(code, QT_QPA_PLATFORM="offscreen", QT_QPA_PLATFORMTHEME="gtk3")
    assert shown.returncode == 0
    assert "'QT_QPA_PLATFORMTHEME'" not in shown.stdout


def test_what_is_bold_in_a_text_is_not_made_bolder_than_the_font_is() -> None:
    code = """if True:
        from digitpad.gui.app import make_application
        from digitpad.gui.widgets.theme import NORMAL, Theme, font
        from PySide6.QtWidgets import QLabel

        app = make_application()
        Theme(app)
        within, alone = QLabel("<b>Crawls: 0.9999</b>"), QLabel("Crawls: 0.9999")
        alone.setFont(font(NORMAL, strong=True))
        print(within.grab().toImage() == alone.grab().toImage())
    """
    assert application(code).stdout == "True\n"


if sys.platform == "linux":  # where so much can be asked for a thread that there is none

    def test_images_are_painted_where_the_system_has_no_further_thread() -> None:
        code = """if True:
            import threading
            from digitpad.gui.app import make_application
            from PySide6.QtCore import Qt
            from PySide6.QtGui import QColor, QImage, QPainter

            app = make_application()
            try:
                threading.Thread(target=print).start()
            except RuntimeError:
                print("no thread")
            paper = QImage(1000, 1000, QImage.Format.Format_ARGB32_Premultiplied)
            paper.fill(Qt.GlobalColor.white)
            with QPainter(paper) as painter:
                painter.setBrush(QColor(0, 0, 0, 100))
                painter.drawEllipse(0, 0, 1000, 1000)
            print(paper.convertToFormat(QImage.Format.Format_RGBA8888).pixelColor(500, 500).red())
        """
        limited = 'ulimit -s 9000000 && ulimit -v 5000000 && exec "$0" -c "$1"'
        command = ["sh", "-c", limited, sys.executable, code]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        assert run.stdout == "no thread\n155\n", run.stderr


def test_qt_may_talk_to_the_end() -> None:
    """Python has ended by then, and cannot listen."""
    run = application(QT_LOGGING_RULES="*=true")
    assert run.returncode == 0
    assert "unloaded" in run.stderr
