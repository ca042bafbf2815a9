"""The experiment that is open on the Train tab, and what opens and saves one: ``OpenedExperiment``."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.gui.services.background import Background
from digitpad.gui.services.history import Step
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.toast import Said
from digitpad.train import experiment_file
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.recipe import Recipe


class OpenedExperiment(QObject):
    """A question to what the form has, "" for none, and which parts of the form are ``hidden``.

    Signals: ``changed()``; ``said(Said)``; ``reported(sentence)``; ``failed(sentence)``.
    """

    changed = Signal()
    said = Signal(object)
    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget, session: Session, form: RecipeForm) -> None:
        """Begin without a question and with all of ``form``; ``parent`` has the dialogs."""
        super().__init__(parent)
        self._window, self._session, self._form = parent, session, form
        self.question, self.hidden = "", frozenset[str]()
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self.save = action(
            self, "Save experiment…", self._ask, tip="These settings, and a question, for others to try",
            name="save_experiment",
        )  # fmt: skip
        form.changed.connect(lambda: self.save.setEnabled(form.recipe is not None))

    @property
    def experiment(self) -> SavedExperiment:
        """What is open, with the settings as they are in the form now."""
        return self.of(self._form.last_possible)

    def of(self, recipe: Recipe) -> SavedExperiment:
        """Return what is open, with other settings."""
        return SavedExperiment(recipe, self.question, self.hidden)

    def open(self, experiment: SavedExperiment, name: str) -> None:
        """Have ``experiment``, from the file of this name, ready to start; undo brings back what was there."""
        if self._session.trainer.state is not State.IDLE:
            self.failed.emit(f"{name}: stop the run that is under way first, then open this experiment.")
            return
        before, history = self.experiment, self._session.history.train

        def show() -> None:
            self.show(experiment)
            self.said.emit(Said(f"{name} is open, and ready to start.", "Undo", history.undo))

        def bring_back() -> None:
            self.show(before)
            self.said.emit(Said("The settings are as they were."))

        history.push(Step(f"opening {name}", show, bring_back))

    def show(self, experiment: SavedExperiment) -> None:
        """Show its settings, without what it hides, and its question."""
        self._form.show_recipe(experiment.recipe)
        self._set(experiment.question, experiment.hidden)

    def show_all(self) -> None:
        """Hide nothing any more."""
        self._set(self.question, frozenset())

    def put_question_away(self) -> None:
        """Ask nothing any more."""
        self._set("", self.hidden)

    def _set(self, question: str, hidden: frozenset[str]) -> None:
        self.question = question
        if hidden != self.hidden:
            self.hidden = hidden
            self._form.show_without(hidden)
        self.changed.emit()

    def _ask(self) -> None:
        from digitpad.gui.train.experiment_dialog import ExperimentDialog  # only for those who save one

        dialog = ExperimentDialog(self._window.window(), self.experiment)
        dialog.chosen.connect(self.write)
        dialog.open()

    def write(self, path: Path, experiment: SavedExperiment) -> None:
        """Write ``experiment`` to ``path`` in a thread; report it, or say why not."""
        report = f"The experiment is saved in {path.name}."
        self._background.run(
            lambda: experiment_file.save(path, experiment), lambda _: self.reported.emit(report)
        )  # fmt: skip

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._background.wait()
