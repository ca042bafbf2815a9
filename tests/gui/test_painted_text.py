"""Words that are painted by hand have room, also in twice their size, and can be read in light and in dark."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.inside.page import InsidePage
from digitpad.gui.inside.view import PAGES
from digitpad.gui.replay import draw
from digitpad.gui.widgets.colours import LEGIBLE, Role, contrast, mixed
from digitpad.gui.window.main_window import MainWindow
from tests.gui.explore.stage import every_view
from tests.gui.looks import choose_colours, choose_text
from tests.gui.test_accessible import open_folds, overridden, settle
from tests.gui.training import train

_PART = 0.8  # of the height of a line, which is what its letters take
_NEAR = 4.0  # pixels beyond the edge of a picture in which no letter has ink


class Words:
    """Hears what is painted, where there is no room for it, and where it can hardly be told from what is under it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cut: set[str] = set()
        self.faint: set[str] = set()
        self._places: list[tuple[str, QRect, QColor]] = []  # of the widget that is painted
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
        if text.strip():
            place_of_it = painter.deviceTransform().mapRect(needs).toAlignedRect()
            self._places.append((text, place_of_it, painter.pen().color()))
        if text.strip() and not (fits and inside):
            self.cut.add(f"{self._painted}: {text!r} needs {needs.toRect()} in {place} of {edge.toRect()}")

    def look_at(self, window: MainWindow, where: str) -> None:
        """Paint all that is shown."""
        settle()
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and overridden(widget, "paintEvent") and not isinstance(widget, QLabel):
                self._painted, self._places = f"{where}, {type(widget).__name__}", []
                picture = QPixmap(widget.size() * widget.devicePixelRatioF())
                picture.setDevicePixelRatio(widget.devicePixelRatioF())
                picture.fill(QApplication.palette().color(Role.Window))  # where it leaves what is behind it
                widget.render(picture)
                self._compare(picture.toImage())
                self._painted = ""

    def _compare(self, picture: QImage) -> None:
        """Compare the colour of each word with the one that is seen most beside it."""
        for text, place, ink in self._places:
            found = place.adjusted(-2, 0, 2, 0) & picture.rect()
            ends = range(found.top(), found.bottom() + 1)
            around = Counter(picture.pixel(x, y) for x in (found.left(), found.right()) for y in ends)
            if around:
                ground = QColor(around.most_common(1)[0][0])
                seen = mixed(ground, ink, ink.alphaF())
                if contrast(seen, ground) < LEGIBLE:
                    self.faint.add(f"{self._painted}: {text!r} in {seen.name()} on {ground.name()}")


Look = tuple[int, Qt.ColorScheme]


@pytest.fixture(params=[(100, Qt.ColorScheme.Light), (200, Qt.ColorScheme.Dark)], ids=["light", "large and dark"])
def look(request: pytest.FixtureRequest) -> Look:
    """How large text is, in per cent, and in which colours."""
    chosen: Look = request.param
    return chosen


@contextmanager
def looking(window: MainWindow, look: Look) -> Iterator[MainWindow]:
    """Have the window on a small screen, with text of this size and in these colours, and as usual again afterwards."""
    percent, scheme = look
    window.resize(1280, 720)
    choose_colours(window, scheme)
    choose_text(window, percent)
    yield window
    choose_text(window, 100)
    choose_colours(window, Qt.ColorScheme.Unknown)


@pytest.fixture
def enlarged(look: Look, training_window: MainWindow) -> Iterator[MainWindow]:
    """The window with its Train tab."""
    with looking(training_window, look) as window:
        yield window


@pytest.fixture
def enlarged_reader(
    look: Look, window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window with digits to look inside with; its other tabs are not built, which takes longer than all else."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    window.digits.wanted()
    qtbot.waitUntil(lambda: window.digits.current is not None)
    with looking(window, look) as window:
        yield window


def test_on_the_draw_tab(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words(monkeypatch)
    enlarged.tabs.setCurrentIndex(0)
    words.look_at(enlarged, "blank")
    with qtbot.waitSignal(enlarged.draw.answered):
        draw(enlarged.draw.canvas, [THREE])
    open_folds(enlarged.draw)
    words.look_at(enlarged, "a three")
    assert words.count > 20
    assert words.cut == words.faint == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.TITLE))
def test_on_every_page_of_what_is_inside(
    enlarged_reader: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: type[InsidePage]
) -> None:
    words, window = Words(monkeypatch), enlarged_reader
    window.draw.look_inside.trigger()
    assert window.tabs.inside is not None
    window.tabs.inside.show_page(page.TITLE)
    words.look_at(window, "blank")
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    open_folds(window.tabs.inside)
    settle()
    window.tabs.inside.finish()  # what works in a thread is painted, too
    words.look_at(window, "a three")
    assert words.cut == words.faint == set()


def test_on_the_train_tab(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words, tab = Words(monkeypatch), enlarged.train
    words.look_at(enlarged, "at first")
    train(qtbot, tab)
    for page in range(tab.inside.tabs.count()):
        tab.inside.tabs.setCurrentIndex(page)
        qtbot.waitUntil(lambda: tab.inside.evaluation is not None)
        words.look_at(enlarged, tab.inside.tabs.tabText(page))
    assert words.count > 20
    assert words.cut == words.faint == set()


def test_on_every_page_of_explore(enlarged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words(monkeypatch)
    enlarged.tabs.setCurrentWidget(enlarged.tabs.explore_page)
    for what in every_view(enlarged):
        words.look_at(enlarged, what)
    assert words.count > 100
    assert words.cut == words.faint == set()


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


def test_what_is_faint_is_found(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def paint(painter: QPainter) -> None:
        painter.fillRect(0, 0, 200, 40, QColor("#ffffff"))
        for x, colour in (
            (5, "#767676"),
            (100, "#787878"),
        ):  # the lightest grey that can be read on white, and the next
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(x, 30), colour)

    words, legible = Words(monkeypatch), _Narrow(paint)
    legible.setParent(window)
    legible.resize(200, 40)
    legible.show()
    words.look_at(window, "here")
    assert words.faint == {"here, _Narrow: '#787878' in #787878 on #ffffff"}
