"""What begins a sweep of the learning rate, and takes over what is chosen in it: ``Sweeping``."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.errors import DigitpadError
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.opened_experiment import OpenedExperiment
from digitpad.gui.train.sweep_dialog import SweepDialog
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.buttons import tool_button
from digitpad.train.sweep import Sweep


class Sweeping(QObject):
    """Has the action, and its button beside the form's eta. Signal: ``failed(sentence)``."""

    failed = Signal(str)

    def __init__(
        self, parent: QWidget, session: Session, sets: DigitSets, form: RecipeForm, opened: OpenedExperiment
    ) -> None:
        """Sweep with the settings of ``form``, which ``opened`` may hide in part; ``parent`` has the dialog."""
        super().__init__(parent)
        self._window, self._session, self._sets, self._form, self._opened = parent, session, sets, form, opened
        self._dialog: SweepDialog | None = None
        self.sweep = action(
            self, "Sweep η…", self._begin, name="sweep_eta",
            tip="Train the network of these settings at up to nine learning rates far apart, and see which does best",
        )  # fmt: skip
        button = tool_button("sweep_eta_button", "Sweep…")
        button.setToolTip(self.sweep.toolTip())
        button.setAccessibleName("Sweep η")
        button.clicked.connect(self.sweep.trigger)
        self.sweep.enabledChanged.connect(button.setEnabled)
        form.put_beside("eta", button)
        for changed in (form.changed, sets.changed, session.trainer.state_changed, opened.changed):
            changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        idle, ready = self._session.trainer.state is State.IDLE, self._sets.current and not self._sets.loading
        self.sweep.setEnabled(bool(idle and ready) and bool(self._form.recipe) and "eta" not in self._opened.hidden)

    def _begin(self) -> None:
        recipe, digits = self._form.recipe, self._sets.current
        if recipe is None or digits is None or self._dialog is not None:
            return
        try:
            sweep = Sweep(recipe, digits, self._session.drawings.samples.dataset)
        except DigitpadError as error:
            self.failed.emit(str(error))
            return
        dialog = self._dialog = SweepDialog(self._window.window(), sweep, self._session.trainer.window_priority)
        dialog.chosen.connect(self._form.show_eta)
        dialog.failed.connect(self.failed)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self._dialog = None

    def close_down(self) -> None:
        """End a sweep that is under way, and wait for it."""
        if self._dialog is not None:
            self._dialog.close()
