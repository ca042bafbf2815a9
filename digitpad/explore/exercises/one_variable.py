"""Chapter 1, after equation 15: what gradient descent does when C depends on a single variable."""

from digitpad.explore.chapter import BOOK
from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict
from digitpad.explore.exercises.values import value

ONE_VARIABLE = Exercise(
    key="one_variable",
    title="Gradient descent in one variable",
    address=f"{BOOK}#exercises_647181",
    question=(
        "Let <i>C</i> be a function of one variable <i>x</i>. What does a step of gradient descent do then, and what "
        "is it in the picture of the graph?"
    ),
    answers=(
        Choose(
            "Which picture is right?",
            (
                (
                    "x moves by η, to the side on which C falls.",
                    Verdict(
                        False,
                        "<b>The fixed step:</b> the side is right, the length is not. A step is η times the slope "
                        "long; only therefore do steps shorten by themselves near a bottom.",
                    ),
                ),
                (
                    "x moves to where the tangent meets the x-axis.",
                    Verdict(
                        False,
                        "<b>That is Newton's method</b> for the equation <i>C</i> = 0. Gradient descent follows the "
                        "same tangent, but looks for no zero: how far it goes along it is decided by η.",
                    ),
                ),
                (
                    "x slides down the tangent, the farther the steeper it is.",
                    Verdict(
                        True,
                        "The slope of the tangent is the gradient, and "
                        "−η d<i>C</i>/d<i>x</i> points to where the tangent falls.",
                    ),
                ),
                (
                    "x moves straight to the lowest point of C.",
                    Verdict(
                        False,
                        "<b>The view from above:</b> a step knows the slope at <i>x</i> and nothing else. It meets the "
                        "bottom in one step only where η happens to fit.",
                    ),
                ),
            ),
        ),
        Number(
            "<i>C</i> = <i>x</i><sup>2</sup>, <i>x</i> = 10, η = 0.05. Where does the first step lead?",
            value(
                9,
                "The slope is 20, and 10 − 0.05 · 20 = 9.",
                {
                    11: "<b>The sign:</b> 10 + 0.05 · 20 goes uphill. The step goes <i>against</i> the slope.",
                    9.5: "<b>The factor 2:</b> the slope of <i>x</i><sup>2</sup> is 2<i>x</i> = 20, not 10.",
                    5: "<b>The height for the slope:</b> 10 − 0.05 · 100 uses <i>C</i>, not d<i>C</i>/d<i>x</i>.",
                    9.95: "<b>The fixed step:</b> η = 0.05 was subtracted, without the slope, which is 20.",
                    -10: "<b>Without η:</b> 10 − 20. The slope is multiplied by η first.",
                    1: "<b>The step for the place:</b> 0.05 · 20 = 1 is how far it goes, to the left, from 10.",
                    -1: "<b>The step for the place:</b> −0.05 · 20 = −1 is the change of <i>x</i>, which began at 10.",
                },
                "The slope of <i>x</i><sup>2</sup> at 10 is 2 · 10; η times that is taken from 10.",
            ),
        ),
        Number(
            "Each further step multiplies <i>x</i> by the same number. By which?",
            value(
                0.9,
                "<i>x</i> − 0.05 · 2<i>x</i> = 0.9 <i>x</i>. So <i>x</i> never reaches 0 exactly, and after 44 steps a "
                "step is shorter than 0.01 for the first time: 0.9<sup>44</sup> = 0.0097. "
                "That is the 45th step, with which “while step &gt; 0.01” ends.",
                {
                    0.95: "<b>The factor 2:</b> <i>x</i> − η · 2<i>x</i> = (1 − 2η) <i>x</i>.",
                    0.1: "<b>What is taken away:</b> 0.1 <i>x</i> is the step; what is left is asked for.",
                    1.1: "<b>The sign:</b> then it would move away from 0.",
                    0.05: "<b>η itself:</b> <i>x</i> − η · 2<i>x</i> is (1 − 2η) <i>x</i>.",
                },
                "Write <i>x</i> − 0.05 · 2<i>x</i> as a number times <i>x</i>.",
            ),
        ),
        Choose(
            "When does such a step raise C = x²?",
            (
                (
                    "Never: −η dC/dx always points downhill.",
                    Verdict(
                        False,
                        "<b>The tangent for the curve:</b> it goes down the <i>tangent</i>. Far along it the curve is "
                        "somewhere else: with η = 1.5 the step from 10 leads to −20, where <i>C</i> is 400.",
                    ),
                ),
                (
                    "When η is above 1.",
                    Verdict(
                        True,
                        "<i>x</i> is multiplied by 1 − 2η, which is below −1 then: it jumps over the bottom "
                        "and ends higher on the other side. At η = 1 it swings for ever.",
                    ),
                ),
                (
                    "When η is above ½.",
                    Verdict(
                        False,
                        "<b>Overshooting is not climbing:</b> above ½ the step leads past the bottom, but up to "
                        "η = 1 it ends less far from it than it began, so lower.",
                    ),
                ),
            ),
        ),
    ),
    steps=(
        "With one variable the gradient (equation 13) has one component, the derivative d<i>C</i>/d<i>x</i>: "
        "the slope of the tangent to the graph at <i>x</i>.",
        "Equation 12 becomes Δ<i>C</i> ≈ (d<i>C</i>/d<i>x</i>) Δ<i>x</i>. The right side is exactly how far one falls "
        "or climbs on the <i>tangent</i> when <i>x</i> changes by Δ<i>x</i>; on the curve it is so only nearly, for "
        "small Δ<i>x</i>.",
        "There are but two directions, left and right. Equation 14, Δ<i>x</i> = −η d<i>C</i>/d<i>x</i>, chooses the "
        "one in which the tangent falls: left where the slope is positive, right where it is negative.",
        "On the tangent <i>C</i> falls by η (d<i>C</i>/d<i>x</i>)<sup>2</sup>, which is never negative. So <i>x</i> "
        "slides down the tangent, η times its slope far to the side; the next step begins on the curve, above or "
        "below the place where the tangent was left.",
        "Where the tangent is level nothing moves: in a minimum, but also on the top of a hill, and where a curve is "
        "level between two slopes. Gradient descent cannot tell these apart.",
        "For <i>C</i> = <i>x</i><sup>2</sup> a step leads from <i>x</i> to <i>x</i> − η · 2<i>x</i> = "
        "(1 − 2η) <i>x</i>. From 10 with η = 0.05 that is 10 · 0.9<sup><i>n</i></sup> after <i>n</i> steps: "
        "9, 8.1, 7.29, ..., along a new tangent each time.",
    ),
)
