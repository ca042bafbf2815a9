"""The curves of all runs in the two plots: which run is drawn by itself, and which among many: ``Lines``."""

from collections.abc import Iterable, Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPalette

from digitpad.gui.train.band import GroupBand
from digitpad.gui.train.crowd import Crowd, Member
from digitpad.gui.train.curves import Curves, Scale
from digitpad.gui.widgets.colours import series
from digitpad.train.repeats import Repeats
from digitpad.train.runs import Run

_FEW = 12  # runs of which all lines are drawn, each by itself


class Lines:
    """``runs`` are shown, ``current`` among them in front, accuracies on the axis ``scale``, costs of one kind."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
        """Begin with none, in the plots of ``accuracy`` and ``cost``."""
        self._accuracy, self._cost = accuracy, cost
        self.runs: list[Run] = []
        self.current: Run | None = None
        self.scale = Scale.ACCURACY
        self._growing: Run | None = None  # the run that had new points last
        self._curves: dict[int, Curves] = {}
        self._crowd = Crowd(accuracy, cost)
        self._bands: list[GroupBand] = []
        self._banded: dict[int, GroupBand] = {}  # by the numbers of their runs
        self._palette, self._width = QPalette(), 1.0

    def show(self, runs: Iterable[Run], current: Run | None, groups: Sequence[Repeats] = ()) -> None:
        """Show ``runs``, and ``current`` in front; those of each of ``groups`` as one line with a band."""
        self.runs, self.current = list(runs), current
        if self._growing not in self.runs:
            self._growing = None
        numbers = {run.number for run in self.runs}
        for number in [number for number in self._curves if number not in numbers]:
            self._curves.pop(number).remove()
        kept = [band for band in self._bands if band.group in groups and not band.outdated]
        for band in self._bands:
            if band not in kept:
                band.remove()
        of = {band.group.alike: band for band in kept}
        self._bands = [of.get(group.alike) or GroupBand(self._accuracy, self._cost, group) for group in groups]
        self._banded = {run.number: band for band in self._bands for run in band.group.runs}
        self._show_all()

    def grow(self, run: Run) -> None:
        """Show the newest points of ``run``, which is among those shown."""
        if run is not self._growing and len(run.points) > len(self.of(run).points):
            self._growing = run  # by itself, so that many lines need not be drawn anew with each of its points
            self._show_all()
        self._show_one(run)

    def show_scale(self, scale: Scale) -> None:
        """Show accuracies on another axis."""
        self.scale = scale
        self._show_all()

    def apply_colours(self, palette: QPalette, width: float) -> None:
        """Take the colours for ``palette``; a line of one pixel is ``width`` wide."""
        self._palette, self._width = palette, width
        for run in self.runs:
            self.of(run).apply_colours(self.colour(run), run is self.current, width)
        self._show_crowd()
        self._show_bands()

    def colour(self, run: Run) -> QColor:
        """Return the colour of a run's lines, or of the band that it is part of."""
        band = self._banded.get(run.number)
        return series((band.group.number if band else run.number) - 1, self._palette)

    @property
    def groups(self) -> list[Repeats]:
        """The groups that are shown as bands."""
        return [band.group for band in self._bands]

    def band(self, run: Run) -> GroupBand | None:
        """Return the band that ``run`` is part of."""
        return self._banded.get(run.number)

    def of(self, run: Run) -> Curves:
        """Return the curves of a run that is shown."""
        curves = self._curves.get(run.number)
        if curves is None:  # it is new, or a mistake kept it from being shown with the others
            curves = self._curves[run.number] = Curves(self._accuracy, self._cost)
            curves.apply_colours(self.colour(run), run is self.current, self._width)
        return curves

    @property
    def measured(self) -> list[Run]:
        """The runs shown that have been measured."""
        return [run for run in self.runs if len(self.of(run).points)]

    @property
    def all_training(self) -> bool:
        """Whether every run has lines of training digits; of many runs they would tell nothing more."""
        return len(self.runs) - len(self._banded) <= _FEW

    @property
    def cost_kind(self) -> str:
        """The cost of the run in front, or else of the first: two kinds of costs have no common axis."""
        run = self.current or (self.runs[0] if self.runs else None)
        return run.recipe.cost if run else ""

    def has_cost(self, run: Run) -> bool:
        """Whether the costs of ``run`` are shown."""
        return run.recipe.cost == self.cost_kind

    def _show_all(self) -> None:
        for run in self.runs:
            self._show_one(run)
        self._show_crowd()
        self._show_bands()

    def _show_bands(self) -> None:
        for band in self._bands:
            strong = self.current in band.group.runs
            with_cost = band.group.alike.recipe.cost == self.cost_kind
            colour = series(band.group.number - 1, self._palette)
            band.show(self.scale, colour, self._width, strong=strong, with_cost=with_cost)

    def _show_one(self, run: Run) -> None:
        curves, strong = self.of(run), run is self.current
        if curves.strong != strong:
            curves.apply_colours(self.colour(run), strong, self._width)
        curves.take_in(run)
        names = ["accuracy", "cost"] if self.has_cost(run) else ["accuracy"]
        if strong or self.all_training:
            names += [f"training_{name}" for name in names]
        curves.show(self.scale, names if self._is_by_itself(run) else [])

    def _is_by_itself(self, run: Run) -> bool:
        if band := self._banded.get(run.number):  # a run that was gone on with leaves it
            return (run is self.current or run is self._growing) and run.epochs > band.end
        return self.all_training or run is self.current or run is self._growing

    def _show_crowd(self) -> None:
        crowd = (run for run in self.runs if not self._is_by_itself(run) and run.number not in self._banded)
        members = (Member(run.number, self.of(run), self.colour(run), self.has_cost(run)) for run in crowd)
        self._crowd.show(members, self.scale, self._width)
