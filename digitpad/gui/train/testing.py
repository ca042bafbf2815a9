"""The test set's word on the epoch that validation digits chose: ``Testing``."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.toast import Said
from digitpad.nn.evaluation import Evaluation, evaluate
from digitpad.train.measured import best_of
from digitpad.train.runs import OnTestSet, Run


class Testing(QObject):
    """Reads the test set with the network of the epoch that was chosen, where a run was measured on validation digits.

    Signals: ``said(Said)`` what came of it when a person asked; ``failed(sentence)``.
    """

    said = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, session: Session, sets: DigitSets) -> None:
        """Act on the run that the session shows, with digits from ``sets``."""
        super().__init__(parent)
        self._shown, self._trainer, self._sets = session.shown, session.trainer, sets
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self.test = action(
            self, "Read the test set, once", self._test_shown, name="test_run",
            tip="Read the test set with the best epoch of a run that was measured on validation digits",
        )  # fmt: skip
        for changed in (self._shown.changed, self._trainer.state_changed, self._trainer.run_changed, sets.changed):
            changed.connect(self._enable)
        self._enable()

    def read(self, run: Run, then: Callable[[], object]) -> None:
        """Have the chosen epoch of ``run`` read the test set, where that is possible, and go on with ``then``."""
        digits, chosen = self._sets.current, run.chosen
        if digits is None or chosen is None or not self._possible(run):
            then()
            return

        def take(evaluation: Evaluation) -> None:
            self._trainer.note_tested(run, OnTestSet(chosen.epochs, evaluation.accuracy))
            then()

        test = digits.test
        self._background.run(
            partial(evaluate, run.networks[chosen.epochs], test.images, test.labels, run.recipe.codes), take
        )

    def read_all(self, runs: Sequence[Run], then: Callable[[], object]) -> None:
        """Have the chosen epoch of each of ``runs`` read the test set, where that is possible, and go on."""
        if runs:
            self.read(runs[0], partial(self.read_all, runs[1:], then))
        else:
            then()

    def _possible(self, run: Run) -> bool:
        """Whether there is anything to be told that was not: the epoch that is best now may be another than before."""
        digits, chosen = self._sets.current, run.chosen
        if digits is None or chosen is None or not run.recipe.validated or not run.is_of(digits):
            return False
        return not run.tested or run.tested.epochs != chosen.epochs

    def _test_shown(self) -> None:
        if (run := self._shown.run) is not None:
            self.read(run, lambda: self.said.emit(Said(f"Run #{run.number}: {best_of(run)}.")))

    def _enable(self) -> None:
        run = self._shown.run
        under_way = run is self._trainer.run and self._trainer.state is not State.IDLE
        self.test.setEnabled(run is not None and not under_way and self._possible(run))

    def close_down(self) -> None:
        """Wait for what is being read."""
        self._background.wait()
