"""The actions that start, hold, continue and end training, each enabled while it makes sense."""

import platform
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Digits
from digitpad.errors import DigitpadError
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.trainer import State
from digitpad.gui.services.worker import Goal
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.widgets.actions import action, with_key
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import SEEDS, alike, seeds_wanted
from digitpad.train.runs import Run

_START = {
    State.IDLE: ("Start", "Train a new network with these settings"),
    State.LEARNING: ("Pause", "Hold it where it is"),
    State.PAUSED: ("Resume", "Go on"),
}


class _Waiting(NamedTuple):
    """A ``start`` that waits for the digits, and is called again then, and the ``run`` that it is of, if of one.

    ``instead``: whether it takes the place of a paused run, and does not come after it.
    """

    start: Callable[[], object]
    run: Run | None
    instead: bool


class Commands(QObject):
    """What a person can have done, with the settings in the form and the run that is shown.

    What is asked for last while the digits are still being loaded is done as soon as they are there.

    Signals: ``failed(sentence)``, and ``reported(sentence)`` of what can be seen only on another tab.
    """

    failed = Signal(str)
    reported = Signal(str)

    def __init__(self, parent: QObject, session: Session, sets: DigitSets, form: RecipeForm) -> None:
        """Act on the session's trainer, with digits from ``sets`` and settings from ``form``."""
        super().__init__(parent)
        self._session, self._trainer, self._sets, self._form = session, session.trainer, sets, form
        self._waiting: _Waiting | None = None
        text, tip = _START[State.IDLE]
        # Windows opens menus by these two.
        f10, shift_f10 = ([], []) if platform.system() == "Windows" else (["F10"], ["Shift+F10"])
        self.start = action(self, text, self._start_or_pause, key=["Ctrl+R", "F5"], tip=tip, name="start")
        self.stop = action(
            self, "Stop", self._stop, key=["Ctrl+.", "Shift+F5"], tip="End the run here; it can be gone on with later",
            name="stop",
        )  # fmt: skip
        self.step = action(
            self, "Step", lambda: self._step(Goal.MINI_BATCH), key=["Ctrl+B", *f10], tip="Train on one mini-batch",
            name="step",
        )  # fmt: skip
        self.epoch = action(
            self, "Epoch", lambda: self._step(Goal.EPOCH), key=["Ctrl+Shift+B", *shift_f10],
            tip="Train to the end of the epoch", name="epoch",
        )  # fmt: skip
        self.go_on = action(
            self, "Continue: more epochs", self._go_on, key=["Ctrl+G", "F9"],
            tip="Train the selected run for as many epochs more as the recipe says", name="continue",
        )  # fmt: skip
        self.restart = action(
            self, "Restart: train again from the start", self._restart, key=["Ctrl+Shift+R", "F6"],
            tip="Train the selected run's settings again from the same first weights", name="restart",
        )  # fmt: skip
        self.seeds = action(
            self, f"Again with {SEEDS} seeds", self._begin_seeds,
            tip=f"Train the selected run's settings with other seeds, until {SEEDS} have come to their end: how far "
            "apart are they by chance?",
            name="again_with_seeds",
        )  # fmt: skip
        self.use = action(
            self, "Use on the Draw tab", self.use_shown, key="Ctrl+U",
            tip="Read drawings with the network that is looked at here", name="use",
        )  # fmt: skip
        sets.changed.connect(self._begin_what_waits)
        sets.load_failed.connect(self._forget_what_waits)
        session.trainer.runs_changed.connect(self._forget_what_is_gone)
        form.changed.connect(self.enable)
        session.shown.changed.connect(self.enable)
        session.model_changed.connect(self.enable)
        session.series.changed.connect(self.enable)
        self.show_state()

    # While the digits are being loaded

    @property
    def waiting(self) -> bool:
        """Whether training begins as soon as the digits are there."""
        return self._waiting is not None

    def _digits_for(
        self, start: Callable[[], object], run: Run | None = None, *, instead: bool = False
    ) -> Digits | None:
        """Return the digits that were chosen, or none if they are still to come; then ``start`` is called again.

        Not where ``run``, which it is of, is deleted meanwhile, or the paused run goes on whose place it was to take.
        """
        if self._sets.current and not self._sets.loading:
            return self._sets.current
        self._waiting = _Waiting(start, run, instead)
        self.enable()
        return None

    def _begin_what_waits(self) -> None:
        self.enable()
        if self._waiting and self._sets.current and not self._sets.loading:
            waiting, self._waiting = self._waiting, None
            waiting.start()

    def _forget_what_waits(self) -> None:
        """Give up what waits: its digits cannot be read, its run is gone, or the one whose place it was for goes on."""
        self._waiting = None
        self.enable()

    def _forget_what_is_gone(self) -> None:
        if self._waiting and self._waiting.run and self._waiting.run not in self._trainer.runs:
            self._forget_what_waits()

    # What the actions do

    def _start_or_pause(self) -> None:
        if self._trainer.state is State.LEARNING:
            self._trainer.pause()
        elif self._trainer.state is State.PAUSED:
            self._resume(Goal.END)
        else:
            self._begin(Goal.END)

    def _step(self, goal: Goal) -> None:
        if self._trainer.state is State.PAUSED:
            self._resume(goal)
        elif self._trainer.state is State.IDLE:
            self._begin(goal)

    def _resume(self, goal: Goal) -> None:
        if self._waiting and self._waiting.instead:
            self._forget_what_waits()
        self._trainer.resume(goal)

    def _begin(self, goal: Goal) -> None:
        if recipe := self._form.recipe:
            self._begin_with(recipe, goal)

    def _begin_with(self, recipe: Recipe, goal: Goal) -> None:
        digits = self._digits_for(lambda: self._begin_with(recipe, goal))
        if digits and (fitted := self._fitted(recipe, digits)):
            self._trainer.start(fitted, digits, self._session.drawings.samples.dataset, goal)

    def _fitted(self, recipe: Recipe, digits: Digits) -> Recipe | None:
        """Return ``recipe`` for as many ``digits`` as there are; None where these are too few, which is said."""
        recipe = recipe.fitted(digits)
        try:
            recipe.split(digits)
        except DigitpadError as error:
            self.failed.emit(str(error))
            return None
        return recipe

    def _stop(self) -> None:
        self._waiting = None
        self._session.series.stop()
        self._trainer.stop()
        self.enable()

    def _go_on(self) -> None:
        run, recipe = self._session.shown.run, self._form.recipe
        if run and recipe:
            self._go_on_with(run, recipe.epochs)

    def _go_on_with(self, run: Run, epochs: int) -> None:
        if digits := self._digits_for(lambda: self._go_on_with(run, epochs), run):
            self._trainer.go_on(run, epochs, digits, self._session.drawings.samples.dataset)

    def _restart(self) -> None:
        if run := self._session.shown.run:
            self._restart_as(run)

    def _restart_as(self, run: Run) -> None:
        digits = self._digits_for(lambda: self._restart_as(run), run, instead=True)
        if digits and (recipe := self._fitted(run.recipe, digits)):
            if self._trainer.state is State.PAUSED:
                self._session.series.stop()
                self._trainer.stop()
            self._trainer.start(recipe, digits, self._session.drawings.samples.dataset)

    def _begin_seeds(self) -> None:
        if run := self._session.shown.run:
            self._begin_seeds_of(run)

    def _begin_seeds_of(self, run: Run) -> None:
        digits = self._digits_for(lambda: self._begin_seeds_of(run), run)
        if digits is None:
            return
        recipe = self._fitted(run.recipe, digits)
        if recipe is None:
            return
        there = alike(run, self._trainer.runs) if run.is_of(digits) and run.material else []
        seeds = seeds_wanted(recipe, there)
        under_way = self._trainer.run if self._trainer.state is not State.IDLE else None
        if under_way and run.is_of(digits) and (under_way is run or under_way in there):
            seeds = [seed for seed in seeds if seed != under_way.recipe.seed]  # it counts, too, once it is over
        elif under_way:
            self.failed.emit("Another run is under way: stop it first, or wait for its end.")
            return
        if not seeds:
            self.reported.emit(f"There are runs with {SEEDS} seeds already: nothing is left to train.")
            return
        recipes = [replace(recipe, seed=seed) for seed in seeds]
        self._session.series.start(recipes, digits, self._session.drawings.samples.dataset)

    def use_shown(self) -> None:
        """Read drawings with the network that is shown."""
        snapshot = self._session.shown.snapshot
        if snapshot:
            self.use_network(snapshot)

    def use_network(self, snapshot: Snapshot) -> None:
        """Read drawings with a network of a run."""
        if not self._session.use_snapshot(snapshot):
            return
        run = snapshot.run
        self.reported.emit(
            f"The Draw tab reads with run #{run.number} at epoch {round(snapshot.epochs, 2):g} from now on."
        )

    # Which of them make sense

    def show_state(self) -> None:
        """Call the main button by what it does now, and enable what makes sense."""
        text, tip = _START[self._trainer.state]
        self.start.setText(text)
        self.start.setToolTip(with_key(tip, self.start.shortcut()))
        self.enable()

    def enable(self) -> None:
        """Enable what makes sense now; to be called when the run that is shown has learned something, too."""
        state, run, digits = self._trainer.state, self._session.shown.run, self._sets.current
        series = self._session.series
        ready = self._form.recipe is not None and (digits is not None or self._sets.loading is not None)
        idle = state is State.IDLE
        self.start.setEnabled(ready or not idle)
        for one in (self.step, self.epoch):
            one.setEnabled(state is State.PAUSED or (idle and ready))
        self.stop.setEnabled(not idle or self.waiting)
        self.go_on.setEnabled(idle and ready and run is not None and run.latest is not None)
        self.restart.setEnabled(state is not State.LEARNING and digits is not None and run is not None)
        under_way = not idle and run is self._trainer.run
        self.seeds.setEnabled((idle or under_way) and digits is not None and run is not None and not series.active)
        snapshot = self._session.shown.snapshot
        self.use.setEnabled(snapshot is not None and not self._session.in_use(snapshot))
