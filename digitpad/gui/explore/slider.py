"""``NumberSlider``: a number on a slider, with its name before it and its value behind."""

from math import log10

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from digitpad.gui.explore.formula import number
from digitpad.gui.widgets.theme import GAP


class NumberSlider(QWidget):
    """Chooses a number from ``low`` to ``high`` in steps.

    The arrow keys move by a step, Page Up and Page Down by ten, Home and End to the ends. Signal: ``changed(value)``,
    also when the program sets another value; ``moved(value)`` only when the person does.
    """

    changed = Signal(float)
    moved = Signal(float)

    def __init__(
        self, name: str, words: str, low: float, high: float, value: float, step: float = 0.1, *, power: bool = False
    ) -> None:
        """Start at ``value``. ``name`` may be rich text, ``words`` are its accessible name and tooltip.

        With ``power`` the slider chooses an exponent: the value is ten to the power of it.
        """
        super().__init__()
        self._low, self._step, self._power = low, step, power
        self._digits = max(0, next(i for i in range(6) if round(step * 10**i, 6) >= 1))
        self.name = QLabel(name)
        self.name.setTextFormat(Qt.TextFormat.RichText)
        self.name.setMinimumWidth(28)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round((high - low) / step))
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(words)
        self.slider.setToolTip(f"{words} (arrow keys)")
        self.slider.setMinimumWidth(90)
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.shown.setMinimumWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.shown)
        self.set_value(value)
        self.slider.valueChanged.connect(self._changed)

    @property
    def value(self) -> float:
        """The number chosen."""
        exponent = self._low + self.slider.value() * self._step
        return float(10**exponent) if self._power else round(exponent, 6)

    def set_value(self, value: float) -> None:
        """Choose the number next to ``value``, without ``moved``."""
        before = self.value
        exponent = log10(value) if self._power else value
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((exponent - self._low) / self._step))
        self._show()
        if self.value != before:
            self.changed.emit(self.value)

    def _changed(self) -> None:
        self._show()
        self.changed.emit(self.value)
        self.moved.emit(self.value)

    def _show(self) -> None:
        if self._power:  # three figures, and a thousand as 1000, not as 1e+03
            self.shown.setText(f"{self.value:.3g}" if self.value < 999.5 else f"{self.value:.0f}")
        else:
            self.shown.setText(number(self.value, self._digits))
