"""The row under the canvas, or column beside it: what changes the drawing, and how thick the brush is: ``Tools``."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

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
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # as wide as what it stands with
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
    """Has a button for each action, and the slider, in a row or in a column."""

    def __init__(self, actions: Sequence[QAction], brush: BrushSlider) -> None:
        """Show ``actions`` and ``brush`` in a row."""
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        for tool in actions:
            button = ActionButton(tool)
            button.setProperty("tight", True)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._line.addWidget(button)
        label = QLabel("Brush")
        label.setProperty("quiet", True)
        label.setBuddy(brush)
        self._line.addStretch(1)
        self._line.addWidget(label)
        self._line.addWidget(brush, 1000)
        self._parts = (*self.findChildren(ActionButton), label, brush)

    def stand(self, *, upright: bool) -> None:
        """Be a column, or a row."""
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if upright else directions.LeftToRight)
        self._line.activate()

    def row_size(self) -> QSize:
        """Return the least size as a row, also while it is a column."""
        sizes = [part.minimumSizeHint().expandedTo(part.minimumSize()) for part in self._parts]
        width = sum(size.width() for size in sizes) + self._line.spacing() * len(sizes)  # also around the stretch
        return QSize(width, max(size.height() for size in sizes))
