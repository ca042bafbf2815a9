"""Keeping what is on the canvas as a digit, one at a time or as it is asked for: ``Keeping``."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.draw.collecting import CollectingStrip
from digitpad.gui.draw.numbering import Numbering
from digitpad.gui.services.history import Step
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.toast import Said
from digitpad.gui.words import a_digit, counted

Read = Callable[[], Reading | None]


class Keeping(QObject):
    """Keeps drawings for ``strip``, which asks for digits, or as the person says; tells what became of it.

    Signals: ``said(Said)``; ``learn_wanted()`` when what was collected is to be learned from; ``strip_changed()`` after
    the strip came or went.
    """

    said = Signal(object)
    learn_wanted = Signal()
    strip_changed = Signal()

    def __init__(
        self, parent: QObject, session: Session, canvas: Canvas, strip: CollectingStrip, read: Read,
        numbering: Numbering,
    ) -> None:  # fmt: skip
        """Keep what is on ``canvas``; ``read`` returns the reading of it, made anew if it changed since the last.

        What ``numbering`` reads as several digits is not kept: what would learn from it learns one at a time.
        """
        super().__init__(parent)
        self._session, self._canvas, self._strip = session, canvas, strip
        self._read, self._numbering = read, numbering
        self._told = 0  # the number of the drawing of which it was said that it was kept
        drawings = session.drawings
        drawings.kept.connect(self._go_on)
        drawings.removed.connect(self._follow_removed)
        drawings.failed.connect(strip.stay)
        strip.wanted.connect(self._collect)
        strip.back_wanted.connect(self._go_back)
        strip.ended.connect(self._end)

    def keep(self, label: int) -> None:
        """Keep the drawing as ``label``, unless the pen is down; while digits are asked for, as no other than that."""
        strip = self._strip
        self._canvas.keyboard_pen.lift()  # or its hand would have to leave the keys for that
        if self._canvas.drawing_now:
            return
        if not strip.active:
            self._keep_as(label, lambda: None)
        elif label == strip.asked:
            strip.keep.trigger()
        else:
            asked = strip.asked
            self.said.emit(Said(f"You are asked for {a_digit(asked)}: only {asked} or Return keeps it."))

    def begin_collecting(self) -> None:
        """Ask for ten of each digit, of which those the person has kept already count."""
        drawings = self._session.drawings
        drawings.refresh(lambda: self._begin(drawings.counts))

    def _begin(self, counts: list[int]) -> None:
        self._canvas.clear()
        self._strip.begin(counts)
        self.strip_changed.emit()
        self._canvas.setFocus()

    def _keep_as(self, label: int, otherwise: Callable[[], object], *, clear: bool = False) -> None:
        """Keep the drawing, so that the next stroke begins another, or do ``otherwise``."""
        canvas = self._canvas
        canvas.finish_stroke()  # of an eraser that was lifted, and is not done yet
        drawing, reading, image = canvas.drawing, self._read(), self._session.image
        if image is None or reading is None:
            otherwise()
            return
        if self._numbering.several:
            otherwise()
            self.said.emit(Said("There are several digits on the canvas. Draw one at a time to keep it."))
            return

        def then(number: int, label: int) -> Step | None:
            self._tell_kept(number, label, reading)
            # Not the next one, begun while this was being kept.
            return canvas.clearing() if clear and canvas.drawing == drawing else None

        parts = [canvas.beginning_anew()]
        self._session.drawings.keep(label, drawing, image, reading.digit, then, otherwise, parts)

    def _tell_kept(self, number: int, label: int, reading: Reading) -> None:
        """Say how it was read where that is something else: a slip of the finger, or something to learn from."""
        read_as = "no digit" if reading.verdict is Verdict.NO_DIGIT else str(reading.digit)
        if read_as != str(label):
            self._told = number
            sentence = f"Kept as {label}, read as {read_as}."
            self.said.emit(Said(sentence, "Undo", lambda: self._session.drawings.forget(number)))

    def _follow_removed(self, numbers: list[int]) -> None:
        self._strip.go_back(numbers)
        if self._told in numbers:  # what stands there still is true no more
            self._told = 0
            self.said.emit(Said("Forgotten."))

    # What is asked for

    def _collect(self, label: int) -> None:
        self._canvas.keyboard_pen.lift()
        if self._canvas.drawing_now:
            self._strip.stay()
            return
        self._keep_as(label, self._strip.stay, clear=True)

    def _go_on(self, number: int, label: int) -> None:
        if self._strip.active and self._strip.asked == label:
            self._strip.go_on(number)

    def _go_back(self, number: int) -> None:
        self._session.drawings.go_back_to(number)
        self._canvas.clear()

    def _end(self, drawn: int) -> None:
        self.strip_changed.emit()
        if drawn:
            sentence = f"{counted(drawn, 'digit')} collected. “Learn my hand” learns from them."
            self.said.emit(Said(sentence, "Learn", self.learn_wanted.emit))
