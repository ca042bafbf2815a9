"""Page 8: the gradient of one mini-batch beside the true one, and online learning beside mini-batches."""

from collections.abc import Generator, Sequence
from functools import cached_property, partial
from math import ceil
from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Digits
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.formula import ETA, MINUS, NABLA, added, letter, number
from digitpad.gui.explore.graph import short
from digitpad.gui.explore.page import Page, Shared, button, row_of, table_of
from digitpad.gui.explore.polar import PolarView
from digitpad.gui.explore.slices import SLICE, Slice, Slices
from digitpad.gui.explore.slider import NumberSlider
from digitpad.gui.explore.views import OneOf, Views
from digitpad.nn.minibatches import Estimate, FullGradient, Measured, Spread, course, drawn, share_within, spread
from digitpad.nn.network import Network, greys
from digitpad.nn.training import TrainingConfig, sgd

_ALL = 2_000  # images that the true gradient is taken over, where there are as many
_WATCHED = 500  # other images, on which the cost is measured while the network learns
_EVERY = 20  # images between two measurements
_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, _ALL)
_BATCHES = (2, 5, 10, 20, 50, 100, 200)
_DRAWS = 100
_SEED = 1
_STAGES = (("New", 0), ("1 epoch", 1), ("5 epochs", 5))
_WITHIN, _OF_TEN, _TASK_STAGE = 30.0, 0.9, 1  # of the task
_DRAWS_COLUMNS, _LEARNED_COLUMNS = (44, 52, 68, 52), (24, 50, 42, 44, 40, 36)  # pixels: widths
_RESTED = 300  # ms that a size must stay chosen to be an answer


class MiniBatchesPage(Page):
    """Many draws of one mini-batch as arrows around the true gradient, their spread by size; two ways to learn."""

    TITLE = "Mini-batches"
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
        self._material: _Material | None = None
        self._courses: dict[int, _Course] = {}  # by size of the mini-batch
        self._draws_seed = self._order_seed = self._shown = 0
        self._trouble = ""
        self._slices = Slices(self, self._choose, self._failed)
        self._own = False  # whether the person chose this size
        self._rested = QTimer(self)
        self._rested.setSingleShot(True)
        self._rested.setInterval(_RESTED)
        self._rested.timeout.connect(self._check)
        views = ("Direction", "Mini-batches beside the true gradient"), ("Online", "Online beside mini-batch learning")
        self.views = Views(self, *views)
        self.views.idClicked.connect(self.update_soon)
        self._make_pictures()
        self._make_controls()
        shared.digits.changed.connect(self._digits_changed)

    # What there is

    def _make_pictures(self) -> None:
        self.polar = PolarView(_WITHIN)
        self.polar.picked.connect(self._pick)
        self.angles = Chart(
            "Angle to the true gradient by size of the mini-batch", "images m in the mini-batch", "angle: median, 90 %",
            logarithmic=True,
        )  # fmt: skip
        self.angles.placed.connect(self._chart_dragged)
        sizes = [*((m, short(m)) for m in _SIZES[:-2]), (_ALL, "all")]
        self.angles.set_view(1, _ALL, 0, 120, x_ticks=sizes, y_ticks=[(a, f"{a}°") for a in (0, 30, 60, 90, 120)])
        self.angles.show_level(_WITHIN, f"goal: within {_WITHIN:.0f}°")
        self.by_images = Chart("Cost against images seen", "images seen", "cost", height=180)
        self.by_updates = Chart("Cost against updates", "updates made", "cost", logarithmic=True)
        direction, online = self.views.pictures
        direction.addWidget(self.polar, 3)
        direction.addWidget(self.angles, 2)
        online.addWidget(self.by_images, 3)
        online.addWidget(self.by_updates, 2)

    def _make_controls(self) -> None:
        direction, online = self.views.controls
        tips = ["before it has learned anything", "after one epoch of learning", "after five epochs of learning"]
        self.stages = OneOf(*((text, f"The network {tip}") for (text, _), tip in zip(_STAGES, tips, strict=True)))
        self.stages.idClicked.connect(self._stage_chosen)
        self.m = SizeSlider("Size of the mini-batch", _SIZES, 1)
        self.m.changed.connect(self._size_changed)
        self.m.moved.connect(self._size_moved)
        self.next, self.again = (
            button("Next draw", "Show another of the draws, in the formula too"),
            button("New draws", "Draw other mini-batches"),
        )
        self.next.clicked.connect(self._show_next)
        self.again.clicked.connect(self._draw_again)
        headers: tuple[str, ...] = ("", "median", "90 % from", "to")
        table, self.cells = table_of(2, 4, headers, "Angle and length of the draws", _DRAWS_COLUMNS)
        self.count = QLabel(" ")
        direction.addLayout(self.stages.row)
        direction.addWidget(self.m)
        direction.addLayout(row_of(self.next, self.again))
        direction.addWidget(table)
        direction.addWidget(self.count)
        self.eta = NumberSlider(ETA, "Learning rate", -2, 1, 1.0, 0.1, power=True)
        self.batch = SizeSlider("Size of the mini-batch beside online learning", _BATCHES, 20)
        self.order = button("Another order", "Take the same images in another order")
        self.eta.changed.connect(self._learn_anew)
        self.batch.changed.connect(self.update_soon)
        self.order.clicked.connect(self._another_order)
        headers = ("m", "updates", "each", "all", "cost", "rose")
        table, self.learned = table_of(2, 6, headers, "Online learning and mini-batches", _LEARNED_COLUMNS)
        self.progress = QLabel(" ")
        self.progress.setMinimumHeight(2 * self.progress.fontMetrics().lineSpacing())
        self.progress.setAlignment(Qt.AlignmentFlag.AlignTop)
        online.addWidget(self.eta)
        online.addWidget(self.batch)
        online.addLayout(row_of(self.order))
        online.addWidget(table)
        online.addWidget(self.progress)
        for label in (self.count, self.progress):
            label.setWordWrap(True)

    @property
    def stage(self) -> int:
        """How many epochs the network on show has learned."""
        return _STAGES[self.stages.checkedId()][1]

    @property
    def online(self) -> bool:
        """Whether online learning is in view, and not the directions of mini-batches."""
        return self.views.checkedId() == 1

    @property
    def draws(self) -> "_Draws | None":
        """The draws on show; None while there is no true gradient yet to hold them against."""
        return self._draws(self.m.m)

    def _draws(self, m: int) -> "_Draws | None":
        return self._material.draws(self.stage, m, self._draws_seed) if self._material else None

    # The hand

    def _stage_chosen(self) -> None:
        self._shown = 0
        self.update_soon()

    def _size_changed(self) -> None:
        self._shown = 0
        self.update_soon()

    def _size_moved(self) -> None:
        self._own = True
        self._rested.start()

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
        self._shown = 0
        if self._material:
            self._material.forget_draws()
        self.update_soon()

    def _learn_anew(self) -> None:
        self._courses.clear()
        self.update_soon()

    def _another_order(self) -> None:
        self._order_seed += 1
        self._learn_anew()

    # Work

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for digits, and go on computing."""
        super().showEvent(event)
        self.shared.digits.wanted()
        self._slices.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing while nobody looks."""
        super().hideEvent(event)
        self._rested.stop()
        self._slices.rest()

    def _digits_changed(self) -> None:
        self._slices.go()

    def _choose(self) -> Slice | None:
        """Return what is wanted most at this moment."""
        digits = self.shared.digits.current
        if digits is None:
            return None
        if self._material is None or self._material.digits is not digits:
            return Slice(partial(_Material, digits), self._take)
        if self.online:
            running = [course for course in self._both() if not course.over]
            if not running:
                return None
            return Slice(min(running, key=lambda course: course.images).advance, self._came)
        if not self._material.ready(self.stage):
            return Slice(partial(self._material.prepare, self.stage), self._came)
        chosen = _SIZES.index(self.m.m)
        by_nearness = sorted(range(len(_SIZES)), key=lambda i: (abs(i - chosen), i))  # the smaller neighbour first
        for draws in (self._draws(_SIZES[i]) for i in by_nearness):
            if draws and not draws.complete:
                return Slice(draws.advance, self._came)
        return None

    def _take(self, material: "_Material") -> None:
        self._material, self._trouble, self._shown = material, "", 0
        self._courses.clear()
        self.update_soon()

    def _came(self, _: object) -> None:
        self._trouble = ""
        self.update_soon()

    def _failed(self, sentence: str) -> None:
        self._trouble = sentence
        self.update_soon()

    def _both(self) -> list["_Course"]:
        """Return the courses of online learning and of the mini-batch beside it, begun where they were not."""
        assert self._material is not None
        for m in (1, self.batch.m):
            if m not in self._courses:
                self._courses[m] = _Course(self._material, m, self.eta.value, self._order_seed)
        return [self._courses[1], self._courses[self.batch.m]]

    # What is shown

    def _update(self) -> None:
        if self.online:
            self._update_online()
        else:
            self._update_direction()
        self._slices.go()

    def _waiting(self) -> str:
        """Return a word on what is waited for."""
        if self._trouble:
            return self._trouble
        if self._material is None:
            return "Loading digits…"
        return "The network is learning…" if self.draws is None else "Drawing…"

    def _update_direction(self) -> None:
        material, m = self._material, self.m.m
        self.m.show_all(len(material.y) if material else _ALL)
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
        within = round(share_within([e.angle for e in estimates], _WITHIN) * len(estimates))
        so_far = "" if draws.complete else f", of {_DRAWS}…"
        self.count.setText(f"<b>{within} of {len(estimates)}</b> draws within {_WITHIN:.0f}°{so_far}")
        finished = [(size, d) for size in _SIZES if (d := self._draws(size)) and d.complete]
        spreads = [(size, d.spread) for size, d in finished]
        self.angles.show_lines(
            Line(
                "", 0, [size for size, _ in spreads], [s.median for _, s in spreads],
                [s.low for _, s in spreads], [s.high for _, s in spreads],
            )
        )  # fmt: skip
        self._show_formula(draws, estimates[shown], shown)
        if self._own and not self._rested.isActive():
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

    def _show_formula(self, draws: "_Draws", estimate: Estimate, shown: int) -> None:
        full, terms = draws.full, draws.full.deltas[draws.places(shown)]
        digit = int(np.argmax(np.abs(full.deltas.mean(axis=0))))
        truly, mean = float(full.deltas[:, digit].mean()), float(terms[:, digit].mean())
        c = letter("C")
        self.formula.show_lines(
            *_general(),
            f"Draw {shown + 1}: {estimate.angle:.1f}° from {NABLA}{c}, {number(estimate.ratio)} times as long",
            f"One of its {full.vector.size:,} numbers, ∂{c}/∂{letter('b', digit)}:",
            f"&nbsp;&nbsp;≈ {_mean_of(terms[:, digit].tolist())}{number(mean, 4)}",
            f"&nbsp;&nbsp;truly {number(truly, 4)}, over all {len(full):,}",
        )

    def _check(self) -> None:
        """See whether the size that was chosen, and stayed chosen, is the smallest that does."""
        i = _SIZES.index(self.m.m)
        here, below = self._draws(_SIZES[i]), self._draws(_SIZES[i - 1]) if i else None
        if not self._own or self.online or self.stage != _TASK_STAGE or here is None or not here.complete:
            return
        if here.share >= _OF_TEN and (below is None or (below.complete and below.share < _OF_TEN)):
            self._done()

    def _update_online(self) -> None:
        material = self._material
        if material is None:
            self.progress.setText(self._waiting())
            self._show_learned([])
            self.formula.show_lines(*_rule(self.eta.value, self.batch.m, None))
            return
        n, batch = len(material.y), self.batch.m
        both = self._both()
        points = [course.points[:] for course in both]
        names = ["m = 1", f"m = {batch}"]
        self.by_images.set_view(0, n, 0, 1)
        self.by_updates.set_view(1, n, 0, 1, x_ticks=[(v, short(v)) for v in (1, 10, 100, 1_000, 10_000) if v <= n])
        for chart, field in ((self.by_images, 0), (self.by_updates, 1)):
            lines = []
            for colour, (name, measured) in enumerate(zip(names, points, strict=True)):
                seen = measured[field:]  # before the first update there is no place on a scale of powers
                lines.append(Line(name, colour, [point[field] for point in seen], [point.cost for point in seen]))
            chart.show_lines(*lines)
        self._show_learned(points)
        over = all(course.over for course in both)
        words = f"Cost on {len(material.watched[1])} other digits; “rose”: points above the one before."
        self.progress.setText(
            words if over else f"Learning: {min(course.images for course in both):,} of {n:,} images…"
        )
        self.formula.show_lines(*_rule(self.eta.value, batch, n))

    def _show_learned(self, both: Sequence[Sequence[Measured]]) -> None:
        names = (1, self.batch.m)
        for row, m in enumerate(names):
            texts = [str(m)] + [""] * 5
            if both and len(points := both[row]) > 1:
                updates, seconds = points[-1].updates, float(np.median([point.seconds for point in points[1:]]))
                costs = np.array([point.cost for point in points])
                texts[1:] = [
                    f"{updates:,}", f"{1e6 * seconds:.0f} µs", f"{1e3 * seconds * updates:.0f} ms",
                    number(costs[-1], 3), f"{100 * np.mean(np.diff(costs) > 0):.0f} %",
                ]  # fmt: skip
            for cell, text in zip(self.learned[row], texts, strict=True):
                cell.setText(text)


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


def _rule(eta: float, m: int, n: int | None) -> tuple[str, ...]:
    b, c = letter("b"), letter("C", "<i>X</i>")
    lines = [f"{b} → {b} {MINUS} ({ETA}/{letter('m')}) Σ ∂{c}/∂{b}, and so each weight"]
    for size in (1, m):
        steps = "" if n is None else f", {ceil(n / size):,} times"
        lines.append(f"{letter('m')} = {size}: {ETA}/{letter('m')} = {eta:.3g}/{size} = {eta / size:.3g}{steps}")
    return tuple(lines)


class SizeSlider(NumberSlider):
    """Chooses among some sizes of a mini-batch; the last of them may be all images there are."""

    def __init__(self, words: str, sizes: Sequence[int], size: int) -> None:
        """Start at ``size``, one of ``sizes``."""
        self._sizes, self._all = tuple(sizes), 0
        super().__init__(letter("m"), words, 0, len(sizes) - 1, sizes.index(size), 1)
        self.slider.setPageStep(3)

    @property
    def m(self) -> int:
        """The size chosen."""
        return self._sizes[round(self.value)]

    def choose(self, m: float) -> None:
        """Choose the size that is nearest to ``m`` in proportion."""
        self.set_value(int(np.argmin(np.abs(np.log(np.array(self._sizes) / max(m, 1))))))

    def show_all(self, n: int) -> None:
        """Say how many images there are: from there on a size is "all"."""
        if n != self._all:
            self._all = n
            self._show()

    def _show(self) -> None:
        self.shown.setText("all" if 0 < self._all <= self.m else f"{self.m:,}")


class _Material:
    """The images at hand, the networks on show, and what was computed with them."""

    def __init__(self, digits: Digits) -> None:
        self.digits = digits
        generator = np.random.default_rng(_SEED)
        chosen = generator.permutation(len(digits.training))[:_ALL]
        self.x, self.y = greys(digits.training.images[chosen], np.float32), digits.training[chosen].targets
        others = digits.test[:_WATCHED]
        self.watched = greys(others.images, np.float32), others.targets
        self.start = Network([784, 30, self.y.shape[1]], seed=_SEED, initialisation="scaled")
        self._full: dict[int, FullGradient] = {}
        self._training: dict[int, tuple[Network, Generator[object, None, None]]] = {}
        self._draws: dict[tuple[int, int], _Draws] = {}

    def ready(self, stage: int) -> bool:
        """Whether the true gradient after ``stage`` epochs is known."""
        return stage in self._full

    def prepare(self, stage: int) -> None:
        """Let the network learn for a slice, and compute the true gradient when it has learned ``stage`` epochs."""
        if stage and stage not in self._training:
            network = self.start.copy()
            self._training[stage] = network, _epochs(network, self.x, self.y, stage)
        network, training = self._training.get(stage, (self.start, iter(())))
        until = perf_counter() + SLICE
        for _ in training:
            if perf_counter() > until:
                return
        self._full[stage] = FullGradient(network, self.x, self.y)

    def draws(self, stage: int, m: int, seed: int) -> "_Draws | None":
        """Return the draws of ``m`` images for the network after ``stage`` epochs, begun if they were not."""
        full = self._full.get(stage)
        if full is None:
            return None
        if (stage, m) not in self._draws:
            self._draws[stage, m] = _Draws(full, m, seed)
        return self._draws[stage, m]

    def forget_draws(self) -> None:
        """Begin all draws anew."""
        self._draws.clear()


def _epochs(network: Network, x: np.ndarray, y: np.ndarray, epochs: int) -> Generator[object, None, None]:
    yield from sgd(network, x, y, TrainingConfig(epochs, 10, 3.0, seed=_SEED))


class _Draws:
    """Draws of one size of mini-batch, each compared with the true gradient."""

    def __init__(self, full: FullGradient, m: int, seed: int) -> None:
        self.full, self._m, self._seed = full, m, seed
        self.estimates: list[Estimate] = []  # added to by the thread, a slice at a time
        self._count = 1 if m >= len(full) else _DRAWS  # there is but one way to draw all

    @property
    def complete(self) -> bool:
        """Whether all draws were made."""
        return len(self.estimates) >= self._count

    @property
    def share(self) -> float:
        """The share of draws that the task counts."""
        return share_within([estimate.angle for estimate in self.estimates], _WITHIN)

    @cached_property
    def spread(self) -> Spread:
        """The spread of the angles, once all draws were made."""
        return spread([estimate.angle for estimate in self.estimates])

    def places(self, draw: int) -> np.ndarray:
        """Return which images a draw has."""
        return drawn(len(self.full), self._m, draw, self._seed)

    def advance(self) -> None:
        """Draw for a slice."""
        until = perf_counter() + SLICE
        while not self.complete and perf_counter() < until:
            self.estimates.append(self.full.estimate(self.places(len(self.estimates))))


class _Course:
    """A network that learns from all images once, and how its cost fell."""

    def __init__(self, material: _Material, m: int, eta: float, seed: int) -> None:
        config = TrainingConfig(1, m, eta, seed=seed)
        self._course = course(material.start.copy(), material.x, material.y, material.watched, config, _EVERY)
        self.points: list[Measured] = []  # added to by the thread, a slice at a time
        self.over = False

    @property
    def images(self) -> int:
        """How many images were seen."""
        return self.points[-1].images if self.points else 0

    def advance(self) -> None:
        """Learn for a slice."""
        until = perf_counter() + SLICE
        for measured in self._course:
            self.points.append(measured)
            if perf_counter() > until:
                return
        self.over = True
