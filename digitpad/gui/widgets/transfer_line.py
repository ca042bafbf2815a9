"""What is said over the page while drawings come from a file or go to one, if that takes a while."""

from PySide6.QtCore import Qt

from digitpad.errors import one_line
from digitpad.gui.services.transfers import Transfers
from digitpad.gui.widgets.card import Card
from digitpad.gui.words import counted


class TransferLine(Card):
    """Tells how many drawings have passed so far, with a button to stop."""

    def __init__(self, transfers: Transfers) -> None:
        """Show itself whenever ``transfers`` has something to tell."""
        super().__init__("transfer")
        self._transfers = transfers
        # Nobody selects what changes all the time, and to change it takes half as long where nobody can.
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.stop = self.add_button("stop_transfer", "Stop", "Stop the import or export", transfers.stop)
        transfers.changed.connect(self._show)

    def _show(self) -> None:
        transfer = self._transfers.current
        if transfer is None:
            self.dismiss()
            return
        name, way = one_line(transfer.name), transfer.way
        if not self.sentence:
            self.stop.setToolTip(way.stop)
            self.say(f"{way.going} {name}…")  # which is heard, while what follows is only seen
        if transfer.stopping:
            self.rephrase(f"Stopping the {way.noun} {name}…")
        elif transfer.n:
            passed = f"{counted(transfer.n, 'drawing')} so far"
            if transfer.total:
                passed = f"{transfer.n:,} of {counted(transfer.of, 'drawing')}"
            self.rephrase(f"{way.going} {name}: {passed}…")
