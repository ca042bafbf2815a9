"""``DeepPage``, the last: one question cut into smaller ones, and one hidden layer beside three."""

from digitpad.explore.chapter import Idea
from digitpad.explore.deep import THREE_LAYERS
from digitpad.gui.explore.deep.one_neuron import OneNeuron
from digitpad.gui.explore.deep.questions import Questions
from digitpad.gui.explore.deep.side_by_side import SideBySide
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.working import Slice, WorkingPage
from digitpad.gui.services.ways import ToBook, ToPage, ToTrain
from digitpad.train.recipe import Recipe

_CHAPTER_5 = "http://neuralnetworksanddeeplearning.com/chap5.html"


class DeepPage(WorkingPage):
    """What the neurons below an output ask for, and what more layers bring where nothing else changes."""

    IDEA = Idea.DEEP
    TEXT = (
        "A hard question can be cut into easier ones, and each of these again, until one can be answered from a few "
        "pixels. A network with many layers can do that: it is deep. See what one that learned makes of its questions."
    )
    TASK = SideBySide.TASK
    WAYS = (
        ("Train three hidden layers", ToTrain(Recipe(hidden=THREE_LAYERS))),
        ("Layers", ToPage(Idea.LAYERS)),
        ("Chapter 5: why deep networks are hard to train", ToBook(_CHAPTER_5)),
    )

    def __init__(self, shared: Shared) -> None:
        """Begin with the question whether it is a 9, and with no network trained."""
        self.questions, self.one_neuron = Questions(shared), OneNeuron(shared)
        self.side_by_side = SideBySide(shared.digits)
        super().__init__(shared, self.questions, self.one_neuron, self.side_by_side)
        for view in (self.questions, self.one_neuron):
            view.picked.connect(self._show_neuron)
        for changed in (shared.chosen.changed, shared.digits.changed, shared.session.seen_changed):
            changed.connect(self.update_soon)

    def _show_neuron(self, layer: int, neuron: int) -> None:
        self.one_neuron.choose(layer, neuron)
        self.show_view(self.one_neuron.NAME)
        self.one_neuron.choice.number.setFocus()  # what was picked from may be gone

    def _wanted(self) -> Slice | None:
        """Return what the view on show wants; networks that were begun learn on behind the others."""
        digits = self.shared.digits.current
        return super()._wanted() or (self.side_by_side.wanted(digits) if digits else None)
