"""Actions as every tab makes them: a text, a key, and a tool tip that names the key."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


def action(
    parent: QObject,
    text: str,
    slot: Callable[[], object],
    *,
    key: QKeySequence | QKeySequence.StandardKey | str | None = None,
    tip: str = "",
    name: str = "",
) -> QAction:
    """Return an action of ``parent`` that calls ``slot``; its tool tip is ``tip`` and the key, as people call it.

    ``name`` is its object name, by which tests and style sheets find it whatever its text.
    """
    made = QAction(text, parent)
    made.setObjectName(name)
    if key is not None:
        made.setShortcut(QKeySequence(key))
    written = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    if tip:
        made.setToolTip(f"{tip} ({written})" if written else tip)
    made.triggered.connect(lambda _=False: slot())
    return made
