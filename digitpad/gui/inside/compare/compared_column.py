"""A network that reads beside others, in a column: ``ComparedColumn``."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.draw.reading import Reading, Verdict, reading_of
from digitpad.gui.inside.compare.compared import Choice, Compared
from digitpad.gui.inside.told import in_brief, trust
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.output_bars import OutputBars
from digitpad.gui.widgets.slider import Slider
from digitpad.gui.widgets.theme import GAP, HUGE, LARGE, SMALL, dress, font, grow, set_font

_NONE, _OPEN = "No network", "Open a network…"
_TWO_LINES = 32  # pixels
_BLANK = reading_of(np.zeros(10), blank=True)


class ComparedColumn(QWidget):
    """A box to choose the network, its answer, its ten outputs, and how well it reads.

    Signal: ``file_wanted()`` when the person wants one from a file.
    """

    file_wanted = Signal()

    def __init__(self, compared: Compared, name: str) -> None:
        """Show ``compared``, the ``name`` network of some, such as "first"."""
        super().__init__()
        self.compared = compared
        self.reading: Reading | None = None
        self._choices: list[Choice] = []
        self.box = NamedBox(f"The {name} network")
        self.box.setToolTip(f"The {name} of the networks that read the drawing")
        self.box.setAccessibleDescription(self.box.toolTip())
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self.box.activated.connect(self._choose)
        self.epochs = Slider(Qt.Orientation.Horizontal)
        self.epochs.setAccessibleName(f"Epoch of the {name} network")
        self.epochs.setToolTip("The network as it was after so many epochs (arrow keys)")
        self.epochs.setAccessibleDescription(self.epochs.toolTip())
        self.epochs.valueChanged.connect(compared.look_at)
        self.after = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.after.setFont(font(SMALL))
        self.answer, self.trust = ElidedLabel(), ElidedLabel()
        self.answer.setObjectName("answer")  # its colour is that of the answer on the Draw tab
        grow(self.answer, minimumHeight=56, maximumHeight=56)
        self.bars = OutputBars()
        self.bars.setObjectName("compared_outputs")
        self.bars.setAccessibleName(f"The ten outputs of the {name} network")
        self.told = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.told.setFont(font(SMALL))
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        grow(self.told, minimumHeight=_TWO_LINES)  # or bars that stand beside each other would not be in line
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        answer = QHBoxLayout()
        answer.setSpacing(GAP * 2)
        answer.addWidget(self.answer)
        answer.addWidget(self.trust, 1)
        column.addWidget(self.box)
        column.addLayout(answer)
        column.addWidget(self.bars, 1)
        for part in (self.told, self.epochs, self.after):
            column.addWidget(part)
        column.addStretch(0)
        compared.changed.connect(self.show_network)
        self.show_network()

    def minimumSizeHint(self) -> QSize:
        """Return the least, without what a long word would take."""
        return QSize(self.box.minimumSizeHint().width(), super().minimumSizeHint().height())

    # Which network

    def list_choices(self, choices: list[Choice]) -> None:
        """Offer these, and the one that is chosen."""
        chosen = self.compared.choice
        self._choices = [*choices, *([chosen] if chosen is not None and chosen not in choices else [])]
        titles = [_NONE, *(choice.title for choice in self._choices), _OPEN]
        if titles != [self.box.itemText(i) for i in range(self.box.count())]:  # it may be open
            self.box.clear()
            self.box.addItems(titles)
        self.box.setCurrentIndex(self._chosen)

    @property
    def _chosen(self) -> int:
        """Where in the box the network stands that is chosen."""
        choice = self.compared.choice
        return self._choices.index(choice) + 1 if choice in self._choices else 0

    def _choose(self, index: int) -> None:
        if index == len(self._choices) + 1:
            self.box.setCurrentIndex(self._chosen)
            self.file_wanted.emit()
        else:
            self.compared.choose(self._choices[index - 1] if index else None)

    def show_network(self) -> None:
        """Show which network it is."""
        compared = self.compared
        if self.box.currentIndex() != self._chosen:
            self.box.setCurrentIndex(self._chosen)
        title = compared.choice.title if compared.choice else ""
        self.box.setToolTip(as_it_is(title) if title else "The network that is to read here")
        kept = compared.kept
        with QSignalBlocker(self.epochs):
            self.epochs.setRange(0, max(len(kept) - 1, 0))
            self.epochs.setValue(compared.place)
        for part in (self.epochs, self.after):
            part.setVisible(len(kept) > 1)
        self.bars.setVisible(compared.choice is not None)
        self.after.setText(compared.told_epochs)
        self.told.setText(compared.told)
        if compared.model is None:
            self.show_reading(None)

    def keep_room_for_epochs(self, wanted: bool) -> None:
        """Have the bars where they are in a column that has some."""
        for part in (self.epochs, self.after):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(wanted)
            part.setSizePolicy(policy)

    # What it reads

    def show_reading(self, reading: Reading | None) -> None:
        """Show what it reads; None for nothing."""
        self.reading = reading
        self.bars.show_reading(reading or _BLANK)
        verdict = reading.verdict if reading else Verdict.BLANK
        set_font(self.answer, HUGE / 2 if verdict is Verdict.SURE else LARGE, strong=True)
        if self.answer.property("verdict") != verdict.value:
            self.answer.setProperty("verdict", verdict.value)
            dress(self.answer)
        self.answer.setText(in_brief(reading).capitalize() if reading else "")
        self.trust.setText(trust(reading) if reading else "")
