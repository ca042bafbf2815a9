"""What an earlier sitting left, offered across the top of the window, in nobody's way: ``Offer``."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from digitpad.gui.widgets.theme import GAP
from digitpad.gui.words import counted
from digitpad.train.sitting import Place


class Offer(QFrame):
    """Hidden while nothing is offered.

    Signals: ``accepted()``, ``postponed()`` and ``refused()``, as the person decides.
    """

    accepted = Signal()
    postponed = Signal()
    refused = Signal()

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setObjectName("offer")
        self.label = QLabel()
        self.label.setObjectName("offer_text")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.label, 1)
        for name, text, tip, signal in (
            ("take_up", "Take up", "Go on with it here; undo brings back what is on the canvas now", self.accepted),
            ("later", "Later", "Keep it, and ask again at the next start", self.postponed),
            ("throw_away", "Throw away", "Remove it for good", self.refused),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setText(text)
            button.setToolTip(tip)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.hide()

    def show_place(self, place: Place | None) -> None:
        """Offer what is in ``place``, or nothing."""
        if place is not None:
            sentence = f"Kept from {_when(place.saved_at)}: {_what(place)}."
            self.label.setText(sentence)
            self.label.setAccessibleName(sentence)
        self.setVisible(place is not None)


def _what(place: Place) -> str:
    parts = ["a drawing"] if place.drawn else []
    parts += [counted(place.runs, "run")] if place.runs else []
    parts += ["the network in use"] if place.has_network else []
    parts += [counted(place.made, "other network")] if place.made else []
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def _when(seconds: float) -> str:
    then, now = time.localtime(seconds), time.localtime()
    day = "today" if then[:3] == now[:3] else time.strftime("%Y-%m-%d", then)
    return f"{day} at {time.strftime('%H:%M', then)}"
