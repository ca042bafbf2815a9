"""The networks that were opened or saved last, for the File menu."""

from pathlib import Path

from digitpad.gui.services.preferences import Settings

_MOST = 8  # files


class RecentNetworks:
    """Their paths, the newest first, kept in the settings."""

    def __init__(self, settings: Settings) -> None:
        """Keep them under "recent"."""
        self._settings = settings

    @property
    def paths(self) -> list[Path]:
        """Return the files, which may be gone by now."""
        return [Path(name) for name in self._settings.get("recent", list[str]())]

    def add(self, path: Path) -> None:
        """Put ``path`` in front."""
        recent = dict.fromkeys([str(path.resolve()), *map(str, self.paths)])
        self._settings.set("recent", list(recent)[:_MOST])
