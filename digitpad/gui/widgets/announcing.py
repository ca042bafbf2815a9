"""What happens elsewhere than where the focus is, told to those who hear the window: ``announce``."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, sentence: str, *, urgent: bool = False) -> None:
    """Let screen readers say ``sentence``, which ``source`` shows: when they have ended, or at once if it is urgent."""
    event = QAccessibleAnnouncementEvent(source, sentence)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
