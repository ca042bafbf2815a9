"""``NandsView``: NOT, AND, OR, XOR and the half adder, all built of one kind of perceptron."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from digitpad.explore.circuits import HALF_ADDER, PLANS, Circuit, Doubled, Neuron, Plan
from digitpad.explore.perceptron import PERCEPTRONS, ROWS, Perceptron, step
from digitpad.gui.explore.controls import choice
from digitpad.gui.explore.perceptron.line import LineView, row_choice
from digitpad.gui.explore.views import OneOf, View
from digitpad.gui.explore.wiring import Disc, Lead, Wiring, Words
from digitpad.gui.widgets.formula import DOT, MINUS, whole
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.matrices import columns
from digitpad.gui.widgets.theme import caption

_LONGEST = 120, 190  # letters, of what is said of a circuit and of how it is built
_COLUMN = 44  # pixels: width of the table's

# Where each is in the picture, in shares of width and height.
_PLACES: dict[str, dict[str, tuple[float, float]]] = {
    "NOT": {"x₁": (0.15, 0.5), "not x₁": (0.7, 0.5)},
    "AND": {"x₁": (0.05, 0.1), "x₂": (0.05, 0.9), "p": (0.4, 0.5), "and": (0.85, 0.5)},
    "OR": {"x₁": (0.05, 0.1), "x₂": (0.05, 0.9), "p": (0.45, 0.1), "q": (0.45, 0.9), "or": (0.85, 0.5)},
    "XOR": {"x₁": (0, 0.1), "x₂": (0, 0.9), "p": (0.28, 0.5), "q": (0.6, 0.1), "r": (0.6, 0.9), "xor": (0.95, 0.5)},
    "Half adder": {
        "x₁": (0, 0), "x₂": (0, 0.66), "p": (0.28, 0.33), "q": (0.6, 0), "r": (0.6, 0.66), "sum": (0.95, 0.33),
        "carry": (0.34, 1),
    },
}  # fmt: skip
_WORDS = {"Half adder": {"p": Words.ABOVE, "carry": Words.RIGHT}}  # the wires from p to the carry go down
_SAID = {
    "NOT": "NOT: a NAND that takes one bit twice gives 1 just where that bit is 0.",
    "AND": "AND is NAND turned round: p is the NAND of both bits, and the second neuron is NOT p.",
    "OR": "OR: p and q are NOT x₁ and NOT x₂; their NAND gives 0 only where both of them are 1, so where no bit is.",
    "XOR": "XOR, which no single perceptron computes, takes four: q is 0 where x₁ alone is 1, r where x₂ alone is.",
    "Half adder": "x₁ + x₂ in two bits: the sum is XOR, and the carry is AND, a neuron that takes p twice.",
}
_ENOUGH = (
    "Why NAND is enough: a table of 0 and 1 is an OR of ANDs, one AND for each row that gives 1, of the row’s bits, "
    "those that are 0 turned round by NOT; one that never gives 1 is x₁ AND NOT x₁. So NANDs compute any table, and "
    "perceptrons do. But gates are wired by hand; what is new about neurons is that their weights can be learned."
)


class NandsView(View):
    """A circuit of NANDs, of the book's or of the perceptron of the view Line; all its neurons at one row."""

    NAME = "NANDs"
    TIP = "What can be built of one kind of perceptron"

    def __init__(self, own: LineView) -> None:
        """Fill the columns of the view; ``own`` has the person's own perceptron."""
        super().__init__()
        self._own = own
        self.picture = Wiring("Circuit of NANDs", 270)
        self.table = QLabel()
        self.table.setTextFormat(Qt.TextFormat.RichText)
        self.said, self.verdict = (Remark(letters) for letters in _LONGEST)
        enough = QLabel(_ENOUGH)
        enough.setWordWrap(True)
        enough.setProperty("quiet", True)
        self.pictures.addWidget(self.said)
        self.pictures.addWidget(self.picture, 1)
        for widget in (self.table, self.verdict, enough):
            self.pictures.addWidget(widget)
        self.plan_box = choice("Circuit", "What is built of NANDs", *(plan.name for plan in PLANS))
        self.plan_box.setCurrentIndex(PLANS.index(HALF_ADDER))
        self.row = row_choice("The inputs of the circuit")
        self.neurons = OneOf(
            self,
            ("The book’s NAND", f"Weights {MINUS}2, {MINUS}2 and bias 3"),
            ("Mine", "The weights and the bias of the view Line"),
        )
        self.doubled = OneOf(
            self,
            ("Two", "Two wires, as drawn in the book at first"),
            ("Merged", "One wire with the sum of both weights"),
            ("Just one", "One of the two wires left out: is that the same?"),
        )
        self.controls.addWidget(self.plan_box)
        self.controls.addWidget(self.row)
        self.controls.addWidget(caption("Each neuron is"))
        self.controls.addLayout(self.neurons.row)
        self.controls.addWidget(caption("Wires to a neuron that takes another twice"))
        self.controls.addLayout(self.doubled.row)
        for box in (self.plan_box, self.row):
            box.currentIndexChanged.connect(self.changed)
        for group in (self.neurons, self.doubled):
            group.idClicked.connect(self.changed)

    @property
    def plan(self) -> Plan:
        """What is built."""
        return PLANS[self.plan_box.currentIndex()]

    @property
    def nand(self) -> Perceptron:
        """What each of its neurons is, but for wires that are merged."""
        return self._own.perceptron if self.neurons.checkedId() else PERCEPTRONS["NAND"]

    @property
    def circuit(self) -> Circuit:
        """What it is built of."""
        return self.plan.built(self.nand, list(Doubled)[self.doubled.checkedId()])

    def show(self) -> tuple[str, ...]:
        """Show the circuit, its table and what is to be said of it; return the lines of the formula."""
        plan, circuit, row = self.plan, self.circuit, self.row.currentIndex()
        for one in self.doubled.buttons():
            one.setEnabled(bool(plan.doubled))
        values = circuit.values(*ROWS[row])
        places, words = _PLACES[plan.name], _WORDS.get(plan.name, {})
        below = {neuron.name: f"b = {_few(neuron.bias)}" for neuron in circuit.neurons}
        discs = {
            name: Disc(x, y, values[name], name, below.get(name, ""), words.get(name, Words.AROUND))
            for name, (x, y) in places.items()
        }
        leads = [
            Lead(wire.source, neuron.name, _few(wire.weight)) for neuron in circuit.neurons for wire in neuron.wires
        ]
        self.picture.show_wiring(discs, leads)
        self.table.setText(_table(circuit, places, row))
        self.said.setText(_SAID[plan.name])
        self.verdict.setText(self._verdict(plan, circuit))
        return tuple(f"{neuron.name}: {_sum(neuron, values)}" for neuron in circuit.neurons)

    def _verdict(self, plan: Plan, circuit: Circuit) -> str:
        """Return what is to be said of this way to build it."""
        doubled, wrong = list(Doubled)[self.doubled.checkedId()], plan.wrong_rows(circuit)
        neuron = next((one for one in circuit.neurons if one.name in plan.doubled), None)
        # What is wrong with all wires, too, is wrong by the perceptron itself.
        if wrong and neuron and doubled is Doubled.ONE and not plan.wrong_rows(plan.built(self.nand)):
            wire = neuron.wires[0]
            gives = [(_sum(neuron, {wire.source: bit}), bit) for bit in (0, 1)]
            sums = f"{gives[0][0]} where {wire.source} is 0, and {gives[1][0]} where it is 1"
            return f"<b>Wrong:</b> with just one of the wires {neuron.name} has {sums}: the other weight is missing."
        if wrong:
            rows = ", ".join("".join(map(str, row)) for row in wrong)
            return f"<b>Wrong</b> at x₁x₂ = {rows}: this is planned for NANDs, and your perceptron is none."
        if neuron and doubled is Doubled.MERGED:
            wire = neuron.wires[0]
            w1, w2 = self.nand.weights
            return (
                f"One wire of weight {_few(w1)} {_plus(w2)} = {_few(wire.weight)} brings {neuron.name} the same sum as "
                f"the two: {_few(w1)} {DOT} {wire.source} {_plus(w2)} {DOT} {wire.source}."
            )
        return "<b>Right</b> in all four rows."


def _few(value: float) -> str:
    """Return a number without the decimals that are 0."""
    return whole(value).rstrip("0").rstrip(".")


def _plus(value: float) -> str:
    """Return a number as something added, without the decimals that are 0."""
    text = _few(value)
    return f"{MINUS} {text[1:]}" if text.startswith(MINUS) else f"+ {text}"


def _sum(neuron: Neuron, values: Mapping[str, int]) -> str:
    """Return the sum of a neuron and its output: −2 · 1 − 2 · 0 + 3 = 1, so 1."""
    first, *others = neuron.wires
    terms = [f"{_few(first.weight)} {DOT} {values[first.source]}"]
    terms += [f"{_plus(wire.weight)} {DOT} {values[wire.source]}" for wire in others]
    z = neuron.weighted_input(values)
    return f"{' '.join(terms)} {_plus(neuron.bias)} = {_few(z)}, so {int(step(z))}"


def _table(circuit: Circuit, names: Iterable[str], chosen: int) -> str:
    """Return the truth table of all neurons, with the row that is ``chosen`` bold."""
    rows = [list(names)]
    for i, row in enumerate(ROWS):
        values = circuit.values(*row)
        rows.append([f"<b>{values[name]}</b>" if i == chosen else str(values[name]) for name in names])
    return columns(rows, [_COLUMN] * len(rows[0]))
