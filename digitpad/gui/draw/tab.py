"""The Draw tab: the canvas and, live, what the network makes of it."""

from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.draw.drawing import Drawing
from digitpad.draw.reading import Reading
from digitpad.explore.chapter import Idea
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.draw.collecting import CollectingStrip
from digitpad.gui.draw.hinting import Hinting
from digitpad.gui.draw.hints import Hint, HintLine
from digitpad.gui.draw.keeping import Keeping
from digitpad.gui.draw.layout import PadAndPanel
from digitpad.gui.draw.live import Live
from digitpad.gui.draw.nearest_known import NearestKnown
from digitpad.gui.draw.number_boxes import NumberBoxes
from digitpad.gui.draw.numbering import Numbering
from digitpad.gui.draw.pad_column import PadColumn
from digitpad.gui.draw.panel import Panel
from digitpad.gui.draw.second_reader import SecondReader
from digitpad.gui.draw.spoken import SpokenAnswer
from digitpad.gui.draw.tools import BrushSlider, Tools
from digitpad.gui.services.earlier import Earlier
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.session import Session
from digitpad.gui.services.ways import ToPage
from digitpad.gui.widgets.actions import Key, TypedKeys, action
from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.widgets.undoing import UndoActions
from digitpad.gui.words import a_digit

if TYPE_CHECKING:
    from digitpad.gui.draw.earlier_strip import EarlierStrip

_PATIENCE_S = 0.01  # of work for a number in one turn: a canvas full of lines takes more of them


class DrawTab(TypedKeys):
    """Reads the drawing with the session's network whenever either changes.

    Signals: ``answered(milliseconds)`` after a new reading is on its way to the screen, with the time it took to
    preprocess the drawing and feed it forward; ``said(Said)`` of what was done; ``learn_wanted()`` when the
    network is to learn the person's hand, and ``train_wanted()`` when one is to be trained, for the first time;
    ``inside_wanted()`` when what is inside the network is to be shown, by ``show_inside``; ``save_wanted(drawing)`` and
    ``copy_wanted(drawing)``.
    """

    answered = Signal(float)
    said = Signal(object)
    learn_wanted = Signal()
    train_wanted = Signal()
    inside_wanted = Signal()
    save_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, session: Session, undoing: UndoActions, preferences: Preferences) -> None:
        """Build the tab, as ``preferences`` has it; the first reading follows with the first turn of the event loop."""
        super().__init__()
        self._session = session
        self.undo, self.redo = undoing.undo, undoing.redo
        self.setAutoFillBackground(True)  # or all that lies behind would be painted anew with every movement
        self.reading: Reading | None = None
        self.reader = Reader(self, session, preferences)
        self._in_front = True
        self._preferences = preferences
        self.canvas, self.collecting = Canvas(session.history.draw), CollectingStrip()
        self.brush, self.hints = BrushSlider(), HintLine(preferences)
        self.brush.set_brush(self.canvas.brush)
        self.second, self.numbering = SecondReader(session, self.reader), Numbering(self, session, self.reader)
        self.earlier = Earlier(self, session, self.reader)
        self.canvas.leaving.connect(self.earlier.remember)
        self.strip: EarlierStrip | None = None  # of the earlier drawings, built when it is first opened
        self._live = Live(self.canvas)
        self._live.due.connect(self._read)
        for changed in (session.model_changed, self.reader.changed, self.numbering.changed):
            changed.connect(self._live.ask)
        self._keeping = Keeping(self, session, self.canvas, self.collecting, self._read_now, self.numbering)
        self._keeping.said.connect(self.said)
        self._keeping.learn_wanted.connect(self.learn_wanted)
        self._keeping.strip_changed.connect(self._follow_strip)
        self.hinting = Hinting(self, session, preferences, self.canvas, self.collecting, self.hints)
        self.hints.wanted.connect(self._follow_hint)
        self._make_actions()
        self.panel = Panel(self.keep, self.second)
        self.answer, self.outputs = self.panel.answer, self.panel.outputs
        self.canvas.box_clicked.connect(self.numbering.follow_click)
        self.answer.number.chosen.connect(self.numbering.choose)
        self.numbering.said.connect(self.said)
        self.bits, self.stages = self.panel.bits, self.panel.stages
        self.bits.clicked.connect(partial(session.ways.go, ToPage(Idea.BINARY)))
        self.panel.how.set_open(preferences.how_is_open)
        self.panel.how.toggled.connect(self._remember_how)
        self._nearest = NearestKnown(session, self.answer)
        self.answered.connect(SpokenAnswer(self.answer, self.canvas).wait_for_rest)
        self._lay_out()
        if preferences.earlier_is_open:
            self.show_earlier.setChecked(True)
            self._show_earlier()
        self._read()

    def _make_actions(self) -> None:
        canvas = self.canvas
        self.clear = self._action("Clear", canvas.clear, ["Delete", "Backspace"], name="clear")
        self.erase = self._action("Eraser", self._use_eraser, "E", name="eraser", checkable=True)
        self.thinner = self._action("Thinner brush", lambda: self.brush.step(-1), "[", name="thinner")
        self.thicker = self._action("Thicker brush", lambda: self.brush.step(1), "]", name="thicker")
        self.keep = [
            self._action(
                str(digit), partial(self._keeping.keep, digit), str(digit), name=f"keep_{digit}",
                tip=f"Keep this drawing as {a_digit(digit)}, to train on it",
            )
            for digit in range(10)
        ]  # fmt: skip
        for keep in self.keep:
            keep.setAutoRepeat(False)  # or a key that is held would keep one drawing many times
        self.learn = self._action(
            "Learn my hand", self.learn_wanted.emit, "Ctrl+T", name="learn",
            tip="Let the network learn from the drawings you have kept; takes seconds",
        )  # fmt: skip
        self.look_inside = self._action(
            "Look inside", self._look_inside, "I", name="look_inside", checkable=True,
            tip="See why the network answers as it does, while you draw",
        )  # fmt: skip
        self.show_earlier = self._action(
            "Earlier drawings", self._show_earlier, "H", name="show_earlier", checkable=True,
            tip="See what you drew before, and bring it back",
        )  # fmt: skip
        self.join = self._action(
            "Join with the digit before", self._join, "J", name="join",
            tip="Take the chosen digit and the one before it for one",
        )  # fmt: skip
        self.part = self._action(
            "Part in two", self._part, "P", name="part", tip="Take the chosen digit for two that touch"
        )
        self.brush.width_changed.connect(self._use_brush)
        canvas.changed.connect(self._enable_actions)
        self._session.history.turning.connect(canvas.finish_stroke)
        self._enable_actions()

    def _action(
        self, text: str, slot: Callable[[], object], key: Key | Sequence[Key], *, name: str, tip: str = "",
        checkable: bool = False,
    ) -> QAction:  # fmt: skip
        made = action(self, text, slot, key=key, tip=tip or text, name=name, checkable=checkable)
        self.addAction(made)
        return made

    def _lay_out(self) -> None:
        self.look_inside_button, self.learn_button = _button(self.look_inside), _button(self.learn)
        tools = Tools((self.undo, self.redo, self.clear, self.erase), self.brush)
        pad = PadColumn(self.collecting, self.canvas, tools)
        bottom = self.hints, self.look_inside_button, self.learn_button
        self._layout = PadAndPanel(self, pad, tools, self.panel, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the canvas into its column."""
        self._layout.fit()
        super().resizeEvent(event)

    def set_brush(self, width: float) -> None:
        """Draw with the brush whose width, in canvas sides, is nearest to ``width``."""
        self.brush.set_brush(width)

    def _use_brush(self, width: float) -> None:
        self.canvas.brush = width

    def _use_eraser(self) -> None:
        self.canvas.erasing = self.erase.isChecked()

    def _join(self) -> None:
        self.canvas.finish_stroke()
        self._read_now()
        if self.numbering.can_join:
            self.numbering.join(self.numbering.index)

    def _part(self) -> None:
        self.canvas.finish_stroke()
        self._read_now()
        self.numbering.part(self.numbering.index)

    def _look_inside(self) -> None:
        is_open = self._preferences.inside_is_open = self.look_inside.isChecked()
        if is_open:
            self.inside_wanted.emit()
        else:
            self.panel.show_inside(None)

    def show_inside(self, inside: QWidget) -> None:
        """Show what is ``inside`` the network while it reads, until the person closes it."""
        self.look_inside.setChecked(True)
        self.panel.show_inside(inside)

    def _show_earlier(self) -> None:
        """Show the strip of earlier drawings or hide it, as its action has it."""
        is_open = self._preferences.earlier_is_open = self.show_earlier.isChecked()
        if self.strip is None and is_open:
            from digitpad.gui.draw.earlier_strip import EarlierStrip

            self.strip = EarlierStrip(self.earlier)
            self.strip.picked.connect(self._bring_back)
            self.strip.save_wanted.connect(self.save_wanted)
            self.strip.copy_wanted.connect(self.copy_wanted)
            self._layout.add_strip(self.strip)
        if self.strip:
            if self.strip.gallery.hasFocus():
                self.canvas.setFocus()
            self.strip.setVisible(is_open)
            self._layout.fit()

    def _bring_back(self, drawing: Drawing) -> None:
        if drawing != self.canvas.drawing:
            self.canvas.show_drawing(drawing)

    def _remember_how(self, is_open: bool) -> None:
        self._preferences.how_is_open = is_open

    def set_in_front(self, in_front: bool) -> None:
        """Give the keys of drawing away while another tab is in front, and take them back."""
        self._in_front = in_front
        for tool in (self.erase, self.thinner, self.thicker, self.look_inside, self.show_earlier):
            tool.setEnabled(in_front)
        self._enable_actions()
        if in_front:
            self.canvas.setFocus()

    def _read_now(self) -> Reading | None:
        """Return the reading of what is drawn, also of what is not on the screen yet."""
        if self._live.late:
            self._read(patience_s=inf)
        return self.reading

    def collect(self) -> None:
        """Ask for ten of each digit, of which those the person has kept already count."""
        self._keeping.begin_collecting()

    def _follow_strip(self) -> None:
        self.hinting.show_next()
        self._layout.fit()

    def _follow_hint(self, hint: Hint) -> None:
        if hint is Hint.COLLECT:
            self.collect()
        elif hint is Hint.LEARN:
            self.learn.trigger()
        elif hint is Hint.TRAIN:
            self.train_wanted.emit()

    def _enable_actions(self) -> None:
        here, drawn = self._in_front, not self.canvas.empty
        self._session.history.set_under_way(drawn and self.canvas.drawing_now)
        for tool in (self.clear, *self.keep):
            tool.setEnabled(here and drawn)
        self.collecting.enable(here, drawn)
        self.join.setEnabled(here and self.numbering.can_join)
        self.part.setEnabled(here and drawn)
        if not self.canvas.drawing_now:
            self.hinting.show_next()

    def _read(self, patience_s: float = _PATIENCE_S) -> None:
        started = perf_counter()
        stages = self._live.stages()
        drawing = self.canvas.drawing
        reading = self.reader.read(stages)
        numbering = self.numbering
        number = numbering.read(drawing, reading, growing=self.canvas.drawing_now, patience_s=patience_s)
        if numbering.unfinished:
            self._live.go_on()
            return
        took = 1000 * (perf_counter() - started)
        self.reading = reading
        self.second.show_reading(drawing, stages, reading)
        self.canvas.show_boxes(NumberBoxes(number, numbering.index) if number else None)
        if part := numbering.shown:
            stages, reading = part.stages, part.reading
        several = number if numbering.several else None
        if number is None and self.answer.number.hasFocus():
            self.canvas.setFocus()  # or it would go to whatever is next
        self.panel.show_reading(reading, stages, number, numbering.index)
        self.join.setEnabled(self._in_front and numbering.can_join)
        self._session.show_seen(None if stages.blank else Seen(drawing, stages, reading, several, part))
        self.answered.emit(took)

    def close_down(self) -> None:
        """Read no more, and wait for what is being read away from the window."""
        self.canvas.finish_stroke()  # or it would be, once the window is gone, and be read then
        self._live.leave()
        self.earlier.close_down()
        self._nearest.close_down()


def _button(tool: QAction) -> QToolButton:
    button = ActionButton(tool)
    button.setProperty("tight", True)
    return button
