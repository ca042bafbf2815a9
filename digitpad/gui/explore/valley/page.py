"""``ValleyPage``: gradient descent on a function of two variables."""

from collections.abc import Callable
from functools import partial

import numpy as np

from digitpad.explore.chapter import Idea
from digitpad.explore.descent import FAR
from digitpad.explore.directions import Directions, directions, turned_to
from digitpad.explore.exercises.steepest_descent import STEEPEST_DESCENT
from digitpad.explore.task import Task
from digitpad.explore.valley import BentValley, Bowl, Move, Surface, TwoValleys, move
from digitpad.gui.explore.controls import button, choice
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.player import Player
from digitpad.gui.explore.valley.graphs import MOST_ETA, ChangeGraph, TurnGraph
from digitpad.gui.explore.valley.map import OUT, ValleyMap
from digitpad.gui.explore.views import View
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, NABLA, factor, letter, number
from digitpad.gui.widgets.graph import Remark, fine, plain
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.nn.neurons import Floats

_PAUSE_MS = 250  # between two steps, when they are played
_ARRIVED = 0.1  # nearer than this to a minimum, the ball has reached the bottom
_MOST = 500  # steps, after which playing ends
_GOOD, _AWAY, _QUICK = 0.1, 2.0, 30  # the task: the greatest error, the least way, and fewer steps than this

_SHAPES: dict[str, tuple[Callable[[float], Surface], str]] = {
    "Bowl": (Bowl, "½ ({v1}² + {s} {v2}²)"),
    "Bent valley": (BentValley, "½ (({v1} − 1)² + {s} ({v2} + 1 − ½ {v1}²)²)"),
    "Two valleys": (TwoValleys, "({v1}² − 3)² / 12 + {v1} / 5 + ½ · {s} {v2}²"),
}


class _Steps(View):
    NAME = "Steps"
    TIP = "The ball takes steps against the gradient"


class _Directions(View):
    NAME = "Directions"
    TIP = "A move of fixed length, to be turned: does another direction do better?"


class ValleyPage(Page):
    """A ball in a valley seen from above: the step against the gradient, and how well it is predicted."""

    IDEA = Idea.VALLEY
    TEXT = (
        f"The ball at v = (v₁, v₂) moves by {DELTA}v = {MINUS}{ETA}{NABLA}C, straight down the slope; put it anywhere. "
        f"The cost should then change by {NABLA}C·{DELTA}v, and below you see how far that can be trusted "
        f"as {ETA} grows."
    )
    TASK = Task(
        f"begin at least {_AWAY:.0f} away from a bottom and reach it in fewer than {_QUICK} steps, with {ETA} so small "
        f"that in every step prediction and measurement differ by less than {100 * _GOOD:.0f} %.",
        f"Equation 9 holds for small steps only, and small steps take many: {ETA} is a bargain between the two. In a "
        "narrow valley it is set by the steep walls, and along the flat floor the ball then creeps.",
    )
    WAYS = (("One variable", ToPage(Idea.DESCENT)), (f"Choose an {ETA} and train", ToTrain()))
    EXERCISES = (STEEPEST_DESCENT,)

    def __init__(self, shared: Shared) -> None:
        """Begin on the wall of a bowl, with an eta that reaches the bottom but spoils the prediction."""
        parts = _Steps(), _Directions()
        super().__init__(shared, *parts)
        self.map, self.graph, self.turns = ValleyMap(), ChangeGraph(), TurnGraph()
        self.verdict = Remark(letters=230)
        self.picture.insertWidget(0, self.map, 3)
        self.picture.insertWidget(1, self.verdict)
        for i, (part, graph) in enumerate(zip(parts, (self.graph, self.turns), strict=True)):
            part.pictures.addWidget(graph)
            self.picture.setStretch(2 + i, 2)
        self.shape = choice("Shape", "The shape of the valley", *_SHAPES)
        self.stretch = NumberSlider(letter("s"), "Stretch: how much steeper the walls are", 1, 10, 2, 0.5)
        self.v1 = NumberSlider(letter("v", 1), "First variable: the ball from left to right", -OUT, OUT, -2.5, 0.05)
        self.v2 = NumberSlider(letter("v", 2), "Second variable: the ball up and down", -OUT, OUT, 1.5, 0.05)
        self.eta = NumberSlider(ETA, "Learning rate eta", 0.005, MOST_ETA, 0.3, 0.005)
        tips = "Take one step", "Take steps until the bottom is reached", "Put the ball back to where it began"
        self.player = Player(_PAUSE_MS, self._step, self._rewind, lambda: self._over, tips)
        place = self.controls.count() - len(parts)  # above what is a view’s own
        self.controls.insertWidget(place, self.shape)
        for i, slider in enumerate((self.stretch, self.v1, self.v2), 1):
            self.controls.insertWidget(place + i, slider)
        self.theta = NumberSlider("θ", "Degrees by which the move is turned away from the steepest", -180, 180, 60, 1)
        self.length = NumberSlider("ε", "Length of the move", 0.05, 2, 0.6, 0.05)
        self.steepest = button(f"{MINUS}{NABLA}C", "Turn the move against the gradient")
        for part, widgets in zip(
            parts, ((self.eta, self.player), (self.theta, self.length, self.steepest)), strict=True
        ):
            for widget in widgets:
                part.controls.addWidget(widget)
        self.shape.currentIndexChanged.connect(self._begin_again)
        self.stretch.changed.connect(self._begin_again)
        for at, slider in enumerate((self.v1, self.v2)):
            slider.moved.connect(partial(self._slid, at))
        self.eta.changed.connect(self.update_soon)
        self.map.placed.connect(self._place)
        for slider in (self.theta, self.length):
            slider.changed.connect(self.update_soon)
        self.steepest.clicked.connect(lambda: self.theta.choose(0))
        self.map.turned.connect(self._turn)
        self.turns.placed.connect(lambda degrees, _: self.theta.choose(round(degrees)))
        self.views.idClicked.connect(self.player.stop)
        self._surface: Surface = Bowl()
        self._moves: list[Move] = []
        self._start = np.array([self.v1.value, self.v2.value])
        self._begin_again()

    @property
    def turning(self) -> bool:
        """Whether a move is turned, and not the ball moved step by step."""
        return self.views.checkedId() == 1

    @property
    def directions(self) -> Directions:
        """All moves of the chosen length from where the ball is."""
        return directions(self._surface, self.v, self.length.value)

    def _turn(self, v1: float, v2: float) -> None:
        self.theta.choose(round(turned_to(self._surface, self.v, np.array([v1, v2]))))

    @property
    def v(self) -> Floats:
        """Where the ball is, of shape (2,)."""
        return self._moves[-1].end if self._moves else self._start

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps taken from where the ball was put."""
        return tuple(self._moves)

    @property
    def reached(self) -> bool:
        """Whether the ball is at the bottom."""
        return self._way(self.v) <= _ARRIVED

    def _way(self, v: Floats) -> float:
        """Return how far it is from ``v`` to the nearest minimum."""
        return min(float(np.hypot(*(v - np.array(place)))) for place in self._surface.minima)

    def _begin_again(self) -> None:
        made = _SHAPES[self.shape.currentText()][0](self.stretch.value)
        if made != self._surface:
            self._surface = made
            self.map.show_surface(made)
        self._place(*self._start.tolist())

    def _slid(self, at: int, value: float) -> None:
        """Move the ball along one variable, by the slider; the other stays what it is."""
        v = np.clip(self.v, -OUT, OUT)
        v[at] = value
        self._place(*v.tolist())

    def _place(self, v1: float, v2: float) -> None:
        self._start = np.array([v1, v2])
        self.player.stop()
        self._rewind()

    def _rewind(self) -> None:
        self._moves = []
        self._follow()

    def _follow(self) -> None:
        """Let the sliders show where the ball is."""
        for slider, value in zip((self.v1, self.v2), np.clip(self.v, -OUT, OUT).tolist(), strict=True):
            slider.set_value(value)
        self.update_soon()

    @property
    def _over(self) -> bool:
        return self.reached or not np.abs(self.v).max() <= FAR or len(self._moves) >= _MOST

    def _step(self) -> None:
        self._moves.append(move(self._surface, self.v, self.eta.value))
        self._follow()
        quick = 0 < len(self._moves) < _QUICK and self._way(self._start) >= _AWAY
        if quick and self.reached and all(taken.error < _GOOD for taken in self._moves):
            self._done()

    def _update(self) -> None:
        if self.turning:
            self._update_turn()
        else:
            self._update_steps()

    def _update_turn(self) -> None:
        moves, theta = self.directions, self.theta.value
        at = moves.at(theta)
        bottom = min(self._surface.minima, key=lambda place: float(np.hypot(*(np.array(place) - self.v))))
        off = turned_to(self._surface, self.v, np.array(bottom) - self.v)
        self.map.show_turn(self.v, moves.changes[at], moves.changes[moves.at(0)])
        self.turns.show_directions(moves, theta, off)
        self.verdict.setText(_words_of_turn(moves, theta, off))
        self.formula.show_lines(*_turn_lines(moves, theta))

    def _update_steps(self) -> None:
        eta, coming = self.eta.value, move(self._surface, self.v, self.eta.value)
        self.player.refresh()
        self.map.show_path(np.array([self._start, *(taken.end for taken in self._moves)]), coming.change)
        self.graph.show_changes(self._surface, coming, eta)
        self.verdict.setText(self._words(coming))
        self.formula.show_lines(*self._lines(coming, eta))

    def _words(self, coming: Move) -> str:
        count = len(self._moves)
        steps = f"{count} step{'s' * (count != 1)}"
        worst = max((taken.error for taken in self._moves), default=0.0)
        missed = f", mispredicted by at most {_per_cent(worst)}" if self._moves else ""
        if self.reached:
            return f"<b>At the bottom</b> after {steps}{missed}."
        if not np.abs(self.v).max() <= FAR:
            return (
                f"<b>Lost:</b> {ETA} is so large that the steps grew without bound. Stopped after {steps}, far outside."
            )
        if self._over:
            last = self._moves[-1]
            if last.measured < 0 and last.error < _GOOD:
                way = number(self._way(self.v))
                return f"<b>Given up</b> after {steps}, {way} from a bottom: {ETA} is very small."
            return f"<b>Given up</b> after {steps}: they jump about and settle nowhere, {ETA} is too large."
        if coming.measured > 0:
            return f"<b>Uphill:</b> the next step would overshoot and raise the cost. {steps.capitalize()} taken."
        words = "well predicted" if coming.error < _GOOD else "poorly predicted"
        return f"The next step is <b>{words}</b>: off by {_per_cent(coming.error)}. {steps.capitalize()} taken{missed}."

    def _lines(self, coming: Move, eta: float) -> list[str]:
        c, v, names = letter("C"), letter("v"), {"v1": letter("v", 1), "v2": letter("v", 2)}
        written = _SHAPES[self.shape.currentText()][1].format(s=number(self.stretch.value, 1), **names)
        squared = float(coming.gradient @ coming.gradient)
        return [
            f"{c} = {written}<br>&nbsp;&nbsp;= {fine(float(self._surface.value(self.v)))}",
            f"{NABLA}{c} = (∂{c}/∂{names['v1']}, ∂{c}/∂{names['v2']}) = {_vector(coming.gradient)}",
            f"{DELTA}{v} = {MINUS}{ETA} {NABLA}{c} = {MINUS}{number(eta, 3)} {DOT} {_vector(coming.gradient)}<br>"
            f"&nbsp;&nbsp;= {_vector(coming.change)}",
            _two_terms(coming.gradient, coming.change),
            f"<b>predicted</b> {DELTA}{c} ≈ {NABLA}{c}{DOT}{DELTA}{v} = {MINUS}{ETA} ‖{NABLA}{c}‖²<br>"
            f"&nbsp;&nbsp;= {MINUS}{number(eta, 3)} {DOT} {fine(squared)} = {fine(coming.predicted)}",
            f"<b>measured</b> {DELTA}{c} = {c}({v} + {DELTA}{v}) {MINUS} {c}({v}) = {fine(coming.measured)}",
        ]


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.995 else f"{min(100 * share, 9999):.0f} %"


def _vector(v: Floats) -> str:
    return f"({plain(float(v[0]))}, {plain(float(v[1]))})"


def _two_terms(gradient: Floats, change: Floats) -> str:
    """Return equation 7 with its numbers."""
    c = letter("C")
    terms = [f"∂{c}/∂{letter('v', i)} {DELTA}{letter('v', i)}" for i in (1, 2)]
    numbers = [
        f"{_bracketed(g)} {DOT} {_bracketed(d)}" for g, d in zip(gradient.tolist(), change.tolist(), strict=True)
    ]
    return f"{DELTA}{c} ≈ {' + '.join(terms)}<br>&nbsp;&nbsp;= {' + '.join(numbers)} = {fine(float(gradient @ change))}"


def _bracketed(value: float) -> str:
    text = plain(value)
    return f"({text})" if text.startswith(MINUS) else text


def _words_of_turn(moves: Directions, theta: float, off: float) -> str:
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


def _turn_lines(moves: Directions, theta: float) -> list[str]:
    c, v = letter("C"), letter("v")
    at, steep, cos = moves.at(theta), float(np.hypot(*moves.gradient)), float(np.cos(np.radians(theta)))
    product = f"{NABLA}{c}{DOT}{DELTA}{v}"
    lines = [
        f"{NABLA}{c} = {_vector(moves.gradient)}, ‖{NABLA}{c}‖ = {fine(steep)}",
        f"{DELTA}{v} = {_vector(moves.changes[at])}, ‖{DELTA}{v}‖ = ε = {number(moves.length)}",
        _two_terms(moves.gradient, moves.changes[at]),
        f"{product} = {MINUS}ε ‖{NABLA}{c}‖ cos θ<br>&nbsp;&nbsp;"
        f"= {fine(moves.bound)} {DOT} {factor(cos, 3)} = {fine(float(moves.predicted[at]))}",
        f"|{product}| ≤ ‖{NABLA}{c}‖ ‖{DELTA}{v}‖ (Cauchy-Schwarz), so never below {fine(moves.bound)}",
    ]
    if moves.eta is not None:
        lines.append(f"least for {DELTA}{v} = {MINUS}{ETA} {NABLA}{c}, {ETA} = ε/‖{NABLA}{c}‖ = {number(moves.eta, 3)}")
    lines.append(f"<b>measured</b> {DELTA}{c} = {fine(float(moves.measured[at]))}")
    return lines
