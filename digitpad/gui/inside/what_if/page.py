"""The page "What if": the digit that was drawn, changed as one likes, and what the network says to it."""

from collections import deque
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.draw.drawing import Picture
from digitpad.draw.preprocess import SIDE, Greys, has_ink
from digitpad.draw.reading import outputs_of, reading_of
from digitpad.gui.inside import told
from digitpad.gui.inside.newest import Newest
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.pixels import Pixel
from digitpad.gui.inside.what_if.outputs_chart import OutputsChart
from digitpad.gui.inside.what_if.pixel_pad import PixelPad
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.layouts import column_in, row_of, side_by_side, wrapped
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, font, grow
from digitpad.inside.what_if import KNOBS, Change, Knob, Subject, Sweep, changed, sweep

_SWEEP_MS, _DRAWN_SWEEP_MS = 60, 200  # between a change and the sweep; while the pen moves its answer comes first
_UNDONE = 500  # movements of painting that can be taken back
_PAD, _SLIDER = 200, 222  # pixels: the least that each takes beside another
_NAMED = 48  # pixels before a slider, for its name
_BLANK = "Draw a digit: here it can be moved, turned, thickened and painted, to see when the network changes its mind."
_WHY = (
    "This changes the 28 × 28 picture that the network reads. Moving or enlarging the drawing itself would change "
    "nothing: it is scaled and centred before it is read."
)


@dataclass(frozen=True)
class _Words:
    """What a slider is called, what it does, its unit, and the step of its handle."""

    name: str
    what: str
    unit: str
    step: float


_WORDS = {
    "right": _Words("Right", "How far the digit is moved to the right, in pixels", " px", 0.5),
    "down": _Words("Down", "How far the digit is moved down, in pixels", " px", 0.5),
    "rotate": _Words("Rotate", "How far the digit is turned clockwise, in degrees", "°", 1),
    "slant": _Words("Slant", "How far the digit leans to the right, in degrees", "°", 1),
    "size": _Words("Size", "How large the digit is, in per cent", " %", 1),
    "thicken": _Words("Width", "How much wider the lines are, in pixels", " px", 0.1),
    "blur": _Words("Blur", "How far ink is blurred, in pixels", " px", 0.1),
}


class WhatIfPage(InsidePage):
    """Sliders change the picture that the network reads, and pixels of it can be painted.

    The outputs are plotted over the whole range of the slider that was touched last. Nothing of it touches the
    drawing until it is put on the canvas.
    """

    TITLE = "What if"
    TIP = "Move, turn, thicken or paint the digit, and see when the answer changes"

    def __init__(self, shared: Shared) -> None:
        """Begin with nothing changed."""
        super().__init__(shared)
        self.change = Change()
        self._knob = next(knob for knob in KNOBS if knob.field == "rotate")
        self._shown: object = None  # what the painted pixels are on
        self._subject: Subject | None = None
        self._paint = _unpainted()
        self._before: deque[Greys] = deque(maxlen=_UNDONE)  # what was painted, before each movement that painted more
        self._image: Greys = np.zeros(SIDE * SIDE, dtype=np.float32)
        self._newest = Newest(self.background)
        self._sweep_soon = QTimer(self)
        self._sweep_soon.setSingleShot(True)
        self._sweep_soon.timeout.connect(self._sweep)
        self.pad, self.chart = PixelPad(), OutputsChart()
        self.answer = wrapped("what_if_answer", NORMAL, strong=True)
        self.answer.setToolTip("Each picture is read once here, also where drawings are read nine times")
        self.undo = tool_button("what_if_undo", "Undo", "Take back what was painted last")
        self.as_drawn = tool_button("what_if_as_drawn", "As drawn", "Take back all that was painted")
        self.put = tool_button(
            "what_if_put", "On the canvas", "Put this picture on the canvas, where it is scaled and centred anew"
        )
        self.reset = tool_button("what_if_reset", "Reset", "Put all sliders back to how it was drawn")
        self.sliders = {knob.field: self._slider(knob) for knob in KNOBS}
        self.fill(self._lay_out())
        self.pad.begun.connect(self._begin_painting)
        self.pad.painted.connect(self._paint_pixels)
        self.pad.undo_wanted.connect(self._undo)
        self.undo.clicked.connect(self._undo)
        self.as_drawn.clicked.connect(self._unpaint)
        self.put.clicked.connect(self._put)
        self.reset.clicked.connect(self._reset)
        self.chart.placed.connect(lambda value, _: self.sliders[self._knob.field].choose(value))

    def _slider(self, knob: Knob) -> NumberSlider:
        words = _WORDS[knob.field]
        slider = NumberSlider(words.name, words.what, knob.low, knob.high, knob.value(Change()), words.step)
        slider.slider.setObjectName(f"what_if_{knob.field}")
        grow(slider.name, minimumWidth=_NAMED)
        slider.moved.connect(partial(self._turn, knob))
        return slider

    def _lay_out(self) -> QWidget:
        why = QLabel(_WHY)
        why.setProperty("quiet", True)
        why.setFont(font(SMALL))
        why.setWordWrap(True)
        left = QWidget()
        column = column_in(left)
        column.addWidget(self.pad, 1)
        column.addLayout(row_of(self.undo, self.as_drawn, None, spacing=GAP // 2))
        column.addStretch(0)
        right = QWidget()
        column = column_in(right)
        column.addWidget(self.chart, 1)
        column.addWidget(self.answer)
        body = QWidget()
        column = column_in(body)
        column.addWidget(Columns([left, right], _PAD, 2, grows=True), 1)
        column.addWidget(Columns([*self.sliders.values(), side_by_side(self.reset, self.put)], _SLIDER, 2))
        column.addWidget(why)
        return body

    # What is changed

    def _turn(self, knob: Knob, value: float) -> None:
        self.change = knob.set(self.change, value)
        self._knob = knob
        self._show_changed()

    def _reset(self) -> None:
        self.change = Change()
        for knob in KNOBS:
            self.sliders[knob.field].set_value(knob.value(self.change))
        self._show_changed()

    def _begin_painting(self) -> None:
        self._before.append(self._paint)

    def _paint_pixels(self, pixels: list[Pixel], ink: bool) -> None:
        self._paint = self._paint.copy()
        self._paint[[row * SIDE + column for row, column in pixels]] = float(ink)
        self._show_changed()

    def _undo(self) -> None:
        if self._before:
            self._paint = self._before.pop()
            self._show_changed()

    def _unpaint(self) -> None:
        self._before.append(self._paint)
        self._paint = _unpainted()
        self._show_changed()

    def _put(self) -> None:
        picture = Picture.fitted(self._image.reshape(SIDE, SIDE))
        self._reset()  # or what is on the canvas then would be changed by as much again
        self.put_wanted.emit(picture)

    # What is shown

    def _update(self) -> None:
        seen = self.seen
        self.show_instead("" if seen else _BLANK)
        if seen is None:
            self._subject = self._shown = None
            self._newest.drop()
            return
        if seen.what != self._shown:  # what was painted is on a picture that is not there any more
            self._paint = _unpainted()
            self._before.clear()
        self._shown, self._subject = seen.what, Subject(seen.digit, seen.stages)
        self._show_changed(_DRAWN_SWEEP_MS)

    def _show_changed(self, sweep_ms: int = _SWEEP_MS) -> None:
        """Show the picture and the answer at once, and the sweep ``sweep_ms`` later, unless one comes before."""
        subject = self._subject
        if subject is None:
            return
        self._image = changed(subject, [self.change], self._paint)[0]
        marked = ~np.isnan(self._paint)
        usual, now = (reading_of(outputs) for outputs in self._outputs(subject.image, self._image))
        if self.change == Change() and not marked.any():
            self.answer.setText(f"As drawn: {told.answer(usual)}")
        else:
            self.answer.setText(f"Now: {told.answer(now)}. As drawn: {told.answer(usual)}")
        self.pad.can_undo = bool(self._before)
        self.pad.show_image(self._image, marked)
        self.undo.setEnabled(bool(self._before))
        self.as_drawn.setEnabled(bool(marked.any()))
        self.reset.setEnabled(self.change != Change())
        self.put.setEnabled(has_ink(self._image))
        self.chart.show_present(self._knob.value(self.change))
        if self.isVisible() and not 0 <= self._sweep_soon.remainingTime() <= sweep_ms:
            self._sweep_soon.start(sweep_ms)

    def showEvent(self, event: QShowEvent) -> None:
        """Plot what is seen now."""
        super().showEvent(event)
        self._sweep_soon.start(_SWEEP_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Plot nothing while nobody looks."""
        self._sweep_soon.stop()
        super().hideEvent(event)

    def _outputs(self, *images: Greys) -> Greys:
        return np.asarray(outputs_of(self.model.network, np.stack(images)))

    def _sweep(self) -> None:
        subject, knob = self._subject, self._knob
        if subject is None:
            return
        job = partial(sweep, self.model.network, subject, self.change, knob, self._paint)
        self._newest.run(job, self._show_sweep)

    def _show_sweep(self, swept: Sweep) -> None:
        words = _WORDS[swept.knob.field]
        self.chart.show_sweep(swept, words.name, words.unit, swept.knob.value(Change()))
        self.chart.show_present(swept.knob.value(self.change))


def _unpainted() -> Greys:
    return np.full(SIDE * SIDE, np.nan, dtype=np.float32)
