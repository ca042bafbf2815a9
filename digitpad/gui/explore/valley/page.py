"""``ValleyPage``: gradient descent on a function of two variables."""

from collections.abc import Callable
from functools import partial

import numpy as np

from digitpad.explore.ball import Ball
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.steepest_descent import STEEPEST_DESCENT
from digitpad.explore.valley import BentValley, Bowl, Surface, TwoValleys
from digitpad.gui.explore.controls import choice
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.valley.map import OUT, ValleyMap
from digitpad.gui.explore.valley.steps import Steps
from digitpad.gui.explore.valley.turn import Turn
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.gui.widgets.formula import DELTA, ETA, MINUS, NABLA, letter
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.slider import NumberSlider

_SHAPES: dict[str, Callable[[float], Surface]] = {"Bowl": Bowl, "Bent valley": BentValley, "Two valleys": TwoValleys}


class ValleyPage(Page):
    """A ball in a valley seen from above: the step against the gradient, and how well it is predicted."""

    IDEA = Idea.VALLEY
    TEXT = (
        f"The ball at v = (v₁, v₂) moves by {DELTA}v = {MINUS}{ETA}{NABLA}C, straight down the slope; put it anywhere. "
        f"The cost should then change by {NABLA}C·{DELTA}v, and below you see how far that can be trusted "
        f"as {ETA} grows."
    )
    TASK = Steps.TASK
    WAYS = (("One variable", ToPage(Idea.DESCENT)), (f"Choose an {ETA} and train", ToTrain()))
    EXERCISES = (STEEPEST_DESCENT,)

    def __init__(self, shared: Shared) -> None:
        """Begin on the wall of a bowl, with an eta that reaches the bottom but spoils the prediction."""
        self.ball, self.map, self.verdict = Ball(), ValleyMap(), Remark(letters=230)
        shared_by_views = self.ball, self.map, self.verdict
        self.steps, self.turn = Steps(*shared_by_views), Turn(*shared_by_views)
        super().__init__(shared, self.steps, self.turn)
        self.picture.insertWidget(0, self.map, 3)
        self.picture.insertWidget(1, self.verdict)
        for view in self.views.all:
            self.picture.setStretchFactor(view.columns[0], 2)
        self._make_controls()
        self.map.placed.connect(self._place)
        self.steps.moved.connect(self._follow)
        self.views.idClicked.connect(self.steps.player.stop)
        self._begin_again()

    def _make_controls(self) -> None:
        """Put what both views share above what each has of its own."""
        self.shape = choice("Shape", "The shape of the valley", *_SHAPES)
        self.stretch = NumberSlider(letter("s"), "Stretch: how much steeper the walls are", 1, 10, 2, 0.5)
        self.v1 = NumberSlider(letter("v", 1), "First variable: the ball from left to right", -OUT, OUT, -2.5, 0.05)
        self.v2 = NumberSlider(letter("v", 2), "Second variable: the ball up and down", -OUT, OUT, 1.5, 0.05)
        place = self.controls.count() - len(self.views.all)
        for i, widget in enumerate((self.shape, self.stretch, self.v1, self.v2)):
            self.controls.insertWidget(place + i, widget)
        self.ball.place(self.v1.value, self.v2.value)
        self.shape.currentIndexChanged.connect(self._begin_again)
        self.stretch.changed.connect(self._begin_again)
        for at, slider in enumerate((self.v1, self.v2)):
            slider.moved.connect(partial(self._slid, at))

    def _begin_again(self) -> None:
        self.ball.surface = _SHAPES[self.shape.currentText()](self.stretch.value)
        self.map.show_surface(self.ball.surface)
        self._place(*self.ball.start.tolist())

    def _slid(self, at: int, value: float) -> None:
        """Move the ball along one variable, by the slider; the other stays what it is."""
        v = np.clip(self.ball.v, -OUT, OUT)
        v[at] = value
        self._place(*v.tolist())

    def _place(self, v1: float, v2: float) -> None:
        self.steps.player.stop()
        self.ball.place(v1, v2)
        self._follow()

    def _follow(self) -> None:
        """Let the sliders show where the ball is."""
        for slider, value in zip((self.v1, self.v2), np.clip(self.ball.v, -OUT, OUT).tolist(), strict=True):
            slider.set_value(value)
        self.update_soon()
