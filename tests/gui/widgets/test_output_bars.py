"""The bars of the ten outputs, painted where they changed."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.reading import Reading, reading_of
from digitpad.gui.widgets.output_bars import OutputBars


class _Watched(OutputBars):
    """Bars that count how many of their pixels are painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += event.rect().width() * event.rect().height()
        super().paintEvent(event)


@pytest.fixture
def bars(qtbot: QtBot) -> _Watched:
    bars = _Watched()
    qtbot.addWidget(bars)
    bars.resize(400, 233)
    with qtbot.waitExposed(bars):
        bars.show()
    QApplication.processEvents()
    return bars


def _reading(**outputs: float) -> Reading:
    values = np.full(10, 0.01, np.float32)
    for name, output in outputs.items():
        values[int(name[1:])] = output
    return reading_of(values)


def _seen(bars: OutputBars) -> QImage:
    QApplication.processEvents()
    return bars.screen().grabWindow(bars.winId()).toImage()


def test_what_changes_little_is_painted_little(bars: _Watched) -> None:
    bars.show_reading(_reading(d3=0.9))
    _seen(bars)
    bars.painted = 0
    bars.show_reading(_reading(d3=0.8))
    _seen(bars)
    assert 0 < bars.painted < bars.width() * bars.height() / 6
    bars.painted = 0
    bars.show_reading(_reading(d3=0.8))
    _seen(bars)
    assert bars.painted == 0


@pytest.mark.parametrize(
    "reading",
    [
        _reading(d3=0.8),
        _reading(d4=0.9),
        _reading(d3=0.9, d4=0.85),
        _reading(d0=0.02, d9=0.97),
        _reading(),
        reading_of(np.zeros(10, np.float32), blank=True),
    ],
)
def test_what_is_seen_is_what_is_shown(bars: _Watched, qtbot: QtBot, reading: Reading) -> None:
    bars.show_reading(_reading(d3=0.9))
    before = _seen(bars)
    bars.show_reading(reading)
    after = _seen(bars)
    bars.update()
    assert after == _seen(bars)
    assert after != before
    bars.show_reading(_reading(d3=0.9))
    assert _seen(bars) == before


@pytest.mark.parametrize("middle", [0.125, 0.005])
def test_a_number_that_is_rounded_the_other_way_is_painted(bars: _Watched, middle: float) -> None:
    bars.show_reading(_reading(d3=0.9, d4=middle - 4e-6))
    before = _seen(bars)
    bars.show_reading(_reading(d3=0.9, d4=middle + 4e-6))
    after = _seen(bars)
    assert after != before
    bars.update()
    assert after == _seen(bars)
