"""A sweep of the learning rate, live: a dialog with accuracy against eta, and what the picture shows."""

from time import monotonic
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar, QPushButton, QWidget

from digitpad.gui.services.priority import WindowPriority
from digitpad.gui.train.learning_dialog import LearningDialog
from digitpad.gui.train.sweep_graph import SweepGraph
from digitpad.gui.train.sweep_words import LONGEST, MEANWHILE, at_eta, of_sweep, shown, what_it_shows
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.graph import Remark
from digitpad.gui.widgets.layouts import column_in, wrapped
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP, LARGE, grown
from digitpad.train.sweep import Reached, Sweep, Swept

_INTERVAL_S = 0.1  # between two reports at least
_BAR_STEPS = 1000
_WIDTH, _HEIGHT = 680, 600  # pixels, where text has its usual size
_HOW = "Click a point, or use the arrow keys and Return: its η stands in the form."


class _Report(NamedTuple):
    """What was measured since the last report, and how much of the learning is done, in [0, 1]."""

    reached: tuple[Reached, ...]
    share: float


class SweepDialog(LearningDialog):
    """Trains at once; points come in as they are measured, and each can be chosen, also while others learn.

    Signals: ``chosen(eta)``; ``ended()`` when no more points come; ``failed(sentence)``.
    """

    chosen = Signal(float)
    ended = Signal()
    failed = Signal(str)
    _reported = Signal(object)

    def __init__(self, window: QWidget, sweep: Sweep, priority: WindowPriority) -> None:
        """Begin around the eta of ``sweep``'s recipe. Training gives way to the window by ``priority``."""
        super().__init__(window, "sweep_dialog", "Sweep of the learning rate")
        self._sweep, self._priority = sweep, priority
        self.swept, self.over = Swept(sweep.etas), False
        self._background.failed.connect(self._fail)
        self._reported.connect(self._take)
        self._lay_out(window)
        priority.hold()  # until it has been painted for the first time
        self._background.run(self._train, lambda _: self._end())
        priority.release_soon()

    def _lay_out(self, window: QWidget) -> None:
        content = QWidget()
        heading = wrapped("sweep_heading", LARGE, strong=True)
        self.what, self.marked, self.said = wrapped("sweep_what"), wrapped("sweep_marked"), wrapped("sweep_said")
        for label, text in ((heading, "Which learning rate η?"), (self.what, of_sweep(self._sweep)), (self.said, _HOW)):
            label.setText(text)
        self.what.setProperty("quiet", True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Training")
        self.bar.setFixedHeight(6)
        self.graph, self.words = SweepGraph(self.swept, self._sweep.recipe.eta), Remark(LONGEST)
        self.graph.setObjectName("sweep_graph")
        self.graph.marked.connect(self._mark)
        self.graph.chosen.connect(self._choose)
        inner = column_in(content)
        for part in (heading, self.what, self.bar, self.graph, self.marked, self.words):
            inner.addWidget(part, 1 if part is self.graph else 0)
        self.words.setText(MEANWHILE)
        flags = Qt.TextInteractionFlag  # by keys, too: Tab leads there, which scrolls to it where there is little room
        self.words.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._buttons = QDialogButtonBox()
        self.use = self._button("Use the best", "use_best_eta")
        self.use.clicked.connect(self._use_best)
        self.use.setEnabled(False)
        self.stop = self._button("Stop", "stop_sweep")
        self.stop.clicked.connect(self._stop_or_close)
        column = column_in(self, GAP * 2)
        column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        column.addWidget(Scrolling(content), 1)
        column.addWidget(self.said)
        column.addWidget(self._buttons)
        room = window.size()
        self.resize(min(grown(_WIDTH), room.width() - 20), min(grown(_HEIGHT), room.height() - 20))
        self._show_marked()
        self.graph.setFocus()

    def _button(self, text: str, name: str) -> QPushButton:
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    # Training, in a thread

    def _train(self) -> None:
        self._priority.give_way()
        reached: list[Reached] = []
        sweep, reported = self._sweep, monotonic()
        # Numbers that overflow are looked for in what they lead to.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for event in sweep.events():
                if event is not None:
                    reached.append(event)
                    continue  # those of one epoch belong together, whatever is pressed meanwhile
                if self._halt.is_set():
                    break
                self._priority.give_way()
                now = monotonic()
                if now - reported >= _INTERVAL_S:
                    self._reported.emit(_Report(tuple(reached), sweep.share))
                    reached.clear()
                    reported = now
        self._reported.emit(_Report(tuple(reached), sweep.share))

    # What it shows

    def _take(self, report: _Report) -> None:
        for one in report.reached:
            self.swept.add(one)
        with self._priority:
            self.bar.setValue(round(_BAR_STEPS * report.share))
            if report.reached:
                self.graph.refresh()
                self._show_marked()
                self.graph.repaint()

    def _end(self) -> None:
        self.over = True
        self.stop.setText("Close")
        self.use.setEnabled(self.swept.best is not None)
        sentences = what_it_shows(self.swept)
        self.words.setText("<br>".join(sentences))
        announce(self, " ".join(sentences))
        self.ended.emit()

    def _fail(self, sentence: str) -> None:
        self.failed.emit(sentence)
        self.reject()

    def _mark(self) -> None:
        self._priority.hold()  # until the mark has moved
        self._show_marked()
        self._priority.release_soon()

    def _show_marked(self) -> None:
        self.marked.setText(at_eta(self.swept, self.graph.current))

    # The hand

    def _choose(self, eta: float) -> None:
        if len(self.swept.accuracies[eta]) > 1:
            self.graph.show_present(eta)
            self._say(f"η = {shown(eta)} stands in the form now.")
            self.chosen.emit(eta)
        else:
            self._say(f"η = {shown(eta)} has no epoch behind it{'' if self.over else ' yet'}; the form is as it was.")

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        announce(self, sentence)

    def _use_best(self) -> None:
        if (best := self.swept.best) is not None:
            self._choose(best)

    def _stop_or_close(self) -> None:
        if self.over:
            self.accept()
        else:
            self._halt.set()
