"""The Train tab: choose settings, start, watch the curves, compare runs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from digitpad.data.dataset import Digits, Kind
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.controls import Controls
from digitpad.gui.train.exports import Exports
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.plots import Plots
from digitpad.gui.train.results import Results
from digitpad.gui.train.run_list import RunList
from digitpad.gui.train.schedule import Schedule
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.theme import GAP
from digitpad.train.presets import PRESETS, preset_of
from digitpad.train.runs import Run


class TrainTab(QWidget):
    """Shows the session's runs, and what drives them.

    Signals: ``failed(sentence)`` for the person; ``to_canvas(greys)`` (28, 28) when an image is to be drawn on;
    ``refreshed()`` after the screen took in what is new.
    """

    failed = Signal(str)
    to_canvas = Signal(object)
    refreshed = Signal()

    def __init__(self, session: Session, sets: DigitSets) -> None:
        """Build the tab; the digits are loaded away from the window."""
        super().__init__()
        self._session, self._sets = session, sets
        self.setAutoFillBackground(True)  # or all that lies behind would be painted anew with every point
        self.trainer = session.trainer
        self.form, self.plots, self.runs, self.results = RecipeForm(), Plots(), RunList(), Results(session.shown)
        self.commands = Commands(self, session, sets, self.form)
        self.controls = Controls(self.form, self.commands, sets)
        self.exports = Exports(self, self.trainer, self.plots)
        self.schedule = Schedule(self, self.trainer)
        self.restore = action(
            self, "Bring back", self._bring_back, tip="Take back the removal of a run", name="restore"
        )
        self.restore.setVisible(False)
        self._removed: tuple[Run, int] | None = None
        self._stale = False  # whether something happened while another tab was in front
        self._lay_out()
        self._connect()
        self.form.digits.show_sets(sets)
        session.drawings.refresh()
        self._count_own()
        sets.wanted()
        self._show_state()
        self._select_shown()
        self._show_digits()

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
            [do.start, do.step, do.epoch, do.stop, do.go_on, do.restart],
            [do.use],
            [self.runs.settings, self.runs.rename, self.runs.remove],
            [self.exports.csv, self.exports.plot],
        ]

    @property
    def digits(self) -> Digits | None:
        """The data set in use, once it is loaded."""
        return self._sets.current

    def _lay_out(self) -> None:
        runs = QVBoxLayout()
        runs.setContentsMargins(0, 0, 0, 0)
        runs.addWidget(self.runs, 1)
        tools = QHBoxLayout()
        tools.setSpacing(GAP)
        for tool in (self.runs.settings, self.runs.remove, self.restore):
            button = QToolButton()
            button.setDefaultAction(tool)
            button.setProperty("tight", True)
            tools.addWidget(button)
            if tool is self.restore:
                tool.changed.connect(lambda button=button: button.setVisible(self.restore.isVisible()))
                button.hide()
        tools.addStretch()
        runs.addLayout(tools)
        curves = QVBoxLayout()
        curves.setContentsMargins(0, 0, 0, 0)
        curves.setSpacing(0)
        curves.addWidget(self.plots, 1)
        below = _split(Qt.Orientation.Horizontal, _card(runs), _card(self.results), [520, 480])
        right = _split(Qt.Orientation.Vertical, _card(curves), below, [540, 460])
        both = QHBoxLayout(self)
        both.setContentsMargins(GAP * 3, GAP * 2, GAP * 3, GAP * 2)
        both.setSpacing(GAP * 3)
        both.addWidget(self.controls)
        both.addWidget(right, 1)

    def _connect(self) -> None:
        session, trainer, runs, results = self._session, self.trainer, self.runs, self.results
        trainer.state_changed.connect(self._show_state)
        trainer.runs_changed.connect(self._show_runs)
        trainer.run_changed.connect(self.schedule.request)
        trainer.advanced.connect(self.schedule.request)
        session.shown.changed.connect(self._select_shown)
        session.drawings.changed.connect(self._count_own)
        session.following_changed.connect(self.controls.follow.setChecked)
        self.controls.follow.setChecked(session.following)
        self.controls.follow_wanted.connect(session.follow)
        self._sets.changed.connect(self._show_digits)
        self.schedule.due.connect(self._refresh)
        self.form.changed.connect(self._show_goal)
        self.form.rate_changed.connect(lambda name, value: trainer.change(**{name: value}))
        runs.selected.connect(self._select)
        runs.shown_changed.connect(self._show_curves)
        runs.renamed.connect(trainer.rename)
        runs.remove_wanted.connect(self._remove)
        runs.settings_wanted.connect(lambda run: self.form.show_recipe(run.recipe))
        results.epoch_chosen.connect(self.commands.use_shown)
        results.picked.connect(self.to_canvas)
        for part in (results, self.commands, self.exports):
            part.failed.connect(self.failed)

    def _show_digits(self) -> None:
        self._show_goal()
        if not self._sets.loading:
            self._select(self.runs.current)

    def _count_own(self) -> None:
        self.form.show_own(self._session.drawings.total)

    # Runs

    def _remove(self, run: Run) -> None:
        if run is self.trainer.run and self.trainer.state is not State.IDLE:
            self.failed.emit("This run is still under way: stop it first, then remove it.")
            return
        self._removed = run, self.trainer.runs.index(run)
        self.trainer.remove(run)
        self.restore.setVisible(True)

    def _bring_back(self) -> None:
        if self._removed:
            self.trainer.restore(*self._removed)
        self._removed = None
        self.restore.setVisible(False)

    def _select(self, run: Run | None) -> None:
        held_out = None
        if run and self.digits and (run.data, run.kind) == (self.digits.name, self.digits.kind):
            held_out = run.recipe.split(self.digits).held_out
        self.results.show_run(run, held_out)
        self._show_curves()
        self._show_state()

    def _show_runs(self) -> None:
        runs, run = self.trainer.runs, self.trainer.run
        kept = self.runs.current
        new = run if run in runs and (kept not in runs or self.trainer.state is State.IDLE) else kept
        self.runs.show_runs(runs, new if new in runs else (runs[-1] if runs else None))
        if not runs:
            self._select(None)

    def _select_shown(self) -> None:
        """Select the run that is looked at, where something else than the list of runs chose it."""
        run = self._session.shown.run
        if run is not None and run is not self.runs.current:
            self.runs.show_runs(self.trainer.runs, run)

    def _show_curves(self) -> None:
        shown = [run for run in self.trainer.runs if run.number not in self.runs.hidden]
        self.plots.show_runs(shown, self.runs.current)
        self._show_goal()

    def _show_goal(self) -> None:
        run = self.runs.current
        recipe = run.recipe if run else self.form.recipe
        if recipe:
            preset, kind = preset_of(recipe), run.kind if run else self.digits.kind if self.digits else Kind.MNIST
            self.plots.show_goal(recipe.epochs, preset.book if preset and kind is Kind.MNIST else None)

    # What is on the screen

    def _refresh(self, curves: bool, results: bool) -> None:
        """Take in what the trainer has learned since the last time, as far as it is due."""
        run, learning = self.trainer.run, self.trainer.state is State.LEARNING
        if run and self.isVisible():
            with self.trainer.window_priority:
                if curves:
                    self.plots.update_run(run)
                    self.plots.viewport().repaint()
                if results:
                    self.runs.update_run(run, learning)
                    if run is self.runs.current:
                        self.results.refresh()
                        self.commands.enable()
                    self.results.repaint_page()
        self._stale = not self.isVisible()
        self.refreshed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what happened while another tab was in front."""
        super().showEvent(event)
        if self._stale:
            self.schedule.request()

    def _show_state(self) -> None:
        self.form.lock(self.trainer.state is not State.IDLE)
        self.commands.enable()
        self.schedule.request()

    def close_down(self) -> None:
        """Stop training and wait for everything that works away from the window."""
        self.schedule.close()
        self.trainer.close()
        self.results.close_down()


def _card(content: QVBoxLayout | QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP)
    if isinstance(content, QWidget):
        column.addWidget(content)
    else:
        column.addLayout(content)
    return card


def _split(orientation: Qt.Orientation, first: QWidget, second: QWidget, sizes: list[int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(GAP * 2)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setSizes(sizes)
    return splitter
