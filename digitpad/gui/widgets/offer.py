"""What an earlier sitting left, offered over the page until the person decides: ``Offer``."""

import time

from PySide6.QtCore import Signal

from digitpad.gui.widgets.card import Card
from digitpad.gui.words import counted
from digitpad.train.sitting import Place
from digitpad.train.sitting_state import State


class Offer(Card):
    """Hidden while nothing is offered.

    Signals: ``accepted()``, ``postponed()`` and ``refused()``, as the person decides.
    """

    accepted = Signal()
    postponed = Signal()
    refused = Signal()

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__("offer", flat=True)
        self.add_button(
            "take_up", "Take up", "Go on with it here; undo brings back what is on the canvas now", self.accepted.emit
        )
        self.add_button("later", "Later", "Keep it, and ask again at the next start", self.postponed.emit)
        self.add_button("throw_away", "Throw away", "Remove it for good", self.refused.emit)

    def show_place(self, place: Place | None) -> None:
        """Offer what is in ``place``, or nothing."""
        if place is None:
            self.dismiss()
        else:
            self.say(f"Kept from {_when(place.state.saved_at)}: {_what(place.state)}.")


def _what(state: State) -> str:
    parts = ["a drawing"] if state.drawn else []
    parts += [counted(len(state.runs), "run")] if state.runs else []
    parts += ["the network in use"] if state.has_network else []
    parts += [counted(state.others, "other network")] if state.others else []
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def _when(seconds: float) -> str:
    then, now = time.localtime(seconds), time.localtime()
    day = "today" if then[:3] == now[:3] else time.strftime("%Y-%m-%d", then)
    return f"{day} at {time.strftime('%H:%M', then)}"
