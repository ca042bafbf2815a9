"""A tab whose content is built when it is first wanted: ``Page``."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.gui.guard import do_all
from digitpad.gui.services.turns import Turns, Work
from digitpad.gui.widgets.scrolling import Place, Scrolling

Content = TypeVar("Content", bound=QWidget)


class Page(QWidget, Generic[Content]):
    """A tab whose content is built when it is first wanted, because that takes a while: a step with each turn.

    Until all of it is there the page is empty. Signal: ``ready()`` when it is there.
    """

    ready = Signal()

    def __init__(self, build: Callable[[Place], Generator[None, None, Content]]) -> None:
        """Begin empty; ``build`` puts the content in its place while that is empty, and returns it after some steps."""
        super().__init__()
        self._build = build
        self._turns = Turns(self)
        self._holder: Scrolling | None = None  # of the content, hidden until all of that is there
        self._awaiting: list[Callable[[Content], object]] = []
        self.built: Content | None = None
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """Build the content over the next turns, unless it is there or begun."""
        if self.built is None and not self._turns.busy:
            self._turns.do(self._steps())

    def when_ready(self, do: Callable[[Content], object]) -> None:
        """Call ``do`` with the content as soon as that is there."""
        if self.built is not None:
            do(self.built)
        else:
            self._awaiting.append(do)
            self.begin()

    def finish_awaited(self) -> None:
        """Build the content now where it is begun or somebody awaits it."""
        if self._awaiting or self._holder is not None:
            self._turns.finish()

    def close_down(self) -> None:
        """Leave what is to be built, or build it whole where it is begun: of a half not all parts end with the page."""
        self._awaiting.clear()
        if self._holder is None:
            self._turns.leave()
        else:
            self._turns.finish()

    @property
    def content(self) -> Content:
        """What the tab shows, built now as far as it is not there yet."""
        if self.built is None:
            self.begin()
            self._turns.finish()
        assert self.built is not None
        return self.built

    def _steps(self) -> Work:
        try:
            content = yield from self._build(self._place)
        except Exception:  # somebody may open the tab again, but has forgotten what for
            self._awaiting.clear()
            if self._holder is not None:
                self._holder.deleteLater()
                self._holder = None
            raise
        layout = self.layout()
        assert layout is not None
        assert self._holder is not None
        layout.addWidget(self._holder)
        self._holder.show()  # which a layout does some turns later: until then its keys would not work
        self.built = content
        self.ready.emit()
        awaiting, self._awaiting = self._awaiting, []
        do_all(*(partial(do, content) for do in awaiting))

    def _place(self, empty: QWidget) -> None:
        """Let ``empty`` be where it will be seen when it is filled: what is moved later is dressed once more."""
        self._holder = Scrolling(empty, self)

    def event(self, event: QEvent) -> bool:
        """Have all there before a key is looked for, which may be one of the content's."""
        if event.type() is QEvent.Type.ShortcutOverride and self._turns.busy:
            self._turns.finish()
        return super().event(event)
