"""Actions as every tab makes them: a text, keys, and a tool tip that names the first key as people call it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

Key = QKeySequence | QKeySequence.StandardKey | str

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def action(
    parent: QObject,
    text: str,
    slot: Callable[[], object],
    *,
    key: Key | Sequence[Key] | None = None,
    tip: str = "",
    name: str = "",
    checkable: bool = False,
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:
    """Return an action of ``parent`` that calls ``slot``; its tool tip is ``tip`` and the first key, as people call it.

    ``key`` is one key or several; a standard key stands for all that this system knows for it. What is ``checkable``
    has changed its state before ``slot`` is called. ``name`` is its object name, by which tests and style sheets find
    it whatever its text. ``role`` is its place in the menus of macOS, which would go by the text without one.
    """
    made = QAction(text, parent, checkable=checkable)
    made.setObjectName(name)
    made.setMenuRole(role)
    keys = [] if key is None else [key] if isinstance(key, Key) else key
    made.setShortcuts(list(dict.fromkeys(binding for one in keys for binding in _bindings(one))))
    if tip:
        made.setToolTip(with_key(tip, made.shortcut()))
    made.triggered.connect(lambda _=False: slot())
    return made


def with_key(tip: str, key: QKeySequence | str) -> str:
    """Return ``tip`` and, if there is a ``key``, its name on this system's keyboards, such as Ctrl+T or ⌘T."""
    written = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tip} ({written})" if written else tip


def _bindings(key: Key) -> list[QKeySequence]:
    return QKeySequence.keyBindings(key) if isinstance(key, QKeySequence.StandardKey) else [QKeySequence(key)]


class TypedKeys(QWidget):
    """A widget with actions whose keys are digits or signs: called by what is typed, wherever that is on a keyboard.

    On a French keyboard digits need Shift, and on a German one [ is AltGr with 8, which Qt would take for 8.
    """

    def event(self, event: QEvent) -> bool:
        """Say before any shortcut is tried that what is typed is for this widget."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            by_another_level = bool(event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier)
            if self._typed(event) or (by_another_level and event.text().isprintable() and event.text()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Call the action whose key was typed."""
        if typed := self._typed(event):
            typed.trigger()
        else:
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent) -> QAction | None:
        text = event.text()
        if not text or text.isalpha() or event.modifiers() & _COMMANDS:
            return None
        key = QKeySequence(text)
        return next((one for one in self.actions() if one.isEnabled() and key in one.shortcuts()), None)
