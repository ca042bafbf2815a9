"""``Direction``, the first view of the page of mini-batches: their gradients beside the true one."""

from collections.abc import Iterator, Sequence
from math import cos, radians

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.minibatches import DRAWS, WITHIN, Draws, Estimate, Material, share_within, spread
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.controls import button, table_of
from digitpad.gui.explore.minibatches.part import Part
from digitpad.gui.explore.minibatches.polar import PolarView
from digitpad.gui.explore.minibatches.size_slider import SizeSlider
from digitpad.gui.explore.views import OneOf
from digitpad.gui.widgets.formula import DOT, NABLA, factor, letter, number
from digitpad.gui.widgets.graph import Remark, short
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.theme import grow

_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
_OF_TEN, _TASK_NETWORK = 0.9, ChapterNetwork.EPOCH_1  # of the task
_COLUMNS = 44, 52, 68, 52  # pixels: widths
_CHART_PX = 300  # high, at most
_REST_MS = 300  # that a size must stay chosen to be an answer
_DOWN = 90.0  # degrees from the true gradient: below it a step against the estimate still leads down
_C = letter("C")


class Direction(Part):
    """Many draws of one mini-batch as arrows around the true gradient, and the spread of their angles by size."""

    NAME = "Direction"
    TIP = "Mini-batches beside the true gradient"
    TASK = Task(
        "for the network after 1 epoch, find the smallest m on the slider whose gradient points within 30° of the true "
        "one in nine draws of ten.",
        "The tangent of the angle shrinks as 1/√m: half of it takes four times the images. That is why one does not "
        "wait for a good direction, but takes many rough steps.",
        "Direction",
    )

    def __init__(self) -> None:
        """Fill the columns of the view, with single images and a network that has learned nothing."""
        super().__init__()
        self._draws_seed = self._shown = 0
        self._by_hand = False  # whether the person chose this size
        self.rest = QTimer(self)  # runs until the size has been chosen for long enough
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self.rest.timeout.connect(self._check)
        self._make_pictures()
        self._make_controls()

    def _make_pictures(self) -> None:
        self.polar = PolarView(WITHIN)
        self.polar.picked.connect(self._pick)
        self.angles = Chart(
            f"Angle to {NABLA}C by size of the mini-batch", "images m in the mini-batch", "angle: median, 90 %",
            logarithmic=True,
        )  # fmt: skip
        self.angles.placed.connect(self._chart_dragged)
        grow(self.angles, maximumHeight=_CHART_PX)
        sizes = [(m, short(m)) for m in _SIZES]
        self.angles.set_view(1, _SIZES[-1], 0, 120, x_ticks=sizes, y_ticks=[(a, f"{a}°") for a in (0, 30, 60, 90, 120)])
        self.angles.show_level(WITHIN, f"goal: within {WITHIN:.0f}°")
        self.pictures.addWidget(self.polar, 3)
        self.pictures.addWidget(self.angles, 2)
        self.pictures.addStretch()  # beside a column of words that is higher than both

    def _make_controls(self) -> None:
        self.networks = OneOf(self, *(_button_for(network) for network in ChapterNetwork))
        self.networks.idClicked.connect(self._others_wanted)
        self.m = SizeSlider("Size of the mini-batch", _SIZES, 1)
        self.m.changed.connect(self._others_wanted)
        self.m.moved.connect(self._size_moved)
        self.next, self.again = (
            button("Next draw", "Show another of the draws, in the formula too"),
            button("New draws", "Draw other mini-batches"),
        )
        self.next.clicked.connect(self._show_next)
        self.again.clicked.connect(self._draw_again)
        table, self.cells = table_of(2, 4, ("", "median", "90 % from", "to"), "Angle and length of the draws", _COLUMNS)
        self.count = Remark(215)
        self.over = QLabel(" ")
        self.over.setWordWrap(True)
        self.over.setProperty("quiet", True)
        self.controls.addLayout(self.networks.row)
        self.controls.addWidget(self.m)
        self.controls.addLayout(row_of(self.next, self.again, None))
        self.controls.addWidget(table)
        self.controls.addWidget(self.count)
        self.controls.addWidget(self.over)

    @property
    def network(self) -> ChapterNetwork:
        """Which of chapter 1's networks is on show."""
        return list(ChapterNetwork)[self.networks.checkedId()]

    @property
    def shown(self) -> int:
        """Which of the draws is in front, and in the formula, counted from 0."""
        return self._shown

    @property
    def draws(self) -> Draws | None:
        """The draws on show; None while there is no true gradient yet to hold them against."""
        return self._draws(self.m.m)

    def _draws(self, m: int) -> Draws | None:
        return self._material.draws(self.network, m, self._draws_seed) if self._material else None

    # The hand

    def _others_wanted(self) -> None:
        self._pick(0)

    def _size_moved(self) -> None:
        self._by_hand = True
        self.rest.start()

    def _chart_dragged(self, m: float, _: float) -> None:
        before = self.m.m
        self.m.choose(m)
        if self.m.m != before:
            self._size_moved()

    def _pick(self, i: int) -> None:
        self._shown = i
        self.changed.emit()

    def _show_next(self) -> None:
        draws = self.draws
        if draws and draws.estimates:
            self._pick((self._shown + 1) % len(draws.estimates))

    def _draw_again(self) -> None:
        self._draws_seed += 1
        if self._material:
            self._material.forget_draws()
        self._others_wanted()

    # Work

    def pause(self) -> None:
        """Let no size become an answer while nobody looks."""
        self.rest.stop()

    def take(self, material: Material) -> None:
        """Begin anew with other images."""
        super().take(material)
        self._shown = 0

    def work(self) -> Iterator[object] | None:
        """Return the true gradient until it is known, then the draws on show, then those of sizes nearby."""
        if self._material is None:
            return None
        if not self._material.ready(self.network):
            return self._material.prepare(self.network)
        chosen = _SIZES.index(self.m.m)
        by_nearness = sorted(range(len(_SIZES)), key=lambda i: (abs(i - chosen), i))  # the smaller neighbour first
        all_draws = (self._draws(_SIZES[i]) for i in by_nearness)
        return next((draws for draws in all_draws if draws and not draws.complete), None)

    # What is shown

    def show(self) -> tuple[str, ...]:
        """Show the draws so far, or what is waited for; return the lines of the formula."""
        m, draws = self.m.m, self.draws
        self.angles.show_mark(m)
        estimates = draws.estimates[:] if draws else []
        shown = min(self._shown, max(len(estimates) - 1, 0))
        complete = draws is not None and len(estimates) == DRAWS
        self.polar.show_estimates(estimates, shown, draws.mean if draws and complete else None)
        self._show_spreads(estimates)
        if draws is None or not estimates:
            self.count.setText(self.waiting)
            self.over.setText(" ")
            self.angles.show_lines()
            return (*_general(), *["&nbsp;"] * 5)  # or the task below would move
        n = len(draws.full)
        learned = "The network learned from MNIST." if self.network.epochs else "The network has learned nothing."
        self.over.setText(
            f"{NABLA}C is the mean over all {n:,} images to learn from. Each image of a draw is any of these, one "
            f"may come twice. {learned}"
        )
        self.count.setText(_counted(estimates, draws.mean if complete else None))
        self._show_angles(draws)
        if self._by_hand and not self.rest.isActive():
            self._check()
        return self._formula(draws, estimates[shown], shown)

    def _show_angles(self, draws: Draws) -> None:
        finished = [(size, d) for size in _SIZES if (d := self._draws(size)) and d.complete]
        spreads = [(size, d.spread) for size, d in finished]
        measured = Line(
            "", 0, [size for size, _ in spreads], [s.median for _, s in spreads],
            [s.low for _, s in spreads], [s.high for _, s in spreads],
        )  # fmt: skip
        sizes = np.geomspace(1, _SIZES[-1], 60).tolist()
        expected = Line("arctan(s/√m)", 1, sizes, [draws.full.expected_angle(m) for m in sizes])
        self.angles.show_lines(measured, expected)

    def _show_spreads(self, estimates: Sequence[Estimate]) -> None:
        """Show the spread of angles and lengths; of no draws, nothing."""
        angles, ratios = [e.angle for e in estimates], [e.ratio for e in estimates]
        for cells, name, values, places, unit in zip(
            self.cells, ("angle", "length"), (angles, ratios), (1, 2), ("°", ""), strict=True
        ):
            texts = [""] * 3
            if values:
                found = spread(values)
                texts = [f"{number(value, places)}{unit}" for value in (found.median, found.low, found.high)]
            for cell, text in zip(cells, (name, *texts), strict=True):
                cell.setText(text)

    def _formula(self, draws: Draws, estimate: Estimate, shown: int) -> tuple[str, ...]:
        full, m = draws.full, self.m.m
        digit = int(np.argmax(np.abs(full.deltas.mean(axis=0))))
        places, s = draws.places(shown), letter("s")
        parts = full.parts(places, digit)
        truly, here = (float(deltas[:, digit].mean()) for deltas in (full.deltas, full.deltas[places]))
        groups = (parts.own, parts.mean), (parts.others, parts.mean_of_others)
        terms = " + ".join(f"{count:,}{DOT}{factor(mean, 4)}" for count, mean in groups if count)
        return (
            *_general(),
            f"Angle to expect: arctan({s}/√{m:,}) = {full.expected_angle(m):.1f}°, as one image is off by {s} = "
            f"{full.scatter:.1f} lengths of {NABLA}{_C}",
            f"Draw {shown + 1}: {estimate.angle:.1f}° from {NABLA}{_C}, {number(estimate.ratio)} times as long",
            f"One of its {full.gradient.size:,} numbers, ∂{_C}/∂{letter('b', digit)}; images that show the digit "
            f"{digit}: {parts.own:,}, others: {parts.others:,}",
            f"&nbsp;&nbsp;≈ ({terms})/{m:,} = {number(here, 4)}",
            f"&nbsp;&nbsp;truly {number(truly, 4)}, over all {len(full):,}",
        )

    def _check(self) -> None:
        """See whether the size that was chosen, and stayed chosen, is the smallest that does."""
        i = _SIZES.index(self.m.m)
        here, below = self._draws(_SIZES[i]), self._draws(_SIZES[i - 1]) if i else None
        if not self._by_hand or self.network is not _TASK_NETWORK or here is None or not here.complete:
            return
        if here.share >= _OF_TEN and (below is None or (below.complete and below.share < _OF_TEN)):
            self._solve()


def _button_for(network: ChapterNetwork) -> tuple[str, str]:
    words = {ChapterNetwork.UNTRAINED: "New"}.get(network, network.title.removeprefix("after "))
    return words, f"Chapter 1's network, 784-30-10, {network.title}"


def _general() -> tuple[str, ...]:
    return (f"{NABLA}{_C} ≈ (1/{letter('m')}) Σ {NABLA}{letter('C', '<i>X</i>')}, a sum over {letter('m')} images",)


def _counted(estimates: Sequence[Estimate], mean: Estimate | None) -> str:
    """Return how many draws do, and what they come to together once all were made."""
    angles = [estimate.angle for estimate in estimates]
    within = round(share_within(angles, WITHIN) * len(angles))
    text = f"<b>{within} of {len(angles)}</b> draws within {WITHIN:.0f}°"
    if mean is None:
        return f"{text}, of {DRAWS}…"
    down = sum(angle < _DOWN for angle in angles)
    along = mean.ratio * cos(radians(mean.angle))
    return (
        f"{text}, <b>{down}</b> lead down (below {_DOWN:.0f}°). Across {NABLA}{_C} they point all ways and cancel; "
        f"along it they add up, on average {number(along)} times {NABLA}{_C}, and nearer to 1 with more draws. So "
        f"their mean is only <b>{mean.angle:.1f}°</b> off."
    )
