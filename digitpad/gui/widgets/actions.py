"""Actions as every tab makes them: a text, keys, and a tool tip that names the first key as people call it."""

import platform
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

Key = QKeySequence | QKeySequence.StandardKey | str

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_COMMANDS = _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier
# What is held to type another sign, where Qt does not call it a switch of its own: AltGr on Windows, Option on macOS.
_FOR_ANOTHER_SIGN = {"Windows": _CTRL | _ALT, "Darwin": _ALT}


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
            a_sign = event.text().isprintable() and bool(event.text())
            if self._typed(event) or (a_sign and _is_for_another_sign(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Call the action whose key was typed, and once only where holding the key is not meant to do it again."""
        if typed := self._typed(event):
            if typed.autoRepeat() or not event.isAutoRepeat():
                typed.trigger()
        else:
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent) -> QAction | None:
        text = event.text()
        commanded = event.modifiers() & _COMMANDS and not _is_for_another_sign(event)
        if not text or text.isalpha() or commanded:
            return None
        key = QKeySequence(text)
        return next((one for one in self.actions() if one.isEnabled() and key in one.shortcuts()), None)


def _is_for_another_sign(event: QKeyEvent) -> bool:
    """Whether keys are held that only say which of the signs on a key is typed."""
    if event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier:
        return True
    return (event.modifiers() & _COMMANDS) == _FOR_ANOTHER_SIGN.get(platform.system())
