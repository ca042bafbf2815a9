"""What is painted by hand has room for its words, in text of the usual size and of twice that."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from tests.gui.test_accessible import open_folds, overridden, settle
from tests.gui.training import train

_PART = 0.8  # of the height of a line, which is what its letters take
_NEAR = 4.0  # pixels beyond the edge of a picture in which no letter has ink


class Words:
    """Hears what is painted, and where there is no room for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cut: set[str] = set()
        self.count = 0
        self._painted = ""
        plain = QPainter.drawText
        words = self

        def draw_text(painter: QPainter, *arguments: object) -> object:
            if words._painted:
                words._look(painter, *arguments)
            return plain(painter, *arguments)  # type: ignore[call-overload]

        monkeypatch.setattr(QPainter, "drawText", draw_text)

    def _look(self, painter: QPainter, place: object, *rest: object) -> None:
        text = next((part for part in rest if isinstance(part, str)), "")
        edge, device = QRectF(painter.window()), painter.device()
        assert device is not None
        if isinstance(place, QRectF | QRect):
            place, flags = QRectF(place), rest[0]
            needs = painter.boundingRect(place, int(flags), text)  # type: ignore[call-overload]
            fits = needs.width() <= place.width() + 1 and _PART * needs.height() <= place.height()
        elif isinstance(place, QPointF | QPoint):
            measure, place = painter.fontMetrics(), QPointF(place)
            needs = QRectF(
                place.x(), place.y() - measure.capHeight(), measure.horizontalAdvance(text), measure.capHeight()
            )
            fits = True
        else:
            raise TypeError(f"{place}: painted where?")
        inside = edge.adjusted(-1, -_NEAR, 1, _NEAR).contains(painter.transform().mapRect(needs))
        self.count += 1
        if text.strip() and not (fits and inside):
            self.cut.add(f"{self._painted}: {text!r} needs {needs.toRect()} in {place} of {edge.toRect()}")

    def look_at(self, window: MainWindow, where: str) -> None:
        """Paint all that is shown."""
        settle()
        for widget in window.findChildren(QWidget):
            by_hand = overridden(widget, "paintEvent") and not isinstance(widget, QLabel)
            if widget.isVisible() and by_hand and widget.objectName() != "focus_ring":
                self._painted = f"{where}, {type(widget).__name__}"
                widget.grab()
                self._painted = ""


@pytest.fixture(params=[100, 200])
def enlarged(request: pytest.FixtureRequest, training_window: MainWindow) -> Iterator[MainWindow]:
    """The window on a small screen, with text of this size, which is as usual again afterwards."""
    training_window.resize(1280, 720)
    training_window.theme.set_text_percent(request.param)
    yield training_window
    training_window.theme.set_text_percent(100)


def test_on_the_draw_tab(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words(monkeypatch)
    enlarged.tabs.setCurrentIndex(0)
    words.look_at(enlarged, "blank")
    with qtbot.waitSignal(enlarged.draw.answered):
        draw(enlarged.draw.canvas, [THREE])
    open_folds(enlarged.draw)
    words.look_at(enlarged, "a three")
    assert words.count > 20
    assert words.cut == set()


def test_on_the_train_tab(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words, tab = Words(monkeypatch), enlarged.train
    words.look_at(enlarged, "at first")
    train(qtbot, tab)
    for page in range(tab.inside.tabs.count()):
        tab.inside.tabs.setCurrentIndex(page)
        qtbot.waitUntil(lambda: tab.inside.evaluation is not None)
        words.look_at(enlarged, tab.inside.tabs.tabText(page))
    assert words.count > 20
    assert words.cut == set()


def test_on_every_page_of_explore(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words(monkeypatch)
    enlarged.tabs.setCurrentWidget(enlarged.tabs.explore_page)
    for number in range(1, enlarged.explore.list.count() + 1):
        words.look_at(enlarged, enlarged.explore.show_page(number).TITLE)
    assert words.count > 100
    assert words.cut == set()


class _Narrow(QWidget):
    def __init__(self, paint: Callable[[QPainter], object]) -> None:
        super().__init__()
        self._paint = paint

    def paintEvent(self, _event: object) -> None:
        """Paint too much for the room."""
        with QPainter(self) as painter:
            self._paint(painter)


@pytest.mark.parametrize(
    "paint",
    [
        lambda painter: painter.drawText(QRectF(0, 0, 20, 40), 0, "more than twenty pixels"),
        lambda painter: painter.drawText(QRectF(0, 0, 200, 5), 0, "high"),
        lambda painter: painter.drawText(QPointF(190, 30), "over the edge"),
    ],
)
def test_what_is_cut_is_found(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, paint: Callable[[QPainter], object]
) -> None:
    words, narrow = Words(monkeypatch), _Narrow(paint)
    narrow.setParent(window)
    narrow.resize(200, 40)
    narrow.show()
    words.look_at(window, "here")
    assert [cut.startswith("here, _Narrow") for cut in words.cut] == [True]
