"""The row of the Data tab that chooses one digit, or all: ``LabelRow``."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from digitpad.gui.data.browser import Browser
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.gallery import picture
from digitpad.gui.widgets.theme import GAP, RADIUS, SMALL, font

_MEAN_SIDE = 44  # pixels


class LabelRow(QWidget):
    """A button a digit, each with the mean image of that digit and how many there are, and one for all."""

    def __init__(self, browser: Browser) -> None:
        """Show what ``browser`` looks at, and choose what of it."""
        super().__init__()
        self._browser = browser
        self._group = QButtonGroup(self)
        self._buttons: dict[int | None, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        for label in (None, *range(10)):
            made = self._buttons[label] = _tile(label)
            made.clicked.connect(lambda _=False, label=label: browser.show_label(label))
            self._group.addButton(made)
            row.addWidget(made)
        browser.label_changed.connect(self._show_label)
        browser.counts_changed.connect(self._show_counts)
        browser.means_changed.connect(self._show_means)
        self._show_label()
        self._show_counts()
        self._show_means()

    def button(self, label: int | None) -> QToolButton:
        """Return the button of one digit, or that for all."""
        return self._buttons[label]

    def _show_label(self) -> None:
        self._buttons[self._browser.label].setChecked(True)

    def _show_counts(self) -> None:
        counts = self._browser.counts
        self._buttons[None].setText(f"all\n{sum(counts):,}")
        for label, count in enumerate(counts):
            self._buttons[label].setText(f"{label}\n{count:,}")

    def _show_means(self) -> None:
        counts, means = self._browser.counts, self._browser.means
        if any(counts):
            self._buttons[None].setIcon(_icon(np.round(np.average(means, axis=0, weights=counts)).astype(np.uint8)))
        else:
            self._buttons[None].setIcon(self._place("0 – 9"))
        for label, mean in enumerate(means):
            self._buttons[label].setIcon(_icon(mean) if counts[label] else self._place(str(label)))

    def _place(self, text: str) -> QIcon:
        """Return the outline of a picture that is still to come, and what it will be of."""
        ratio = self.devicePixelRatioF()
        place = QPixmap(QSize(_MEAN_SIDE, _MEAN_SIDE) * ratio)
        place.setDevicePixelRatio(ratio)
        place.fill(Qt.GlobalColor.transparent)
        with QPainter(place) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            square = QRectF(0.5, 0.5, _MEAN_SIDE - 1, _MEAN_SIDE - 1)
            painter.setPen(QPen(self.palette().color(Role.Mid), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(square, RADIUS / 2, RADIUS / 2)
            painter.setPen(self.palette().color(Role.PlaceholderText))
            glyphs = font(SMALL)
            glyphs.setPixelSize(
                _MEAN_SIDE // 2 if len(text) == 1 else _MEAN_SIDE // 4
            )  # part of a picture of that size
            painter.setFont(glyphs)
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, text)
        return QIcon(place)

    def changeEvent(self, event: QEvent) -> None:
        """Paint places in other colours when these change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_means()


def _tile(label: int | None) -> QToolButton:
    made = QToolButton()
    made.setObjectName("label_all" if label is None else f"label_{label}")
    made.setProperty("tight", True)
    made.setProperty("tile", True)
    made.setCheckable(True)
    made.setFont(font(SMALL))
    made.setToolTip("All digits" if label is None else f"The {label}s; the picture is the mean of them all")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    made.setIconSize(QSize(_MEAN_SIDE, _MEAN_SIDE))
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _icon(image: NDArray[np.uint8]) -> QIcon:
    return QIcon(QPixmap.fromImage(picture(image).scaled(_MEAN_SIDE, _MEAN_SIDE)))
