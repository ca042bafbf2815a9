"""Page 9: the quadratic cost of the network in use, term by term, and the neuron that learns slowly from it."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset, Digits
from digitpad.gui.explore.chart import Chart, Curve
from digitpad.gui.explore.formula import DOT, ETA, MINUS, SIGMA, letter, number
from digitpad.gui.explore.page import Page, Shared, button, row_of, table_of
from digitpad.gui.explore.slices import Slice, Slices
from digitpad.gui.explore.slider import NumberSlider
from digitpad.gui.explore.terms import HandfulView, TermsView
from digitpad.gui.theme import GAP
from digitpad.gui.words import a_digit
from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.saturation import epochs_until, learn

_HANDFUL = 5
_LOOKED_AT = 1_000  # digits among which the worst are looked for
_EPOCHS = 300  # as in the book's pictures
_COUNTED = 5_000  # epochs within which the output must fall
_LEVEL, _TIMES = 0.2, 20  # of the task
_STARTS = ((0.6, 0.9), (2.0, 2.0))  # the book's
_COSTS = ("quadratic", "cross-entropy")
_FRAME, _FRAME_EPOCHS = 33, 3  # ms, and epochs that go by in them


class CostPage(Page):
    """What five digits cost and why; a neuron that is to unlearn a wrong answer, under two costs."""

    TITLE = "Cost"
    TEXT = (
        "The quadratic cost adds up the squares of the differences between wanted outputs y and outputs a. "
        f"Its gradient has the factor {SIGMA}′(z), nearly 0 where a neuron is saturated: then it learns slowly, unlike "
        "from the cross-entropy."
    )
    TASK = (
        "under Slowdown, find a start from which the quadratic cost needs more than twenty times as many epochs as the "
        "cross-entropy to an output below 0.2."
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with five digits of the test set."""
        super().__init__(shared)
        self._digits: Digits | None = None
        self._network: Network | None = None  # that gave the outputs on show
        self._handful: Dataset | None = None
        self._outputs: Floats | None = None
        self._search: _Search | None = None
        self._draw, self._chosen, self._trouble = 0, 0, ""
        self._own = False  # whether the person chose the start
        self._slices = Slices(self, self._choose, self._failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._next_frame)
        self._make_views()
        self._make_handful()
        self._make_slowdown()
        shared.digits.changed.connect(self._digits_changed)
        shared.session.model_changed.connect(self._model_changed)
        self._show_view()

    # What there is

    def _make_views(self) -> None:
        self.handful_view, self.slowdown_view = (
            button(text, tip, checkable=True)
            for text, tip in (("Five digits", "What five digits cost"), ("Slowdown", "A saturated neuron that learns"))
        )
        for one in (self.handful_view, self.slowdown_view):
            one.setAutoExclusive(True)
            one.clicked.connect(self._show_view)
        self.handful_view.setChecked(True)
        self.controls.addLayout(row_of(self.handful_view, self.slowdown_view))
        self._pictures, self._sides = [QWidget(), QWidget()], [QWidget(), QWidget()]
        for widgets, layout in ((self._pictures, self.picture), (self._sides, self.controls)):
            for widget in widgets:
                rows = QVBoxLayout(widget)
                rows.setContentsMargins(0, 0, 0, 0)
                rows.setSpacing(GAP)
                layout.addWidget(widget, 1 if layout is self.picture else 0)

    def _make_handful(self) -> None:
        self.digits, self.terms = HandfulView(), TermsView()
        self.digits.picked.connect(self._pick)
        self.others = button("Other digits", "Take five others of the test set")
        self.worst = button("Worst read", f"The five that cost most, of {_LOOKED_AT:,} in the test set")
        self.others.clicked.connect(self._take_others)
        self.worst.clicked.connect(self._find_worst)
        self.whose, self.about = QLabel(), QLabel(" ")
        self.whose.setProperty("quiet", True)
        for label in (self.whose, self.about):
            label.setWordWrap(True)
        picture, side = (widgets[0].layout() for widgets in (self._pictures, self._sides))
        assert isinstance(picture, QVBoxLayout)
        assert isinstance(side, QVBoxLayout)
        picture.addWidget(self.digits)
        picture.addWidget(self.terms, 1)
        side.addLayout(row_of(self.others, self.worst))
        side.addWidget(self.whose)
        side.addWidget(self.about)

    def _make_slowdown(self) -> None:
        below = "epochs"
        self.output = Chart("Output against epochs, for both costs", below, "output a", height=180)
        self.cost = Chart("Cost against epochs, for both costs", below, "cost, start = 1", height=180)
        ticks = [(value, str(value)) for value in range(0, _EPOCHS + 1, 50)]
        shares = [(value, number(value, 1)) for value in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
        self.output.show_axes((0, _EPOCHS), (0, 1), ticks, shares)
        self.cost.show_axes((0, _EPOCHS), (0, 1), ticks, shares)
        self.output.show_level(_LEVEL, "")
        for chart in (self.output, self.cost):
            chart.dragged.connect(self._go_to)
        self.w = NumberSlider(letter("w"), "Weight at the start", -2, 5, 0.6, 0.1)
        self.b = NumberSlider(letter("b"), "Bias at the start", -2, 5, 0.9, 0.1)
        self.eta = NumberSlider(ETA, "Learning rate", 0.05, 1, 0.15, 0.01)
        self.epoch = NumberSlider("epoch", "Epoch the formula is of", 0, _EPOCHS, 0, 1)
        self.starts = [
            button(
                f"w = {w}, b = {b}" if w != b else f"w = b = {w}",
                "A start of the book's chapter 3, with its learning rate of 0.15",
            )
            for w, b in _STARTS
        ]
        for start, (w, b) in zip(self.starts, _STARTS, strict=True):
            start.clicked.connect(partial(self._start_at, w, b))
        self.play = button("Play", "Let the epochs go by, or stop", checkable=True)
        self.play.toggled.connect(self._play)
        table, self.cells = table_of(2, 4, ("", "output", "gradient", "epochs"), "The neuron at this epoch")
        self.times = QLabel(" ")
        side, picture = self._sides[1].layout(), self._pictures[1].layout()
        assert isinstance(side, QVBoxLayout)
        assert isinstance(picture, QVBoxLayout)
        picture.addWidget(self.output)
        picture.addWidget(self.cost)
        row = QHBoxLayout()
        row.addWidget(self.epoch, 1)
        row.addWidget(self.play)
        picture.addLayout(row)
        side.addLayout(row_of(*self.starts))
        for slider in (self.w, self.b, self.eta):
            slider.changed.connect(self.update_soon)
            slider.moved.connect(self._start_moved)
            side.addWidget(slider)
        self.epoch.changed.connect(self.update_soon)
        side.addWidget(table)
        side.addWidget(self.times)
        grid = table.layout()
        assert isinstance(grid, QGridLayout)
        grid.setHorizontalSpacing(GAP)
        for cells in self.cells:
            for cell, width in zip(cells, (92, 46, 56, 64), strict=True):
                cell.setMinimumWidth(width)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def slowdown(self) -> bool:
        """Whether the saturated neuron is in view, and not the digits."""
        return self.slowdown_view.isChecked()

    # The hand

    def _show_view(self) -> None:
        self.play.setChecked(False)
        for widgets in (self._pictures, self._sides):
            widgets[0].setVisible(not self.slowdown)
            widgets[1].setVisible(self.slowdown)
        self.update_soon()

    def _pick(self, i: int) -> None:
        self._chosen = i
        self.update_soon()

    def _take_others(self) -> None:
        self._draw += 1
        self._take(None)

    def _find_worst(self) -> None:
        if self._digits:
            self._search = _Search(self.shared.session.model.network, self._digits.test[:_LOOKED_AT])
            self.update_soon()

    def _take(self, handful: Dataset | None) -> None:
        """Show other digits; without ``handful``, some at random."""
        self._handful, self._outputs, self._search, self._chosen = handful, None, None, 0
        self.update_soon()

    def _start_at(self, w: float, b: float) -> None:
        self._own = False
        self.epoch.set_value(0)
        for slider, value in ((self.w, w), (self.b, b), (self.eta, 0.15)):
            slider.set_value(value)
        self.update_soon()

    def _start_moved(self) -> None:
        self._own = True
        self.update_soon()

    def _go_to(self, epoch: float) -> None:
        self.play.setChecked(False)
        self.epoch.set_value(round(epoch))

    def _play(self, on: bool) -> None:
        if on:
            if self.epoch.value >= _EPOCHS:
                self.epoch.set_value(0)
            self._timer.start()
        else:
            self._timer.stop()

    def _next_frame(self) -> None:
        self.epoch.set_value(min(self.epoch.value + _FRAME_EPOCHS, _EPOCHS))
        if self.epoch.value >= _EPOCHS:
            self.play.setChecked(False)

    # Work

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for digits."""
        super().showEvent(event)
        self.shared.digits.wanted()
        self._slices.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing while nobody looks."""
        super().hideEvent(event)
        self.play.setChecked(False)
        self._slices.rest()

    def _digits_changed(self) -> None:
        self._slices.go()

    def _model_changed(self) -> None:
        self.update_soon()

    def _choose(self) -> Slice | None:
        digits, network = self.shared.digits.current, self.shared.session.model.network
        if digits is None or self.slowdown:
            return None
        if digits is not self._digits:
            self._digits, self._handful, self._search = digits, None, None
        if self._search is not None:
            if self._search.network is not network:
                self._search = _Search(network, digits.test[:_LOOKED_AT])
            return Slice(self._search.advance, partial(self._searched, self._search))
        if self._handful is None:
            places = np.random.default_rng(self._draw).permutation(len(digits.test))[:_HANDFUL]
            self._handful, self._outputs, self._chosen = digits.test[places], None, 0
        if self._outputs is None or self._network is not network:
            job = partial(network.feedforward, self._handful.images)
            return Slice(job, partial(self._came, network, self._handful))
        return None

    def _searched(self, search: "_Search", over: bool) -> None:
        if over and search is self._search:
            self._take(search.worst())

    def _came(self, network: Network, handful: Dataset, outputs: Floats) -> None:
        if handful is self._handful:
            if self._outputs is None:  # new digits: that which costs most tells most
                self._chosen = int(QUADRATIC.value(outputs, handful.targets).argmax())
            self._network, self._outputs, self._trouble = network, outputs, ""
            self.update_soon()

    def _failed(self, sentence: str) -> None:
        self._trouble, self._search = sentence, None
        self.update_soon()

    # What is shown

    def _update(self) -> None:
        if self.slowdown:
            self._update_slowdown()
        else:
            self._update_handful()
        self._slices.go()

    def _update_handful(self) -> None:
        self.whose.setText(f"Network in use: {self.shared.session.model.made.get('name', 'without a name')}")
        handful, outputs = self._handful, self._outputs
        if handful is None or outputs is None:
            self.about.setText(self._trouble or "Loading digits…")
            return
        targets = handful.targets
        costs, chosen = QUADRATIC.value(outputs, targets), min(self._chosen, len(handful) - 1)
        self.digits.show_digits(handful.images, handful.labels, costs, chosen)
        a, y = outputs[chosen], targets[chosen]
        self.terms.show_terms(a, y)
        label, given = int(handful.labels[chosen]), int(a.argmax())
        read = "rightly" if label == given else f"as {a_digit(given)}"
        words = f"Chosen: <b>{a_digit(label)}</b>, read {read}."
        self.about.setText(self._trouble or ("Looking for the worst…" if self._search else words))
        self._show_sum(a, y, costs, chosen)

    def _show_sum(self, a: Floats, y: NDArray[np.float32], costs: Floats, chosen: int) -> None:
        squares = [f"({target:.0f}{MINUS}{number(float(output), 3)})²" for output, target in zip(a, y, strict=True)]
        squares = [f"<b>{square}</b>" if y[j] else square for j, square in enumerate(squares)]
        terms = [number(float(cost), 4) for cost in costs]
        terms[chosen] = f"<b>{terms[chosen]}</b>"
        c, x, n = letter("C"), letter("x"), len(costs)
        self.formula.show_lines(
            f"{c} = <sup>1</sup>⁄<sub>2{letter('n')}</sub> Σ<sub>{x}</sub> ‖{letter('y')}({x}) {MINUS} {letter('a')}‖²",
            f"Chosen digit: ½ [{' + '.join(squares)}] = {number(float(costs[chosen]), 4)}",
            f"{c} = ({' + '.join(terms)})/{n} = {number(float(costs.mean()), 4)}",
        )

    def _update_slowdown(self) -> None:
        w, b, eta, epoch = self.w.value, self.b.value, self.eta.value, round(self.epoch.value)
        courses = [learn(w, b, eta, cost, _EPOCHS) for cost in _COSTS]
        epochs = range(_EPOCHS + 1)
        outputs, costs = [], []
        for i, (name, course) in enumerate(zip(_COSTS, courses, strict=True)):
            outputs.append(Curve(name, i, epochs, [moment.a for moment in course]))
            costs.append(Curve("", i, epochs, [moment.cost / course[0].cost for moment in course]))
        self.output.show_curves(*outputs)
        self.cost.show_curves(*costs)
        for chart in (self.output, self.cost):
            chart.show_cursor(epoch)
        counts = [epochs_until(w, b, eta, cost, _LEVEL, _COUNTED) for cost in _COSTS]
        for row, name, course, count in zip(self.cells, _COSTS, courses, counts, strict=True):
            now = course[epoch]
            shown = f"over {_COUNTED:,}" if count is None else f"{count:,}"
            texts = name, number(now.a, 3), number(now.gradient, 4), shown
            for cell, text in zip(row, texts, strict=True):
                cell.setText(text)
        slow, quick = counts
        done = False
        if not quick:
            words = "The output is below 0.2 already." if quick == 0 else " "
        else:
            times = (_COUNTED if slow is None else slow) / quick
            over = "over " if slow is None else ""
            words = f"Epochs to 0.2: <b>{over}{number(times, 1)} times</b> as many."
            done = times > _TIMES
        self.times.setText(words)
        first, other = (course[epoch] for course in courses)
        a, y, z = letter("a"), letter("y"), letter("z")
        slope = first.gradient / first.a
        by = f"∂{letter('C')}/∂{letter('w')}"
        self.formula.show_lines(
            f"{letter('x')} = 1, {y} = 0, {z} = {letter('w')} + {letter('b')}; after {epoch} epochs",
            f"quadratic: {by} = ({a} {MINUS} {y}) {SIGMA}′({z})",
            f"&nbsp;&nbsp;= {number(first.a, 3)} {DOT} {number(slope, 4)} = {number(first.gradient, 4)}",
            f"cross-entropy: {by} = {a} {MINUS} {y} = {number(other.a, 3)}",
        )
        if done and self._own:
            self._done()


class _Search:
    """Looks for the digits that cost most, a piece of them at a time."""

    def __init__(self, network: Network, among: Dataset) -> None:
        self.network, self._among = network, among
        self._costs: list[Floats] = []
        self._seen = 0

    def advance(self) -> bool:
        """Look at some more; whether these were the last."""
        piece = self._among[self._seen : self._seen + self.network.piece]
        self._costs.append(QUADRATIC.value(self.network.feedforward(piece.images), piece.targets))
        self._seen += len(piece)
        return self._seen >= len(self._among)

    def worst(self) -> Dataset:
        """Return those that cost most, the worst first."""
        costs = np.concatenate(self._costs)
        return self._among[np.argsort(-costs, kind="stable")[:_HANDFUL]]
