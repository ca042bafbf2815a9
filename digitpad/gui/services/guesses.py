"""Whether one guesses first, and how that went: ``Guesses``, for all tabs."""

from PySide6.QtCore import QObject, Signal

from digitpad.explore.guessing import Score, Station
from digitpad.gui.services.preferences import Preferences


class Guesses(QObject):
    """Keeps in the preferences what was guessed. Signal: ``changed()``, of the score too."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        """Go on from what is in ``preferences``."""
        super().__init__(parent)
        self._preferences = preferences

    @property
    def wanted(self) -> bool:
        """Whether the person wants to guess before seeing."""
        return self._preferences.guesses_first

    def want(self, wanted: bool) -> None:
        """Ask for guesses from now on, or no longer."""
        if wanted != self.wanted:
            self._preferences.guesses_first = wanted
            self.changed.emit()

    @property
    def score(self) -> Score:
        """How it went until now."""
        return self._preferences.score

    def note(self, station: Station, came_true: bool) -> None:
        """Note a guess; only the first at a station counts."""
        self._preferences.score = self.score.with_guess(station, came_true)
        self.changed.emit()

    def begin_anew(self) -> None:
        """Forget all guesses."""
        self._preferences.score = Score()
        self.changed.emit()
