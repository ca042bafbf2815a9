"""``RecurrentPart``: neurons that feed back beside a feedforward chain, stepped by hand, below the layers."""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.explore.recurrent import STRENGTH, Recurrent, chain
from digitpad.gui.explore.controls import button
from digitpad.gui.widgets.arrow import arrow, arrow_head
from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, SMALL, font, grow, grown
from digitpad.gui.widgets.wires import disc

NEURONS, DURATION, REST = 4, 2, 1
_SHOWN = 16  # steps
_HEAD = 8.0  # pixels: an arrow's
_PULSE = np.eye(NEURONS)[0] * STRENGTH  # from outside, at the first step


class RecurrentPart(QWidget):
    """A chain of four layers and a loop of four neurons; Step lets time go on, Reset begins anew."""

    def __init__(self) -> None:
        """Start both quiet."""
        super().__init__()
        self.view = RecurrentView()
        self.step = button("&Step", "One step of time; the first sends a pulse to neuron 1 of both")
        self.reset = button("&Reset", "Silence all neurons and begin anew")
        for made in (self.step, self.reset):
            made.setProperty("tight", True)
        self.feedback = NumberSlider(letter("w", "14"), "Weight from the last neuron back to the first", 0, 3, 2, 0.1)
        self.feedback.slider.setMinimumWidth(50)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.step)
        row.addWidget(self.reset)
        row.addWidget(self.feedback, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addWidget(self.view, 1)
        rows.addLayout(row)
        why = QLabel(
            "Feedforward: no loops, as in all networks that read digits here. Loops do no harm to recurrent ones, as "
            "what a neuron gives out reaches others, and itself, only at a later time. That neurons fire for a limited "
            "time is the book's; that they then rest is our addition."
        )
        why.setWordWrap(True)
        why.setProperty("quiet", True)
        rows.addWidget(why)
        self.step.clicked.connect(self._step)
        self.reset.clicked.connect(self._reset)
        self.feedback.changed.connect(self._weigh)
        self._reset()

    def _reset(self) -> None:
        self.chain = chain(NEURONS)
        self.loop = chain(NEURONS, self.feedback.value, DURATION, REST)
        self._history: list[list[bool]] = []
        self._show()

    def _weigh(self, feedback: float) -> None:
        self.loop.weights[0, -1] = feedback
        self._show()

    def _step(self) -> None:
        stimulus = _PULSE if self.chain.time == 0 else np.zeros(NEURONS)
        fired = np.concatenate([self.chain.step(stimulus), self.loop.step(stimulus)])
        self._history.append([bool(a) for a in fired])
        self._show()

    def _show(self) -> None:
        self.view.show_state(self.chain, self.loop, self._history)


class RecurrentView(QWidget):
    """Both sets of neurons as they are, and beside them when each neuron fired."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setMinimumWidth(260)
        grow(self, minimumHeight=150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chain, self._loop = chain(NEURONS), chain(NEURONS)
        self._history: list[list[bool]] = []
        self.setAccessibleDescription(
            f"{NEURONS} neurons in a row and {NEURONS} in a ring, and at which steps each of them fired"
        )

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(260, grown(150))

    def show_state(self, feedforward: Recurrent, loop: Recurrent, history: list[list[bool]]) -> None:
        """Show the two; ``history`` has, for each step, which neurons of the one and then of the other fired."""
        self._chain, self._loop, self._history = feedforward, loop, history
        self.setAccessibleName(f"Step {loop.time}. " + " ".join(self.words()))
        self.update()

    def words(self) -> tuple[str, str]:
        """Return a sentence about each: whether it is quiet, or which neurons fire."""
        found = []
        for name, neurons in (("Feedforward", self._chain), ("Loop", self._loop)):
            firing = " and ".join(str(i + 1) for i in np.flatnonzero(neurons.firing))
            if neurons.time == 0:
                state = "waits for a pulse"
            elif neurons.quiet:
                state = "is over"
            else:
                state = f"neuron{'s' if ' ' in firing else ''} {firing} fire{'' if ' ' in firing else 's'}"
            found.append(f"{name}: {state}.")
        return found[0], found[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the neurons of both, and their history."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            half = self.height() / 2
            heads = ["Feedforward", "Recurrent"]
            full = [f"Feedforward: {NEURONS} layers", f"Recurrent: fires for {DURATION} steps, rests for {REST}"]
            if max(map(QFontMetricsF(font(SMALL)).horizontalAdvance, full)) < self.width() / 2:
                heads = full
            for i, neurons in enumerate((self._chain, self._loop)):
                area = QRectF(0, i * half, self.width(), half)
                fired = [step[i * NEURONS : (i + 1) * NEURONS] for step in self._history]
                self._paint_one(painter, area, neurons, fired, heads[i])

    def _paint_one(
        self, painter: QPainter, area: QRectF, neurons: Recurrent, fired: list[list[bool]], head: str
    ) -> None:
        palette = self.palette()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        accent, line = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Mid)
        painter.setFont(font(SMALL))
        painter.setPen(quiet)
        painter.drawText(QRectF(2, area.top(), area.width() / 2, grown(16)), Qt.AlignmentFlag.AlignLeft, head)
        radius, y = float(grown(10)), area.top() + grown(34)
        spread = min(float(grown(52)), (area.width() / 2 - 14 - 2 * radius) / (NEURONS - 1))
        places = [QPointF(4 + radius + i * spread, y) for i in range(NEURONS)]
        firing = neurons.firing
        for i, (start, end) in enumerate(pairwise(places)):
            colour = accent if firing[i] else line
            arrow(painter, start + QPointF(radius + 1, 0), end - QPointF(radius + 2, 0), colour, 2, head=_HEAD)
        feedback = float(neurons.weights[0, -1])
        if feedback:
            colour, width = accent if firing[-1] else line, 0.8 + feedback
            tip, low = places[0] + QPointF(0, radius + 2), QPointF(0, grown(30))
            path = QPainterPath(places[-1] + QPointF(0, radius + 1))
            path.cubicTo(places[-1] + low, places[0] + low, tip + QPointF(0, _HEAD))
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            arrow_head(painter, tip, QPointF(0, -_HEAD), colour)
        painter.setFont(font(SMALL, strong=True))
        for i, place in enumerate(places):
            disc(painter, palette, place, radius, float(firing[i]), text=str(i + 1))
        self._paint_history(painter, QRectF(area.width() / 2, area.top(), area.width() / 2, area.height()), fired)

    def _paint_history(self, painter: QPainter, area: QRectF, fired: list[list[bool]]) -> None:
        palette = self.palette()
        cell = min(float(grown(13)), (area.width() - grown(30)) / _SHOWN, (area.height() - grown(22)) / NEURONS)
        left, top = area.left() + grown(26), area.top() + grown(18)
        first = max(0, len(fired) - _SHOWN)
        painter.setFont(font(SMALL))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        head = "Steps" if not fired else f"Steps {first + 1} to {len(fired)}"
        painter.drawText(QRectF(left, area.top(), area.width(), grown(16)), Qt.AlignmentFlag.AlignLeft, head)
        for row in range(NEURONS) if cell >= grown(11) else ():
            place = QRectF(left - grown(22), top + row * cell - 2, grown(16), cell + 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row + 1))
        painter.setPen(Qt.PenStyle.NoPen)
        for row in range(NEURONS):
            for column in range(_SHOWN):
                step = first + column
                on = step < len(fired) and fired[step][row]
                role = QPalette.ColorRole.Highlight if on else QPalette.ColorRole.AlternateBase
                painter.setBrush(palette.color(role))
                painter.drawRect(QRectF(left + column * cell, top + row * cell, cell - 1.5, cell - 1.5))
