"""What is said when a run has come to its end, and what is offered then: ``Endings``."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.explore.chapter import Idea
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.trainer import State
from digitpad.gui.services.ways import ToPage
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.run_model import RunModel
from digitpad.gui.train.testing import Testing
from digitpad.gui.widgets.toast import Said
from digitpad.train.advice import Advice
from digitpad.train.measured import best_of, best_of_group
from digitpad.train.repeats import Repeats
from digitpad.train.runs import Run


class Endings(QObject):
    """Tells how good a run became, and how near its guess was; validation digits have the test set read first.

    Signal: ``said(Said)``.
    """

    said = Signal(object)

    def __init__(
        self, parent: QObject, session: Session, runs: RunModel, testing: Testing, commands: Commands,
        verdict: Callable[[Collection[Run]], str],
    ) -> None:  # fmt: skip
        """Follow the session's trainer when ``look`` is called; ``commands`` put into use what is offered.

        ``verdict(runs)`` returns what there is to say of a guess, now that these have ended, or "".
        """
        super().__init__(parent)
        self._verdict = verdict
        self._session, self._runs, self._testing, self._commands = session, runs, testing, commands
        self._learning: Run | None = None  # that learned when this was looked at last
        session.trainer.warned.connect(self._offer_page)

    def look(self) -> None:
        """Take in the trainer's state, after ``runs`` were grouped by it."""
        trainer = self._session.trainer
        if trainer.state is State.LEARNING:
            self._learning = trainer.run
        elif trainer.state is State.IDLE:
            run, self._learning = self._learning, None
            if run is not None and trainer.ended:
                self._tell(run)

    def _offer_page(self, _: str, advice: Advice) -> None:
        """Offer the page that shows why saturated neurons learn slowly, where these were warned of."""
        if advice.saturated:
            go = partial(self._session.ways.go, ToPage(Idea.COST, "Slowdown"))
            self.said.emit(Said("Explore shows why a saturated neuron learns slowly.", "Show the page", go))

    def _tell(self, run: Run) -> None:
        """Say that a run has come to its end, and offer the network of its best epoch."""
        group, series = self._runs.group(run), self._session.series
        if group and series.total > 1 and run in series.runs:
            self._testing.read_all(group.runs, partial(self._tell_series, group, self._verdict(series.runs)))
            return
        chosen, verdict = run.chosen, self._verdict([run])
        if chosen is not None and not run.lasting:
            self._testing.read(run, partial(self._offer_best, run, verdict))
        elif verdict:
            self.said.emit(Said(verdict))

    def _tell_series(self, group: Repeats, verdict: str) -> None:
        self.said.emit(Said(f"The series has ended: {best_of_group(group)}. {verdict}".strip()))

    def _offer_best(self, run: Run, verdict: str) -> None:
        sentence = f"Run #{run.number} has ended: {best_of(run)}. {verdict}".strip()
        chosen = run.chosen if run.recipe.reads_drawings else None  # what would be refused is not offered
        snapshot = Snapshot.of(run, chosen.epochs) if chosen else None
        if snapshot is None:
            self.said.emit(Said(sentence))
        else:
            self.said.emit(Said(sentence, "Use the best epoch", lambda: self._commands.use_network(snapshot)))
