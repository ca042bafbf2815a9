"""``MiniBatchesPage``, page 8: the gradient of a mini-batch beside the true one; its second view is in ``online``."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Digits
from digitpad.explore.chapter import Idea
from digitpad.explore.minibatches import DRAWS, MOST, WITHIN, Draws, Estimate, Material, share_within, spread
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.minibatches.online import Online
from digitpad.gui.explore.minibatches.polar import PolarView
from digitpad.gui.explore.minibatches.size_slider import SizeSlider
from digitpad.gui.explore.page import Shared, button, row_of, table_of
from digitpad.gui.explore.views import OneOf, Views
from digitpad.gui.explore.working import Slice, WorkingPage, advance
from digitpad.gui.widgets.formula import NABLA, added, letter, number
from digitpad.gui.widgets.graph import short

_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, MOST)
_STAGES = (("New", 0), ("1 epoch", 1), ("5 epochs", 5))
_OF_TEN, _TASK_STAGE = 0.9, 1  # of the task
_COLUMNS = 44, 52, 68, 52  # pixels: widths
_REST_MS = 300  # that a size must stay chosen to be an answer


class MiniBatchesPage(WorkingPage):
    """Many draws of one mini-batch as arrows around the true gradient, their spread by size; two ways to learn."""

    IDEA = Idea.MINI_BATCHES
    TEXT = (
        "The larger a mini-batch, the nearer its gradient comes to the true one over all images, in direction and "
        "length. Yet many rough steps on a few images each get further than one exact step that looks at all of them."
    )
    TASK = (
        "for the network after 1 epoch, find the smallest m on the slider whose gradient points within 30° of the true "
        "one in nine draws of ten."
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with single images and a network that has learned nothing."""
        super().__init__(shared)
        self._digits: Digits | None = None  # that the material is made of
        self._material: Material | None = None
        self._draws_seed = self._shown = 0
        self._by_hand = False  # whether the person chose this size
        self.rest = QTimer(self)  # runs until the size has been chosen for long enough
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self.rest.timeout.connect(self._check)
        views = ("Direction", "Mini-batches beside the true gradient"), ("Online", "Online beside mini-batch learning")
        self.views = Views(self, *views)
        self.views.idClicked.connect(self.update_soon)
        self._make_pictures()
        self._make_controls()
        self.online = Online(self.views.pictures[1], self.views.controls[1])
        self.online.changed.connect(self.update_soon)

    # What there is

    def _make_pictures(self) -> None:
        self.polar = PolarView(WITHIN)
        self.polar.picked.connect(self._pick)
        self.angles = Chart(
            "Angle to the true gradient by size of the mini-batch", "images m in the mini-batch", "angle: median, 90 %",
            logarithmic=True,
        )  # fmt: skip
        self.angles.placed.connect(self._chart_dragged)
        sizes = [*((m, short(m)) for m in _SIZES[:-2]), (MOST, "all")]
        self.angles.set_view(1, MOST, 0, 120, x_ticks=sizes, y_ticks=[(a, f"{a}°") for a in (0, 30, 60, 90, 120)])
        self.angles.show_level(WITHIN, f"goal: within {WITHIN:.0f}°")
        pictures = self.views.pictures[0]
        pictures.addWidget(self.polar, 3)
        pictures.addWidget(self.angles, 2)

    def _make_controls(self) -> None:
        tips = ["before it has learned anything", "after one epoch of learning", "after five epochs of learning"]
        self.stages = OneOf(*((text, f"The network {tip}") for (text, _), tip in zip(_STAGES, tips, strict=True)))
        self.stages.idClicked.connect(self._others_wanted)
        self.m = SizeSlider("Size of the mini-batch", _SIZES, 1)
        self.m.changed.connect(self._others_wanted)
        self.m.moved.connect(self._size_moved)
        self.next, self.again = (
            button("Next draw", "Show another of the draws, in the formula too"),
            button("New draws", "Draw other mini-batches"),
        )
        self.next.clicked.connect(self._show_next)
        self.again.clicked.connect(self._draw_again)
        headers = ("", "median", "90 % from", "to")
        table, self.cells = table_of(2, 4, headers, "Angle and length of the draws", _COLUMNS)
        self.count = QLabel(" ")
        self.count.setWordWrap(True)
        controls = self.views.controls[0]
        controls.addLayout(self.stages.row)
        controls.addWidget(self.m)
        controls.addLayout(row_of(self.next, self.again))
        controls.addWidget(table)
        controls.addWidget(self.count)

    @property
    def stage(self) -> int:
        """How many epochs the network on show has learned."""
        return _STAGES[self.stages.checkedId()][1]

    @property
    def shown(self) -> int:
        """Which of the draws is in front, and in the formula, counted from 0."""
        return self._shown

    @property
    def _is_online(self) -> bool:
        """Whether online learning is in view, and not the directions of mini-batches."""
        return self.views.checkedId() == 1

    @property
    def draws(self) -> Draws | None:
        """The draws on show; None while there is no true gradient yet to hold them against."""
        return self._draws(self.m.m)

    def _draws(self, m: int) -> Draws | None:
        return self._material.draws(self.stage, m, self._draws_seed) if self._material else None

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
        self.update_soon()

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

    def hideEvent(self, event: QHideEvent) -> None:
        """Let no size become an answer while nobody looks."""
        super().hideEvent(event)
        self.rest.stop()

    def _wanted(self) -> Slice | None:
        digits = self.shared.digits.current
        if digits is None:
            return None
        if self._material is None or self._digits is not digits:
            return Slice(partial(_material_of, digits), partial(self._take, digits))
        if self._is_online:
            course = self.online.wanted()
            return None if course is None else Slice(partial(advance, course), self._show_more)
        if not self._material.ready(self.stage):
            return Slice(partial(advance, self._material.prepare(self.stage)), self._show_more)
        chosen = _SIZES.index(self.m.m)
        by_nearness = sorted(range(len(_SIZES)), key=lambda i: (abs(i - chosen), i))  # the smaller neighbour first
        for draws in (self._draws(_SIZES[i]) for i in by_nearness):
            if draws and not draws.complete:
                return Slice(partial(advance, draws), self._show_more)
        return None

    def _take(self, digits: Digits, material: Material) -> None:
        self._digits, self._material, self._shown = digits, material, 0
        self.online.take(material)
        self.update_soon()

    def _show_more(self, _: object) -> None:
        self.update_soon()

    # What is shown

    def show_view(self, name: str) -> None:
        """Show the view whose button says ``name``."""
        self.views.show_named(name)

    def _update(self) -> None:
        if self._is_online:
            self.formula.show_lines(*self.online.show_courses(self._waiting()))
        else:
            self._update_direction()

    def _waiting(self) -> str:
        """Return a word on what is waited for."""
        if self.trouble:
            return self.trouble
        if self._material is None:
            return "Loading digits…"
        return "The network is learning…" if self.draws is None else "Drawing…"

    def _update_direction(self) -> None:
        material, m = self._material, self.m.m
        self.m.show_all(len(material.y) if material else MOST)
        self.angles.show_mark(m)
        draws = self.draws
        estimates = draws.estimates[:] if draws else []
        shown = min(self._shown, max(len(estimates) - 1, 0))
        self.polar.show_estimates(estimates, shown)
        if draws is None or not estimates:
            self.count.setText(self._waiting())
            self._show_spreads([])
            self.angles.show_lines()
            self.formula.show_lines(*_general(), *["&nbsp;"] * 4)  # or the task below would move
            return
        self._show_spreads(estimates)
        within = round(share_within([e.angle for e in estimates], WITHIN) * len(estimates))
        so_far = "" if draws.complete else f", of {DRAWS}…"
        self.count.setText(f"<b>{within} of {len(estimates)}</b> draws within {WITHIN:.0f}°{so_far}")
        finished = [(size, d) for size in _SIZES if (d := self._draws(size)) and d.complete]
        spreads = [(size, d.spread) for size, d in finished]
        self.angles.show_lines(
            Line(
                "", 0, [size for size, _ in spreads], [s.median for _, s in spreads],
                [s.low for _, s in spreads], [s.high for _, s in spreads],
            )
        )  # fmt: skip
        self._show_formula(draws, estimates[shown], shown)
        if self._by_hand and not self.rest.isActive():
            self._check()

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

    def _show_formula(self, draws: Draws, estimate: Estimate, shown: int) -> None:
        full, terms = draws.full, draws.full.deltas[draws.places(shown)]
        digit = int(np.argmax(np.abs(full.deltas.mean(axis=0))))
        truly, mean = float(full.deltas[:, digit].mean()), float(terms[:, digit].mean())
        c = letter("C")
        self.formula.show_lines(
            *_general(),
            f"Draw {shown + 1}: {estimate.angle:.1f}° from {NABLA}{c}, {number(estimate.ratio)} times as long",
            f"One of its {full.gradient.size:,} numbers, ∂{c}/∂{letter('b', digit)}:",
            f"&nbsp;&nbsp;≈ {_mean_of(terms[:, digit].tolist())}{number(mean, 4)}",
            f"&nbsp;&nbsp;truly {number(truly, 4)}, over all {len(full):,}",
        )

    def _check(self) -> None:
        """See whether the size that was chosen, and stayed chosen, is the smallest that does."""
        i = _SIZES.index(self.m.m)
        here, below = self._draws(_SIZES[i]), self._draws(_SIZES[i - 1]) if i else None
        if not self._by_hand or self._is_online or self.stage != _TASK_STAGE or here is None or not here.complete:
            return
        if here.share >= _OF_TEN and (below is None or (below.complete and below.share < _OF_TEN)):
            self._done()


def _material_of(digits: Digits) -> Material:
    training, test = digits.training, digits.test
    return Material((training.images, training.targets), (test.images, test.targets))


def _mean_of(terms: Sequence[float]) -> str:
    """Return the mean of ``terms`` written out, with dots for those there is no room for; of one term, nothing."""
    if len(terms) == 1:
        return ""
    texts = [number(terms[0], 3), added(terms[1], 3), "+ …", added(terms[-1], 3)]
    texts = texts if len(terms) > 3 else texts[: len(terms)]
    return f"({' '.join(texts)})/{len(terms):,} = "


def _general() -> tuple[str, ...]:
    c = letter("C")
    return (f"{NABLA}{c} ≈ (1/{letter('m')}) Σ {NABLA}{letter('C', '<i>X</i>')}, a sum over {letter('m')} images",)
