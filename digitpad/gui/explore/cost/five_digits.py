"""``FiveDigits``: what some digits cost the network, and of what terms the cost of one is made."""

from functools import partial
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Dataset, Digits
from digitpad.explore.cost import NO_COST, TINY, Search, in_words
from digitpad.gui.explore.chosen_network import ChosenNetwork, NetworkChoice
from digitpad.gui.explore.controls import button
from digitpad.gui.explore.cost.terms import HandfulView, TermsView
from digitpad.gui.explore.working import Slice, WorkingView, advance
from digitpad.gui.widgets.formula import MINUS, letter, norm, number
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.words import a_digit
from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_HANDFUL = 5
_DRAWN = 100  # of which the costliest is among the digits on show
_LOOKED_AT = 1_000  # digits among which the worst are looked for


class FiveDigits(WorkingView):
    """A handful of test digits with their costs, one of them chosen; others at random, or the worst."""

    NAME = "Five digits"
    TIP = "What five digits cost"

    def __init__(self, chosen: ChosenNetwork) -> None:
        """Fill the columns of the view, with nothing to show yet."""
        super().__init__()
        self._chosen_network = chosen
        self._digits: Digits | None = None
        self._network: Network | None = None  # that gave the outputs on show
        self._handful: Dataset | None = None
        self._outputs: Floats | None = None
        self._search: Search | None = None
        self._draw, self._chosen = 0, 0
        self._lines: tuple[str, ...] = ()  # of the formula; they stay while others are looked for
        self.digits, self.terms = HandfulView(), TermsView()
        self.digits.picked.connect(self._pick)
        self.others = button("Other digits", f"Others of the test set: four, and the costliest of {_DRAWN}")
        self.worst = button("Worst read", f"The five that cost most, of {_LOOKED_AT:,} in the test set")
        self.others.clicked.connect(self._take_others)
        self.worst.clicked.connect(self._find_worst)
        self.which, self.about = NetworkChoice(chosen), QLabel(" ")
        self.about.setWordWrap(True)
        self.pictures.addWidget(self.digits)
        self.pictures.addWidget(self.terms, 1)
        self.controls.addLayout(row_of(self.others, self.worst, None))
        self.controls.addWidget(self.which)
        self.controls.addWidget(self.about)

    @property
    def handful(self) -> Dataset | None:
        """The digits on show, or asked for; None while there are none yet."""
        return self._handful

    # The hand

    def _pick(self, i: int) -> None:
        self._chosen = i
        self.changed.emit()

    def _take_others(self) -> None:
        self._draw += 1
        self._take(None)

    def _find_worst(self) -> None:
        if self._digits:
            self._search = self._new_search(self._digits)
            self.turned.emit()
            self.changed.emit()

    def _take(self, handful: Dataset | None) -> None:
        """Show other digits; without ``handful``, some at random."""
        self._handful, self._outputs, self._search, self._chosen = handful, None, None, 0
        self.turned.emit()
        self.changed.emit()

    # Work

    def wanted(self, digits: Digits) -> Slice | None:
        """Return the search for the worst, or the reading of digits that the network has not read yet."""
        network = self._chosen_network.network
        if digits is not self._digits:
            self._digits, self._handful, self._search = digits, None, None
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

    def give_up(self) -> None:
        """Look for the worst no longer."""
        self._search = None

    def _drew(self, digits: Digits, network: Network, drawn: Dataset, worst: int) -> None:
        """Show the first of those drawn, with the costliest of all in the middle."""
        if digits is self._digits and network is self._chosen_network.network:
            places = [i for i in range(len(drawn)) if i != worst][: _HANDFUL - 1]
            self._take(drawn[np.array([*places[:2], worst, *places[2:]])])

    def _new_search(self, digits: Digits) -> Search:
        some = digits.test[:_LOOKED_AT]
        return Search(self._chosen_network.network, some.images, some.targets)

    def _searched(self, digits: Digits, search: Search, over: bool) -> None:
        if over:
            self._take(digits.test[search.worst(_HANDFUL)])

    def _read(self, network: Network, handful: Dataset, outputs: Floats) -> None:
        if self._outputs is None:  # new digits: that which costs most tells most
            self._chosen = int(QUADRATIC.value(outputs, handful.targets).argmax())
        self._network, self._outputs = network, outputs
        self.changed.emit()

    # What is shown

    def show(self) -> tuple[str, ...]:
        """Show the digits and the terms of the one that is chosen; return the lines of the formula."""
        handful, outputs = self._handful, self._outputs
        if handful is None or outputs is None:
            self.about.setText(self.trouble or "Loading digits…")
            return self._lines
        targets = handful.targets
        costs, chosen = QUADRATIC.value(outputs, targets), min(self._chosen, len(handful) - 1)
        self.digits.show_digits(handful.images, handful.labels, costs, chosen)
        if not np.isfinite(outputs).all():
            self.terms.clear()
            self.about.setText(self.trouble or NO_COST)
            self._lines = ()
            return self._lines
        a, y = outputs[chosen], targets[chosen]
        self.terms.show_terms(a, y)
        label, given = int(handful.labels[chosen]), int(a.argmax())
        read = "rightly" if label == given else f"as {a_digit(given)}"
        words = f"Chosen: <b>{a_digit(label)}</b>, read {read}."
        if costs.max() < TINY:
            words += f" All cost less than {TINY}: this network is that sure of them. Worst read finds others."
        self.about.setText(self.trouble or ("Looking for the worst…" if self._search else words))
        self._lines = _sum(a, y, costs, chosen)
        return self._lines


def _sum(a: Floats, y: NDArray[np.float32], costs: Floats, chosen: int) -> tuple[str, ...]:
    """Return the cost of the chosen digit, and that of all, written out."""
    squares = [f"({target:.0f}{MINUS}{number(float(output), 3)})²" for output, target in zip(a, y, strict=True)]
    squares = [f"<b>{square}</b>" if y[j] else square for j, square in enumerate(squares)]
    terms = [_unbroken(in_words(float(cost))) for cost in costs]
    terms[chosen] = f"<b>{terms[chosen]}</b>"
    c, x, n = letter("C"), letter("x"), len(costs)
    difference = f"{letter('y')}({x}) {MINUS} {letter('a')}"
    return (
        f"{c} = <sup>1</sup>⁄<sub>2{letter('n')}</sub> Σ<sub>{x}</sub> {norm(difference)}²",
        f"{letter('y')}({x}) = ({', '.join(f'{target:.0f}' for target in y)})<sup>T</sup>, {x}: 784 greys",
        f"Chosen digit: ½ [{' + '.join(squares)}] {_equals(costs[chosen])}",
        f"{c} = ({' + '.join(terms)})/{n} {_equals(costs.mean())}",
    )


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
