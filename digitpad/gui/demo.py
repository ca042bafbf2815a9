"""The program at work where there is no display: a drawn digit, replayed in the real window off-screen."""

import os
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from digitpad.draw.drawing import Picture
from digitpad.gui import replay
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.session import Session
from digitpad.train.model_file import Model

_UPPER, _LOWER = np.radians(np.linspace(-155, 80, 24)), np.radians(np.linspace(-80, 150, 28))
# A three in two bows, on a canvas of side 1: what a hand would draw in one stroke.
THREE = np.concatenate(
    [
        np.stack([0.48 + 0.15 * np.cos(_UPPER), 0.34 + 0.15 * np.sin(_UPPER)], axis=1),
        np.stack([0.47 + 0.18 * np.cos(_LOWER), 0.66 + 0.17 * np.sin(_LOWER)], axis=1),
    ]
)

SIZE = 1100, 780  # pixels: of the window


def show_at_work(model: Model, picture: tuple[Path, Picture] | None = None) -> int:
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
        print(f"Opened the picture {path}.", end=" ")
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
