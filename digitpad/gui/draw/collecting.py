"""Asks for ten of each digit, one after the other."""

import random
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout

from digitpad.gui.widgets.theme import GAP, LARGE, SMALL, font
from digitpad.gui.words import a_digit

EACH = 10  # of each digit


class Collecting(QFrame):
    """A strip that says which digit to draw next.

    Signals: ``wanted(label)`` when the drawing on the canvas is to be kept as the digit that was asked for, to be
    answered by ``go_on`` or ``stay``; ``taken_back(number)`` when the one before it, kept under that number, is to be
    forgotten; ``ended(count)`` with how many were drawn.
    """

    wanted = Signal(int)
    taken_back = Signal(int)
    ended = Signal(int)

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setObjectName("collecting")
        self._plan: list[int] = []
        self._numbers: list[int] = []  # of those that were kept
        self._waiting = False  # for one to be kept
        self._here, self._drawn = True, False
        self.title, self.progress, self.bar = QLabel(), QLabel(), QProgressBar()
        self.title.setFont(font(LARGE, strong=True))
        self.progress.setFont(font(SMALL))
        self.progress.setProperty("quiet", True)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.keep = self._action("Keep, next", ["Return", "Enter"], "Keep the drawing and go on", self._keep)
        self.back = self._action("Back", ["Ctrl+Backspace"], "Forget the last one and draw it again", self._back)
        self.end = self._action("Done", [], "End here; what you drew is kept", self.finish)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.progress)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        for action in (self.keep, self.back, self.end):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setObjectName(f"collecting_{action.text().split()[0].strip(',').lower()}")
            button.setProperty("primary", action is self.keep)
            button.setProperty("tight", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def _action(self, text: str, keys: list[str], tip: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{tip} ({keys[0]})" if keys else tip)
        action.triggered.connect(lambda _=False: slot())
        self.addAction(action)
        return action

    @property
    def active(self) -> bool:
        """Whether digits are being asked for."""
        return bool(self._plan)

    @property
    def asked(self) -> int:
        """The digit that is asked for; only while ``active``."""
        return self._plan[len(self._numbers)]

    def begin(self, counts: list[int]) -> None:
        """Ask for what is missing to ten of each where there are ``counts``; for ten more where none is."""
        missing = [max(EACH - count, 0) for count in counts]
        if not any(missing):
            missing = [EACH] * 10
        # In rounds, so that no two alike follow each other: a hand that repeats itself draws copies.
        self._plan = []
        for turn in range(EACH):
            digits = [digit for digit in range(10) if missing[digit] > turn]
            random.shuffle(digits)
            if len(digits) > 1 and self._plan and digits[0] == self._plan[-1]:
                digits = [*digits[1:], digits[0]]
            self._plan += digits
        self._numbers, self._waiting = [], False
        self.bar.setRange(0, len(self._plan))
        self._show()
        self.show()

    def enable(self, here: bool, drawn: bool) -> None:
        """Say whether the canvas is in front, and whether there is a drawing to keep."""
        self._here, self._drawn = here, drawn
        self._enable()

    def _enable(self) -> None:
        on = self._here and self.active
        self.keep.setEnabled(on and self._drawn and not self._waiting)
        self.back.setEnabled(on and bool(self._numbers) and not self._waiting)
        self.end.setEnabled(on)

    def _keep(self) -> None:
        self._waiting = True
        self._enable()
        self.wanted.emit(self.asked)

    def go_on(self, number: int) -> None:
        """Ask for the next: the drawing was kept under this number."""
        if not self.active:
            return  # ended while it was being kept
        self._waiting = False
        self._numbers.append(number)
        if len(self._numbers) == len(self._plan):
            self.finish()
        else:
            self._show()

    def stay(self) -> None:
        """Ask for the same again: the drawing could not be kept."""
        self._waiting = False
        self._enable()

    def _back(self) -> None:
        self.taken_back.emit(self._numbers.pop())
        self._show()

    def finish(self) -> None:
        """End here."""
        drawn, self._plan = len(self._numbers), []
        self._enable()
        self.hide()
        self.ended.emit(drawn)

    def _show(self) -> None:
        at = len(self._numbers)
        done, of = self._plan[:at].count(self.asked) + 1, self._plan.count(self.asked)
        self.title.setText(f"Draw {a_digit(self.asked)}")
        self.progress.setText(f"number {done} of {of} · {at} of {len(self._plan)} drawn")
        self.bar.setValue(at)
        self._enable()
