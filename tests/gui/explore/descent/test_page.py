"""The page of gradient descent in one variable, driven by its controls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from digitpad.explore.descent import Parabola, descend
from digitpad.gui.explore.descent.page import DescentPage
from digitpad.gui.widgets.graph import plain, short, ticks
from digitpad.gui.widgets.slider import NumberSlider
from tests.gui import hands
from tests.gui.explore.stage import alone


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[DescentPage]:
    with alone(DescentPage, qapp, qtbot, 860, 600) as page:
        yield page


def slide(slider: NumberSlider, value: float, step: float) -> None:
    """Move a slider to ``value`` with the arrow keys."""
    steps = round((value - slider.value) / step)
    hands.key(slider.slider, Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left, abs(steps))
    assert slider.value == pytest.approx(value)


def click_at(page: DescentPage, x: float) -> None:
    place = page.graph.to_widget(x, 10)
    hands.press(page.graph, place)
    hands.release(page.graph, place)


def cells(page: DescentPage, row: int) -> list[str]:
    items = [page.table.item(row, column) for column in range(4)]
    return [item.text() if item else "" for item in items]


def test_steps_fill_table_and_formula(page: DescentPage) -> None:
    # C = 0.8 x^2 - 1.6 x + 3 at -4: 22.2, slope -8; eta 0.1 leads to -3.2.
    assert cells(page, 0) == ["0", "−4.000", "22.200", "−8.000"]
    assert "−4.00 − 0.10 · (−8.00) = −3.20" in page.formula.text()
    hands.click(page.player.step)
    assert page.place == pytest.approx(-3.2)
    assert cells(page, 1) == ["1", "−3.200", "16.312", "−6.720"]
    assert "1 − 2 · 0.80 · 0.10 = 0.840" in page.formula.text()
    assert "1.00 + 0.840<sup>1</sup> · (−5.00) = −3.20" in page.formula.text()
    hands.click(page.player.reset)
    assert page.taken == 0
    assert page.table.rowCount() == 1


@pytest.mark.parametrize(
    ("eta", "words"),
    [
        (0.03, "Crawls"),
        (0.4, "Converges"),
        (0.62, "Nearly arrives at once"),
        (1.0, "Oscillates"),
        (1.25, "Swings for ever"),
        (1.3, "Diverges"),
    ],
)
def test_it_says_what_will_happen(page: DescentPage, eta: float, words: str) -> None:
    page.eta.set_value(eta)
    assert f"<b>{words}" in page.verdict.text()


def test_what_is_said_is_exact(page: DescentPage) -> None:
    assert "each step leaves 84.0 %" in page.verdict.text()
    page.eta.set_value(0.62)  # 1/(2 c2) is 0.625
    assert "close to" in page.verdict.text()
    assert "0.625" in page.verdict.text()
    page.c2.set_value(1)
    page.eta.set_value(0.5)
    assert "<b>Arrives at once" in page.verdict.text()
    page.c2.set_value(0.6)
    page.eta.set_value(1.67)  # 1 - 2 * 0.6 * 1.67 = -1.004
    assert "multiplies the distance by 1.004" in page.verdict.text()


def test_beginning_at_the_bottom_is_a_case_of_its_own(page: DescentPage) -> None:
    page.x0.set_value(1)  # C = 0.8 x^2 - 1.6 x + 3
    for eta in (0.1, 1.25, 2.0):
        page.eta.set_value(eta)
        assert "Begins at the bottom" in page.verdict.text()
    page.c2.set_value(2.95)
    page.c1.set_value(-1.5)
    page.x0.set_value(0.25)  # the bottom is at 0.254, and the first step is 2.07 · 0.0042 long
    page.eta.set_value(0.35)
    assert "Begins next to the bottom" in page.verdict.text()
    assert "ends after 1 step" in page.verdict.text()


def test_a_screen_reader_reads_what_is_said(page: DescentPage) -> None:
    read = QAccessible.queryAccessibleInterface(page.verdict)
    assert read.text(QAccessible.Text.Name).startswith("Crawls: ")
    page.eta.set_value(1.3)
    assert read.text(QAccessible.Text.Name).startswith("Diverges: ")


def test_a_press_in_the_graph_updates_once(page: DescentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    updates: list[int] = []
    monkeypatch.setattr(page.formula, "show_lines", lambda *_: updates.append(1))
    click_at(page, 3)
    assert updates == [1]


def test_steps_are_counted_as_in_the_loop(page: DescentPage) -> None:
    page.c2.set_value(1)
    page.c1.set_value(0)
    page.x0.set_value(4)
    page.eta.set_value(0.25)
    assert "ends after 9 steps" in page.verdict.text()
    page.eta.set_value(0.01)  # the steps 0.08, 0.0784, ... are below 0.01 long before the bottom
    assert "the steps are short, not the way" in page.verdict.text()


def test_a_press_in_the_graph_begins_there_and_a_drag_goes_on(page: DescentPage) -> None:
    hands.click(page.player.step)
    click_at(page, 3)
    assert page.x0.value == pytest.approx(3, abs=0.05)
    assert page.taken == 0
    hands.press(page.graph, page.graph.to_widget(3, 10))
    hands.move(page.graph, page.graph.to_widget(-2, 10))
    hands.release(page.graph, page.graph.to_widget(-2, 10))
    assert page.x0.value == pytest.approx(-2, abs=0.05)


def test_where_no_start_can_be_nothing_is_moved_and_that_is_told(
    page: DescentPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _of: told.append(text))
    page.x0.set_value(18)  # so that the graph shows what is farther out than any start
    assert page.graph.view[1] > 20
    for place in (page.graph.to_widget(25, 10), QPointF(-200, 10)):
        page.x0.set_value(18)
        hands.press(page.graph, place)
        hands.release(page.graph, place)
        assert page.x0.value == 18
        assert told.pop() == "x can begin from −20 to 20, in the graph; nothing was moved."
    hands.press(page.graph, page.graph.to_widget(10, 10))
    view = page.graph.view
    hands.move(page.graph, page.graph.to_widget(25, 10))
    assert told
    hands.move(page.graph, page.graph.to_widget(19, 10))
    assert page.x0.value == pytest.approx(19, abs=0.1)
    assert page.graph.view == view  # it does not move away under the hand
    hands.move(page.graph, page.graph.to_widget(3, 10))
    hands.release(page.graph, page.graph.to_widget(3, 10))
    assert page.graph.view[1] < view[1]


def test_the_notebooks_run(page: DescentPage) -> None:
    page.curve_box.setCurrentIndex(1)
    for _ in range(4):
        hands.click(page.player.step)
    page.c0.set_value(6)
    hands.click(page.notebook)
    assert page.run == descend(Parabola(1, 0, 0), 10, 0.05)
    assert (page.taken, page.run.steps, len(page.run.path)) == (45, 45, 46)
    assert page.run.path[-1] == 0.08727963568087704  # as the notebook's own loop prints it
    assert "ends after 45 steps (46 tangents), 0.087 from the bottom" in page.verdict.text()
    assert "46 tangents" in page.graph.accessibleDescription()
    assert page.table.rowCount() == 46
    assert cells(page, 1) == ["1", "9.000", "81.000", "18.000"]
    assert "= 0.10 − 0.05 · 0.19 = 0.09" in page.formula.text()  # the last step
    hands.click(page.player.reset)
    hands.click(page.player.step)
    assert page.place == 9
    assert "= −18.00, on the curve −15.39" not in page.formula.text()
    assert "= −16.20, on the curve −15.39" in page.formula.text()


def test_tangents_cross_the_graph_and_the_present_one_stands_out(page: DescentPage) -> None:
    hands.click(page.notebook)
    picture, (left, right, _, _) = page.graph.grab().toImage(), page.graph.view

    def warmth(x: float, y: float) -> int:
        """Return by how much red is more than blue near a place: tangents are orange, all else is grey or blue."""
        place = page.graph.to_widget(x, y) * picture.devicePixelRatio()
        across, down, near = round(place.x()), round(place.y()), (-1, 0, 1)
        colours = [picture.pixelColor(across + i, down + j) for i in near for j in near]
        return max(colour.red() - colour.blue() for colour in colours)

    for x in (0.8 * left, 0.4 * left, 0.7 * right):
        assert warmth(x, page.place**2 + 2 * page.place * (x - page.place)) > 150
    first = warmth(7, 100 + 20 * (7 - 10))  # the tangent at the start, which is 20 steep
    assert 15 < first < 100
    assert warmth(0.5 * left, 60) < 10


def test_one_step_to_the_bottom_does_the_task(page: DescentPage, qtbot: QtBot) -> None:
    slide(page.eta, 0.62, 0.01)
    assert not page.done  # the step must be taken
    click_at(page, 2)  # only 1 away
    hands.click(page.player.step)
    assert not page.done
    click_at(page, -3)
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.click(page.player.step)
    assert page.task.text().startswith("<b>✓ Done:")


def test_numbers_without_bound_are_stopped_and_painted(page: DescentPage) -> None:
    page.c2.set_value(3)
    page.x0.set_value(6)
    page.eta.set_value(4)
    hands.click(page.player.step)
    assert "After 1 step x is farther out than 100" in page.verdict.text()
    assert not page.player.step.isEnabled()
    assert not page.grab().isNull()
    page.eta.set_value(0.34)
    while page.player.step.isEnabled():
        hands.click(page.player.step)
        page.grab()
    assert page.run.ending == "diverged"
    assert page.graph.view[1] >= 48  # the graph shows how far it has gone
    hands.click(page.player.reset)
    assert page.graph.view[1] < 48


def test_the_quartic_from_one_valley_into_the_other(page: DescentPage) -> None:
    hands.key(page.curve_box, Qt.Key.Key_Down)
    assert not page.c2.isEnabled()
    page.eta.set_value(0.1)
    page.x0.set_value(5)
    assert "Converges</b> in the right valley" in page.verdict.text()
    page.eta.set_value(0.4)
    assert "begins in the right valley and ends in the left" in page.verdict.text()
    page.eta.set_value(1)
    page.x0.set_value(2)
    assert "Jumps about" in page.verdict.text()
    assert "After 1000 steps" in page.verdict.text()
    page.x0.set_value(1)
    assert "Stops by chance" in page.verdict.text()
    page.x0.set_value(0.2)
    page.eta.set_value(0.1)
    assert "Crawls" in page.verdict.text()  # on top of the hill, where there is hardly any slope
    page.eta.set_value(4)
    page.x0.set_value(6)
    hands.click(page.player.step)
    assert "Diverges" in page.verdict.text()
    assert not page.grab().isNull()


def test_play_takes_steps_to_the_end_and_rests_when_hidden(page: DescentPage, qtbot: QtBot) -> None:
    page.player.clock.setInterval(1)
    hands.click(page.player.play)
    qtbot.waitUntil(lambda: page.taken >= 2)
    page.hide()
    assert not page.player.playing
    page.show()
    hands.click(page.player.play)
    qtbot.waitUntil(lambda: not page.player.playing)
    assert page.taken == page.run.steps == page.table.rowCount() - 1
    assert not page.player.play.isChecked()
    hands.click(page.player.play)  # from the start once more
    assert page.taken == 0
    page.eta.set_value(0.5)
    assert not page.player.playing


def test_ticks_and_numbers_of_any_size() -> None:
    assert ticks(-6, 6, 6) == [-6, -4, -2, 0, 2, 4, 6]
    assert ticks(0, 1.2, 5) == pytest.approx([0, 0.5, 1])
    assert [short(value) for value in (0, 0.25, -20, 1500, 24576, 3e6)] == ["0", "0.25", "−20", "1,500", "24.6k", "3M"]
    assert plain(-43600.0) == "−4.4 · 10<sup>4</sup>"
    assert plain(9999.0) == "9999.00"


def test_a_hidden_page_does_no_work(page: DescentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.hide()
    updates: list[int] = []
    monkeypatch.setattr(page.formula, "show_lines", lambda *_: updates.append(1))
    page.eta.set_value(0.5)
    assert updates == []
    page.show()
    assert updates == [1]


def test_an_eta_that_was_typed_stands_as_it_was_typed(page: DescentPage) -> None:
    page.eta.set_value(0.1)
    page.eta.shown.selectAll()
    QTest.keyClicks(page.eta.shown, "0.055\r")
    assert "− 0.055 · (−8.00) = −3.56" in page.formula.text()  # 0.06 · 8 would be 0.48
