"""``Search``: in a thread, the fewest changes that turn a drawing, for the network in use and then for another."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal

from digitpad.draw.preprocess import Greys
from digitpad.gui.inside.page import Shared
from digitpad.gui.services.background import Background
from digitpad.gui.services.shown import Snapshot
from digitpad.inside.turning import Turned, turned
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.model_file import Model

_FIRST, _OTHER = "turn", "other"


class Other(NamedTuple):
    """What another network is called, and how it is turned; None where no way was found."""

    name: str
    found: Turned | None


class Search(QObject):
    """Looks for one thing at a time: what is asked next ends what is under way.

    Signals: ``changed()`` when it begins or ends; ``advanced(pixels)`` with how many are changed so far.
    """

    changed = Signal()
    advanced = Signal(int)
    _passed = Signal(object, int)  # from the thread: what is looked for, and the pixels

    def __init__(self, shared: Shared, background: Background) -> None:
        """Begin with nothing to look for."""
        super().__init__()
        self._shared, self._background = shared, background
        self._asked: object | None = None  # what is looked for: a job of another looks no further
        self._passed.connect(self._tell)

    @property
    def running(self) -> bool:
        """Whether something is looked for."""
        return self._asked is not None

    @property
    def in_first(self) -> bool:
        """Whether it is still the network in use that is looked into."""
        return self._background.pending(_FIRST)

    def begin(
        self,
        image: Greys,
        digit: int,
        found: Callable[[Turned | None], object],
        compared: Callable[[Other | None], object],
    ) -> None:
        """Look how to turn ``image`` into ``digit``, and tell ``found``; then ``compared``, with which all ends.

        The other network is that of the newest run that has one, or the default one; None where that is in use.
        """
        asked = self._asked = object()
        model, nine = self._shared.session.model, self._shared.reader.prefers_nine
        go_on = self._goes_on(asked)
        self._background.run(partial(_turned, model, image, digit, nine, go_on), found, latest=_FIRST)
        job = partial(_other_turned, self._other_model(), model, image, digit, nine, go_on)
        self._background.run(job, partial(self._end, compared), latest=_OTHER)
        self.changed.emit()

    def _goes_on(self, asked: object) -> Callable[[int], bool]:
        """Return what the thread asks at each step, with the pixels changed so far: whether to go on."""
        priority, told = self._shared.session.trainer.window_priority, -1

        def go_on(pixels: int) -> bool:
            nonlocal told
            priority.give_way()
            if self._asked is not asked:
                return False
            if pixels != told:
                told = pixels
                self._passed.emit(asked, pixels)
            return True

        return go_on

    def _tell(self, asked: object, pixels: int) -> None:
        if asked is self._asked:
            self.advanced.emit(pixels)

    def _end(self, compared: Callable[[Other | None], object], other: Other | None) -> None:
        self.stop()
        compared(other)

    def stop(self) -> None:
        """Look no further: a job under way sees it at its next step."""
        self._asked = None
        for key in (_FIRST, _OTHER):
            self._background.drop(key)
        self.changed.emit()

    def _other_model(self) -> Model | None:
        """Return the network of the newest run that has another than the one in use; None where there is none."""
        session = self._shared.session
        for run in reversed(session.trainer.runs):
            snapshot = Snapshot.of(run) if run.recipe.reads_drawings else None
            if snapshot is not None and not session.in_use(snapshot):
                return snapshot.summary
        return None


def _turned(model: Model, image: Greys, digit: int, nine: bool, go_on: Callable[[int], bool]) -> Turned | None:
    return turned(model.network, image, digit, nine=nine and model.provenance.reads_nine, go_on=go_on)


def _other_turned(
    other: Model | None, in_use: Model, image: Greys, digit: int, nine: bool, go_on: Callable[[int], bool]
) -> Other | None:
    if other is None:
        other = model_file.shared(DEFAULT_NETWORK)
        if _same(other.network, in_use.network):
            return None
    deformed = "learned from deformed digits" if other.provenance.deformation else "learned from no deformed digits"
    name = f"{other.provenance.name or 'Another network'} ({deformed})"
    return Other(name, _turned(other, image, digit, nine, go_on))


def _same(one: Network, other: Network) -> bool:
    return one.sizes == other.sizes and np.array_equal(one.parameters, other.parameters)
