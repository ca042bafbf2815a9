"""Page 5: four more neurons that turn ten outputs into bits."""

from functools import partial
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from digitpad.gui.explore.formula import DOT, MINUS, SIGMA, added, factor, letter, number
from digitpad.gui.explore.page import Page, Shared, button, table_of
from digitpad.gui.explore.slider import NumberSlider
from digitpad.gui.explore.wires import Wire, disc, nearest, paint_wires, shares, signed_image
from digitpad.gui.theme import GAP, NORMAL, SMALL, font
from digitpad.nn.bits import (
    BIASES,
    BIT_VALUES,
    OLD_OUTPUTS,
    OTHER,
    RIGHT,
    TARGETS,
    WEIGHTS,
    WRONG_WEIGHTS,
    bits,
    learning,
    right_digits,
    smallest_margin,
    spelled,
    weighted_input,
    worst_z,
)
from digitpad.nn.network import Network
from digitpad.nn.training import Training

LIMIT = 30.0  # weights and biases lie from -30 to 30
_BIAS = 10  # the table's row of the biases, below those of the digits
_READ = 8  # the table's last column, what the bits spell, after four weights and what checks them
_ROW = 24  # pixels
_TICK = 30  # milliseconds that an epoch of learning is shown for

Layer = tuple[NDArray[np.float64], NDArray[np.float64]]


class BinaryPage(Page):
    """Weights to bits in a table that can be edited, checked for all digits; learned by SGD; live from the drawing."""

    TITLE = "Binary output"
    TEXT = (
        "Four more sigmoid neurons turn the ten outputs into the bits of the digit, worth 8, 4, 2 and 1. "
        "Edit any weight: each row is checked with an old output of 0.99 for its digit and 0.01 for the other nine."
    )
    TASK = "load the table with two wrong rows, as it is often found for this exercise, and mend its weights."

    def __init__(self, shared: Shared) -> None:
        """Begin with the weights set by hand."""
        super().__init__(shared)
        self.weights: NDArray[np.float64] = WEIGHTS.copy()
        self.biases: NDArray[np.float64] = BIASES.copy()
        self._learned: Layer | None = None
        self._training: tuple[Network, Training] | None = None
        self._seed = 0
        self._mending = self._own = False  # whether it is the wrong table, and whether the person has edited it
        self._outputs: NDArray[np.floating] | None = None  # of the network in use for the drawing
        self._digit, self._message = 6, ""
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._learn_on)
        self.view, self.maps = BitsLayerView(), WeightMaps()
        self.table = _make_table()
        self.picture.addWidget(self.view, 1)
        self.picture.addWidget(self.table)
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
        self.weight = NumberSlider(letter("w"), "Weight chosen in the table", -LIMIT, LIMIT, 10, 0.1)
        self.weight.slider.setPageStep(50)  # from end to end it would be far otherwise
        self.weight.name.setFixedWidth(56)
        self.check, self.source = QComboBox(), QComboBox()
        self.check.addItems(["0.99 and 0.01", "Worst case"])
        self.check.setAccessibleName("Check")
        self.check.setToolTip(
            "The right half of the table: activations at 0.99 and 0.01, or the z that is worst for the bit\n"
            "of all with the right old output from 0.99 to 1 and the others from 0 to 0.01"
        )
        self.source.addItems(["Row of the table", "Your drawing"])
        self.source.setAccessibleName("Old outputs")
        self.source.setToolTip("The old outputs that picture and formula take")
        self.status = QLabel()
        compared, self.cells = table_of(3, 4, ("", "right", "smallest |z|", "largest |w|"), "Tables compared")
        self.controls.addLayout(presets)
        self.controls.addWidget(self.weight)
        choices = QHBoxLayout()
        choices.setSpacing(GAP)
        choices.addWidget(self.check, 1)
        choices.addWidget(self.source, 1)
        self.controls.addLayout(choices)
        self.controls.addWidget(self.status)
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
        shared.session.model_changed.connect(self._renew)
        shared.session.image_changed.connect(self._renew)
        self.table.setCurrentCell(6, 2)

    # What is chosen

    @property
    def row(self) -> int:
        """The row of the weight that is chosen: a digit, or 10 for the biases."""
        return self.table.currentRow()

    @property
    def neuron(self) -> int:
        """The neuron, from 0 for the bit worth 8 to 3 for the bit worth 1."""
        return min(self.table.currentColumn(), _READ - 1) % 4

    def value(self, row: int, neuron: int) -> float:
        """Return the weight in a row of the table; in the last row, the bias."""
        return float(self.biases[neuron] if row == _BIAS else self.weights[neuron, row])

    def _cell_chosen(self, row: int) -> None:
        if row < _BIAS:
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
        if row == _BIAS:
            self.biases[neuron] = value
        else:
            self.weights[neuron, row] = value
        self._own = self._mending

    def _edited(self, item: QTableWidgetItem) -> None:
        """Take a weight that was typed; keep the old one where it is no number in the range."""
        try:
            value = float(item.text().strip().replace(MINUS, "-").replace(",", "."))
        except ValueError:
            value = float("nan")
        if -LIMIT <= value <= LIMIT:
            self._message = ""
            self._set(item.row(), item.column(), value)
        else:
            self._message = "Weights go from −30 to 30: the old one is kept."
        self.update_soon()

    def _slid(self, value: float) -> None:
        self._message = ""
        self._set(self.row, self.neuron, value)
        self.update_soon()

    def _load_hand(self) -> None:
        self._load(WEIGHTS, wrong=False)

    def _load_wrong(self) -> None:
        self._load(WRONG_WEIGHTS, wrong=True)

    def _load(self, weights: NDArray[np.float64], *, wrong: bool) -> None:
        self._stop_learning()
        self.weights, self.biases, self._message = weights.copy(), BIASES.copy(), ""
        self._mending, self._own = wrong, False
        self.update_soon()

    # Learning

    @property
    def learning(self) -> bool:
        """Whether weights are being learned."""
        return self._training is not None

    def _learn(self) -> None:
        """Begin to learn from new random weights; an epoch takes far less than a millisecond."""
        self._mending = self._own = False
        self._training = learning(self._seed)
        self._seed += 1
        self._take(f"Learning: random weights {DOT} ")
        self._timer.start()
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
        self._timer.stop()
        self._training = None

    # The drawing

    def _renew(self) -> None:
        self._outputs = None
        self.update_soon()

    def _drawing(self) -> NDArray[np.floating] | None:
        """Return the ten outputs for the drawing; None where there is none, or the network has not ten."""
        network, image = self.shared.session.model.network, self.shared.session.image
        if image is None or network.sizes[-1] != 10:
            return None
        if self._outputs is None:
            self._outputs = network.feedforward(image)
        return self._outputs

    # Showing

    def _update(self) -> None:
        right, neuron = right_digits(self.weights, self.biases), self.neuron
        self._show_table(right)
        subscript = f"{BIT_VALUES[neuron]},{self.row}" if self.row < _BIAS else BIT_VALUES[neuron]
        self.weight.name.setText(letter("b" if self.row == _BIAS else "w", subscript))
        self.weight.set_value(round(self.value(self.row, neuron), 1))  # as it stands in the table
        drawn = self._drawing() if self.source.currentIndex() == 1 else None
        outputs = OLD_OUTPUTS[self._digit] if drawn is None else np.asarray(drawn, dtype=np.float64)
        self.view.show_layer(self.weights, outputs, bits(outputs, self.weights, self.biases), neuron)
        wrong = [str(digit) for digit in np.flatnonzero(~right)]
        state = "all ten digits are right." if not wrong else f"{10 - len(wrong)} of 10 digits are right."
        self.status.setText(self._message if self._message.endswith(".") else self._message + state.capitalize())
        self._show_compared()
        self.maps.show_layers(WEIGHTS, None if self._learned is None else self._learned[0])
        self._write(outputs, drawn is not None)
        if self._mending and self._own and not wrong:
            self._done()

    def _show_table(self, right: NDArray[np.bool_]) -> None:
        worst = self.check.currentIndex() == 1
        activations = bits(OLD_OUTPUTS, self.weights, self.biases)
        shown = worst_z(self.weights, self.biases) if worst else activations
        good = (shown > 0 if worst else activations > 0.5) == (TARGETS > 0)
        text, contrast = (
            self.palette().color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.BrightText)
        )
        numbers = spelled(activations)
        for column, value in enumerate(BIT_VALUES):
            header = self.table.horizontalHeaderItem(column + 4)
            assert header is not None
            header.setText(f"{'z' if worst else 'a'}{str(value).translate(_BELOW)}")
        with QSignalBlocker(self.table):
            for row in range(_BIAS + 1):
                for neuron in range(4):
                    self._cell(row, neuron, number(self.value(row, neuron), 1), text)
                    if row < _BIAS:
                        checked = number(float(shown[row, neuron]), 1 if worst else 2)
                        self._cell(row, neuron + 4, checked, text if good[row, neuron] else contrast)
                if row < _BIAS:
                    reads = f"{numbers[row]:04b}" + ("" if right[row] else f" is {numbers[row]}")
                    self._cell(row, _READ, reads, text if right[row] else contrast)

    def _cell(self, row: int, column: int, text: str, colour: QColor) -> None:
        item = self.table.item(row, column)
        assert item is not None
        item.setText(text)
        item.setForeground(colour)

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
                    number(margin) if margin > 0 else "fails",
                    number(float(np.abs(layer[0]).max()), 1),
                ]
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)

    def _write(self, outputs: NDArray[np.float64], drawn: bool) -> None:
        neuron = self.neuron
        digit = int(np.argmax(outputs)) if drawn else self._digit
        w, b = self.weights[neuron], float(self.biases[neuron])
        z = float(weighted_input(outputs, self.weights, self.biases)[neuron])
        own = float(outputs[digit] * w[digit])
        a = float(bits(outputs, self.weights, self.biases)[neuron])
        lines = [
            f"{letter('z')} = {letter('w', digit)}{letter('a', digit)} + nine others + {letter('b')}",
            f"&nbsp;&nbsp;= {number(float(outputs[digit]))} {DOT} {factor(float(w[digit]))} {added(z - own - b)} "
            f"{added(b)} = {number(z)}",
            f"bit {BIT_VALUES[neuron]}: {SIGMA}({letter('z')}) = {number(a, 4)}, so it is {int(a > 0.5)}",
        ]
        if drawn:
            made = bits(outputs, self.weights, self.biases)
            lines.append(f"Your drawing: {''.join(str(int(bit > 0.5)) for bit in made)} = {int(spelled(made))}")
        elif self.source.currentIndex() == 1:
            lines.append("There is no drawing with ten outputs: this is the row of the table.")
        else:
            lines.append(self._proof(digit, neuron))
        self.formula.show_lines(*lines)

    def _proof(self, digit: int, neuron: int) -> str:
        """Return what z is at worst for a digit and bit, and whether that is good enough."""
        on = bool(TARGETS[digit, neuron])
        w, b = self.weights[neuron], float(self.biases[neuron])
        worst = float(worst_z(self.weights, self.biases)[digit, neuron])
        against = np.delete(w, digit)
        against = against[(against < 0) if on else (against > 0)]
        least = RIGHT if (w[digit] > 0) == on else 1.0
        good = worst > 0 if on else worst < 0
        return (
            f"At worst {letter('z')} {'≥' if on else '≤'} {number(least)} {DOT} {factor(float(w[digit]))} + "
            f"{OTHER} {DOT} {factor(float(against.sum()))} {added(b)} = <b>{number(worst)}</b>: "
            f"{'always right' if good else 'it can be wrong'}"
        )

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
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()


_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _make_table() -> QTableWidget:
    table = QTableWidget(_BIAS + 1, _READ + 1)
    table.setAccessibleName("Weights of the four neurons, and their check")
    below = [str(value).translate(_BELOW) for value in BIT_VALUES]
    table.setHorizontalHeaderLabels([*(f"w{one}" for one in below), *(f"a{one}" for one in below), "bits"])
    table.setVerticalHeaderLabels([*map(str, range(10)), "b"])
    table.setShowGrid(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    triggers = QAbstractItemView.EditTrigger
    table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setToolTip("A row for each digit, and one for the biases: type a weight, −30 to 30")
    across, down = table.horizontalHeader(), table.verticalHeader()
    across.setMinimumSectionSize(42)
    across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    across.setSectionResizeMode(_READ, QHeaderView.ResizeMode.Fixed)
    across.resizeSection(_READ, 76)
    across.setFixedHeight(26)
    down.setMinimumSectionSize(_ROW)
    down.setDefaultSectionSize(_ROW)
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setFixedWidth(28)
    down.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
    for header in (across, down):
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
    for row in range(_BIAS + 1):
        for column in range(_READ + 1):
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if column >= 4:
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                item.setFlags(flags if row < _BIAS else Qt.ItemFlag.NoItemFlags)
            table.setItem(row, column, item)
    table.setMinimumWidth(260)
    table.setFont(font(SMALL))
    table.setTextElideMode(Qt.TextElideMode.ElideNone)
    table.setStyleSheet("QTableCornerButton::section { background: palette(base); border: none; }")
    table.horizontalScrollBar().rangeChanged.connect(partial(_fit_height, table))
    _fit_height(table, 0, 0)
    return table


def _fit_height(table: QTableWidget, _low: int, high: int) -> None:
    """Make the table as high as its rows, and as the scroll bar that a narrow window makes necessary."""
    table.setFixedHeight(26 + _ROW * (_BIAS + 1) + (14 if high else 0))


class BitsLayerView(QWidget):
    """Ten old outputs above, four bits below, the connections by weight.

    Signals: ``digit_clicked(digit)``, ``bit_clicked(neuron)``.
    """

    digit_clicked = Signal(int)
    bit_clicked = Signal(int)

    def __init__(self) -> None:
        """Start with the weights set by hand."""
        super().__init__()
        self.setMinimumSize(260, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._weights: NDArray[np.float64] = WEIGHTS
        self._outputs: NDArray[np.floating] = OLD_OUTPUTS[0]
        self._bits: NDArray[np.floating] = np.zeros(4)
        self._chosen = 0

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return QSize(260, 140)

    def show_layer(
        self, weights: NDArray[np.float64], outputs: NDArray[np.floating], fires: NDArray[np.floating], chosen: int
    ) -> None:
        """Show ``weights`` (4, 10), the old ``outputs`` (10,), the bits (4,), and which of them is chosen."""
        self._weights, self._outputs, self._bits, self._chosen = weights.copy(), outputs, fires, chosen
        read = "".join(str(int(bit > 0.5)) for bit in fires)
        self.setAccessibleName(f"Ten outputs and four bits: {read} is {int(spelled(fires))}")
        self.update()

    def digit_place(self, digit: int) -> QPointF:
        """Return where the neuron of an old output lies."""
        return QPointF((digit + 0.5) * self.width() / 10, 32)

    def bit_place(self, neuron: int) -> QPointF:
        """Return where the neuron of a bit lies."""
        return QPointF(self.width() * (0.5 + 0.17 * (neuron - 1.5)), self.height() - 34)

    def _at(self, place: QPointF) -> tuple[bool, int] | None:
        places = [((True, digit), self.digit_place(digit)) for digit in range(10)]
        places += [((False, neuron), self.bit_place(neuron)) for neuron in range(4)]
        return cast("tuple[bool, int] | None", nearest(places, place, 18))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose an old output or a bit."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            (self.digit_clicked if found[0] else self.bit_clicked).emit(found[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer's shape what can be chosen."""
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint connections and neurons."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        share = shares(self._weights)
        for chosen in (False, True):  # the chosen neuron's own connections above the others
            wires = [
                Wire(self.digit_place(digit), self.bit_place(neuron), float(share[neuron, digit]))
                for neuron in range(4)
                for digit in range(10)
                if (neuron == self._chosen) is chosen
            ]
            paint_wires(painter, palette, wires, faint=not chosen)
        best = int(np.argmax(self._outputs))
        radius = min(12.0, 0.042 * self.width())
        for digit in range(10):
            place = self.digit_place(digit)
            disc(painter, palette, place, radius, float(self._outputs[digit]))
            painter.setFont(font(SMALL, strong=digit == best))
            painter.setPen(text if digit == best else quiet)
            painter.drawText(QRectF(place.x() - 20, 2, 40, 16), Qt.AlignmentFlag.AlignCenter, str(digit))
        for neuron, value in enumerate(BIT_VALUES):
            place, fires = self.bit_place(neuron), float(self._bits[neuron])
            painter.setFont(font(SMALL, strong=True))
            disc(painter, palette, place, 15, fires, neuron == self._chosen, text=str(value))
            painter.setFont(font(SMALL))
            painter.setPen(quiet)
            painter.drawText(QRectF(place.x() - 15, place.y() + 9, 30, 30), Qt.AlignmentFlag.AlignCenter, number(fires))
        painter.setFont(font(NORMAL, strong=True))
        painter.setPen(text)
        place = self.bit_place(3)
        rest = QRectF(place.x() + 24, place.y() - 12, self.width() - place.x() - 24, 24)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"= {int(spelled(self._bits))}")
        painter.end()


class WeightMaps(QWidget):
    """The weights of two tables as colours: a row for each bit, a column for each digit."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setAccessibleName("Weights by hand and learned")
        self.setFixedHeight(84)
        self._maps: list[tuple[str, NDArray[np.float64] | None]] = []

    def show_layers(self, hand: NDArray[np.float64], learned: NDArray[np.float64] | None) -> None:
        """Show the weights (4, 10) set by hand, and those that were learned."""
        self._maps = [("by hand", hand), ("learned by SGD", learned)]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        painter = QPainter(self)
        palette = self.palette()
        cell = min(15.0, (self.width() - 3 * GAP) / 20)
        for i, (name, weights) in enumerate(self._maps):
            area = QRectF(i * (10 * cell + 3 * GAP), 20, 10 * cell, 4 * cell)
            painter.setFont(font(SMALL))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(QRectF(area.left(), 0, area.width(), 18), Qt.AlignmentFlag.AlignVCenter, name)
            if weights is None:
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "not yet")
            else:
                painter.drawImage(area, signed_image(weights, palette))
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawRect(area)
        painter.end()
