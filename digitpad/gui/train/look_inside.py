"""What is inside the network that is looked at: what it misreads, and what its first layer looks for."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE, Greys
from digitpad.gui.services.background import Background
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.train.confusion import ConfusionView
from digitpad.gui.train.mistakes import MistakesView
from digitpad.gui.train.neurons import NeuronsView
from digitpad.gui.widgets.tab_row import TabRow
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.nn.evaluation import Evaluation, evaluation_steps
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train.runs import Run

_EVALUATION = "evaluation"  # the newest request for one counts


class LookInside(QWidget):
    """Shows the run that is looked at as it was after any epoch that is kept; without a run, the network in use.

    Signals: ``picked(greys, label, Snapshot or None, name)`` when an image (28, 28) was picked for the canvas, with the
    network of a run and what that is called, if it is to read the image there, too; ``shown()`` after answers came to
    the screen; ``failed(sentence)`` when they cannot be worked out.
    """

    picked = Signal(object, int, object, str)
    shown = Signal()
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        """Start empty; what is looked at is the session's."""
        super().__init__()
        self._session, self._shown = session, session.shown
        self.confusion, self.mistakes, self.neurons = ConfusionView(), MistakesView(), NeuronsView()
        self.evaluation: Evaluation | None = None
        self._held_out: Dataset | None = None
        self._evaluated: Network | None = None  # that was last asked about
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self.tabs = TabRow()
        self.tabs.setObjectName("results")
        self.tabs.setFont(font(SMALL))
        self.tabs.setAccessibleName("Look inside")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.pages = QStackedWidget()
        for name, tip, page in (
            ("Confusion", "Which digits are taken for which; click a cell to see the images", self.confusion),
            ("Mistakes", "The images read wrongly, the worst first; click one to put it on the canvas", self.mistakes),
            ("Neurons", "What each neuron of the first layer looks for; click one to see it large", self.neurons),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(name), tip)
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.tabs.tabBarClicked.connect(lambda tab: self.mistakes.show_cell(None) if tab == 1 else None)
        self.confusion.chosen.connect(self._open_cell)
        self.mistakes.picked.connect(self._pick)
        session.model_changed.connect(self._show_in_use)
        self._take(None)

    @property
    def page(self) -> str:
        """The title of what is in front."""
        return self.tabs.tabText(self.tabs.currentIndex())

    def show_page(self, title: str) -> None:
        """Bring to the front what is called so, if anything is."""
        titles = [self.tabs.tabText(tab) for tab in range(self.tabs.count())]
        if title in titles:
            self.tabs.setCurrentIndex(titles.index(title))

    def show_run(self, run: Run | None, held_out: Dataset | None) -> None:
        """Show ``run``; ``held_out`` are its held-out images, or those to measure the network in use on."""
        self._held_out = held_out
        self._evaluated = None
        self._background.drop(_EVALUATION)
        self._shown.show(run, self._shown.epochs if run is self._shown.run else None)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Take in which network came into use while another tab was in front."""
        super().showEvent(event)
        self._show_in_use()

    def refresh(self) -> None:
        """Show what is new of the run, unless an earlier epoch is looked at."""
        self._shown.refresh()
        run, at = self._shown.run, self._shown.at
        if self.pages.currentWidget() is self.neurons:
            self.neurons.show_network(self._network)
        if run is None and self._held_out is not None:
            self._evaluate(self._session.model.network, self._held_out)
        elif run is None or at is None:
            self._take(None)
        elif run.evaluation and run.evaluation[0] == at:
            self._evaluated = None
            self._background.drop(_EVALUATION)
            shown = self.evaluation is run.evaluation[1]
            if not shown or self._measured_on(self.evaluation) != (self.mistakes.held_out is not None):
                self._take(run.evaluation[1])
        elif self._held_out is None:
            self._take(None)
        else:
            self._evaluate(run.networks[at], self._held_out, run.recipe.codes)

    def repaint_page(self) -> None:
        """Paint what is in front now, and not in the event loop's time."""
        page = self.pages.currentWidget()
        if page is not None:
            page.repaint()

    def close_down(self) -> None:
        """Wait for answers being worked out."""
        self._background.wait()

    @property
    def _network(self) -> Network | None:
        """The network that is looked at: of a run that has none yet, none."""
        return self._shown.network if self._shown.run else self._session.model.network

    def _show_in_use(self) -> None:
        if self._shown.run is None and self.isVisible():
            self.refresh()

    def _evaluate(self, network: Network, held_out: Dataset, codes: Floats | None = None) -> None:
        if network is not self._evaluated:
            self._evaluated = network
            steps = evaluation_steps(network, held_out.images, held_out.labels, codes)
            self._background.run_steps(steps, self._take, latest=_EVALUATION)

    def _take(self, evaluation: Evaluation | None) -> None:
        self.evaluation = evaluation
        self.confusion.show_counts(evaluation.confusion_matrix() if evaluation else None, self._why())
        self.mistakes.show_answers(evaluation, self._held_out if self._measured_on(evaluation) else None)
        self.shown.emit()

    def _measured_on(self, evaluation: Evaluation | None) -> bool:
        """Whether the held-out images are those that ``evaluation`` tells of; another set may have their name."""
        held_out = self._held_out
        return bool(evaluation and held_out and np.array_equal(evaluation.labels, held_out.labels))

    def _why(self) -> str:
        """Return why there may be no answers to show."""
        run = self._shown.run
        if run is None:
            return ""
        if self._shown.at is None:
            return "Nothing is measured yet."
        if self._held_out is None:
            return f"Run #{run.number} was measured on {run.data}, which is not open: choose it under Data."
        return ""

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        if self.pages.currentWidget() is self.neurons:
            self.neurons.show_network(self._network)

    def _open_cell(self, digit: int, answer: int) -> None:
        if self.evaluation is not None:
            self.mistakes.show_cell((digit, answer))
            self.tabs.setCurrentIndex(1)

    def _pick(self, index: int) -> None:
        """Have an image put on the canvas; a run's network that read it is to read it there, beside the one in use."""
        held_out = self.mistakes.held_out
        if held_out is None:
            return
        greys: Greys = held_out.images[index].reshape(SIDE, SIDE) / np.float32(255)
        label = int(held_out.labels[index])
        run, at, snapshot = self._shown.run, self._shown.at, self._shown.snapshot
        if run is None or at is None or not snapshot or self._session.in_use(snapshot) or not run.recipe.reads_drawings:
            self.picked.emit(greys, label, None, "")
        else:
            exact = Snapshot.of(run, at) or snapshot  # the one that was measured, where newer weights are there
            self.picked.emit(greys, label, exact, f"run #{run.number}")
