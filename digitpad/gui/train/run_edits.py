"""What a person does to runs that are there: other names, and deleting them, which undo takes back: ``RunEdits``."""

from collections.abc import Collection
from operator import itemgetter

from PySide6.QtCore import QObject, Signal

from digitpad.gui.services.history import Step
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.run_model import RunModel
from digitpad.gui.widgets.toast import Said
from digitpad.gui.words import counted
from digitpad.train.runs import Run


class RunEdits(QObject):
    """Renames and deletes the runs that an item of the list stands for.

    Signals: ``renamed()`` after runs got another name; ``said(Said)``; ``failed(sentence)``.
    """

    renamed = Signal()
    said = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, session: Session, runs: RunModel) -> None:
        """Act on the runs of the session's trainer, as they are listed in ``runs``."""
        super().__init__(parent)
        self._trainer, self._history, self._runs = session.trainer, session.history.train, runs

    def rename(self, run: Run, name: str) -> None:
        """Give the runs of an item the same ``name``."""
        for one in self._runs.members(run):
            self._trainer.rename(one, name)
        self._runs.name_anew()
        self.renamed.emit()

    def delete(self, run: Run) -> None:
        """Delete the runs of an item, unless one of them is under way."""
        trainer, runs = self._trainer, self._runs.members(run)
        if self._under_way(runs):
            return
        places = sorted(((trainer.runs.index(one), one) for one in runs), key=itemgetter(0))
        label = self._runs.label(run) if len(runs) == 1 else counted(len(runs), "run")
        was, is_back = ("was", "is back") if len(runs) == 1 else ("were", "are back")

        def delete() -> None:
            if self._under_way(runs):  # it was brought back, and goes on
                return
            trainer.remove(*runs)
            self.said.emit(Said(f"{label} {was} deleted.", "Undo", self._history.undo))

        def bring_back() -> None:
            gone = {place: one for place, one in places if one not in trainer.runs}
            if not gone:
                return
            trainer.restore(gone)
            self.said.emit(Said(f"{label} {is_back}."))  # in place of what was said, whose button would undo more

        self._history.push(Step(f"deleting {label}", delete, bring_back))

    def _under_way(self, runs: Collection[Run]) -> bool:
        """Return whether one of ``runs`` is under way, and say so."""
        under_way = self._trainer.run in runs and self._trainer.state is not State.IDLE
        if under_way:
            self.failed.emit("This run is still under way: stop it first, then delete it.")
        return under_way
