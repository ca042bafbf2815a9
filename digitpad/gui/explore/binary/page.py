"""``BinaryPage``: four more neurons that turn ten outputs into bits."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QTableWidgetItem

from digitpad.explore.bits_layer import BIAS_ROW, LIMIT, BitsLayer
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.extra_layer import EXTRA_LAYER
from digitpad.explore.task import Task
from digitpad.gui.explore.binary.bits_picture import BitsLayerView, WeightMaps
from digitpad.gui.explore.binary.bits_table import BitsTable, shown_weight
from digitpad.gui.explore.binary.compared import Compared
from digitpad.gui.explore.binary.proof import closing
from digitpad.gui.explore.binary.written import of_digit, of_drawing, of_no_drawing, state
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, choice
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.services.ways import ToDraw
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, grow
from digitpad.nn.binary import BIT_VALUES, OLD_OUTPUTS, WEIGHTS, bits
from digitpad.train import typed

_NEAR = 30.0  # where the slider ends as long as no weight lies beyond
_EPOCH_MS = 30  # that an epoch of learning is shown for


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
        self.layer = BitsLayer()
        self._outputs: NDArray[np.floating] | None = None  # of the chosen network for the drawing
        self._digit = 6
        self.clock = QTimer(self)
        self.clock.setInterval(_EPOCH_MS)
        self.clock.timeout.connect(self._learn_on)
        self._make_picture()
        self._make_controls()
        shared.chosen.changed.connect(self._renew)
        shared.session.seen_changed.connect(self._renew)
        self.table.setCurrentCell(6, 2)

    def _make_picture(self) -> None:
        self.view, self.table = BitsLayerView(), BitsTable()
        self.refused = QLabel()  # below the cell that it is about
        self.refused.setWordWrap(True)
        self.refused.setProperty("verdict", True)
        self.picture.addWidget(self.view, 1)
        self.picture.addWidget(self.table)
        self.picture.addWidget(self.refused)
        self.refused.hide()
        self.table.itemChanged.connect(self._typed)
        self.table.currentCellChanged.connect(self._cell_chosen)
        self.view.digit_clicked.connect(self._digit_clicked)
        self.view.bit_clicked.connect(self._bit_clicked)

    def _make_controls(self) -> None:
        self.hand = button("By hand", "The weights set by hand: 10 where the digit has the bit, −10 where it has not")
        self.wrong = button("Wrong rows", "The table often found for this exercise, with two wrong rows")
        self.learn = button(
            "Learn", "Learn by SGD: begin with random weights and learn from outputs the exercise allows"
        )
        for preset in (self.hand, self.wrong, self.learn):
            preset.setProperty("tight", True)
        self.hand.clicked.connect(self._load_hand)
        self.wrong.clicked.connect(self._load_wrong)
        self.learn.clicked.connect(self._learn)
        words = "Weight chosen in the table"
        self.weight = NumberSlider(letter("w"), words, -_NEAR, _NEAR, 10, 0.1, beyond=LIMIT)
        grow(self.weight.shown, minimumWidth=76, maximumWidth=76)
        self.weight.slider.setPageStep(50)  # from end to end it would be far otherwise
        grow(self.weight.name, minimumWidth=56, maximumWidth=56)
        self.weight.moved.connect(self._slid)
        self.check = choice(
            "Check",
            "The right half of the table: activations at 0.99 and 0.01, or the z that is worst for the bit\n"
            "of all with the right old output from 0.99 to 1 and the others from 0 to 0.01",
            "0.99 and 0.01",
            "Worst case",
        )
        sources = "Row of the table", "Your drawing"
        self.source = choice("Old outputs", "The old outputs that picture and formula take", *sources)
        for box in (self.source, self.check):
            box.currentIndexChanged.connect(self.update_soon)
        choices = row_of(self.check, self.source)
        for i in range(2):
            choices.setStretch(i, 1)
        self.which = NetworkChoice(self.shared.chosen)
        self.status, self.closing = QLabel(), QLabel()
        for label in (self.status, self.closing):
            label.setWordWrap(True)
        self.compared, self.maps = Compared(), WeightMaps()
        self.controls.addLayout(row_of(self.hand, self.wrong, self.learn, None, spacing=GAP // 2))
        self.controls.addWidget(self.weight)
        self.controls.addLayout(choices)
        for widget in (self.which, self.status, self.closing, self.compared, self.maps):
            self.controls.addWidget(widget)

    # What is chosen

    @property
    def row(self) -> int:
        """The row of the weight that is chosen: a digit, or 10 for the biases."""
        return self.table.currentRow()

    @property
    def neuron(self) -> int:
        """The neuron, from 0 for the bit worth 8 to 3 for the bit worth 1."""
        return self.table.neuron

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

    def _typed(self, item: QTableWidgetItem) -> None:
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
            kept = shown_weight(self.layer.value(row, column))
            refused = f"{named}, column {BIT_VALUES[column]}: {hint}. {kept} is kept."
        else:
            self.layer.set(row, column, value)
        self._changed(refused)
        if refused:
            announce(self.table, refused, urgent=True)

    def _changed(self, refused: str = "") -> None:
        """Show the layer as it is now; say below the table why what was typed is not taken, where that was so."""
        self.refused.setText(refused)
        self.refused.setVisible(bool(refused))
        self._go_on()
        self.update_soon()

    def _slid(self, value: float) -> None:
        self.layer.set(self.row, self.neuron, value)
        self._changed()

    def _load_hand(self) -> None:
        self.layer.load(wrong=False)
        self._changed()

    def _load_wrong(self) -> None:
        self.layer.load(wrong=True)
        self._changed()

    # Learning

    def _learn(self) -> None:
        self.layer.learn()
        self._changed()

    def _learn_on(self) -> None:
        self.layer.learn_on()
        self._go_on()
        self.update_soon()

    def _go_on(self) -> None:
        """Let the clock tick as long as something is learned, and someone looks."""
        if self.layer.learning and self.isVisible():
            self.clock.start()
        else:
            self.clock.stop()

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
        layer, neuron = self.layer, self.neuron
        worst = self.check.currentIndex() == 1
        self.table.show_layer(layer.weights, layer.biases, self.palette(), worst=worst)
        self._show_weight()
        self.status.setText(state(layer))
        self.closing.setText(closing(layer.weights, layer.biases))
        self.compared.show_tables((layer.weights, layer.biases), layer.learned)
        self.maps.show_layers(WEIGHTS, None if layer.learned is None else layer.learned[0])
        drawing = self._drawing() if self.source.currentIndex() == 1 else None
        outputs = OLD_OUTPUTS[self._digit] if drawing is None else np.asarray(drawing, dtype=np.float64)
        self.view.show_layer(layer.weights, outputs, bits(outputs, layer.weights, layer.biases), neuron)
        if drawing is not None:
            lines = of_drawing(layer, neuron, outputs)
        else:
            lines = (of_no_drawing if self.source.currentIndex() == 1 else of_digit)(layer, neuron, self._digit)
        self.formula.show_lines(*lines)
        if layer.mended:
            self._done()

    def _show_weight(self) -> None:
        """Have the slider show the weight that is chosen, as it stands in the table."""
        layer, neuron = self.layer, self.neuron
        subscript = f"{BIT_VALUES[neuron]},{self.row}" if self.row < BIAS_ROW else BIT_VALUES[neuron]
        self.weight.name.setText(letter("b" if self.row == BIAS_ROW else "w", subscript))
        end = LIMIT if max(np.abs(layer.weights).max(), np.abs(layer.biases).max()) > _NEAR else _NEAR
        self.weight.set_range(-end, end)
        self.weight.set_value(round(layer.value(self.row, neuron), 1))

    # Waking and resting

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme into the table."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on learning."""
        super().showEvent(event)
        self._go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.clock.stop()
