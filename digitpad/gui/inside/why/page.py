"""The page "Why": which pixels and which neurons speak for one digit, and which for another."""

from functools import partial

import numpy as np
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.gui.inside.newest import Newest
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.pixels_view import MarksLegend, MarksOverlay, PixelsView
from digitpad.gui.inside.why.deciding_view import DecidingView
from digitpad.gui.services.seen import Seen
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.layouts import column_in, side_by_side, wrapped
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import NORMAL, SMALL, caption
from digitpad.inside.attribution import Attribution, attribution, leading

_PART = 228  # pixels: the least that each of the two parts takes beside the other
_BLANK = "Draw a digit: here each pixel of it is marked by how much it speaks for one digit and against another."
_ASKING = "Each pixel is being asked what it speaks for…"
_NO_NUMBERS = "Weights of this network are no numbers any more: what speaks for what cannot be told."
_NO_HIDDEN = "This network has no hidden neurons: the pixels decide by themselves."
_METHOD = (
    "Gradient times input: how steeply the difference of the two outputs' weighted inputs z grows with this pixel, by "
    "backpropagation, times its grey.\nPaper has no grey and so speaks for nothing."
)
_FIRST_ORDER = (
    "The pixels' account is of first order: it follows the straight line that touches the network here. What it leaves "
    "over is of the hidden neurons' biases and bends."
)
_Z = (
    "z is an output's weighted input, before its sigmoid: the larger it is, the nearer the output is to 1.\n"
    "Where the network reads nine times, this is about the drawing as it is, the first of the nine."
)
_EXACT = "Without hidden neurons, pixels and bias are all there is."


class WhyPage(InsidePage):
    """The digit with a mark on each pixel, and bars of the neurons that decide; for two digits that can be chosen."""

    TITLE = "Why"
    TIP = "See which pixels and which neurons speak for one digit and against another"

    def __init__(self, shared: Shared) -> None:
        """Begin with the two largest outputs."""
        super().__init__(shared)
        self.told: Attribution | None = None
        self._chosen = False
        self._asked = 0, 0  # the two digits when it was last told
        self._shown: Seen | None = None
        self._newest = Newest(self.background)
        self.pixels = PixelsView("What each pixel speaks for", "why_pixels", _METHOD)
        self.legend, self.deciding = MarksLegend("why_legend"), DecidingView()
        self.one = _box("why_digit", "Why this digit", "The digit that marks are squares for")
        self.other = _box("why_not_digit", "And not this digit", "The digit that marks are discs for")
        self.follow = tool_button("why_follow", "The two largest", "Follow the two largest outputs again")
        self.over = tool_button("why_over", "Lay over", "Lay the marks over the drawing on the canvas")
        self.over.setCheckable(True)
        self.sum = wrapped("why_sum", NORMAL)
        self.sum.setToolTip(_Z)
        self.rest = wrapped("why_rest", SMALL)
        self.rest.setProperty("quiet", True)
        self._neurons = caption("Neurons of the last hidden layer")
        self.fill(self._lay_out())
        for button in (self.follow, self.over):
            button.setAccessibleDescription(button.toolTip())
        for box, beside in ((self.one, self.other), (self.other, self.one)):
            box.activated.connect(partial(self._choose, beside))
        self.follow.clicked.connect(self._follow)
        self.over.toggled.connect(self._lay_over)
        self._show(None)

    def _lay_out(self) -> QWidget:
        left = QWidget()
        column = column_in(left)
        column.addWidget(self.pixels, 1)
        column.addWidget(self.legend)
        right = QWidget()
        column = column_in(right)
        for part in (self.sum, self._neurons, self.deciding, self.rest):
            column.addWidget(part)
        column.addStretch(1)
        asked = side_by_side(QLabel("Why"), self.one, QLabel("and not"), self.other)
        body = QWidget()
        column = column_in(body)
        column.addWidget(Columns([asked, side_by_side(self.follow, self.over)], _PART, 2))
        column.addWidget(Columns([left, right], _PART, 2, grows=True), 1)
        return body

    # What the person does

    @property
    def digits(self) -> tuple[int, int]:
        """The two that are asked about."""
        return self.one.currentIndex(), self.other.currentIndex()

    def _choose(self, beside: NamedBox, digit: int) -> None:
        if beside.currentIndex() == digit:  # against itself nothing speaks: they change places
            beside.setCurrentIndex(sum(self._asked) - digit)
        self._chosen = True
        self.update_soon()

    def _follow(self) -> None:
        self._chosen = False
        self.update_soon()

    def _lay_over(self) -> None:
        on = self.over.isChecked() and self.told is not None and self._shown is not None
        self.overlay_wanted.emit(
            MarksOverlay(self.told.pixels, self._shown.stages.image_place)
            if on and self.told is not None and self._shown is not None
            else None
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing over the drawing."""
        self.over.setChecked(False)
        super().hideEvent(event)

    # What is shown

    def _update(self) -> None:
        seen = self.seen
        self.follow.setEnabled(self._chosen)
        if seen is None:
            self._newest.drop()
            self._show(None)
            return
        if not self._chosen:
            for box, digit in zip((self.one, self.other), leading(seen.reading.outputs), strict=True):
                box.setCurrentIndex(digit)
        if self._shown is None:
            self.show_instead(_ASKING)
        self._asked = one, other = self.digits
        job = partial(attribution, self.model.network, seen.stages.image, one, other)
        self._newest.run(job, partial(self._show, seen))

    def _show(self, seen: Seen | None, told: Attribution | None = None) -> None:
        if seen is not None and self.seen is None:
            return  # wiped meanwhile
        self._shown, self.told = seen, told
        self.show_instead("" if told else _BLANK if seen is None else _NO_NUMBERS)
        if told is not None:
            self._show_pixels(told)
            self._show_sum(told)
            self.deciding.show_attribution(told)
            hidden = told.neurons.size > 0
            self.deciding.setVisible(hidden)
            self._neurons.setText("Neurons of the last hidden layer" if hidden else _NO_HIDDEN)
        if self.over.isChecked():
            self._lay_over()

    def _show_pixels(self, told: Attribution) -> None:
        words = [
            f", speaks {number(abs(value), 3)} for {told.a if value > 0 else told.b}"
            if value
            else ", speaks for neither"
            for value in told.pixels.tolist()
        ]
        summary = f"All pixels together speak {number(told.pixels_sum)} for {told.a} and against {told.b}."
        self.pixels.show_values(told.image, told.pixels, words, summary)
        most = float(np.abs(told.pixels).max(initial=0.0))
        self.legend.show_scale(most, f"speaks for {told.b}", f"speaks for {told.a}")

    def _show_sum(self, told: Attribution) -> None:
        hidden = told.neurons.size > 0
        way = "ahead of" if told.difference >= 0 else "behind"
        parts = f"Pixels {number(told.pixels_sum)}, bias {number(told.bias)}"
        left = f", left over {number(told.rest)}" if hidden else ""
        self.sum.setText(f"z of {told.a} is {number(abs(told.difference))} {way} z of {told.b}. {parts}{left}.")
        self.rest.setText(_FIRST_ORDER if hidden else _EXACT)


def _box(object_name: str, name: str, tip: str) -> NamedBox:
    made = NamedBox(name)
    made.setObjectName(object_name)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    made.addItems([str(digit) for digit in range(10)])
    return made
