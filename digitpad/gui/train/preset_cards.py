"""The experiments worth trying, as cards of which one is chosen: ``PresetCards``."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, RADIUS, SMALL, font, grown
from digitpad.train.presets import PRESETS, Preset

_MARGIN = 6  # pixels between the edge of a card and its words


class PresetCards(QWidget):
    """A card for each preset, with a sentence of what it shows; none is chosen for settings that are no preset's.

    Signal: ``chosen(Preset)``.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        """Begin with none chosen."""
        super().__init__()
        self.setObjectName("presets")
        self.setAccessibleName("Experiments worth trying")
        self._group = QButtonGroup(self)
        column = column_in(self, GAP // 2)
        for preset in PRESETS:
            card = _Card(preset)
            self._group.addButton(card)
            column.addWidget(card)
            card.clicked.connect(partial(self.chosen.emit, preset))

    @property
    def preset(self) -> Preset | None:
        """The one that is chosen."""
        card = self._group.checkedButton()
        return card.preset if isinstance(card, _Card) else None

    def show_preset(self, preset: Preset | None) -> None:
        """Mark ``preset`` as chosen, or none."""
        if preset is self.preset:
            return
        self._group.setExclusive(False)  # or one would stay chosen
        for card in self._group.buttons():
            card.setChecked(isinstance(card, _Card) and card.preset is preset)
        self._group.setExclusive(True)


class _Card(QAbstractButton):
    """The name of a preset, and its sentence."""

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.preset = preset
        self.setText(preset.name)
        self.setObjectName(f"preset_{preset.key}")
        self.setAccessibleDescription(preset.told)
        self.setToolTip(preset.told)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        high = QFontMetrics(font(SMALL, strong=True)).height() + QFontMetrics(font(SMALL)).height()
        return QSize(grown(200), high + 2 * _MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(grown(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, with a bar of the accent where it is chosen: the edge is where the focus is shown."""
        palette, on = self.palette(), self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = Role.Mid if not on else Role.Text if self.underMouse() else Role.Dark
            painter.setPen(palette.color(edge))
            painter.setBrush(palette.color(Role.AlternateBase if self.isChecked() else Role.Base))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            if self.isChecked():
                bar = self.rect().adjusted(1, RADIUS, 0, -RADIUS)
                bar.setWidth(3)
                painter.fillRect(bar, palette.color(Role.Highlight))
            place = self.rect().adjusted(2 * _MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            for words, strong, role, side in (
                (self.text(), True, Role.Text if on else Role.PlaceholderText, Qt.AlignmentFlag.AlignTop),
                (self.preset.sentence, False, Role.PlaceholderText, Qt.AlignmentFlag.AlignBottom),
            ):
                painter.setFont(font(SMALL, strong=strong))
                painter.setPen(palette.color(role))
                elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
                painter.drawText(place, side, elided)
