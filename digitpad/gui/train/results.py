"""The results of a run: what its network misreads, what its first layer looks for, and a way back in time."""

from functools import partial

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE, Greys
from digitpad.gui.services.background import Background
from digitpad.gui.services.shown import Shown
from digitpad.gui.train.confusion import ConfusionView
from digitpad.gui.train.first_layer import FirstLayerView
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.gui.words import a_digit
from digitpad.nn.evaluation import Evaluation, evaluate
from digitpad.nn.network import Network
from digitpad.train.runs import MEMORY, Run

_EVALUATION = "evaluation"  # the newest request for one counts
_NO_IMAGES = np.empty((0, SIDE * SIDE), dtype=np.uint8)


class Results(QWidget):
    """Shows one run as it was after any epoch that is kept, by default the newest.

    Signals: ``epoch_chosen()`` when the person moved to another epoch; ``picked(greys)`` (28, 28) when an image
    was picked for the canvas; ``shown()`` after answers came to the screen; ``failed(sentence)`` when they cannot be
    worked out.
    """

    epoch_chosen = Signal()
    picked = Signal(object)
    shown = Signal()
    failed = Signal(str)

    def __init__(self, shown: Shown) -> None:
        """Start empty; ``shown`` is told which run is shown, and after which of its epochs."""
        super().__init__()
        self._shown = shown
        self.confusion, self.gallery, self.first_layer = ConfusionView(), Gallery(), FirstLayerView()
        self.evaluation: Evaluation | None = None
        self._held_out: Dataset | None = None
        self._cell: tuple[int, int] | None = None  # which images the gallery shows; None: all mistakes
        self._evaluated: tuple[int, float] | None = None  # the run and its epoch that was last asked about
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self.tabs = QTabBar()
        self.tabs.setObjectName("results")
        self.tabs.setFont(font(SMALL))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.pages = QStackedWidget()
        for name, tip, page in (
            ("Confusion", "Which digits are taken for which; click a cell to see the images", self.confusion),
            ("Mistakes", "The images read wrongly, the worst first; click one to put it on the canvas", self.gallery),
            ("Neurons", "What each neuron of the first layer looks for", self.first_layer),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(name), tip)
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.title = QLabel()
        self.title.setProperty("quiet", True)
        top = QHBoxLayout()
        top.addWidget(self.tabs)
        top.addStretch()
        top.addWidget(self.title)
        self.time = QSlider(Qt.Orientation.Horizontal)
        self.time.setObjectName("time")
        self.time.setAccessibleName("Back in time")
        self.time.setToolTip(
            "Go back to the network of an earlier epoch: the Draw tab reads with it, too.\n"
            f"Weights take at most {MEMORY >> 20} MiB of memory; then the largest run keeps fewer epochs,\n"
            "and those of the oldest runs go to the disk."
        )
        self.time.valueChanged.connect(self._look)
        self.time_label = QLabel()
        self.time_label.setProperty("quiet", True)
        self.time_label.setMinimumWidth(72)
        back = QLabel("Back in time")
        back.setProperty("quiet", True)
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP)
        bottom.addWidget(back)
        bottom.addWidget(self.time, 1)
        bottom.addWidget(self.time_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        column.addLayout(bottom)
        self.confusion.chosen.connect(self._open_cell)
        self.gallery.setToolTip("Click an image to put it on the canvas")
        self.gallery.clicked.connect(self.gallery.pick)
        self.gallery.picked.connect(self._pick)
        self.tabs.tabBarClicked.connect(self._all_mistakes)
        self.time.setEnabled(False)
        self._take(None)

    @property
    def _kept(self) -> list[float]:
        run = self._shown.run
        return sorted(run.networks) if run else []

    def show_run(self, run: Run | None, held_out: Dataset | None) -> None:
        """Show ``run``, whose held-out images are ``held_out``, as it is now."""
        self._held_out = held_out
        self._shown.show(run)
        self._evaluated = None
        self._background.drop(_EVALUATION)
        with QSignalBlocker(self.time):
            self.time.setRange(0, max(len(self._kept) - 1, 0))
            self.time.setValue(self.time.maximum())
        self._show()

    def refresh(self) -> None:
        """Show what is new of the run, unless an earlier epoch is looked at."""
        kept = self._kept
        with QSignalBlocker(self.time):
            self.time.setRange(0, max(len(kept) - 1, 0))
            epochs = self._shown.epochs
            if epochs is None or not kept:
                self.time.setValue(self.time.maximum())
            else:
                # Where memory ran short, the epoch that was looked at may be gone: then the nearest one is.
                at = int(np.argmin([abs(one - epochs) for one in kept]))
                self._shown.show(self._shown.run, kept[at])
                self.time.setValue(at)
        self._show()

    def repaint_page(self) -> None:
        """Paint what is in front now, and not in the event loop's time."""
        page = self.pages.currentWidget()
        if page is not None:
            page.repaint()

    def close_down(self) -> None:
        """Wait for answers being worked out."""
        self._background.wait()

    def _look(self) -> None:
        kept, at = self._kept, self.time.value()
        if not kept:
            return
        self._shown.show(self._shown.run, None if at == len(kept) - 1 else kept[at])
        self._show()
        self.epoch_chosen.emit()

    def _show(self) -> None:
        run, kept = self._shown.run, self._kept
        self.time.setEnabled(len(kept) > 1)
        self.time_label.setText(f"epoch {kept[self.time.value()]:g}" if kept else "")
        if self.pages.currentWidget() is self.first_layer or self._shown.epochs is not None:
            self.first_layer.show_network(self._shown.network)
        if run is None or not kept:
            self._take(None)
            return
        epochs = kept[self.time.value()]
        if run.evaluation and run.evaluation[0] == epochs:
            self._evaluated = None
            self._background.drop(_EVALUATION)
            if self.evaluation is not run.evaluation[1]:
                self._take(run.evaluation[1])
        elif self._held_out is None:
            self._take(None)
        elif self._evaluated != (run.number, epochs):
            self._evaluated = run.number, epochs
            self._evaluate(run.networks[epochs], self._held_out)

    def _evaluate(self, network: Network, held_out: Dataset) -> None:
        job = partial(evaluate, network, held_out.images, held_out.labels)
        self._background.run(job, self._take, latest=_EVALUATION)

    def _take(self, evaluation: Evaluation | None) -> None:
        self.evaluation = evaluation
        self._show_answers()

    def _show_answers(self) -> None:
        evaluation = self.evaluation
        self.confusion.show_counts(evaluation.confusion_matrix() if evaluation else None)
        self.title.setText(f"{100 * evaluation.accuracy:.2f} % right" if evaluation else "")
        self._show_gallery()
        self.shown.emit()

    def _show_gallery(self) -> None:
        evaluation, digits = self.evaluation, self._held_out
        if evaluation is None or digits is None:
            self.gallery.show_images(_NO_IMAGES, (), str, str)
        else:
            chosen = evaluation.mistakes()
            if self._cell is not None:
                label, given = self._cell
                cell = np.flatnonzero((evaluation.labels == label) & (evaluation.predictions == given))
                chosen = cell[np.argsort(evaluation.margins[cell], kind="stable")]
            self.gallery.show_images(
                digits.images,
                chosen,
                lambda i: (
                    str(evaluation.labels[i])
                    + (f" as {evaluation.predictions[i]}" if evaluation.labels[i] != evaluation.predictions[i] else "")
                ),
                lambda i: f"{a_digit(evaluation.labels[i])} read as {evaluation.predictions[i]}",
            )
        count = self.gallery.count()
        what = f"{self._cell[0]} read as {self._cell[1]}" if self._cell else "Mistakes"
        self.tabs.setTabText(1, f"{what} ({count:,})" if evaluation else "Mistakes")

    def _open_cell(self, digit: int, answer: int) -> None:
        if self.evaluation is None:
            return
        self._cell = digit, answer
        self._show_gallery()
        self.tabs.setCurrentIndex(1)

    def _all_mistakes(self, tab: int) -> None:
        if tab == 1:
            self._cell = None
            self._show_gallery()
        elif tab == 2:
            self.first_layer.show_network(self._shown.network)

    def _pick(self, index: int) -> None:
        if self._held_out is not None:
            greys: Greys = self._held_out.images[index].reshape(SIDE, SIDE) / np.float32(255)
            self.picked.emit(greys)
