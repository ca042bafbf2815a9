"""``BinaryPage``: four more neurons that turn ten outputs into bits."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTableWidgetItem

from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.extra_layer import EXTRA_LAYER
from digitpad.explore.task import Task
from digitpad.gui.explore.binary.bits_picture import BitsLayerView, WeightMaps
from digitpad.gui.explore.binary.bits_table import BIAS_ROW, LIMIT, BitsTable, shown_weight
from digitpad.gui.explore.binary.proof import closing, shown_margin, worst_case
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, choice, table_of
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.services.ways import ToDraw
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.formula import DOT, SIGMA, added, factor, letter, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, grow
from digitpad.nn.binary import (
    BIASES,
    BIT_VALUES,
    OLD_OUTPUTS,
    WEIGHTS,
    WRONG_WEIGHTS,
    bits,
    learning,
    right_digits,
    smallest_margin,
    spelled,
    weighted_input,
)
from digitpad.train import typed

if TYPE_CHECKING:
    from digitpad.nn.network import Network
    from digitpad.nn.training import Training

_NEAR = 30.0  # where the slider ends as long as no weight lies beyond
_EPOCH_MS = 30  # that an epoch of learning is shown for

Layer = tuple[NDArray[np.float64], NDArray[np.float64]]


class BinaryPage(Page):
    """Weights to bits in a table that can be edited, checked for all digits; learned by SGD; live from the drawing."""

    IDEA = Idea.BINARY
    TEXT = (
        "Four more sigmoid neurons turn the ten outputs into the bits of the digit, worth 8, 4, 2 and 1 from the left, "
        "as numbers are written; some tables have them the other way round, 1, 2, 4, 8. Edit any weight: a digit is "
        "right if its bits are for all that the exercise allows, its own old output from 0.99 to 1 and each other "
        "one below 0.01."
    )
    TASK = Task(
        "load the table with two wrong rows, as it is often found for this exercise, and mend its weights.",
        "6 and 7 have the bit worth 2. What counts is the worst case: weights of 0.5 there would do with 0.99 and "
        "nine times 0.01, but not for all that the exercise allows.",
    )
    WAYS = (("Draw a digit", ToDraw()),)
    EXERCISES = (EXTRA_LAYER,)

    def __init__(self, shared: Shared) -> None:
        """Begin with the weights set by hand, and for the drawing with chapter 1's own network."""
        super().__init__(shared)
        self.weights: NDArray[np.float64] = WEIGHTS.copy()
        self.biases: NDArray[np.float64] = BIASES.copy()
        self._learned: Layer | None = None
        self._training: tuple[Network, Training] | None = None
        self._seed = 0
        self._mending = self._by_hand = False  # whether it is the wrong table, and whether the person has edited it
        self._outputs: NDArray[np.floating] | None = None  # of the chosen network for the drawing
        self._digit, self._message = 6, ""
        self.clock = QTimer(self)
        self.clock.setInterval(_EPOCH_MS)
        self.clock.timeout.connect(self._learn_on)
        self.view, self.maps = BitsLayerView(), WeightMaps()
        self.table = BitsTable()
        self.picture.addWidget(self.view, 1)
        self.picture.addWidget(self.table)
        self.refused = QLabel()  # below the cell that it is about
        self.refused.setWordWrap(True)
        self.refused.setProperty("verdict", True)
        self.picture.addWidget(self.refused)
        self.refused.hide()
        self.hand = button("By hand", "The weights set by hand: 10 where the digit has the bit, −10 where it has not")
        self.wrong = button("Wrong rows", "The table often found for this exercise, with two wrong rows")
        self.learn = button(
            "Learn", "Learn by SGD: begin with random weights and learn from outputs the exercise allows"
        )
        presets = QHBoxLayout()
        presets.setSpacing(GAP // 2)
        for preset in (self.hand, self.wrong, self.learn):
            preset.setProperty("tight", True)
            presets.addWidget(preset)
        presets.addStretch()
        words = "Weight chosen in the table"
        self.weight = NumberSlider(letter("w"), words, -_NEAR, _NEAR, 10, 0.1, beyond=LIMIT)
        grow(self.weight.shown, minimumWidth=76, maximumWidth=76)
        self.weight.slider.setPageStep(50)  # from end to end it would be far otherwise
        grow(self.weight.name, minimumWidth=56, maximumWidth=56)
        self.check = choice(
            "Check",
            "The right half of the table: activations at 0.99 and 0.01, or the z that is worst for the bit\n"
            "of all with the right old output from 0.99 to 1 and the others from 0 to 0.01",
            "0.99 and 0.01",
            "Worst case",
        )
        sources = "Row of the table", "Your drawing"
        self.source = choice("Old outputs", "The old outputs that picture and formula take", *sources)
        self.status, self.closing = QLabel(), QLabel()
        for label in (self.status, self.closing):
            label.setWordWrap(True)
        compared, self.cells = table_of(3, 4, ("", "right", "smallest |z|", "largest |w|"), "Tables compared")
        self.which = NetworkChoice(shared.chosen)
        self.controls.addLayout(presets)
        self.controls.addWidget(self.weight)
        choices = QHBoxLayout()
        choices.setSpacing(GAP)
        choices.addWidget(self.check, 1)
        choices.addWidget(self.source, 1)
        self.controls.addLayout(choices)
        self.controls.addWidget(self.which)
        self.controls.addWidget(self.status)
        self.controls.addWidget(self.closing)
        self.controls.addWidget(compared)
        self.controls.addWidget(self.maps)
        self.hand.clicked.connect(self._load_hand)
        self.wrong.clicked.connect(self._load_wrong)
        self.learn.clicked.connect(self._learn)
        self.weight.moved.connect(self._slid)
        for combo in (self.source, self.check):
            combo.currentIndexChanged.connect(self.update_soon)
        self.table.itemChanged.connect(self._edited)
        self.table.currentCellChanged.connect(self._cell_chosen)
        self.view.digit_clicked.connect(self._digit_clicked)
        self.view.bit_clicked.connect(self._bit_clicked)
        shared.chosen.changed.connect(self._renew)
        shared.session.seen_changed.connect(self._renew)
        self.table.setCurrentCell(6, 2)

    # What is chosen

    @property
    def row(self) -> int:
        """The row of the weight that is chosen: a digit, or 10 for the biases."""
        return self.table.currentRow()

    @property
    def neuron(self) -> int:
        """The neuron, from 0 for the bit worth 8 to 3 for the bit worth 1."""
        return self.table.neuron

    def value(self, row: int, neuron: int) -> float:
        """Return the weight in a row of the table; in the last row, the bias."""
        return float(self.biases[neuron] if row == BIAS_ROW else self.weights[neuron, row])

    def _cell_chosen(self, row: int) -> None:
        if row < BIAS_ROW:
            self._digit = row
        self.update_soon()

    def _digit_clicked(self, digit: int) -> None:
        self.source.setCurrentIndex(0)
        self.table.setCurrentCell(digit, self.neuron)

    def _bit_clicked(self, neuron: int) -> None:
        self.table.setCurrentCell(self.row, neuron)

    # Changing the weights

    def _set(self, row: int, neuron: int, value: float) -> None:
        if value == self.value(row, neuron):
            return
        self._stop_learning()
        if row == BIAS_ROW:
            self.biases[neuron] = value
        else:
            self.weights[neuron, row] = value
        self._by_hand = self._mending

    def _edited(self, item: QTableWidgetItem) -> None:
        """Take a weight that was typed; keep the old one where it is no number in the range, and say so there."""
        row, column, refused = item.row(), item.column(), ""
        try:
            value = typed.number(item.text())
            if not -LIMIT <= value <= LIMIT:
                raise ValueError
        except ValueError as error:
            what = "bias" if row == BIAS_ROW else "weight"
            hint = str(error) or f"a {what} is a number from −1000 to 1000"
            named = "b" if row == BIAS_ROW else f"Row {row}"
            kept = shown_weight(self.value(row, column))
            refused = f"{named}, column {BIT_VALUES[column]}: {hint}. {kept} is kept."
        else:
            self._set(row, column, value)
        self._message = ""
        self.update_soon()
        self._refuse(refused)
        if refused:
            announce(self.table, refused, urgent=True)

    def _refuse(self, sentence: str) -> None:
        """Say below the table why what was typed is not taken; with "" nothing is to be said any more."""
        self.refused.setText(sentence)
        self.refused.setVisible(bool(sentence))

    def _slid(self, value: float) -> None:
        self._message = ""
        self._refuse("")
        self._set(self.row, self.neuron, value)
        self.update_soon()

    def _load_hand(self) -> None:
        self._load(WEIGHTS, wrong=False)

    def _load_wrong(self) -> None:
        self._load(WRONG_WEIGHTS, wrong=True)

    def _load(self, weights: NDArray[np.float64], *, wrong: bool) -> None:
        self._stop_learning()
        self._refuse("")
        self.weights, self.biases, self._message = weights.copy(), BIASES.copy(), ""
        self._mending, self._by_hand = wrong, False
        self.update_soon()

    # Learning

    @property
    def learning(self) -> bool:
        """Whether weights are being learned."""
        return self._training is not None

    def _learn(self) -> None:
        """Begin to learn from new random weights; an epoch takes far less than a millisecond."""
        self._mending = self._by_hand = False
        self._refuse("")
        self._training = learning(self._seed)
        self._seed += 1
        self._take(f"Learning: random weights {DOT} ")
        self.clock.start()
        self.update_soon()

    def _learn_on(self) -> None:
        assert self._training is not None
        progress = next((progress for progress in self._training[1] if progress.epoch_done), None)
        if progress is None:
            self._stop_learning()
            self._message = f"Learned {DOT} "
        else:
            self._take(f"Learning: epoch {progress.epoch} {DOT} ")
        self.update_soon()

    def _take(self, message: str) -> None:
        assert self._training is not None
        network, self._message = self._training[0], message
        self.weights = np.array(network.weights[0], dtype=np.float64)
        self.biases = np.array(network.biases[0], dtype=np.float64)
        self._learned = self.weights.copy(), self.biases.copy()

    def _stop_learning(self) -> None:
        self.clock.stop()
        self._training = None

    # The drawing

    def _renew(self) -> None:
        self._outputs = None
        self.update_soon()

    def _drawing(self) -> NDArray[np.floating] | None:
        """Return the ten outputs for the drawing; None where there is none, or the network has not ten."""
        network, image = self.shared.chosen.network, self.shared.session.image
        if image is None or network.sizes[-1] != 10:
            return None
        if self._outputs is None:
            self._outputs = network.feedforward(image)
        return self._outputs

    # Showing

    def _try(self) -> None:
        self._load_wrong()

    def _update(self) -> None:
        right, neuron = right_digits(self.weights, self.biases), self.neuron
        worst = self.check.currentIndex() == 1
        self.table.show_layer(self.weights, self.biases, self.palette(), worst=worst)
        subscript = f"{BIT_VALUES[neuron]},{self.row}" if self.row < BIAS_ROW else BIT_VALUES[neuron]
        self.weight.name.setText(letter("b" if self.row == BIAS_ROW else "w", subscript))
        end = LIMIT if max(np.abs(self.weights).max(), np.abs(self.biases).max()) > _NEAR else _NEAR
        self.weight.set_range(-end, end)
        self.weight.set_value(round(self.value(self.row, neuron), 1))  # as it stands in the table
        drawing = self._drawing() if self.source.currentIndex() == 1 else None
        outputs = OLD_OUTPUTS[self._digit] if drawing is None else np.asarray(drawing, dtype=np.float64)
        self.view.show_layer(self.weights, outputs, bits(outputs, self.weights, self.biases), neuron)
        wrong = [str(digit) for digit in np.flatnonzero(~right)]
        state = "all ten digits are right." if not wrong else f"{10 - len(wrong)} of 10 digits are right."
        self.status.setText(self._message + state.capitalize())
        self.closing.setText(closing(self.weights, self.biases))
        self._show_compared()
        self.maps.show_layers(WEIGHTS, None if self._learned is None else self._learned[0])
        self._write(outputs, of_drawing=drawing is not None)
        if self._mending and self._by_hand and not wrong:
            self._done()

    def _show_compared(self) -> None:
        known: list[tuple[str, Layer | None]] = [
            ("this table", (self.weights, self.biases)), ("by hand", (WEIGHTS, BIASES)), ("learned", self._learned)
        ]  # fmt: skip
        for cells, (name, layer) in zip(self.cells, known, strict=True):
            texts = [name, "not yet", "", ""]
            if layer is not None:
                margin = smallest_margin(*layer)
                texts[1:] = [
                    f"{int(right_digits(*layer).sum())} of 10",
                    shown_margin(margin) if margin > 0 else "fails",
                    shown_weight(float(np.abs(layer[0]).max())),
                ]
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)

    def _write(self, outputs: NDArray[np.float64], *, of_drawing: bool) -> None:
        neuron = self.neuron
        digit = int(np.argmax(outputs)) if of_drawing else self._digit
        w, b = self.weights[neuron], float(self.biases[neuron])
        z = float(weighted_input(outputs, self.weights, self.biases)[neuron])
        term = float(outputs[digit] * w[digit])
        a = float(bits(outputs, self.weights, self.biases)[neuron])
        lines = [
            f"{letter('z')} = {letter('w', digit)}{letter('a', digit)} + nine others + {letter('b')}",
            f"&nbsp;&nbsp;= {number(float(outputs[digit]))} {DOT} {factor(float(w[digit]))} {added(z - term - b)} "
            f"{added(b)} = {number(z)}",
            f"bit {BIT_VALUES[neuron]}: {SIGMA}({letter('z')}) = {number(a, 4)}, so it is {int(a > 0.5)}",
        ]
        if of_drawing:
            made = bits(outputs, self.weights, self.biases)
            lines.append(f"Your drawing: {''.join(str(int(bit > 0.5)) for bit in made)} = {int(spelled(made))}")
        elif self.source.currentIndex() == 1:
            lines.append("There is no drawing with ten outputs: this is the row of the table.")
        else:
            lines.append(worst_case(self.weights, self.biases, digit, neuron))
        self.formula.show_lines(*lines)

    # Waking and resting

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme into the table."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on learning."""
        super().showEvent(event)
        if self.learning:
            self.clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.clock.stop()
