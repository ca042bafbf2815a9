"""``DeepPage``, the last: one question cut into smaller ones, and one hidden layer beside three."""

from functools import partial
from itertools import pairwise

import numpy as np
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Digits
from digitpad.explore.chapter import Idea
from digitpad.explore.deep import (
    EPOCHS,
    ETA,
    MINI_BATCH,
    MOST_IMAGES,
    ONE_LAYER,
    SEEDS,
    THREE_LAYERS,
    Part,
    Race,
    parts,
    verdict,
)
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, choice, table_of
from digitpad.gui.explore.options import words
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.views import View
from digitpad.gui.explore.working import Slice, WorkingPage, advance
from digitpad.gui.services.ways import ToBook, ToPage, ToTrain
from digitpad.gui.widgets.formula import DOT, added, factor, letter, number
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.signed import weights_image
from digitpad.gui.widgets.tiles import Tile, Tiles
from digitpad.nn.network import Network
from digitpad.train.recipe import Recipe

_MOST, _SIDE = 6, 112  # parts that are shown, and pixels of each
_CHAPTER_5 = "http://neuralnetworksanddeeplearning.com/chap5.html"
_SMALLER = {
    0: "Is there a ring? Is it empty within? Does no line end?",
    1: "Is there one upright line? Is there nothing beside it?",
    2: "Is there an arc above, open at its left? A line along the bottom?",
    3: "Are there two arcs, one on the other, both open at their left?",
    4: "Is there an upright line at the right? A corner at its left? Is the top open?",
    5: "Is there a line along the top? An arc below, open at its left?",
    6: "Is there a ring below? A line that comes down to it from above?",
    7: "Is there a line along the top? One that slants down from its right end?",
    8: "Are there two rings, one on the other?",
    9: "Is there a ring above? A line down from its right side?",
}
_NAMES = {ONE_LAYER: "one hidden layer", THREE_LAYERS: "three hidden layers"}
_COLUMNS = 68, 54, 54, 80  # pixels: widths
_AS_CHAPTER_1 = f"with chapter 1’s η = {ETA:g} and mini-batches of {MINI_BATCH}"
_KEY = "Blue: ink there speaks for the neuron. Orange: against it. Below each: its weight to the neuron above."
_MIXED = (
    " With layers in between it is a rough picture: their weights are mixed, and what their neurons do to a sum is "
    "left out."
)


class _Questions(View):
    NAME = "Questions"
    TIP = "What the neurons below an output look for"


class _SideBySide(View):
    NAME = "Side by side"
    TIP = "One hidden layer and three"


class DeepPage(WorkingPage):
    """What the neurons below an output ask for, and what more layers bring where nothing else changes."""

    IDEA = Idea.DEEP
    TEXT = (
        "A hard question can be cut into easier ones, and each of these again, until one can be answered from a few "
        "pixels. A network with many layers can do that: it is deep. See what one that learned makes of its questions."
    )
    TASK = Task(
        "under Side by side, train networks with one hidden layer and with three, and see which are ahead.",
        "Nobody writes down the smaller questions: a simple way to learn and good data make them. More layers alone "
        "need not read better: chapter 5 tells why many layers are hard to train, and chapter 6 how it is done.",
    )
    WAYS = (
        ("Train three hidden layers", ToTrain(Recipe(hidden=THREE_LAYERS))),
        ("Layers", ToPage(Idea.LAYERS)),
        ("Chapter 5: why deep networks are hard to train", ToBook(_CHAPTER_5)),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with the question whether it is a 9, and with no network trained."""
        self._questions, self._side_by_side = _Questions(), _SideBySide()
        super().__init__(shared, self._questions, self._side_by_side)
        self._race: Race | None = None
        self._raced_on: Digits | None = None
        self._races = 0  # that were begun
        self._measured = 0  # accuracies that are shown
        self._make_questions()
        self._make_race()
        shared.chosen.changed.connect(self.update_soon)
        shared.digits.changed.connect(self.update_soon)
        shared.session.seen_changed.connect(self.update_soon)

    def _make_questions(self) -> None:
        self.asked = words("")
        self.tiles = Tiles("Parts of the question", "What each of these neurons looks for", _SIDE, picks=False)
        self.key = QLabel()
        self.key.setWordWrap(True)
        self.key.setProperty("quiet", True)
        self.below = words("")
        self.tiles_below = Tiles(
            "Parts of the first of them", "What each of these neurons looks for", _SIDE, picks=False
        )
        for widget in (self.asked, self.tiles, self.below, self.tiles_below, self.key):
            self._questions.pictures.addWidget(widget)
        self._questions.pictures.addStretch()
        self.digit = choice(
            "Question", "The output whose parts are shown", *(f"Is it a {digit}?" for digit in range(10))
        )
        self.digit.setCurrentIndex(9)
        self.network = NetworkChoice(self.shared.chosen)
        self.digit.currentIndexChanged.connect(self.update_soon)
        for box in (self.digit, self.network):
            self._questions.controls.addWidget(box)

    def _make_race(self) -> None:
        self.chart = Chart("Accuracy by epoch", "epochs", "test digits read rightly, mean and range", height=260)
        ticks = [(y, f"{y} %") for y in (0, 20, 40, 60, 80, 100)]
        self.chart.set_view(0, EPOCHS, 0, 100, x_ticks=[(x, str(x)) for x in range(0, EPOCHS + 1, 3)], y_ticks=ticks)
        self.said = Remark(letters=260)
        self._side_by_side.pictures.addWidget(self.chart, 1)
        self._side_by_side.pictures.addWidget(self.said)
        self.start = button("&Train both", f"Train {SEEDS} networks of each kind for {EPOCHS} epochs, {_AS_CHAPTER_1}")
        self.start.clicked.connect(self._begin)
        headers = "", "numbers", "mean", "from, to"
        table, self.cells = table_of(2, 4, headers, "One hidden layer and three", _COLUMNS)
        self._side_by_side.controls.addLayout(row_of(self.start, None))
        self._side_by_side.controls.addWidget(table)

    # Side by side

    @property
    def race(self) -> Race | None:
        """The networks that were trained here, or are."""
        return self._race

    def _begin(self) -> None:
        digits = self.shared.digits.current
        if digits is not None:
            self._race, self._raced_on, self._measured = _race_on(digits, self._races * SEEDS), digits, 0
            self._races += 1
            self.turn()
            self.update_soon()

    def _wanted(self) -> Slice | None:
        race = self._race
        return None if race is None or race.over else Slice(partial(advance, race), self._show_more)

    def _show_more(self, _: object) -> None:
        """Show what was measured since the last time, if anything was."""
        if self._race is not None and self._race.measured != self._measured:
            self._measured = self._race.measured
            self.update_soon()

    # Showing

    def _update(self) -> None:
        if self.views.checkedId() == 0:
            self._show_questions()
        else:
            self._show_race()

    def _show_questions(self) -> None:
        digit, network, image = self.digit.currentIndex(), self.shared.chosen.network, self.shared.session.image
        last = len(network.weights)
        found = parts(network, last, digit, image, _MOST)
        below = parts(network, last - 1, found[0].neuron, image, _MOST) if found else []
        counted = "that say most now" if image is not None else "of the largest weights"
        by_hand = f"<b>By thinking:</b> is it a {digit}? {_SMALLER[digit]}"
        if not found:
            self.asked.setText(f"{by_hand}<br><br>Without a hidden layer a network asks each pixel, and nothing else.")
        else:
            count = network.sizes[-2]
            self.asked.setText(
                f"{by_hand}<br><br><b>By learning:</b> this network cuts it into {count:,} smaller questions, the "
                f"neurons of its last hidden layer. Those {counted}:"
            )
        self.key.setText(_KEY + _MIXED * (last > 2))
        self.tiles.show_tiles([self._tile(part, mixed=last > 2) for part in found])
        self.tiles_below.show_tiles([self._tile(part, mixed=last > 3) for part in below])
        if below:
            self.below.setText(
                f"<b>And again:</b> the first of these is cut into {network.sizes[-3]:,} smaller ones, the neurons "
                f"below it. Those {counted}:"
            )
        for widget, parts_of_it in (
            (self.tiles, found),
            (self.key, found),
            (self.below, below),
            (self.tiles_below, below),
        ):
            widget.setVisible(bool(parts_of_it))
        self.formula.show_lines(_sum(found, digit, network))

    def _tile(self, part: Part, *, mixed: bool) -> Tile:
        speaks = "for" if part.weight > 0 else "against"
        how = ", as the layers below mix the pixels" if mixed else ""
        now = "" if part.activation is None else f", now {part.activation:.2f}"
        said = f"Neuron {part.neuron + 1}: what it looks for{how}; weight {part.weight:.2f}, {speaks} it{now}"
        return Tile(weights_image(part.pattern, self.palette()), number(part.weight), said)

    def _show_race(self) -> None:
        race, digits = self._race, self.shared.digits.current
        busy = race is not None and not race.over
        self.start.setEnabled(digits is not None and not busy)
        self.start.setText("&Train others" if race is not None and race.over else "&Train both")
        lines = []
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
            self.cells[i][2].setText(f"{number(seen[:, -1].mean(), 1)} %")
            self.cells[i][3].setText(f"{low[-1]:.1f}, {high[-1]:.1f}")
        self.chart.show_lines(*lines)
        self.said.setText(self.trouble or self._conclusion(digits))
        self.formula.show_lines()
        if race is not None and race.over:
            self._done()

    def _conclusion(self, digits: Digits | None) -> str:
        race, on = self._race, self._raced_on
        if race is None or on is None:
            if digits is None:
                return "Loading digits…"
            count = min(len(digits.training), MOST_IMAGES)
            return (
                f"Both kinds have nearly as many weights and biases. {SEEDS} networks of each learn for {EPOCHS} "
                f"epochs from {count:,} images, {_AS_CHAPTER_1}."
            )
        if not race.over:
            return "Learning…"
        ends = [race.accuracies(hidden)[:, -1] for hidden in (ONE_LAYER, THREE_LAYERS)]
        ahead = verdict(*ends)
        gap = 100 * abs(float(np.mean(ends[1]) - np.mean(ends[0])))
        widest = 100 * max(float(np.ptp(end)) for end in ends)
        how = (
            f"({on.name}: {race.images:,} images learned from for {race.epochs} epochs, {race.tests:,} to test, "
            f"{SEEDS} seeds each.)"
        )
        if ahead == 0:
            return (
                f"<b>Not to be told apart.</b> The means are {gap:.2f} points apart, and what differs in the seed "
                f"alone {widest:.2f}: layers alone bring nothing that shows here. {how}"
            )
        kind = "Three hidden layers are" if ahead > 0 else "One hidden layer is"
        return (
            f"<b>{kind} ahead</b> by {gap:.2f} points on average, where what differs in the seed alone lies "
            f"{widest:.2f} apart. {how}"
        )


def _race_on(digits: Digits, first_seed: int) -> Race:
    training, test = digits.training, digits.test
    return Race((training.images, training.targets), (test.images, test.labels), first_seed=first_seed)


def _sum(found: list[Part], digit: int, network: Network) -> str:
    """Return the sum of an output, as far as a drawing gives it."""
    z, b = letter("z", digit), letter("b")
    if not found:
        return f"{z} = {letter('w')}{DOT}{letter('x')} + {b}: a weight for each pixel, with nothing in between"
    if found[0].activation is None:
        return f"{z} = Σ {letter('w')}{letter('a')} + {b}: a drawing gives it numbers"
    first, bias = found[:3], float(network.biases[-1][digit])
    products = " + ".join(f"{factor(part.weight)} {DOT} {number(part.activation or 0.0)}" for part in first)
    others = " + the others" if network.sizes[-2] > len(first) else ""
    return f"{z} = {products}{others} {added(bias)}"
