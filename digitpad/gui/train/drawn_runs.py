"""Which runs the plots show, and how far their axis reaches: ``DrawnRuns``."""

from PySide6.QtCore import QObject

from digitpad.data.dataset import Kind
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.trainer import Trainer
from digitpad.gui.train.curves_bar import CurvesBar
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.plots import Plots
from digitpad.gui.train.run_chips import RunChips
from digitpad.train.presets import in_the_book


class DrawnRuns(QObject):
    """Draws the runs that are not hidden: all of them, or the selected one alone, as the bar above the curves says."""

    def __init__(
        self, parent: QObject, trainer: Trainer, sets: DigitSets, form: RecipeForm, chips: RunChips, bar: CurvesBar,
        plots: Plots,
    ) -> None:  # fmt: skip
        """Follow ``chips`` and ``bar``, and ``form`` while there is no run."""
        super().__init__(parent)
        self._trainer, self._sets, self._form, self._chips = trainer, sets, form, chips
        self._bar, self._plots = bar, plots
        chips.shown_changed.connect(self.draw)
        chips.runs.folded.connect(self.draw)
        bar.all.chosen.connect(self.draw)
        form.changed.connect(self.show_goal)

    def draw(self) -> None:
        """Draw the runs there are now."""
        chips = self._chips
        shown = [run for run in self._trainer.runs if run.number not in chips.hidden]
        if not self._bar.all.value:
            current = chips.current
            shown = [run for run in shown if current and run in chips.runs.members(current)]
        groups = [group for group in chips.runs.groups if set(group.runs) <= set(shown)]
        self._plots.show_runs(shown, chips.current, groups)
        self.show_goal()

    def show_goal(self) -> None:
        """Let the axis reach to the last epoch of the selected run, or of the form, with the book's figure for it."""
        run, digits = self._chips.current, self._sets.current
        recipe = run.recipe if run else self._form.recipe
        if recipe:
            kind = run.kind if run else digits.kind if digits else Kind.MNIST
            preset = None if run and (run.marks or run.epochs > recipe.epochs) else in_the_book(recipe, kind)
            self._plots.show_goal(recipe.epochs, preset.book if preset else None)
