"""``CostPage``: what digits cost a network; the count in its place; a neuron that learns slowly."""

from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel

from digitpad.data.dataset import Dataset, Digits
from digitpad.explore.chapter import Idea
from digitpad.explore.cost import TINY, Moment, Search, epochs_until, in_words, learn
from digitpad.explore.one_weight import OneWeight
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, table_of
from digitpad.gui.explore.cost.counting import IMAGES, Counting
from digitpad.gui.explore.cost.terms import HandfulView, TermsView
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.player import Player
from digitpad.gui.explore.views import Views
from digitpad.gui.explore.working import Slice, WorkingPage, advance
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.gui.widgets.formula import DOT, ETA, MINUS, SIGMA, letter, number
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.words import a_digit, counted
from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train.recipe import Recipe

_HANDFUL = 5
_DRAWN = 100  # of which the costliest is among the digits on show
_LOOKED_AT = 1_000  # digits among which the worst are looked for
_EPOCHS = 300  # as in the book's pictures
_COUNTED = 5_000  # epochs within which the output must fall
_LEVEL, _TIMES = 0.2, 20  # of the task
_STARTS, _ETA = ((0.6, 0.9), (2.0, 2.0)), 0.15  # the book's
_COLUMNS = 92, 46, 56, 64  # pixels: the widths of the table's
_COSTS = ("quadratic", "cross-entropy")
_FRAME_MS, _FRAME_EPOCHS = 33, 3  # and epochs that go by in a frame


class CostPage(WorkingPage):
    """What five digits cost and why, and why not to count instead; a neuron that is to unlearn a wrong answer.

    The task of the neuron is shown beside it, that of the count in the other views; the page's is done when both are.
    """

    IDEA = Idea.COST
    TEXT = (
        "The quadratic cost adds up the squares of the differences between wanted outputs y and outputs a: it is 0 "
        "only where all are as wanted, and it follows even small changes of the weights, while a count of right "
        "answers mostly stays, and so does not tell which way to go. Slowdown is of the book’s chapter 3: the factor "
        f"{SIGMA}′(z) makes a saturated neuron learn slowly, unlike from the cross-entropy."
    )
    TASK = (
        "under Slowdown, find a start from which the quadratic cost needs more than twenty times as many epochs as the "
        "cross-entropy to an output below 0.2."
    )
    DONE = (
        f"Where the neuron is saturated {SIGMA}′(z) is nearly 0, and with it the quadratic cost’s gradient, "
        f"(a {MINUS} y) {SIGMA}′(z), however wrong the output is. The cross-entropy’s is a {MINUS} y: the more wrong, "
        "the faster it learns."
    )
    WAYS = (
        ("Make this cost small by training", ToTrain(Recipe())),
        ("How it is made small", ToPage(Idea.DESCENT)),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with five digits of the test set."""
        self._has_views = False
        super().__init__(shared)
        self._digits: Digits | None = None
        self._network: Network | None = None  # that gave the outputs on show
        self._handful: Dataset | None = None
        self._outputs: Floats | None = None
        self._search: Search | None = None
        self._draw, self._chosen = 0, 0
        self._by_hand = False  # whether the person chose the start
        self._learned: _Learned | None = None  # that is in the charts
        self._weighed: tuple[Network, Digits] | None = None  # that right answers are counted of
        self._slowed = False  # whether the task of the saturated neuron is done
        self.views = Views(
            self,
            ("Five digits", "What five digits cost"),
            ("Counting", "The cost and the count of right answers, as one weight is changed"),
            ("Slowdown", "A saturated neuron that learns"),
        )
        self.views.idClicked.connect(self._turn_to_view)
        self.counting = Counting(shared.chosen, self.views.pictures[1], self.views.controls[1])
        self.counting.changed.connect(self.update_soon)
        self.counting.solved.connect(self._part_done)
        self._make_handful()
        self._make_slowdown()
        self._has_views = True
        self._show_task()
        shared.chosen.changed.connect(self.turn)
        shared.chosen.changed.connect(self.update_soon)

    # What there is

    def _make_handful(self) -> None:
        self.digits, self.terms = HandfulView(), TermsView()
        self.digits.picked.connect(self._pick)
        self.others = button("Other digits", f"Others of the test set: four, and the costliest of {_DRAWN}")
        self.worst = button("Worst read", f"The five that cost most, of {_LOOKED_AT:,} in the test set")
        self.others.clicked.connect(self._take_others)
        self.worst.clicked.connect(self._find_worst)
        self.which, self.about = NetworkChoice(self.shared.chosen), QLabel(" ")
        self.about.setWordWrap(True)
        picture, side = self.views.pictures[0], self.views.controls[0]
        picture.addWidget(self.digits)
        picture.addWidget(self.terms, 1)
        side.addLayout(row_of(self.others, self.worst, None))
        side.addWidget(self.which)
        side.addWidget(self.about)

    def _make_slowdown(self) -> None:
        self.output = Chart("Output against epochs, for both costs", "epochs", "output a", height=180)
        self.cost = Chart("Cost against epochs, for both costs", "epochs", "cost, start = 1", height=180)
        self.output.show_level(_LEVEL, f"goal: below {_LEVEL}")
        for chart in (self.output, self.cost):
            chart.set_view(0, _EPOCHS, 0, 1)
            chart.placed.connect(self._go_to)
        self.w = NumberSlider(letter("w"), "Weight at the start", -2, 5, 0.6, 0.1)
        self.b = NumberSlider(letter("b"), "Bias at the start", -2, 5, 0.9, 0.1)
        self.eta = NumberSlider(ETA, "Learning rate of both", 0.05, 1, _ETA, 0.01)
        self.epoch = NumberSlider("epoch", "Epoch the formula is of", 0, _EPOCHS, 0, 1)
        self.starts = [
            button(
                f"w = {w}, b = {b}" if w != b else f"w = b = {w}",
                f"The book's start, with {ETA} = {_ETA} for both costs",
            )
            for w, b in _STARTS
        ]
        for start, (w, b) in zip(self.starts, _STARTS, strict=True):
            start.clicked.connect(partial(self._start_at, w, b))
        over, tips = (lambda: self.epoch.value >= _EPOCHS), ("", "Let the epochs go by, or stop", "")
        self.player = Player(_FRAME_MS, self._next_frame, lambda: self.epoch.set_value(0), over, tips)
        headers = ("", "output", "gradient", "epochs")
        table, self.cells = table_of(2, 4, headers, "The neuron at this epoch", _COLUMNS)
        self.times = QLabel(" ")
        same = QLabel(f"{ETA} is the same for both costs; the book's pictures have 0.005 for the cross-entropy.")
        same.setWordWrap(True)
        same.setProperty("quiet", True)
        picture, side = self.views.pictures[2], self.views.controls[2]
        picture.addWidget(self.output)
        picture.addWidget(self.cost)
        row = QHBoxLayout()
        row.addWidget(self.epoch, 1)
        row.addWidget(self.player)
        picture.addLayout(row)
        side.addLayout(row_of(*self.starts, None))
        for slider in (self.w, self.b, self.eta):
            slider.moved.connect(self._start_moved)
            side.addWidget(slider)
        side.addWidget(same)
        self.epoch.changed.connect(self.update_soon)
        side.addWidget(table)
        side.addWidget(self.times)

    @property
    def handful(self) -> Dataset | None:
        """The digits on show, or asked for; None while there are none yet."""
        return self._handful

    @property
    def slowdown(self) -> bool:
        """Whether the saturated neuron is in view, and not the digits."""
        return self.views.checkedId() == 2

    # The tasks

    def _turn_to_view(self) -> None:
        self._show_task()
        self.update_soon()

    def _part_done(self) -> None:
        if self._slowed and self.counting.done:
            self._done()
        self._show_task()

    def mark_done(self) -> None:
        """Show both tasks as done, as they were when the program was last used."""
        self._slowed = self.counting.done = True
        super().mark_done()

    def _task_in_view(self) -> tuple[bool, str, str]:
        if not self._has_views:  # while the page is laid out
            return super()._task_in_view()
        if self.slowdown:
            return self._slowed, self.TASK, self.DONE
        return self.counting.done, self.counting.TASK, self.counting.DONE

    # The hand

    def _pick(self, i: int) -> None:
        self._chosen = i
        self.update_soon()

    def _take_others(self) -> None:
        self._draw += 1
        self._take(None)

    def _find_worst(self) -> None:
        if self._digits:
            self._search = self._new_search(self._digits)
            self.turn()
            self.update_soon()

    def _take(self, handful: Dataset | None) -> None:
        """Show other digits; without ``handful``, some at random."""
        self._handful, self._outputs, self._search, self._chosen = handful, None, None, 0
        self.turn()
        self.update_soon()

    def _start_at(self, w: float, b: float) -> None:
        self._by_hand = False
        with QSignalBlocker(self.epoch):  # one update will do for all four
            self.epoch.set_value(0)
        for slider, value in ((self.w, w), (self.b, b), (self.eta, _ETA)):
            slider.set_value(value)
        self.update_soon()

    def _start_moved(self) -> None:
        self._by_hand = True
        self.update_soon()

    def _go_to(self, epoch: float, _: float) -> None:
        self.player.stop()
        self.epoch.set_value(round(epoch))

    def _next_frame(self) -> None:
        self.epoch.set_value(min(self.epoch.value + _FRAME_EPOCHS, _EPOCHS))

    # Work

    def _wanted(self) -> Slice | None:
        digits, network = self.shared.digits.current, self.shared.chosen.network
        if digits is None or self.slowdown:
            return None
        if digits is not self._digits:
            self._digits, self._handful, self._search = digits, None, None
        if self.views.checkedId() == 1:
            if self._weighed == (network, digits):
                return None
            some = digits.test[:IMAGES]
            return Slice(partial(OneWeight, network, some.images, some.labels), partial(self._weigh, network, digits))
        if self._search is not None:
            if self._search.network is not network:
                self._search = self._new_search(digits)
            return Slice(partial(advance, self._search), partial(self._searched, digits, self._search))
        if self._handful is None:
            places = np.random.default_rng(self._draw).permutation(len(digits.test))[:_DRAWN]
            drawn = digits.test[places]
            return Slice(partial(_costliest, network, drawn), partial(self._drew, digits, network, drawn))
        if self._outputs is None or self._network is not network:
            job = partial(network.feedforward, self._handful.images)
            return Slice(job, partial(self._read, network, self._handful))
        return None

    def _weigh(self, network: Network, digits: Digits, weight: OneWeight) -> None:
        self._weighed = network, digits
        self.counting.take(weight, digits.name)
        self.update_soon()

    def _drew(self, digits: Digits, network: Network, drawn: Dataset, worst: int) -> None:
        """Show the first of those drawn, with the costliest of all in the middle."""
        if digits is self._digits and network is self.shared.chosen.network:
            places = [i for i in range(len(drawn)) if i != worst][: _HANDFUL - 1]
            self._take(drawn[np.array([*places[:2], worst, *places[2:]])])

    def _new_search(self, digits: Digits) -> Search:
        some = digits.test[:_LOOKED_AT]
        return Search(self.shared.chosen.network, some.images, some.targets)

    def _searched(self, digits: Digits, search: Search, over: bool) -> None:
        if over:
            self._take(digits.test[search.worst(_HANDFUL)])

    def _read(self, network: Network, handful: Dataset, outputs: Floats) -> None:
        if self._outputs is None:  # new digits: that which costs most tells most
            self._chosen = int(QUADRATIC.value(outputs, handful.targets).argmax())
        self._network, self._outputs = network, outputs
        self.update_soon()

    def _failed(self, sentence: str) -> None:
        self._search = None
        super()._failed(sentence)

    # What is shown

    def show_view(self, name: str) -> None:
        """Show the view whose button says ``name``."""
        self.views.show_named(name)

    def _update(self) -> None:
        if self.slowdown:
            self._update_slowdown()
        elif self.views.checkedId() == 1:
            self.formula.show_lines(*self.counting.show_present(self.trouble))
        else:
            self._update_handful()

    def _update_handful(self) -> None:
        handful, outputs = self._handful, self._outputs
        if handful is None or outputs is None:
            self.about.setText(self.trouble or "Loading digits…")
            return
        targets = handful.targets
        costs, chosen = QUADRATIC.value(outputs, targets), min(self._chosen, len(handful) - 1)
        self.digits.show_digits(handful.images, handful.labels, costs, chosen)
        a, y = outputs[chosen], targets[chosen]
        self.terms.show_terms(a, y)
        label, given = int(handful.labels[chosen]), int(a.argmax())
        read = "rightly" if label == given else f"as {a_digit(given)}"
        words = f"Chosen: <b>{a_digit(label)}</b>, read {read}."
        if costs.max() < TINY:
            words += f" All cost less than {TINY}: this network is that sure of them. Worst read finds others."
        self.about.setText(self.trouble or ("Looking for the worst…" if self._search else words))
        self._show_sum(a, y, costs, chosen)

    def _show_sum(self, a: Floats, y: NDArray[np.float32], costs: Floats, chosen: int) -> None:
        squares = [f"({target:.0f}{MINUS}{number(float(output), 3)})²" for output, target in zip(a, y, strict=True)]
        squares = [f"<b>{square}</b>" if y[j] else square for j, square in enumerate(squares)]
        terms = [_unbroken(in_words(float(cost))) for cost in costs]
        terms[chosen] = f"<b>{terms[chosen]}</b>"
        c, x, n = letter("C"), letter("x"), len(costs)
        self.formula.show_lines(
            f"{c} = <sup>1</sup>⁄<sub>2{letter('n')}</sub> Σ<sub>{x}</sub> ‖{letter('y')}({x}) {MINUS} {letter('a')}‖²",
            f"{letter('y')}({x}) = ({', '.join(f'{target:.0f}' for target in y)})<sup>T</sup>, {x}: 784 greys",
            f"Chosen digit: ½ [{' + '.join(squares)}] {_equals(costs[chosen])}",
            f"{c} = ({' + '.join(terms)})/{n} {_equals(costs.mean())}",
        )

    def _update_slowdown(self) -> None:
        learned, epoch = _learned(self.w.value, self.b.value, self.eta.value), round(self.epoch.value)
        if learned is not self._learned:
            self._learned = learned
            self._show_learned(learned)
        for chart in (self.output, self.cost):
            chart.show_mark(epoch)
        now = [course[epoch] for course in learned.courses]
        for row, moment in zip(self.cells, now, strict=True):
            row[1].setText(number(moment.a, 3))
            row[2].setText(number(moment.gradient, 4))
        first, other = now
        a, y, z = letter("a"), letter("y"), letter("z")
        slope = first.gradient / first.a
        by = f"∂{letter('C')}/∂{letter('w')}"
        self.formula.show_lines(
            f"{letter('x')} = 1, {y} = 0, {z} = {letter('w')} + {letter('b')}; after {counted(epoch, 'epoch')}",
            f"quadratic: {by} = ({a} {MINUS} {y}) {SIGMA}′({z})",
            f"&nbsp;&nbsp;= {number(first.a, 3)} {DOT} {number(slope, 4)} = {number(first.gradient, 4)}",
            f"cross-entropy: {by} = {a} {MINUS} {y} = {number(other.a, 3)}",
        )
        if self._by_hand and learned.times > _TIMES and not self._slowed:
            self._slowed = True
            self._part_done()

    def _show_learned(self, learned: "_Learned") -> None:
        """Show what depends on start and learning rate alone, and not on the epoch."""
        outputs, costs = [], []
        for i, (name, course) in enumerate(zip(_COSTS, learned.courses, strict=True)):
            outputs.append(Line(name, i, range(_EPOCHS + 1), [moment.a for moment in course]))
            costs.append(Line("", i, range(_EPOCHS + 1), [moment.cost / course[0].cost for moment in course]))
        self.output.show_lines(*outputs)
        self.cost.show_lines(*costs)
        for row, name, count in zip(self.cells, _COSTS, learned.counts, strict=True):
            row[0].setText(name)
            row[3].setText(f"over {_COUNTED:,}" if count is None else f"{count:,}")
        slow, quick = learned.counts
        words = f"Epochs to {_LEVEL}: <b>{'over ' * (slow is None)}{number(learned.times, 1)} times</b> as many."
        self.times.setText(words if quick else f"The output is below {_LEVEL} already." if quick == 0 else " ")


def _equals(cost: "np.floating[Any]") -> str:
    """Return, in rich text, what a formula says that a cost is."""
    words = in_words(float(cost))
    return _unbroken(words) if words.startswith("<") else f"= {words}"


def _unbroken(words: str) -> str:
    """Return, in rich text, words that stay in one line."""
    return escape(words).replace(" ", "&nbsp;")


def _costliest(network: Network, digits: Dataset) -> int:
    """Return which of ``digits`` costs most."""
    return int(QUADRATIC.value(network.feedforward(digits.images), digits.targets).argmax())


class _Learned(NamedTuple):
    """How the neuron learns from each of the two costs, and after how many epochs its output is low enough."""

    courses: list[list[Moment]]
    counts: list[int | None]

    @property
    def times(self) -> float:
        """How many times as many epochs the quadratic cost takes, at least; 0 where that says nothing."""
        slow, quick = self.counts
        return (_COUNTED if slow is None else slow) / quick if quick else 0.0


@lru_cache(maxsize=1)
def _learned(w: float, b: float, eta: float) -> _Learned:
    return _Learned(
        [learn(w, b, eta, cost, _EPOCHS) for cost in _COSTS],
        [epochs_until(w, b, eta, cost, _LEVEL, _COUNTED) for cost in _COSTS],
    )
