"""The right side of the Draw tab: the answer, the ten outputs, and how it came to that: ``Panel``."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from digitpad.draw.numbers import Number
from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading
from digitpad.gui.draw.answer import AnswerView
from digitpad.gui.draw.bits import BitsView
from digitpad.gui.draw.nine import NineView, agreement
from digitpad.gui.draw.stages import StagesView
from digitpad.gui.widgets.beside import BesideOrBelow
from digitpad.gui.widgets.button_row import ButtonRow
from digitpad.gui.widgets.fold import Fold
from digitpad.gui.widgets.layouts import AS_LARGE_AS_IT_MAY, column_in
from digitpad.gui.widgets.output_bars import OutputBars
from digitpad.gui.widgets.theme import GAP, caption, grow

NARROWEST, _WIDEST = 238, 720  # pixels where text has its usual size, the most while nothing is shown of the inside


class Panel(QWidget):
    """Shows what the network makes of a drawing, and has the ten buttons that say what it really is."""

    def __init__(self, keep: Sequence[QAction], second: QWidget) -> None:
        """Start as for a blank canvas; ``keep`` keeps the drawing as one of the ten digits.

        ``second``, above the answer, tells that of another network while there is one.
        """
        super().__init__()
        self.answer, self.outputs, self.bits, self.stages = AnswerView(), OutputBars(), BitsView(), StagesView()
        self.nine, self.agreement = NineView(), caption("")
        self.agreement.setObjectName("agreement")
        self.how = Fold("how", "How it got there", self._details())
        column = column_in(self)
        column.addWidget(second)
        column.addWidget(self.answer)
        self._below = QWidget()
        below = column_in(self._below)
        below.addLayout(_captioned("Ten outputs", self.outputs), 3)
        below.addLayout(_captioned("It is really a … (press its key to keep it)", ButtonRow(keep)))
        below.addWidget(self.how, 2)
        below.addStretch(0)
        column.addWidget(self._below, 1)
        self._inside: QWidget | None = None
        grow(self, minimumWidth=NARROWEST, maximumWidth=_WIDEST)

    def _details(self) -> QWidget:
        details = QWidget()
        binary = QHBoxLayout()
        binary.setSpacing(GAP * 2)
        binary.addWidget(caption("In binary"), 0, Qt.AlignmentFlag.AlignVCenter)
        binary.addWidget(self.bits, 1)
        column = column_in(details)
        column.addLayout(binary)
        seen = QWidget()
        seen.setLayout(_captioned("What the network sees", self.stages))
        self._nine_part = self._nine_times()
        column.addWidget(BesideOrBelow(seen, self._nine_part), 1)
        return details

    def _nine_times(self) -> QWidget:
        part = QWidget()
        column = column_in(part, GAP // 2)
        row = QHBoxLayout()
        row.addWidget(caption("Read nine times"))
        row.addStretch(1)
        row.addWidget(self.agreement)
        column.addLayout(row)
        column.addWidget(self.nine)
        column.addStretch(1)
        return part

    def show_inside(self, inside: QWidget | None) -> None:
        """Show what is ``inside`` the network under the answer, in place of what is there otherwise; None for that."""
        layout = self.layout()
        if inside is not None and self._inside is None and isinstance(layout, QVBoxLayout):
            layout.addWidget(inside, 1)
            self._inside = inside
        if self._inside is not None:
            self._inside.setVisible(inside is not None)
        self._below.setVisible(inside is None)
        if inside is None:
            grow(self, minimumWidth=NARROWEST, maximumWidth=_WIDEST)
        else:
            grow(self, minimumWidth=NARROWEST)
            self.setMaximumWidth(AS_LARGE_AS_IT_MAY)

    def show_reading(self, reading: Reading, stages: Stages, number: Number | None = None, chosen: int = 0) -> None:
        """Show what the network reads of ``stages``; of a ``number`` that is its ``chosen`` digit."""
        self.answer.show_reading(reading, number, chosen)
        self.outputs.show_reading(reading)
        self.bits.show_reading(reading)
        self.stages.show_stages(stages)
        self._nine_part.setVisible(reading.nine is not None)
        self.nine.show_reading(reading)
        words = agreement(reading)
        self.agreement.setText(words)
        self.how.set_summary(words)


def _captioned(text: str, content: QWidget) -> QVBoxLayout:
    column = column_in(None, GAP // 2)
    words = caption(text)
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # what room is left lies below it all
    column.addWidget(words)
    column.addWidget(content, 1)
    return column
