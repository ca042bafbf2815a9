"""Neurons and wires as they are painted and told."""

from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.wiring import Disc, Lead, Wiring


def shown(qtbot: QtBot, *leads: Lead, value: int = 1) -> Wiring:
    wiring = Wiring("Two neurons", 120)
    qtbot.addWidget(wiring)
    wiring.resize(400, 160)
    wiring.show_wiring({"a": Disc(0, 0.5, value, "first"), "b": Disc(1, 0.5, 0, "second", "b = 3")}, leads)
    wiring.show()
    return wiring


def crossings(wiring: Wiring) -> int:
    """Return how many wires in colour a line down at three quarters of the way crosses."""
    image, accent = wiring.grab().toImage(), wiring.palette().color(QPalette.ColorRole.Highlight)
    x = round(image.width() * 0.75)
    column = [QColor(image.pixel(x, y)) for y in range(image.height())]
    on = [abs(c.red() - accent.red()) + abs(c.green() - accent.green()) < 60 for c in column]
    return sum(now and not before for before, now in zip([False, *on], on, strict=False))


def test_two_wires_between_two_neurons_are_seen_as_two(qtbot: QtBot) -> None:
    assert crossings(shown(qtbot, Lead("a", "b", "−4"))) == 1
    assert crossings(shown(qtbot, Lead("a", "b", "−2"), Lead("a", "b", "−2"))) == 2


def test_a_wire_from_a_neuron_that_gives_0_has_no_colour(qtbot: QtBot) -> None:
    assert crossings(shown(qtbot, Lead("a", "b", "−4"), value=0)) == 0


def test_it_tells_outputs_biases_and_weights(qtbot: QtBot) -> None:
    told = shown(qtbot, Lead("a", "b", "−4")).accessibleDescription()
    assert told == "Outputs: first: 1; second, b = 3: 0. Weights: first to second: −4."
