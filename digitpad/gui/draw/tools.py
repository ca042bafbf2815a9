"""The row under the canvas: what changes the drawing, and how thick the brush is: ``Tools``."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from digitpad.gui.draw.canvas import BRUSHES
from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.widgets.theme import GAP, grow
from digitpad.gui.widgets.wheel import WheelScrolls

_STEPS = 100  # of the brush slider


class BrushSlider(WheelScrolls, QSlider):
    """Sets the width of the brush.

    Signal: ``width_changed(width)``, in canvas sides.
    """

    width_changed = Signal(float)

    def __init__(self) -> None:
        """Start at the thinnest."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("brush")
        self.setAccessibleName("Brush width")
        self.setRange(0, _STEPS)
        grow(self, minimumWidth=56, maximumWidth=180)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Brush width ([ and ]). The network sees every brush at the same width.")
        self.valueChanged.connect(lambda _: self.width_changed.emit(self.brush))

    @property
    def brush(self) -> float:
        """The width, in canvas sides."""
        thinnest, thickest = BRUSHES
        return thinnest + (thickest - thinnest) * self.value() / _STEPS

    def set_brush(self, width: float) -> None:
        """Go to the width that is nearest."""
        thinnest, thickest = BRUSHES
        self.setValue(round(_STEPS * (width - thinnest) / (thickest - thinnest)))  # the slider keeps its range

    def step(self, direction: int) -> None:
        """Go a tenth thicker (1) or thinner (-1)."""
        self.setValue(self.value() + direction * _STEPS // 10)


class Tools(QWidget):
    """Has a button for each action, and the slider."""

    def __init__(self, actions: Sequence[QAction], brush: BrushSlider) -> None:
        """Show ``actions`` and ``brush`` in a row."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for tool in actions:
            button = ActionButton(tool)
            button.setProperty("tight", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        label = QLabel("Brush")
        label.setProperty("quiet", True)
        label.setBuddy(brush)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(brush, 1000)
