"""``SigmoidPage``: what small changes make of a sigmoid neuron's output, and the sigmoid function itself."""

from digitpad.explore.chapter import Idea
from digitpad.explore.guesses import DELTA_Z
from digitpad.explore.task import Task
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.sigmoid.change import ChangeView
from digitpad.gui.explore.sigmoid.function import FunctionView
from digitpad.gui.services.ways import ToPage
from digitpad.gui.widgets.formula import DELTA, SIGMA


class SigmoidPage(Page):
    """A neuron whose output changes little when its weights do; the function that makes it so."""

    IDEA = Idea.SIGMOID
    TEXT = (
        f"A sigmoid neuron's output {SIGMA}(z) rises smoothly from 0 to 1, so that small changes {DELTA} of weights "
        "make a small change of the output, where a perceptron's stays or jumps. "
        "Press in the plane to choose the input, and turn the line z = 0 by its handles."
    )
    TASK = Task(
        f"in Small change, bring the perceptron just below its jump; then move a {DELTA}, none beyond 0.1, so that it "
        "jumps from 0 to 1 while the sigmoid neuron's output changes by less than 0.02.",
        f"The slope of {SIGMA} is at most ¼: its output changes by no more than a quarter of what z does. A perceptron "
        "jumps wherever z passes 0, however small the change; so nothing tells which way to go. Learning by small "
        "steps needs an output that is smooth, as the sigmoid is.",
    )
    WAYS = (
        (f"{SIGMA} in numbers", ToPage(Idea.SIGMOID, "Function")),
        ("How a small slope slows learning", ToPage(Idea.COST, "Slowdown")),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin far from the line, with a change of 0.1."""
        self.small, self.function = ChangeView(), FunctionView()
        super().__init__(shared, self.small, self.function)

    def _try(self) -> None:
        self.show_view("Small change")
        self.small.change_from_zero(DELTA_Z)
