"""``Slider``; ``NumberSlider``, a number on one, with its name before it and a field behind to type it into."""

from math import log10

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSlider, QToolTip, QWidget

from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.formula import MOST_DECIMALS, decimals, number
from digitpad.gui.widgets.theme import GAP, dress, grow
from digitpad.gui.widgets.wheel import WheelScrolls
from digitpad.train import typed


class Slider(WheelScrolls, QSlider):
    """A slider, under which the wheel scrolls the page."""


class NumberSlider(QWidget):
    """Chooses a number from ``low`` to ``high`` in steps.

    The arrow keys move by a step, Page Up and Page Down by ten, Home and End to the ends; what is typed may lie between
    two steps. Signal: ``changed(value)``, also when the program sets another value; ``moved(value)`` only when the
    person does.
    """

    changed = Signal(float)
    moved = Signal(float)

    def __init__(
        self,
        name: str,
        words: str,
        low: float,
        high: float,
        value: float,
        step: float = 0.1,
        *,
        power: bool = False,
        beyond: float = 0,
    ) -> None:
        """Start at ``value``. ``name`` may be rich text, ``words`` are its accessible name and tooltip.

        With ``power`` the slider chooses an exponent: the value is ten to the power of it. What is typed may lie
        ``beyond`` the slider's ends, as far as that on either side of 0: whoever hears of it sets the range anew.
        """
        super().__init__()
        self._words, self._low, self._step, self._power, self._beyond = words, low, step, power, beyond
        self._value = low
        self._digits = max(0, next(i for i in range(6) if round(step * 10**i, 6) >= 1))
        self.name = QLabel(name)
        self.name.setTextFormat(Qt.TextFormat.RichText)
        grow(self.name, minimumWidth=28)
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round((high - low) / step))
        self.slider.setPageStep(10)
        self.slider.setToolTip(f"{words} (arrow keys)")
        self.slider.setMinimumWidth(90)
        self.shown = QLineEdit()
        self.shown.setObjectName("slider_value")
        self.shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.shown.setAccessibleName(words)
        self.shown.setToolTip(f"{words}: type {self._allowed()}")
        grow(self.shown, minimumWidth=64, maximumWidth=64)
        self.shown.editingFinished.connect(self._end_typing)
        self.shown.textEdited.connect(lambda _: self._mark(wrong=False))
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
        return self._value

    def set_value(self, value: float) -> None:
        """Choose the number next to ``value``, without ``moved``."""
        before = self._value
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._place(value))
        self._value = self._at(self.slider.value())
        self._tell()
        if self._value != before:
            self.changed.emit(self._value)

    def choose(self, value: float) -> None:
        """Choose the number next to ``value``, as the person does in another way, with ``moved``."""
        self.slider.setValue(self._place(value))

    def set_range(self, low: float, high: float) -> None:
        """Choose from ``low`` to ``high`` from now on; a number outside is the next of these, without ``moved``."""
        self._low = low
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, round((high - low) / self._step))
        self.shown.setToolTip(f"{self._words}: type {self._allowed()}")
        self.set_value(min(max(self._value, self._at(0)), self._at(self.slider.maximum())))

    def _place(self, value: float) -> int:
        """Return the step next to ``value``."""
        return round(((log10(value) if self._power else value) - self._low) / self._step)

    def _at(self, place: int) -> float:
        """Return the number at a step."""
        exponent = self._low + place * self._step
        return float(10**exponent) if self._power else round(exponent, 6)

    def _changed(self) -> None:
        self._choose(self._at(self.slider.value()))

    def _choose(self, value: float) -> None:
        self._value = value
        self._tell()
        self.changed.emit(value)
        self.moved.emit(value)

    # What is typed

    def _end_typing(self) -> None:
        """Take what was typed; where it is no such number say which are, or on the way elsewhere forget it."""
        if not self.shown.isModified():
            return
        try:
            value = self._typed(self.shown.text())
        except ValueError as error:
            if self.shown.hasFocus():
                self._complain(str(error))
            else:
                self._tell()
            return
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._place(value))
        self._choose(value)

    def _typed(self, text: str) -> float:
        """Return the number that ``text`` stands for; raise ValueError, perhaps with a hint, for none that is allowed.

        Where steps are whole, so is what is typed.
        """
        value = typed.number(text)
        low, high = self._ends()
        if not low <= value <= high or (self._step >= 1 and not value.is_integer()):
            raise ValueError
        return round(value, MOST_DECIMALS)

    def _ends(self) -> tuple[float, float]:
        """Return the least and the greatest number that may be typed."""
        low, high = self._at(self.slider.minimum()), self._at(self.slider.maximum())
        return (min(low, -self._beyond), max(high, self._beyond)) if self._beyond else (low, high)

    def _allowed(self) -> str:
        low, high = map(self._words_of, self._ends())
        return f"a {'whole ' if self._step >= 1 else ''}number from {low} to {high}"

    def _complain(self, hint: str) -> None:
        sentence = f"{self._words}: {hint or self._allowed()}."
        self._mark(wrong=True)
        QToolTip.showText(self.shown.mapToGlobal(QPoint(0, self.shown.height())), sentence, self.shown)
        announce(self.shown, sentence, urgent=True)

    def _mark(self, *, wrong: bool) -> None:
        if self.shown.property("wrong") != wrong:
            self.shown.setProperty("wrong", wrong)
            dress(self.shown)

    # What is shown

    def _tell(self) -> None:
        """Show the value, and let those hear it who would hear the slider's step instead."""
        words = self._words_of(self._value)
        self.shown.setText(words)
        self._mark(wrong=False)
        self.slider.setAccessibleName(f"{self._words}: {words}")

    def _words_of(self, value: float) -> str:
        if self._power:  # three figures, and a thousand as 1000, not as 1e+03
            return f"{value:.3g}" if value < 999.5 else f"{value:.0f}"
        return number(value, decimals(value, self._digits))
