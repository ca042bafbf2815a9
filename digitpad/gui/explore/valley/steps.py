"""``Steps``, the first view of the valley: the ball takes steps, each predicted and measured."""

import numpy as np
from PySide6.QtCore import Signal

from digitpad.explore.ball import ARRIVED, Ball
from digitpad.explore.task import Task
from digitpad.explore.valley import BentValley, Bowl, Move, Surface, TwoValleys
from digitpad.gui.explore.player import Player
from digitpad.gui.explore.valley.graphs import MOST_ETA, ChangeGraph
from digitpad.gui.explore.valley.map import ValleyMap
from digitpad.gui.explore.valley.written import two_terms, vector
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, NABLA, dot, letter, norm, number, whole
from digitpad.gui.widgets.graph import Remark, fine
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.nn.neurons import Floats

_PAUSE_MS = 250  # between two steps, when they are played
_GOOD, _AWAY, _QUICK = 0.1, 2.0, 30  # the task: the greatest error, the least way, and fewer steps than this
_WRITTEN: dict[type[Surface], str] = {
    Bowl: "½ ({v1}² + {s} {v2}²)",
    BentValley: "½ (({v1} − 1)² + {s} ({v2} + 1 − ½ {v1}²)²)",
    TwoValleys: "({v1}² − 3)² / 12 + {v1} / 5 + ½ · {s} {v2}²",
}


class Steps(View):
    """The path of the ball on the map, the change of C in its next step against eta, and what becomes of it.

    Signal: ``moved()``, when the ball is elsewhere.
    """

    NAME = "Steps"
    TIP = "The ball takes steps against the gradient"
    TASK = Task(
        f"begin at least {_AWAY:.0f} away from a bottom and reach it in fewer than {_QUICK} steps, with {ETA} so small "
        f"that in every step prediction and measurement differ by less than {100 * _GOOD:.0f} %.",
        f"Equation 9 holds for small steps only, and small steps take many: {ETA} is a bargain between the two. In a "
        "narrow valley it is set by the steep walls, and along the flat floor the ball then creeps.",
    )

    moved = Signal()

    def __init__(self, ball: Ball, ground: ValleyMap, verdict: Remark) -> None:
        """Fill the columns of the view, beside what both views share."""
        super().__init__()
        self._ball, self._ground, self._verdict = ball, ground, verdict
        self.graph = ChangeGraph()
        self.pictures.addWidget(self.graph)
        self.eta = NumberSlider(ETA, "Learning rate eta", 0.005, MOST_ETA, 0.3, 0.005)
        self.eta.changed.connect(self.changed)
        tips = "Take one step", "Take steps until the bottom is reached", "Put the ball back to where it began"
        self.player = Player(_PAUSE_MS, self._step, self._rewind, lambda: ball.over, tips)
        self.controls.addWidget(self.eta)
        self.controls.addWidget(self.player)

    def _rewind(self) -> None:
        self._ball.rewind()
        self.moved.emit()

    def _step(self) -> None:
        ball = self._ball
        ball.step(self.eta.value)
        self.moved.emit()
        quick = len(ball.moves) < _QUICK and ball.whole_way >= _AWAY
        if quick and ball.reached and ball.worst_error < _GOOD:
            self._solve()

    def show(self) -> tuple[str, ...]:
        """Show path, next step and verdict; return the lines of the formula."""
        ball, eta = self._ball, self.eta.value
        coming = ball.coming(eta)
        self.player.refresh()
        self._ground.show_path(np.array([ball.start, *(taken.end for taken in ball.moves)]), coming.change)
        self.graph.show_changes(ball.surface, coming, eta)
        self._verdict.setText(_verdict(ball, coming))
        return _lines(ball.surface, ball.v, coming, eta)


def _verdict(ball: Ball, coming: Move) -> str:
    """Return what has become of the ball, or how the next step is predicted, as rich text."""
    count = len(ball.moves)
    steps = f"{count} step{'s' * (count != 1)}"
    missed = f", mispredicted by at most {_per_cent(ball.worst_error)}" if ball.moves else ""
    if ball.reached:
        return f"<b>At the bottom</b>, within {ARRIVED} of it, after {steps}{missed}."
    if ball.lost:
        return f"<b>Lost:</b> {ETA} is so large that the steps grew without bound. Stopped after {steps}, far outside."
    if ball.over:
        last = ball.moves[-1]
        if last.measured < 0 and last.error < _GOOD:
            return f"<b>Given up</b> after {steps}, {number(ball.way)} from a bottom: {ETA} is very small."
        return f"<b>Given up</b> after {steps}: they still jump about, {ETA} is too large."
    if coming.measured > 0:
        return f"<b>Uphill:</b> the next step would overshoot and raise the cost. {steps.capitalize()} taken."
    words = "well predicted" if coming.error < _GOOD else "poorly predicted"
    return f"The next step is <b>{words}</b>: off by {_per_cent(coming.error)}. {steps.capitalize()} taken{missed}."


def _lines(surface: Surface, v: Floats, coming: Move, eta: float) -> tuple[str, ...]:
    c, v_, names = letter("C"), letter("v"), {"v1": letter("v", 1), "v2": letter("v", 2)}
    written = _WRITTEN[type(surface)].format(s=whole(surface.stretch, 1), **names)
    gradient, move = f"{NABLA}{c}", f"{DELTA}{v_}"
    squared = float(coming.gradient @ coming.gradient)
    return (
        f"{c} = {written}<br>&nbsp;&nbsp;= {fine(float(surface.value(v)))}",
        f"{NABLA}{c} = (∂{c}/∂{names['v1']}, ∂{c}/∂{names['v2']}) = {vector(coming.gradient)}",
        f"{DELTA}{v_} = {MINUS}{ETA} {NABLA}{c} = {MINUS}{whole(eta, 3)} {DOT} {vector(coming.gradient)}<br>"
        f"&nbsp;&nbsp;= {vector(coming.change)}",
        two_terms(coming.gradient, coming.change),
        f"<b>predicted</b> {DELTA}{c} ≈ {dot(gradient, move)} = {MINUS}{ETA} {norm(gradient)}²<br>"
        f"&nbsp;&nbsp;= {MINUS}{whole(eta, 3)} {DOT} {fine(squared)} = {fine(coming.predicted)}",
        f"<b>measured</b> {DELTA}{c} = {c}({v_} + {DELTA}{v_}) {MINUS} {c}({v_}) = {fine(coming.measured)}",
    )


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.995 else f"{min(100 * share, 9999):.0f} %"
