"""Mouse movements in the window, each timed until its answer is painted: ``times_of_moves``."""

from collections.abc import Sequence

from hands import Painted, timed_move, timed_move_to_all
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from digitpad.draw.ink import Path
from digitpad.gui.demo import THREE
from digitpad.gui.replay import send
from digitpad.gui.window.main_window import MainWindow

DIGITS = (THREE,) * 20


def times_of_moves(window: MainWindow, strokes: Sequence[Path] = DIGITS) -> list[float]:
    """Return the milliseconds of every mouse movement.

    ``strokes``, (n, 2) each in canvas sides, are drawn one by one on a clean canvas.
    """
    tab = window.draw
    painted = Painted(tab.outputs)
    times = []
    looks_inside = tab.look_inside.isChecked()  # then the bars are not to be seen
    for stroke in strokes:
        places = tab.canvas.to_widget(stroke)
        send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        QApplication.processEvents()
        for place in places[1:]:
            times.append(timed_move_to_all(tab, place) if looks_inside else timed_move(tab, painted, place))
        send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        tab.canvas.clear()
        QApplication.processEvents()
    return times
