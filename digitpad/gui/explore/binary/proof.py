"""Functions that write whether four neurons' bits are right for all old outputs that the exercise allows."""

import math

import numpy as np

from digitpad.gui.widgets.formula import DOT, MINUS, added, factor, letter, not_0, number
from digitpad.gui.words import a_digit
from digitpad.nn.binary import BIT_VALUES, OTHER, RIGHT, TARGETS, smallest_margin, worst_z
from digitpad.nn.neurons import Floats


def closing(weights: Floats, biases: Floats) -> str:
    """Return what is proved of all digits and bits together, or where it fails."""
    margin = smallest_margin(weights, biases)
    z = letter("z")
    if margin > 0:
        return f"In all of them |{z}| ≥ {not_0(margin)}: every bit is within {within(margin)} of 0 or 1."
    worst = worst_z(weights, biases)
    digit, neuron = np.unravel_index(int(np.argmin((2 * TARGETS - 1) * worst)), worst.shape)
    on = TARGETS[digit, neuron] > 0
    return (
        f"At worst bit {BIT_VALUES[neuron]} of {a_digit(int(digit))} has {z} = "
        f"{not_0(float(worst[digit, neuron]))}, and has to be {'above' if on else 'below'} 0."
    )


def worst_case(weights: Floats, biases: Floats, digit: int, neuron: int) -> str:
    """Return what z is at worst for a digit and bit, and whether that is good enough."""
    on = bool(TARGETS[digit, neuron])
    w, b = weights[neuron], float(biases[neuron])
    worst = float(worst_z(weights, biases)[digit, neuron])
    against = np.delete(w, digit)
    against = against[(against < 0) if on else (against > 0)]
    least = RIGHT if (w[digit] > 0) == on else 1.0
    good = worst > 0 if on else worst < 0
    return (
        f"At worst {letter('z')} {'≥' if on else '≤'} {number(least)} {DOT} {factor(float(w[digit]))} + "
        f"{OTHER} {DOT} {factor(float(against.sum()))} {added(b)} = <b>{not_0(worst)}</b>: "
        f"{'always right' if good else 'it can be wrong'}"
    )


def within(margin: float) -> str:
    """Return, rounded up, how far σ is from 0 or 1 at most where |z| is at least ``margin``, which is above 0."""
    error = 1 / (1 + math.exp(min(margin, 700)))
    if error >= 1e-5:
        digits = 1 - math.floor(math.log10(error))
        return number(math.ceil(error * 10**digits) / 10**digits, digits)
    return f"10<sup>{MINUS}{math.floor(margin / math.log(10))}</sup>"  # σ(-m) < e^-m
