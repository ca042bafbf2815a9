"""``EvidenceView``: a decision by three signs, each with its weight, and the threshold that their sum must exceed."""

from PySide6.QtWidgets import QCheckBox, QLabel

from digitpad.explore.evidence import CASES, QUESTION, SIGNS, TAKING, decisions, in_words
from digitpad.explore.perceptron import Perceptron, exact
from digitpad.gui.explore.controls import table_of
from digitpad.gui.explore.perceptron.rule import both_forms
from digitpad.gui.explore.views import View
from digitpad.gui.explore.wiring import Disc, Lead, Wiring, Words
from digitpad.gui.widgets.formula import letter, whole
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import NORMAL, font

_STEP = 0.5
_COLUMNS = 24, 24, 24, 56, 76  # pixels: widths of the table's
_LONGEST = 165  # letters, of the sentence that says when the answer is yes
_LETTERS = "₁₂₃"
_WORDS = Words.AROUND, Words.AROUND, Words.BELOW  # the wire of the last goes up


class EvidenceView(View):
    """Weights and threshold to move, the three signs to switch, and what is decided in all eight cases."""

    NAME = "Evidence"
    TIP = "A decision by three signs"

    def __init__(self) -> None:
        """Fill the columns of the view; begin with rain that counts as much as both other signs."""
        super().__init__()
        question = QLabel(QUESTION)
        question.setFont(font(NORMAL, strong=True))
        self.picture = Wiring("The decision as a perceptron", 190)
        self.words = Remark(_LONGEST)
        headers = ("x₁", "x₂", "x₃", "w·x", "umbrella")
        table, self.cells = table_of(len(CASES), 5, headers, "What is decided in each case", _COLUMNS)
        for widget in (question, self.picture, self.words, table):
            self.pictures.addWidget(widget)
        self.pictures.addStretch()
        self.signs = [QCheckBox(f"x{_LETTERS[i]}: {sign.yes}") for i, sign in enumerate(SIGNS)]
        self.weights = [
            NumberSlider(letter("w", i + 1), f"Weight of: {sign.yes}", -6, 6, TAKING.weights[i], _STEP)
            for i, sign in enumerate(SIGNS)
        ]
        self.threshold = NumberSlider(
            "threshold", "Threshold, which the sum must exceed", -8, 12, TAKING.threshold, _STEP
        )
        for box in self.signs:
            box.setAccessibleDescription("A sign that is there or not")
            box.toggled.connect(self.changed)
            self.controls.addWidget(box)
        self.signs[1].setChecked(True)
        for slider in (*self.weights, self.threshold):
            slider.moved.connect(self.changed)
            self.controls.addWidget(slider)

    @property
    def perceptron(self) -> Perceptron:
        """The perceptron that decides."""
        return Perceptron(tuple(slider.value for slider in self.weights), -self.threshold.value)

    def show(self) -> tuple[str, ...]:
        """Show the decision in picture, words and table; return the lines of the formula."""
        perceptron, x = self.perceptron, tuple(int(box.isChecked()) for box in self.signs)
        table = decisions(perceptron)
        chosen = CASES.index(x)
        discs = {
            str(i): Disc(0.0, i / 2, bit, f"x{_LETTERS[i]} {sign.yes if bit else sign.no}", words=_WORDS[i])
            for i, (bit, sign) in enumerate(zip(x, SIGNS, strict=True))
        }
        answer = "take it" if table[chosen] else "leave it"
        discs["output"] = Disc(0.85, 0.5, table[chosen], answer, f"b = {whole(perceptron.bias, 1)}")
        leads = [Lead(str(i), "output", whole(w, 1)) for i, w in enumerate(perceptron.weights)]
        self.picture.show_wiring(discs, leads)
        self.words.setText(in_words(table))
        sums = exact(perceptron.weighted_input(CASES) - perceptron.bias)
        for i, (case, total, output) in enumerate(zip(CASES, sums.tolist(), table, strict=True)):
            texts = (*map(str, case), whole(total, 1), "1: take" if output else "0: leave")
            for cell, text in zip(self.cells[i], texts, strict=True):
                cell.setText(f"<b>{text}</b>" if i == chosen else text)
        return (
            *both_forms(perceptron, x),
            "A lower threshold, or a higher bias, is a greater readiness to say yes.",
        )
