"""The key that puts things away: ``is_escape``."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_escape(event: QEvent) -> bool:
    """Return whether Escape is pressed, or about to be: a ``ShortcutOverride`` comes before the key itself."""
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
