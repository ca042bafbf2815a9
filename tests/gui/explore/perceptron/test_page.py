"""The page of the perceptron, driven by its controls."""

from unittest.mock import patch

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from digitpad.explore.perceptron import AND, NAND, OR, PERCEPTRONS, Perceptron
from digitpad.gui.app import make_window
from digitpad.gui.explore.perceptron.evidence import EvidenceView
from digitpad.gui.explore.perceptron.nands import NandsView
from digitpad.gui.explore.perceptron.page import PerceptronPage
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands
from tests.gui.images import brightness

FEW = 10  # pixels of a wire, which the corner of a word's ground may take; a word across it takes a hundred


def perceptron_page(window: MainWindow, qtbot: QtBot) -> PerceptronPage:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(1)
    assert isinstance(page, PerceptronPage)
    qtbot.waitUntil(page.isVisible)
    return page


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PerceptronPage:
    return perceptron_page(window, qtbot)


def make_nand(page: PerceptronPage) -> None:
    """Set the weights and the bias of the book's NAND with the arrow keys."""
    for slider, value in ((page.line.w1, -2), (page.line.w2, -2), (page.line.b, 3)):
        steps = round((value - slider.value) / 0.05)
        hands.key(slider.slider, Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left, abs(steps))


def test_presets_are_the_gates_they_are_called(page: PerceptronPage) -> None:
    for preset, gate in zip(page.line.presets, (AND, OR, NAND), strict=True):
        hands.click(preset)
        assert page.line.perceptron.table() == gate.table
        assert gate.name in page.line.gate.text()
    assert not page.done  # a preset is not the person's own work


def test_sliders_by_keyboard_change_table_and_both_forms_of_the_rule(page: PerceptronPage) -> None:
    hands.key(page.line.b.slider, Qt.Key.Key_Home)
    assert page.line.perceptron.table() == (0, 0, 0, 0)
    assert "neither AND nor OR nor NAND" in page.line.gate.text()
    page.line.row.setCurrentIndex(3)
    formula = page.formula.text()
    assert "= 2.00 · 1 + 2.00 · 1 = 4.00<br>4.00 ≤ 6.00, the threshold: output <b>0</b>" in formula
    assert "−threshold = −6.00" in formula
    assert "= 4.00 − 6.00 = −2.00<br>−2.00 ≤ 0: output <b>0</b>" in formula
    hands.key(page.line.b.slider, Qt.Key.Key_Right, 41)  # -3.95
    assert "4.00 &gt; 3.95, the threshold: output <b>1</b>" in page.formula.text()


def type_into(box: QLineEdit, text: str) -> None:
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text + "\r")


def test_what_is_next_to_0_is_not_told_as_0(page: PerceptronPage) -> None:
    for slider, typed in ((page.line.w1, "0.1"), (page.line.w2, "0.2"), (page.line.b, "-0.2996")):
        type_into(slider.shown, typed)
    assert [cell.text() for cell in page.line.cells[3]] == ["1", "1", "0.0004", "1"]
    page.line.row.setCurrentIndex(3)
    assert "0.0004 &gt; 0: output <b>1</b>" in page.formula.text()
    type_into(page.line.b.shown, "-0.3")  # in binary 0.1 + 0.2 is above 0.3
    assert page.line.cells[3][3].text() == "<b>0</b>"
    assert "0.00 ≤ 0: output <b>0</b>" in page.formula.text()


def test_nand_by_hand_does_the_task(page: PerceptronPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shared.progress.changed):
        make_nand(page)
    assert page.task.text().startswith("<b>✓ Done:")
    assert page.task.text().endswith(page.TASK.why)


def test_a_preset_that_is_nudged_does_not_do_the_task(page: PerceptronPage, qtbot: QtBot) -> None:
    hands.click(page.line.presets[2])
    hands.key(page.line.b.slider, Qt.Key.Key_Right)
    assert page.line.perceptron.table() == NAND.table
    assert not page.done
    hands.key(page.line.b.slider, Qt.Key.Key_End)  # 1 for every input
    hands.click(page.line.presets[2])  # and again it is the preset's
    hands.key(page.line.b.slider, Qt.Key.Key_Left)
    assert page.line.perceptron.table() == NAND.table
    assert not page.done
    hands.key(page.line.b.slider, Qt.Key.Key_End)
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(page.line.b.slider, Qt.Key.Key_PageDown, 5)


def test_a_move_and_a_preset_are_shown_once(page: PerceptronPage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(page.line.plane, "show_marks", lambda _: shown.append(page.line.perceptron))
    hands.key(page.line.b.slider, Qt.Key.Key_Left)
    assert shown == [Perceptron((2, 2), -1.05)]
    hands.click(page.line.presets[2])
    assert shown[1:] == [PERCEPTRONS["NAND"]]
    plane = page.line.plane
    place = plane.to_widget(0.75, 0.75)  # on NAND's line
    hands.press(plane, place)
    hands.move(plane, place + QPointF(-30, 30))
    hands.move(plane, place + QPointF(-30, 0))
    hands.release(plane, place)
    assert len(shown) == 4


def test_the_line_is_dragged_and_turned_with_the_mouse(page: PerceptronPage) -> None:
    plane = page.line.plane
    hands.press(plane, plane.to_widget(0.25, 0.25))  # on OR's line
    hands.move(plane, plane.to_widget(0.75, 0.75))
    hands.release(plane, plane.to_widget(0.75, 0.75))
    assert page.line.perceptron.table() == AND.table
    first, before = plane.to_widget(*plane.handles()[0]), page.line.perceptron
    hands.press(plane, first)
    hands.move(plane, first + QPointF(-60, 40))
    hands.release(plane, first)
    after = page.line.perceptron
    assert after != before
    assert sum(w * w for w in after.weights) == pytest.approx(sum(w * w for w in before.weights), rel=0.1)


def test_what_was_done_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    preferences = Preferences()
    for again in (False, True):
        window = make_window(qapp, preferences=preferences)
        qtbot.addWidget(window)
        window.show()
        page = perceptron_page(window, qtbot)
        assert page.done == again
        if not again:
            make_nand(page)
        assert page.task.text().startswith("<b>✓ Done:")
        assert preferences.done_tasks == {"Perceptron"}
        window.close()


def test_ways_lead_to_the_views(page: PerceptronPage, qtbot: QtBot) -> None:
    for text, picture in (("Weigh evidence", page.evidence.picture), ("Add two bits", page.nands.picture)):
        place = page.links.place(text)
        page.links.wanted.emit(place)
        qtbot.waitUntil(picture.isVisible)
        assert not page.line.plane.isVisible()


def evidence(page: PerceptronPage) -> list[list[str]]:
    """Return the eight cases without the marks of the one that is chosen."""
    return [[cell.text().replace("<b>", "").replace("</b>", "") for cell in row] for row in page.evidence.cells]


def test_three_signs_are_weighed(page: PerceptronPage) -> None:
    page.show_view("Evidence")
    assert [row[3] for row in evidence(page)] == ["0.0", "2.0", "2.0", "4.0", "4.0", "6.0", "6.0", "8.0"]
    assert [row[4][0] for row in evidence(page)] == list("00011111")
    assert page.evidence.words.text().startswith("Yes if it is raining, or if the sky is dark and the forecast")
    assert "4.00 · 0 + 2.00 · 1 + 2.00 · 0 = 2.00<br>2.00 ≤ 3.00" in page.formula.text()
    hands.key(page.evidence.signs[2], Qt.Key.Key_Space)
    assert "= 4.00<br>4.00 &gt; 3.00, the threshold: output <b>1</b>" in page.formula.text()
    assert "take it, b = −3.0: 1" in page.evidence.picture.accessibleDescription()
    hands.key(page.evidence.threshold.slider, Qt.Key.Key_Right, 4)  # 5: rain, and another sign
    assert [row[4][0] for row in evidence(page)] == list("00000111")
    assert "leave it, b = −5.0: 0" in page.evidence.picture.accessibleDescription()
    hands.key(page.evidence.weights[0].slider, Qt.Key.Key_End)
    assert page.evidence.words.text() == "Yes if it is raining; otherwise no."


def choose_plan(page: PerceptronPage, name: str) -> None:
    box = page.nands.plan_box
    box.setCurrentIndex(box.findText(name))


def test_two_wires_lead_to_the_carry_and_one_of_minus_4_does_as_well(page: PerceptronPage) -> None:
    page.show_view("NANDs")
    nands = page.nands
    nands.row.setCurrentIndex(3)
    wires = nands.picture.accessibleDescription()
    assert wires.count("p to carry: −2") == 2
    assert wires.count(": −2") == 10  # five NANDs of two wires each
    assert wires.count("b = 3") == 5
    assert "carry: −2 · 0 − 2 · 0 + 3 = 3, so 1" in page.formula.text()
    assert "Right" in nands.verdict.text()
    hands.click(nands.doubled.button(1))
    assert nands.picture.accessibleDescription().count("p to carry: −4") == 1
    assert "p to carry: −2" not in nands.picture.accessibleDescription()
    assert "weight −2 − 2 = −4 brings carry the same sum as the two: −2 · p − 2 · p." in nands.verdict.text()
    assert "carry: −4 · 0 + 3 = 3, so 1" in page.formula.text()


def test_just_one_wire_of_minus_2_carries_always(page: PerceptronPage) -> None:
    page.show_view("NANDs")
    hands.click(page.nands.doubled.button(2))
    assert "−2 · 0 + 3 = 3, so 1 where p is 0, and −2 · 1 + 3 = 1, so 1 where it is 1" in page.nands.verdict.text()
    assert page.nands.circuit.table("carry") == (1, 1, 1, 1)
    choose_plan(page, "XOR")  # in which no neuron takes another twice
    assert not any(button.isEnabled() for button in page.nands.doubled.buttons())
    assert "Right" in page.nands.verdict.text()


def hidden(view: EvidenceView | NandsView) -> int:
    """Return how many pixels of wires lie under the words of discs."""
    with patch.object(view.picture, "show_wiring", wraps=view.picture.show_wiring) as told:
        view.show()
    discs, leads = told.call_args.args
    worded = view.picture.grab().toImage()
    view.picture.show_wiring({key: disc._replace(name="", below="") for key, disc in discs.items()}, leads)
    bare = brightness(view.picture.grab().toImage())
    view.picture.show_wiring({key: disc._replace(name="", below="") for key, disc in discs.items()}, ())
    wires = bare != brightness(view.picture.grab().toImage())
    return int((wires & (bare != brightness(worded))).sum())


def test_no_word_of_a_neuron_lies_over_a_wire(page: PerceptronPage) -> None:
    page.show_view("Evidence")
    for sign in page.evidence.signs:
        assert hidden(page.evidence) < FEW
        hands.key(sign, Qt.Key.Key_Space)
        assert hidden(page.evidence) < FEW
    page.show_view("NANDs")
    for name in ("NOT", "AND", "OR", "XOR", "Half adder"):
        choose_plan(page, name)
        assert hidden(page.nands) < FEW, name


@pytest.mark.parametrize(("name", "output"), [("NOT", "1100"), ("AND", "0001"), ("OR", "0111"), ("XOR", "0110")])
def test_every_gate_is_made_of_nands(page: PerceptronPage, name: str, output: str) -> None:
    page.show_view("NANDs")
    choose_plan(page, name)
    assert "Right" in page.nands.verdict.text()
    circuit = page.nands.circuit
    for row, wanted in enumerate(output):
        page.nands.row.setCurrentIndex(row)
        assert page.formula.text().endswith(f", so {wanted}</p>")
    assert circuit.table(circuit.neurons[-1].name) == tuple(map(int, output))


def test_circuits_of_ones_own_perceptron_are_right_as_it_is_a_nand(page: PerceptronPage) -> None:
    page.show_view("NANDs")
    hands.click(page.nands.neurons.button(1))
    wrong = "<b>Wrong</b> at x₁x₂ = 01, 10, 11: this is planned for NANDs, and your perceptron is none."
    assert page.nands.verdict.text() == wrong  # of OR
    hands.click(page.nands.doubled.button(2))  # just one wire, which is not what is wrong
    assert "your perceptron is none" in page.nands.verdict.text()
    hands.click(page.nands.doubled.button(0))
    page.show_view("Line")
    make_nand(page)
    page.show_view("NANDs")
    assert "Right" in page.nands.verdict.text()
