"""What is said over the page while drawings come from a file, if that takes a while."""

from PySide6.QtCore import Qt

from digitpad.errors import one_line
from digitpad.gui.services.importing import Importing
from digitpad.gui.widgets.card import Card
from digitpad.gui.words import counted


class ImportingLine(Card):
    """Tells how many drawings have come so far, with a button to stop."""

    def __init__(self, importing: Importing) -> None:
        """Show itself whenever ``importing`` has something to tell."""
        super().__init__("importing")
        self._importing = importing
        # Nobody selects what changes all the time, and to change it takes half as long where nobody can.
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.stop = self.add_button(
            "stop_importing", "Stop", "Stop importing; the drawings imported so far stay", importing.stop
        )
        importing.changed.connect(self._show)

    def _show(self) -> None:
        source = self._importing.current
        if source is None:
            self.dismiss()
            return
        name = one_line(source.name)
        if not self.sentence:
            self.say(f"Importing {name}…")  # which is heard, while what follows is only seen
        if source.stopping:
            self.rephrase(f"Stopping the import of {name}…")
        elif source.n:
            self.rephrase(f"Importing {name}: {counted(source.n, 'drawing')} so far…")
