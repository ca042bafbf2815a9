"""A strip of the drawings that were on the canvas before: ``EarlierStrip``."""

from datetime import datetime
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QMenu, QSizePolicy, QVBoxLayout

from digitpad.draw.reading import Verdict
from digitpad.gui.services.earlier import Earlier, EarlierDrawing
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.kept_current import KeptCurrent
from digitpad.gui.widgets.theme import GAP, SMALL, caption, font

_TILE, _WIDE = 56, 78  # pixels: an image, and from one to the next: there is room for "No digit"
_STAYS = Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason  # the focus comes back by itself
_NONE = "What you clear, keep or replace comes here."
_HOW = "The newest first. Click one, or press Return on it, to bring it back."


class EarlierStrip(KeptCurrent):
    """Shows earlier drawings in a row, the newest first, and tells of the one under the pointer how it was read.

    Signals: ``picked(drawing)`` when one is to be brought back; ``save_wanted(drawing)`` and ``copy_wanted(drawing)``.
    """

    picked = Signal(object)
    save_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, earlier: Earlier) -> None:
        """Show those of ``earlier``, as long as the strip is shown."""
        super().__init__()
        self.setObjectName("earlier")
        self._earlier = earlier
        self._shown: list[EarlierDrawing] = []
        self.gallery, self.about = _Row(), ElidedLabel(_NONE)
        self.about.setFont(font(SMALL))
        self.about.setProperty("quiet", True)
        title = QHBoxLayout()
        title.setSpacing(GAP * 2)
        title.addWidget(caption("Earlier drawings"))
        title.addWidget(self.about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addLayout(title)
        column.addWidget(self.gallery)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.gallery.picked.connect(lambda i: self.picked.emit(self._shown[i].drawing))
        self.gallery.clicked.connect(self.gallery.pick)
        self.gallery.entered.connect(self._tell)
        self.gallery.left.connect(self._tell_current)
        self.gallery.current_changed.connect(self._tell_current)
        self.gallery.customContextMenuRequested.connect(self._open_menu)
        earlier.changed.connect(self.update_soon)

    def _update(self) -> None:
        """Show all there are, and go on from the one that was current."""
        current = self._current
        self._shown = self._earlier.all
        images = np.stack([one.image for one in self._shown]) if self._shown else np.empty((0, 784), np.uint8)
        self.gallery.show_images(
            images, range(len(images)), lambda i: answer(self._shown[i]), lambda i: about(self._shown[i])
        )
        if current in self._shown:
            self.gallery.go_to(self._shown.index(current))
            if not self.gallery.hasFocus():
                self.gallery.clearSelection()
        self._tell_current()

    @property
    def _current(self) -> EarlierDrawing | None:
        row = self.gallery.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _tell(self, index: QModelIndex) -> None:
        self.about.setText(about(self._shown[index.row()]))

    def _tell_current(self) -> None:
        current = self._current if self.gallery.hasFocus() else None
        self.about.setText(about(current) if current else _HOW if self._shown else _NONE)

    def _open_menu(self, place: QPoint) -> None:
        index = self.gallery.indexAt(place)
        if not index.isValid():
            return
        drawing = self._shown[index.row()].drawing
        menu = QMenu(self)
        menu.setObjectName("earlier_menu")
        for text, signal, name in (
            ("&Bring back", self.picked, "bring_back"),
            ("&Save as…", self.save_wanted, "save_earlier"),
            ("&Copy as picture", self.copy_wanted, "copy_earlier"),
        ):
            menu.addAction(action(menu, text, partial(signal.emit, drawing), name=name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.gallery.viewport().mapToGlobal(place))


class _Row(Gallery):
    """Images in one row, which the wheel moves sideways.

    Signals: ``left()`` when the pointer is over none any more; ``current_changed()``, by keys or the focus.
    """

    left = Signal()
    current_changed = Signal()

    def __init__(self) -> None:
        super().__init__(_TILE, _WIDE)
        self.setAccessibleName("Earlier drawings")
        self.setAccessibleDescription(_HOW)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.viewportEntered.connect(self.left)
        self._leave_height()

    def _leave_height(self) -> None:
        """Be as high as a row and its bar, whether there is one or not: nothing moves when there is."""
        self.setFixedHeight(self.gridSize().height() + self.horizontalScrollBar().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Be high enough for text of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._leave_height()

    def go_to(self, number: int) -> None:
        """Have the image with this number current, and in sight."""
        self.select([number])

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell of it."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest where keys come here first, and tell of the one they are at."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.count() and not self.selected():
            self.go_to(max(0, self.currentIndex().row()))
        self.current_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell of none any more, and have none look chosen; keys come back to the one they were at."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.clearSelection()
        self.current_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let go of the one that is chosen where the click is beside them all."""
        super().mousePressEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has gone."""
        super().leaveEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move sideways, whichever way the wheel turns."""
        turned = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()


def answer(one: EarlierDrawing) -> str:
    """Return what was read in a word or two, for a thumbnail."""
    reading = one.reading
    if one.number:
        return one.number
    if reading.verdict is Verdict.NO_DIGIT:
        return "No digit"
    if reading.verdict is Verdict.UNSURE:
        other = reading.runner_up if reading.otherwise is None else reading.otherwise
        return f"{reading.digit} or {other}"
    return str(reading.digit)


def about(one: EarlierDrawing) -> str:
    """Return how a drawing was read then, and when that was."""
    reading = one.reading
    trust = {Verdict.SURE: ", certain" if reading.certain else ", likely", Verdict.UNSURE: ", not sure"}
    sure = trust.get(reading.verdict, ", not sure" if one.number else "")
    return f"{answer(one)}{sure}. Drawn {_clock(one.drawn_at)}."


def _clock(then: datetime) -> str:
    day = "" if then.date() == datetime.now().date() else f"on {then:%Y-%m-%d} "
    return f"{day}at {then:%H:%M}"
