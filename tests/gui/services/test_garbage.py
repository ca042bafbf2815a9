"""What collects garbage for the window: what was dropped goes, even if it had come to stay."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.services.garbage import GarbageCollector, collect_all


@pytest.fixture
def collector(qapp: QObject) -> Iterator[GarbageCollector]:
    """What collects while a window is there; Python does so by itself again afterwards."""
    made = GarbageCollector(qapp)
    gc.collect()
    yield made
    made.deleteLater()
    collect_all()
    gc.enable()


class _Circle:
    around: QWidget | None = None

    def __init__(self) -> None:
        self.me = self


def test_what_had_come_to_stay_goes_once_it_is_dropped() -> None:
    circle = _Circle()
    gone = weakref.ref(circle)
    gc.freeze()
    del circle
    gc.collect()
    assert gone() is not None  # which an ordinary collection leaves
    collect_all()
    assert gone() is None


def test_a_layout_of_qts_own_outlives_what_python_knew_of_it(qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    pages = [QLabel("one"), QLabel("two")]
    for page in pages:
        tabs.addTab(page, page.text())
    destroyed: list[str] = []
    circle = _Circle()
    circle.around = pages[0].parentWidget()
    assert circle.around is not None
    gc.freeze()  # it has come to stay before its layout was asked for
    layout = circle.around.layout()
    assert layout is not None
    layout.destroyed.connect(lambda: destroyed.append("layout"))
    gc.collect()
    del circle, layout
    collect_all()
    assert not destroyed
    tabs.setCurrentWidget(pages[1])
    assert tabs.currentWidget() is pages[1]


@pytest.mark.parametrize("many", [0, 10_000])
def test_where_very_much_is_new_it_is_not_looked_at(collector: GarbageCollector, many: int) -> None:
    circle = _Circle()
    gone = weakref.ref(circle)
    new = [list[int]() for _ in range(many)]
    del circle
    collector._collect()
    assert (gone() is None) is not bool(new)
    collector._collect()
    collect_all()
    assert gone() is None
