"""Work that takes its time, in slices, while its page is shown."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from digitpad.gui.services.background import Background

SLICE = 0.008  # s of work at a time: little enough to stop for, or to turn to something else


class Slice(NamedTuple):
    """A ``job`` for the thread, and what ``then`` to do with its result in the window's."""

    job: Callable[[], Any]
    then: Callable[[Any], object]


class Slices:
    """Asks for the next slice whenever one has come back, so that nothing stale ever waits in a queue.

    A page calls ``wake`` when it is shown, ``rest`` when it is hidden, and ``go`` when there is more to do.
    """

    def __init__(self, page: QWidget, choose: Callable[[], Slice | None], failed: Callable[[str], object]) -> None:
        """``choose`` returns what is wanted most, None if nothing is; ``failed`` is given a sentence."""
        self._page, self._choose, self._failed = page, choose, failed
        self._background: Background | None = None
        self.busy = False

    def wake(self) -> None:
        """Begin, or go on."""
        if self._background is None:
            self._background = Background(self._page)
        self.go()

    def rest(self) -> None:
        """Stop, and wait for the slice under way; its result is dropped."""
        if self._background is not None:
            self._background.wait()
            self._background.deleteLater()
            self._background, self.busy = None, False

    def go(self) -> None:
        """Begin the next slice, unless one is under way."""
        if self._background is None or self.busy:
            return
        chosen = self._choose()
        if chosen is not None:
            self.busy = True
            self._background.run(chosen.job, lambda result: self._came(chosen.then, result), self._not_came)

    def _came(self, then: Callable[[Any], object], result: object) -> None:
        self.busy = False
        then(result)
        self.go()

    def _not_came(self, sentence: str) -> None:
        self._failed(sentence)
        self.busy = False  # and not go on of itself: the next slice would fail, too
