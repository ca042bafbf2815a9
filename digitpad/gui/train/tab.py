"""The Train tab, one story from left to right: a recipe, its curves, the runs, and what is inside their networks."""

from collections.abc import Generator
from typing import Self

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from digitpad.data.dataset import Digits
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.services.turns import Work, do_now
from digitpad.gui.train.baseline_switch import BaselineSwitch
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.curve_guessing import CurveGuessing
from digitpad.gui.train.curves_bar import CurvesBar
from digitpad.gui.train.drawn_runs import DrawnRuns
from digitpad.gui.train.endings import Endings
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
from digitpad.gui.train.run_edits import RunEdits
from digitpad.gui.train.schedule import Schedule
from digitpad.gui.train.selection import Selection
from digitpad.gui.train.sweeping import Sweeping
from digitpad.gui.train.testing import Testing
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.layouts import card_of, column_in
from digitpad.gui.widgets.scrolling import Place
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.presets import PRESETS


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
        self._stale = False  # whether something happened while another tab was in front
        if at_once:
            do_now(self._steps())

    @classmethod
    def in_turns(
        cls, place: Place, session: Session, sets: DigitSets, preferences: Preferences, guesses: Guesses
    ) -> Generator[None, None, Self]:
        """Build a tab in its ``place``, a step with each turn, and return it when all of it is there."""
        tab = cls(session, sets, preferences, guesses, at_once=False)
        place(tab)
        yield from tab._steps()
        return tab

    def _steps(self) -> Work:
        yield from self._make_parts()
        yield from self._lay_out()
        self.form.open_only(self._preferences.open_sections)
        self.opened.show(self._preferences.experiment)
        self.inside.show_page(self._preferences.look_inside)
        self.form.digits.show_sets(self._sets)  # which is told of new ones before what it shows is
        self._connect()
        self._session.drawings.refresh()
        self._count_own()
        self._sets.wanted()
        self._show_state()
        self.selection.begin()
        self._show_epoch()  # which was chosen before there was this tab, where the runs are of an earlier sitting
        self._show_digits()
        yield

    def _make_parts(self) -> Work:
        session, sets, trainer = self._session, self._sets, self.trainer
        self.form = RecipeForm()
        yield
        self.plots = yield from Plots.in_turns()
        yield
        self.runs, self.inside = RunChips(), LookInside(session)
        self.commands, self.testing = Commands(self, session, sets, self.form), Testing(self, session, sets)
        self.opened, self.question = OpenedExperiment(self, session, self.form), QuestionBar()
        self.sweeping = Sweeping(self, session, sets, self.form, self.opened)
        self.opened.changed.connect(lambda: self.question.ask(self.opened.question))
        yield
        self.exports = Exports(self, trainer, self.plots, self._experiment_shown)
        self.python = PythonCopying(self, session, sets)
        self.guessing = CurveGuessing(self, trainer, self._guesses, self.plots, self.form)
        self.baselines = BaselineSwitch(self, sets, self.plots)
        self.edits = RunEdits(self, session, self.runs.runs)
        self.endings = Endings(self, session, self.runs.runs, self.testing, self.commands, self.guessing.verdict)
        self.schedule = Schedule(self, trainer)
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

    def _lay_out(self) -> Work:
        """Make what stands around the parts, and put all of it together."""
        self.panel = RecipePanel(self.form, self.commands, self._sets, self.opened)
        yield
        exports = [self.exports.plot, self.exports.csv, self.opened.save]
        self.curves_bar = CurvesBar(self.plots, exports, self.guessing.button, self.baselines.button)
        self.drawn = DrawnRuns(
            self, self.trainer, self._sets, self.form, self.runs, self.curves_bar, self.plots
        )  # fmt: skip
        self.selection = Selection(self, self._session, self._sets, self.runs, self.inside)
        self.look_bar = LookBar(self._session, self.commands, self.runs.runs.label, self.inside.tabs)
        yield
        self.story = Story(
            self, self.panel, self.commands, self.question, card_of(self.curves_bar, self.plots), self.runs,
            card_of(self.look_bar, self.inside),
        )  # fmt: skip
        yield
        column_in(self).addWidget(self.story)
        self.panel.put_form_in()
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
            [do.go_on, do.restart, do.seeds, self.sweeping.sweep, do.use, self.testing.test],
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
        trainer.run_changed.connect(self.schedule.request)
        trainer.advanced.connect(self.schedule.request)
        session.shown.changed.connect(self._show_epoch)
        session.drawings.changed.connect(self._count_own)
        session.refused.connect(self.failed)
        session.following_changed.connect(self.panel.follow.setChecked)
        self.panel.follow.setChecked(session.following)
        self.panel.follow_wanted.connect(session.follow)
        self._sets.changed.connect(self._show_digits)
        self.schedule.due.connect(self._refresh)
        form.rate_changed.connect(lambda name, value: trainer.change(**{name: value}))
        form.folded.connect(self._remember_folds)
        form.place_wanted.connect(session.ways.go)
        self.inside.neurons.links.wanted.connect(session.ways.go)
        self.selection.changed.connect(self.drawn.draw)
        self.selection.changed.connect(self._show_state)
        runs.renamed.connect(self.edits.rename)
        runs.remove_wanted.connect(self.edits.delete)
        self.edits.renamed.connect(self.look_bar.refresh)
        runs.settings_wanted.connect(lambda run: form.show_recipe(run.recipe))
        self.plots.epoch_dragged.connect(session.shown.look_at)
        self.plots.epoch_stepped.connect(session.shown.step)
        self.inside.tabs.currentChanged.connect(self._remember_page)
        self.inside.picked.connect(self.to_canvas)
        self.inside.shown.connect(lambda: self.look_bar.show_accuracy(self.inside.evaluation))
        for teller in (self.opened, self.testing, self.edits, self.endings):
            teller.said.connect(self.said)
        self.question.put_away.connect(self.opened.put_question_away)
        for part in (
            self.inside, self.commands, self.edits, self.exports, self.python, self.opened, self.testing,
            self.baselines, self.sweeping,
        ):  # fmt: skip
            part.failed.connect(self.failed)
        for part in (self.commands, self.exports, self.python, self.opened):
            part.reported.connect(self.reported)

    def _experiment_shown(self) -> SavedExperiment:
        """Return the experiment that the curves are of: the selected run's, or what is to be started."""
        run = self.runs.current
        return self.opened.of(run.recipe) if run else self.opened.experiment

    def _show_digits(self) -> None:
        self.form.summarise()
        self.drawn.show_goal()
        self.selection.take_in_digits()

    def _count_own(self) -> None:
        self.form.show_own(self._session.drawings.total)

    def _remember_folds(self) -> None:
        self._preferences.open_sections = self.form.open_sections

    def _remember_page(self) -> None:
        self._preferences.look_inside = self.inside.page

    def _show_epoch(self) -> None:
        self.plots.show_epoch(self._session.shown.at)
        self.inside.refresh()

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
            self.story.close_drawer()
        elif state is State.IDLE:
            self.runs.regroup(self.trainer.runs)
        self.endings.look()

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
        self.sweeping.close_down()
        self.opened.close_down()
