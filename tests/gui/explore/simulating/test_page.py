"""The page of sigmoid neurons that simulate perceptrons, driven by its controls."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.simulating.page import SimulatingPage
from tests.gui import hands
from tests.gui.explore.stage import alone


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[SimulatingPage]:
    with alone(SimulatingPage, qapp, qtbot, 860, 640) as page:
        yield page


def texts(page: SimulatingPage) -> list[list[str]]:
    return [[cell.text() for cell in row] for row in page.cells]


def choose(page: SimulatingPage, x1: float, x2: float) -> None:
    """Press into the plane of the sigmoid neurons at (x1, x2)."""
    plane = page.sides[1].plane
    hands.press(plane, plane.to_widget(x1, x2))
    hands.release(plane, plane.to_widget(x1, x2))


def test_it_begins_with_xor_and_nothing_multiplied(page: SimulatingPage) -> None:
    # NAND: -2 * 0.4 - 2 * 0.3 + 3 = 1.6, OR: 0.8 + 0.6 - 1 = 0.4; AND: 2 + 2 - 3 = 1, 2 * 0.8320 + 2 * 0.5987 - 3.
    assert texts(page) == [
        ["NAND", "1.60", "1", "1.60", "0.8320"],
        ["OR", "0.40", "1", "0.40", "0.5987"],
        ["AND", "1.00", "1", "−0.14", "0.4654"],
    ]
    assert "NAND: 1 · (−2 · 0.40 − 2 · 0.30 + 3) = 1.60" in page.formula.text()
    assert "AND: 1 · (2 · 0.8320 + 2 · 0.5987 − 3) = −0.14" in page.formula.text()
    assert page.sides[1].neurons.accessibleName() == "Outputs of the neurons: NAND 0.83, OR 0.60, AND 0.47"


def test_perceptrons_stay_and_sigmoid_neurons_follow_as_c_grows(page: SimulatingPage) -> None:
    planes = [side.plane for side in page.sides]
    fields = []
    for key, c in ((Qt.Key.Key_Home, "0.1"), (Qt.Key.Key_End, "1000")):
        hands.key(page.c.slider, key)
        assert page.c.shown.text() == c
        assert [row[2] for row in texts(page)] == ["1", "1", "1"]
        assert "perceptrons as with <i>c</i> = 1: 100 %" in page.whole.text()
        fields.append([plane.values for plane in planes])
    (steps, smooth), (later_steps, later_smooth) = fields
    assert steps.size > 0
    np.testing.assert_array_equal(steps, later_steps)
    assert np.abs(smooth - steps).max() > 0.5
    assert np.mean(np.abs(later_smooth - steps) < 1e-3) > 0.98  # all but what lies next to the lines
    assert [row[3:] for row in texts(page)] == [["1600", "1.0000"], ["400", "1.0000"], ["1000", "1.0000"]]
    assert "within 0.1 of these: 100 %" in page.whole.text()
    assert not page.done


@pytest.mark.parametrize("pressed", ["Home", "PageUp", "End"])
def test_a_neuron_with_0_stays_at_one_half_for_every_c(page: SimulatingPage, pressed: str) -> None:
    choose(page, 0.1, 0.4)  # on OR's line
    hands.key(page.c.slider, getattr(Qt.Key, f"Key_{pressed}"))
    assert texts(page)[1] == ["OR", "0.00", "0", "0.00", "0.5000"]


def test_the_task_is_done_where_a_hidden_neuron_has_0(page: SimulatingPage, qtbot: QtBot) -> None:
    hands.key(page.c.slider, Qt.Key.Key_End)
    hands.key(page.x1.slider, Qt.Key.Key_Left, 4)  # (0.2, 0.3) is on OR's line
    assert not page.done  # whoever comes across the line by chance has not found it
    assert "OR</b>: <i>w</i>·<i>x</i> + <i>b</i> is exactly 0" in page.formula.text()
    hands.key(page.c.slider, Qt.Key.Key_Home)
    assert not page.done
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(page.c.slider, Qt.Key.Key_End)
    assert texts(page)[2] == ["AND", "−1000", "0", "0.00", "0.5000"]


def test_the_other_network_stays_at_one_half_in_half_of_the_plane(page: SimulatingPage) -> None:
    hands.key(page.example, Qt.Key.Key_Down)
    hands.key(page.c.slider, Qt.Key.Key_End)
    choose(page, 0.0, 1.0)
    assert texts(page) == [
        ["x₁ > ½", "−1000", "0", "−1000", "0.0000"],
        ["x₂ > ½", "1000", "1", "1000", "1.0000"],
        ["both", "0.00", "0", "0.00", "0.5000"],
    ]
    assert "x₁ &gt; ½: 1000 · (2 · 0.00 − 1) = −1000" in page.formula.text()  # the term with weight 0 is left out
    assert "within 0.1 of these: 50 %" in page.whole.text()
    assert not page.done  # the task is about XOR
    choose(page, 1.2, 0.4)
    hands.key(page.c.slider, Qt.Key.Key_PageDown, 4)  # 10
    # 1/(1 + e^-14) + 1/(1 + e^2) - 1 = 0.1192, times 10: the sum of the last neuron is 0 in the limit alone.
    assert texts(page)[2] == ["both", "0.00", "0", "1.19", "0.7671"]
    assert "both</b>: <i>w</i>·<i>x</i> + <i>b</i> is exactly 0" in page.formula.text()
    assert "goes to 0 as <i>c</i> grows, and its output to ½" in page.formula.text()
    choose(page, 0.5, 1.0)  # the half of the first neuron lets the last one fire
    assert "<b>x₁ &gt; ½</b>: <i>w</i>·<i>x</i> + <i>b</i> is exactly 0" in page.formula.text()
    assert "= ½ for every <i>c</i>" in page.formula.text()


@pytest.mark.parametrize(
    ("width", "height", "beside", "least"),
    [(640, 1040, "", 220), (860, 660, "neurons", 240), (1360, 880, "planes", 420), (1100, 1200, "neurons", 450)],
)
def test_the_planes_take_the_room_there_is(
    page: SimulatingPage, qtbot: QtBot, width: int, height: int, beside: str, least: int
) -> None:
    """What is ``beside`` a plane, its neurons or the other plane, is what lets the planes be larger."""
    page.resize(width, height)

    def laid_out() -> None:
        planes, neurons = (
            [widget.rect().translated(widget.mapTo(page, QPoint())) for widget in widgets]
            for widgets in zip(*((side.plane, side.neurons) for side in page.sides), strict=True)
        )
        for place in planes:
            assert place.width() == place.height() >= least
        assert (planes[0].right() < neurons[0].left()) == (beside == "neurons")
        assert (planes[0].right() < planes[1].left()) == (beside == "planes")
        for i, one in enumerate(places := planes + neurons):
            assert page.rect().contains(one)
            assert not any(one.intersects(other) for other in places[:i])

    qtbot.waitUntil(laid_out)


def test_the_gap_stands_beside_its_bound(page: SimulatingPage) -> None:
    # e^-1.6 = 0.2019 and e^-0.4 = 0.6703; 1 - 0.8320 and 1 - 0.5987; 2 * 0.2019 + 2 * 0.6703 = 1.74.
    assert "NAND: 0.1680 ≤ 0.2019" in page.formula.text()
    assert "OR: 0.4013 ≤ 0.6703" in page.formula.text()
    assert "= 1.74, and 0.5346 ≤ 1.0000" in page.formula.text()
    hands.key(page.c.slider, Qt.Key.Key_PageUp)  # ten to the power of 0.5
    hands.key(page.c.slider, Qt.Key.Key_PageUp)  # 10
    # e^-16, e^-4 = 0.0183, 20 * 0.0183 = 0.37, e^(0.37 - 10).
    assert "OR: 0.0180 ≤ 0.0183" in page.formula.text()
    assert "= 0.37, and 0.0001 ≤ 0.0001" in page.formula.text()


def test_both_exercises_are_on_the_page(page: SimulatingPage) -> None:
    assert [card.attempt.exercise.key for card in page.cards] == ["simulating-first", "simulating-second"]
