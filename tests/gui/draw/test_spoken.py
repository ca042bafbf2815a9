"""A new answer is said to those who do not see it, once and when the hand rests."""

import pytest
from PySide6.QtCore import QObject, QPointF, QTimer
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.draw import spoken
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow


class Ear(QObject):
    """Hears what is announced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.heard: list[str] = []
        monkeypatch.setattr(spoken, "announce", lambda _, sentence: self.heard.append(sentence))


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    monkeypatch.setattr(spoken, "_REST_MS", 30)
    return Ear(monkeypatch)


def rests(window: MainWindow) -> bool:
    return not any(timer.isActive() for timer in window.draw.answer.findChildren(QTimer, "spoken_rest"))


def test_an_answer_is_said_once(ear: Ear, window: MainWindow, qtbot: QtBot) -> None:
    draw(window.draw.canvas, [THREE])
    qtbot.waitUntil(lambda: ear.heard == ["3. Certain."])
    draw(window.draw.canvas, [THREE + 0.002])  # and it is still a 3
    qtbot.waitUntil(lambda: len(window.draw.canvas.drawing.strokes) == 2 and rests(window))
    assert ear.heard == ["3. Certain."]
    window.draw.canvas.clear()
    qtbot.waitUntil(lambda: rests(window) and window.draw.answer.answer.text() == "Draw a digit")
    draw(window.draw.canvas, [THREE])  # another one, with the same answer
    qtbot.waitUntil(lambda: ear.heard == ["3. Certain."] * 2)


def test_nothing_is_said_while_the_pen_is_down_or_elsewhere(ear: Ear, window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    (rest,) = window.draw.answer.findChildren(QTimer, "spoken_rest")
    canvas.begin_stroke(QPointF(200, 100), 1.0, erase=False)
    canvas.extend_stroke(QPointF(200, 300), 1.0)
    with qtbot.waitSignals([rest.timeout] * 3):
        pass
    assert ear.heard == []
    canvas.finish_stroke()
    qtbot.waitUntil(lambda: rests(window) and len(ear.heard) == 1)
    ear.heard.clear()
    window.tabs.setCurrentIndex(2)
    draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.draw.answered):
        pass
    assert rests(window)
    assert ear.heard == []
