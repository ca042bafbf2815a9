"""The Draw tab: what is drawn is read, live."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.reading import Verdict
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.looks import choose_colours


def test_a_blank_canvas_says_draw_a_digit(window: MainWindow) -> None:
    tab = window.draw
    assert tab.answer.answer.text() == "Draw a digit"
    assert not tab.answer.verdict.isVisible()
    assert tab.bits.text == ""
    assert not tab.undo.isEnabled()
    assert not tab.redo.isEnabled()
    assert not tab.clear.isEnabled()


def test_a_picture_that_is_hard_to_read_says_so(window: MainWindow, qtbot: QtBot) -> None:
    three, one = (Drawing((Stroke(np.column_stack([path, np.ones(len(path))]), 0.05),)).stages()
                  for path in (THREE, hands.LINE[:, ::-1]))  # fmt: skip
    tab, picture = window.draw, Picture.fitted(three.ink, (three.image, one.image))
    with qtbot.waitSignal(tab.answered):
        tab.canvas.show_picture(picture)
    assert tab.reading
    assert tab.reading.otherwise is not None
    assert tab.answer.answer.text() == f"3 or {tab.reading.otherwise}"
    assert tab.answer.verdict.text() == "Not sure"
    assert tab.answer.detail.text().startswith("The picture is hard to read: ")
    with qtbot.waitSignal(tab.answered):
        tab.canvas.show_picture(Picture.fitted(three.ink, (three.image,)))
    assert (tab.answer.answer.text(), tab.answer.verdict.text()) == ("3", "Certain")


def test_the_answer_stands_there_before_the_pen_is_lifted(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    places = tab.canvas.to_widget(THREE)
    hands.press(tab.canvas, places[0])
    with qtbot.waitSignal(tab.answered):
        for place in places[1:]:
            hands.move(tab.canvas, place)
    assert tab.answer.answer.text() == "3"
    assert tab.answer.verdict.text() == "Certain"
    assert tab.bits.text == "0011 = 3"
    hands.release(tab.canvas, places[-1])


def test_many_movements_at_once_are_read_once(window: MainWindow, qtbot: QtBot) -> None:
    readings: list[float] = []
    window.draw.answered.connect(readings.append)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    assert len(readings) == 1


def test_very_much_that_is_shown_at_once_is_read_when_the_hand_rests(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    walk = np.cumsum(np.random.default_rng(0).normal(0, 0.02, (700, 6, 3)), axis=1) + (0.5, 0.5, 0)
    walk[..., 2] = 1
    many = Drawing(tuple(Stroke(np.clip(points, 0, 1), 0.05) for points in walk))
    with qtbot.waitSignal(tab.answered):
        tab.canvas.show_drawing(many)
    assert window.session.image is not None
    np.testing.assert_allclose(window.session.image, many.stages().image, atol=1e-5)
    without = Drawing(many.strokes[1:300])
    tab.canvas.show_drawing(without)
    with qtbot.waitSignal(window.session.drawings.changed):  # what is kept is what is there, read or not
        tab.keep[8].trigger()
    np.testing.assert_allclose(window.session.image, without.stages().image, atol=1e-5)
    with qtbot.waitSignal(tab.answered):
        tab.canvas.clear()


def test_a_scribble_is_no_digit(window: MainWindow, qtbot: QtBot) -> None:
    walk = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (120, 2)), axis=0)
    scribble = 0.5 + 0.35 * walk / np.abs(walk).max()
    with qtbot.waitSignal(window.draw.answered):
        hands.drag(window.draw.canvas, scribble)
    reading = window.draw.reading
    assert reading is not None
    assert reading.verdict is Verdict.NO_DIGIT
    assert window.draw.answer.answer.text() == "No digit"


def test_who_is_not_sure_names_the_two_nearest(window: MainWindow, qtbot: QtBot) -> None:
    wanted = np.full(10, 0.01)
    wanted[[4, 9]] = 0.55, 0.7
    bias = np.log(wanted / (1 - wanted))
    undecided = Network.of([np.zeros((10, 784))], [bias], activation="sigmoid", cost="quadratic")
    window.session.use(Model(undecided))
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    assert window.draw.answer.answer.text() == "9 or 4"
    assert window.draw.answer.verdict.text() == "Not sure"
    assert window.draw.answer.detail.text() == "Outputs: 0.70 for 9, 0.55 for 4"


def test_a_click_of_an_unsteady_hand_is_no_digit(window: MainWindow, qtbot: QtBot) -> None:
    for trembling in (0.0, 0.002, 0.004):
        window.draw.canvas.clear()
        with qtbot.waitSignal(window.draw.answered):
            hands.drag(window.draw.canvas, np.array([[0.5, 0.5], [0.5, 0.5 + trembling]]))
        assert window.draw.answer.answer.text() == "No digit"
        assert "No neuron takes this for its digit" in window.draw.answer.detail.text()


def test_undoing_everything_is_a_blank_canvas_again(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.draw.answered):
        window.draw.undo.trigger()
    assert window.draw.answer.answer.text() == "Draw a digit"
    assert window.draw.redo.isEnabled()


def test_another_network_reads_the_drawing_at_once(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    before = window.draw.reading
    with qtbot.waitSignal(window.draw.answered):
        window.session.use(Model(Network([784, 10], seed=1)))
    after = window.draw.reading
    assert before is not None
    assert after is not None
    assert not np.array_equal(before.outputs, after.outputs)


def test_the_brush_slider_and_its_keys_set_the_width(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    before = tab.canvas.brush
    tab.thicker.trigger()
    assert tab.canvas.brush > before
    tab.thinner.trigger()
    tab.thinner.trigger()
    assert tab.canvas.brush < before
    tab.brush.setValue(tab.brush.maximum())
    with qtbot.waitSignal(tab.answered):
        hands.drag(tab.canvas, hands.LINE)
    assert tab.canvas.drawing.strokes[0].brush == tab.canvas.brush


def test_the_eraser_button_makes_the_pen_rub_out(window: MainWindow) -> None:
    tab = window.draw
    hands.drag(tab.canvas, hands.LINE)
    tab.erase.trigger()
    hands.drag(tab.canvas, np.array([[0.5, 0.4], [0.5, 0.6]]))
    assert len(tab.canvas.drawing.strokes) == 2
    tab.erase.trigger()
    hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    assert len(tab.canvas.drawing.strokes) == 3


def test_each_tab_takes_back_what_was_done_there(window: MainWindow, qtbot: QtBot) -> None:
    hands.drag(window.draw.canvas, hands.LINE)
    undo = window.draw.undo
    for index, possible in ((1, False), (2, False), (3, False), (0, True)):
        window.tabs.setCurrentIndex(index)
        assert undo.isEnabled() == possible
    assert undo.text() == "Undo stroke"


@pytest.mark.parametrize(
    ("output", "other", "word", "detail"),
    [
        (0.98, 0.01, "Certain", "Output 0.98. Next is 4, far behind."),
        (0.68, 0.21, "Likely", "Output 0.68. Next is 4, with 0.21."),
        (0.97, 0.3, "Likely", "Output 0.97. Next is 4, with 0.30."),
        (0.45, 0.1, "Not sure", "Outputs: 0.45 for 9, 0.10 for 4"),
    ],
)
def test_the_word_fits_the_outputs(
    window: MainWindow, qtbot: QtBot, output: float, other: float, word: str, detail: str
) -> None:
    wanted = np.full(10, 0.001)
    wanted[[9, 4]] = output, other
    network = Network.of([np.zeros((10, 784))], [np.log(wanted / (1 - wanted))], activation="sigmoid", cost="quadratic")
    window.session.use(Model(network))
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    assert (window.draw.answer.verdict.text(), window.draw.answer.detail.text()) == (word, detail)


def test_before_the_first_stroke_there_are_no_black_pictures(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    tab.panel.how.set_open(True)
    QApplication.processEvents()

    def darkest() -> int:
        image = tab.stages.grab().toImage()
        upper = range(0, image.height() // 2, 3)
        return min(QColor(image.pixel(x, y)).lightness() for x in range(0, image.width(), 3) for y in upper)

    choose_colours(window, Qt.ColorScheme.Light)
    assert darkest() > 80
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    assert darkest() == 0
