"""Pictures of the program's window, in each size and in light and dark: ``Studio``, and ``make_sheet`` of them all."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.gui.demo import settle
from digitpad.gui.window.main_window import MainWindow

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_COLUMNS, _CELL, _CAPTION = 4, QSize(640, 400), 20  # of a sheet; pixels


@dataclass(frozen=True)
class Studio:
    """The ``window``, and the ``folder`` that pictures of it go to.

    They are taken in each of the ``dresses``, light and dark, and ``formats``, a width and a height; ``ending`` is what
    their names end in.
    """

    window: MainWindow
    folder: Path
    dresses: Sequence[str]
    formats: Sequence[QSize]
    ending: str = ""

    def schemes(self) -> Iterator[str]:
        """Dress the window in light, then in dark; the names of these."""
        for name in self.dresses:
            self.window.theme.choose(SCHEMES[name])
            while self.window.theme.busy:  # with what is not shown yet
                QApplication.processEvents()
            yield name

    def sizes(self) -> Iterator[str]:
        """Give the window each of its sizes, the first at the end again; what these add to a name."""
        for size in self.formats:
            self.window.resize(size)
            yield f"-{size.width()}x{size.height()}"
        self.begin()

    def begin(self) -> None:
        """Give the window its first size, and let it say nothing."""
        self.window.toast.clear()
        self.window.resize(self.formats[0])

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a ``widget``."""
        settle()
        path = self.folder / f"{name}{self.ending}.png"
        if not (widget or self.window).grab().save(str(path)):
            raise SystemExit(f"{path}: cannot be written.")


def make_sheet(folder: Path, begins: str) -> None:
    """Put the pictures in ``folder`` whose names begin so beside each other, small, into one called sheet-."""
    pictures = sorted(path for path in folder.glob(f"{begins}*.png"))
    if not pictures:
        return
    rows = math.ceil(len(pictures) / _COLUMNS)
    sheet = QImage(_COLUMNS * _CELL.width(), rows * (_CELL.height() + _CAPTION), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.gray)
    with QPainter(sheet) as painter:
        for i, path in enumerate(pictures):
            x, y = i % _COLUMNS * _CELL.width(), i // _COLUMNS * (_CELL.height() + _CAPTION)
            picture = QImage(str(path))
            picture.setDevicePixelRatio(1)
            small = picture.scaled(
                _CELL - QSize(8, 8), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawText(QRect(x, y, _CELL.width(), _CAPTION), Qt.AlignmentFlag.AlignCenter, path.stem)
            painter.drawImage(x + 4, y + _CAPTION, small)
    if not sheet.save(str(folder / f"sheet-{begins}.png")):
        raise SystemExit(f"{folder}: the sheet cannot be written.")
