"""The networks that were opened or saved last, for the File menu."""

from pathlib import Path

from digitpad.gui.services.preferences import Preferences

_MOST = 8  # files


class RecentNetworks:
    """Their paths, the newest first, kept in the preferences."""

    def __init__(self, preferences: Preferences) -> None:
        """Keep them in ``preferences``."""
        self._preferences = preferences

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the files, which may be gone by now."""
        return self._preferences.recent_networks

    def add(self, path: Path) -> None:
        """Put ``path`` in front."""
        self._preferences.recent_networks = tuple(dict.fromkeys([path.resolve(), *self.paths]))[:_MOST]
