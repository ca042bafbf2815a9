"""The extra layer that turns ten outputs into four bits: weights, and why they are enough."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict

_BIT_2 = Choose(
    "The neuron for the bit worth 2 gets the weight 10 from some old outputs, and −10 from the others. From which does "
    "it get 10?",
    (
        ("2 and 3", Verdict(
            False,
            "A known mistake, “rows 6 and 7”: 6 = 4 + 2 and 7 = 4 + 2 + 1 have this bit, too. Without it 6 reads "
            "0100, which is 4, and 7 reads 0101, which is 5.",
        )),
        ("2, 3, 6 and 7", Verdict(
            True, "0010, 0011, 0110 and 0111: these four have a 1 in that place, the others a 0."
        )),
        ("2 alone", Verdict(
            False, "Then it would fire for the digit 2 alone, as the old output does. 3 = 2 + 1 needs it."
        )),
        ("4, 5, 6 and 7", Verdict(False, "Those have the bit worth 4.")),
    ),
)  # fmt: skip
_READING = Choose(
    "Read this row of a table. For 7 it has the weights −10, 10, −10, 10 to the bits worth 8, 4, 2, 1. What is to be "
    "mended?",
    (
        ("Nothing: 7 is 0111.", Verdict(False, "7 is 0111, but the signs − + − + spell 0101.")),
        ("The weight to the bit worth 8.", Verdict(
            False, "7 is less than 8: that one is right. Read the signs: 0101."
        )),
        ("The weight to the bit worth 2.", Verdict(
            True, "− + − + spells 0101, which is 5. 7 = 4 + 2 + 1 needs − + + +: the weight to 2 is to be 10."
        )),
        ("The weight to the bit worth 1.", Verdict(
            False, "7 is odd: that one is right. Read the signs: 0101, which is 5."
        )),
    ),
)  # fmt: skip


def _check(value: float) -> Verdict:
    if abs(value - 9.1) < 0.0051:
        return Verdict(True, "8 with the bit worth 8: 0.99 · 10 from its own, and −10 · 0.01 from each of 0 to 7.")
    if abs(value - 9.0) < 0.0051:
        return Verdict(
            False,
            "That is a bound that serves, with all nine others against. But 9 has the bit worth 8 like 8: eight are "
            "against it at most.",
        )
    if abs(value - 10) < 0.0051:
        return Verdict(False, "That is with old outputs of exactly 1 and 0. The right one may be as low as 0.99.")
    if abs(value - 9.9) < 0.0051:
        return Verdict(False, "The right old output gives 9.9 at least. The others, at nearly 0.01, may take from it.")
    return Verdict(
        False, "Take 0.99 for the right old output, and 0.01 for those that pull the other way. How many can these be?"
    )


_BIASES = Choose(
    "Somebody takes 10 where the digit has the bit, 0 where it has not, and −5 as the bias of all four. Is that right?",
    (
        ("No: where a weight is 0, the bit is undecided.", Verdict(
            False, "The bias decides it: with the weight 0 from its own output, <i>z</i> is near −5, far below 0."
        )),
        ("No: the exercise has one solution.", Verdict(
            False, "It has endlessly many. All that counts is on which side of 0 each <i>z</i> is, and how far from it."
        )),
        ("Yes, with less to spare: |z| ≥ 4.5.", Verdict(
            True,
            "With the bit <i>z</i> ≥ 9.9 − 5 = 4.9; without it <i>z</i> ≤ 5 · 10 · 0.01 − 5 = −4.5, for the "
            "bit worth 1 "
            "of an even digit, as five digits are odd. Still within 0.011 of 0 or 1.",
        )),
    ),
)  # fmt: skip

EXTRA_LAYER = Exercise(
    key="extra-layer",
    title="an extra layer for the bits",
    address=f"{BOOK}#exercise_513527",
    question=(
        "A fourth layer of four neurons is to turn the ten old outputs into the bits of the digit. Find weights and "
        "biases, where the right old output is at least 0.99 and the nine others are below 0.01, and show that they "
        "are right."
    ),
    answers=(
        _BIT_2,
        _READING,
        Number(
            "With weights of 10 and −10 and biases of 0: how near to 0 can a <i>z</i> come? Give the largest number "
            "that |<i>z</i>| never falls below.",
            _check,
        ),
        _BIASES,
    ),
    steps=(
        "Write each digit in binary. The neuron for a bit gets the weight 10 from the digits that have it, "
        "and −10 from "
        "those that have not: 8 and 9 for the bit worth 8; 4 to 7 for 4; 2, 3, 6 and 7 for 2; the odd ones for 1. The "
        "biases are 0.",
        "Let the digit have the bit. Its own output gives <i>z</i> at least 0.99 · 10 = 9.9. Each other digit that has "
        "the bit adds at least 0; each that has not takes less than 0.01 · 10 = 0.1.",
        "Without the bit are eight digits (worth 8), six (worth 4), six (worth 2) and five (worth 1). So <i>z</i> is "
        "above 9.9 − 0.8 = 9.1, 9.3, 9.3 and 9.4.",
        "Let the digit not have it. Then <i>z</i> ≤ −9.9 from its own output, and each of the two, four, four or five "
        "digits that have it adds less than 0.1: <i>z</i> is below −9.7, −9.5, −9.5 and −9.4.",
        "So |<i>z</i>| is above 9.1 in all forty cases, and every bit is within 1/(1 + <i>e</i><sup>9.1</sup>) &lt; "
        "0.00012 of what it should be.",
        "All weights times 100, ±1000, give |<i>z</i>| above 910: nearer still to perceptrons, with the same "
        "signs. The "
        "signs decide.",
    ),
)
