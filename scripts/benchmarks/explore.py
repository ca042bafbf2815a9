"""How quickly the Explore tab opens, and how quickly its pages follow a slider."""

import time
from collections.abc import Iterator

import pyqtgraph  # noqa: F401 # loaded already for those who trained first
from offscreen import open_window
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QToolButton

from benchmarks.rows import Row, summary
from digitpad.gui.explore.page import Page
from digitpad.gui.widgets.slider import NumberSlider

_MOVES = 60  # of each slider


def measure() -> Iterator[Row]:
    """Open the Explore tab and move every slider of every page."""
    with open_window() as window:
        started = time.perf_counter()
        window.tabs.setCurrentIndex(3)
        QApplication.processEvents()
        yield Row("opening the Explore tab, pyqtgraph loaded, s", {"once": time.perf_counter() - started})
        for number in range(1, window.explore.list.count() + 1):
            page = window.explore.show_page(number)
            QApplication.processEvents()
            if times := _steps(page):
                yield summary(f"slider to painted page, {page.IDEA.title}, ms", times)


def _steps(page: Page) -> list[float]:
    """Return the milliseconds of all sliders' steps, from the step that moves a slider to the end of painting.

    In every view and with every choice that shows other sliders.
    """
    done: set[NumberSlider] = set()
    times: list[float] = []
    for _ in _views(page):
        QApplication.processEvents()
        for slider in page.findChildren(NumberSlider):
            if slider.isVisible() and slider.isEnabled() and slider not in done:
                done.add(slider)
                times += _moved(slider.slider)
    return times


def _views(page: Page) -> Iterator[None]:
    """Show the page as it opens, then with every button pressed that stays down, then with every choice made."""
    yield
    for button in page.findChildren(QToolButton):
        if button.isCheckable() and button.isVisible() and "Play" not in button.text().replace("&", ""):
            button.click()
            yield
    for choice in page.findChildren(QComboBox):
        for index in range(choice.count() if choice.isVisible() else 0):
            choice.setCurrentIndex(index)
            yield


def _moved(slider: QAbstractSlider) -> list[float]:
    """Return the milliseconds of each step of ``slider``, to and fro."""
    times = []
    for i in range(_MOVES):
        step = 1 if i // 20 % 2 == 0 else -1
        started = time.perf_counter()
        slider.setValue(slider.value() + step)
        QApplication.processEvents()
        times.append(1000 * (time.perf_counter() - started))
    return times
