"""The curve that a person expects, in the plot of accuracies: drawn by hand or keys, then beside the real one."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPalette

from digitpad.gui.train.curves import Scale
from digitpad.gui.train.entries import Entry
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.train.guess import COLUMNS, CurveGuess

_HINT = "Draw the accuracy you expect, by mouse or arrow keys; then press Start."
_STYLE, _WIDE = Qt.PenStyle.DashDotLine, 2  # the width in pixels
_NEARER = 0.02  # accuracy by which an arrow key goes up or down
_FIRST_HEIGHT = 0.5  # where the keys begin


class GuessLine:
    """Shows a ``guess``, and takes it in while it is ``asking``; accuracies are on the axis ``scale``."""

    def __init__(self, plot: pg.PlotItem) -> None:
        """Begin without a guess, in ``plot``."""
        self._plot = plot
        self.guess: CurveGuess | None = None
        self.asking = False
        self._scale = Scale.ACCURACY
        self._last: tuple[float, float] | None = None  # where the hand was in this stroke
        self._key: tuple[int, float] = (0, _FIRST_HEIGHT)  # where the keys are: column and accuracy
        self.line = pg.PlotCurveItem(antialias=True, connect="finite")
        self.line.setZValue(12)
        self.hint = pg.LabelItem(_HINT)
        self.hint.setParentItem(plot.getViewBox())
        self.hint.anchor(itemPos=(0.5, 0), parentPos=(0.5, 0), offset=(0, 4))
        self.hint.hide()

    def ask(self, epochs: float) -> None:
        """Take in a new guess for so many ``epochs``."""
        self.guess, self.asking, self._last, self._key = CurveGuess(epochs), True, None, (0, _FIRST_HEIGHT)
        self._show()

    def settle(self) -> CurveGuess | None:
        """Take in nothing more; return what was guessed, if anything was."""
        self.asking = False
        if self.guess is not None and not self.guess.drawn:
            self.guess = None
        self._show()
        return self.guess

    def forget(self) -> None:
        """Show no guess."""
        self.guess, self.asking = None, False
        self._show()

    def show_scale(self, scale: Scale) -> None:
        """Show it on another axis."""
        self._scale = scale
        self._show()

    @property
    def entries(self) -> list[Entry]:
        """What explains it in the legend."""
        colour = self.line.opts["pen"].color()
        return [Entry("your guess", _STYLE, _WIDE, colour)] if self.guess is not None else []

    def apply_colours(self, palette: QPalette, scale: float) -> None:
        """Take the colours of ``palette``; a line of one pixel is ``scale`` wide."""
        text = palette.color(QPalette.ColorRole.Text)  # which no run has
        self.line.setPen(pg.mkPen(text, width=_WIDE * scale, style=_STYLE))
        self.hint.item.setFont(font(SMALL))
        self.hint.item.setDefaultTextColor(text)

    # By hand and by keys

    def place_of(self, place: QPointF) -> QPointF | None:
        """Return where in the axes' units a ``place`` of the scene is, if one draws there what is guessed."""
        box = self._plot.getViewBox()
        return box.mapSceneToView(place) if self.asking and box.sceneBoundingRect().contains(place) else None

    def begin_stroke(self, place: QPointF) -> None:
        """Put the pen down at a ``place`` of the plot, in the axes' units."""
        self._last = None
        self.go_on(place)

    def go_on(self, place: QPointF) -> None:
        """Draw on to ``place``."""
        here = place.x(), self._scale.accuracy(place.y()) / 100
        if self.guess is not None:
            self.guess.draw(self._last or here, here)
            self._last = here
            self._show()

    def press(self, key: Qt.Key) -> bool:
        """Draw on by an arrow key; return whether it was one."""
        column, accuracy = self._key
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if self.guess is None or key not in steps:
            return False
        across, up = steps[key]
        wide = (COLUMNS - 1) // 30
        there = min(max(column + wide * across, 0), COLUMNS - 1), min(max(accuracy + _NEARER * up, 0.0), 1.0)
        places = self.guess.places
        self.guess.draw((places[column], there[1]), (places[there[0]], there[1]))
        self._key = there
        self._show()
        return True

    def _show(self) -> None:
        guess = self.guess
        box = self._plot.getViewBox()
        if guess is None:
            if self.line.scene() is not None:
                box.removeItem(self.line)
        elif self.line.scene() is None:
            box.addItem(self.line, ignoreBounds=True)
        self.hint.setVisible(self.asking and guess is not None and not guess.drawn)
        if guess is not None:
            heights = guess.accuracies if self.asking or not guess.drawn else guess.whole
            self.line.setData(guess.places, np.asarray(self._scale.place(100 * heights)))
