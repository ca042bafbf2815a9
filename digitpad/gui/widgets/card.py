"""The one frame of all that is said over the page: a sentence, and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from digitpad.errors import SENTENCE, in_short, one_line
from digitpad.gui.widgets.actions import with_key
from digitpad.gui.widgets.foreign import as_it_is, breakable
from digitpad.gui.widgets.theme import GAP

_LONGEST_WORD = 40  # letters
_BESIDE = 100  # letters of a sentence that stands beside a button with words: a longer one would be a narrow column
_FLAT = 2  # pixels above and below what lies flat
_LINES = 0.55  # of what a sentence is long in one line: as wide as that it needs two at most
_SHOWN = 300  # letters of a sentence, as many as any of the program's own has: the rest stands in its tool tip


class Card(QFrame):
    """Hidden until there is something to say; its buttons take the focus by Tab, never by a click.

    Signals: ``appeared()`` when it says something, also something new; ``dismissed(had_focus)`` when that is over.
    """

    appeared = Signal()
    dismissed = Signal(bool)

    def __init__(self, name: str, *, flat: bool = False, urgent: bool = False) -> None:
        """Start hidden, with ``name`` as object name; buttons stand beside the sentence.

        Where there are several beside a long one they go below it: it would be a narrow column. What is to lie
        ``flat``, as it is there for long, asks for the width that this takes, and has them below it where there is
        none. What is ``urgent`` looks like it, and interrupts a screen reader.
        """
        super().__init__()
        self.setObjectName(name)
        self.setProperty("toast", True)
        self.setProperty("urgent", urgent)
        self.urgent = urgent
        self.label = QLabel()
        self.label.setObjectName(f"{name}_text")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # which those flags give it
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP)
        self._flat = flat
        self._below: bool | None = None  # where the buttons are
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.addWidget(self.label, 1)
        self._line.addLayout(self._buttons)
        self._line.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight)
        self.column = QVBoxLayout(self)
        self._arrange(below=flat)
        self.column.addLayout(self._line)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, whole; "" while it is hidden."""
        return "" if self.isHidden() else self.label.accessibleName()

    def add_button(self, name: str, text: str, tip: str, slot: Callable[[], object], key: str = "") -> QToolButton:
        """Add a button that calls ``slot``; its tool tip is ``tip`` and the ``key`` that does the same."""
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(with_key(tip, key))
        button.setProperty("tight", True)
        button.clicked.connect(lambda _=False: slot())
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def add_closing_button(self, key: str) -> None:
        """Add the button that closes it, as ``key`` does."""
        name = f"close_{self.objectName()}"
        self.add_button(name, "×", "Close this message", self.dismiss, key).setAccessibleName("Close")

    def say(self, sentence: str) -> None:
        """Show ``sentence``, one line of plain text."""
        self.rephrase(sentence)
        self.show()
        self.appeared.emit()

    def rephrase(self, sentence: str) -> None:
        """Go on with ``sentence``, of which nobody need be told."""
        whole = one_line(sentence, SENTENCE)
        shown = in_short(whole, _SHOWN)
        # A path without spaces would not wrap: let lines break after its slashes, and never before a per cent sign.
        wrapping = shown.replace("/", "/\u200b").replace(" %", "\u00a0%")
        self.label.setText(breakable(wrapping, _LONGEST_WORD))
        several = sum(not button.isHidden() for button in self.findChildren(QToolButton)) > 1
        if not self._flat:
            self._arrange(below=several and len(shown) > _BESIDE)
        self.label.setAccessibleName(whole)
        self.label.setToolTip("" if shown == whole else as_it_is(whole))

    def fit(self, room: int, liked: int) -> int:
        """Lie flat where that takes two lines at most in ``room``; return the width for it, 0 where it does not.

        That is no more than ``liked``, unless one line has room, which is less high, or two are as long.
        """
        if not self._flat:
            return 0
        text = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 1  # it is rounded, perhaps down
        others = self._buttons.sizeHint().width() + 5 * GAP + 2 * self.frameWidth()
        least = others + round(_LINES * text)
        self._arrange(below=least > room)
        if others + text <= room:
            return others + text
        return 0 if least > room else max(least, min(liked, room))

    def _arrange(self, *, below: bool) -> None:
        """Have the buttons below the sentence, or beside it."""
        if below == self._below:
            return
        self._below = below
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self._line.setSpacing(GAP if below else GAP * 2)
        around = _FLAT if self._flat and not below else GAP
        self.column.setContentsMargins(GAP * 2, around, GAP, around)

    def dismiss(self) -> None:
        """Say it no longer."""
        if not self.isHidden():
            had_focus = self.has_focus
            self.hide()
            self.dismissed.emit(had_focus)

    @property
    def looked_at(self) -> bool:
        """Whether the pointer or the focus is on it."""
        return self.underMouse() or self.has_focus

    @property
    def has_focus(self) -> bool:
        """Whether the focus is on it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)
