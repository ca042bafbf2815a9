"""``PerceptronPage``: a perceptron's line, a decision by three signs, and what is built of NANDs."""

from digitpad.explore.chapter import Idea
from digitpad.explore.guesses import LOWERED_NAND
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.perceptron.evidence import EvidenceView
from digitpad.gui.explore.perceptron.line import LineView
from digitpad.gui.explore.perceptron.nands import NandsView
from digitpad.gui.explore.views import Views
from digitpad.gui.services.ways import ToPage


class PerceptronPage(Page):
    """A perceptron of two inputs and its line; one of three that weighs evidence; circuits of many."""

    IDEA = Idea.PERCEPTRON
    TEXT = (
        "A perceptron weighs its inputs and fires, giving 1, when the weighted sum is above its threshold, or, what is "
        "the same, when the sum and its bias together are above 0. "
        "For two inputs these are the points on one side of a line: drag it, or turn it by its two handles."
    )
    TASK = "in Line, begin with OR and, by sliders or by the line, make it compute NAND."
    DONE = (
        "Where only (1, 1) gives 0, both weights are negative: each 1 counts against firing, and the bias outweighs "
        "one of them, not both. Five of these add two bits: see NANDs, with “Mine”."
    )
    WAYS = (
        ("Weigh evidence", ToPage(Idea.PERCEPTRON, "Evidence")),
        ("Add two bits", ToPage(Idea.PERCEPTRON, "NANDs")),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with OR."""
        super().__init__(shared)
        self.views = Views(
            self,
            ("Line", "A perceptron of two inputs, and the line between its outputs"),
            ("Evidence", "A decision by three signs"),
            ("NANDs", "What can be built of one kind of perceptron"),
        )
        columns = list(zip(self.views.pictures, self.views.controls, strict=True))
        self.line = LineView(*columns[0])
        self.evidence = EvidenceView(*columns[1])
        self.nands = NandsView(*columns[2], lambda: self.line.perceptron)
        self._parts = self.line, self.evidence, self.nands
        for part in self._parts:
            part.changed.connect(self.update_soon)
        self.line.made_nand.connect(self._done)
        self.views.idClicked.connect(self.update_soon)

    def show_view(self, name: str) -> None:
        """Show the view of this name."""
        self.views.show_named(name)

    def _try(self) -> None:
        self.show_view("Line")
        self.line.show_perceptron(LOWERED_NAND)

    def _update(self) -> None:
        self.formula.show_lines(*self._parts[self.views.checkedId()].show())
