"""The program at work where there is no display: a drawn digit, replayed in the real window off-screen."""

import os
import tempfile
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from digitpad.draw.drawing import Picture
from digitpad.draw.example import THREE as THREE
from digitpad.errors import SENTENCE, one_line
from digitpad.gui import replay
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.session import Session
from digitpad.train.model_file import Model

SIZE = 1100, 780  # pixels: of the window


def show_at_work(model: Model, picture: tuple[Path, Picture] | None) -> int:
    """Draw a digit in the window off-screen, print the answer and the path of a screenshot; return exit code 0.

    Where there is a ``picture``, its path and its ink, that is shown instead of drawing.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    window = make_window(app, Session(model))
    window.resize(*SIZE)
    window.show()
    if picture:
        path, opened = picture
        window.draw.canvas.show_picture(opened)
        print(f"Opened the picture {one_line(str(path), SENTENCE)}.", end=" ")
    else:
        replay.draw(window.draw.canvas, [THREE])
        print("Drew a 3 with the mouse.", end=" ")
    settle()
    view = window.draw.answer
    print(f"The window says: {view.answer.text()}. {view.verdict.text()}. {view.detail.text()}")
    print(_screenshot(window.grab()))
    window.close()
    return 0


def settle() -> None:
    """Let what was read come to the screen, and everything find its place there."""
    for _ in range(3):  # what is read, then laid out, then painted
        QApplication.processEvents()


def _screenshot(shot: QPixmap) -> str:
    """Write ``shot`` into a folder of its own, which nobody else can name or has made before; return what to say."""
    try:
        path = Path(tempfile.mkdtemp(prefix="digitpad-")) / "screenshot.png"
    except OSError as error:
        return f"The screenshot could not be written: {error.strerror or error}."
    return f"Screenshot: {path}" if shot.save(str(path)) else f"The screenshot could not be written to {path}."
