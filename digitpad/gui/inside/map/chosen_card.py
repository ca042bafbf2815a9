"""One digit of the map, large: ``ChosenCard``."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.drawing import Picture
from digitpad.draw.preprocess import SIDE
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.gallery import enlarged
from digitpad.gui.widgets.theme import GAP, NORMAL, font
from digitpad.gui.words import a_digit

_LARGE, _SMALL = 4, 2  # pixels that each of the digit's own takes, the few where the map is narrow
_NARROW = 360  # pixels of the map


class ChosenCard(QFrame):
    """Shows a digit and puts it on the canvas. Signals: ``put_wanted(Picture)``; ``close_wanted()``."""

    put_wanted = Signal(object)
    close_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, over ``parent``."""
        super().__init__(parent)
        self._map = parent
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture: Picture | None = None
        self.image, self.words = QLabel(), QLabel()
        self.image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setFont(font(NORMAL, strong=True))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tip = "Have the network read this digit; what you drew comes back by Undo"
        self.put = tool_button("put_on_canvas", "Put on canvas", tip)
        self.put.clicked.connect(self.put_now)
        self.close_button = tool_button("close_chosen", "×", "Put this card away (Esc)")
        self.close_button.setAccessibleName("Close")
        self.close_button.setProperty("flat", True)
        self.close_button.clicked.connect(self.close_wanted)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.close_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, GAP, GAP, GAP)
        rows.setSpacing(GAP // 2)
        rows.addLayout(top)
        for part in (self.image, self.put):
            rows.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hide()

    def show_digit(self, digits: Dataset | None, index: int | None) -> None:
        """Show one of ``digits``, or nothing."""
        if digits is None or index is None:
            self._picture = None
            self.hide()
            return
        pixels, label = digits.images[index], int(digits.labels[index])
        self._picture = Picture.fitted(pixels.reshape(SIDE, SIDE) / np.float32(255))
        side = SIDE * (_SMALL if self._map.width() < _NARROW else _LARGE)
        self.image.setPixmap(enlarged(pixels, side, self.devicePixelRatioF()))
        self.image.setAccessibleName(f"Picture of {a_digit(label)}")
        self.words.setText(a_digit(label).capitalize())
        self.adjustSize()
        self.show()

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return self.put.hasFocus() or self.close_button.hasFocus()

    def put_now(self) -> None:
        """Have the digit put on the canvas, if one is shown."""
        if self._picture is not None:
            self.put_wanted.emit(self._picture)
