"""Mouse movements in the window, each timed until its answer is painted."""

from collections.abc import Sequence
from time import perf_counter

from hands import Painted, timed_move
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from digitpad.draw.ink import Path
from digitpad.gui.demo import THREE
from digitpad.gui.replay import send
from digitpad.gui.window.main_window import MainWindow

DIGITS = (THREE,) * 20
_MOUSE_S = 0.008  # between two movements of a usual mouse


def times_of_moves(window: MainWindow, strokes: Sequence[Path] = DIGITS) -> list[float]:
    """Return the milliseconds of every mouse movement.

    ``strokes``, (n, 2) each in canvas sides, are drawn one by one on a clean canvas.
    """
    tab = window.draw
    painted = Painted(tab.outputs)
    times = []
    for stroke in strokes:
        places = tab.canvas.to_widget(stroke)
        send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        QApplication.processEvents()
        times += [timed_move(tab, painted, place) for place in places[1:]]
        send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        tab.canvas.clear()
        QApplication.processEvents()
    return times


def times_of_a_hand(window: MainWindow, strokes: Sequence[Path] = DIGITS) -> list[float]:
    """Return the same of movements that come as a mouse sends them, 125 a second, whatever the window is at.

    The time begins when the mouse moved: what the window does between two movements counts as far as it holds up the
    next answer.
    """
    tab, times = window.draw, []
    answers: list[float] = []
    heard = tab.answered.connect(answers.append)
    for stroke in strokes:
        places = tab.canvas.to_widget(stroke)
        send(tab.canvas, QEvent.Type.MouseButtonPress, places[0])
        QApplication.processEvents()
        moved = perf_counter()
        for place in places[1:]:
            moved = max(moved + _MOUSE_S, perf_counter() - _MOUSE_S)  # later ones are sent together, as systems do
            while perf_counter() < moved:
                QApplication.processEvents()
            answers.clear()
            send(tab.canvas, QEvent.Type.MouseMove, place)
            while not answers:
                QApplication.processEvents()
            QApplication.sendPostedEvents()  # which paint it
            times.append(1000 * (perf_counter() - moved))
        send(tab.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        tab.canvas.clear()
        QApplication.processEvents()
    tab.answered.disconnect(heard)
    return times
