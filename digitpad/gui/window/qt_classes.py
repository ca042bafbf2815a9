"""Qt's classes made in the window's thread, before another thread imports what uses them.

PySide6 makes each of its classes when somebody first asks for it by name. Where two threads do so at once, the program
ends without a word.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

# Those that the program and pyqtgraph use; of the last three, pyqtgraph uses what is installed.
_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGLWidgets", "QtTest")
_TURN_S = 0.004


class QtClasses(QObject):
    """Makes all classes, a few with each turn of the event loop, so that the window goes on meanwhile."""

    def __init__(self, parent: QObject, then: Callable[[], object]) -> None:
        """Call ``then`` when all are made, in the window's thread, unless ``stop`` is called before."""
        super().__init__(parent)
        self._then = then
        self._left = _made_one_by_one()
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._make_some)

    def make(self) -> None:
        """Begin."""
        self._turns.start(0)

    def stop(self) -> None:
        """Make no more of them."""
        self._turns.stop()

    def _make_some(self) -> None:
        end = perf_counter() + _TURN_S
        for _ in self._left:
            if perf_counter() > end:
                return
        self._turns.stop()
        self._then()


def _made_one_by_one() -> Iterator[str]:
    """Make one class after the other and yield its name."""
    for name in _MODULES:
        try:
            module = import_module(f"PySide6.{name}")
        except ImportError:
            continue
        for of_class in dir(module):
            getattr(module, of_class)
            yield of_class
