"""Which lines of the book's program, ``digitpad.nn.book``, each idea is about, and the shapes of what is in them."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
from typing import Any

from digitpad.explore.chapter import Idea
from digitpad.nn import book
from digitpad.nn.book import Network


@dataclass(frozen=True)
class Part:
    """The lines of a function or class, ``of``; or only from the one that has ``first`` in it to one with ``last``."""

    of: Callable[..., Any]
    first: str = ""
    last: str = ""

    @property
    def source(self) -> str:
        """The lines as they stand in the file, from its left margin."""
        lines = dedent(inspect.getsource(self.of)).splitlines()
        if self.first:
            begin = next(i for i, line in enumerate(lines) if self.first in line)
            end = next(i for i, line in enumerate(lines) if i >= begin and self.last in line)
            lines = dedent("\n".join(lines[begin : end + 1])).splitlines()
        return "\n".join(lines)


CODE: dict[Idea, tuple[Part, ...]] = {
    Idea.SIGMOID: (Part(book.sigmoid), Part(book.sigmoid_prime)),
    Idea.LAYERS: (Part(Network.__init__), Part(Network.feedforward)),
    Idea.COST: (Part(Network.cost_derivative), Part(Network.backprop, "# BP1", "# BP4")),
    Idea.VALLEY: (Part(Network.update_mini_batch),),
    Idea.DESCENT: (Part(Network.update_mini_batch, "self.weights = [", "self.biases = ["),),
    Idea.MINI_BATCHES: (Part(Network.SGD), Part(Network.update_mini_batch)),
    Idea.SUMMARY: (Part(Network), Part(book.sigmoid), Part(book.sigmoid_prime)),
}


def code_of(idea: Idea) -> str:
    """Return the lines that ``idea`` is about, "" where there are none."""
    return "\n\n".join(part.source for part in CODE.get(idea, ()))


def has_layers(idea: Idea) -> bool:
    """Return whether those lines have a network's layers in them."""
    return any(part.of.__qualname__.startswith(Network.__qualname__) for part in CODE.get(idea, ()))


def shapes_of(sizes: Sequence[int]) -> list[tuple[str, ...]]:
    """Return of the input and of each layer what has which shape: rows such as ("weights[0] (30, 784)", ...).

    ``sizes`` are those of the network; shapes are the book's, with a column for each input.
    """
    rows: list[tuple[str, ...]] = [("", "", f"x {(sizes[0], 1)}")]
    for layer, (below, above) in enumerate(pairwise(sizes)):
        rows.append((f"weights[{layer}] {(above, below)}", f"biases[{layer}] {(above, 1)}", f"a {(above, 1)}"))
    return rows
