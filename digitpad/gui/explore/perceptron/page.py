"""``PerceptronPage``: a perceptron's line, a decision by three signs, and what is built of NANDs."""

from digitpad.explore.chapter import Idea
from digitpad.explore.guesses import LOWERED_NAND
from digitpad.explore.task import Task
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.perceptron.evidence import EvidenceView
from digitpad.gui.explore.perceptron.line import LineView
from digitpad.gui.explore.perceptron.nands import NandsView
from digitpad.gui.services.ways import ToPage


class PerceptronPage(Page):
    """A perceptron of two inputs and its line; one of three that weighs evidence; circuits of many."""

    IDEA = Idea.PERCEPTRON
    TEXT = (
        "A perceptron weighs its inputs and fires, giving 1, when the weighted sum is above its threshold, or, what is "
        "the same, when the sum and its bias together are above 0. "
        "For two inputs these are the points on one side of a line: drag it, or turn it by its two handles."
    )
    TASK = Task(
        "in Line, begin with OR and, by sliders or by the line, make it compute NAND.",
        "Where only (1, 1) gives 0, both weights are negative: each 1 counts against firing, and the bias outweighs "
        "one of them, not both. Five of these add two bits: see NANDs, with “Mine”.",
    )
    WAYS = (
        ("Weigh evidence", ToPage(Idea.PERCEPTRON, "Evidence")),
        ("Add two bits", ToPage(Idea.PERCEPTRON, "NANDs")),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with OR."""
        self.line, self.evidence = LineView(), EvidenceView()
        self.nands = NandsView(self.line)
        super().__init__(shared, self.line, self.evidence, self.nands)

    def _try(self) -> None:
        self.show_view("Line")
        self.line.show_perceptron(LOWERED_NAND)
