"""``SideBySide``, the view of the page toward deep learning that trains one hidden layer beside three."""

from functools import partial
from html import escape
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from digitpad.data.dataset import Digits
from digitpad.explore.deep import (
    EPOCHS,
    ETA,
    MINI_BATCH,
    ONE_LAYER,
    SEEDS,
    THREE_LAYERS,
    Race,
    learned_from,
    verdict,
)
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.controls import button, table_of
from digitpad.gui.explore.working import Slice, WorkingView, advance
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.layouts import row_of
from digitpad.train.groups import ALIKE_SEEM_APART, Spread, gaps

_NAMES = {ONE_LAYER: "one hidden layer", THREE_LAYERS: "three hidden layers"}
_COLUMNS = 68, 54, 54, 80  # pixels: widths
_AS_CHAPTER_1 = f"with chapter 1’s η = {ETA:g} and mini-batches of {MINI_BATCH}"


class SideBySide(WorkingView):
    """Networks of both kinds that learn in turns, and how they do."""

    NAME = "Side by side"
    TIP = "One hidden layer and three"
    TASK = Task(
        "under Side by side, train networks with one hidden layer and with three, and see which are ahead.",
        "Nobody writes down the smaller questions: a simple way to learn and good data make them. More layers alone "
        "need not read better: chapter 5 tells why many layers are hard to train, and chapter 6 how it is done.",
    )

    def __init__(self, digits: DigitSets) -> None:
        """Begin with no network trained."""
        super().__init__()
        self._digits = digits
        self._race: Race | None = None
        self._raced_on: Digits | None = None
        self._races = 0  # that were begun
        self._measured = 0  # accuracies that are shown
        self._lent = False  # whether the button gets the focus back when it can be pressed again
        self.chart = Chart("Accuracy by epoch", "epochs", "test digits read rightly, mean and range", height=260)
        ticks = [(y, f"{y} %") for y in (0, 20, 40, 60, 80, 100)]
        self.chart.set_view(0, EPOCHS, 0, 100, x_ticks=[(x, str(x)) for x in range(0, EPOCHS + 1, 3)], y_ticks=ticks)
        self.said = Remark(letters=285)
        self.pictures.addWidget(self.chart, 1)
        self.pictures.addWidget(self.said)
        self.start = button("&Train both", f"Train {SEEDS} networks of each kind for {EPOCHS} epochs, {_AS_CHAPTER_1}")
        self.start.clicked.connect(self._begin)
        headers = "", "numbers", "mean", "from, to"
        table, self.cells = table_of(2, 4, headers, "One hidden layer and three", _COLUMNS)
        self.controls.addLayout(row_of(self.start, None))
        self.controls.addWidget(table)

    @property
    def race(self) -> Race | None:
        """The networks that were trained here, or are."""
        return self._race

    def wanted(self, _digits: Digits) -> Slice | None:
        """Return more of their learning, until it is over."""
        race = self._race
        return None if race is None or race.over else Slice(partial(advance, race), self._show_more)

    def _begin(self) -> None:
        digits = self._digits.current
        if digits is not None:
            self._race, self._raced_on, self._measured = _race_on(digits, self._races * SEEDS), digits, 0
            self._races += 1
            self.turned.emit()
            self.changed.emit()

    def _show_more(self, ended: bool) -> None:
        """Show what was measured since the last time, if anything was."""
        if ended and self._race is not None and not self._race.over:  # as it had failed before: there is no going on
            self._race = None
            self.changed.emit()
        elif self._race is not None and self._race.measured != self._measured:
            self._measured = self._race.measured
            self.changed.emit()

    def give_up(self) -> None:
        """Have none of them trained."""
        self._race = None

    def show(self) -> tuple[str, ...]:
        """Show how far they are, or what is in their way; there is no formula."""
        race, digits = self._race, self._digits.current
        busy = race is not None and not race.over
        self._let_start(digits is not None and not busy)
        self.start.setText("&Train others" if race is not None and race.over else "&Train both")
        lines = []
        # What stands one above the other is after the same epochs, though one kind is always a little ahead in time.
        common = min(race.accuracies(hidden).shape[1] for hidden in (ONE_LAYER, THREE_LAYERS)) if race else 0
        for i, hidden in enumerate((ONE_LAYER, THREE_LAYERS)):
            sizes = [784, *hidden, 10]
            count = sum((below + 1) * above for below, above in pairwise(sizes))
            for cell, text in zip(self.cells[i], ("-".join(map(str, hidden)), f"{count:,}", "", ""), strict=True):
                cell.setText(text)
            if race is None or not (seen := 100 * race.accuracies(hidden)).size:
                continue
            x = list(range(seen.shape[1]))
            low, high = seen.min(axis=0), seen.max(axis=0)
            lines.append(Line(_NAMES[hidden], i, x, seen.mean(axis=0).tolist(), low.tolist(), high.tolist()))
            if common:
                self.cells[i][2].setText(f"{number(seen[:, common - 1].mean(), 1)} %")
                self.cells[i][3].setText(f"{low[common - 1]:.1f}, {high[common - 1]:.1f}")
        self.chart.show_lines(*lines)
        self.said.setText(self.trouble or self._conclusion(digits))
        if race is not None and race.over:
            self._solve()
        return ()

    def _let_start(self, enabled: bool) -> None:
        """Have the button pressed or not; the chart has its focus meanwhile, or that would go to whatever is next."""
        if not enabled and _has_focus(self.start):
            self._lent = True
            self.chart.setFocus()
        self.start.setEnabled(enabled)
        if enabled and self._lent:
            self._lent = False
            if _has_focus(self.chart):  # the person has not taken it elsewhere
                self.start.setFocus()

    def _conclusion(self, digits: Digits | None) -> str:
        race, on = self._race, self._raced_on
        if race is None or on is None:
            if digits is None:
                return "Loading digits…"
            count = learned_from(len(digits.training))
            return (
                f"Both kinds have nearly the same number of weights and biases. {SEEDS} networks of each learn for "
                f"{EPOCHS} epochs from {count:,} images, {_AS_CHAPTER_1}."
            )
        if not race.over:
            return "Learning…"
        ends = [race.accuracies(hidden)[:, -1] for hidden in (ONE_LAYER, THREE_LAYERS)]
        ahead = verdict(*ends)
        gap, widest = gaps(*(Spread(tuple(end.tolist())) for end in ends))
        how = (
            f"({escape(breakable(on.name))}: {race.images:,} images learned from for {race.epochs} epochs, "
            f"{race.tests:,} to test, {SEEDS} seeds each.)"
        )
        if ahead == 0:
            return (
                f"<b>Not to be told apart.</b> The means are {gap:.2f} points apart, and what differs in the seed "
                f"alone {widest:.2f}: layers alone bring nothing that shows here. {how}"
            )
        kind = "Three hidden layers are" if ahead > 0 else "One hidden layer is"
        return (
            f"<b>{kind} ahead</b> by {gap:.2f} points on average, where what differs in the seed alone lies "
            f"{widest:.2f} apart. Of kinds that are alike one pair in {ALIKE_SEEM_APART[SEEDS]} seems so with {SEEDS} "
            f"seeds each: train others. {how}"
        )


def _has_focus(widget: QWidget) -> bool:
    """Return whether the focus is there, or will be when the person is back in this window."""
    return widget.window().focusWidget() is widget


def _race_on(digits: Digits, first_seed: int) -> Race:
    training, test = digits.training, digits.test
    return Race((training.images, training.targets), (test.images, test.labels), first_seed=first_seed)
