"""Actions as every tab makes them: a text, a key, and a tool tip that names the key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

Key = QKeySequence | QKeySequence.StandardKey | str


def action(
    parent: QObject,
    text: str,
    slot: Callable[[], object],
    *,
    key: Key | Sequence[Key] | None = None,
    tip: str = "",
    name: str = "",
    checkable: bool = False,
) -> QAction:
    """Return an action of ``parent`` that calls ``slot``; its tool tip is ``tip`` and the first key, as people call it.

    ``key`` is one key or several. What is ``checkable`` has changed its state before ``slot`` is called.
    ``name`` is its object name, by which tests and style sheets find it whatever its text.
    """
    made = QAction(text, parent, checkable=checkable)
    made.setObjectName(name)
    keys = [] if key is None else [key] if isinstance(key, Key) else key
    made.setShortcuts([QKeySequence(one) for one in keys])
    written = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    if tip:
        made.setToolTip(f"{tip} ({written})" if written else tip)
    made.triggered.connect(lambda _=False: slot())
    return made
