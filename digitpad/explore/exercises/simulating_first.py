"""Sigmoid neurons simulating perceptrons, part I: a network of perceptrons whose weights and biases all grow c-fold."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

_SUM = Choose(
    "A neuron of the first layer has <i>z</i> = <i>w</i>·<i>x</i> + <i>b</i>. What has it after the multiplication?",
    (
        ("c (w·x + b) = cz", Verdict(True, "Both terms have the factor, and the inputs are what they were.")),
        (
            "c w·x + b",
            Verdict(
                False,
                "A known mistake, “the bias is no weight”: all weights <i>and biases</i> are multiplied. With the bias "
                "as it was the line <i>w</i>·<i>x</i> + <i>b</i> = 0 would move.",
            ),
        ),
        (
            "c (w·x − b)",
            Verdict(
                False,
                "A known mistake, “<i>z</i> = <i>w</i>·<i>x</i> − <i>b</i>”: the rule is <i>w</i>·<i>x</i> + <i>b</i> "
                "&gt; 0. It is the threshold that is taken away, and <i>b</i> is minus the threshold.",
            ),
        ),
        ("w·x + b, as before", Verdict(False, "The sum does change; what does not is its sign.")),
    ),
)
_LAYERS = Choose(
    "So the first layer gives what it gave. Why does the whole network?",
    (
        (
            "All its neurons are alike, so what is true of one is true of the network.",
            Verdict(
                False,
                "A known mistake, “one neuron is the network”: the argument for one took its inputs to be the same. "
                "For a later neuron these are outputs of others, of which that must be shown first.",
            ),
        ),
        (
            "Its outputs are multiplied by c in each layer, by the same for all neurons.",
            Verdict(False, "Outputs are 0 or 1 and are not multiplied: the step looks at the sign of the sum alone."),
        ),
        (
            "The next layer gets the same 0s and 1s as before, so the same argument holds for it, and so on.",
            Verdict(True, "That is induction: layer by layer, up to the outputs."),
        ),
    ),
)


def _check(value: float) -> Verdict:
    if value == 0:
        return Verdict(True, "1000 · (−0.4) = −400, which is no more above 0 than −0.4 is.")
    if value == -400:
        return Verdict(False, "That is the sum <i>cz</i>. A perceptron gives 1 where it is above 0, and else 0.")
    return Verdict(False, "What is the sign of 1000 · (−0.4)? A perceptron gives 1 only where the sum is above 0.")


SIMULATING_FIRST = Exercise(
    key="simulating-first",
    title="sigmoid neurons simulating perceptrons, part I",
    address=f"{BOOK}#exercises_191892",
    question=(
        "All weights and biases of a network of perceptrons are multiplied by the same constant <i>c</i> &gt; 0. Show "
        "that the network behaves as before."
    ),
    answers=(
        _SUM,
        Number("With <i>w</i>·<i>x</i> + <i>b</i> = −0.4, what does the perceptron give at <i>c</i> = 1000?", _check),
        _LAYERS,
    ),
    steps=(
        "<b>One neuron.</b> With the inputs <i>x</i> it had <i>z</i> = <i>w</i>·<i>x</i> + <i>b</i>. Now it has "
        "(<i>cw</i>)·<i>x</i> + <i>cb</i> = <i>c</i> (<i>w</i>·<i>x</i> + <i>b</i>) = <i>cz</i>.",
        "<b>Its sign.</b> As <i>c</i> &gt; 0, <i>cz</i> &gt; 0 just where <i>z</i> &gt; 0, and <i>cz</i> ≤ 0 where "
        "<i>z</i> ≤ 0, also where <i>z</i> is exactly 0. So with the same inputs it gives the same output.",
        "<b>The first layer.</b> Its inputs are those of the network, which are the same. So all its outputs are.",
        "<b>From layer to layer.</b> If the outputs of a layer are the same, so are the inputs of the next one, and by "
        "the first two steps its outputs. So those of every layer are, and those of the network.",
        "<b>Why <i>c</i> &gt; 0?</b> With <i>c</i> = 0 every sum would be 0 and every neuron off; with <i>c</i> &lt; 0 "
        "each sum would change its sign.",
    ),
)
