"""``CostPage``: what digits cost a network; the count in its place; a neuron that learns slowly."""

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.cost.counting import Counting
from digitpad.gui.explore.cost.five_digits import FiveDigits
from digitpad.gui.explore.cost.slowdown import Slowdown
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.working import WorkingPage
from digitpad.gui.services.ways import ToPage, ToTrain
from digitpad.gui.widgets.formula import SIGMA
from digitpad.train.recipe import Recipe


class CostPage(WorkingPage):
    """What five digits cost and why, and why not to count instead; a neuron that is to unlearn a wrong answer."""

    IDEA = Idea.COST
    TEXT = (
        "The quadratic cost adds up the squares of the differences between wanted outputs y and outputs a: it is 0 "
        "only where all are as wanted, and it follows even small changes of the weights, while a count of right "
        "answers mostly stays, and so does not tell which way to go. Slowdown is of the book’s chapter 3: the factor "
        f"{SIGMA}′(z) makes a saturated neuron learn slowly, unlike from the cross-entropy."
    )
    TASK = Counting.TASK
    MORE_TASKS = (Slowdown.TASK,)
    WAYS = (
        ("Make this cost small by training", ToTrain(Recipe())),
        ("How it is made small", ToPage(Idea.DESCENT)),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with five digits of the test set."""
        self.five_digits, self.counting, self.slowdown = FiveDigits(shared.chosen), Counting(shared.chosen), Slowdown()
        super().__init__(shared, self.five_digits, self.counting, self.slowdown)
        shared.chosen.changed.connect(self.turn)
        shared.chosen.changed.connect(self.update_soon)
