"""The two actions that take back and do again what was done on the tab in front: ``UndoActions``."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from digitpad.gui.services.history import History
from digitpad.gui.widgets.actions import action, with_key
from digitpad.gui.widgets.foreign import as_it_is, in_menu

_STANDARD = QKeySequence.StandardKey


class UndoActions(QObject):
    """``undo`` and ``redo``: menus and tool tips name what is next, buttons have one word and stay as wide."""

    def __init__(self, parent: QObject, history: History) -> None:
        """Turn ``history``."""
        super().__init__(parent)
        self.history = history
        self.undo = action(self, "Undo", history.take_back, key=_STANDARD.Undo, name="undo")
        self.redo = action(self, "Redo", history.do_again, key=[_STANDARD.Redo, "Ctrl+Y"], name="redo")
        for one in (self.undo, self.redo):
            one.setIconText(one.text())
        for changed in (
            history.activeStackChanged, history.canUndoChanged, history.canRedoChanged,
            history.undoTextChanged, history.redoTextChanged, history.under_way_changed,
        ):  # fmt: skip
            changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        history = self.history
        _name(self.undo, history.undoText(), history.can_take_back)
        _name(self.redo, history.redoText(), history.canRedo())


def _name(one: QAction, what: str, possible: bool) -> None:
    text = f"{one.iconText()} {what}".strip()
    one.setText(in_menu(text))
    one.setToolTip(as_it_is(with_key(text, one.shortcut())))
    one.setEnabled(possible)
