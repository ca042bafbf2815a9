"""How quickly the Explore tab opens, and how quickly its pages follow a slider."""

import time
from typing import Any

Row = dict[str, Any]

_MOVES = 200


def explore(window: Any, app: Any) -> tuple[float, dict[str, list[float]]]:
    """Return the seconds that opening the tab takes, and for each page the milliseconds of a slider's steps.

    From the step that moves the slider to the end of painting, every slider of a page in turn.
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
        sliders = [slider for slider in page.findChildren(NumberSlider) if slider.isVisible() and slider.isEnabled()]
        times = []
        for slider in sliders:
            bar = slider.slider
            for i in range(_MOVES // len(sliders)):
                step = 1 if i // 20 % 2 == 0 else -1  # to and fro
                started = time.perf_counter()
                bar.setValue(bar.value() + step)
                app.processEvents()
                times.append(1000 * (time.perf_counter() - started))
        if times:
            moves[page.TITLE] = times
    return opening, moves
