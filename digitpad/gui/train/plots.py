"""The curves of all runs: accuracy above, cost below, against epochs."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QGraphicsItem

from digitpad.errors import DigitpadError
from digitpad.files import write_atomically, writing
from digitpad.gui.train.marks import Marks
from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.theme import SMALL, font, points
from digitpad.train.experiment import Point
from digitpad.train.runs import Run

_FLOORS = (97, 90), (90, 80), (70, 50)  # per cent: when all runs have reached the first, the axis begins at the second

_PICTURE_SCALE = 2  # pixels of a saved picture to one on the screen


class Plots(pg.GraphicsLayoutWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Two plots with one axis of epochs, and the exact values under the pointer.

    Drag to move, turn the wheel to zoom, double-click to see everything again.
    """

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("plots")
        self.setAccessibleName("Accuracy and cost against epochs")
        self.setAccessibleDescription("The curves of the runs; Export writes their numbers")
        self.setFrameShape(self.Shape.NoFrame)
        self.ci.layout.setSpacing(4)
        self.ci.setContentsMargins(8, 8, 12, 4)
        self.ci.layout.setRowStretchFactor(0, 3)
        self.ci.layout.setRowStretchFactor(1, 2)
        self.accuracy, self.cost = self.addPlot(0, 0), self.addPlot(1, 0)
        self.cost.setXLink(self.accuracy)
        self._curves: dict[int, _Curves] = {}
        self._runs: list[Run] = []
        self._current: Run | None = None
        self._goal = 1.0
        self._book: float | None = None
        self._free = False  # whether the person has zoomed
        for plot, name in ((self.accuracy, "accuracy, %"), (self.cost, "cost")):
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.showGrid(x=False, y=True, alpha=0.12)
            plot.setLabel("left", name)
            plot.getAxis("left").setWidth(58)
            for side in ("left", "bottom"):
                # Painting numbers and grid anew with every point takes longer than the curves do.
                plot.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
            plot.getAxis("left").enableAutoSIPrefix(False)
            plot.getViewBox().setDefaultPadding(0)
            plot.getViewBox().sigRangeChangedManually.connect(self._zoomed)
        self.accuracy.getAxis("bottom").setStyle(showValues=False)
        self.cost.setLabel("bottom", "epochs  (solid: held-out digits, dashed: training digits)")
        self.book_line = pg.InfiniteLine(angle=0, movable=False)
        self._book_label = pg.InfLineLabel(self.book_line, "book", position=0.985, anchors=[(1, 0), (1, 0)])
        self.accuracy.addItem(self.book_line, ignoreBounds=True)
        self.cursors = [pg.InfiniteLine(angle=90, movable=False) for _ in range(2)]
        self.readout = pg.TextItem(anchor=(0, 0))
        for plot, cursor in zip((self.accuracy, self.cost), self.cursors, strict=True):
            plot.addItem(cursor, ignoreBounds=True)
            cursor.hide()
        self.accuracy.addItem(self.readout, ignoreBounds=True)
        self.readout.setZValue(20)
        self.readout.hide()
        self.marks = Marks(self.accuracy)
        self._apply_colours()
        self.show_all()

    # What is shown

    def show_runs(self, runs: Iterable[Run], current: Run | None) -> None:
        """Show the curves of ``runs``, that of ``current`` in front with its marks."""
        self._runs, self._current = list(runs), current
        numbers = {run.number for run in self._runs}
        for number in [number for number in self._curves if number not in numbers]:
            self._curves.pop(number).remove()
        for run in self._runs:
            self._show_curves(run)
        self._show_marks()
        self._fit()

    def update_run(self, run: Run) -> None:
        """Show the newest points of ``run``, if it is among those shown."""
        if run not in self._runs:
            return
        self._show_curves(run)
        if run is self._current:
            self._show_marks()
        self._fit()

    def _show_curves(self, run: Run) -> None:
        curves = self._curves.get(run.number)
        if curves is None:
            curves = self._curves[run.number] = _Curves(self.accuracy, self.cost)
            curves.apply_colours(self._colour(run), run is self._current, self._scale)
        elif curves.strong != (run is self._current):
            curves.apply_colours(self._colour(run), run is self._current, self._scale)
        curves.show(run)

    def show_goal(self, epochs: float, book: float | None) -> None:
        """Let the axis reach to ``epochs`` at least, and draw a line at the ``book``'s accuracy in [0, 1]."""
        self._goal, self._book = epochs, book
        self.book_line.setVisible(book is not None)
        if book is not None:
            self.book_line.setValue(100 * book)
            self._book_label.setFormat(f"book {100 * book:.2f} %")
        self._fit()

    def show_all(self) -> None:
        """Take back all zooming."""
        self._free = False
        self._fit()

    def save(self, path: Path) -> None:
        """Write the picture, as SVG or PNG by the ending of ``path``. Raises DigitpadError if it cannot be."""
        if path.suffix.lower() == ".svg":
            from digitpad.gui.train.svg import svg_of  # what exports is loaded only for those who do

            content = svg_of(self.scene())
        else:
            content = self._png()
        with writing(path, DigitpadError):
            write_atomically(path, content)

    def _png(self) -> bytes:
        image, content = QImage(_PICTURE_SCALE * self.size(), QImage.Format.Format_RGB32), QBuffer()
        self._apply_colours(_PICTURE_SCALE)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.render(painter)
        self._apply_colours()
        content.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(content, "PNG")  # type: ignore[call-overload] # the stubs want bytes, PySide wants text
        return bytes(content.data().data())

    # How it looks

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme, and its size of text."""
        super().changeEvent(event)
        look = self.palette(), points(SMALL)
        # Qt tells of each change many times, and of the first before there is anything to colour.
        changed = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if changed and look != getattr(self, "_dressed", look):
            self._apply_colours()

    def event(self, event: QEvent) -> bool:
        """Take the scale of the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._apply_colours()
        return bool(super().event(event))

    def _apply_colours(self, scale: float | None = None) -> None:
        """Give everything its colour, and lines their width: in pixels, which a sharper screen has more of."""
        self._scale = self.devicePixelRatioF() if scale is None else scale
        palette = self.palette()
        self._dressed = palette, points(SMALL)
        paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        quiet, line = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Mid)
        self.setBackground(paper)
        for plot in (self.accuracy, self.cost):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(pg.mkPen(line))
                axis.setTextPen(pg.mkPen(quiet))
                axis.setStyle(tickFont=font(SMALL), tickLength=0, tickTextOffset=6)
                axis.label.setFont(font(SMALL))
                axis.setLabel(axis.labelText, color=quiet.name())
        self.book_line.setPen(pg.mkPen(quiet, width=self._scale, style=Qt.PenStyle.DashLine))
        self._book_label.setColor(quiet)
        self._book_label.setFont(font(SMALL))
        self._book_label.fill = pg.mkBrush(paper)
        for cursor in self.cursors:
            cursor.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Highlight), width=self._scale))
        self.readout.setColor(text)
        self.readout.setFont(font(SMALL))
        self.readout.fill = pg.mkBrush(paper)
        self.readout.border = pg.mkPen(line)
        for run in self._runs:
            if run.number in self._curves:
                self._curves[run.number].apply_colours(self._colour(run), run is self._current, self._scale)
        self.marks.apply_colours(quiet, self._scale)

    def _colour(self, run: Run) -> QColor:
        return series(run.number - 1, self.palette())

    def _show_marks(self) -> None:
        self.marks.show_marks(self._current.marks if self._current else ())

    def _fit(self) -> None:
        """Show all epochs, and as much of the accuracies as tells the runs apart."""
        if self._free:
            return
        drawn = [curves for curves in self._curves.values() if len(curves.points)]
        _set_range(self.accuracy, "x", 0.0, max([self._goal, *(curves.epochs for curves in drawn)]))
        best = [curves.best for curves in drawn] + ([100 * self._book] if self._book else [])
        lowest = min(best) if drawn else 0.0
        bottom = next((floor for least, floor in _FLOORS if lowest >= least), 0.0)
        _set_range(self.accuracy, "y", bottom, 100.0)
        costs = [curves.highest_cost for curves in drawn]
        _set_range(self.cost, "y", 0.0, _round_up(1.1 * max(costs, default=1.0)))

    def _zoomed(self) -> None:
        self._free = True

    # The pointer

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Show everything again."""
        self.show_all()

    def mouseMoveEvent(self, event: object) -> None:
        """Tell the values under the pointer."""
        super().mouseMoveEvent(event)
        self._point_at(self.mapToScene(event.position().toPoint()))  # type: ignore[attr-defined]

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the values."""
        super().leaveEvent(event)
        self._point_at(QPointF(-1, -1))

    def _point_at(self, place: QPointF) -> None:
        inside = [plot for plot in (self.accuracy, self.cost) if plot.getViewBox().sceneBoundingRect().contains(place)]
        near = self.nearest(inside[0].getViewBox().mapSceneToView(place).x()) if inside else []
        for item in (*self.cursors, self.readout):
            item.setVisible(bool(near))
        if not near:
            return
        x = near[0][1].epochs
        for cursor in self.cursors:
            cursor.setValue(x)
        low, high = self.accuracy.getViewBox().viewRange()[0]
        bottom, top = self.accuracy.getViewBox().viewRange()[1]
        self.readout.setAnchor((1, 1) if x > (low + high) / 2 else (0, 1))
        self.readout.setHtml(self._table(near))
        self.readout.setPos(x, bottom + 0.02 * (top - bottom))

    def nearest(self, epochs: float) -> list[tuple[Run, Point]]:
        """Return the measurement of each run that is nearest to ``epochs``, the current run's first."""
        drawn = sorted((run for run in self._runs if run.points), key=lambda run: run is not self._current)
        found = []
        for run in drawn:
            at = int(np.argmin([abs(point.epochs - epochs) for point in run.points]))
            found.append((run, run.points[at]))
        return found

    def _table(self, near: list[tuple[Run, Point]]) -> str:
        gap = "&nbsp;&nbsp;"
        rows = ""
        for run, point in near[:8]:
            numbers = f"{point.epochs:.2f}", f"{100 * point.accuracy:.2f} %", f"{100 * point.training_accuracy:.2f} %"
            cells = "".join(f"<td align='right'>{text}{gap}</td>" for text in (*numbers, f"{point.cost:.4f}"))
            rows += (
                f"<tr><td style='color:{self._colour(run).name()}'>&#9632;</td><td>#{run.number}{gap}</td>{cells}</tr>"
            )
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        return (
            f"<table cellspacing='2'><tr style='color:{quiet}'><td></td><td>run</td><td>epoch&nbsp;&nbsp;</td>"
            f"<td>held out&nbsp;&nbsp;</td><td>training&nbsp;&nbsp;</td><td>cost</td></tr>{rows}</table>"
        )


class _Curves:
    """The four lines of one run: solid for held-out digits, dashed for training digits."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
        self._places = [
            (accuracy, "accuracy"),
            (accuracy, "training_accuracy"),
            (cost, "cost"),
            (cost, "training_cost"),
        ]
        self._lines = [pg.PlotCurveItem(antialias=True) for _ in self._places]
        for line, (plot, _) in zip(self._lines, self._places, strict=True):
            # Not by way of the plot, which looks at all curves there are whenever one comes.
            plot.getViewBox().addItem(line, ignoreBounds=True)
        self.strong = False
        self.points = np.empty((0, 5))  # epochs, accuracy in per cent, cost, and the same for training digits
        self.epochs = self.best = self.highest_cost = 0.0

    def apply_colours(self, colour: QColor, strong: bool, scale: float) -> None:
        self.strong = strong
        for line, (_, name) in zip(self._lines, self._places, strict=True):
            training = name.startswith("training")
            style = Qt.PenStyle.DashLine if training else Qt.PenStyle.SolidLine
            pale = QColor(colour)
            pale.setAlphaF(1.0 if strong else 0.75)
            line.setPen(pg.mkPen(pale, width=scale * (2 if strong and not training else 1), style=style))
            line.setZValue(10 if strong else 5)

    def show(self, run: Run) -> None:
        new = run.points[len(self.points) :]
        if not new:
            return
        added = np.array([point[:5] for point in new]) * (1, 100, 1, 100, 1)
        self.points = np.concatenate([self.points, added])
        self.epochs, self.best = float(self.points[-1, 0]), float(self.points[:, 1].max())
        # The first costs, of a network that knows nothing, would press the rest flat against the axis.
        self.highest_cost = float(self.points[min(4, len(self.points) - 1) :, 2].max())
        for line, (_, name) in zip(self._lines, self._places, strict=True):
            line.setData(self.points[:, 0], self.points[:, Point._fields.index(name)])

    def remove(self) -> None:
        for line, (plot, _) in zip(self._lines, self._places, strict=True):
            plot.getViewBox().removeItem(line)


def _set_range(plot: pg.PlotItem, axis: str, low: float, high: float) -> None:
    """Set the range of an axis if it is another: setting it draws the axis anew."""
    box = plot.getViewBox()
    now = box.viewRange()[0 if axis == "x" else 1]
    if abs(now[0] - low) > 1e-9 or abs(now[1] - high) > 1e-9:
        (box.setXRange if axis == "x" else box.setYRange)(low, high, padding=0)


def _round_up(value: float) -> float:
    """Return the next number of one round figure: 0.0343 gives 0.04."""
    unit = 10.0 ** np.floor(np.log10(max(value, 1e-6)))
    return float(np.ceil(value / unit) * unit)
