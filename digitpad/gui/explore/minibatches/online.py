"""``Online``, the second view of the page of mini-batches: online learning beside learning from mini-batches."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from digitpad.explore.minibatches import Material
from digitpad.explore.online import Course, Measured
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.minibatches.size_slider import SizeSlider
from digitpad.gui.explore.page import button, row_of, table_of
from digitpad.gui.widgets.formula import ETA, MINUS, letter, number
from digitpad.gui.widgets.graph import short
from digitpad.gui.widgets.slider import NumberSlider

_BATCHES = (2, 5, 10, 20, 50, 100, 200)
_COLUMNS = 24, 50, 42, 44, 40, 36  # pixels: widths


class Online(QObject):
    """Two courses of learning from the same images: their costs in two charts and a table, and their controls.

    Signal: ``changed()``, when the person wants other courses.
    """

    changed = Signal()

    def __init__(self, pictures: QVBoxLayout, controls: QVBoxLayout) -> None:
        """Fill the columns of the view; there is nothing to learn from yet."""
        super().__init__()
        self._material: Material | None = None
        self.courses: dict[int, Course] = {}  # by size of the mini-batch
        self._order_seed = 0
        self.by_images = Chart("Cost against images seen", "images seen", "cost", height=180)
        self.by_updates = Chart("Cost against updates", "updates made", "cost", logarithmic=True)
        pictures.addWidget(self.by_images, 3)
        pictures.addWidget(self.by_updates, 2)
        self.eta = NumberSlider(ETA, "Learning rate", -2, 1, 1.0, 0.1, power=True)
        self.batch = SizeSlider("Size of the mini-batch beside online learning", _BATCHES, 20)
        self.order = button("Another order", "Take the same images in another order")
        self.eta.changed.connect(self._learn_anew)
        self.batch.changed.connect(self.changed)
        self.order.clicked.connect(self._another_order)
        headers = ("m", "updates", "each", "all", "cost", "rose")
        table, self.learned = table_of(2, 6, headers, "Online learning and mini-batches", _COLUMNS)
        self.progress = QLabel(" ")
        self.progress.setMinimumHeight(2 * self.progress.fontMetrics().lineSpacing())
        self.progress.setWordWrap(True)
        self.progress.setAlignment(Qt.AlignmentFlag.AlignTop)
        controls.addWidget(self.eta)
        controls.addWidget(self.batch)
        controls.addLayout(row_of(self.order))
        controls.addWidget(table)
        controls.addWidget(self.progress)

    def take(self, material: Material) -> None:
        """Begin anew with other images."""
        self._material = material
        self.courses.clear()

    def wanted(self) -> Course | None:
        """Return the course to go on with: of those that are not over, the one that has seen fewer images."""
        return min((course for course in self._both() if not course.over), key=lambda c: c.images, default=None)

    def show_courses(self, waiting: str) -> tuple[str, ...]:
        """Show how far the courses have come, or ``waiting``; return the lines of the formula."""
        material = self._material
        if material is None:
            self.progress.setText(waiting)
            self._show_learned([])
            return _rule(self.eta.value, self.batch.m, None)
        n, batch = len(material.y), self.batch.m
        both = self._both()
        points = [course.points[:] for course in both]
        names = ["m = 1", f"m = {batch}"]
        self.by_images.set_view(0, n, 0, 1)
        self.by_updates.set_view(
            1, max(n, 2), 0, 1, x_ticks=[(v, short(v)) for v in (1, 10, 100, 1_000, 10_000) if v <= n]
        )
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
        return _rule(self.eta.value, batch, n)

    def _learn_anew(self) -> None:
        self.courses.clear()
        self.changed.emit()

    def _another_order(self) -> None:
        self._order_seed += 1
        self._learn_anew()

    def _both(self) -> list[Course]:
        """Return the courses of online learning and of the mini-batch beside it, begun where they were not."""
        assert self._material is not None
        for m in (1, self.batch.m):
            if m not in self.courses:
                self.courses[m] = Course(self._material, m, self.eta.value, self._order_seed)
        return [self.courses[1], self.courses[self.batch.m]]

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


def _rule(eta: float, m: int, n: int | None) -> tuple[str, ...]:
    b, c = letter("b"), letter("C", "<i>X</i>")
    lines = [f"{b} → {b} {MINUS} ({ETA}/{letter('m')}) Σ ∂{c}/∂{b}, and so each weight"]
    for size in (1, m):
        steps = "" if n is None else f", {ceil(n / size):,} times"
        lines.append(f"{letter('m')} = {size}: {ETA}/{letter('m')} = {eta:.3g}/{size} = {eta / size:.3g}{steps}")
    return tuple(lines)
