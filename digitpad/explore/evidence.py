"""A decision that a perceptron makes by weighing three pieces of evidence, and in words what it comes to.

Source: *Neural Networks and Deep Learning*, chapter 1, "Perceptrons": the example of the three factors, with a question
of our own.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from digitpad.explore.perceptron import Perceptron, step

CASES = tuple(product((0, 1), repeat=3))  # what the three signs may be, in the order of a truth table

QUESTION = "Shall I take an umbrella?"


class Sign(NamedTuple):
    """A piece of evidence: what is the case where its input is 1, and where it is 0."""

    yes: str
    no: str


SIGNS = (
    Sign("it is raining", "it is not raining"),
    Sign("the sky is dark", "the sky is bright"),
    Sign("the forecast says rain", "the forecast says no rain"),
)
TAKING = Perceptron((4, 2, 2), -3)  # when it rains, or when both other signs are there

Condition = tuple[int | None, ...]  # what each input has to be; None where it does not matter


def decisions(perceptron: Perceptron) -> tuple[int, ...]:
    """Return the output of a perceptron of three inputs for each of ``CASES``."""
    return tuple(step(perceptron.weighted_input(CASES)).astype(int).tolist())


def conditions(table: Sequence[int]) -> list[Condition]:
    """Return the shortest conditions of which at least one holds where ``table`` (8 outputs) has 1, and only there.

    They are the prime implicants, those of the fewest inputs first. A perceptron's table needs all of them, as each of
    its inputs speaks only for or only against.
    """

    def holds_in(condition: Condition) -> set[int]:
        pairs = enumerate(CASES)
        return {i for i, case in pairs if all(want in (None, bit) for want, bit in zip(condition, case, strict=True))}

    ones = {i for i, output in enumerate(table) if output}
    sufficient = [condition for condition in product((None, 1, 0), repeat=3) if holds_in(condition) <= ones]
    shortest = [one for one in sufficient if not any(holds_in(one) < holds_in(other) for other in sufficient)]
    free = [tuple(want is None for want in condition) for condition in shortest]
    return [one for _, one in sorted(zip(((-sum(f), f) for f in free), shortest, strict=True))]


def in_words(table: Sequence[int]) -> str:
    """Return a sentence that says when the answer is yes."""
    found = conditions(table)
    if not found:
        return "Never."
    if found == [(None, None, None)]:
        return "Always, whatever the signs say."
    clauses = [
        " and ".join(
            sign.yes if want else sign.no for sign, want in zip(SIGNS, condition, strict=True) if want is not None
        )
        for condition in found
    ]
    return f"Yes if {', or if '.join(clauses)}; otherwise no."
