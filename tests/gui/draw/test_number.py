"""Several digits on the canvas are shown as a number, of which a digit is chosen, joined and parted."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data import synthetic
from digitpad.draw.drawing import Drawing, Points
from digitpad.draw.numbers import Number
from digitpad.draw.reading import Reading
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands

ONE = np.array([[0.15, 0.3], [0.15, 0.5], [0.15, 0.7]])


def digits(text: str, gap: float = 0.3) -> list[Points]:
    """Return the strokes of a number across the canvas."""
    strokes, right = [], 0.0
    for seed, sign in enumerate(text):
        digit = synthetic.strokes(int(sign), np.random.default_rng(seed), synthetic.Hand())
        points = np.concatenate(digit)
        low, height = points.min(axis=0), np.ptp(points[:, 1])
        sized = [(stroke - low) / height + (right, 0) for stroke in digit]
        strokes += sized
        right = max(stroke[:, 0].max() for stroke in sized) + gap
    size = min(0.88 / right, 0.6)
    return [stroke * size + (0.06, 0.5 - size / 2) for stroke in strokes]


def show(window: MainWindow, qtbot: QtBot, strokes: list[Points]) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, strokes)


def outputs(window: MainWindow) -> str:
    """What the bars say of the digit that has the highest."""
    told = window.draw.outputs.accessibleDescription().split(", ")
    return max(told, key=lambda one: float(one.split(": ")[1]))[0]


def test_a_number_is_the_answer(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    blank = tab.canvas.grab().toImage()
    show(window, qtbot, digits("2026"))
    assert tab.answer.answer.text() == "2026"
    assert tab.answer.number.isVisible()
    assert not tab.answer.answer.isVisible()
    assert tab.answer.detail.text().startswith("Digit 4: 6, ")
    assert outputs(window) == "6"
    assert tab.canvas.grab().toImage() != blank
    with qtbot.waitSignal(tab.answered):
        tab.clear.trigger()
    assert tab.canvas.grab().toImage() == blank
    assert tab.answer.answer.text() == "Draw a digit"
    assert not tab.answer.number.isVisible()


def test_one_more_digit_makes_a_number_and_undo_one_digit_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, [THREE * 0.5 + (0.0, 0.25)])
    assert tab.answer.answer.text() == "3"
    show(window, qtbot, [THREE * 0.5 + (0.45, 0.25)])
    assert tab.answer.answer.text() == "33"
    with qtbot.waitSignal(tab.answered):
        tab.undo.trigger()
    assert tab.answer.answer.text() == "3"
    assert tab.answer.answer.isVisible()


def test_the_bars_show_the_digit_that_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    view = window.draw.answer.number
    show(window, qtbot, digits("2074"))
    assert outputs(window) == "4"
    with qtbot.waitSignal(window.draw.answered):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() * 3 // 8, view.height() // 2))
    assert outputs(window) == "0"
    assert window.session.seen is not None
    assert window.session.seen.reading.digit == 0
    view.setFocus()
    for key, digit in ((Qt.Key.Key_Right, "7"), (Qt.Key.Key_Home, "2"), (Qt.Key.Key_End, "4"), (Qt.Key.Key_Left, "7")):
        with qtbot.waitSignal(window.draw.answered):
            QTest.keyClick(view, key)
        assert outputs(window) == digit


def test_digits_are_joined_and_parted_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    tab, view = window.draw, window.draw.answer.number
    show(window, qtbot, digits("107"))
    view.setFocus()
    with qtbot.waitSignal(tab.answered):
        QTest.keyClick(view, Qt.Key.Key_J)  # the 7 with the 0
    assert len(tab.answer.answer.text()) == 2
    with qtbot.waitSignal(tab.answered):
        QTest.keyClick(view, Qt.Key.Key_P)
    assert tab.answer.answer.text() == "107"


def test_a_number_of_twelve_digits_fits_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    window.resize(720, 520)
    QApplication.processEvents()
    show(window, qtbot, digits("314159265358", 0.25))
    assert tab.answer.answer.text() == "314159265358"
    QApplication.processEvents()
    assert 0 < tab.answer.number.width() < tab.answer.width()
    assert tab.answer.number.visibleRegion().boundingRect() == tab.answer.number.rect()
    small = tab.answer.number.width()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: tab.answer.number.width() > small)


def test_those_who_hear_the_number_hear_how_far_to_trust_it(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, digits("2026"))
    told = QAccessible.queryAccessibleInterface(window.draw.answer.number)
    assert told.text(QAccessible.Text.Name) == "Number 2026"
    words = told.text(QAccessible.Text.Description)
    assert words.startswith("2 ")
    assert "Digit 4 is chosen." in words


def test_what_is_not_sure_is_marked(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    between = np.array([[0.62, 0.34], [0.56, 0.3], [0.5, 0.36], [0.53, 0.5], [0.6, 0.5], [0.62, 0.34], [0.5, 0.66]])
    show(window, qtbot, [ONE, ONE + (0.15, 0), between])
    number = tab.numbering.number
    if number is None or number.sure:
        pytest.fail("the drawing of this test has to be doubtful")
    assert tab.answer.verdict.text() == "Not sure"
    assert "not sure" in tab.answer.number.accessibleDescription()


def test_a_number_is_not_kept_as_a_digit(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("42"))
    with qtbot.waitSignal(tab.said) as said:
        tab.keep[4].trigger()
    assert said.args[0].sentence == "There are several digits on the canvas. Draw one at a time to keep it."
    assert not tab.canvas.finished
    hands.drag(tab.canvas, hands.LINE)
    assert len(tab.canvas.drawing.strokes) > 1  # and it can be drawn on


def test_while_digits_are_asked_for_a_number_is_none(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    tab.collecting.begin([9] + [10] * 9)
    show(window, qtbot, digits("42"))
    with qtbot.waitSignal(tab.said):
        tab.collecting.keep.trigger()
    assert tab.collecting.active
    assert not tab.canvas.empty
    tab.collecting.finish()


def between(window: MainWindow, index: int) -> QPoint:
    """Where the digit with that index begins on the canvas, half way down it, beyond the end of the one before."""
    number = window.draw.numbering.number
    assert number is not None
    before, here = (number.parts[i].piece.box for i in (index - 1, index))
    place = np.array([[(before[2] + here[0]) / 2, (before[1] + before[3]) / 2]])
    return window.draw.canvas.to_widget(place)[0].toPoint()


def top_of(window: MainWindow, index: int) -> QPoint:
    """Where the upper side of the box around the digit with that index is on the canvas, half way along it."""
    number = window.draw.numbering.number
    assert number is not None
    left, top, right, _ = number.parts[index].piece.box
    return window.draw.canvas.to_widget(np.array([[(left + right) / 2, top - 0.03]]))[0].toPoint()


def click(window: MainWindow, qtbot: QtBot, place: QPoint) -> None:
    with qtbot.waitSignal(window.draw.answered):
        QTest.mouseClick(window.draw.canvas, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_a_click_between_two_boxes_joins_them_and_one_on_the_box_parts_them(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("107"))
    drawing = tab.canvas.drawing
    gap = between(window, 1)
    click(window, qtbot, gap)
    qtbot.waitUntil(lambda: len(tab.answer.answer.text()) == 2)
    assert tab.answer.answer.text()[-1] == "7"
    assert tab.canvas.drawing == drawing  # no dot was drawn
    number = tab.numbering.number
    assert number is not None
    left, top, right, _ = number.parts[0].piece.box
    corner = tab.canvas.to_widget(np.array([[(left + right) / 2, top - 0.03]]))[0].toPoint()
    click(window, qtbot, corner)
    qtbot.waitUntil(lambda: tab.answer.answer.text() == "107")


def test_all_joined_is_one_digit_that_can_be_parted_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("42"))
    click(window, qtbot, between(window, 1))
    qtbot.waitUntil(lambda: not tab.numbering.several)
    assert tab.numbering.number is not None
    left, top, right, _ = tab.numbering.number.parts[0].piece.box
    click(window, qtbot, tab.canvas.to_widget(np.array([[(left + right) / 2, top - 0.03]]))[0].toPoint())
    qtbot.waitUntil(lambda: tab.answer.answer.text() == "42")


def test_what_is_joined_by_a_key_is_chosen_and_parted_by_another_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    tab, view = window.draw, window.draw.answer.number
    for text, joins in (("42", 1), ("107", 2), ("2026", 1)):
        tab.canvas.clear()
        show(window, qtbot, digits(text))
        view.setFocus()
        for left in range(len(text) - 1, len(text) - 1 - joins, -1):
            with qtbot.waitSignal(tab.answered):
                QTest.keyClick(view, Qt.Key.Key_J)
            assert tab.numbering.number is not None
            assert len(tab.numbering.number.parts) == left
            assert tab.numbering.index == left - 1
            assert QApplication.focusWidget() is view
        for _ in range(joins):
            with qtbot.waitSignal(tab.answered):
                QTest.keyClick(view, Qt.Key.Key_P)
            assert QApplication.focusWidget() is view
        assert tab.answer.answer.text() == text


def test_joining_and_parting_are_taken_back_and_done_again_before_strokes_are(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("42"))
    drawing = tab.canvas.drawing

    def after(tool: QAction) -> int:
        with qtbot.waitSignal(tab.answered):
            tool.trigger()
        assert tab.canvas.drawing == drawing
        return len(tab.numbering.number.parts) if tab.numbering.number else 0

    assert not tab.undo.text().endswith("join")
    assert after(tab.join) == 1
    assert tab.undo.text().endswith("join")
    assert not tab.join.isEnabled()
    assert after(tab.undo) == 2
    assert after(tab.redo) == 1
    assert after(tab.part) == 2
    assert tab.undo.text().endswith("part")
    assert after(tab.undo) == 1
    assert after(tab.undo) == 2
    with qtbot.waitSignal(tab.answered):
        tab.join.trigger()
    with qtbot.waitSignal(tab.answered):
        tab.clear.trigger()
    assert not tab.part.isEnabled()
    assert after(tab.undo) == 1  # it comes back as it was


def test_what_is_read_as_one_digit_is_parted_in_two_or_it_is_said_that_it_cannot_be(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.draw
    upright = np.array([[0.5, 0.2], [0.5, 0.5], [0.5, 0.8]])
    for line in (upright, upright[:, ::-1]):  # which has no height at all
        show(window, qtbot, [line])
        with qtbot.waitSignal(tab.said) as said:
            tab.part.trigger()
        assert said.args[0].sentence.startswith("This cannot be parted in two")
        assert not tab.numbering.several
        with qtbot.waitSignal(tab.answered):
            tab.clear.trigger()
    show(window, qtbot, digits("0"))
    assert tab.answer.answer.text() == "0"
    tab.canvas.setFocus()
    with qtbot.waitSignal(tab.answered):
        QTest.keyClick(tab.canvas, Qt.Key.Key_P)
    assert tab.numbering.number is not None
    assert len(tab.numbering.number.parts) == 2
    assert tab.answer.number.isVisible()
    with qtbot.waitSignal(tab.answered):
        tab.undo.trigger()
    assert tab.answer.answer.text() == "0"
    assert tab.answer.answer.isVisible()


def test_the_focus_of_a_number_that_goes_is_on_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("42"))
    tab.answer.number.setFocus()
    with qtbot.waitSignal(tab.answered):
        tab.clear.trigger()
    assert QApplication.focusWidget() is tab.canvas


def test_a_click_on_a_box_or_its_label_puts_no_dot_there_not_even_while_the_button_is_down(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.draw
    button = Qt.MouseButton.LeftButton
    show(window, qtbot, digits("107"))
    tab.canvas.finish_stroke()
    drawing, steps = tab.canvas.drawing, tab.canvas.undo_stack.count()
    number = tab.numbering.number
    assert number is not None
    left, top, right, _ = number.parts[0].piece.box
    line = tab.canvas.to_widget(np.array([[(left + right) / 2, top - 0.03]]))[0].toPoint()
    label = line - QPoint(0, 12)
    for place in (line, label):
        before = tab.canvas.grab().toImage()
        with qtbot.waitSignal(tab.answered):
            QTest.mousePress(tab.canvas, button, pos=place)
        assert tab.canvas.drawing == drawing
        assert tab.answer.answer.text() == "107"
        pixel = place * before.devicePixelRatio()
        assert tab.canvas.grab().toImage().pixel(pixel) == before.pixel(pixel)
        with qtbot.waitSignal(tab.answered):
            QTest.mouseRelease(tab.canvas, button, pos=place)
        assert tab.canvas.drawing == drawing
        assert tab.canvas.undo_stack.index() == steps + 1  # it was parted
        with qtbot.waitSignal(tab.answered):
            tab.undo.trigger()
        assert tab.canvas.drawing == drawing


@pytest.mark.parametrize("of_the_last", ["box", "gap"])
def test_a_click_on_a_digit_that_is_none_any_more_when_the_button_is_let_go_changes_nothing(
    window: MainWindow, qtbot: QtBot, of_the_last: str
) -> None:
    tab, button = window.draw, Qt.MouseButton.LeftButton
    show(window, qtbot, digits("107"))
    place = top_of(window, 2) if of_the_last == "box" else between(window, 2)
    with qtbot.waitSignal(tab.answered):
        QTest.mousePress(tab.canvas, button, pos=place)
    with qtbot.waitSignal(tab.answered):
        tab.numbering.join(2)
    assert len(tab.answer.answer.text()) == 2
    steps = tab.canvas.undo_stack.count()
    with qtbot.waitSignal(tab.answered), qtbot.assertNotEmitted(tab.said):
        QTest.mouseRelease(tab.canvas, button, pos=place)
    assert tab.canvas.undo_stack.count() == steps


@pytest.mark.parametrize("what", ["window", "focus", "picture", "hide"])
def test_a_press_on_a_box_that_is_interrupted_is_no_click(window: MainWindow, qtbot: QtBot, what: str) -> None:
    tab = window.draw
    show(window, qtbot, digits("107"))
    drawing, place = tab.canvas.drawing, top_of(window, 0)
    QTest.mousePress(tab.canvas, Qt.MouseButton.LeftButton, pos=place)
    with qtbot.assertNotEmitted(tab.canvas.box_clicked):
        if what == "window":
            QApplication.sendEvent(tab.canvas, QEvent(QEvent.Type.WindowDeactivate))
        elif what == "focus":
            tab.answer.number.setFocus()
        elif what == "picture":
            tab.canvas.show_drawing(Drawing())
            tab.canvas.undo()
        else:
            tab.canvas.hide()
        QTest.mouseRelease(tab.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert tab.canvas.drawing == drawing


def test_a_double_click_between_two_boxes_joins_them_and_draws_nothing(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("107"))
    drawing, place = tab.canvas.drawing, between(window, 1)
    click(window, qtbot, place)
    qtbot.waitUntil(lambda: len(tab.answer.answer.text()) == 2)
    again = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, place.toPointF(), tab.canvas.mapToGlobal(place).toPointF(),
        Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(tab.canvas, again)
    QTest.mouseRelease(tab.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert tab.canvas.drawing == drawing
    assert len(tab.answer.answer.text()) == 2


def test_a_stroke_across_a_box_is_a_stroke(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.draw
    show(window, qtbot, digits("107"))
    strokes = len(tab.canvas.drawing.strokes)
    number = tab.numbering.number
    assert number is not None
    x = (number.parts[0].piece.box[2] + number.parts[1].piece.box[0]) / 2
    with qtbot.waitSignal(tab.answered):
        hands.drag(tab.canvas, np.array([[x, 0.45], [x, 0.5], [x, 0.55]]))
    assert len(tab.canvas.drawing.strokes) == strokes + 1
    with qtbot.waitSignal(tab.answered):
        QTest.mouseClick(tab.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert len(tab.canvas.drawing.strokes) == strokes + 2  # and a dot a dot


def test_a_canvas_full_of_lines_is_read_over_some_turns_and_at_once_by_who_parts_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, patience = window.draw, list[float]()
    read = tab.numbering.read

    def impatient(drawing: Drawing, whole: Reading, *, growing: bool, patience_s: float) -> Number | None:
        patience.append(patience_s)
        return read(drawing, whole, growing=growing, patience_s=0 if patience_s < 1 else patience_s)

    monkeypatch.setattr(tab.numbering, "read", impatient)
    show(window, qtbot, digits("920417205316", gap=0.1))
    assert tab.answer.answer.text() == "920417205316"
    assert len(patience) > 1
    with qtbot.waitSignal(tab.answered):
        tab.clear.trigger()
    usual = min(patience)
    patience.clear()
    draw(tab.canvas, digits("920417205316", gap=0.1))
    tab.part.trigger()
    assert patience[0] > usual
    assert tab.numbering.several


def test_a_canvas_full_of_lines_is_read_while_a_pen_is_held_on_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.draw
    read, unfinished = tab.numbering.read, list[bool]()

    def impatient(drawing: Drawing, whole: Reading, *, growing: bool, patience_s: float) -> Number | None:
        number = read(drawing, whole, growing=growing, patience_s=-1)
        unfinished.append(tab.numbering.unfinished)
        return number

    monkeypatch.setattr(tab.numbering, "read", impatient)
    before, t = digits("9204172", gap=0.1), np.linspace(0, 100, 700)
    edge = max(stroke[:, 0].max() for stroke in before)  # a dense line overlaps the last digit, and is drawn with it
    dense = np.column_stack([edge + 0.02 * np.sin(1.3 * t), 0.5 + 0.05 * np.sin(0.97 * t)])
    places = tab.canvas.to_widget(dense)
    draw(tab.canvas, before)
    hands.press(tab.canvas, places[0])
    with qtbot.waitSignal(tab.answered):
        for place in places[1:]:
            hands.move(tab.canvas, place)
    assert any(unfinished)
    assert tab.canvas.drawing_now
    hands.release(tab.canvas, places[-1])


def test_a_number_is_not_kept_as_one_digit_before_it_is_read(window: MainWindow) -> None:
    tab = window.draw
    draw(tab.canvas, digits("920417205316", gap=0.1))
    QTest.keyClick(tab.canvas, Qt.Key.Key_2)  # at once, when nothing of it is read yet
    assert "several digits" in window.toast.sentence
