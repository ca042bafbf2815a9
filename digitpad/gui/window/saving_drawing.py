"""Saves a drawing as a picture: ``SavingDrawing``."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.draw.drawing import Drawing
from digitpad.draw.svg import svg_of
from digitpad.errors import DigitpadError, one_line
from digitpad.files.writing import write_atomically, writing
from digitpad.gui.images import png_of
from digitpad.gui.services.background import Background
from digitpad.gui.services.folders import FileKind
from digitpad.gui.widgets.file_dialogs import PICTURES, ask_save
from digitpad.gui.window.copying import picture_of
from digitpad.gui.window.tabs import Tabs

SIDE_PX = 1024  # of a PNG picture

_FORMS: dict[str, Callable[[Drawing], bytes]] = {
    ".png": lambda drawing: png_of(picture_of(drawing, SIDE_PX)),
    ".svg": svg_of,
}


class SavingDrawing(QObject):
    """Asks for a file, and writes a drawing to it in a thread, black on white whatever the window's colours are.

    Signals: ``saved()``, and ``reported(sentence)`` of that; ``failed(sentence)``.
    """

    saved = Signal()
    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, tabs: Tabs) -> None:
        """Save what is on ``tabs``, whose window has the dialogs and calls ``close_down`` before it goes."""
        super().__init__(tabs)
        self._tabs = tabs
        self._background = Background(self)
        self._background.failed.connect(self.failed)

    def ask(self) -> None:
        """Ask where to save what is on the canvas, or on the Data tab the selected digit."""
        tabs = self._tabs
        if tabs.currentWidget() is tabs.data_page:
            drawing, otherwise = tabs.data_page.content.selected, "There is no digit to save: select one first."
        else:
            drawing, otherwise = tabs.draw.canvas.drawing, "There is no drawing to save: draw one first."
        if drawing is None or drawing.empty:
            self.failed.emit(otherwise)
        else:
            self.ask_for(drawing)

    def ask_for(self, drawing: Drawing) -> None:
        """Ask where to save ``drawing``; the name has no ending at first, so that the kind that is chosen gives it."""
        if path := ask_save(self._tabs, FileKind.PICTURE, "Save the drawing", "drawing", PICTURES):
            self.write(path, drawing)

    def write(self, path: Path, drawing: Drawing) -> None:
        """Write ``drawing`` to ``path`` as PNG or SVG, by its ending, or say why not."""
        form = _FORMS.get(path.suffix.lower())
        if form is None:
            self.failed.emit(f"{path}: a drawing is saved as PNG or SVG, so its name ends in .png or .svg.")
            return

        def write() -> None:
            with writing(path, DigitpadError):
                write_atomically(path, form(drawing))

        def tell(_: None) -> None:
            self.saved.emit()
            self.reported.emit(f"The drawing is saved in {one_line(path.name)}.")

        self._background.run(write, tell)

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._background.wait()
