"""``Slowdown``: a saturated neuron that is to unlearn a wrong answer, from two costs."""

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel

from digitpad.explore.slowdown import COSTS, COUNTED, EPOCHS, LEVEL, Learned
from digitpad.explore.slowdown import learned as learned_from
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.controls import button, table_of
from digitpad.gui.explore.player import Player
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DOT, ETA, MINUS, SIGMA, letter, not_0, number
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.words import counted

_TIMES = 20  # of the task
_STARTS, _ETA = ((0.6, 0.9), (2.0, 2.0)), 0.15  # the book's
_COLUMNS = 92, 46, 56, 64  # pixels: the widths of the table's
_FRAME_MS, _FRAME_EPOCHS = 33, 3  # and epochs that go by in a frame


class Slowdown(View):
    """Output and cost of the neuron against epochs, a start to choose, and the gradient at one epoch."""

    NAME = "Slowdown"
    TIP = "A saturated neuron that learns"
    TASK = Task(
        "under Slowdown, find a start from which the quadratic cost needs more than twenty times as many epochs as the "
        "cross-entropy to an output below 0.2.",
        f"Where the neuron is saturated {SIGMA}′(z) is nearly 0, and with it the quadratic cost’s gradient, "
        f"(a {MINUS} y) {SIGMA}′(z), however wrong the output is. The cross-entropy’s is a {MINUS} y: the more wrong, "
        "the faster it learns.",
        "Slowdown",
    )

    def __init__(self) -> None:
        """Fill the columns of the view, and begin with the first of the book's starts."""
        super().__init__()
        self._by_hand = False  # whether the person chose the start
        self._learned: Learned | None = None  # that is in the charts
        self._make_pictures()
        self._make_controls()

    def _make_pictures(self) -> None:
        self.output = Chart("Output against epochs, for both costs", "epochs", "output a", height=180)
        self.cost = Chart("Cost against epochs, for both costs", "epochs", "cost, start = 1", height=180)
        self.output.show_level(LEVEL, f"goal: below {LEVEL}")
        for chart in (self.output, self.cost):
            chart.set_view(0, EPOCHS, 0, 1)
            chart.placed.connect(self._go_to)
            self.pictures.addWidget(chart)
        self.epoch = NumberSlider("epoch", "Epoch the formula is of", 0, EPOCHS, 0, 1)
        self.epoch.changed.connect(self.changed)
        tips = "Go on by a frame", "Let the epochs go by, or stop", "Go back to the first epoch"
        self.player = Player(
            _FRAME_MS, self._next_frame, lambda: self.epoch.set_value(0), lambda: self.epoch.value >= EPOCHS, tips
        )
        for made in (self.player.step, self.player.reset):
            made.hide()  # what they do the slider does as well
        row = QHBoxLayout()
        row.addWidget(self.epoch, 1)
        row.addWidget(self.player)
        self.pictures.addLayout(row)

    def _make_controls(self) -> None:
        self.starts = [
            button(
                f"w = {w}, b = {b}" if w != b else f"w = b = {w}",
                f"The book's start, with {ETA} = {_ETA} for both costs",
            )
            for w, b in _STARTS
        ]
        for start, (w, b) in zip(self.starts, _STARTS, strict=True):
            start.clicked.connect(partial(self._start_at, w, b))
        self.controls.addLayout(row_of(*self.starts, None))
        self.w = NumberSlider(letter("w"), "Weight at the start", -2, 5, 0.6, 0.1)
        self.b = NumberSlider(letter("b"), "Bias at the start", -2, 5, 0.9, 0.1)
        self.eta = NumberSlider(ETA, "Learning rate of both", 0.05, 1, _ETA, 0.01)
        for slider in (self.w, self.b, self.eta):
            slider.moved.connect(self._start_moved)
            self.controls.addWidget(slider)
        same = QLabel(f"{ETA} is the same for both costs; the book's pictures have 0.005 for the cross-entropy.")
        same.setWordWrap(True)
        same.setProperty("quiet", True)
        headers = ("", "output", "gradient", "epochs")
        table, self.cells = table_of(2, 4, headers, "The neuron at this epoch", _COLUMNS)
        self.times = QLabel(" ")
        for widget in (same, table, self.times):
            self.controls.addWidget(widget)

    # The hand

    def _start_at(self, w: float, b: float) -> None:
        self._by_hand = False
        with QSignalBlocker(self.epoch):  # one update will do for all four
            self.epoch.set_value(0)
        for slider, value in ((self.w, w), (self.b, b), (self.eta, _ETA)):
            slider.set_value(value)
        self.changed.emit()

    def _start_moved(self) -> None:
        self._by_hand = True
        self.changed.emit()

    def _go_to(self, epoch: float, _: float) -> None:
        self.player.stop()
        self.epoch.set_value(round(epoch))

    def _next_frame(self) -> None:
        self.epoch.set_value(min(self.epoch.value + _FRAME_EPOCHS, EPOCHS))

    # What is shown

    def show(self) -> tuple[str, ...]:
        """Show the neuron at the epoch; return the lines of the formula."""
        learned, epoch = learned_from(self.w.value, self.b.value, self.eta.value), round(self.epoch.value)
        if learned is not self._learned:
            self._learned = learned
            self._show_learned(learned)
        for chart in (self.output, self.cost):
            chart.show_mark(epoch)
        now = [course[epoch] for course in learned.courses]
        for row, moment in zip(self.cells, now, strict=True):
            row[1].setText(number(moment.a, 3))
            row[2].setText(not_0(moment.gradient, 4))
        first, other = now
        a, y, z = letter("a"), letter("y"), letter("z")
        slope = first.gradient / first.a
        by = f"∂{letter('C')}/∂{letter('w')}"
        if self._by_hand and learned.times > _TIMES:
            self._solve()
        return (
            f"{letter('x')} = 1, {y} = 0, {z} = {letter('w')} + {letter('b')}; after {counted(epoch, 'epoch')}",
            f"quadratic: {by} = ({a} {MINUS} {y}) {SIGMA}′({z})",
            f"&nbsp;&nbsp;= {number(first.a, 3)} {DOT} {not_0(slope, 4)} = {not_0(first.gradient, 4)}",
            f"cross-entropy: {by} = {a} {MINUS} {y} = {number(other.a, 3)}",
        )

    def _show_learned(self, learned: Learned) -> None:
        """Show what depends on start and learning rate alone, and not on the epoch."""
        outputs, costs = [], []
        for i, (name, course) in enumerate(zip(COSTS, learned.courses, strict=True)):
            outputs.append(Line(name, i, range(EPOCHS + 1), [moment.a for moment in course]))
            costs.append(Line("", i, range(EPOCHS + 1), [moment.cost / course[0].cost for moment in course]))
        self.output.show_lines(*outputs)
        self.cost.show_lines(*costs)
        for row, name, count in zip(self.cells, COSTS, learned.counts, strict=True):
            row[0].setText(name)
            row[3].setText(f"over {COUNTED:,}" if count is None else f"{count:,}")
        slow, quick = learned.counts
        words = f"Epochs to {LEVEL}: <b>{'over ' * (slow is None)}{number(learned.times, 1)} times</b> as many."
        self.times.setText(words if quick else f"The output is below {LEVEL} already." if quick == 0 else " ")
