"""What is said of a descent: what the steps do and why, and how the loop of them ends."""

from digitpad.explore.descent import FAR, MOST, Curve, Descent, Parabola, Quartic, behaviour
from digitpad.gui.widgets.formula import ETA, letter, number, whole

_SHORT = 0.1  # farther than this from the bottom, the loop ended because it crawled
_EXACT = 1e-9  # as good as 0, but for rounding


def of_parabola(curve: Parabola, eta: float, run: Descent) -> str:
    """Return what the steps do on a parabola, and why."""
    each = curve.factor(eta)
    kind, left = behaviour(each), f"{number(100 * abs(each), 1)} %"
    one = f"1/{letter('c', 2)} = {_beside(eta, 1 / curve.c2, 3)}"
    half = f"1/(2 {letter('c', 2)}) = {_beside(eta, 1 / (2 * curve.c2), 3)}"
    if abs(run.path[0] - curve.minimum) < _EXACT:
        return "<b>Begins at the bottom:</b> the slope is 0, and x stays where it is."
    if kind in ("swings", "diverges") and run.ending == "converged":
        return f"<b>Begins next to the bottom:</b> {ETA} is too large to come nearer, but the first step is tiny."
    if abs(each) < _EXACT:
        return f"<b>Arrives at once:</b> {ETA} is {half}, and the first step takes the whole way."
    return {
        "crawls": f"<b>Crawls:</b> {ETA} is far below {half}, and each step leaves {left} of the way.",
        "converges": f"<b>Converges</b> from one side: each step leaves {left} of the way to the bottom.",
        "arrives": f"<b>Nearly arrives at once:</b> {ETA} is close to {half}, and one step takes nearly the whole way.",
        "oscillates": (
            f"<b>Oscillates about the minimum, and converges:</b> {ETA} is above {half}, so each step goes too far, "
            f"and below {one}, so {left} of the distance is left."
        ),
        "swings": f"<b>Swings for ever:</b> {ETA} is {one}, and each step leads to the same height on the other side.",
        "diverges": (
            f"<b>Diverges:</b> {ETA} is above {one}, and each step multiplies the distance by {number(abs(each), 3)}."
        ),
    }[kind]


def of_quartic(curve: Quartic, eta: float, run: Descent) -> str:
    """Return what the steps do on the quartic, and why."""
    if run.ending == "diverged":
        return f"<b>Diverges:</b> the walls are so steep that {ETA} = {whole(eta)} throws x out higher than it was."
    low = min(curve.minima, key=lambda bottom: abs(bottom - run.path[-1]))
    bound = 2 / curve.curvature(low)
    why = f"{ETA} is {{}} 2/{letter('C')}″({letter('x')}*) = {_beside(eta, bound, 2)}"
    if run.ending == "unfinished":
        if eta < bound:
            return f"<b>Jumps about without settling,</b> though {why.format('below')}: it never comes near enough."
        return f"<b>Jumps about without settling:</b> {why.format('above')}, and no step is short enough to stay."
    if abs(run.path[-1] - low) > _SHORT:
        return f"<b>Crawls:</b> where the slope is gentle, {ETA} times the slope is soon below 0.01."
    if eta > bound:
        return f"<b>Stops by chance:</b> {why.format('above')}, but it happened to land next to the bottom."
    began, ended = ("right" if x > curve.hill else "left" for x in (run.path[0], run.path[-1]))
    if began != ended:
        return f"<b>Leaps over the hill:</b> it begins in the {began} valley and ends in the {ended} one."
    crossed = any((x > curve.hill) != (run.path[0] > curve.hill) for x in run.path)
    if crossed:
        return f"<b>Comes back:</b> it leaps over the hill and ends in the {ended} valley, where it began."
    return f"<b>Converges</b> in the {ended} valley, where it began; the other one it cannot know of."


def _beside(eta: float, bound: float, least: int) -> str:
    """Return a ``bound`` with the ``least`` decimals, or with as many more as tell it from another ``eta``."""
    digits = (digits for digits in range(least, 6) if round(bound, digits) != round(eta, digits))
    return number(bound, least if abs(bound - eta) < _EXACT else next(digits, 6))


def of_loop(curve: Curve, run: Descent) -> str:
    """Return how the loop of the steps ends."""
    count = f"{run.steps} step{'s' * (run.steps != 1)}"
    if run.ending == "unfinished":
        return f"After {MOST} steps they are still longer than 0.01."
    if run.ending == "diverged":
        return f"After {count} x is farther out than {FAR:.0f}, and is stopped there."
    rest = min(abs(run.path[-1] - bottom) for bottom in curve.minima)
    if rest > _SHORT:
        return (
            f"The loop “while step &gt; 0.01” ends after {count}, yet {number(rest)} from the bottom: "
            "the steps are short, not the way."
        )
    return (
        f"The loop “while step &gt; 0.01” ends after {count} ({run.steps + 1} tangents), "
        f"{number(rest, 3)} from the bottom."
    )
