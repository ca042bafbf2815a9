"""One quiet line under the canvas that says what can be done next, each of its hints until it is closed for good."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from digitpad.gui.services.drawings import ENOUGH
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.theme import GAP

_FEW = 3  # drawings: who has kept so many may want to collect

WELCOME = "welcome"  # among the hints that were closed: the canvas has shown how it is done


class Hint(StrEnum):
    """What may be said, by its name in the preferences."""

    KEEP = "keep"
    COLLECT = "collect"
    LEARN = "learn"
    TRAIN = "train"


@dataclass(frozen=True)
class Done:
    """What a person has done so far, and how many drawings they have ``kept``."""

    drawn: bool = False
    kept: int = 0
    collecting: bool = False
    trained: bool = False


def next_hint(done: Done, closed: frozenset[str]) -> Hint | None:
    """Return what to say to who has ``done`` that, if anything that is not ``closed``."""
    fitting = {
        Hint.KEEP: done.drawn and not done.kept,
        Hint.COLLECT: _FEW <= done.kept < ENOUGH,
        Hint.LEARN: done.kept >= ENOUGH,
        Hint.TRAIN: done.drawn and not done.trained,
    }
    if done.collecting:
        return None
    return next((hint for hint, fits in fitting.items() if fits and hint not in closed), None)


class HintLine(QWidget):
    """Shows the next hint; it keeps its place when there is none, or when something lies over some of it.

    Signal: ``wanted(Hint)`` when the person wants what the hint speaks of.
    """

    wanted = Signal(object)

    def __init__(self, preferences: Preferences) -> None:
        """Heed and remember in ``preferences`` what was closed."""
        super().__init__()
        self.setObjectName("hint")
        self._preferences = preferences
        self._done = Done()
        self._covered_from: int | None = None
        self.hint: Hint | None = None
        self.label, self.button, self._close = ElidedLabel(), QToolButton(), QToolButton()
        self.label.setProperty("quiet", True)
        self.button.setObjectName("hint_action")
        self.button.clicked.connect(self._act)
        self._close.setObjectName("close_hint")
        self._close.setText("×")
        self._close.setAccessibleName("Close")
        self._close.setToolTip("Do not say this again")
        self._close.clicked.connect(self.close_for_good)
        self._said = QWidget()
        said, row = QHBoxLayout(self._said), QHBoxLayout(self)
        for line in (said, row):
            line.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(GAP)
        said.addWidget(self.label)
        for button in (self.button, self._close):
            button.setProperty("flat", True)
            said.addWidget(button)
        row.addWidget(self._said)
        row.addStretch(1)
        for part in (self._said, self._close):
            keeping = part.sizePolicy()
            keeping.setRetainSizeWhenHidden(True)  # so that nothing moves when there is no hint
            part.setSizePolicy(keeping)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show()

    def show_done(self, done: Done) -> None:
        """Say what fits those who have ``done`` that."""
        if done != self._done:
            self._done = done
            self._show()

    def give_way(self, free: int) -> None:
        """Say nothing that is longer than what is ``free`` of its width, in pixels from the left: it would be cut."""
        self._covered_from = free if free < self.width() else None
        self._hide_what_is_covered()

    def show_followed(self, hint: Hint) -> None:
        """Say no more what a person has done, in whatever way."""
        if hint is self.hint:
            self.close_for_good()

    def close_for_good(self) -> None:
        """Never say this again."""
        if self.hint is not None:
            self._preferences.closed_hints |= {self.hint.value}
            self._show()

    def _act(self) -> None:
        hint = self.hint
        if hint in (Hint.LEARN, Hint.TRAIN):  # once is enough
            self.close_for_good()
        self.wanted.emit(hint)

    def _show(self) -> None:
        hint = self.hint = next_hint(self._done, self._preferences.closed_hints)
        missing = ENOUGH - self._done.kept
        sentence, word = {
            None: ("", ""),
            Hint.KEEP: ("Wrong? Press its number: the drawing is kept to learn from.", ""),
            Hint.COLLECT: (f"{self._done.kept} kept. With {missing} more it can learn your hand.", "Collect"),
            Hint.LEARN: (f"{self._done.kept:,} kept: enough to learn your hand, in some fifteen seconds.", "Learn"),
            Hint.TRAIN: ("See how a network learns: train one in 15 seconds.", "Train"),
        }[hint]
        self.label.setText(sentence)
        self.button.setText(word)
        self.button.setVisible(bool(word))
        self._close.setVisible(hint is not None)
        self._hide_what_is_covered()

    def _hide_what_is_covered(self) -> None:
        end = min(self._said.sizeHint().width(), self.width())
        self._said.setVisible(self._covered_from is None or end <= self._covered_from)
