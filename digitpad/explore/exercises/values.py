"""``value``: checks an answer that is one number, and knows the mistakes that lead to certain others."""

from collections.abc import Callable, Mapping
from math import isclose

from digitpad.explore.exercises.exercise import Verdict

_NEAR = 1e-6  # of the number, by which what is typed may be off: for answers that have few digits, as all here do


def value(right: float, says: str, mistakes: Mapping[float, str], otherwise: str) -> Callable[[float], Verdict]:
    """Return a check for ``right``, of which is said ``says``; each of ``mistakes`` is told what made it.

    What is neither is told ``otherwise``. ``right`` is to have few digits: it is to be given in full.
    """
    verdicts = {right: Verdict(True, says)} | {wrong: Verdict(False, why) for wrong, why in mistakes.items()}

    def check(given: float) -> Verdict:
        near = (verdict for known, verdict in verdicts.items() if isclose(given, known, rel_tol=_NEAR, abs_tol=1e-9))
        return next(near, Verdict(False, otherwise))

    return check
