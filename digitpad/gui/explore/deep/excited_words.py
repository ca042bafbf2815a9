"""What is said of the digits that excite a neuron most, and of all others: functions that return rich text."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Digits
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.exciting import Excited, InCommon
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.formula import letter, number
from digitpad.gui.words import a_digit, counted
from digitpad.nn.neurons import Floats

CAVEAT = (
    "Every neuron has its strongest digits, in an untrained network too: compare. That they are alike does not mean "
    "that it looks for what they show."
)
COLOURS = "Blue: ink there speaks for the neuron. Orange: against it."
MIXED = (
    "With layers in between it is a rough picture: their weights are mixed, and what their neurons do to a sum is left "
    "out."
)
_TEN = range(10)


def of_the_beginning(which: ChapterNetwork | None) -> str:
    """Return what of a network's pictures is left from its first weights, where that is known: of chapter 1's own."""
    if which is None:
        return ""
    if not which.epochs:
        return "It has learned nothing yet: all its weights are random."
    return "Speckles are of the random weights it began with; where no digit has ink these are still the same."


def head(excited: Excited) -> tuple[str, Floats]:
    """Return what stands above the digits, and the number that stands below each: where all fill it, that is z."""
    a = [number(float(one)) for one in excited.activations]
    if not a:
        return "", excited.activations
    many = f"The {len(a)} digits that excite it most" if len(a) != 1 else "The digit that excites it most"
    if len(a) > 1 and len(set(a)) == 1 and excited.z[0] != excited.z[-1]:
        return f"{many}. Its activation is {a[0]} for all of them; below each: {letter('z')}", excited.z
    return f"{many}; below each: its activation", excited.activations


def in_common(labels: NDArray[np.integer]) -> str:
    """Return the sentence that is true of just these digits."""
    common = InCommon.of(labels)
    if not common.total:
        return "There are no digits to look through."
    if common.total == 1:
        return f"<b>It shows {a_digit(common.digits[0])}.</b>"
    if common.digits:
        which = " or ".join(map(a_digit, common.digits))
        count = "All" if common.count == common.total else f"{common.count} of these"
        return f"<b>{count} {common.total} show {which}.</b>"
    often = "each once" if common.count == 1 else f"none of them more than {_times(common.count)}"
    return f"<b>These {common.total} show {common.kinds} different digits, {often}.</b>"


def fires(excited: Excited, labels: NDArray[np.integer], digits: Digits) -> str:
    """Return for how many of all digits that were looked through it fires, and for which."""
    total, firing = int(excited.looked_at.sum()), int(excited.fires.sum())
    if not total:
        return ""
    if not np.isfinite(excited.z).all():
        return "But its sums are beyond all numbers: their order says nothing."
    name, there = escape(breakable(digits.name)), len(digits.training)
    of_all = f"{counted(total, 'training digit')} of {name}" + (f" ({there:,} in all)" if there > total else "")
    z = f"{letter('z')} > 0"
    if firing in (0, total):
        return f"Of {of_all} it fires ({z}) for {'all, whatever they show' if firing else 'none'}."
    common = InCommon.of(labels).digits
    told = f"Of {of_all} it fires ({z}) for {_percent(firing / total)}"
    mine, others = excited.share(common), excited.share(tuple(digit for digit in _TEN if digit not in common))
    if mine is not None and others is not None:
        told += f": for {_percent(mine)} of the {_plural(common)} and {_percent(others)} of the others"
    shares = {digit: share for digit in _TEN if (share := excited.share((digit,))) is not None}
    most = max(shares, key=lambda digit: (shares[digit], digit in common))
    if most not in common:
        told += f". It does so most often for the {_plural((most,))}: {_percent(shares[most])}"
    return f"{told}."


def _times(n: int) -> str:
    return "once" if n == 1 else "twice" if n == 2 else f"{n} times"


def _plural(digits: tuple[int, ...]) -> str:
    return " and ".join(f"{digit}s" for digit in digits)


def _percent(share: float) -> str:
    return f"{number(100 * share, 1)}&nbsp;%"
