"""Runs that are trained one after another, as those of the same settings with other seeds are: ``Series``."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Digits
from digitpad.gui.services.trainer import Own, State, Trainer
from digitpad.train.recipe import Recipe

if TYPE_CHECKING:
    from digitpad.train.runs import Run


class Series(QObject):
    """Starts the next run when one has come to its end, or cannot go on; a run that is stopped ends the series.

    Each of them is a run like any other: it can be paused, is kept, and stays when the series ends.

    Signal: ``changed()`` when it begins, comes to the next run, or ends.
    """

    changed = Signal()

    def __init__(self, trainer: Trainer) -> None:
        """Start runs of ``trainer``."""
        super().__init__(trainer)
        self._trainer = trainer
        self._waiting: list[Recipe] = []
        self._digits: Digits | None = None
        self._own: Own = None
        self.runs: list[Run] = []  # of the series under way; or else of the last one, those that are still there
        self.total = 0  # of its runs
        self.active = False
        trainer.state_changed.connect(self._go_on)
        trainer.runs_changed.connect(self._let_go)

    def start(self, recipes: Sequence[Recipe], digits: Digits, own: Own = None) -> None:
        """Train with each of ``recipes``; after the run that learns, or is paused, where there is one.

        That one is then the first of the series. All learn from the drawings that ``own`` gives for the first of them:
        with those that are made meanwhile the others would be no repeats.
        """
        if self.active or not recipes:
            return
        under_way = self._trainer.run if self._trainer.state is not State.IDLE else None
        self.runs = [under_way] if under_way else []
        self.total = len(self.runs) + len(recipes)
        self._waiting, self._digits, self._own = list(recipes), digits, own and cache(own)
        self.active = True
        if under_way is None:
            self._next()
        self.changed.emit()

    def stop(self) -> None:
        """Begin no more runs; the one under way is the trainer's."""
        if self.active:
            self.active = False
            self._waiting, self._digits, self._own = [], None, None
            self._let_go()
            self.changed.emit()

    def _let_go(self) -> None:
        """Hold no runs that were deleted, once they need not be counted any more."""
        if not self.active:
            self.runs = [run for run in self.runs if run in self._trainer.runs]

    @property
    def behind(self) -> int:
        """How many of its runs are over."""
        return len(self.runs) - (1 if self.active else 0)

    def _next(self) -> None:
        assert self._digits is not None
        self._trainer.start(self._waiting.pop(0), self._digits, self._own)
        if self._trainer.run and self._trainer.state is not State.IDLE:
            self.runs.append(self._trainer.run)

    def _go_on(self) -> None:
        trainer = self._trainer
        if not self.active or trainer.state is not State.IDLE:
            return
        # A run that failed has left nothing to go on with; one that was stopped is short of its end.
        over = trainer.run is self.runs[-1] and (trainer.experiment is None or trainer.ended)
        if over and self._waiting and not trainer.closed:
            self._next()
            self.changed.emit()
        else:
            self.stop()
