"""Chapter 1, after equation 15: of all small moves of one length, that against the gradient lowers C most."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict
from digitpad.explore.exercises.values import value

_PRODUCT = "∇<i>C</i> · Δ<i>v</i>"


def _norm(vector: str) -> str:
    return f"‖{vector}<small>\u00a0</small>‖"  # or the bar touches an italic letter, which leans against it


_NORM, _MOVE = _norm("∇<i>C</i>"), _norm("Δ<i>v</i>")

STEEPEST_DESCENT = Exercise(
    key="steepest_descent",
    title="No direction does better",
    address=f"{BOOK}#exercises_647181",
    question=(
        f"A move Δ<i>v</i> has the fixed small length {_MOVE} = ε, and its direction is free. Prove that {_PRODUCT}"
        f" is least for Δ<i>v</i> = −η ∇<i>C</i> with η = ε / {_NORM}. The Cauchy-Schwarz inequality helps. "
        "Under Directions you can turn Δ<i>v</i> and look."
    ),
    answers=(
        Choose(
            "Which Δv of length ε makes ∇<i>C</i> · Δ<i>v</i> least?",
            (
                (
                    "Δv = −∇C",
                    Verdict(
                        False,
                        f"<b>The length:</b> the direction is right, but −∇<i>C</i> is {_NORM} long, and not ε.",
                    ),
                ),
                (
                    "The one that points to the minimum of C",
                    Verdict(
                        False,
                        "<b>“The steepest direction is toward the minimum”:</b> in a round bowl it is, else seldom. It "
                        "is at right angles to the contour through <i>v</i>, and from the wall of a long valley that "
                        "leads nearly straight across.",
                    ),
                ),
                (
                    "Δv = −ε ∇C / ‖∇C‖",
                    Verdict(True, f"It is ε long, and {_PRODUCT} = −ε {_NORM}, below which it cannot be."),
                ),
                (
                    "One along the contour through v",
                    Verdict(
                        False,
                        f"<b>The contour for the slope:</b> along it <i>C</i> stays the same, so {_PRODUCT} = 0. "
                        "The gradient is at right angles to it.",
                    ),
                ),
                (
                    "Δv = ε ∇C / ‖∇C‖",
                    Verdict(False, "<b>The sign:</b> that is steepest <i>ascent</i>, where the product is largest."),
                ),
            ),
        ),
        Number(
            "∇<i>C</i> = (3, 4) and ε = 0.1. What is the least that ∇<i>C</i> · Δ<i>v</i> can be?",
            value(
                -0.5,
                f"{_NORM} = 5, since 9 + 16 = 25, and −0.1 · 5 = −0.5.",
                {
                    0.5: "<b>The sign:</b> that is the most it can be, straight uphill.",
                    -2.5: "<b>η for ε:</b> −0.1 · 25 is what Δ<i>v</i> = −0.1 ∇<i>C</i> gives, which is 0.5 long.",
                    -0.7: "<b>Adding components:</b> the length of (3, 4) is the root of 9 + 16, not 3 + 4.",
                    -5: f"<b>Without ε:</b> {_NORM} is 5, and it is multiplied by the length of the move.",
                    -0.4: "<b>One variable at a time:</b> a move along <i>v</i><sub>2</sub> alone gives that; "
                    "using both components does better.",
                    -0.1: f"<b>Without the gradient:</b> −ε is multiplied by {_NORM} = 5.",
                    0: "<b>Along the contour:</b> there the product is 0. It can be negative.",
                },
                f"It is −ε {_NORM}; begin with the length of (3, 4).",
            ),
        ),
        Number(
            "And which η makes Δ<i>v</i> = −η ∇<i>C</i> just ε = 0.1 long?",
            value(
                0.02,
                f"η = ε / {_NORM} = 0.1 / 5. It depends on where one is: a fixed η makes long steps where it is steep.",
                {
                    0.1: f"<b>η = ε:</b> then Δ<i>v</i> would be 0.1 · {_NORM} = 0.5 long.",
                    0.5: f"<b>Times for through:</b> ε is divided by {_NORM}, not multiplied.",
                    0.004: f"<b>The square:</b> it is {_NORM} = 5 that ε is divided by, not 25.",
                    50: f"<b>Upside down:</b> η = ε / {_NORM}.",
                    -0.02: "<b>The sign:</b> it stands in Δ<i>v</i> = −η ∇<i>C</i> already; η is positive.",
                },
                f"{_norm('−η ∇<i>C</i>')} = η {_NORM}, and that is to be ε.",
            ),
        ),
        Choose(
            "What does this prove?",
            (
                (
                    "That gradient descent reaches the minimum on the shortest way.",
                    Verdict(
                        False,
                        "<b>The best step for the best way:</b> each step is the best at its place, and the "
                        "way can be long all the same: in a narrow valley it goes to and fro.",
                    ),
                ),
                (
                    "That of all moves of that length it lowers the first-order prediction of ΔC most.",
                    Verdict(
                        True,
                        "It is about equation 9. How <i>C</i> itself changes follows it the better the smaller ε is.",
                    ),
                ),
                (
                    "That no other move of any length ε lowers C itself more.",
                    Verdict(
                        False,
                        "<b>The prediction for the change:</b> for large ε another direction can lower <i>C</i> more, "
                        "for instance where the slope changes along the way. Under Directions, raise ε and compare.",
                    ),
                ),
            ),
        ),
    ),
    steps=(
        f"By equation 9 (in more variables equation 12) Δ<i>C</i> ≈ {_PRODUCT}. Among all Δ<i>v</i> with "
        f"{_MOVE} = ε the right side is to be least. Let ∇<i>C</i> ≠ 0: else it is 0 for all, and there is "
        "nothing to choose.",
        "The inequality of Cauchy and Schwarz says |<i>a</i> · <i>b</i>| ≤ "
        f"{_norm('<i>a</i>')} {_norm('<i>b</i>')} for any two vectors. "
        f"With ∇<i>C</i> and Δ<i>v</i>: |{_PRODUCT}| ≤ {_NORM} ε.",
        f"So {_PRODUCT} ≥ −ε {_NORM}, whatever the direction. This is a bound; it is still to be shown that it is "
        "reached.",
        f"Let η = ε / {_NORM} and Δ<i>v</i> = −η ∇<i>C</i>. It is allowed: {_MOVE} = η {_NORM} = ε. And "
        f"{_PRODUCT} = −η ∇<i>C</i> · ∇<i>C</i> = −η {_NORM}<sup>2</sup> = −ε {_NORM}: the bound.",
        f"No other Δ<i>v</i> reaches it. With that η, 0 ≤ {_norm('Δ<i>v</i> + η ∇<i>C</i>')}<sup>2</sup> = "
        f"ε<sup>2</sup> + 2η {_PRODUCT} + ε<sup>2</sup>. Divided by 2η this is {_PRODUCT} ≥ −ε<sup>2</sup>/η = "
        f"−ε {_NORM}, so it proves the bound once more, and equality needs Δ<i>v</i> + η ∇<i>C</i> = 0.",
        f"In two variables the same by the angle φ between ∇<i>C</i> and Δ<i>v</i>: {_PRODUCT} = ε {_NORM} cos φ, and "
        "a cosine is least, −1, at φ = 180° alone. That is the curve under Directions, where θ is counted from there, "
        "from the steepest: θ = 0.",
    ),
)
