"""Sigmoid neurons simulating perceptrons, part II: the limit of large c, and how it can fail."""

from math import exp

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

_Z, _C = -2.0, 5.0
_BOUND = exp(-_C * abs(_Z))

_SIGN = Choose(
    "A sigmoid neuron gives 1/(1 + exp(−Σ<sub><i>j</i></sub> <i>w<sub>j</sub>x<sub>j</sub></i> − <i>b</i>)). "
    "What is <i>z</i>, if that is <i>σ</i>(<i>z</i>) = 1/(1 + <i>e</i><sup>−<i>z</i></sup>)?",
    (
        (
            "w·x − b",
            Verdict(
                False,
                "A known mistake, “<i>z</i> = <i>w</i>·<i>x</i> − <i>b</i>”: the minus of <i>e</i><sup>−<i>z</i></sup> "
                "is before both terms: −<i>w</i>·<i>x</i> − <i>b</i> = −(<i>w</i>·<i>x</i> + <i>b</i>).",
            ),
        ),
        ("w·x + b", Verdict(True, "−<i>w</i>·<i>x</i> − <i>b</i> = −(<i>w</i>·<i>x</i> + <i>b</i>) = −<i>z</i>.")),
        ("−w·x − b", Verdict(False, "That is −<i>z</i>, what <i>e</i> is raised to.")),
    ),
)
_NEXT = Choose(
    "After the first layer the outputs are only nearly 0 and 1, and the next layer multiplies by <i>c</i>, too. Why is "
    "the next sum right all the same as <i>c</i> grows?",
    (
        (
            "The outputs of the first layer are exactly 0 and 1.",
            Verdict(
                False,
                "A known mistake, “the limit is reached”: for no <i>c</i> is <i>σ</i>(<i>cz</i>) exactly 0 or 1, and "
                "what is missing is multiplied by <i>c</i>.",
            ),
        ),
        (
            "A sigmoid neuron's output is never above 1, so that errors cannot grow.",
            Verdict(False, "That bounds the outputs. The sum that comes next has the factor <i>c</i>, and no bound."),
        ),
        (
            "What is missing falls like e^(−c|z|), faster than c grows: their product goes to 0.",
            Verdict(
                True,
                "The sum is off by at most <i>c</i> Σ<sub><i>k</i></sub> |<i>w<sub>k</sub></i>| "
                "<i>e</i><sup>−<i>c</i>|<i>z<sub>k</sub></i>|</sup>, which goes to 0.",
            ),
        ),
    ),
)


def _check_bound(value: float) -> Verdict:
    if abs(value / _BOUND - 1) < 0.02:
        return Verdict(
            True, f"<i>e</i><sup>−10</sup> = {_BOUND:.7f}: <i>σ</i>(−10) lies between 0 and that, and the step is at 0."
        )
    if abs(value * _BOUND - 1) < 0.02:
        return Verdict(
            False, "That is <i>e</i><sup>10</sup>: the exponent is −<i>c</i>|<i>z</i>|, negative for every z."
        )
    if abs(value / exp(-abs(_Z)) - 1) < 0.02:
        return Verdict(False, "That is <i>e</i><sup>−2</sup>, without <i>c</i>.")
    return Verdict(False, "Put <i>c</i> = 5 and |<i>z</i>| = 2 into <i>e</i><sup>−<i>c</i>|<i>z</i>|</sup>.")


def _check_zero(value: float) -> Verdict:
    if value == 0.5:
        return Verdict(True, "<i>σ</i>(<i>c</i> · 0) = 1/(1 + 1) = ½ for every <i>c</i>; the perceptron gives 0.")
    if value == 0:
        return Verdict(
            False,
            "A known mistake, “<i>w</i>·<i>x</i> + <i>b</i> ≤ 0 gives about 0”: below 0 it does. At exactly 0 no "
            "factor makes anything of the sum, and <i>e</i><sup>−0</sup> = 1.",
        )
    return Verdict(False, "The sum stays 1000 · 0 = 0. What is 1/(1 + <i>e</i><sup>−0</sup>)?")


SIMULATING_SECOND = Exercise(
    key="simulating-second",
    title="sigmoid neurons simulating perceptrons, part II",
    address=f"{BOOK}#exercises_191892",
    question=(
        "The input of a network of perceptrons is fixed, and for it no perceptron has <i>w</i>·<i>x</i> + <i>b</i> = "
        "0. All perceptrons become sigmoid neurons, and all weights and biases are multiplied by <i>c</i> &gt; 0. Show "
        "that as <i>c</i> → ∞ the network behaves as the perceptrons do. How can that fail where one has "
        "<i>w</i>·<i>x</i> + <i>b</i> = 0?"
    ),
    answers=(
        _SIGN,
        Number(
            "A neuron has <i>z</i> = −2, and <i>c</i> = 5. Its output differs from the step by at most "
            "<i>e</i><sup>−<i>c</i>|<i>z</i>|</sup>. What is that?",
            _check_bound,
        ),
        _NEXT,
        Number(
            "Where <i>w</i>·<i>x</i> + <i>b</i> = 0, what does the sigmoid neuron give at <i>c</i> = 1000?", _check_zero
        ),
    ),
    steps=(
        "<b>One neuron, <i>z</i> &gt; 0.</b> The step is 1, and 1 − <i>σ</i>(<i>cz</i>) = "
        "<i>e</i><sup>−<i>cz</i></sup>/(1 + <i>e</i><sup>−<i>cz</i></sup>) &lt; "
        "<i>e</i><sup>−<i>c</i>|<i>z</i>|</sup>.",
        "<b>One neuron, <i>z</i> &lt; 0.</b> The step is 0, and <i>σ</i>(<i>cz</i>) = 1/(1 + "
        "<i>e</i><sup><i>c</i>|<i>z</i>|</sup>) &lt; <i>e</i><sup>−<i>c</i>|<i>z</i>|</sup>. Either way "
        "|<i>σ</i>(<i>cz</i>) − step(<i>z</i>)| ≤ <i>e</i><sup>−<i>c</i>|<i>z</i>|</sup>, which goes to 0. So the "
        "first layer, whose inputs are fixed, gives in the limit what the perceptrons give.",
        "<b>The next layer</b> gets inputs that are off by at most "
        "<i>e</i><sup>−<i>c</i>|<i>z<sub>k</sub></i>|</sup> each. Its sum is then off the perceptrons’ <i>cz</i> by at "
        "most <i>d</i> = <i>c</i> Σ<sub><i>k</i></sub> |<i>w<sub>k</sub></i>| "
        "<i>e</i><sup>−<i>c</i>|<i>z<sub>k</sub></i>|</sup>.",
        "<b>The factor <i>c</i> does no harm:</b> <i>c</i> <i>e</i><sup>−<i>c</i>|<i>z</i>|</sup> → 0 for |<i>z</i>| "
        "&gt; 0, as an exponential outgrows any power. So <i>d</i> → 0, and the output is off by at most "
        "<i>e</i><sup><i>d</i> − <i>c</i>|<i>z</i>|</sup>, which goes to 0, too.",
        "<b>From layer to layer.</b> That bound again falls exponentially, so the same holds for the next layer, up to "
        "the outputs. There are finitely many neurons, and the least |<i>z</i>| of them is above 0.",
        "<b>Where <i>z</i> = 0</b> the neuron gives <i>σ</i>(0) = ½ for every <i>c</i>, its perceptron 0. What it "
        "feeds then gets a half in place of 0, times a weight that grows with <i>c</i>: it may end on the wrong side, "
        "or again at ½. The page shows an input for each.",
    ),
)
