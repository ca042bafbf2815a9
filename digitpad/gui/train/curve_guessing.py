"""Guess the curve first: asks for it before a run begins, and judges at its end how near it was: ``CurveGuessing``."""

from collections.abc import Collection
from weakref import ref

from PySide6.QtCore import QObject

from digitpad.explore.guessing import Station
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.trainer import State, Trainer
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.buttons import tool_button
from digitpad.train.guess import CLOSE
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run

_FAR = 10.0  # times: a learning rate so much larger or smaller than the chapter's is a station of its own


class CurveGuessing(QObject):
    """Has the button that asks, there only while the person wants to guess first."""

    def __init__(self, parent: QObject, trainer: Trainer, guesses: Guesses, plots: Plots, form: RecipeForm) -> None:
        """Ask in ``plots`` for the curve of what stands in ``form``."""
        super().__init__(parent)
        self._trainer, self._guesses, self._plots, self._form = trainer, guesses, plots, form
        self._run: ref[Run] | None = None  # that the guess is of
        self.button = tool_button("guess_curve", "Guess", "Draw the accuracy you expect before the run begins")
        self.button.setCheckable(True)
        self.button.clicked.connect(self._ask)
        trainer.state_changed.connect(self._look)
        guesses.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        if not self._guesses.wanted:
            self._plots.forget_guess()
        self.button.setHidden(not self._guesses.wanted)
        self.button.setEnabled(self._trainer.state is State.IDLE)
        self.button.setChecked(self._plots.guess.asking)

    def _ask(self) -> None:
        if self.button.isChecked():
            self._plots.ask_for_guess(self._form.last_possible.epochs)
        else:
            self._plots.forget_guess()
        self._show()

    def _look(self) -> None:
        """Lay the guess beside the run that begins."""
        trainer, plots = self._trainer, self._plots
        if trainer.state is not State.IDLE and plots.guess.asking and trainer.run is not None:
            guess = plots.settle_guess()
            self._run = ref(trainer.run) if guess else None
        self._show()

    def verdict(self, ended: Collection[Run]) -> str:
        """Return how near the guess was, once, where it was of one of the runs that have ``ended``; "" otherwise."""
        run = self._run() if self._run else None
        guess = self._plots.guess.guess
        if run is None or guess is None or run not in ended:
            return ""
        self._run = None
        off = guess.off_by(run.points)
        if off is None:
            return ""
        near = off <= CLOSE
        self._guesses.note(station_of(run.recipe), near)
        words = "that is near" if near else "look where they part"
        return f"Your curve was {100 * off:.1f} points off on average: {words}. {self._guesses.score.words}."


def station_of(recipe: Recipe) -> Station:
    """Return at which station the curve of ``recipe`` is guessed."""
    ratio = recipe.eta / Recipe().eta
    return Station.OTHER_RATE if ratio >= _FAR or ratio <= 1 / _FAR else Station.CURVE
