"""What a run's network reads and misreads, what its first layer looks for, and a way back in time."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE, Greys
from digitpad.gui.services.background import Background
from digitpad.gui.train.confusion import ConfusionView
from digitpad.gui.train.first_layer import FirstLayerView
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.words import a_digit
from digitpad.nn.evaluation import Evaluation, evaluate
from digitpad.nn.network import Network
from digitpad.train.runs import MEMORY, Run

_NO_IMAGES = np.empty((0, SIDE * SIDE), dtype=np.uint8)


class Results(QWidget):
    """Shows one run as it was after any epoch that is kept, by default the newest.

    Signals: ``looked_back(epochs)`` when the person moved to another epoch; ``picked(greys)`` (28, 28) when an image
    was picked for the canvas; ``shown()`` after answers came to the screen; ``failed(sentence)`` when they cannot be
    worked out.
    """

    looked_back = Signal(float)
    picked = Signal(object)
    shown = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.confusion, self.gallery, self.first_layer = ConfusionView(), Gallery(), FirstLayerView()
        self.evaluation: Evaluation | None = None
        self._run: Run | None = None
        self._held_out: Dataset | None = None
        self._back: float | None = None  # the epoch looked back at; None for as it is now
        self._cell: tuple[int, int] | None = None  # which images the gallery shows; None: all mistakes
        self._wanted: tuple[Run, float] | None = None  # whose answers are being worked out
        self._background = Background(self)
        self._background.failed.connect(self._give_up)
        self.tabs = QTabBar()
        self.tabs.setObjectName("results")
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
            f"All weights kept take at most {MEMORY >> 20} MiB; then the largest run keeps fewer epochs."
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
        self.show_run(None, None)

    @property
    def epochs(self) -> float | None:
        """After how many epochs the run is shown; None for as it is now."""
        return self._back

    @property
    def network(self) -> Network | None:
        """The network that is shown."""
        if self._run is None:
            return None
        return self._run.latest if self._back is None else self._run.networks[self._back]

    @property
    def _kept(self) -> list[float]:
        return sorted(self._run.networks) if self._run else []

    def show_run(self, run: Run | None, held_out: Dataset | None) -> None:
        """Show ``run``, whose held-out images are ``held_out``, as it is now."""
        self._run, self._held_out, self._back = run, held_out, None
        with QSignalBlocker(self.time):
            self.time.setRange(0, max(len(self._kept) - 1, 0))
            self.time.setValue(self.time.maximum())
        self._show()

    def refresh(self) -> None:
        """Show what is new of the run, unless an earlier epoch is looked at."""
        kept = self._kept
        with QSignalBlocker(self.time):
            self.time.setRange(0, max(len(kept) - 1, 0))
            if self._back is None or not kept:
                self.time.setValue(self.time.maximum())
            else:
                # Where memory ran short, the epoch that was looked at may be gone: then the nearest one is.
                at = int(np.argmin([abs(epochs - self._back) for epochs in kept]))
                self._back = kept[at]
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
        self._back = None if at == len(kept) - 1 else kept[at]
        self._show()
        self.looked_back.emit(kept[at])

    def _show(self) -> None:
        run, kept = self._run, self._kept
        self.time.setEnabled(len(kept) > 1)
        self.time_label.setText(f"epoch {kept[self.time.value()]:g}" if kept else "")
        if self.pages.currentWidget() is self.first_layer or self.epochs is not None:
            self.first_layer.show_network(self.network)
        if run is None or not kept:
            self.evaluation = None
            self._show_answers()
            return
        epochs = kept[self.time.value()]
        if run.evaluation and run.evaluation[0] == epochs:
            self._wanted = None
            if self.evaluation is not run.evaluation[1]:
                self.evaluation = run.evaluation[1]
                self._show_answers()
        elif self._held_out is None:
            self.evaluation = None
            self._show_answers()
        else:
            busy = self._wanted is not None
            self._wanted = run, epochs
            if not busy:
                self._work_out()

    def _work_out(self) -> None:
        assert self._wanted
        run, epochs = self._wanted
        network, held_out = run.networks.get(epochs), self._held_out
        if network is None or held_out is None:
            self._wanted = None
            return
        self._background.run(lambda: (run, epochs, evaluate(network, held_out.images, held_out.labels)), self._take)

    def _give_up(self, sentence: str) -> None:
        self._wanted = None
        self.failed.emit(sentence)

    def _take(self, result: tuple[Run, float, Evaluation]) -> None:
        run, epochs, evaluation = result
        if self._wanted is None:
            return
        if self._wanted[0] is run and self._wanted[1] == epochs:
            self._wanted = None
            self.evaluation = evaluation
            self._show_answers()
        else:
            self._work_out()

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
            self.first_layer.show_network(self.network)

    def _pick(self, index: int) -> None:
        if self._held_out is not None:
            greys: Greys = self._held_out.images[index].reshape(SIDE, SIDE) / np.float32(255)
            self.picked.emit(greys)
