"""What both views of the valley write: vectors, and equation 7 with its numbers."""

from digitpad.gui.widgets.formula import DELTA, DOT, letter
from digitpad.gui.widgets.graph import fine, plain, plain_factor
from digitpad.nn.neurons import Floats


def vector(v: Floats) -> str:
    """Return ``v`` (2,) as a pair."""
    return f"({plain(float(v[0]))}, {plain(float(v[1]))})"


def two_terms(gradient: Floats, change: Floats) -> str:
    """Return equation 7 for a ``gradient`` (2,) and a ``change`` (2,), as rich text."""
    c = letter("C")
    terms = [f"∂{c}/∂{letter('v', i)} {DELTA}{letter('v', i)}" for i in (1, 2)]
    numbers = [
        f"{plain_factor(g)} {DOT} {plain_factor(d)}" for g, d in zip(gradient.tolist(), change.tolist(), strict=True)
    ]
    return f"{DELTA}{c} ≈ {' + '.join(terms)}<br>&nbsp;&nbsp;= {' + '.join(numbers)} = {fine(float(gradient @ change))}"
