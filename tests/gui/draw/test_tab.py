"""The Draw tab: what is drawn is read, live."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.reading import Verdict
from digitpad.errors import StoreError
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.widgets import theme
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.words import a_digit
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.looks import choose_colours, choose_text

LONG = "a drawing, 12 runs and the network in use"


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


def test_pressing_a_digit_keeps_the_drawing_as_that_digit(window: MainWindow, qtbot: QtBot) -> None:
    drawings = window.session.drawings
    assert not window.draw.keep[3].isEnabled()
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_3)
    assert window.status.report.text() == "Kept as a 3. You have kept 1 so far."
    (kept,) = drawings.samples.page(None, 0, 9)
    assert (kept.label, kept.prediction) == (3, 3)
    np.testing.assert_allclose(kept.strokes[0], window.draw.canvas.drawing.strokes[0].points, atol=1e-5)
    np.testing.assert_allclose(kept.image / 255, window.draw.canvas.drawing.stages().image, atol=0.002)


def test_what_was_read_as_another_digit_is_said_and_can_be_taken_back_at_once(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    with qtbot.waitSignal(drawings.reported), qtbot.assertNotEmitted(tab.said):
        QTest.keyClick(tab.canvas, Qt.Key.Key_3)
    assert window.status.report.text() == "Kept as a 3. You have kept 1 so far."
    assert not window.toast.isVisible()  # where both agree nothing is said twice
    with qtbot.waitSignal(tab.said):
        QTest.keyClick(tab.canvas, Qt.Key.Key_8)
    assert window.toast.sentence == "Kept as 8, read as 3."
    hands.drag(tab.canvas, hands.LINE)  # begins another drawing, which stays
    with qtbot.waitSignal(drawings.removed):
        QTest.keySequence(tab.canvas, "Ctrl+Return")
    assert [sample.label for sample in drawings.samples.each()] == [3]
    assert len(tab.canvas.drawing.strokes) == 1
    assert window.toast.sentence == "Forgotten."


@pytest.mark.parametrize("size", [(720, 520), (1280, 720), (1920, 1080)])
def test_what_is_said_covers_neither_the_digits_nor_the_way_to_learn_from_them(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.toast.show_said(Said("Kept as 8, read as 3.", "Undo"))
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    covered = window.toast.rect().translated(window.toast.mapTo(window, QPoint()))
    names = ["learn", *(f"keep_{digit}" for digit in range(10))]
    buttons = [one for one in window.draw.findChildren(QToolButton) if one.objectName() in names and one.isVisible()]
    assert len(buttons) == 11
    assert not any(covered.intersects(one.rect().translated(one.mapTo(window, QPoint()))) for one in buttons)
    window.tabs.setCurrentIndex(1)
    assert window.toast.geometry().right() > window.tabs.width() - 40  # where there is no such button


@pytest.mark.parametrize(
    ("size", "percent", "kept"),
    [
        ((720, 520), 100, "a drawing"),
        ((1280, 720), 125, "a drawing"),
        ((1280, 720), 150, "a drawing"),
        ((1280, 720), 150, "a drawing and 2 runs"),
        ((1280, 720), 100, LONG),
        ((1920, 1080), 150, LONG),
    ],
)
def test_what_is_offered_until_it_is_decided_covers_nothing_of_how_it_got_there(
    window: MainWindow, size: tuple[int, int], percent: int, kept: str
) -> None:
    choose_text(window, percent)
    window.draw.panel.how.set_open(True)
    window.offer.say(f"Kept from today at 10:15: {kept}.")
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    shown = window.draw.panel.parentWidget()
    assert shown
    covered = window.offer.rect().translated(window.offer.mapTo(window, QPoint()))
    assert not covered.intersects(shown.rect().translated(shown.mapTo(window, QPoint())))
    label = window.offer.label
    assert label.heightForWidth(label.width()) <= label.height()
    window.looks.usual()


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
@pytest.mark.parametrize("kept", ["a drawing", "a drawing and 2 runs"])
def test_what_is_offered_covers_no_tool(window: MainWindow, percent: int, kept: str) -> None:
    choose_text(window, percent)
    window.offer.say(f"Kept from today at 10:15: {kept}.")
    window.resize(1280, 720)
    for _ in range(3):
        QApplication.processEvents()
    covered = window.offer.rect().translated(window.offer.mapTo(window, QPoint()))
    for tool in (*(window.draw.findChild(QToolButton, name) for name in ("undo", "eraser")), window.draw.brush):
        assert tool
        assert not covered.intersects(tool.rect().translated(tool.mapTo(window, QPoint())))
    window.looks.usual()


@pytest.mark.parametrize("width", [720, 1280])
def test_what_is_said_in_large_text_has_room_for_its_words_beside_a_button(window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    window.looks.set_text_percent(200)
    sentence = "Run #2 has ended: 89.65 % of the test set at best, epoch 22, chosen on it: optimistic."
    window.toast.show_said(Said(sentence, "Use the best epoch", lambda: None))
    for _ in range(3):
        QApplication.processEvents()
    label = window.toast.findChild(QLabel, "said_text")
    assert label
    assert label.width() >= max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
    assert label.heightForWidth(label.width()) <= label.height()
    window.looks.usual()


@pytest.mark.parametrize("seen", ["then", "meanwhile", "once before"])
def test_the_tools_have_room_for_their_words_when_the_text_grew_behind_another_tab(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seen: str
) -> None:
    monkeypatch.setattr(theme, "_TURN_S", 2e-5)  # or the tools may have grown before anybody can see the tab
    window.resize(720, 520)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.isVisible())
    for percent in (110, 125, 150, 175, 200):
        window.looks.set_text_percent(percent)
    if seen == "once before":
        window.tabs.setCurrentWidget(window.draw)
        QApplication.processEvents()
        window.tabs.setCurrentWidget(window.tabs.train_page)
    if seen != "meanwhile":
        qtbot.waitUntil(lambda: not window.theme.busy)
    window.tabs.setCurrentWidget(window.draw)
    qtbot.waitUntil(lambda: not window.theme.busy)
    for _ in range(3):
        QApplication.processEvents()
    for name in ("undo", "redo", "clear", "eraser"):
        tool = window.draw.findChild(QToolButton, name)
        assert tool
        assert tool.width() >= tool.sizeHint().width()
    window.looks.usual()


@pytest.mark.parametrize(
    ("width", "height", "percent", "beside"),
    [(1280, 720, 100, False), (1280, 520, 100, True), (720, 520, 100, True), (1024, 600, 150, True),
     (1280, 720, 200, True)],
)  # fmt: skip
def test_the_tools_are_as_wide_as_the_pad_or_stand_beside_it(
    window: MainWindow, width: int, height: int, percent: int, beside: bool
) -> None:
    choose_text(window, percent)
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()
    tab = window.draw
    pad = tab.canvas.square().toRect().translated(tab.canvas.mapTo(tab, QPoint()))
    for tool in (*(tab.findChild(QToolButton, name) for name in ("undo", "redo", "clear", "eraser")), tab.brush):
        assert tool
        place = tool.rect().translated(tool.mapTo(tab, QPoint()))
        if beside:
            assert pad.right() < place.left() < pad.right() + 2 * GAP
            assert pad.top() <= place.top() < place.bottom() <= pad.bottom() or width == 720  # where it is no wider
        else:
            assert pad.bottom() < place.top()
            assert pad.left() <= place.left() < place.right() <= pad.right()
    window.looks.usual()


def test_the_right_side_grows_with_the_text(window: MainWindow) -> None:
    window.resize(2400, 1000)
    QApplication.processEvents()
    usual = window.draw.panel.width()
    choose_text(window, 200)
    for inside in (False, True, False):
        if inside != window.draw.look_inside.isChecked():
            window.draw.look_inside.trigger()
        QApplication.processEvents()
        assert window.draw.panel.width() > 1.5 * usual
    window.looks.usual()


def test_the_ten_digits_stand_right_below_their_heading_however_high_the_window_is(window: MainWindow) -> None:
    for height in (720, 1080, 1440):
        window.resize(1920, height)
        QApplication.processEvents()
        (heading,) = [one for one in window.draw.findChildren(QLabel) if one.text().startswith("It is really")]
        button = window.draw.findChild(QToolButton, "keep_0")
        assert button
        below_heading = heading.mapTo(window, QPoint(0, heading.height())).y()
        assert 0 <= button.mapTo(window, QPoint()).y() - below_heading <= heading.height()


def test_undo_takes_back_what_was_kept_and_then_strokes_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings

    def turn(key: str) -> None:
        with qtbot.waitSignal(drawings.reported):
            QTest.keySequence(tab.canvas, key)

    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
    hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    for name in ("stroke", "clear"):
        assert tab.undo.text() == f"Undo {name}"
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.undo.text() == "Undo keep as 9"
    assert "Undo keep as 9" in tab.undo.toolTip()
    (button,) = tab.findChildren(QToolButton, "undo")
    assert button.text() == "Undo"  # as wide as ever
    turn("Ctrl+Z")
    assert drawings.total == 0
    assert len(tab.canvas.drawing.strokes) == 1
    assert not tab.canvas.finished  # the next stroke belongs to it
    assert (tab.undo.text(), tab.redo.text()) == ("Undo stroke", "Redo keep as 9")
    turn("Ctrl+Shift+Z")
    assert drawings.counts[9] == 1
    assert tab.canvas.finished
    turn("Ctrl+Z")
    QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.canvas.empty
    assert not tab.undo.isEnabled()


def test_each_tab_takes_back_what_was_done_there(window: MainWindow, qtbot: QtBot) -> None:
    hands.drag(window.draw.canvas, hands.LINE)
    undo = window.draw.undo
    for index, possible in ((1, False), (2, False), (3, False), (0, True)):
        window.tabs.setCurrentIndex(index)
        assert undo.isEnabled() == possible
    assert undo.text() == "Undo stroke"


def test_a_digit_s_key_in_mid_stroke_keeps_nothing(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    places = tab.canvas.to_widget(hands.LINE)
    hands.press(tab.canvas, places[0])
    for place in places[1:]:
        hands.move(tab.canvas, place)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key.Key_1)
    assert tab.canvas.drawing_now
    assert not tab.canvas.finished
    tab.collecting.begin([0] * 10)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
    hands.release(tab.canvas, places[-1])
    assert len(tab.canvas.drawing.strokes) == 1
    with qtbot.waitSignal(drawings.kept):
        QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
    tab.collecting.finish()


def test_after_a_drawing_was_kept_the_next_stroke_begins_another(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    hands.drag(canvas, hands.LINE)
    kept = canvas.drawing
    with qtbot.waitSignal(window.session.drawings.reported):
        window.draw.keep[8].trigger()
    assert window.status.report.text() == "Kept as an 8. You have kept 1 so far."
    assert canvas.drawing == kept
    window.draw.erase.trigger()
    hands.drag(canvas, hands.LINE + (0, 0.3))  # rubs out nothing: only a line begins another
    assert canvas.drawing == kept
    window.draw.erase.trigger()
    hands.drag(canvas, hands.LINE + (0, 0.2))
    hands.drag(canvas, hands.LINE + (0, 0.3))
    assert len(canvas.drawing.strokes) == 2
    for _ in range(3):
        window.draw.undo.trigger()
    assert canvas.drawing == kept


def test_a_drawing_that_cannot_be_kept_is_told_and_still_there(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the drawings cannot be kept there.")

    monkeypatch.setattr(window.session.drawings.samples, "add", full)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.session.drawings.failed):
        window.draw.keep[3].trigger()
    assert "cannot be kept there" in window.toast.sentence
    assert len(window.draw.canvas.drawing.strokes) == 1
    assert window.session.drawings.total == 0


def test_ten_of_each_digit_are_asked_for_in_rounds(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    window.tabs.collect()
    strip = tab.collecting
    qtbot.waitUntil(strip.isVisible)
    assert not strip.keep.isEnabled()  # nothing is drawn yet
    asked = []
    for _ in range(12):
        asked.append(strip.asked)
        assert strip.title.text() in (f"Draw a {strip.asked}", f"Draw an {strip.asked}")
        hands.drag(tab.canvas, hands.LINE)
        with qtbot.waitSignal(drawings.reported):
            QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
        assert tab.canvas.drawing.empty
    assert sorted(asked[:10]) == list(range(10))
    assert all(one != next_one for one, next_one in itertools.pairwise(asked))
    assert strip.progress.text().startswith("12 of 100 drawn")
    with qtbot.waitSignal(drawings.reported):
        strip.back.trigger()
    assert strip.asked == asked[-1]
    assert drawings.total == 11
    assert tab.canvas.drawing.empty
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        strip.keep.trigger()
    with qtbot.waitSignal(drawings.reported):
        tab.undo.trigger()  # it, and that the canvas was cleared for the next
    assert strip.asked == asked[-1]
    assert drawings.total == 11
    assert len(tab.canvas.drawing.strokes) == 1
    strip.end.trigger()
    assert not strip.isVisible()
    assert not strip.keep.isEnabled()
    assert [sample.label for sample in drawings.samples.each()] == asked[:-1]


def test_collecting_stays_at_a_digit_that_could_not_be_kept(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreError("the drawings are locked.")

    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "add", locked)
        with qtbot.waitSignal(drawings.failed):
            tab.collecting.keep.trigger()
    assert window.toast.sentence == "the drawings are locked."
    assert tab.collecting.asked == asked
    assert len(tab.canvas.drawing.strokes) == 1
    assert tab.collecting.progress.text().startswith("0 of 100 drawn")
    with qtbot.waitSignal(drawings.reported):
        tab.collecting.keep.trigger()
    assert tab.canvas.drawing.empty
    assert tab.collecting.progress.text().startswith("1 of 100 drawn")
    tab.collecting.finish()
    assert window.toast.sentence == "1 digit collected. “Learn my hand” learns from them."


def test_collecting_leaves_alone_what_is_drawn_while_a_drawing_is_being_kept(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        tab.collecting.keep.trigger()
        hands.drag(tab.canvas, hands.LINE + (0, 0.2))  # before the window hears that the first was kept
    (stroke,) = tab.canvas.drawing.strokes
    assert stroke.points[0, 1] > hands.LINE[0, 1] + 0.1
    (kept,) = drawings.samples.each()
    assert kept.strokes[0][0, 1] < hands.LINE[0, 1] + 0.1
    tab.collecting.finish()


def test_while_collecting_only_the_digit_that_is_asked_for_can_be_kept(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key(Qt.Key.Key_0 + (asked + 1) % 10))
    assert window.toast.sentence == f"You are asked for {a_digit(asked)}: only {asked} or Return keeps it."
    assert not tab.canvas.finished
    assert tab.collecting.asked == asked
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key(Qt.Key.Key_0 + asked))
    assert [sample.label for sample in drawings.samples.each()] == [asked]
    assert tab.collecting.progress.text().startswith("1 of 100 drawn")
    tab.collecting.finish()


def test_collecting_asks_again_for_what_was_removed_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.kept) as kept:
        tab.collecting.keep.trigger()
    assert kept.args is not None
    assert tab.collecting.asked != asked
    with qtbot.waitSignal(drawings.removed):
        drawings.remove([kept.args[0]])
    assert tab.collecting.asked == asked
    tab.collecting.finish()


def test_what_was_collected_before_counts(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.draw.collecting
    strip.begin([10] * 9 + [8])
    assert (strip.asked, strip.progress.text()) == (9, "0 of 2 drawn  ·  number 1 of 2")
    strip.finish()
    strip.begin([10] * 10)  # ten more of each
    assert strip.progress.text() == "0 of 100 drawn  ·  number 1 of 10"
    strip.finish()


def test_collecting_ends_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([9] + [10] * 9)
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignals([tab.collecting.ended, drawings.reported]):
        tab.collecting.keep.trigger()
    assert not tab.collecting.isVisible()
    assert drawings.counts == [1] + [0] * 9


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


@pytest.mark.parametrize("is_open", [False, True])
def test_no_state_moves_the_pad_or_asks_for_more_room(window: MainWindow, qtbot: QtBot, is_open: bool) -> None:
    tab = window.draw
    tab.panel.how.set_open(is_open)
    window.resize(720, 520)
    QApplication.processEvents()
    least, place = tab.panel.minimumSizeHint(), tab.canvas.geometry()
    for strokes in ([THREE], [], [hands.LINE], [THREE * 0.5 + (0.0, 0.25), THREE * 0.5 + (0.45, 0.25)]):
        tab.canvas.clear()
        if strokes:
            with qtbot.waitSignal(tab.answered):
                draw(tab.canvas, strokes)
        QApplication.processEvents()
        assert tab.panel.minimumSizeHint().height() == least.height()
        assert tab.canvas.geometry() == place
    tab.undo.trigger()
    with qtbot.waitSignal(window.session.drawings.kept):
        tab.keep[1].trigger()
    QApplication.processEvents()
    assert tab.canvas.geometry() == place


def test_the_answer_the_outputs_and_all_ten_digits_fit_the_least_window(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    window.resize(720, 520)
    QApplication.processEvents()
    area = tab.panel.parentWidget()
    assert area is not None
    buttons = [button for button in tab.panel.findChildren(QToolButton) if button.isVisibleTo(window)]
    for part in (tab.answer, tab.outputs, *buttons):
        corner = part.mapTo(area, part.rect().bottomRight())
        assert area.rect().contains(corner), part.objectName()


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
