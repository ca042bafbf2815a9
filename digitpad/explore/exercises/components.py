"""Equation 22 in components, and why it is the rule of a sigmoid neuron."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

# Of the example: w leads from two neurons to two, so that its transpose fits, too, and gives something else.
W, A, B = ((1.0, -2.0), (3.0, 0.5)), (1.0, 0.5), (0.25, -1.0)
Z_2 = sum(w * a for w, a in zip(W[1], A, strict=True)) + B[1]  # 3 + 0.25 - 1
_TRANSPOSED = sum(row[1] * a for row, a in zip(W, A, strict=True)) + B[1]  # -2 + 0.25 - 1
_MINUS_B = Z_2 - 2 * B[1]

_FORM = Choose(
    "Which is equation 22, <i>a</i>′ = σ(<i>wa</i> + <i>b</i>), for neuron j alone? Each sum "
    "goes over k, the neurons before; indices are in brackets.",
    (
        ("a′[j] = σ(Σ w[j,k] a[k] − b[j])", Verdict(
            False,
            "A known mistake, “minus b”. The exponent of equation 4 has the minus: exp(−Σ <i>w x</i> − <i>b</i>) is "
            "exp(−<i>z</i>), so <i>z</i> = Σ <i>w x</i> + <i>b</i>: both change their sign, not the sum alone.",
        )),
        ("a′[j] = σ(Σ w[k,j] a[k] + b[j])", Verdict(
            False,
            "A known mistake, “w transposed”. The first index of <i>w</i><sub>jk</sub> is the row, and row j "
            "belongs to "
            "the neuron j to which the weights lead. This is the transpose of <i>w</i> times <i>a</i>.",
        )),
        ("a′[j] = σ(Σ w[j,k] a[k] + b[k])", Verdict(
            False, "The bias belongs to the neuron that adds up, j; here each neuron k before would bring one along."
        )),
        ("a′[j] = σ(Σ w[j,k] a[k] + b[j])", Verdict(
            True, "Row j of <i>w</i> times the column <i>a</i>, plus entry j of <i>b</i>, and σ of that."
        )),
    ),
)  # fmt: skip
_ORDER = Choose(
    "Why is the weight from neuron k to neuron j called w[j,k], and not w[k,j]?",
    (
        ("It is a habit without a reason; w·a would be the same.", Verdict(
            False, "It would not: with <i>w</i><sub>kj</sub> one has to write the transpose of <i>w</i> times <i>a</i>."
        )),
        ("So that w times the column a has in its row j just the sum that neuron j needs.", Verdict(
            True,
            "A product of a matrix and a column takes rows: (<i>wa</i>)<sub>j</sub> = Σ<sub>k</sub> "
            "<i>w</i><sub>jk</sub> "
            "<i>a</i><sub>k</sub>. With the other order every equation would have a transpose.",
        )),
        ("Because signals go from j to k.", Verdict(False, "They go from k, in the layer before, to j.")),
    ),
)  # fmt: skip


def _check(value: float) -> Verdict:
    if abs(value - Z_2) < 1e-6:
        return Verdict(True, "Row 2 times the column: 3 · 1 + 0.5 · 0.5 + (−1) = 2.25.")
    if abs(value - _TRANSPOSED) < 1e-6:
        return Verdict(False, "That is column 2 of <i>w</i>, −2 · 1 + 0.5 · 0.5 − 1: “w transposed”. Take row 2.")
    if abs(value - _MINUS_B) < 1e-6:
        return Verdict(False, "“Minus b”: <i>b</i><sub>2</sub> = −1 is added, not taken away.")
    if abs(value - (Z_2 - B[1])) < 1e-6:
        return Verdict(False, "The bias <i>b</i><sub>2</sub> = −1 is still to be added.")
    return Verdict(False, "Row 2 of <i>w</i>, number by number times <i>a</i>; then add <i>b</i><sub>2</sub>.")


COMPONENTS = Exercise(
    key="components",
    title="equation 22 in components",
    address=f"{BOOK}#exercise_717502",
    question=(
        "Equation 22, <i>a</i>′ = σ(<i>wa</i> + <i>b</i>), gives all activations of a layer at once. Write "
        "it out for a "
        "single neuron, and see that it is the rule of a sigmoid neuron, equation 4."
    ),
    answers=(
        _FORM,
        _ORDER,
        Number(
            "The matrix <i>w</i> has the rows (1, −2) and (3, 0.5), the column <i>a</i> is 1, 0.5, and "
            "<i>b</i> is 0.25, "
            "−1. What is <i>z</i><sub>2</sub>?",
            _check,
        ),
    ),
    steps=(
        "Let the layer before have <i>K</i> neurons, counted by k, and this one <i>J</i>, counted by j. <i>a</i> is a "
        "column of <i>K</i> numbers, <i>b</i> one of <i>J</i>, and <i>w</i> has <i>J</i> rows of <i>K</i>: one row for "
        "each neuron of this layer.",
        "Entry j of a product of a matrix and a column is row j times the column: (<i>wa</i>)<sub>j</sub> = "
        "Σ<sub>k</sub> <i>w</i><sub>jk</sub> <i>a</i><sub>k</sub>.",
        "Columns are added entry by entry: (<i>wa</i> + <i>b</i>)<sub>j</sub> = Σ<sub>k</sub> <i>w</i><sub>jk</sub> "
        "<i>a</i><sub>k</sub> + <i>b</i><sub>j</sub>.",
        "σ is applied to each entry by itself: <i>a</i>′<sub>j</sub> = σ(Σ<sub>k</sub> <i>w</i><sub>jk</sub> "
        "<i>a</i><sub>k</sub> + <i>b</i><sub>j</sub>).",
        "Now let j stand still. The numbers <i>w</i><sub>j1</sub>, ..., <i>w</i><sub>jK</sub> are the weights of one "
        "neuron, <i>b</i><sub>j</sub> its bias, <i>a</i> its inputs: with σ(<i>z</i>) = 1/(1 + "
        "e<sup>−<i>z</i></sup>) this is "
        "1/(1 + exp(−Σ<sub>k</sub> <i>w</i><sub>jk</sub> <i>a</i><sub>k</sub> − <i>b</i><sub>j</sub>)), word for word "
        "equation 4 with <i>x</i> = <i>a</i>.",
        "In that exponent both signs are minus, as −<i>z</i> is −Σ − <i>b</i>. In <i>z</i> itself both are plus.",
    ),
)
