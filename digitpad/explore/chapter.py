"""How chapter 1 goes: its ``Section``s, where each is in the book, and the ``Idea``s that have a page here, in order.

The book is *Neural Networks and Deep Learning* by Michael Nielsen.
"""

from enum import Enum

BOOK = "http://neuralnetworksanddeeplearning.com/chap1.html"


class Section(Enum):
    """A section of the chapter by its title."""

    PERCEPTRONS = "Perceptrons"
    SIGMOID_NEURONS = "Sigmoid neurons"
    ARCHITECTURE = "The architecture of neural networks"
    SIMPLE_NETWORK = "A simple network to classify handwritten digits"
    GRADIENT_DESCENT = "Learning with gradient descent"
    IMPLEMENTING = "Implementing our network to classify digits"
    DEEP_LEARNING = "Toward deep learning"

    @property
    def address(self) -> str:
        """Where it begins in the book, as an address with an anchor."""
        return f"{BOOK}#{self.value.lower().replace(' ', '_')}"


class Idea(Enum):
    """An idea of the chapter that has a page, by the page's title; what is remembered of a page goes by that, too."""

    PERCEPTRON = "Perceptron"
    SIGMOID = "Sigmoid neuron"
    SIMULATING = "Simulating perceptrons"
    LAYERS = "Layers"
    BINARY = "Binary output"
    COST = "Cost"
    VALLEY = "Descent: two variables"
    DESCENT = "Descent: one variable"
    MINI_BATCHES = "Mini-batches"
    SUMMARY = "Summary"
    DEEP = "Toward deep learning"

    @property
    def title(self) -> str:
        """What its page is called."""
        return self.value

    @property
    def section(self) -> Section:
        """The section of the chapter that it is from."""
        return _SECTIONS[self]


_SECTIONS = {
    Idea.PERCEPTRON: Section.PERCEPTRONS,
    Idea.SIGMOID: Section.SIGMOID_NEURONS,
    Idea.SIMULATING: Section.SIGMOID_NEURONS,
    Idea.LAYERS: Section.ARCHITECTURE,
    Idea.BINARY: Section.SIMPLE_NETWORK,
    Idea.COST: Section.GRADIENT_DESCENT,
    Idea.VALLEY: Section.GRADIENT_DESCENT,
    Idea.DESCENT: Section.GRADIENT_DESCENT,
    Idea.MINI_BATCHES: Section.GRADIENT_DESCENT,
    Idea.SUMMARY: Section.IMPLEMENTING,
    Idea.DEEP: Section.DEEP_LEARNING,
}
