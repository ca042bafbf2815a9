"""The page "Lens": from ink to what the network reads, stage by stage, each of which can be switched off."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from digitpad.draw.preprocess import BOX, SIDE, Centring, Scaling, Stages, Steps
from digitpad.draw.reading import Verdict
from digitpad.gui.inside import told
from digitpad.gui.inside.newest import Newest
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.picture_view import PictureView
from digitpad.gui.services.seen import Seen
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.layouts import column_in, wrapped
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, caption, font, grow
from digitpad.gui.words import a_digit
from digitpad.inside.lens import nearest_of_class, through
from digitpad.nn.batches import greys

_NEAREST_MS = 150  # between a change and the search of the digit to compare with
_STAGE, _LARGE = 110, 116  # pixels: the least that each takes beside another
_SWITCHES = 58  # pixels: the height of what is below a stage, so that all pictures are of one size
_WORD = 6  # letters that a choice shows at least
_BLANK = (
    "Draw a digit: here each step from the ink to what the network reads can be switched off, to see what it is for."
)
_SCALING = (
    (Scaling.FIT, f"To {BOX} × {BOX}", f"The longer side becomes {BOX} pixels, as with MNIST's digits"),
    (Scaling.STRETCH, "Stretched", f"Both sides become {BOX} pixels, whatever the proportions"),
    (Scaling.NONE, "Not scaled", "The digit stays as large as it is on the canvas"),
)
_CENTRING = (
    (Centring.MASS, "By its mass", "The centre of mass comes to the middle, as with MNIST's digits"),
    (Centring.BOX, "By its box", "The middle of the digit's height and width comes to the middle"),
    (Centring.NONE, "Not centred", "The digit stays where it was drawn"),
)


class LensPage(InsidePage):
    """The stages in a row with a switch below each, and what comes of it beside a digit that networks learn from."""

    TITLE = "Lens"
    TIP = "Switch off what is done to the ink before the network reads it, and see the answer break"

    def __init__(self, shared: Shared) -> None:
        """Begin with all steps as they always are."""
        super().__init__(shared)
        self.ink = PictureView("The ink on the canvas", "lens_ink")
        self.cropped = PictureView("The ink with the paper around it cut off", "lens_cropped")
        self.scaled = PictureView("The ink scaled to few pixels", "lens_scaled")
        self.centred = PictureView(f"The {SIDE} × {SIDE} pixels with the digit in their middle", "lens_centred")
        self.read = PictureView("What the network reads", "lens_read")
        self.alike = PictureView("A digit to compare with", "lens_alike")
        self.one_width = _switch(
            "lens_one_width",
            "One width",
            "Every line is as wide as MNIST's, whatever the brush and the size",
        )
        self.smooth = _switch(
            "lens_smooth",
            "Smooth",
            "A pixel that is ink in part is grey (anti-aliasing), not black or white",
        )
        self.upright = _switch("lens_ink_is_white", "Ink is white", "Ink is 1 and paper is 0, as with MNIST's digits")
        self.scaling = _choice("lens_scaling", "How large the digit becomes", [each[1:] for each in _SCALING])
        self.centring = _choice("lens_centring", "What comes to the middle", [each[1:] for each in _CENTRING])
        self.all_on = tool_button("lens_all_on", "All as usual", "Switch all steps on again")
        self.answer = wrapped("lens_answer", NORMAL, strong=True)
        self.verdict = wrapped("lens_verdict", NORMAL, strong=True)
        self._alike_words = caption("")
        self._newest = Newest(self.background)
        self._nearest = Newest(self.background)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_NEAREST_MS)
        self._soon.timeout.connect(self._search)
        self.fill(self._lay_out())
        for switch in (self.one_width, self.smooth, self.upright):
            switch.toggled.connect(self.update_soon)
        for choice in (self.scaling, self.centring):
            choice.currentIndexChanged.connect(self.update_soon)
        self.all_on.clicked.connect(self._switch_all_on)
        shared.digits.changed.connect(self.update_soon)

    def _lay_out(self) -> QWidget:
        always = QLabel("always on")
        always.setToolTip("Paper around the ink is cut off, so that it matters not where a digit is")
        always.setProperty("quiet", True)
        always.setFont(font(SMALL))
        stages = (
            _stage("Ink", self.ink, self.one_width),
            _stage("Cropped", self.cropped, always),
            _stage("Scaled", self.scaled, self.scaling, self.smooth),
            _stage("Centred", self.centred, self.centring, self.upright),
        )
        words = QWidget()
        column = column_in(words)
        for label in (self.answer, self.verdict):
            column.addWidget(label)
        column.addWidget(self.all_on, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._alike_words.setTextFormat(Qt.TextFormat.PlainText)  # sets have names of any letters
        last = (
            _pictured(caption("What the network reads"), self.read),
            _pictured(self._alike_words, self.alike),
            words,
        )
        body = QWidget()
        column = column_in(body)
        column.addWidget(Columns(stages, _STAGE, 4, grows=True), 3)
        column.addWidget(Columns(last, _LARGE, 3, grows=True), 4)
        return body

    # The switches

    @property
    def steps(self) -> Steps:
        """The steps that are switched on, besides the width of lines."""
        scaling, centring = _SCALING[self.scaling.currentIndex()][0], _CENTRING[self.centring.currentIndex()][0]
        return Steps(scaling, self.smooth.isChecked(), centring, not self.upright.isChecked())

    @property
    def _as_usual(self) -> bool:
        return self.one_width.isChecked() and self.steps == Steps()

    def _switch_all_on(self) -> None:
        for switch in (self.one_width, self.smooth, self.upright):
            switch.setChecked(True)
        for choice in (self.scaling, self.centring):
            choice.setCurrentIndex(0)

    # What is shown

    def _update(self) -> None:
        seen = self.seen
        self.show_instead("" if seen else _BLANK)
        self.all_on.setEnabled(not self._as_usual)
        if seen is None:
            self._newest.drop()
            return
        if self.one_width.isChecked():
            self._newest.drop()
            steps = self.steps
            self._show(seen, seen.stages if self._as_usual else through(seen.digit, seen.stages, steps))
        else:  # all lines are drawn anew, of which there may be thousands
            job = partial(through, seen.digit, seen.stages, self.steps, one_width=False)
            self._newest.run(job, partial(self._show, seen))
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show(self, seen: Seen, stages: Stages) -> None:
        self.ink.show_greys(stages.ink, stages.place, smooth=True)
        self.cropped.show_greys(stages.cropped, smooth=True)
        self.scaled.show_greys(stages.scaled)
        self.centred.show_greys(stages.centred)
        self.read.show_greys(stages.centred)
        for view, stage in ((self.ink, stages.ink), (self.cropped, stages.cropped), (self.scaled, stages.scaled)):
            view.describe(f"{stage.shape[1]} by {stage.shape[0]} pixels")
        usual = seen.reading
        now = usual if stages is seen.stages else self.shared.reader.read(stages)
        for view in (self.centred, self.read):
            view.describe(f"read as {told.answer(now)}")
        self.answer.setText(f"As usual: {told.answer(usual)}")
        if stages is seen.stages:
            self.verdict.setText("")
        else:
            broken = now.verdict is Verdict.NO_DIGIT or now.digit != usual.digit
            self.verdict.setText(f"With these switches: {told.answer(now)}" + (". Broken." if broken else ""))

    # The digit to compare with

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for digits."""
        super().showEvent(event)
        self.shared.digits.wanted()
        self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Search nothing while nobody looks."""
        self._soon.stop()
        super().hideEvent(event)

    def _search(self) -> None:
        seen, digits = self.seen, self.shared.digits.current
        if seen is None:
            return
        if digits is None:
            self._alike_words.setText("Digits are being loaded …" if self.shared.digits.loading else "No digits")
            self.alike.show_greys(None)
            return
        digit, name = seen.reading.digit, digits.name
        job = partial(nearest_of_class, digits.training, seen.stages.image, digit)
        self._nearest.run(job, partial(self._show_alike, digit, name))

    def _show_alike(self, digit: int, name: str, image: NDArray[np.uint8] | None) -> None:
        words = f"{name}: the nearest {digit}" if image is not None else f"{name} has no {digit}"
        self._alike_words.setText(words)
        self.alike.describe(words)
        self.alike.setToolTip(f"Of {a_digit(digit)} in the data set in use, the one most like the drawing as usual")
        self.alike.show_greys(None if image is None else greys(image, np.float32).reshape(SIDE, SIDE))


def _switch(name: str, words: str, tip: str) -> QCheckBox:
    made = QCheckBox(words)
    made.setObjectName(name)
    made.setToolTip(tip)
    made.setChecked(True)
    made.setFont(font(SMALL))
    return made


def _choice(object_name: str, name: str, choices: list[tuple[str, str]]) -> QComboBox:
    made = NamedBox(name)
    made.setObjectName(object_name)
    made.setToolTip("\n".join(f"{words}: {tip}" for words, tip in choices))
    made.setFont(font(SMALL))
    made.addItems([words for words, _ in choices])
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(_WORD)
    return made


def _stage(title: str, view: PictureView, *switches: QWidget) -> QWidget:
    """Return a stage: its title, its picture, and what can be switched off of the step that leads to it."""
    stage = _pictured(caption(title), view)
    below = QWidget()
    grow(below, minimumHeight=_SWITCHES)
    column = column_in(below, GAP // 4)
    for switch in switches:
        column.addWidget(switch)
    column.addStretch(1)
    whole = stage.layout()
    assert whole is not None
    whole.addWidget(below)
    return stage


def _pictured(title: QLabel, view: PictureView) -> QWidget:
    part = QWidget()
    column = column_in(part, GAP // 2)
    title.setWordWrap(True)
    column.addWidget(title)
    column.addWidget(view, 1)
    grow(part, minimumWidth=64)
    return part
