"""Functions that write what a neuron does with its inputs: the sum z term by term, and what becomes of it."""

from collections.abc import Callable

from digitpad.explore.layers import Components
from digitpad.gui.widgets.formula import MINUS, SIGMA, letter, number
from digitpad.gui.widgets.matrices import columns

_COLUMNS = 92, 54, 44, 54  # pixels: fixed, or they would move with the numbers


def rule(activation: str) -> str:
    """Return how the function of neurons with this ``activation`` is written."""
    return SIGMA if activation == "sigmoid" else activation


def written_rule(activation: str, left: str) -> str:
    """Return the rule of such neurons with ``left`` before the first =, which names what comes of it."""
    z = letter("z")
    ways = {"sigmoid": f" = 1 / (1 + {letter('e', power=f'{MINUS}<i>z</i>')})", "relu": f" = max(0, {z})"}
    return f"{left} = {rule(activation)}({z}){ways.get(activation, '')}"


def sum_in_columns(made: Components, named: Callable[[int], str], most: int = 0, neuron: str = "") -> str:
    """Return weight, input and product of the largest terms, row by row, then the other terms, the bias and z.

    ``named`` gives the name of an input. With ``most`` there is room for so many terms however few there are, so that
    nothing below moves. With ``neuron``, its number, the letters have that as their first index.
    """
    weight, of = (f"{neuron},k", neuron) if neuron else ("k", None)
    rows: list[tuple[str | float, ...]] = [
        ("", letter("w", weight), letter("a", "k"), f"{letter('w', weight)}{letter('a', 'k')}")
    ]
    for k, w, a, term in zip(made.largest, made.weights, made.inputs, made.terms, strict=True):
        rows.append((named(int(k)), number(w, 3), a, term))
    rows += [("", "", "", "")] * (most - len(made.largest))
    if made.others:
        rows.append((f"{made.others:,} {'others' if len(made.largest) else 'inputs'}", "", "", made.rest))
    elif most:
        rows.append(("", "", "", ""))
    rows.append((f"bias {letter('b', of)}", "", "", made.bias))
    rows.append((f"sum {letter('z', of)}", "", "", f"<b>{number(made.z)}</b>"))
    return columns(rows, _COLUMNS)
