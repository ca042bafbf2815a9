"""The curves of all runs: accuracy or error above, cost below, against epochs."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QGraphicsItem

from digitpad.gui.train.axes import Heights, accuracy_range, highest_cost, make_room, name_errors, prepare, set_range
from digitpad.gui.train.baseline_lines import BaselineLines
from digitpad.gui.train.curves import Scale
from digitpad.gui.train.epoch_line import EpochLine
from digitpad.gui.train.guess_line import GuessLine
from digitpad.gui.train.legend import Entry, Legend, entries_for
from digitpad.gui.train.lines import Lines
from digitpad.gui.train.marks import Marks
from digitpad.gui.train.readout import MOST_ROWS, Readout, Row, row_of, row_of_band
from digitpad.gui.widgets.theme import SMALL, font, grown, points
from digitpad.train.baselines import Baselines
from digitpad.train.guess import CurveGuess
from digitpad.train.measured import kind_of_digits
from digitpad.train.repeats import Repeats
from digitpad.train.runs import Run

_PICTURE = QSize(1000, 640)  # pixels on a screen that a picture is at least worth
_DESCRIPTION = (
    "The curves of the runs; the arrow keys look at earlier epochs and later ones; Export writes their numbers"
)
_EDGE = 4, 4, 16, 2  # pixels around both plots
_APART = 14  # pixels between the plots: room for the lowest number of one and the highest of the other
_GUESS = QPalette.ColorRole.BrightText
_NAMED = 12  # runs in the legend of a picture
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

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("plots")
        self.setAccessibleName("Accuracy and cost against epochs")
        self.setAccessibleDescription(_DESCRIPTION)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ci.layout.setSpacing(4)
        self.legend = Legend()
        self.addItem(self.legend, 0, 0)
        self.accuracy, self.cost = (
            self.addPlot(row, 0, axisItems={"left": Heights()}, enableMenu=False) for row in (1, 2)
        )
        self.ci.layout.setRowSpacing(0, _APART // 2)
        self.ci.layout.setRowStretchFactor(1, 5)
        self.ci.layout.setRowStretchFactor(2, 2)
        self.cost.setXLink(self.accuracy)
        self._lines = Lines(self.accuracy, self.cost)
        self._goal = 1.0
        self._book: float | None = None
        self._free = False  # whether the person has zoomed
        for plot in (self.accuracy, self.cost):
            prepare(plot)
            plot.getViewBox().sigRangeChangedManually.connect(lambda: self._zoom(True))
        self.cost.getViewBox().setLimits(yMin=0)
        name_errors(self.accuracy, self._lines.scale)
        self.accuracy.getAxis("bottom").setStyle(showValues=False)
        self.cost.setLabel("bottom", "epochs")
        self.cost.setLabel("left", "cost")
        self.book_line = pg.InfiniteLine(angle=0, movable=False)
        self.accuracy.addItem(self.book_line, ignoreBounds=True)
        self.cursors = [pg.InfiniteLine(angle=90, movable=False) for _ in range(2)]
        for plot, cursor in zip((self.accuracy, self.cost), self.cursors, strict=True):
            plot.addItem(cursor, ignoreBounds=True)
            cursor.hide()
        self.epoch_line = EpochLine(self, [self.accuracy, self.cost])
        self.epoch_line.dragged.connect(self.epoch_dragged)
        self.guess = GuessLine(self.accuracy)
        self.baselines = BaselineLines(self.accuracy)
        self.readout = Readout(self.accuracy)
        self.marks = Marks(self.accuracy)
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
        self.guess.show_scale(scale)
        self.baselines.show_scale(scale)
        self._make_room()
        name_errors(self.accuracy, scale)
        self._place_book()
        self.show_all()

    def show_goal(self, epochs: float, book: float | None) -> None:
        """Let the axis reach to ``epochs`` at least, and draw a line at the ``book``'s accuracy in [0, 1]."""
        self._goal, self._book = epochs, book
        self._place_book()
        self._show_legend()
        self._fit()

    def _place_book(self) -> None:
        self.book_line.setVisible(self._book is not None)
        if self._book is not None:
            self.book_line.setValue(float(self._lines.scale.place(100 * self._book)))

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

    def _show_legend(self, names: Callable[[Run], str] | None = None) -> None:
        """Explain the lines; with ``names`` also whose they are, for a picture that has no list of runs beside it."""
        lines = self._lines
        others = sum(not lines.has_cost(run) for run in lines.runs)
        digits, cost = kind_of_digits(lines.runs), lines.cost_kind
        singles = not lines.groups or any(lines.band(run) is None for run in lines.runs)
        seeds = [len(group.runs) for group in lines.groups]
        entries = entries_for(
            self._book, digits, cost, others, all_training=lines.all_training, seeds=seeds, singles=singles
        )
        entries += self.baselines.entries
        if self.guess.guess is not None:
            entries.append(Entry("your guess", Qt.PenStyle.DashDotLine, 2, self.palette().color(_GUESS)))
        if names:
            each = {id(lines.band(run) or run): run for run in lines.runs}  # of a band one run
            named = list(each.values())[-_NAMED:]
            entries += [
                Entry(names(run), width=3, colour=lines.colour(run), shaded=lines.band(run) is not None)
                for run in named
            ]
            if more := len(each) - len(named):
                entries.append(Entry(f"and {more:,} runs more", Qt.PenStyle.NoPen))
        self.legend.show_entries(entries)

    def twin(self, names: Callable[[Run], str]) -> "Plots":
        """Return the same by itself for a picture, as large as that needs, with the ``names`` of runs in its legend."""
        twin = Plots()
        twin.setPalette(self.palette())
        twin.resize(self.size().expandedTo(_PICTURE))
        for plot in (twin.accuracy, twin.cost):
            for side in ("left", "bottom"):
                plot.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.NoCache)  # which cuts off what reaches out
        twin.show_scale(self._lines.scale)
        twin.show_goal(self._goal, self._book)
        twin.show_baselines(self.baselines.baselines)
        twin.show_runs(self._lines.runs, self._lines.current, self._lines.groups)
        if self._free:
            for plot, mine in ((twin.accuracy, self.accuracy), (twin.cost, self.cost)):
                (low, high), (bottom, top) = mine.getViewBox().viewRange()
                plot.getViewBox().setRange(xRange=(low, high), yRange=(bottom, top), padding=0)
        twin._show_legend(names)
        return twin

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
        self.ci.layout.setRowSpacing(1, grown(_APART))  # or numbers at the ends of both axes would touch
        for plot in (self.accuracy, self.cost):
            make_room(plot)
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(pg.mkPen(line))
                axis.setTextPen(pg.mkPen(quiet))
                axis.setStyle(tickFont=font(SMALL), tickLength=0, tickTextOffset=6)
                axis.label.setFont(font(SMALL))
                axis.setLabel(axis.labelText, color=quiet.name())
        self.book_line.setPen(pg.mkPen(quiet, width=self._scale, style=Qt.PenStyle.DotLine))
        for cursor in self.cursors:
            cursor.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Highlight), width=self._scale))
        self.epoch_line.apply_colours(palette, self._scale)
        self.guess.apply_colours(palette, self._scale)
        self.baselines.apply_colours(text, quiet, self._scale)
        self._make_room()
        self.readout.apply_colours(palette)
        self.legend.apply_colours(text, quiet, self._scale)
        self._lines.apply_colours(palette, self._scale)
        self.marks.apply_colours(quiet, self._scale)

    def _show_marks(self) -> None:
        self.marks.show_marks(self._lines.current.marks if self._lines.current else ())

    def _fit(self) -> None:
        """Show all epochs, and as much of the accuracies as tells the runs apart."""
        if self._free:
            return
        lines = self._lines
        drawn = [lines.of(run) for run in lines.measured]
        set_range(self.accuracy, "x", 0.0, max([self._goal, *(curves.epochs for curves in drawn)]))
        best = [curves.best for curves in drawn] + ([100 * self._book] if self._book and drawn else [])
        best += [self.baselines.best] if self.baselines.best is not None else []
        training = [curves.best_training for curves in drawn]
        from_zero = self.guess.guess is not None or self.baselines.baselines is not None
        if from_zero and lines.scale is Scale.ACCURACY:
            set_range(self.accuracy, "y", 0.0, 100.0)
        else:
            set_range(self.accuracy, "y", *accuracy_range(best, lines.scale, training))
        costs = {run.number: lines.of(run).highest_cost for run in lines.measured if lines.has_cost(run)}
        current = costs.get(lines.current.number) if lines.current else None
        set_range(self.cost, "y", 0.0, highest_cost(costs.values(), current))

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
        if place := self._guessed_at(event):
            self.guess.begin_stroke(place)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the values under the pointer, or draw on."""
        if event.buttons() and (place := self._guessed_at(event)):
            self.guess.go_on(place)
            return
        super().mouseMoveEvent(event)
        self._point_at(self.mapToScene(event.position().toPoint()))

    def _guessed_at(self, event: QMouseEvent) -> QPointF | None:
        """Return where the pointer is in the axes of the upper plot, if it draws there what is guessed."""
        box, place = self.accuracy.getViewBox(), self.mapToScene(event.position().toPoint())
        drawn = self.guess.asking and box.sceneBoundingRect().contains(place)
        return box.mapSceneToView(place) if drawn else None

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the values."""
        super().leaveEvent(event)
        self._point_at(QPointF(-1, -1))

    def _point_at(self, place: QPointF) -> None:
        inside = [plot for plot in (self.accuracy, self.cost) if plot.getViewBox().sceneBoundingRect().contains(place)]
        rows, more = self.nearest(inside[0].getViewBox().mapSceneToView(place).x()) if inside else ([], 0)
        for item in (*self.cursors, self.readout):
            item.setVisible(bool(rows))
        if not rows:
            return
        for cursor in self.cursors:
            cursor.setValue(rows[0].epochs)
        self.readout.show_rows(rows, more)

    def nearest(self, epochs: float) -> tuple[list[Row], int]:
        """Return what was measured nearest to ``epochs`` of some runs, the current one first, and how many more are."""
        lines, each = self._lines, dict[int, Run]()
        for run in sorted(lines.measured, key=lambda run: (run is not lines.current, -run.number)):
            each.setdefault(id(lines.band(run) or run), run)  # of a band one
        rows = []
        for run in list(each.values())[:MOST_ROWS]:
            if band := lines.band(run):
                rows.append(row_of_band(band, epochs, lines.colour(run)))
            else:
                at = int(np.argmin(np.abs(lines.of(run).points[:, 0] - epochs)))
                rows.append(row_of(run, run.points[at], lines.colour(run)))
        return rows, len(each) - len(rows)
