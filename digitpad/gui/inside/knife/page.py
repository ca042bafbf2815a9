"""The page Knife: what is left of the network when neurons are off, weights are rounded or noise is added to them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from digitpad.data.dataset import Digits
from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.inside.knife.neuron_grid import NeuronGrid
from digitpad.gui.inside.knife.operation import Operation
from digitpad.gui.inside.knife.pruning_graph import ORDER_WORDS, PruningGraph
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.told import in_brief
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.layouts import column_in, row_of, wrapped
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, LARGE, caption, font
from digitpad.gui.widgets.toast import Said
from digitpad.gui.words import counted
from digitpad.inside.knife import ALL_BITS, FEWEST_BITS, Cut, Order, provenance, told
from digitpad.inside.pruning import Pruning
from digitpad.train.hand import Score
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

_LONGEST = 120  # letters of what is said of a curve
_WIDE = 260  # pixels of a column
_MOST_NOISE = 3.0  # of a layer's standard deviation

_ORDER_TIP = (
    "Which go first: a neuron is strong whose outgoing weights are large, by the root of the sum of their squares"
)


class KnifePage(InsidePage):
    """Cuts a copy of the network in use, and shows what it answers and how many digits it still reads."""

    TITLE = "Knife"
    TIP = "Switch neurons off, round weights and add noise: how much can the network lose?"

    def __init__(self, shared: Shared) -> None:
        """Begin with the network whole."""
        super().__init__(shared)
        self.operation = Operation(self, self.background, shared.session.model.network)
        self.answer, self.words, self.accuracy = wrapped("cut_answer"), wrapped("cut_words"), wrapped("cut_accuracy")
        self.answer.setFont(font(LARGE, strong=True))
        self.rows.addLayout(self._head())
        self.rows.addWidget(Columns([self._controls(), self._how_many()], _WIDE, 2, grows=True), 1)
        self.operation.cut_changed.connect(self._show_cut)
        self.operation.made.connect(self._show_answer)
        self.operation.made.connect(self._show_use)
        self.operation.measured.connect(self._show_measured)
        shared.digits.changed.connect(self.update_soon)
        self._show_cut()
        self._show_measured()

    def _head(self) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.words)
        told.addWidget(self.accuracy)
        head = QHBoxLayout()
        head.setSpacing(GAP * 2)
        head.addWidget(self.answer)
        head.addLayout(told, 1)
        self.answer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return head

    def _controls(self) -> QWidget:
        self.layers = _box("layer_to_cut", "Hidden layer to cut", "Whose neurons are shown and switched off")
        self.layers.activated.connect(lambda index: self.operation.look_at(index + 1))
        self.order = _box("order", "Which neurons go first", _ORDER_TIP)
        for order, word in ORDER_WORDS.items():
            self.order.addItem(word, order)
        self.order.activated.connect(
            lambda index: self.operation.choose_order(self.order.itemData(index), self.operation.seed)
        )
        self.count = NumberSlider("Off", "How many neurons are off", 0, 1, 0, 1)
        self.count.moved.connect(lambda count: self.operation.switch_off(round(count)))
        self.grid = NeuronGrid()
        self.grid.switched.connect(self.operation.switch)
        self.bits = NumberSlider("Bits", "Bits of a weight, 32 for as it is", FEWEST_BITS, ALL_BITS, ALL_BITS, 1)
        noise = "Noise added to the weights, in standard deviations of their layer's"
        self.noise = NumberSlider("Noise", noise, 0, _MOST_NOISE, 0, 0.05)
        for slider in (self.bits, self.noise):
            slider.moved.connect(lambda _: self.operation.weigh(round(self.bits.value), self.noise.value))
        self.shuffle = tool_button("shuffle", "Others", "Other neurons by chance, and other noise")
        self.shuffle.clicked.connect(self._shuffle)
        self.whole = tool_button("whole", "Whole again", "Undo all that was cut")
        self.whole.clicked.connect(self.operation.undo_all)
        self.use = tool_button("use_cut", "Use this network", "Read drawings with the cut network from now on")
        self.use.clicked.connect(self._use)
        for button in (self.shuffle, self.whole, self.use):
            button.setAccessibleDescription(button.toolTip())
        self.without = wrapped("without_hidden")
        self.without.setText("This network has no hidden neurons that could be switched off.")
        controls = QWidget()
        column = column_in(controls)
        column.addWidget(self.layers)
        column.addLayout(row_of(self.order, self.shuffle))
        for part in (self.count, self.grid, self.without, self.bits, self.noise):
            column.addWidget(part)
        column.addLayout(row_of(self.whole, self.use, None))
        column.addStretch(1)
        return controls

    def _how_many(self) -> QWidget:
        self.graph = PruningGraph()
        self.graph.placed.connect(lambda x, _: self.operation.switch_off(round(x)))
        self.graph.setToolTip("Click to switch so many neurons off")
        self.measure = tool_button("measure", "Measure", "Measure accuracy with more and more neurons off")
        self.measure.setAccessibleDescription(self.measure.toolTip())
        self.measure.clicked.connect(self._measure)
        self.can_go = Remark(_LONGEST)
        self.can_go.setObjectName("can_go")
        head = row_of(caption("How many can go?"), None, self.measure)
        self.how_many = QWidget()
        column = column_in(self.how_many)
        column.addLayout(head)
        column.addWidget(self.graph, 1)
        column.addWidget(self.can_go)
        return self.how_many

    # What the person does

    def _shuffle(self) -> None:
        self.operation.shuffle_noise()
        self.operation.choose_order(self.operation.order, self.operation.seed + 1)

    def _measure(self) -> None:
        if self.operation.measuring:
            self.operation.stop()
        else:
            self.operation.find_how_many_can_go()

    def _use(self) -> None:
        operation, session, before, digits = self.operation, self.shared.session, self.model, self.shared.digits.current
        known = operation.score if digits and operation.score and operation.score.n == len(digits.test) else None
        made = provenance(before.provenance, operation.network, operation.cut, known, digits.name if digits else "")
        words = "; ".join(told(operation.network, operation.cut))
        again = partial(self._use_again, before, session.path, session.made_in_use)
        session.use(Model(operation.result, made), unsaved=True)
        self.said.emit(Said(f"The cut network is in use: {words}.", "Use the one before", again))

    def _use_again(self, before: Model, path: Path | None, kept: Made | None) -> None:
        if kept is None:
            self.shared.session.use(before, path)
        else:
            self.background.run(kept.load, partial(self.shared.session.use_made, kept), latest="knife: before")

    # What is shown

    def _update(self) -> None:
        """Follow the network in use, and show what the cut one answers now."""
        network = self.model.network
        if network is not self.operation.network:
            followed = self.shared.session.following and network.sizes == self.operation.network.sizes
            self.operation.use(network, cut=self.operation.cut if followed else Cut())
        digits = self.shared.digits
        digits.wanted()  # they are loaded for whoever looks
        self.operation.read(digits.current.test if digits.current else None)
        self._show_answer()

    def _show_cut(self) -> None:
        operation, some = self.operation, bool(self.operation.hidden)
        layers = [f"Hidden layer {i}: {counted(n, 'neuron')}" for i, n in enumerate(operation.hidden, 1)]
        if layers != [self.layers.itemText(i) for i in range(self.layers.count())]:
            self.layers.clear()
            self.layers.addItems(layers)
        self.layers.setCurrentIndex(operation.layer - 1)
        self.layers.setVisible(len(layers) > 1)
        for part in (self.order, self.count, self.shuffle, self.grid, self.how_many):
            part.setVisible(some)
        self.without.setVisible(not some)
        self.order.setCurrentIndex(self.order.findData(operation.order))
        if some:
            self.count.set_range(0, operation.neurons)
            self.count.set_value(len(operation.off))
            self.grid.show_neurons(f"Neurons of hidden layer {operation.layer}", operation.neurons, operation.off)
        self.bits.set_value(operation.cut.bits)
        self.noise.set_value(operation.cut.noise)
        self.shuffle.setEnabled(operation.order is Order.RANDOM or operation.cut.noise > 0)
        self.whole.setEnabled(operation.cut != Cut())
        self._show_use()

    def _show_use(self) -> None:
        self.use.setEnabled(self.operation.cut != Cut() and self.operation.is_made)

    def _show_answer(self) -> None:
        seen, operation = self.seen, self.operation
        if seen is None:
            self.answer.hide()
            self.words.setText("Draw a digit to see what the network still answers when much of it is gone.")
            return
        told = Provenance(deformation=self.model.provenance.deformation)
        reading = self.shared.reader.read(seen.stages, Model(operation.result, told))
        self.answer.setText(in_brief(reading))
        self.answer.setVisible(reading.verdict is not Verdict.NO_DIGIT)
        self.words.setText(_compared(reading, seen.reading, whole=operation.cut == Cut()))

    def _show_measured(self) -> None:
        operation, digits = self.operation, self.shared.digits.current
        self.accuracy.setText(_accuracy(operation.score, operation.before, digits))
        self.accuracy.setToolTip("Test digits of the data set in use, each read once")
        now = (len(operation.off), operation.score.accuracy) if operation.score else None
        self.graph.show_curves(operation.neurons, operation.curves, now)
        curve = operation.curves.get(operation.order)
        self.measure.setText("Stop" if operation.measuring else "Measure")
        self.measure.setEnabled(digits is not None and len(digits.test) > 0)
        self.can_go.setText(_can_go(curve, operation.order, operation.measuring))


def _compared(now: Reading, whole_one: Reading, *, whole: bool) -> str:
    before, after = in_brief(whole_one), in_brief(now)
    if whole:
        return "Nothing is cut yet. Switch neurons off, or change the weights."
    digit = whole_one.digit
    outputs = f"output {digit}: {now.outputs[digit]:.2f}, before {whole_one.outputs[digit]:.2f}"
    if before == after:
        return f"The cut network still answers {after} ({outputs})."
    if now.verdict is Verdict.NO_DIGIT:
        return f"The cut network sees no digit, the whole one {before} ({outputs})."
    return f"The cut network answers {after}, the whole one {before} ({outputs})."


def _accuracy(score: Score | None, before: Score | None, digits: Digits | None) -> str:
    if digits is None:
        return "Accuracy: the digits are being loaded…"
    if not len(digits.test):
        return f"{digits.name} has no test digits to measure accuracy on."
    if score is None:
        return "Accuracy: measuring…"
    n, every = score.n, len(digits.test)
    of = f"{n:,} digits" if n == every else f"the first {n:,} of {every:,} digits"
    whole = f", {100 * before.accuracy:.2f} % when whole" if before and score is not before else ""
    return f"Accuracy: {100 * score.accuracy:.2f} % of {of}{whole}"


def _can_go(curve: Pruning | None, order: Order, measuring: bool) -> str:
    if curve is None:
        return "Measuring…" if measuring else "Measure how accuracy falls, neuron by neuron, in the order chosen."
    if measuring:
        return f"Measuring: {100 * curve.counts[-1] // curve.neurons} %"
    words = ORDER_WORDS[order].lower()
    return (
        f"{curve.can_go:,} of {counted(curve.neurons, 'neuron')} can go before accuracy falls by 1 point "
        f"({words}, of {curve.digits:,} digits)."
    )


def _box(name: str, words: str, tip: str) -> NamedBox:
    """Return a box that is no wider than there is room."""
    box = NamedBox(words)
    box.setObjectName(name)
    box.setToolTip(tip)
    box.setAccessibleDescription(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
