"""Whether a window keeps its shape while it is used: ``Shape``."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

LEAST = QSize(720, 520)  # of the smallest screens that there are, what is left for a window


class Shape:
    """Looks at a window now and then: it must not move or change its size by itself, nor need more room than LEAST."""

    def __init__(self, window: QWidget) -> None:
        """Begin with ``window`` as it is."""
        self._window = window
        self._least, self._seen = LEAST, self._look()

    def _look(self) -> tuple[Qt.WindowState, QRect]:
        return self._window.windowState(), self._window.geometry()

    def problems(self, *, changed: bool) -> Iterator[str]:
        """Yield what is wrong with the window since it was looked at last; somebody may have ``changed`` its size."""
        needed = self._window.minimumSizeHint().expandedTo(self._window.minimumSize())
        least = self._least.expandedTo(needed)
        if least != self._least:  # told once
            yield f"the window needs {_size(needed)} now, and may need {_size(LEAST)}"
        (state, before), (now, after) = self._seen, self._look()
        if state == now and before != after and not changed:
            yield f"the window changed by itself from {_place(before)} to {_place(after)}"
        self._least, self._seen = least, (now, after)


def _size(size: QSize) -> str:
    return f"{size.width()} x {size.height()}"


def _place(rect: QRect) -> str:
    return f"{_size(rect.size())} at {rect.x()}, {rect.y()}"
