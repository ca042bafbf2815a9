"""Functions that write the perceptron's rule with the numbers of the moment, by threshold and by bias.

Numbers stand with all the decimals that were typed: what decides is on which side of 0 a sum is, however near.
"""

from collections.abc import Sequence

from digitpad.explore.perceptron import Perceptron, exact
from digitpad.gui.widgets.formula import DOT, MINUS, letter, whole, whole_added

_W, _X, _B, _Z = letter("w"), letter("x"), letter("b"), letter("z")


def products(weights: Sequence[float], x: Sequence[int]) -> str:
    """Return w.x as a sum of products; for weights 2 and -1.5 and inputs 0 and 1: "2.00 · 0 − 1.50 · 1"."""
    first, *others = zip(weights, x, strict=True)
    return " ".join([f"{whole(first[0])} {DOT} {first[1]}", *(f"{whole_added(w)} {DOT} {bit}" for w, bit in others)])


def both_forms(perceptron: Perceptron, x: Sequence[int]) -> tuple[str, ...]:
    """Return the lines that apply equation 1, and then equation 2, to the inputs ``x``."""
    z = float(perceptron.weighted_input(x))
    total, threshold = float(exact(perceptron.weighted_input(x) - perceptron.bias)), perceptron.threshold
    output = int(z > 0)
    above = f"{'&gt;' if output else '≤'}"
    return (
        f"<b>By threshold</b> (equation 1)<br>{_W}{DOT}{_X} = {products(perceptron.weights, x)} = {whole(total)}<br>"
        f"{whole(total)} {above} {whole(threshold)}, the threshold: output <b>{output}</b>",
        f"<b>By bias</b> (equation 2): {_B} = {MINUS}threshold = {whole(perceptron.bias)}<br>"
        f"{_Z} = {_W}{DOT}{_X} + {_B} = {whole(total)} {whole_added(perceptron.bias)} = {whole(z)}<br>"
        f"{whole(z)} {above} 0: output <b>{output}</b>",
    )
