"""``Part``, what the two views of the page of mini-batches have in common: each has work of its own, and a task."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from digitpad.explore.minibatches import Material


class Part(QObject):
    """A view with its task, ``TASK``, and ``DONE``, why that is so.

    Signals: ``changed()``, when the person wants to see something else; ``solved()``, once the task is done.
    """

    TASK = ""
    DONE = ""

    changed = Signal()
    solved = Signal()

    def __init__(self) -> None:
        """Begin with nothing to compute with, and the task not done."""
        super().__init__()
        self.done = False
        self._material: Material | None = None

    def take(self, material: Material) -> None:
        """Begin anew with other images."""
        self._material = material

    def wanted(self) -> Iterator[object] | None:
        """Return what is to be gone on with in the thread, if anything is."""
        raise NotImplementedError

    def show_present(self, waiting: str) -> tuple[str, ...]:
        """Show how far it has come, or ``waiting`` where nothing is known yet; return the lines of the formula."""
        raise NotImplementedError

    def pause(self) -> None:
        """Let nothing count while nobody looks."""

    def _solve(self) -> None:
        if not self.done:
            self.done = True
            self.solved.emit()
