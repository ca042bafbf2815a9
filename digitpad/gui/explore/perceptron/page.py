"""``PerceptronPage``, page 1: a perceptron of two inputs, and a half adder made of five."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from digitpad.explore.chapter import Idea
from digitpad.explore.guessing import Guess, Truth
from digitpad.explore.perceptron import NAND, PERCEPTRONS, ROWS, Perceptron, half_adder, named
from digitpad.gui.explore.page import Page, Shared, button, choice, row_of, table_of
from digitpad.gui.explore.plane import Mark, Plane
from digitpad.gui.widgets.formula import DOT, added, factor, letter, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_STEP = 0.05

# The half adder: where its neurons lie, in shares of width and height, and what leads where.
_PLACES = {
    "x1": (0.05, 0.2), "x2": (0.05, 0.8), "first": (0.22, 0.5), "upper": (0.38, 0.2), "lower": (0.38, 0.8),
    "sum": (0.54, 0.35), "carry": (0.54, 0.92),
}  # fmt: skip
_WIRES = (
    ("x1", "first"), ("x2", "first"), ("x1", "upper"), ("first", "upper"), ("x2", "lower"), ("first", "lower"),
    ("upper", "sum"), ("lower", "sum"), ("first", "carry"),
)  # fmt: skip


class PerceptronPage(Page):
    """Weights and bias by slider or by dragging the line; the truth table; the book's half adder, all rows live."""

    IDEA = Idea.PERCEPTRON
    TEXT = (
        "A perceptron weighs its inputs and fires, giving 1, when the weighted sum and its bias together are above 0. "
        "The line is where they are exactly 0: drag it, or turn it by its two handles."
    )
    TASK = (
        "begin with OR and, by sliders or by the line, make it compute NAND. Five such perceptrons then add two bits."
    )

    GUESS = Guess(
        "A NAND has weights −2, −2 and bias 3. Its bias is lowered to 1. At which inputs does it fire then?",
        ("At the same as before: 00, 01 and 10", "At 00 alone", "At none"),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with OR."""
        super().__init__(shared)
        self.plane = Plane("Input plane: coloured where the perceptron fires")
        self.adder = HalfAdderView()
        self.picture.addWidget(self.plane, 3)
        self.picture.addWidget(self.adder, 2)
        self.w1 = NumberSlider(letter("w", 1), "Weight of the first input", -4, 4, 2, _STEP)
        self.w2 = NumberSlider(letter("w", 2), "Weight of the second input", -4, 4, 2, _STEP)
        self.b = NumberSlider(letter("b"), "Bias", -6, 6, -1, _STEP)
        self.presets = [button(name, f"The weights and bias of {name}") for name in PERCEPTRONS]
        for preset, perceptron in zip(self.presets, PERCEPTRONS.values(), strict=True):
            preset.clicked.connect(partial(self._preset, perceptron))
        self.row = choice(
            "Row of the truth table",
            "The inputs for which the sum is written out, and which the half adder adds",
            *(f"x₁ = {x1}, x₂ = {x2}" for x1, x2 in ROWS),
        )
        self.row.setCurrentIndex(1)
        table, self.cells = table_of(4, 4, ("x₁", "x₂", "w·x + b", "output"), "Truth table", (20, 20, 56, 48))
        self.gate = QLabel()
        self.controls.addLayout(row_of(*self.presets))
        for slider in (self.w1, self.w2, self.b):
            slider.moved.connect(self._moved)
            self.controls.addWidget(slider)
        self.controls.addWidget(self.row)
        self.controls.addWidget(table)
        self.controls.addWidget(self.gate)
        self.row.currentIndexChanged.connect(self.update_soon)
        self.plane.line_dragged.connect(self._dragged)
        # Whether the person brought the table about: since the last preset, theirs was another than NAND's.
        self._by_hand = False

    @property
    def perceptron(self) -> Perceptron:
        """The perceptron on show."""
        return Perceptron((self.w1.value, self.w2.value), self.b.value)

    def _set(self, perceptron: Perceptron) -> None:
        for slider, value in zip((self.w1, self.w2, self.b), (*perceptron.weights, perceptron.bias), strict=True):
            slider.set_value(value)

    def _preset(self, perceptron: Perceptron) -> None:
        self._by_hand = False
        self._set(perceptron)
        self.update_soon()

    def _dragged(self, w1: float, w2: float, b: float) -> None:
        self._set(Perceptron((w1, w2), b))
        self._moved()

    def _moved(self) -> None:
        self._by_hand = self._by_hand or self.perceptron.table() != NAND.table
        self.update_soon()

    def _try(self, tell: Callable[[Truth], object]) -> None:
        """Lower the bias of a NAND from 3 to 1."""
        self._preset(Perceptron((-2, -2), 1))
        rows = [f"{x1}{x2}" for (x1, x2), y in zip(ROWS, self.perceptron.table(), strict=True) if y]
        option = 0 if len(rows) == 3 else 2 if not rows else 1
        tell(Truth(option, f"It fires at {', '.join(rows) or 'no inputs'}: the line went toward 00, all else stayed."))

    def _update(self) -> None:
        perceptron = self.perceptron
        (w1, w2), b = perceptron.weights, perceptron.bias
        table, z = perceptron.table(), perceptron.weighted_input(ROWS)
        self.plane.show_field(perceptron.output)
        self.plane.show_line(w1, w2, b)
        self.plane.show_marks([Mark(x1, x2, str(y), bool(y)) for (x1, x2), y in zip(ROWS, table, strict=True)])
        chosen = self.row.currentIndex()
        for i, ((x1, x2), y) in enumerate(zip(ROWS, table, strict=True)):
            for cell, text in zip(self.cells[i], (str(x1), str(x2), number(z[i]), str(y)), strict=True):
                cell.setText(f"<b>{text}</b>" if i == chosen else text)
        gate = named(table)
        self.gate.setText(f"This perceptron computes <b>{gate}</b>." if gate else "This is none of the named gates.")
        x1, x2 = ROWS[chosen]
        sign = "&gt; 0" if z[chosen] > 0 else "≤ 0"
        self.formula.show_lines(
            f"{letter('z')} = {letter('w', 1)}{letter('x', 1)} + {letter('w', 2)}{letter('x', 2)} + {letter('b')}",
            f"&nbsp;&nbsp;= {factor(w1)} {DOT} {x1} + {factor(w2)} {DOT} {x2} {added(b)} = {number(z[chosen])}",
            f"output = {table[chosen]}, because {letter('z')} {sign}",
        )
        self.adder.show_perceptron(perceptron, x1, x2)
        if self._by_hand and table == NAND.table:
            self._done()


class HalfAdderView(QWidget):
    """The book's half adder: five perceptrons, all like the one on the page, and what it gives for all four rows."""

    def __init__(self) -> None:
        """Start with the book's NAND."""
        super().__init__()
        self.setMinimumWidth(330)
        grow(self, minimumHeight=160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._perceptron, self._inputs = PERCEPTRONS["NAND"], (0, 0)
        self.setAccessibleName("Half adder")

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(330, grown(160))

    def show_perceptron(self, perceptron: Perceptron, x1: int, x2: int) -> None:
        """Build the adder of ``perceptron`` and let it add ``x1`` and ``x2``."""
        self._perceptron, self._inputs = perceptron, (x1, x2)
        rows = self.rows()
        self.setAccessibleName(f"Half adder: {rows[ROWS.index((x1, x2))]}")
        self.setAccessibleDescription(f"All four sums: {'; '.join(rows)}")
        self.update()

    def rows(self) -> list[str]:
        """Return a line for each row of the truth table: what the adder makes of the two bits."""
        found = []
        for x1, x2 in ROWS:
            made = half_adder(x1, x2, self._perceptron)
            right = 2 * made.carry + made.sum == x1 + x2
            found.append(f"{x1} + {x2} = {made.carry}{made.sum}" + ("" if right else ", wrong"))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint wires, neurons and the four sums."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
            accent, contrast = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.BrightText)
            made = half_adder(*self._inputs, self._perceptron)
            values = {"x1": self._inputs[0], "x2": self._inputs[1], "first": made.first, "upper": made.upper,
                      "lower": made.lower, "sum": made.sum, "carry": made.carry}  # fmt: skip
            radius = float(grown(13))
            places = {
                name: QPointF(7 + radius + x * (self.width() - 40), 3 + radius + y * (self.height() - 6 - 2 * radius))
                for name, (x, y) in _PLACES.items()
            }
            for start, end in _WIRES:
                painter.setPen(QPen(accent if values[start] else palette.color(QPalette.ColorRole.Mid), 2))
                painter.drawLine(places[start], places[end])
            painter.setFont(font(SMALL, strong=True))
            for name, place in places.items():
                on = bool(values[name])
                painter.setPen(QPen(accent if on else palette.color(QPalette.ColorRole.Dark), 2))
                painter.setBrush(accent if on else palette.color(QPalette.ColorRole.Base))
                painter.drawEllipse(place, radius, radius)
                painter.setPen(palette.color(QPalette.ColorRole.HighlightedText) if on else text)
                painter.drawText(
                    QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius),
                    Qt.AlignmentFlag.AlignCenter,
                    str(values[name]),
                )
                label = {"x1": "x₁", "x2": "x₂", "sum": "sum", "carry": "carry"}.get(name)
                if label:
                    painter.setPen(quiet)
                    wide = painter.fontMetrics().horizontalAdvance(label)
                    painter.drawText(place + QPointF(radius - wide, -radius - 5), label)
            rows = self.rows()
            strong = QFontMetricsF(font(SMALL, strong=True))
            widest = max(strong.horizontalAdvance(line) for line in rows)
            left = min(20 + 0.7 * (self.width() - 40), self.width() - widest - 4)
            painter.setFont(font(SMALL))
            painter.setPen(quiet)
            painter.drawText(QPointF(left, self.height() / 2 - grown(52)), "Half adder")
            for i, line in enumerate(rows):
                chosen = ROWS[i] == self._inputs
                painter.setFont(font(SMALL, strong=chosen))
                painter.setPen(contrast if line.endswith("wrong") else text)
                painter.drawText(QPointF(left, self.height() / 2 - grown(28) + grown(22) * i), line)
