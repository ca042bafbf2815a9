"""What is said of a descent."""

import pytest

from digitpad.explore.descent import Parabola, Quartic, descend
from digitpad.gui.explore.descent.verdicts import of_parabola, of_quartic


@pytest.mark.parametrize(
    ("eta", "begins", "bound"),
    [
        (
            0.69,
            "Diverges:",
            "is above 1/<i>c</i><sub>2</sub> = 0.6897",
        ),  # 1/1.45 = 0.68966: three decimals would be 0.690
        (0.8, "Diverges:", "is above 1/<i>c</i><sub>2</sub> = 0.690"),
        (0.34, "Nearly arrives at once:", "is close to 1/(2 <i>c</i><sub>2</sub>) = 0.345"),
    ],
)
def test_a_bound_is_told_so_that_it_differs_from_eta(eta: float, begins: str, bound: str) -> None:
    curve = Parabola(1.45, 0, 0)
    said = of_parabola(curve, eta, descend(curve, 3.0, eta))
    assert said.startswith(f"<b>{begins}")
    assert bound in said


def test_an_eta_that_is_the_bound_is_told_with_the_same_decimals() -> None:
    curve = Parabola(1.25, 0, 0)
    assert "1/<i>c</i><sub>2</sub> = 0.800, and" in of_parabola(curve, 0.8, descend(curve, 3.0, 0.8))


def test_the_bound_of_the_quartic_differs_too() -> None:
    curve = Quartic()
    assert 2 / curve.curvature(curve.minima[0]) == pytest.approx(0.57005, abs=1e-5)
    run = descend(curve, -2.0, 0.57, most=5)
    assert run.ending == "unfinished"
    assert "below 2/<i>C</i>″(<i>x</i>*) = 0.5701:" in of_quartic(curve, 0.57, run)
    assert "above 2/<i>C</i>″(<i>x</i>*) = 0.57," in of_quartic(curve, 0.6, run)
