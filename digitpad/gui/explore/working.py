"""``WorkingPage``: a page whose computing takes its time, and goes on in slices while it is shown; ``WorkingView``."""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from digitpad.data.dataset import Digits
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.views import View
from digitpad.gui.services.background import Background
from digitpad.gui.widgets.foreign import as_it_is

_SLICE_S = 0.008  # of work at a time: little enough to stop for, or to turn to something else
_KEY = "slice"


class Slice(NamedTuple):
    """A ``job`` for the thread, and what ``then`` to do with its result in the window's."""

    job: Callable[[], Any]
    then: Callable[[Any], object]


def advance(work: Iterator[object]) -> bool:
    """Go on with ``work`` for a slice of time, but at least by a step; return whether it is over."""
    until = perf_counter() + _SLICE_S
    return all(perf_counter() < until for _ in work)


class WorkingView(View):
    """A view that computes in the page's thread while it is shown, with the digits there are.

    Signal: ``turned()``, when what is under way is wanted no more.
    """

    turned = Signal()

    def __init__(self) -> None:
        """Begin with empty columns."""
        super().__init__()
        self.trouble = ""  # what kept the last slice from its end, as rich text

    def wanted(self, digits: Digits) -> Slice | None:
        """Return what is wanted most at this moment; None if nothing is."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Want no more what is under way, which failed."""


class WorkingPage(Page):
    """A page that computes in a thread while it is shown, and asks for digits to compute with.

    A view, or the page in ``_wanted``, says what is wanted most. It is asked again whenever a slice has come back and
    whenever the page is updated, so that nothing stale ever waits in a queue.
    """

    def __init__(self, shared: Shared, *views: View) -> None:
        """Rest until the page is shown."""
        super().__init__(shared, *views)
        self.trouble = ""  # what kept the last slice from its end, as rich text
        self._background: Background | None = None
        for view in views:
            if isinstance(view, WorkingView):
                view.turned.connect(self.turn)
        shared.digits.changed.connect(self.turn)

    @property
    def busy(self) -> bool:
        """Whether a slice is under way."""
        return self._background is not None and self._background.pending(_KEY)

    def _wanted(self) -> Slice | None:
        """Return what is wanted most at this moment; None if nothing is."""
        view, digits = self.views.current, self.shared.digits.current
        return view.wanted(digits) if digits and isinstance(view, WorkingView) else None

    def _update(self) -> None:
        view = self.views.current
        if isinstance(view, WorkingView):
            view.trouble = self.trouble
        super()._update()

    def turn(self) -> None:
        """Turn to what is wanted now: what the slice under way comes to is not."""
        if self._background is not None:
            self._background.drop(_KEY)
        self._go_on()

    def update_soon(self) -> None:
        """Bring the page up to date, and begin what it now wants."""
        super().update_soon()
        self._go_on()

    def _go_on(self) -> None:
        if self._background is None or self.busy:
            return
        wanted = self._wanted()
        if wanted is not None:
            self._background.run(wanted.job, partial(self._came, wanted.then), self._failed, latest=_KEY)

    def _came(self, then: Callable[[Any], object], result: object) -> None:
        self.trouble = ""
        then(result)
        self._go_on()

    def _failed(self, sentence: str) -> None:
        self.trouble = as_it_is(sentence)
        view = self.views.current
        if isinstance(view, WorkingView):
            view.give_up()
        super().update_soon()  # and not go on: the next slice would fail, too

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for digits, and begin or go on."""
        super().showEvent(event)
        self.shared.digits.wanted()
        if self._background is None:
            self._background = Background(self)
        self._go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing while nobody looks: wait for the slice under way, and drop its result."""
        super().hideEvent(event)
        if self._background is not None:
            self._background.wait()
            self._background.deleteLater()
            self._background = None
