"""Puts what the tab in front shows into the clipboard, as a picture that other programs can use: ``Copying``."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from digitpad.draw.drawing import Drawing
from digitpad.draw.svg import svg_of
from digitpad.gui.draw import brushwork
from digitpad.gui.draw.painted_ink import paint_picture
from digitpad.gui.services.background import Background
from digitpad.gui.window.tabs import Tabs

SIDE_PX = 28 * 28  # of the picture: a whole number of pixels for each that the network sees

_SVG = "image/svg+xml"
_PAPER, _INK = QColor("white"), QColor("black")  # whatever the window's own colours are


class Copying(QObject):
    """Copies the drawing, the curves, the selected digit or the page's picture, whichever is in front.

    Drawings are painted away from the window: a dense one takes a while.

    Signals: ``copied()`` when there is one in the clipboard, and ``reported(sentence)`` of that; ``failed(sentence)``.
    """

    copied = Signal()
    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject, tabs: Tabs) -> None:
        """Copy from ``tabs``; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._tabs, self._has_copied = tabs, False
        self._background = Background(self)
        self._background.failed.connect(self.failed)

    def copy(self) -> None:
        """Copy what is in front, or say that there is nothing to copy."""
        tabs = self._tabs
        in_front = tabs.currentWidget()
        if in_front is tabs.draw:
            self.copy_drawing(tabs.draw.canvas.drawing, "There is no drawing to copy: draw one first.")
        elif in_front is tabs.data_page:
            self.copy_drawing(tabs.data_page.content.selected, "There is no digit to copy: select one first.")
        elif in_front is tabs.train_page:
            tabs.train_page.content.exports.draw(
                lambda content: self._run(lambda: QImage.fromData(content()), "curves are")
            )
        else:
            tabs.explore_page.content.when_shown(
                lambda page: self._take("page's picture is", page.grab(page.picture.geometry()).toImage())
            )

    def copy_drawing(self, drawing: Drawing | None, otherwise: str = "") -> None:
        """Copy ``drawing``, as pixels and as SVG; say ``otherwise`` where there is none."""
        if drawing is None or drawing.empty:
            self.failed.emit(otherwise)
        else:
            self._run(lambda: picture_of(drawing), "drawing is", lambda: svg_of(drawing))

    def _run(self, paint: Callable[[], QImage], what: str, write: Callable[[], bytes] = bytes) -> None:
        """Copy what ``paint`` paints and ``write`` writes as SVG, both in a thread."""
        self._background.run(lambda: (paint(), write()), lambda made: self._take(what, *made), latest="copy")

    def _take(self, what: str, picture: QImage, svg: bytes = b"") -> None:
        data = QMimeData()
        data.setImageData(picture)
        if svg:
            data.setData(_SVG, svg)
        QGuiApplication.clipboard().setMimeData(data)
        self._has_copied = True
        self.copied.emit()
        self.reported.emit(f"The {what} in the clipboard, as a picture.")

    def close_down(self) -> None:
        """Wait for what is being painted; it is not wanted any more.

        Off-screen the clipboard is the program's own and ends after Python: what was made here would crash it then.
        """
        self._background.wait()
        if self._has_copied and QGuiApplication.platformName() == "offscreen":
            QGuiApplication.clipboard().clear()


def picture_of(drawing: Drawing, side_px: int = SIDE_PX) -> QImage:
    """Return the drawing as it is on the canvas, black on white, for any thread."""
    image = QImage(side_px, side_px, QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_INK)
        if drawing.picture:
            paint_picture(painter, drawing.picture, side_px, _INK)
        for stroke in drawing.strokes:
            brushwork.paint(painter, stroke.points, stroke.brush, side_px, range(brushwork.parts(len(stroke.points))))
    return image
