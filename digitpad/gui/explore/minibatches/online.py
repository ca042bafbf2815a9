"""``Online``, the second view of the page of mini-batches: online learning beside learning from mini-batches."""

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from digitpad.explore.minibatches import Material
from digitpad.explore.online import ORDERS, Lead, Runs, lead
from digitpad.explore.task import Task
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.controls import button, table_of
from digitpad.gui.explore.minibatches.part import Part
from digitpad.gui.explore.minibatches.size_slider import SizeSlider
from digitpad.gui.explore.views import OneOf
from digitpad.gui.widgets.formula import ETA, MINUS, letter, number
from digitpad.gui.widgets.graph import Remark, short
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.slider import NumberSlider

_BATCHES = (2, 5, 10, 20, 50, 100, 200)
_COLUMNS = 24, 50, 48, 48, 40, 36  # pixels: widths
_SAME_ETA, _SAME_SHARE = 0, 1  # what is alike for both


class Online(Part):
    """Two courses of learning from the same images: their costs in two charts and a table, and their controls."""

    NAME = "Online"
    TIP = "Online beside mini-batch learning"
    TASK = Task(
        f"with the same {ETA}/m, find an {ETA} and an m with which m = 1 ends lower by more than the orders of the "
        "images lie apart.",
        "With short steps the weights hardly move while m images are seen, and it is all the same whether one corrects "
        "after each or after all. With long ones each image is seen by newer weights, and the mini-batch may overstep.",
        "Online",
    )

    def __init__(self) -> None:
        """Fill the columns of the view; there is nothing to learn from yet."""
        super().__init__()
        self._runs: dict[tuple[int, float], Runs] = {}  # by size of the mini-batch and eta
        self._order_seed = 0
        self.by_images = Chart("Cost against images seen", "images seen", "cost", height=180)
        self.by_updates = Chart("Cost against updates", "updates made", "cost", logarithmic=True)
        self.pictures.addWidget(self.by_images, 3)
        self.pictures.addWidget(self.by_updates, 2)
        self.eta = NumberSlider(ETA, "Learning rate of the mini-batch", -2, 1.5, 1.0, 0.1, power=True)
        self.batch = SizeSlider("Size of the mini-batch beside online learning", _BATCHES, 20)
        self.alike = OneOf(
            self,
            (f"Same {ETA}", "Both learn at this rate: with m = 1 an image moves the weights m times as far"),
            (f"Same {ETA}/m", "Online at the rate divided by m: an image moves the weights as far"),
        )
        self.order = button("Other orders", "Take the same images in other orders")
        self.eta.changed.connect(self._learn_anew)
        self.batch.changed.connect(self.changed)
        self.alike.idClicked.connect(self.changed)
        self.order.clicked.connect(self._other_orders)
        headers = ("m", "updates", "each", "all", "cost", "rose")
        table, self.learned = table_of(2, 6, headers, "Online learning and mini-batches", _COLUMNS)
        self.conclusion = Remark(330)
        self.controls.addWidget(self.eta)
        self.controls.addWidget(self.batch)
        self.controls.addLayout(self.alike.row)
        self.controls.addLayout(row_of(self.order, None))
        self.controls.addWidget(table)
        self.controls.addWidget(self.conclusion)

    @property
    def online_eta(self) -> float:
        """The learning rate of online learning."""
        return self.eta.value if self.alike.checkedId() == _SAME_ETA else self.eta.value / self.batch.m

    @property
    def both(self) -> tuple[Runs, Runs]:
        """The courses on show: online learning, and the mini-batch beside it."""
        return self._of(1, self.online_eta), self._of(self.batch.m, self.eta.value)

    @property
    def _all(self) -> tuple[Runs, Runs, Runs]:
        """What is concluded from: online learning with the same eta and with the same eta/m, and the mini-batch."""
        m, eta = self.batch.m, self.eta.value
        return self._of(1, eta), self._of(1, eta / m), self._of(m, eta)

    def _of(self, m: int, eta: float) -> Runs:
        assert self._material is not None
        if (m, eta) not in self._runs:
            self._runs[m, eta] = Runs(self._material, m, eta, self._order_seed)
        return self._runs[m, eta]

    def take(self, material: Material) -> None:
        """Begin anew with other images."""
        super().take(material)
        self._runs.clear()

    def work(self) -> Iterator[object] | None:
        """Return the course to go on with: of those on show the one that is behind, then those in other orders."""
        if self._material is None:
            return None
        behind = min((runs for runs in self.both if not runs.ends), key=lambda runs: runs.images, default=None)
        return behind or next((runs for runs in self._all if not runs.over), None)

    def show(self) -> tuple[str, ...]:
        """Show how far the courses have come, or what is waited for; return the lines of the formula."""
        if self._material is None:
            self.conclusion.setText(self.waiting)
            self._show_learned([])
            return self._rule(None)
        n, both = len(self._material.y), self.both
        self.by_images.set_view(0, n, 0, 1)
        self.by_updates.set_view(
            1, max(n, 2), 0, 1, x_ticks=[(v, short(v)) for v in (1, 10, 100, 1_000, 10_000) if v <= n]
        )
        points = [runs.points[:] for runs in both]
        for chart, field in ((self.by_images, 0), (self.by_updates, 1)):
            lines = []
            for colour, (m, measured) in enumerate(zip((1, self.batch.m), points, strict=True)):
                seen = measured[field:]  # before the first update there is no place on a scale of powers
                lines.append(Line(f"m = {m}", colour, [point[field] for point in seen], [p.cost for p in seen]))
            chart.show_lines(*lines)
        self._show_learned(both)
        self.conclusion.setText(self._concluded(n))
        self._check()
        return self._rule(n)

    def _concluded(self, n: int) -> str:
        behind = min(self.both, key=lambda runs: runs.images)
        if not all(runs.ends for runs in self.both):
            return f"Learning: {behind.images:,} of {n:,} images…"
        if not all(runs.over for runs in self._all):
            return f"The same in other orders: {min(len(runs.ends) for runs in self._all)} of {ORDERS}…"
        found, m = lead(*self._all), self.batch.m
        return f"{conclusion(found, m)} {_times(*self.both)}"

    def _learn_anew(self) -> None:
        self._runs.clear()
        self.changed.emit()

    def _other_orders(self) -> None:
        self._order_seed += 1
        self._learn_anew()

    def _check(self) -> None:
        known = all(runs.over for runs in self._all)
        if known and self.alike.checkedId() == _SAME_SHARE and lead(*self._all).is_own:
            self._solve()

    def _show_learned(self, both: Sequence[Runs]) -> None:
        for row, m in enumerate((1, self.batch.m)):
            texts = [str(m)] + [""] * 5
            if both and both[row].ends:
                runs = both[row]
                costs = np.array([point.cost for point in runs.points])
                updates, seconds = runs.ends[0].updates, runs.seconds
                texts[1:] = [
                    f"{updates:,}", f"{1e6 * seconds / updates:.0f} µs", f"{1e3 * seconds:.0f} ms",
                    number(costs[-1], 3), f"{100 * np.mean(np.diff(costs) > 0):.0f} %",
                ]  # fmt: skip
            for cell, text in zip(self.learned[row], texts, strict=True):
                cell.setText(text)

    def _rule(self, n: int | None) -> tuple[str, ...]:
        b, c = letter("b"), letter("C", "<i>X</i>")
        lines = [f"{b} → {b} {MINUS} ({ETA}/{letter('m')}) Σ ∂{c}/∂{b}, and so each weight"]
        for size, eta in ((1, self.online_eta), (self.batch.m, self.eta.value)):
            steps = "" if n is None else f", {ceil(n / size):,} times"
            lines.append(f"{letter('m')} = {size}: {ETA}/{letter('m')} = {eta:.4g}/{size} = {eta / size:.4g}{steps}")
        return tuple(lines)


def conclusion(found: Lead, m: int) -> str:
    """Return in words what m = 1 gains over mini-batches of ``m``, as rich text."""
    return f"{_same_eta(found, m)} {_same_share(found)}"


def _same_eta(found: Lead, m: int) -> str:
    online, batch = number(found.online, 3), number(found.batch, 3)
    begin = f"<b>Same {ETA}</b>, mean of {ORDERS} orders: m = 1 ends at {online}, m = {m} at {batch}"
    if not found.is_seen:
        return f"{begin}: no further apart than orders are."
    if found.total > 0:
        return f"{begin}; but there an image moves the weights {m} times as far."
    return f"{begin}: steps {m} times as far an image are too long."


def _same_share(found: Lead) -> str:
    begin = f"<b>Same {ETA}/m</b>: m = 1 ends at {number(found.equal, 3)}"
    if found.is_seen and found.total > 0:
        # Shorter steps can end even lower, where those with the same eta are too long; or no lower than the mini-batch.
        part = "none" if found.of_steps <= 0 else number(found.of_steps, 3) if found.left >= 0 else "all"
        begin += f", so {part} of the lead of {number(found.total, 3)} is step length"
    size, side = number(abs(found.left), 3), "lower" if found.left > 0 else "higher"
    left = f"{size} {side} than the mini-batch" if float(size) else "where the mini-batch is"
    wins, apart = f"lower in {found.wins} of {ORDERS} orders", number(found.apart, 3)
    if found.is_own:
        return f"{begin}. It is {left}, {wins}: more than orders lie apart, {apart}. That is an advantage of its own."
    begin = f"{begin}. It is {left}, {wins}, which lie {apart} apart by themselves"
    if found.wins in (0, ORDERS) and float(size):
        return f"{begin}: so little, but {'each time' if found.wins else 'never lower'}."
    return f"{begin}: nothing to rely on."


def _times(online: Runs, batch: Runs) -> str:
    """Return which is cheaper, by the update and by the epoch."""
    one, other = online.seconds, batch.seconds
    if not one or not other:  # a clock too coarse
        return ""
    each = (other / batch.ends[0].updates) / (one / online.ends[0].updates)
    return (
        f"With m = 1 an update takes {number(1 / each)} of the time, but all images {number(one / other, 1)} times "
        "as long."
    )
