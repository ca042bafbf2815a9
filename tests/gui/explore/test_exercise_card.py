"""An exercise that is answered by a number."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.explore.exercises.exercise import Choose, Exercise, Number, Verdict
from digitpad.gui.explore.exercise_card import ExerciseCard
from digitpad.gui.services.ways import ToBook
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import Theme


def check(value: float) -> Verdict:
    return Verdict(value == 0.5, "At z = 0 it is a half.")


HALF = Exercise(
    "half", "A half", "http://localhost/#half", "What is σ(0)?", (Number("It is", check),), ("e^0 = 1", "1/2")
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0.5", "<b>✓ Right.</b> At z = 0 it is a half."),
        ("1", "<b>✗ Not so.</b> At z = 0 it is a half."),
        ("", "Write a number, such as 0.5."),
        ("a half", "Write a number, such as 0.5."),
        ("nan", "Write a number, such as 0.5."),
        ("1e999", "Write a number, such as 0.5."),
        ("0,5", "Write a number: with a point, as in 0.5."),
    ],
)
def test_a_number_is_checked_by_return(qapp: QApplication, qtbot: QtBot, typed: str, told: str) -> None:
    theme, card = Theme(qapp), ExerciseCard(HALF)
    qtbot.addWidget(card)
    card.set_open(True)
    card.show()
    solved: list[str] = []
    card.solved.connect(solved.append)
    answer, box = card.answers[0], card.findChild(QLineEdit)
    assert box is not None
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert answer.verdict.text() == told
    assert solved == (["half"] if "Right" in told else [])
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert len(solved) <= 1  # it is told once
    theme.deleteLater()


def test_an_answer_that_was_right_counts_no_more_once_no_number_stands_there(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    card = ExerciseCard(Exercise("twice", "Twice", "", "", (Number("One", check), Number("Two", check)), ()))
    qtbot.addWidget(card)
    card.set_open(True)
    card.show()
    solved: list[str] = []
    card.solved.connect(solved.append)
    first, second = card.findChildren(QLineEdit)
    for one, other in (("0.5", ""), ("nan", "0.5"), ("0.5", "0.5")):
        first.setText(one)
        second.setText(other)
        card.check.click()
        assert bool(solved) is (one == other)
    theme.deleteLater()


def test_it_says_where_it_is_in_the_book(qapp: QApplication, qtbot: QtBot) -> None:
    theme, card = Theme(qapp), ExerciseCard(HALF)
    qtbot.addWidget(card)
    links = card.findChild(Links)
    assert links is not None
    with qtbot.waitSignal(card.wanted) as wanted:
        links.linkActivated.emit("0")
    assert wanted.args == [ToBook("http://localhost/#half")]
    theme.deleteLater()


def test_all_lines_have_their_height_on_a_page_wider_than_they_are(qapp: QApplication, qtbot: QtBot) -> None:
    theme, page = Theme(qapp), QWidget()
    long = "It gives an answer of so many words that they need a second line, wherever the first one ends. " * 2
    options = tuple((text, Verdict(i == 0, "")) for i, text in enumerate((long, "Yes", "No", long)))
    card = ExerciseCard(Exercise("long", "Long", "", long, (Choose(long, options),), ()))
    column = QVBoxLayout(page)
    column.addWidget(card)
    scrolling = Scrolling(page)
    qtbot.addWidget(scrolling)
    scrolling.resize(1_400, 200)
    card.set_open(True)
    scrolling.show()
    labels = [label for label in card.findChildren(QLabel) if label.wordWrap() and label.isVisible() and label.text()]
    assert len(labels) >= 6
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))
    theme.deleteLater()
