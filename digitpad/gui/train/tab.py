"""The Train tab: choose, start, watch, compare."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.data.dataset import Digits, Kind
from digitpad.errors import DigitpadError
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.services.worker import Goal
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.plots import Plots
from digitpad.gui.train.results import Results
from digitpad.gui.train.run_list import RunList
from digitpad.gui.train.status import TrainingStatus
from digitpad.gui.widgets.theme import GAP
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe, preset_of
from digitpad.train.runs import Run, to_csv

_EVERY = 100  # ms between two looks at a run that learns
_TURNS = 4  # the curves are brought up to date at every second look, the results at one of four
_GET_MNIST = "The book learns from MNIST, 70,000 digits that people wrote: <a href='get'>get MNIST</a> (12 MB)."


class TrainTab(QWidget):
    """Drives a ``Trainer`` and shows what it gives.

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
        self.form, self.plots, self.runs, self.results = RecipeForm(), Plots(), RunList(), Results()
        self.status = TrainingStatus(self.trainer)
        self.status.setParent(self)  # until the window puts it into its status line
        self._waiting: Callable[[], object] | None = None  # a start that waits for the digits
        self._removed: tuple[Run, int] | None = None
        self._stale = False
        self._turn = 0
        self._closed = False
        self._followed: Network | None = None  # what was last handed over by following
        self._kept: tuple[int, float] | None = None  # the run, and its epochs, that were last handed to the session
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_EVERY)
        self._soon.timeout.connect(self._refresh)
        self._make_actions()
        self._lay_out()
        self._connect()
        session.drawings.changed.connect(self._count_own)
        session.drawings.refresh()
        self._count_own()
        self.form.digits.show_sets(sets)
        sets.changed.connect(self._show_digits)
        sets.fetching_changed.connect(self._check_form)
        sets.load_failed.connect(self._forget_start)
        sets.wanted()
        self._show_state()
        self._show_digits()

    def _make_actions(self) -> None:
        self.start = self._action("Start", "F5", "Train a new network with these settings", self._start_or_pause)
        self.stop = self._action("Stop", "Shift+F5", "End the run here; Continue can take it up again", self._stop)
        self.step = self._action("Step", "F10", "Train on one mini-batch", lambda: self._step(Goal.MINI_BATCH))
        self.epoch = self._action("Epoch", "Shift+F10", "Train to the end of the epoch", lambda: self._step(Goal.EPOCH))
        self.go_on = self._action("Continue", "F9", "Train the selected run for as many epochs more", self._go_on)
        self.restart = self._action(
            "Restart", "F6", "Train the selected run's settings again from the same first weights", self._restart
        )
        self.use = self._action(
            "Use this network", "Ctrl+U", "Read drawings with the network shown here", self._use_shown
        )
        self.export_csv = self._action("Export runs as CSV…", "", "Every measurement of every run", self._ask_csv)
        self.export_plot = self._action("Save plot as picture…", "", "PNG or SVG", self._ask_plot)
        self.restore = self._action("Bring back", "", "Take back the removal of a run", self._bring_back)
        self.restore.setVisible(False)

    def _action(self, text: str, key: str, tip: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key})" if key else tip)
        action.triggered.connect(lambda _=False: slot())
        return action

    @property
    def menu_actions(self) -> list[list[QAction]]:
        """The tab's actions for the window's menu, in groups."""
        return [
            [self.start, self.step, self.epoch, self.stop, self.go_on, self.restart],
            [self.use],
            [self.runs.settings, self.runs.rename, self.runs.remove],
            [self.export_csv, self.export_plot],
        ]

    def _lay_out(self) -> None:
        self.message = QLabel()
        self.message.setObjectName("form_message")
        self.message.setWordWrap(True)
        self.message.linkActivated.connect(lambda _: self._sets.fetch())
        self.message.hide()
        self.follow = QCheckBox("Follow training on the Draw tab")
        self.follow.setObjectName("follow")
        self.follow.setToolTip("The Draw tab reads with the newest weights while they are learned")
        scroll = QScrollArea()
        scroll.setObjectName("form_scroll")
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QGridLayout()
        buttons.setSpacing(GAP)
        places = {
            self.start: (0, 0, 1, 2), self.stop: (0, 2, 1, 2), self.step: (1, 0, 1, 1), self.epoch: (1, 1, 1, 1),
            self.go_on: (1, 2, 1, 1), self.restart: (1, 3, 1, 1), self.use: (2, 0, 1, 4),
        }  # fmt: skip
        for action, place in places.items():
            button = QToolButton()
            button.setDefaultAction(action)
            button.setObjectName(action.text().split()[0].lower())
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.setProperty("primary", action is self.start)
            button.setProperty("tight", True)
            buttons.addWidget(button, *place)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GAP)
        left.addWidget(scroll, 1)
        left.addWidget(self.message)
        left.addLayout(buttons)
        left.addWidget(self.follow)
        controls = QWidget()
        controls.setLayout(left)
        controls.setFixedWidth(332)

        runs = QVBoxLayout()
        runs.setContentsMargins(0, 0, 0, 0)
        runs.addWidget(self.runs, 1)
        tools = QHBoxLayout()
        tools.setSpacing(GAP)
        for action in (self.runs.settings, self.runs.remove, self.restore):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("tight", True)
            tools.addWidget(button)
            if action is self.restore:
                action.changed.connect(lambda button=button: button.setVisible(self.restore.isVisible()))
                button.hide()
        tools.addStretch()
        runs.addLayout(tools)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setChildrenCollapsible(False)
        below.setHandleWidth(GAP * 2)
        below.addWidget(_card(runs))
        below.addWidget(_card(self.results))
        below.setSizes([520, 480])
        curves = QVBoxLayout()
        curves.setContentsMargins(0, 0, 0, 0)
        curves.setSpacing(0)
        curves.addWidget(self.plots, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.setHandleWidth(GAP * 2)
        right.addWidget(_card(curves))
        right.addWidget(below)
        right.setSizes([540, 460])
        both = QHBoxLayout(self)
        both.setContentsMargins(GAP * 3, GAP * 2, GAP * 3, GAP * 2)
        both.setSpacing(GAP * 3)
        both.addWidget(controls)
        both.addWidget(right, 1)

    def _connect(self) -> None:
        trainer, runs = self.trainer, self.runs
        trainer.state_changed.connect(self._show_state)
        trainer.runs_changed.connect(self._show_runs)
        trainer.run_changed.connect(self._schedule)
        trainer.advanced.connect(self._schedule)
        trainer.failed.connect(self.failed)
        self.form.changed.connect(self._check_form)
        self.form.rate_changed.connect(lambda name, value: trainer.change(**{name: value}))
        runs.selected.connect(self._select)
        runs.shown_changed.connect(self._show_curves)
        runs.renamed.connect(trainer.rename)
        runs.remove_wanted.connect(self._remove)
        runs.settings_wanted.connect(lambda run: self.form.show_recipe(run.recipe))
        self.results.looked_back.connect(lambda _: self._use_shown())
        self.results.picked.connect(self.to_canvas)
        self.results.failed.connect(self.failed)
        self.follow.toggled.connect(self._start_following)

    # Digits to learn from

    @property
    def digits(self) -> Digits | None:
        """The data set in use, once it is loaded."""
        return self._sets.current

    def _digits_for(self, start: Callable[[], object]) -> Digits | None:
        """Return the digits that were chosen, or none if they are still to come; then ``start`` is called again."""
        if self.digits and not self._sets.loading:
            return self.digits
        self._waiting = start
        self._enable()
        return None

    def _forget_start(self) -> None:
        """Do not train on other digits than those that were waited for."""
        self._waiting = None
        self._enable()

    def _show_digits(self) -> None:
        self._check_form()
        if self._sets.loading:
            return
        self._select(self.runs.current)
        if self._waiting and self.digits:
            start, self._waiting = self._waiting, None
            start()

    def _count_own(self) -> None:
        self.form.show_own(self._session.drawings.total)

    # What the buttons do

    def _start_or_pause(self) -> None:
        state = self.trainer.state
        if state is State.LEARNING:
            self.trainer.pause()
        elif state is State.PAUSED:
            self.trainer.resume()
        else:
            self._begin(Goal.END)

    def _step(self, goal: Goal) -> None:
        if self.trainer.state is State.PAUSED:
            self.trainer.resume(goal)
        elif self.trainer.state is State.IDLE:
            self._begin(goal)

    def _begin(self, goal: Goal) -> None:
        recipe = self.form.recipe
        if recipe and (digits := self._digits_for(lambda: self._begin(goal))):
            self._start(recipe, digits, goal)

    def _start(self, recipe: Recipe, digits: Digits, goal: Goal = Goal.END) -> None:
        recipe = recipe.fitted(digits)
        try:
            recipe.split(digits)
        except DigitpadError as error:
            self.failed.emit(str(error))
            return
        self.trainer.start(recipe, digits, self._session.drawings.samples.dataset, goal)

    def _stop(self) -> None:
        self._waiting = None
        self.trainer.stop()
        self._enable()

    def _go_on(self) -> None:
        run, recipe = self.runs.current, self.form.recipe
        if run and recipe and (digits := self._digits_for(self._go_on)):
            self.trainer.go_on(run, recipe.epochs, digits, self._session.drawings.samples.dataset)

    def _restart(self) -> None:
        run = self.runs.current
        if run and (digits := self._digits_for(self._restart)):
            if self.trainer.state is State.PAUSED:
                self.trainer.stop()
            self._start(run.recipe, digits)

    def _use_shown(self) -> None:
        run, network = self.runs.current, self.results.network
        if run and network:
            self._hand(run, network, self.results.epochs)

    def _hand(self, run: Run, network: Network, epochs: float | None) -> None:
        at = run.at if epochs is None else epochs
        point = run.exact(at) or (run.points[-1] if epochs is None and run.points else None)
        light = {"name": run.name, "accuracy": f"{100 * point.accuracy:.2f} % after {at:.4g} epochs"} if point else {}
        self._kept = run.number, at
        self._session.use(Model(network, light), complete=lambda: run.model(network, point))

    def _hand_over(self) -> None:
        """Give the Draw tab what was learned since the last time, unless the person looks back at something else."""
        run = self.trainer.run
        back = run is self.runs.current and self.results.epochs is not None
        if self.follow.isChecked() and run and run.latest and run.latest is not self._followed and not back:
            self._followed = run.latest
            self._hand(run, run.latest, None)

    def _start_following(self) -> None:
        self._followed = None
        self._hand_over()

    @property
    def unsaved(self) -> bool:
        """Whether the last run learned something that is neither saved nor handed to the Draw tab."""
        run = self.trainer.run
        return run is not None and run.at > 0 and self._kept != (run.number, run.at)

    def use_newest(self) -> None:
        """Read drawings with the newest weights of the last run."""
        run = self.trainer.run
        if run and run.latest:
            self._hand(run, run.latest, None)

    def add_model(self, model: Model) -> None:
        """Show the run that a network file tells of beside the others."""
        run = self.trainer.add(model)
        if run:
            self.runs.show_runs(self.trainer.runs, run)
            self._show_curves()

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
        if run and self.digits and run.data == self.digits.name:
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

    def _schedule(self) -> None:
        if not self._soon.isActive() and not self._closed:
            self._soon.start()

    def _refresh(self) -> None:
        """Take in what the trainer has learned since the last time.

        While it learns, curves and results take turns, so that neither waits for the other to be painted.
        """
        run, learning = self.trainer.run, self.trainer.state is State.LEARNING
        self._turn = (self._turn + 1) % _TURNS
        curves, results = not learning or self._turn % 2 == 0, not learning or self._turn == 1
        with self.trainer.courtesy:
            if curves:
                self.status.refresh()
                self._hand_over()
            if run and self.isVisible():
                if curves:
                    self.plots.update_run(run)
                    self.plots.viewport().repaint()
                if results:
                    self.runs.update_run(run, learning)
                    if run is self.runs.current:
                        self.results.refresh()
                        self._enable()
                    self.results.repaint_page()
        self._stale = not self.isVisible()
        if learning and not curves:
            self._schedule()  # there may be no other report
        self.refreshed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what happened while another tab was in front."""
        super().showEvent(event)
        if self._stale:
            self._schedule()

    def _show_state(self) -> None:
        state = self.trainer.state
        self.start.setText({State.IDLE: "Start", State.LEARNING: "Pause", State.PAUSED: "Resume"}[state])
        tip = {State.IDLE: "Train a new network with these settings", State.LEARNING: "Hold it where it is",
               State.PAUSED: "Go on"}[state]  # fmt: skip
        self.start.setToolTip(f"{tip} (F5)")
        self.form.lock(state is not State.IDLE)
        self._enable()
        self._schedule()

    def _check_form(self) -> None:
        problem = self.form.problem
        if not problem and self.digits and self.digits.kind is Kind.BUILT_IN and not self._sets.fetching:
            problem = "" if self._sets.has_mnist else _GET_MNIST
        self.message.setText(problem)
        self.message.setVisible(bool(problem))
        if not self.trainer.runs:
            self._show_goal()
        self._enable()

    def _enable(self) -> None:
        state, run = self.trainer.state, self.runs.current
        ready = self.form.recipe is not None and (self.digits is not None or self._sets.loading is not None)
        idle = state is State.IDLE
        self.start.setEnabled(ready or not idle)
        for action in (self.step, self.epoch):
            action.setEnabled(state is State.PAUSED or (idle and ready))
        self.stop.setEnabled(not idle or self._waiting is not None)
        self.go_on.setEnabled(idle and ready and run is not None and run.latest is not None)
        self.restart.setEnabled(state is not State.LEARNING and self.digits is not None and run is not None)
        self.use.setEnabled(run is not None and run.latest is not None)
        self.export_csv.setEnabled(bool(self.trainer.runs))

    def close_down(self) -> None:
        """Stop training and wait for everything that works away from the window."""
        self._closed = True  # what the thread still has to tell needs no screen
        self._soon.stop()
        self.trainer.close()
        self.results.close_down()

    # Files

    def _ask_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export runs", "runs.csv", "Tables (*.csv)")
        if name:
            self.write_csv(Path(name))

    def write_csv(self, path: Path) -> None:
        """Write every measurement of every run to ``path``, or say why not."""
        try:
            path.write_text(to_csv(self.trainer.runs), encoding="utf-8")
        except OSError as error:
            self.failed.emit(f"{path}: cannot be written ({error.strerror or error}).")

    def _ask_plot(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save plot", "plot.png", "Pictures (*.png *.svg)")
        if name:
            self.write_plot(Path(name))

    def write_plot(self, path: Path) -> None:
        """Write the plots as PNG or SVG, by the ending of ``path``, or say why not."""
        self._refresh()
        try:
            self.plots.save(path)
        except DigitpadError as error:
            self.failed.emit(str(error))


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
