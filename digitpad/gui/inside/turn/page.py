"""The page "Turn": the fewest grey levels that make the network read another digit, as dust on the drawing."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.draw.drawing import Picture
from digitpad.draw.preprocess import SIDE
from digitpad.gui.inside import told
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.picture_view import PictureView
from digitpad.gui.inside.pixels_view import MarksLegend, MarksOverlay, PixelsView
from digitpad.gui.inside.turn.search import Other, Search
from digitpad.gui.services.seen import Seen
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.layouts import column_in, side_by_side, wrapped
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, caption
from digitpad.gui.words import a_digit, counted
from digitpad.inside.turning import Turned, greys_of

if TYPE_CHECKING:
    from digitpad.train.model_file import Model

_PART, _PICTURE = 228, 96  # pixels: the least that each takes beside another
_BLANK = "Draw a digit: here the fewest changes are found that make the network read another one."
_ASK = "Choose a digit and press Turn it: then dust shows the fewest changes that make the network read that."
_LOOKING = "Looking for the fewest changes…"
_STOPPED = "Stopped. Choose a digit and press Turn it to look again."
_METHOD = (
    "Found by gradient: again and again the pixel that helps most is changed, then every change that is not needed is "
    "taken back."
)
_EARLIER = "Of the network as it was when the search began: another is in use now."
_GO, _STOP = "Turn it", "Stop"
_GO_TIP, _STOP_TIP = "Find the fewest grey levels that make it this digit", "Look no further for the fewest changes"


class TurnPage(InsidePage):
    """Turns the drawing into a digit that is chosen, by changing as little as can be; another network is tried, too."""

    TITLE = "Turn"
    TIP = "Turn it into another digit: the fewest grey levels that change the answer"

    def __init__(self, shared: Shared) -> None:
        """Begin with nothing turned."""
        super().__init__(shared)
        self.found: Turned | None = None
        self._chosen = False
        self._subject: object | None = None  # the drawing that all this is about
        self._with: Model | None = None  # whose answer is turned, or looked how to
        self._shown: Seen | None = None
        self.background.failed.connect(self._stop)
        self.search = Search(shared, self.background)
        self.search.changed.connect(self._show_search)
        self.search.advanced.connect(self._show_advance)
        self.dust = PixelsView("What is changed", "turn_dust", _METHOD)
        self.legend = MarksLegend("turn_legend")
        self.before = PictureView("The picture before", "turn_before")
        self.after = PictureView("The picture after", "turn_after")
        self.wanted = NamedBox("Turn it into this digit")
        self.wanted.setObjectName("turn_into")
        self.wanted.setToolTip("The digit that the network is to read")
        self.wanted.addItems([str(digit) for digit in range(10)])
        self.go = tool_button("turn_go", _GO, _GO_TIP)
        self.put = tool_button("turn_put", "On the canvas", "Put the changed picture on the canvas")
        self.over = tool_button("turn_over", "Lay over", "Lay the dust over the drawing on the canvas")
        self.over.setCheckable(True)
        for part in (self.wanted, self.go, self.put, self.over):
            part.setAccessibleDescription(part.toolTip())
        self.words, self.other = wrapped("turn_words", NORMAL), wrapped("turn_other", SMALL)
        self.earlier = wrapped("turn_earlier", SMALL)
        self.earlier.setText(_EARLIER)
        for label in (self.other, self.earlier):
            label.setProperty("quiet", True)
        self._read_before, self._read_after = wrapped("turn_read_before", SMALL), wrapped("turn_read_after", SMALL)
        self.fill(self._lay_out())
        self.wanted.activated.connect(self._choose)
        self.go.clicked.connect(self._turn_or_stop)
        self.put.clicked.connect(self._put)
        self.over.toggled.connect(self._lay_over)

    def _lay_out(self) -> QWidget:
        left, right, body = QWidget(), QWidget(), QWidget()
        column = column_in(left)
        column.addWidget(self.dust, 1)
        column.addWidget(self.legend)
        column = column_in(right)
        pictures = [
            _pictured("Before", self.before, self._read_before),
            _pictured("After", self.after, self._read_after),
        ]
        column.addWidget(self.words)
        column.addWidget(self.earlier)
        column.addWidget(Columns(pictures, _PICTURE, 2, grows=True), 1)
        column.addWidget(self.other)
        column = column_in(body)
        asked = side_by_side(QLabel("Turn it into a"), self.wanted, self.go)
        column.addWidget(Columns([asked, side_by_side(self.put, self.over)], _PART, 2))
        column.addWidget(Columns([left, right], _PART, 2, grows=True), 1)
        return body

    # What the person does

    def _choose(self) -> None:
        self._chosen = True
        self._turn()

    def _turn_or_stop(self) -> None:
        if self.search.running:
            self._stop()
        else:
            self._turn()

    def _turn(self) -> None:
        """Look for the changes to the network in use, and then to another, if there is one at hand."""
        seen = self.seen
        if seen is None:
            return
        self._subject = seen.what  # or what is new of it would end what is asked about it
        self._clear(_LOOKING)
        self._with = self.model
        digit = self.wanted.currentIndex()
        self.search.begin(seen.stages.image, digit, partial(self._show, seen, digit), self._show_other)

    def _show_search(self) -> None:
        """Have the button do what is left to do: begin, or stop."""
        running = self.search.running
        self.go.setText(_STOP if running else _GO)
        self.go.setToolTip(_STOP_TIP if running else _GO_TIP)
        self.go.setAccessibleDescription(self.go.toolTip())

    def _stop(self) -> None:
        """Look no further, also where the search failed; what was found whole is still shown."""
        if not self.search.running:
            return
        self.search.stop()
        if self.words.text().startswith(_LOOKING):
            self._clear(_STOPPED)
        else:
            self.other.setText("")

    def _put(self) -> None:
        if self.found is not None:
            self.put_wanted.emit(Picture.fitted(greys_of(self.found.after).reshape(SIDE, SIDE)))

    def _lay_over(self) -> None:
        found, seen = self.found, self._shown
        if self.over.isChecked() and found is not None and seen is not None:
            self.overlay_wanted.emit(MarksOverlay(found.changes / 255, seen.stages.image_place))
        else:
            self.overlay_wanted.emit(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing over the drawing, and look no further where nobody sees it."""
        self.over.setChecked(False)
        if not event.spontaneous():
            self._stop()
        super().hideEvent(event)

    def close_down(self) -> None:
        """Look no further, and wait for what is under way."""
        self.search.stop()
        super().close_down()

    # What is shown

    def _update(self) -> None:
        seen = self.seen
        self.show_instead("" if seen else _BLANK)
        if seen is None or self._subject is None or seen.what != self._subject:
            self._subject = seen.what if seen else None
            self.search.stop()
            self._clear(_ASK)
        elif self._with is None and self._shown is not seen:  # another network reads the same drawing
            self._clear(self.words.text())
        if seen is not None and not self._chosen and self._with is None:
            self.wanted.setCurrentIndex(seen.reading.runner_up)
        self.earlier.setVisible(self._with is not None and self._with.network is not self.model.network)

    def _show_advance(self, pixels: int) -> None:
        if self.search.in_first:
            self.words.setText(f"{_LOOKING} {counted(pixels, 'pixel')} so far.")
        else:
            self.other.setText(f"Looking for those of another network… {counted(pixels, 'pixel')} so far.")

    def _clear(self, words: str) -> None:
        """Show the drawing as it is."""
        self.found, self._with, self._shown = None, None, self.seen
        self.earlier.hide()
        greys = self._shown.stages.image if self._shown else np.zeros(SIDE * SIDE, dtype=np.float32)
        self.dust.show_values(greys, np.zeros(SIDE * SIDE), [], "")
        self.legend.hide()
        self.before.show_greys(greys.reshape(SIDE, SIDE) if self._shown else None)
        self.after.show_greys(None)
        reading = told.answer(self._shown.reading) if self._shown else ""
        self._read_before.setText(reading)
        self.before.describe(f"Read as {reading}" if reading else "nothing yet")
        self.after.describe("nothing yet")
        self._read_after.setText("")
        self.other.setText("")
        self.words.setText(words)
        self._enable()

    def _enable(self) -> None:
        done = self.found is not None and self.found.levels > 0
        self.put.setEnabled(done)
        self.over.setEnabled(done)
        self._lay_over()

    def _show(self, seen: Seen, digit: int, found: Turned | None) -> None:
        if found is None:
            self.words.setText(f"No way was found to turn this into {a_digit(digit)}.")
            return
        self.found, self._shown = found, seen
        before, after, changes = greys_of(found.before), greys_of(found.after), found.changes
        levels = zip(changes.tolist(), found.before.tolist(), found.after.tolist(), strict=True)
        words = [f", changed from {first} to {last}" if change else ", not changed" for change, first, last in levels]
        self.dust.show_values(before, changes / 255, words, f"{_amount(found).capitalize()} changed.")
        self.legend.setVisible(found.levels > 0)
        self.legend.show_scale(float(np.abs(changes).max()), "ink taken away", "ink added", places=0)
        for view, label, greys, reading in (
            (self.before, self._read_before, before, found.reading_before),
            (self.after, self._read_after, after, found.reading),
        ):
            view.show_greys(greys.reshape(SIDE, SIDE))
            label.setText(told.answer(reading))
            view.describe(f"Read as {told.answer(reading)}")
        if found.levels:
            least = "Not one grey level less would do." if found.least else "Fewer may do: the search ended before."
            self.words.setText(f"{_amount(found)} turn it into {a_digit(digit)}. {least}")
        else:
            self.words.setText(f"It is read as {a_digit(digit)} already.")
        self._enable()

    def _show_other(self, other: Other | None) -> None:
        if other is None:
            self.other.setText(
                "Train a network on the Train tab, with deformations and without: then it is tried here as well, "
                "and you see which is harder to fool."
            )
            return
        name, found = other
        how = f"{_amount(found)}" if found else "no way was found"
        self.other.setText(f"This network: {_amount(self.found) if self.found else 'no way was found'}. {name}: {how}.")


def _amount(found: Turned) -> str:
    return f"{counted(found.pixels, 'pixel')} by {counted(found.levels, 'grey level')} in all"


def _pictured(title: str, picture: QWidget, words: QWidget) -> QWidget:
    made = QWidget()
    column = column_in(made, GAP // 2)
    column.addWidget(caption(title))
    column.addWidget(words)
    column.addWidget(picture, 1)
    return made
