"""The answer in large type, and a sentence on how far to trust it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.draw.numbers import Number
from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.draw.number_view import NumberView
from digitpad.gui.widgets.gallery import enlarged
from digitpad.gui.widgets.theme import GAP, HUGE, LARGE, NORMAL, dress, font, grow, grown, set_font
from digitpad.gui.words import a_digit

_HEIGHT = 96  # pixels
_NEAREST, _WIDE = 56, 380  # pixels: the picture of the nearest digit, and the least width that has room for it
_OF_NUMBER = 0.58  # of the width: what a number takes at most
_SIZES = {Verdict.BLANK: LARGE, Verdict.NO_DIGIT: LARGE, Verdict.UNSURE: HUGE / 2, Verdict.SURE: HUGE}


class AnswerView(QWidget):
    """Shows the digit when the network is sure, the two nearest when it is not, and what to do when there is none.

    Of several digits it shows the number, and of what a person has joined to one digit that.
    """

    def __init__(self) -> None:
        """Start as for a blank canvas."""
        super().__init__()
        self.answer = QLabel()
        self.answer.setObjectName("answer")
        self.answer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.verdict = QLabel()
        self.verdict.setObjectName("verdict")
        self.verdict.setFont(font(NORMAL, strong=True))
        self.detail = QLabel()
        self.detail.setObjectName("detail")
        self.detail.setProperty("quiet", True)
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # it has the room there is
        self.number = NumberView()
        words = QVBoxLayout()
        words.setSpacing(GAP // 2)
        words.addStretch(1)
        words.addWidget(self.verdict)
        words.addWidget(self.detail, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP * 3)
        row.addWidget(self.answer)
        row.addWidget(self.number)
        row.addLayout(words, 1)
        self.nearest = QLabel()
        self.nearest.setObjectName("nearest")
        self.nearest.hide()
        self._has_nearest = False
        row.addWidget(self.nearest)
        grow(self, minimumHeight=_HEIGHT, maximumHeight=_HEIGHT)
        self._show_size(Verdict.BLANK)

    def hasHeightForWidth(self) -> bool:
        """Be as high whatever is said."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have a number shrink to its part of the width, and the nearest digit be there while it has room."""
        self.number.fit(self._room)
        self._show_nearest()
        super().resizeEvent(event)

    def _show_nearest(self) -> None:
        self.nearest.setVisible(self._has_nearest and self.width() >= grown(_WIDE))

    @property
    def _room(self) -> int:
        return round(_OF_NUMBER * self.width())

    def show_reading(self, reading: Reading, number: Number | None = None, chosen: int = 0) -> None:
        """Say what the network reads, or the ``number``, of which ``reading`` is that of the ``chosen`` digit."""
        self.number.show_number(number, chosen, self._room)
        first, second = reading.digit, reading.runner_up
        output = float(reading.outputs[first])
        if reading.verdict is Verdict.BLANK:
            answer, verdict, detail = "Draw a digit", "", ""
        elif reading.otherwise is not None:
            answer, verdict = f"{first} or {reading.otherwise}", "Not sure"
            detail = f"The picture is hard to read: with more or less of it as ink, it may be a {reading.otherwise}."
        elif reading.verdict is Verdict.UNSURE:
            answer, verdict = f"{first} or {second}", "Not sure"
            detail = f"Outputs: {output:.2f} for {first}, {reading.outputs[second]:.2f} for {second}"
        elif reading.verdict is Verdict.NO_DIGIT:
            answer, verdict = "No digit", "All outputs are low"
            detail = f"No neuron takes this for its digit. The highest output is {output:.2f}, for {first}."
        else:
            answer, verdict = str(first), "Certain" if reading.certain else "Likely"
            behind = "far behind" if reading.certain else f"with {reading.outputs[second]:.2f}"
            detail = f"Output {output:.2f}. Next is {second}, {behind}."
        if number is not None and len(number.parts) > 1:
            answer, verdict = number.text, _trust(number)
            detail = f"Digit {chosen + 1}: {_of_digit(reading)}"
        self._has_nearest = False
        self._show_nearest()
        if self.answer.property("verdict") != reading.verdict.value:
            self._show_size(reading.verdict)
            self.answer.setProperty("verdict", reading.verdict.value)  # its colour is the theme's
            dress(self.answer)
        for label, text in ((self.answer, answer), (self.verdict, verdict), (self.detail, detail)):
            label.setText(text)
            label.setVisible(bool(text) and (label is not self.answer or number is None))

    def show_nearest(self, reading: Reading, label: int, image: NDArray[np.uint8]) -> None:
        """Say which of the digits that the network learns from is most like what it reads as none; ``image`` (784,)."""
        output = float(reading.outputs[reading.digit])
        self.detail.setText(
            f"The nearest thing it knows is {a_digit(label)}. The highest output is {output:.2f}, for {reading.digit}."
        )
        self.nearest.setPixmap(enlarged(image, _NEAREST, self.devicePixelRatioF()))
        self.nearest.setAccessibleName(f"Picture of the nearest digit, {a_digit(label)}")
        self.nearest.setToolTip(f"Of all digits in use, what the last hidden layer makes of this {label} is nearest")
        self._has_nearest = True
        self._show_nearest()

    def _show_size(self, verdict: Verdict) -> None:
        set_font(self.answer, _SIZES[verdict], strong=verdict is not Verdict.BLANK)


def _trust(number: Number) -> str:
    if number.certain:
        return "Certain"
    return "Likely" if number.sure else "Not sure"


def _of_digit(reading: Reading) -> str:
    first, second = reading.digit, reading.runner_up
    sure = f"{first}, certain" if reading.certain else f"{first}, likely"
    said = {Verdict.UNSURE: f"{first} or {second}", Verdict.NO_DIGIT: "no digit"}.get(reading.verdict, sure)
    return f"{said}. Output {reading.outputs[first]:.2f}, next is {second} with {reading.outputs[second]:.2f}."
