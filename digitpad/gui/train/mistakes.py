"""The images that a network reads wrongly, or those behind one cell of the confusion matrix: ``MistakesView``."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.gallery import MOST, Gallery
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.gui.words import a_digit, counted
from digitpad.nn.evaluation import Evaluation

_TILE, _WIDE = 3 * SIDE, 132  # pixels: of an image, and with what stands beside it
_NO_IMAGES = np.empty((0, SIDE * SIDE), dtype=np.uint8)


class MistakesView(QWidget):
    """Large images, the worst first, each with what it is read as and the output that says so.

    At most ``MOST`` are shown. Where the answer is the nearest code, no one output says so.

    Signals: ``picked(index)`` with the index among the held-out images.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("mistakes")
        self.gallery = Gallery(tile=_TILE, wide=_WIDE)
        self.gallery.setToolTip("Click an image to put it on the canvas, with the network that read it")
        self._evaluation: Evaluation | None = None
        self.held_out: Dataset | None = None  # what the evaluation is of, where that is there
        self.cell: tuple[int, int] | None = None  # the digit and the answer of what is shown; None: all mistakes
        self.heading = ElidedLabel()
        self.heading.setObjectName("mistakes_heading")
        self.heading.setProperty("quiet", True)
        self.heading.setFont(font(SMALL))
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.all = QToolButton()
        self.all.setObjectName("all_mistakes")
        self.all.setText("All mistakes")
        self.all.setToolTip("Show the mistakes of every cell of the confusion matrix again")
        self.all.setProperty("tight", True)
        self.all.clicked.connect(lambda: self.show_cell(None))
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.heading, 1)
        top.addWidget(self.all)
        column = column_in(self, GAP // 2)
        column.addLayout(top)
        column.addWidget(self.gallery, 1)
        self.gallery.clicked.connect(self.gallery.pick)
        self.gallery.picked.connect(self.picked)

    def show_answers(self, evaluation: Evaluation | None, held_out: Dataset | None) -> None:
        """Show what ``evaluation`` says of the ``held_out`` images."""
        self._evaluation, self.held_out = evaluation, held_out
        self._show()

    def show_cell(self, cell: tuple[int, int] | None) -> None:
        """Show the images of a digit that are read as an answer, or for None all mistakes."""
        self.cell = cell
        self._show()

    def _show(self) -> None:
        said, digits, cell = self._evaluation, self.held_out, self.cell
        self.all.setEnabled(cell is not None)
        if said is None or digits is None:
            self.gallery.show_images(_NO_IMAGES, (), str, str)
            self.heading.setText("")
            return
        chosen = said.mistakes()
        if cell is not None:
            inside = np.flatnonzero((said.labels == cell[0]) & (said.predictions == cell[1]))
            chosen = inside[np.argsort(said.margins[inside], kind="stable")]

        def below(i: int) -> str:
            verb = "read as" if said.labels[i] != said.predictions[i] else "rightly"
            answer = f" {said.predictions[i]}" if verb == "read as" else ""
            output = "" if said.by_code else f" ({said.largest[i]:.2f})"
            return f"{said.labels[i]}, {verb}{answer}{output}"

        self.gallery.show_images(
            digits.images, chosen[:MOST], below, lambda i: f"{a_digit(said.labels[i])} read as {said.predictions[i]}"
        )
        many = len(chosen) > MOST
        if cell is None:
            count = counted(len(chosen), "mistake")
            order = f"the worst {MOST:,} shown" if many else "the worst first"
        else:
            count = f"{cell[0]} read as {cell[1]}: {counted(len(chosen), 'image')}"
            order = f"{MOST:,} of them shown" if many else ""
        self.heading.show_parts((count, 0), (order, 1), between=", ")
