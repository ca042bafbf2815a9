"""How quickly the Explore tab opens, and how quickly its pages follow a slider."""

import time
from collections.abc import Iterator
from typing import Any

_MOVES = 60  # of each slider


def explore(window: Any, app: Any) -> tuple[float, dict[str, list[float]]]:
    """Return the seconds that opening the tab takes, and for each page the milliseconds of all sliders' steps.

    From the step that moves a slider to the end of painting, in every view and with every choice that shows other
    sliders.
    """
    import pyqtgraph  # noqa: F401 # loaded already for those who trained first

    from digitpad.gui.explore.slider import NumberSlider

    started = time.perf_counter()
    window.tabs.setCurrentIndex(3)
    app.processEvents()
    opening = time.perf_counter() - started
    moves: dict[str, list[float]] = {}
    for number in range(1, window.explore.list.count() + 1):
        page = window.explore.show_page(number)
        app.processEvents()
        done: set[NumberSlider] = set()
        times: list[float] = []
        for _ in _views(page):
            app.processEvents()
            for slider in page.findChildren(NumberSlider):
                if slider.isVisible() and slider.isEnabled() and slider not in done:
                    done.add(slider)
                    times += _moved(slider.slider, app)
        if times:
            moves[page.TITLE] = times
    return opening, moves


def _views(page: Any) -> Iterator[None]:
    """Show the page as it opens, then with every button pressed that stays down, then with every choice made."""
    from PySide6.QtWidgets import QComboBox, QToolButton

    yield
    for button in page.findChildren(QToolButton):
        if button.isCheckable() and button.isVisible() and "Play" not in button.text().replace("&", ""):
            button.click()
            yield
    for choice in page.findChildren(QComboBox):
        for index in range(choice.count() if choice.isVisible() else 0):
            choice.setCurrentIndex(index)
            yield


def _moved(slider: Any, app: Any) -> list[float]:
    """Return the milliseconds of each step of ``slider``, to and fro."""
    times = []
    for i in range(_MOVES):
        step = 1 if i // 20 % 2 == 0 else -1
        started = time.perf_counter()
        slider.setValue(slider.value() + step)
        app.processEvents()
        times.append(1000 * (time.perf_counter() - started))
    return times
