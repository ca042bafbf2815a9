"""``Turn``, the second view of the valley: a move of fixed length, to be turned away from the steepest."""

import numpy as np

from digitpad.explore.ball import Ball
from digitpad.explore.directions import Directions, directions, turned_to
from digitpad.gui.explore.controls import button
from digitpad.gui.explore.valley.graphs import TurnGraph
from digitpad.gui.explore.valley.map import ValleyMap
from digitpad.gui.explore.valley.written import two_terms, vector
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, NABLA, NARROW, dot, factor, letter, norm, number, whole
from digitpad.gui.widgets.graph import Remark, fine
from digitpad.gui.widgets.slider import NumberSlider


class Turn(View):
    """All moves of one length from where the ball is: the one that is chosen beside the steepest."""

    NAME = "Directions"
    TIP = "A move of fixed length, to be turned: does another direction do better?"

    def __init__(self, ball: Ball, ground: ValleyMap, verdict: Remark) -> None:
        """Fill the columns of the view, beside what both views share."""
        super().__init__()
        self._ball, self._ground, self._verdict = ball, ground, verdict
        self.graph = TurnGraph()
        self.pictures.addWidget(self.graph)
        self.theta = NumberSlider("θ", "Degrees by which the move is turned away from the steepest", -180, 180, 60, 1)
        self.length = NumberSlider("ε", "Length of the move", 0.05, 2, 0.6, 0.05)
        self.steepest = button(f"{MINUS}{NABLA}C", "Turn the move against the gradient")
        for slider in (self.theta, self.length):
            slider.changed.connect(self.changed)
        for widget in (self.theta, self.length, self.steepest):
            self.controls.addWidget(widget)
        self.steepest.clicked.connect(lambda: self.theta.choose(0))
        self.graph.placed.connect(lambda degrees, _: self.theta.choose(round(degrees)))
        ground.turned.connect(self._turn)

    @property
    def directions(self) -> Directions:
        """All moves of the chosen length from where the ball is."""
        return directions(self._ball.surface, self._ball.v, self.length.value)

    def _turn(self, v1: float, v2: float) -> None:
        self.theta.choose(round(turned_to(self._ball.surface, self._ball.v, np.array([v1, v2]))))

    def show(self) -> tuple[str, ...]:
        """Show the move beside the steepest; return the lines of the formula."""
        moves, theta, ball = self.directions, self.theta.value, self._ball
        at = moves.at(theta)
        off = turned_to(ball.surface, ball.v, ball.bottom - ball.v)
        self._ground.show_turn(ball.v, moves.changes[at], moves.changes[moves.at(0)])
        self.graph.show_directions(moves, theta, off)
        self._verdict.setText(_verdict(moves, theta, off))
        return _lines(moves, theta)


def _verdict(moves: Directions, theta: float, off: float) -> str:
    """Return how the direction chosen does beside the steepest, and what the valley does with it."""
    if moves.eta is None:
        return "<b>Level:</b> the gradient is 0, every direction is predicted to change nothing, and none is steepest."
    at = moves.at(theta)
    if theta == 0:
        words = f"<b>The steepest:</b> predicted {fine(moves.bound)}, and no direction is below that."
    else:
        words = (
            f"Turned by {number(theta, 0)}° it is predicted to change C by {fine(float(moves.predicted[at]))}; "
            f"against the gradient by <b>{fine(moves.bound)}</b>, the least."
        )
    lowest = moves.lowest
    if abs(lowest) > 2:
        words += f" Measured, {number(lowest, 0)}° leads lowest: ε is too long for the prediction."
    return f"{words} The bottom lies {number(abs(off), 0)}° off the steepest direction."


def _lines(moves: Directions, theta: float) -> tuple[str, ...]:
    """Return the product of gradient and move, its bound, and what is measured."""
    c, v = letter("C"), letter("v")
    at, steep, cos = moves.at(theta), float(np.hypot(*moves.gradient)), float(np.cos(np.radians(theta)))
    gradient, move = f"{NABLA}{c}", f"{DELTA}{v}"
    product = dot(gradient, move)
    lines = [
        f"{gradient} = {vector(moves.gradient)}, {norm(gradient)} = {fine(steep)}",
        f"{move} = {vector(moves.changes[at])}, {norm(move)} = ε = {whole(moves.length)}",
        two_terms(moves.gradient, moves.changes[at]),
        f"{product} = {MINUS}ε {norm(gradient)} cos θ<br>&nbsp;&nbsp;"
        f"= {fine(moves.bound)} {DOT} {factor(cos, 3)} = {fine(float(moves.predicted[at]))}",
        f"|{product}{NARROW}| ≤ {norm(gradient)} {norm(move)} (Cauchy-Schwarz), so never below {fine(moves.bound)}",
    ]
    if moves.eta is not None:
        lines.append(f"least for {move} = {MINUS}{ETA} {gradient}, {ETA} = ε/{norm(gradient)} = {number(moves.eta, 3)}")
    lines.append(f"<b>measured</b> {DELTA}{c} = {fine(float(moves.measured[at]))}")
    return tuple(lines)
