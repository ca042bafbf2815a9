"""The Train tab, one story from left to right: a recipe, its curves, the runs, and what is inside their networks."""

from collections.abc import Generator
from functools import partial
from operator import itemgetter
from typing import Self

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.draw.preprocess import Greys
from digitpad.explore.chapter import Idea
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.history import Step
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.trainer import State
from digitpad.gui.services.turns import Work
from digitpad.gui.services.ways import ToPage
from digitpad.gui.train.baseline_switch import BaselineSwitch
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.curve_guessing import CurveGuessing
from digitpad.gui.train.curves_bar import CurvesBar
from digitpad.gui.train.exports import Exports
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.layout import Story
from digitpad.gui.train.look_bar import LookBar
from digitpad.gui.train.look_inside import LookInside
from digitpad.gui.train.opened_experiment import OpenedExperiment
from digitpad.gui.train.plots import Plots
from digitpad.gui.train.python_copying import PythonCopying
from digitpad.gui.train.question import QuestionBar
from digitpad.gui.train.recipe_panel import RecipePanel
from digitpad.gui.train.run_chips import RunChips
from digitpad.gui.train.schedule import Schedule
from digitpad.gui.train.testing import Testing
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.toast import Said
from digitpad.gui.words import counted
from digitpad.train.advice import Advice
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.measured import best_of, kind_of_digits
from digitpad.train.presets import PRESETS, in_the_book
from digitpad.train.runs import Run

_MEASURED = 2000  # images of the test set, to look into the network in use: it may be large, and nobody asked for it


class TrainTab(QWidget):
    """Shows the session's runs, and what drives them. Looking at one changes nothing in use.

    Signals: ``failed(sentence)``, ``reported(sentence)`` and ``said(Said)`` for the person; ``to_canvas(greys, label,
    Snapshot or None, name)`` when an image (28, 28) is to be put on the canvas, and where there is a network of a run,
    to be read by it, too; ``save_wanted()`` when the network that is looked at is to be saved; ``refreshed()`` after
    the screen took in what is new.
    """

    failed = Signal(str)
    reported = Signal(str)
    said = Signal(object)
    save_wanted = Signal()
    to_canvas = Signal(object, int, object, str)
    refreshed = Signal()

    def __init__(
        self,
        session: Session,
        sets: DigitSets,
        preferences: Preferences | None = None,
        guesses: Guesses | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        """Build the tab, as the ``preferences`` have it, or begin to; the digits are loaded away from the window."""
        super().__init__()
        self._session, self._sets, self._preferences = session, sets, preferences or Preferences()
        self._guesses = guesses or Guesses(self._preferences, self)
        self.setAutoFillBackground(True)  # or all that lies behind would be painted anew with every point
        self.trainer = session.trainer
        self._learning: Run | None = None  # that learned when this was looked at last
        self._stale = False  # whether something happened while another tab was in front
        if at_once:
            for _ in self._steps():
                pass

    @classmethod
    def in_turns(
        cls, session: Session, sets: DigitSets, preferences: Preferences, guesses: Guesses
    ) -> Generator[None, None, Self]:
        """Build a tab, a step with each turn, and return it when all of it is there."""
        tab = cls(session, sets, preferences, guesses, at_once=False)
        yield from tab._steps()
        return tab

    def _steps(self) -> Work:
        session, sets = self._session, self._sets
        self.form = RecipeForm()
        yield
        self.plots = Plots()
        yield
        self.runs, self.inside = RunChips(), LookInside(session)
        self.commands, self.testing = Commands(self, session, sets, self.form), Testing(self, session, sets)
        self.opened, self.question = OpenedExperiment(self, session, self.form), QuestionBar()
        self.opened.changed.connect(lambda: self.question.ask(self.opened.question))
        yield
        self.panel = RecipePanel(self.form, self.commands, sets, self.opened)
        yield
        self.exports = Exports(self, self.trainer, self.plots, self._experiment_shown)
        self.python = PythonCopying(self, session, sets)
        self.guessing = CurveGuessing(self, self.trainer, self._guesses, self.plots, self.form)
        exports = [self.exports.plot, self.exports.csv, self.opened.save]
        self.baselines = BaselineSwitch(self, sets, self.plots)
        self.curves_bar = CurvesBar(self.plots, exports, self.guessing.button, self.baselines.button)
        self.look_bar = LookBar(session, self.commands, self.runs.runs.label, self.inside.tabs)
        self.schedule = Schedule(self, self.trainer)
        self.save = action(
            self, "Save its network…", self.save_wanted.emit, tip="Save the network that is looked at", name="save_run"
        )
        self.runs.set_menu(
            [
                [self.commands.use, self.testing.test],
                [self.commands.go_on, self.commands.restart, self.commands.seeds],
                [self.save, self.python.copy, self.exports.csv],
            ]
        )
        yield
        self.story = Story(
            self.panel, self.commands, self.question, _card(self.curves_bar, self.plots), self.runs,
            _card(self.look_bar, self.inside),
        )  # fmt: skip
        yield
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.story)
        yield
        self.form.open_only(self._preferences.open_sections)
        self.opened.show(self._preferences.experiment)
        self.inside.show_page(self._preferences.look_inside)
        self.form.digits.show_sets(sets)  # which is told of new ones before what it shows is
        self._connect()
        session.drawings.refresh()
        self._count_own()
        sets.wanted()
        self._show_state()
        self._show_runs()
        self._select_shown()
        self._show_epoch()  # which was chosen before there was this tab, where the runs are of an earlier sitting
        self._show_digits()
        yield

    def train_quickly(self) -> None:
        """Begin a run that comes to a good network in seconds, unless one is under way."""
        if self.trainer.state is State.IDLE:
            self.form.show_recipe(next(preset.recipe for preset in PRESETS if preset.key == "fast"))
            self.commands.start.trigger()

    @property
    def menu_actions(self) -> list[list[QAction]]:
        """The tab's actions for the window's menu, in groups."""
        do = self.commands
        return [
            [do.start, do.step, do.epoch, do.stop],
            [do.go_on, do.restart, do.seeds, do.use, self.testing.test],
            [self.runs.settings, self.runs.rename, self.runs.hide_run, self.runs.fold, self.runs.remove],
            [self.python.copy, self.exports.csv, self.exports.plot, self.opened.save],
        ]

    @property
    def digits(self) -> Digits | None:
        """The data set in use, once it is loaded."""
        return self._sets.current

    def _connect(self) -> None:
        session, trainer, runs, form = self._session, self.trainer, self.runs, self.form
        trainer.state_changed.connect(self._show_state)
        trainer.runs_changed.connect(self._show_runs)
        trainer.run_changed.connect(self.schedule.request)
        trainer.advanced.connect(self.schedule.request)
        trainer.warned.connect(self._offer_page)
        session.shown.changed.connect(self._select_shown)
        session.shown.changed.connect(self._show_epoch)
        session.drawings.changed.connect(self._count_own)
        session.refused.connect(self.failed)
        session.following_changed.connect(self.panel.follow.setChecked)
        self.panel.follow.setChecked(session.following)
        self.panel.follow_wanted.connect(session.follow)
        self._sets.changed.connect(self._show_digits)
        self.schedule.due.connect(self._refresh)
        form.changed.connect(self._show_goal)
        form.rate_changed.connect(lambda name, value: trainer.change(**{name: value}))
        form.folded.connect(self._remember_folds)
        form.place_wanted.connect(session.ways.go)
        self.inside.neurons.links.wanted.connect(session.ways.go)
        runs.selected.connect(self._select)
        runs.shown_changed.connect(self._show_curves)
        runs.runs.folded.connect(self._show_curves)
        runs.renamed.connect(self._rename)
        runs.remove_wanted.connect(self._remove)
        runs.settings_wanted.connect(self._use_settings)
        self.curves_bar.all.chosen.connect(self._show_curves)
        self.plots.epoch_dragged.connect(session.shown.look_at)
        self.plots.epoch_stepped.connect(session.shown.step)
        self.inside.tabs.currentChanged.connect(self._remember_page)
        self.inside.picked.connect(self._put_on_canvas)
        self.inside.shown.connect(lambda: self.look_bar.show_accuracy(self.inside.evaluation))
        for teller in (self.opened, self.guessing, self.testing):
            teller.said.connect(self.said)
        self.question.put_away.connect(self.opened.put_question_away)
        for part in (self.inside, self.commands, self.exports, self.python, self.opened, self.testing, self.baselines):
            part.failed.connect(self.failed)
        for part in (self.commands, self.exports, self.python, self.opened):
            part.reported.connect(self.reported)

    def _experiment_shown(self) -> SavedExperiment:
        """Return the experiment that the curves are of: the selected run's, or what is to be started."""
        run = self.runs.current
        return self.opened.of(run.recipe) if run else self.opened.experiment

    def _show_digits(self) -> None:
        self.form.summarise()
        self._show_goal()
        if not self._sets.loading:
            self._select(self.runs.current)

    def _count_own(self) -> None:
        self.form.show_own(self._session.drawings.total)

    def _remember_folds(self) -> None:
        self._preferences.open_sections = self.form.open_sections

    def _remember_page(self) -> None:
        self._preferences.look_inside = self.inside.page

    # Runs

    def _rename(self, run: Run, name: str) -> None:
        for one in self.runs.runs.members(run):
            self.trainer.rename(one, name)
        self.runs.runs.name_anew()
        self.look_bar.refresh()

    def _use_settings(self, run: Run) -> None:
        self.form.show_recipe(run.recipe)

    def _remove(self, run: Run) -> None:
        runs = self.runs.runs.members(run)
        if self.trainer.run in runs and self.trainer.state is not State.IDLE:
            self.failed.emit("This run is still under way: stop it first, then delete it.")
            return
        places = sorted(((self.trainer.runs.index(one), one) for one in runs), key=itemgetter(0))
        label = self.runs.runs.label(run) if len(runs) == 1 else counted(len(runs), "run")
        was, is_back = ("was", "is back") if len(runs) == 1 else ("were", "are back")
        history = self._session.history

        def delete() -> None:
            for one in runs:
                self.trainer.remove(one)
            self.said.emit(Said(f"{label} {was} deleted.", "Undo", history.train.undo))

        def bring_back() -> None:
            for place, one in places:
                self.trainer.restore(one, place)
            self.said.emit(Said(f"{label} {is_back}."))  # in place of what was said, whose button would undo more

        history.train.push(Step(f"deleting {label}", delete, bring_back))

    def _select(self, run: Run | None) -> None:
        self.inside.show_run(run, self._held_out(run))
        self._show_curves()
        self._show_state()

    def _held_out(self, run: Run | None) -> Dataset | None:
        """Return what ``run`` is measured on, where that is loaded; without a run some of the test set."""
        digits = self.digits
        if digits is None:
            return None
        if run is None:
            return digits.test[:_MEASURED]
        return run.recipe.split(digits).held_out if run.is_of(digits) else None

    def _show_runs(self) -> None:
        runs, run = self.trainer.runs, self.trainer.run
        kept = self.runs.current
        series = self._session.series  # who looks at something else meanwhile goes on with that
        begun = self.trainer.state is State.IDLE and (not series.active or kept in series.runs)
        new = run if run in runs and (kept not in runs or begun) else kept
        self.runs.show_runs(runs, new if new in runs else (runs[-1] if runs else None))
        if not runs:
            self._select(None)

    def _select_shown(self) -> None:
        """Select the run that is looked at, where something else than the list of runs chose it."""
        run = self._session.shown.run
        if run is not None and run is not self.runs.current:
            self.runs.show_runs(self.trainer.runs, run)

    def _show_epoch(self) -> None:
        self.plots.show_epoch(self._session.shown.at)
        self.inside.refresh()

    def _show_curves(self) -> None:
        shown = [run for run in self.trainer.runs if run.number not in self.runs.hidden]
        if not self.curves_bar.all.value:
            current = self.runs.current
            shown = [run for run in shown if current and run in self.runs.runs.members(current)]
        groups = [group for group in self.runs.runs.groups if set(group.runs) <= set(shown)]
        self.plots.show_runs(shown, self.runs.current, groups)
        self._show_goal()

    def _show_goal(self) -> None:
        run = self.runs.current
        recipe = run.recipe if run else self.form.recipe
        if recipe:
            kind = run.kind if run else self.digits.kind if self.digits else Kind.MNIST
            preset = None if run and (run.marks or run.epochs > recipe.epochs) else in_the_book(recipe, kind)
            self.plots.show_goal(recipe.epochs, preset.book if preset else None)

    def _put_on_canvas(self, greys: Greys, label: int) -> None:
        """Put an image on the canvas; a run's network that read it is to read it there, beside the one in use."""
        run, at, snapshot = self._session.shown.run, self._session.shown.at, self._session.shown.snapshot
        if run is None or at is None or not snapshot or self._session.in_use(snapshot) or not run.recipe.reads_drawings:
            self.to_canvas.emit(greys, label, None, "")
        else:
            exact = Snapshot.of(run, at) or snapshot  # the one that was measured, where newer weights are there
            self.to_canvas.emit(greys, label, exact, f"run #{run.number}")

    # What is on the screen

    def _refresh(self, curves: bool, inside: bool) -> None:
        """Take in what the trainer has learned since the last time, as far as it is due."""
        run, learning = self.trainer.run, self.trainer.state is State.LEARNING
        if run and self.isVisible():
            with self.trainer.window_priority:
                if curves:
                    self.plots.update_run(run)
                    self.plots.show_epoch(self._session.shown.at)
                    self.plots.viewport().repaint()
                if inside:
                    self.runs.update_run(run, learning)
                    if run is self.runs.current:
                        self.inside.refresh()
                        self.look_bar.refresh()
                        self.commands.enable()
                    self.inside.repaint_page()
        self._stale = not self.isVisible()
        self.refreshed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what happened while another tab was in front."""
        super().showEvent(event)
        if self._stale:
            self.schedule.request()

    def _show_state(self) -> None:
        state = self.trainer.state
        self.panel.hold_focus()
        self.form.lock(state is not State.IDLE)
        self.commands.show_state()
        self.panel.give_focus_back()
        self.schedule.request()
        if state is State.LEARNING:
            self._learning = self.trainer.run
            self.story.close_drawer()
        elif state is State.IDLE:
            self.runs.regroup(self.trainer.runs)
            if self._learning is not None and self.trainer.ended:
                self._tell_end(self._learning)
            self._learning = None

    def _offer_page(self, advice: Advice) -> None:
        """Offer the page that shows why saturated neurons learn slowly, where these were warned of."""
        if advice.saturated:
            go = partial(self._session.ways.go, ToPage(Idea.COST, "Slowdown"))
            self.said.emit(Said("Explore shows why a saturated neuron learns slowly.", "Show the page", go))

    def _tell_end(self, run: Run) -> None:
        """Say that a run has come to its end, and offer the network of its best epoch."""
        group = self.runs.runs.group(run)
        if group and self._session.series.total > 1 and run in self._session.series.runs:
            digits = kind_of_digits(group.runs)
            self.said.emit(Said(f"The series has ended: {group.best} of the {digits} digits, each at its best epoch."))
            return
        chosen = run.chosen
        if chosen is not None and not run.lasting:
            self.testing.read(run, lambda: self._offer_best(run))

    def _offer_best(self, run: Run) -> None:
        sentence = f"Run #{run.number} has ended: {best_of(run)}."
        snapshot = Snapshot.of(run, run.chosen.epochs) if run.chosen else None
        if snapshot is None:
            self.said.emit(Said(sentence))
        else:
            self.said.emit(Said(sentence, "Use the best epoch", lambda: self.commands.use_network(snapshot)))

    def close_down(self) -> None:
        """Remember the recipe, stop training and wait for everything that works away from the window."""
        self._preferences.experiment = self.opened.experiment
        self.schedule.close()
        self.trainer.close()
        self.inside.close_down()
        self.exports.close_down()
        self.python.close_down()
        self.testing.close_down()
        self.baselines.close_down()
        self.opened.close_down()


def _card(heading: QWidget, content: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP)
    column.setSpacing(GAP)
    column.addWidget(heading)
    column.addWidget(content, 1)
    return card
