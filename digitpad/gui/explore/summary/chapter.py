"""The chapter in a line or two for each idea, ``CHAPTER``: what it says, and its formula, both rich text of our own."""

from typing import NamedTuple

from digitpad.explore.chapter import Idea
from digitpad.gui.widgets.formula import DELTA, DOT, ETA, MINUS, NABLA, SIGMA, dot, letter, norm


class Said(NamedTuple):
    """What an idea says in a sentence, and in a ``formula``."""

    words: str
    formula: str


_C, _V, _Z, _W, _X, _B, _A, _Y = (letter(name) for name in "Cvzwxbay")
_GRADIENT = f"{NABLA}{_C}"

CHAPTER: dict[Idea, Said] = {
    Idea.PERCEPTRON: Said(
        "Weighs evidence and decides. NAND is one, so networks of them can compute any table of 0 and 1.",
        f"output = 1 if {_W}{DOT}{_X} + {_B} &gt; 0, else 0; &nbsp;{_B} = {MINUS}threshold",
    ),
    Idea.SIGMOID: Said(
        "The same, made smooth: small changes of weights and bias change the output a little. So it can learn.",
        f"{SIGMA}({_Z}) = 1 / (1 + {letter('e', power=f'{MINUS}z')}), &nbsp;{_Z} = {_W}{DOT}{_X} + {_B}",
    ),
    Idea.SIMULATING: Said(
        "Weights and biases times a number c &gt; 0: perceptrons decide as before, and sigmoid neurons come to do as "
        f"they do when c grows, unless {_Z} is 0.",
        f"|{SIGMA}({letter('c')}{_Z}) {MINUS} step({_Z})| ≤ {letter('e', power=f'{MINUS}c|z|')} &nbsp;for {_Z} ≠ 0",
    ),
    Idea.LAYERS: Said(
        "Each layer weighs what the one before gives out.",
        f"{_A}′ = {SIGMA}({_W}{_A} + {_B})",
    ),
    Idea.BINARY: Said(
        "Four more neurons make bits of the ten outputs: weights can be found by thinking, too.",
        f"{_W} = 10 where the digit has the bit, {MINUS}10 where it has not: |{_Z}| ≥ 9.1, where the outputs are "
        "as sure as the exercise says",
    ),
    Idea.COST: Said(
        "How wrong the network is, in one number that follows even small changes of the weights, as a count of right "
        "answers does not.",
        f"{_C} = 1/(2{letter('n')}) Σ<sub>{_X}</sub> {norm(f'{_Y}({_X}) {MINUS} {_A}')}²",
    ),
    Idea.VALLEY: Said(
        "Of all small steps of one length, the one against the gradient leads down most.",
        f"{DELTA}{_C} ≈ {dot(_GRADIENT, DELTA + _V)}; &nbsp;{DELTA}{_V} = {MINUS}{ETA}{_GRADIENT} "
        f"gives {DELTA}{_C} ≈ {MINUS}{ETA}{norm(_GRADIENT)}² ≤ 0",
    ),
    Idea.DESCENT: Said(
        "In one variable it slides down the tangent; with a step that is too long, it climbs the other side.",
        f"{_X} → {_X} {MINUS} {ETA} d{_C}/d{_X}",
    ),
    Idea.MINI_BATCHES: Said(
        "A few images tell roughly where down is: many cheap steps in place of one dear one.",
        f"{_GRADIENT} ≈ 1/{letter('m')} Σ<sub>{letter('j')}</sub> {_GRADIENT}<sub>{letter('X')}{letter('j')}</sub>",
    ),
    Idea.SUMMARY: Said(
        "All of it together is a program that learns to read: the book’s has 74 lines, and reads 95 of 100 digits.",
        f"{_W} → {_W} {MINUS} {ETA}/{letter('m')} Σ<sub>{letter('j')}</sub> "
        f"∂{_C}<sub>{letter('X')}{letter('j')}</sub>/∂{_W}, "
        f"&nbsp;{_B} likewise",
    ),
    Idea.DEEP: Said(
        "A hard question is cut into easier ones, and these again, layer by layer.",
        "sophisticated algorithm ≤ simple learning algorithm + good training data",
    ),
}
