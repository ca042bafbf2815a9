"""Light or dark and the size of text, as the person chose them: ``Looks``, for menus and dialogs alike."""

from PySide6.QtCore import QObject, Qt, Signal

from digitpad.gui.services.preferences import Appearance, Preferences
from digitpad.gui.widgets.theme import Theme

APPEARANCES = {Appearance.SYSTEM: "Like the &system", Appearance.LIGHT: "&Light", Appearance.DARK: "&Dark"}
SIZES = (90, 100, 110, 125, 150, 175, 200)  # per cent of the usual size of text

_SCHEMES = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}


class Looks(QObject):
    """Applies what was chosen last at once, and what is chosen from now on.

    Signal: ``changed()`` when another appearance or size was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QObject, theme: Theme, preferences: Preferences) -> None:
        """Apply to ``theme``, and remember in ``preferences``."""
        super().__init__(parent)
        self._theme, self._preferences = theme, preferences
        if self.appearance is not Appearance.SYSTEM:
            theme.choose(_SCHEMES[self.appearance])
        theme.set_text_percent(preferences.text_percent)

    @property
    def appearance(self) -> Appearance:
        """Light or dark, or as the system is."""
        return self._preferences.appearance

    def choose(self, appearance: Appearance) -> None:
        """Be light or dark from now on, or as the system is."""
        self._theme.choose(_SCHEMES[appearance])
        self._preferences.appearance = appearance
        self.changed.emit()

    @property
    def text_percent(self) -> int:
        """How large text is, in per cent of its usual size."""
        return self._theme.text_percent

    def set_text_percent(self, percent: int) -> None:
        """Have all text in this size from now on."""
        self._theme.set_text_percent(percent)
        self._preferences.text_percent = self.text_percent
        self.changed.emit()

    def enlarge(self) -> None:
        """Take the next larger size of text, if there is one."""
        self.set_text_percent(min((size for size in SIZES if size > self.text_percent), default=SIZES[-1]))

    def reduce(self) -> None:
        """Take the next smaller size of text, if there is one."""
        self.set_text_percent(max((size for size in SIZES if size < self.text_percent), default=SIZES[0]))

    def usual(self) -> None:
        """Have text in its usual size again."""
        self.set_text_percent(100)
