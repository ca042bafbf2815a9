"""The page of gradient descent in two variables, driven by its controls."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore.valley import Bowl, move
from digitpad.gui.explore.valley.page import ValleyPage
from digitpad.gui.widgets.formula import norm
from tests.gui import hands
from tests.gui.explore.stage import alone


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[ValleyPage]:
    with alone(ValleyPage, qapp, qtbot, 860, 600) as page:
        yield page


def test_prediction_and_measurement_are_written_out(page: ValleyPage) -> None:
    # The bowl with s = 2 at (-2.5, 1.5): gradient (-2.5, 3), its square 15.25, times -0.3 is -4.575.
    text = page.formula.text()
    assert "(−2.50, 3.00)" in text
    assert "= (0.75, −0.90)" in text
    assert "−0.300 · 15.25 = −4.5" in text
    assert f"{move(Bowl(2), np.array([-2.5, 1.5]), 0.3).measured:.2f}"[1:] in text
    assert "poorly predicted" in page.verdict.text()
    page.steps.eta.set_value(0.02)
    assert "well predicted" in page.verdict.text()


def test_the_ball_follows_hand_and_sliders(page: ValleyPage) -> None:
    hands.press(page.map, page.map.to_widget(1, 1))
    hands.move(page.map, page.map.to_widget(2, -1))
    hands.release(page.map, page.map.to_widget(2, -1))
    assert page.ball.v.tolist() == pytest.approx([2, -1])
    assert (page.v1.value, page.v2.value) == (2, -1)
    hands.key(page.v1.slider, Qt.Key.Key_Left, 2)
    assert page.ball.v.tolist() == pytest.approx([1.9, -1])
    hands.key(page.v2.slider, Qt.Key.Key_End)
    assert page.ball.v.tolist() == pytest.approx([1.9, 3])


def test_steps_go_against_the_gradient_and_reset_goes_back(page: ValleyPage) -> None:
    hands.click(page.steps.player.step)
    assert page.ball.v.tolist() == pytest.approx([-1.75, 0.6])
    assert page.v1.value == pytest.approx(-1.75)
    assert "1 step taken" in page.verdict.text()
    page.steps.eta.set_value(0.5)  # from where it is, the next step is another
    hands.click(page.steps.player.step)
    assert page.ball.v.tolist() == pytest.approx([-0.875, 0])
    assert len(page.ball.moves) == 2
    hands.click(page.steps.player.reset)
    assert page.ball.v.tolist() == [-2.5, 1.5]


def test_a_small_eta_that_is_quick_does_the_task(page: ValleyPage, qtbot: QtBot) -> None:
    page.steps.player.clock.setInterval(1)
    hands.click(page.steps.player.play)  # 0.3: quick, but badly predicted
    qtbot.waitUntil(lambda: not page.steps.player.playing)
    assert page.ball.reached
    assert not page.done
    hands.click(page.steps.player.reset)
    page.steps.eta.set_value(0.05)  # well predicted, but slow
    hands.click(page.steps.player.play)
    qtbot.waitUntil(lambda: not page.steps.player.playing)
    assert page.ball.reached
    assert len(page.ball.moves) >= 30
    assert not page.done
    hands.click(page.steps.player.reset)
    page.steps.eta.set_value(0.12)
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.click(page.steps.player.play)
    assert len(page.ball.moves) < 30


def test_a_start_near_the_bottom_does_not_count(page: ValleyPage) -> None:
    page.steps.eta.set_value(0.1)
    place = page.map.to_widget(0.5, 0)
    hands.press(page.map, place)
    hands.release(page.map, place)
    while page.steps.player.step.isEnabled():
        hands.click(page.steps.player.step)
    assert page.ball.reached
    assert not page.done


def test_a_ball_that_is_lost_is_stopped_and_painted(page: ValleyPage) -> None:
    for shape in range(3):
        page.shape.setCurrentIndex(shape)
        page.stretch.set_value(10)
        page.steps.eta.set_value(1.2)
        hands.click(page.steps.player.reset)
        while page.steps.player.step.isEnabled():
            hands.click(page.steps.player.step)
            page.grab()
        assert "the steps grew without bound" in page.verdict.text()
        assert np.isfinite(page.ball.v).all()
        hands.click(page.steps.player.play)  # begins again
        assert page.ball.moves == ()


def test_a_ball_that_is_given_up_is_said_to_be(page: ValleyPage) -> None:
    for eta, words in ((0.005, "η is very small"), (1.0, "still jump about")):  # 1 - 2 · 1 = -1: to and fro
        page.steps.eta.set_value(eta)
        hands.press(page.map, page.map.to_widget(3, 3))
        page.hide()  # so that not every step is shown
        for _ in range(500):
            page.steps.player.step.click()
        page.show()
        assert "Given up</b> after 500 steps" in page.verdict.text()
        assert words in page.verdict.text()
        assert not page.steps.player.step.isEnabled()


def test_shapes_have_their_own_bottoms(page: ValleyPage) -> None:
    page.steps.player.clock.setInterval(1)
    for shape, eta, bottom in ((1, 0.05, (1, -0.5)), (2, 0.3, (-1.83, 0))):
        page.shape.setCurrentIndex(shape)
        page.steps.eta.set_value(eta)
        while page.steps.player.step.isEnabled():
            hands.click(page.steps.player.step)
        assert "At the bottom" in page.verdict.text()
        assert page.ball.v.tolist() == pytest.approx(bottom, abs=0.11)


def test_play_rests_when_hidden(page: ValleyPage, qtbot: QtBot) -> None:
    page.steps.player.clock.setInterval(1)
    page.steps.eta.set_value(0.005)
    hands.click(page.steps.player.play)
    qtbot.waitUntil(lambda: len(page.ball.moves) >= 2)
    page.hide()
    assert not page.steps.player.playing
    assert not page.steps.player.play.isChecked()


def test_equation_7_has_its_two_terms(page: ValleyPage) -> None:
    assert "= (−2.50) · 0.75 + 3.00 · (−0.90) = −4.57" in page.formula.text()


def test_no_direction_is_predicted_to_do_better_than_against_the_gradient(page: ValleyPage) -> None:
    page.show_view("Directions")
    assert page.turn.graph.isVisible()
    assert not page.steps.graph.isVisible()
    assert not page.steps.player.isVisible()
    assert page.turn.directions.bound == pytest.approx(-0.6 * np.sqrt(15.25))
    assert "against the gradient by <b>−2.34</b>, the least" in page.verdict.text()
    hands.press(page.turn.graph, page.turn.graph.to_widget(-90, 0))
    assert page.turn.theta.value == pytest.approx(-90, abs=2)
    hands.click(page.turn.steepest)
    assert page.turn.theta.value == 0
    assert "no direction is below that" in page.verdict.text()
    assert f"= ε/{norm('∇<i>C</i>')} = 0.154" in page.formula.text()


def test_a_hand_turns_the_move_at_its_circle_and_moves_the_ball_elsewhere(page: ValleyPage) -> None:
    page.show_view("Directions")
    page.turn.length.set_value(1)
    page.v1.choose(-2)
    page.v2.choose(1)  # the gradient is (-2, 2), so the steepest direction is (1, -1)
    hands.press(page.map, page.map.to_widget(-2, 2))
    assert page.turn.theta.value == pytest.approx(135, abs=1)
    hands.move(page.map, page.map.to_widget(-0.5, 1))
    assert page.turn.theta.value == pytest.approx(45, abs=1)
    hands.release(page.map, page.map.to_widget(-0.5, 1))
    assert page.ball.v.tolist() == [-2, 1]
    hands.press(page.map, page.map.to_widget(2, 2))
    hands.release(page.map, page.map.to_widget(2, 2))
    assert page.ball.v.tolist() == pytest.approx([2, 2])
    assert not page.map.grab().isNull()


def test_a_narrow_valley_does_not_point_to_its_bottom(page: ValleyPage) -> None:
    page.show_view("Directions")
    page.stretch.set_value(10)
    page.turn.length.set_value(2)
    assert "The bottom lies 50° off the steepest direction" in page.verdict.text()
    assert "leads lowest: ε is too long" in page.verdict.text()
    page.stretch.set_value(1)
    assert "The bottom lies 0° off" in page.verdict.text()
    page.v1.choose(0)
    page.v2.choose(0)
    assert "<b>Level:</b>" in page.verdict.text()
    assert not page.grab().isNull()
