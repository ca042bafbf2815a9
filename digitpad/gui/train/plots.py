"""The curves of all runs: accuracy or error above, cost below, against epochs."""

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Self

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette

from digitpad.gui.services.turns import Work, do_now
from digitpad.gui.train.axes import (
    dress_axes,
    name_errors,
    set_range,
)
from digitpad.gui.train.baseline_lines import BaselineLines
from digitpad.gui.train.book_line import BookLine
from digitpad.gui.train.curves import Scale
from digitpad.gui.train.entries import entries_for, named_entries
from digitpad.gui.train.epoch_line import EpochLine
from digitpad.gui.train.guess_line import GuessLine
from digitpad.gui.train.legend import Legend
from digitpad.gui.train.lines import Lines
from digitpad.gui.train.marks import Marks
from digitpad.gui.train.pair import pair_of_plots, share_height
from digitpad.gui.train.pointed import Pointed
from digitpad.gui.train.reach import reach_of
from digitpad.gui.widgets.theme import SMALL, grown, points
from digitpad.train.baselines import Baselines
from digitpad.train.guess import CurveGuess
from digitpad.train.repeats import Repeats
from digitpad.train.runs import Run

_DESCRIPTION = (
    "The curves of the runs; the arrow keys look at earlier epochs and later ones; Export writes their numbers"
)
_EDGE = 4, 4, 16, 2  # pixels around both plots
_LOW = 260  # pixels: below that the legend takes as little as it can
_FIRST, _LAST = -1_000_000, 1_000_000  # so many kept epochs away no run has any


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Two plots with one axis of epochs, the exact values under the pointer, and a line at the epoch looked at.

    Drag to move, turn the wheel to zoom, double-click to see everything again; the arrows move the line.

    Signals: ``epoch_dragged(epochs)`` and ``epoch_stepped(kept epochs)`` when the line is to go elsewhere;
    ``zoomed(bool)`` when only a part of everything is shown, or all of it again.
    """

    epoch_dragged = Signal(float)
    epoch_stepped = Signal(int)
    zoomed = Signal(bool)

    def __init__(self, *, at_once: bool = True) -> None:
        """Start empty, or begin to be built."""
        super().__init__()
        self.setObjectName("plots")
        self.setAccessibleName("Accuracy and cost against epochs")
        self.setAccessibleDescription(_DESCRIPTION)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if at_once:
            do_now(self._steps())

    @classmethod
    def in_turns(cls) -> Generator[None, None, Self]:
        """Build plots, a step with each turn, and return them when all is there."""
        plots = cls(at_once=False)
        yield from plots._steps()
        return plots

    def _steps(self) -> Work:
        self.legend = Legend()
        self.accuracy, self.cost = yield from pair_of_plots(self.ci, self.legend)
        yield
        self._lines = Lines(self.accuracy, self.cost)
        self._goal = 1.0
        self._free = False  # whether the person has zoomed
        self._names: Callable[[Run], str] | None = None
        for plot in (self.accuracy, self.cost):
            plot.getViewBox().sigRangeChangedManually.connect(lambda: self._zoom(True))
        name_errors(self.accuracy, self._lines.scale)
        self.book_line = BookLine(self.accuracy)
        self.epoch_line = EpochLine(self, [self.accuracy, self.cost])
        self.epoch_line.dragged.connect(self.epoch_dragged)
        self.guess = GuessLine(self.accuracy)
        self.baselines = BaselineLines(self.accuracy)
        self.pointed = Pointed(self.accuracy, self.cost, self._lines)
        self.marks = Marks(self.accuracy)
        yield
        self.sigDeviceRangeChanged.connect(self._fit_legend)  # which it emits when it has another size
        self.dress()
        self.show_all()

    # What is shown

    def show_runs(self, runs: Iterable[Run], current: Run | None, groups: Sequence[Repeats] = ()) -> None:
        """Show the curves of ``runs``, that of ``current`` in front with its marks, and costs of its kind.

        The runs of each of ``groups`` are drawn as one line, with a band.
        """
        self._lines.show(runs, current, groups)
        self._show_marks()
        self._show_legend()
        self._fit()

    def group(self, run: Run) -> Repeats | None:
        """Return the group that ``run`` is shown as a part of."""
        band = self._lines.band(run)
        return band.group if band else None

    def update_run(self, run: Run) -> None:
        """Show the newest points of ``run``, if it is among those shown."""
        if run not in self._lines.runs:
            return
        self._lines.grow(run)
        if run is self._lines.current:
            self._show_marks()
        self._fit()

    def show_scale(self, scale: Scale) -> None:
        """Show accuracies or errors."""
        self._lines.show_scale(scale)
        for part in (self.guess, self.baselines, self.book_line, self.epoch_line):
            part.show_scale(scale)
        self._make_room()
        name_errors(self.accuracy, scale)
        self.show_all()

    def show_goal(self, epochs: float, book: float | None) -> None:
        """Let the axis reach to ``epochs`` at least, and draw a line at the ``book``'s accuracy in [0, 1]."""
        self._goal = epochs
        self.book_line.show_accuracy(book)
        self._show_legend()
        self._fit()

    def show_baselines(self, baselines: Baselines | None) -> None:
        """Draw lines at the accuracies of ``baselines``, or none."""
        self.baselines.show_baselines(baselines)
        self._make_room()
        self._show_legend()
        self._fit()

    def _make_room(self) -> None:
        """Leave room at the right for the words of the baselines, and have them heard."""
        left, top, right, bottom = _EDGE
        self.ci.setContentsMargins(left, top, max(right, self.baselines.room), bottom)
        words = self.baselines.words
        self.setAccessibleDescription(f"{_DESCRIPTION}. Baselines: {words}" if words else _DESCRIPTION)

    def ask_for_guess(self, epochs: float) -> None:
        """Let the person draw the accuracies of so many ``epochs`` that are still to come."""
        self.guess.ask(epochs)
        self.show_all()
        self.setFocus()

    def settle_guess(self) -> CurveGuess | None:
        """Let nobody draw any more, and return what was drawn, if anything was."""
        guess = self.guess.settle()
        self._show_legend()
        self._fit()
        return guess

    def forget_guess(self) -> None:
        """Show no guess."""
        self.guess.forget()
        self._show_legend()
        self._fit()

    def show_epoch(self, epochs: float | None) -> None:
        """Put the line at the epoch that is looked at, or nowhere."""
        if epochs != self.epoch_line.epochs:
            self.epoch_line.show_at(epochs)

    def show_all(self) -> None:
        """Take back all zooming."""
        self._zoom(False)
        self._fit()

    def name_runs(self, names: Callable[[Run], str]) -> None:
        """Tell in the legend whose each line is, by ``names``: for a picture, that has no list of runs beside it."""
        self._names = names
        self._show_legend()

    def _show_legend(self) -> None:
        entries = entries_for(self._lines, self.book_line.accuracy) + self.baselines.entries + self.guess.entries
        self.legend.show_entries(entries + (named_entries(self._lines, self._names) if self._names else []))

    def show_as(self, other: "Plots") -> None:
        """Show what ``other`` shows but for a guess, as near as that is seen there."""
        self.show_scale(other._lines.scale)
        self.show_goal(other._goal, other.book_line.accuracy)
        self.show_baselines(other.baselines.baselines)
        self.show_runs(other._lines.runs, other._lines.current, other._lines.groups)
        if other._free:
            for plot, its in ((self.accuracy, other.accuracy), (self.cost, other.cost)):
                (low, high), (bottom, top) = its.getViewBox().viewRange()
                plot.getViewBox().setRange(xRange=(low, high), yRange=(bottom, top), padding=0)

    # How it looks

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme, and its size of text."""
        super().changeEvent(event)
        look = self.palette(), points(SMALL)
        # Qt tells of each change many times, and of the first before there is anything to colour.
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and look != getattr(self, "_dressed", look):
            self.dress()

    def event(self, event: QEvent) -> bool:
        """Take the scale of the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.dress()
        return bool(super().event(event))

    def dress(self, scale: float | None = None) -> None:
        """Give everything its colour, and lines their width: in pixels, which a sharper screen has more of."""
        self._scale = self.devicePixelRatioF() if scale is None else scale
        palette = self.palette()
        self._dressed = palette, points(SMALL)
        paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        quiet, line = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Mid)
        self.setBackground(paper)
        share_height(self.ci, self.accuracy, self.cost)
        for plot in (self.accuracy, self.cost):
            dress_axes(plot, line, quiet)
        self.book_line.apply_colours(quiet, self._scale)
        self.pointed.apply_colours(palette, self._scale)
        self.epoch_line.apply_colours(palette, self._scale)
        self.guess.apply_colours(palette, self._scale)
        self.baselines.apply_colours(text, quiet, self._scale)
        self._make_room()
        self.legend.apply_colours(text, quiet, self._scale)
        self._fit_legend()
        self._lines.apply_colours(palette, self._scale)
        self.marks.apply_colours(quiet, self._scale)

    def _fit_legend(self) -> None:
        """Leave the curves what height there is, where that is little."""
        self.legend.be_tight(self.height() < grown(_LOW))

    def _show_marks(self) -> None:
        self.marks.show_marks(self._lines.current.marks if self._lines.current else ())

    def _fit(self) -> None:
        """Show all epochs, and as much of the accuracies as tells the runs apart."""
        if not self._free:
            whole = self.guess.guess is not None or self.baselines.baselines is not None
            levels = self.book_line.accuracy, self.baselines.best
            reach = reach_of(self._lines, self._goal, *levels, whole=whole)
            set_range(self.accuracy, "x", 0.0, reach.epochs)
            set_range(self.accuracy, "y", *reach.accuracies)
            set_range(self.cost, "y", 0.0, reach.cost)

    def _zoom(self, free: bool) -> None:
        self._free = free
        self.zoomed.emit(free)

    # The pointer and the keys

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Show everything again."""
        self.show_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line: by an epoch with the arrows, to the first and last with Home and End."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: _FIRST, Qt.Key.Key_End: _LAST}
        if self.guess.asking and self.guess.press(key):
            return
        if key in steps:
            self.epoch_stepped.emit(steps[key])
        elif key == Qt.Key.Key_Escape and self._free:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw what is guessed, where that is asked."""
        if place := self.guess.place_of(self.mapToScene(event.position().toPoint())):
            self.guess.begin_stroke(place)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the values under the pointer, or draw on."""
        at = self.mapToScene(event.position().toPoint())
        if event.buttons() and (place := self.guess.place_of(at)):
            self.guess.go_on(place)
            self.pointed.point_at(None)  # a table of values would lie on what is drawn
        else:
            super().mouseMoveEvent(event)
            self.pointed.point_at(at)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the values."""
        super().leaveEvent(event)
        self.pointed.point_at(None)
