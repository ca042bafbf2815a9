"""The answer in large type, and a sentence on how far to trust it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.widgets.theme import GAP, HUGE, LARGE, NORMAL, dress, font, grow, set_font

_HEIGHT = 96  # pixels
_NUMBERS = {2: "Two", 3: "Three", 4: "Four"}
_SIZES = {Verdict.BLANK: LARGE, Verdict.NO_DIGIT: LARGE, Verdict.UNSURE: HUGE / 2, Verdict.SURE: HUGE}


class AnswerView(QWidget):
    """Shows the digit when the network is sure, the two nearest when it is not, and what to do when there is none."""

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
        words = QVBoxLayout()
        words.setSpacing(GAP // 2)
        words.addStretch(1)
        words.addWidget(self.verdict)
        words.addWidget(self.detail, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP * 3)
        row.addWidget(self.answer)
        row.addLayout(words, 1)
        grow(self, minimumHeight=_HEIGHT, maximumHeight=_HEIGHT)
        self._show_size(Verdict.BLANK)

    def hasHeightForWidth(self) -> bool:
        """Be as high whatever is said."""
        return False

    def show_reading(self, reading: Reading, digits: int = 1) -> None:
        """Say what the network reads, or that there is more than one digit: it is made for one."""
        first, second = reading.digit, reading.runner_up
        output = float(reading.outputs[first])
        if reading.verdict is Verdict.BLANK:
            answer, verdict, detail = "Draw a digit", "", ""
        elif reading.otherwise is not None:
            answer, verdict = f"{first} or {reading.otherwise}", "Not sure"
            detail = f"The picture is hard to read: with more or less of it as ink, it may be a {reading.otherwise}."
        elif digits > 1:
            answer = f"{_NUMBERS.get(digits, 'Many')} digits?"
            verdict, detail = f"This looks like {_NUMBERS.get(digits, 'many').lower()} digits", "Draw one at a time."
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
        shown = Verdict.NO_DIGIT if digits > 1 else reading.verdict
        if self.answer.property("verdict") != shown.value:
            self._show_size(shown)
            self.answer.setProperty("verdict", shown.value)  # its colour is the theme's
            dress(self.answer)
        for label, text in ((self.answer, answer), (self.verdict, verdict), (self.detail, detail)):
            label.setText(text)
            label.setVisible(bool(text))

    def _show_size(self, verdict: Verdict) -> None:
        set_font(self.answer, _SIZES[verdict], strong=verdict is not Verdict.BLANK)
