"""What is said over the page: it moves nothing, takes no focus, and is not lost before it was read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.card import Card
from digitpad.gui.widgets.toast import Said, Side, Toast
from digitpad.nn.training import TrainingConfig
from digitpad.train.advice import Vitals, advice

SHORT_MS = 1


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with two fields, the first with the focus."""
    page = QWidget()
    column = QVBoxLayout(page)
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        column.addWidget(field)
    qtbot.addWidget(page)
    page.resize(600, 400)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    field_of(page, "first").setFocus()
    return page


@pytest.fixture
def toast(page: QWidget) -> Iterator[Toast]:
    """A toast over the page on which nothing goes by itself during a test."""
    toast = Toast(page, 10_000_000)
    yield toast
    toast.close_down()


@pytest.fixture
def fleeting(page: QWidget) -> Iterator[Toast]:
    """A toast over the page on which what goes by itself does so at once."""
    toast = Toast(page, SHORT_MS)
    yield toast
    toast.close_down()


def field_of(page: QWidget, name: str) -> QLineEdit:
    field = page.findChild(QLineEdit, name)
    assert field is not None
    return field


def button(toast: Toast, name: str) -> QToolButton:
    (found,) = [one for one in toast.findChildren(QToolButton, name) if one.isVisible()]
    return found


def shown(toast: Toast) -> list[str]:
    """What stands there, from above."""
    cards = [card for card in toast.findChildren(Card) if card.isVisible()]
    return [card.sentence for card in sorted(cards, key=lambda card: card.y())]


def test_it_lies_within_the_page_at_the_lower_right_and_moves_nothing(page: QWidget, toast: Toast) -> None:
    field = field_of(page, "second")
    assert not toast.isVisible()
    before, least = field.geometry(), page.minimumSizeHint()
    for width, height in ((600, 400), (1000, 700), (360, 320)):
        page.resize(width, height)
        before = field.geometry()
        toast.say("/a/path/without/blanks" * 20 + ": there is no such file.")
        toast.show_said(Said("Kept as 9.", "Undo"))
        assert page.rect().contains(toast.geometry())
        assert toast.geometry().right() > width - 40
        assert toast.geometry().bottom() > height - 40
        assert field.geometry() == before
        assert page.minimumSizeHint() == least
        assert all(label.width() > 100 for label in toast.findChildren(QLabel) if label.isVisible())
        toast.clear()
        assert not toast.isVisible()


def test_what_is_kept_clear_is_not_covered_on_its_side(page: QWidget, toast: Toast) -> None:
    page.resize(1000, 700)
    corner, row = QPushButton("corner", page), QPushButton("row", page)
    corner.setGeometry(850, 660, 140, 30)
    row.setGeometry(300, 655, 280, 30)  # in the way only of what lies to the left of the corner
    toast.keep_clear(corner, Side.LEFT)
    toast.keep_clear(row, Side.ABOVE)
    for shown, right, bottom in (((), 992, 692), ((corner,), 845, 692), ((row,), 992, 692), ((corner, row), 845, 655)):
        for button in (corner, row):
            button.setVisible(button in shown)
        toast.show_said(Said("Kept as 9.", "Undo"))
        place = toast.geometry()
        assert not any(place.intersects(button.geometry()) for button in shown)
        assert right - 12 <= place.right() <= right
        assert bottom - 12 <= place.bottom() <= bottom


def test_what_is_kept_clear_is_not_covered_after_what_it_lies_in_has_moved(page: QWidget, toast: Toast) -> None:
    page.resize(1000, 700)
    tools = QWidget(page)
    row = QPushButton("row", tools)
    tools.setGeometry(300, 100, 400, 40)
    row.setGeometry(100, 0, 280, 30)
    tools.show()
    toast.keep_clear(row, Side.ABOVE)
    toast.say("This failed.")
    assert toast.geometry().bottom() > 680
    tools.move(300, 655)
    assert not toast.geometry().intersects(tools.geometry())


def test_the_whole_sentence_is_there_however_long_it_is(page: QWidget, toast: Toast) -> None:
    toast.say("a" * 300 + " in the middle " + "b" * 300)
    assert "in the middle" in toast.sentence
    (label,) = [label for label in toast.findChildren(QLabel) if label.isVisible()]
    assert "in the middle" in label.toolTip()
    assert toast.height() < 200
    assert label.heightForWidth(label.width()) <= label.height()  # nothing of what it shows is cut off


def test_no_word_of_what_is_advised_in_training_is_left_out(page: QWidget, toast: Toast) -> None:
    start = Vitals(0, 0.1, 2.0, "quadratic", 0.02, 0.02, 0, 1)
    stuck = advice(TrainingConfig(1, 10, 1000.0), start, 0.1, replace(start, epochs=12.5, mean_derivative=0.001))
    assert stuck is not None
    assert "cannot be told" in stuck.sentences
    toast.say(f"Run #1000, at epoch 12.5. {stuck.sentences}")
    (label,) = [label for label in toast.findChildren(QLabel) if label.isVisible()]
    assert "Whether the learning rate is to blame cannot be told" in label.text()
    assert label.heightForWidth(label.width()) <= label.height()


def test_no_line_begins_with_a_per_cent_sign(page: QWidget, toast: Toast) -> None:
    toast.say("Run #1 has ended: 91.0 % at best.")
    (label,) = [label for label in toast.findChildren(QLabel) if label.isVisible()]
    assert "91.0\u00a0%" in label.text()
    assert toast.sentence == "Run #1 has ended: 91.0 % at best."


def test_neither_saying_nor_a_click_takes_the_focus(page: QWidget, toast: Toast) -> None:
    field = field_of(page, "first")
    toast.say("This failed.")
    toast.show_said(Said("This went well.", "Undo", lambda: None))
    assert field.hasFocus()
    for label in toast.findChildren(QLabel):
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    QTest.mouseClick(button(toast, "said_action"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(toast, "close_notice"), Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    assert field.hasFocus()
    QTest.keyClicks(field, "3")
    assert field.text() == "3"


def test_after_a_button_that_was_reached_by_tab_the_focus_is_where_it_was(page: QWidget, toast: Toast) -> None:
    field = field_of(page, "second")
    field.setFocus()
    toast.say("This failed.")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    close = button(toast, "close_notice")
    assert close.hasFocus()
    QTest.keyClick(close, Qt.Key.Key_Space)
    assert not toast.isVisible()
    assert field.hasFocus()


def test_escape_closes_one_after_the_other_the_newest_first(page: QWidget, toast: Toast) -> None:
    field = field_of(page, "first")
    for sentence in ("One.", "Two.", "One."):  # said again it is the newest, and there is one of it
        toast.say(sentence)
    toast.show_said(Said("Three."))
    assert shown(toast) == ["Two.", "One.", "Three."]
    left = []
    while toast.sentence:
        left.append(toast.sentence)
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert left == ["Three.", "One.", "Two."]


def test_what_failed_stays_and_what_was_said_gives_way(page: QWidget, fleeting: Toast, qtbot: QtBot) -> None:
    toast = fleeting
    toast.say("This failed.")
    toast.show_said(Said("Kept as 1."))
    toast.show_said(Said("Kept as 2."))
    assert shown(toast) == ["This failed.", "Kept as 2."]
    qtbot.waitUntil(lambda: shown(toast) == ["This failed."])
    for number in range(5):
        toast.say(f"{number}")
    assert shown(toast) == ["2", "3", "4"]


def test_what_goes_by_itself_waits_while_it_is_looked_at(page: QWidget, fleeting: Toast, qtbot: QtBot) -> None:
    toast, field, going = fleeting, field_of(page, "second"), fleeting.findChild(QTimer, "going")
    assert going is not None
    field.setFocus()
    toast.show_said(Said("Kept as 9.", "Undo"))
    QTest.keyClick(field, Qt.Key.Key_Tab)
    undo = button(toast, "said_action")
    assert undo.hasFocus()
    with qtbot.waitSignal(going.timeout):
        pass
    assert toast.sentence == "Kept as 9."
    QTest.mouseMove(undo)
    field.setFocus()
    with qtbot.waitSignal(going.timeout):
        pass
    assert toast.sentence == "Kept as 9."
    QTest.mouseMove(page, QPoint(2, 2))
    qtbot.waitUntil(lambda: not toast.sentence)


@pytest.mark.parametrize("by_key", [False, True])
def test_the_action_is_done_once(page: QWidget, toast: Toast, by_key: bool) -> None:
    field, done = field_of(page, "first"), list[str]()
    toast.show_said(Said("Kept as 8.", "Undo", lambda: done.append("8")))
    toast.show_said(Said("Kept as 9.", "Undo", lambda: done.append("9")))
    if by_key:
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.mouseClick(button(toast, "said_action"), Qt.MouseButton.LeftButton)
    assert done == ["9"]
    assert not toast.sentence
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == ["9"]


def test_what_it_was_about_is_settled_and_nothing_else(page: QWidget, toast: Toast) -> None:
    opening, saving = object(), object()
    toast.say("Cannot be opened.", opening)
    toast.say("Cannot be written.", saving)
    toast.settle(opening)
    assert shown(toast) == ["Cannot be written."]


def test_screen_readers_are_told_and_interrupted_by_what_failed_alone(
    page: QWidget, toast: Toast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        told.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    politeness = QAccessible.AnnouncementPoliteness
    toast.say("This failed.")
    toast.show_said(Said("Kept as 9.", "Undo"))
    assert told == [("This failed.", politeness.Assertive), ("Kept as 9.", politeness.Polite)]


def test_what_had_the_focus_may_be_gone(page: QWidget, toast: Toast) -> None:
    field = field_of(page, "first")
    toast.say("It failed.")
    button(toast, "close_notice").setFocus(Qt.FocusReason.TabFocusReason)
    shiboken6.delete(field)
    QTest.keyClick(button(toast, "close_notice"), Qt.Key.Key_Space)
    assert not toast.sentence


def test_the_same_sentence_is_said_in_one_place_however_long_it_is(toast: Toast) -> None:
    for _ in range(2):
        toast.say("It failed,\nfor a reason " + "that is long " * 100)
    assert len(shown(toast)) == 1


def test_a_long_sentence_has_the_whole_width_and_its_buttons_below(page: QWidget, toast: Toast) -> None:
    def place(name: str) -> QPoint:
        return button(toast, name).mapTo(toast, QPoint())

    for words, below in (("Short.", False), ("A sentence of some length. " * 6, True), ("Short again.", False)):
        toast.show_said(Said(words, "Use the best of it", lambda: None))
        label = next(one for one in toast.findChildren(QLabel) if one.isVisible())
        card = label.parentWidget()
        assert card
        for part in (toast, card):
            inner = part.layout()
            assert inner
            inner.activate()
        assert (place("said_action").y() >= label.mapTo(toast, label.rect().bottomLeft()).y()) is below
        assert (label.width() > toast.width() * 3 / 4) is below


def test_what_is_said_after_all_has_ended_begins_nothing_that_would_go_by_itself(fleeting: Toast) -> None:
    fleeting.close_down()
    fleeting.show_said(Said("Run 2 has ended."))
    assert fleeting.sentence == "Run 2 has ended."
    assert not [timer for timer in fleeting.findChildren(QTimer) if timer.isActive()]
