"""Keeps a mistake in an event method from ending the program: each override of Qt's methods is guarded.

Below Python 3.12 an exception that leaves a method called by Qt can end the process without a word (with PySide6 6.10
and 6.11, where C raised it with a text: 1/0, [][0]). Above, it is told from within whatever Qt was doing. So none
leaves: ``sys.excepthook`` is told, and Qt goes on. No class has to remember that. Each package of the window begins
with ``guard_overrides()``, and what is derived from Qt's classes from then on is guarded, pyqtgraph's too.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from types import FunctionType
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRectF
from shiboken6 import Shiboken

Result = TypeVar("Result")

# What Qt asks of its classes besides events, whose methods are known by their names. The classes are named here, too:
# many take PySide6 milliseconds to make, and few of them are wanted at the start. Not what else has a name of Qt's:
# pyqtgraph's ``setData``, say, is called by Python alone and may raise.
_ASKED = {
    "QObject": "event eventFilter",
    "QThread": "run",
    "QRunnable": "run",
    "QUndoCommand": "undo redo mergeWith",
    "QWidget": "sizeHint minimumSizeHint heightForWidth hasHeightForWidth setVisible inputMethodQuery"
    " focusNextPrevChild",
    "QDialog": "done accept reject",
    "QSplitter": "createHandle",
    "QAbstractButton": "nextCheckState hitButton",
    "QComboBox": "initStyleOption",
    "QAbstractSpinBox": "validate fixup stepBy stepEnabled textFromValue valueFromText",
    "QLayout": "sizeHint minimumSize heightForWidth hasHeightForWidth setGeometry addItem itemAt takeAt count",
    "QStyle": "drawControl drawPrimitive drawComplexControl drawItemText drawItemPixmap polish unpolish pixelMetric"
    " styleHint sizeFromContents subControlRect subElementRect standardIcon",
    "QAbstractItemModel": "rowCount columnCount data setData headerData flags index parent sibling hasChildren sort"
    " canFetchMore fetchMore mimeData mimeTypes dropMimeData canDropMimeData supportedDropActions roleNames"
    " filterAcceptsRow filterAcceptsColumn lessThan mapFromSource mapToSource",
    "QAbstractItemDelegate": "paint sizeHint createEditor setEditorData setModelData updateEditorGeometry displayText"
    " initStyleOption",
    "QAbstractItemView": "currentChanged selectionChanged dataChanged rowsInserted rowsAboutToBeRemoved moveCursor"
    " scrollContentsBy scrollTo visualRect indexAt",
    "QTableWidgetItem": "data setData __lt__",
    "QListWidgetItem": "data setData __lt__",
    "QTreeWidgetItem": "data setData __lt__",
    "QValidator": "validate fixup",
    "QGraphicsItem": "paint boundingRect shape contains opaqueArea itemChange",
    "QGraphicsView": "drawBackground drawForeground",
    "QGraphicsScene": "drawBackground drawForeground",
    "QIODevice": "readData writeData",
}
# What is answered in place of a method that failed where Qt's own answer would be none, or would do more.
_ANSWERS: dict[str, object] = dict.fromkeys(
    ("event", "eventFilter", "sceneEvent", "sceneEventFilter", "viewportEvent", "nativeEvent", "__lt__"), False
) | {"rowCount": 0, "columnCount": 0, "boundingRect": QRectF(), "run": None}

_NAMES = frozenset(" ".join(_ASKED.values()).split())
_set_before = type(QObject).__setattr__


def guard_overrides() -> None:
    """Guard each override in the classes that are derived from Qt's from now on, also one assigned to them later."""
    meta: Any = type(QObject)
    if meta.__setattr__ is not _set:
        meta.__setattr__ = _set
        Shiboken.Object.__init_subclass__ = classmethod(_guard_class)  # type: ignore[assignment]


def tried(step: Callable[[], Result], otherwise: Result) -> Result:
    """Return what ``step`` returns, or ``otherwise`` where it makes a mistake, which is told."""
    try:
        return step()
    except Exception as error:
        _tell(error)
    return otherwise


def do_all(*steps: Callable[[], object]) -> None:
    """Take each of ``steps``: a mistake in one is told, and does not keep the next from being taken."""
    for step in steps:
        tried(step, None)


def is_guarded(function: object) -> bool:
    """Whether no exception leaves ``function``."""
    return isinstance(function, FunctionType) and "is_guarded" in vars(function)


def _tell(error: Exception) -> None:
    with suppress(Exception):  # what tells it may itself fail, for want of memory
        sys.excepthook(type(error), error, error.__traceback__)


def _guard_class(cls: type, /, **named: object) -> None:
    """Guard what ``cls`` overrides, by itself or by a class without Qt that it is made from."""
    super(Shiboken.Object, cls).__init_subclass__(**named)  # type: ignore[misc] # as in its own body
    for base in cls.__mro__:
        if base is cls or not issubclass(base, Shiboken.Object):
            for name in list(vars(base)):
                if _is_asked(cls, name):
                    setattr(cls, name, getattr(cls, name))


def _set(cls: type, name: str, value: object) -> None:
    if isinstance(value, FunctionType) and not is_guarded(value) and _is_asked(cls, name):
        value = _guarded(cls, name, value)
    _set_before(cls, name, value)


def _is_asked(cls: type, name: str) -> bool:
    """Whether Qt calls a method of this name where ``cls`` has one."""
    if name.endswith("Event"):
        return any(name in vars(base) for base in _qt_s(cls))
    return name in _NAMES and any(name in _ASKED.get(base.__name__, "").split() for base in _qt_s(cls))


def _qt_s(cls: type) -> list[type]:
    """Return the classes of Qt's that ``cls`` is derived from."""
    return [base for base in cls.__mro__ if base.__module__.startswith("PySide6.")]


def _guarded(owner: type, name: str, function: Callable[..., object]) -> Callable[..., object]:
    @wraps(function)
    def call(self: object, *arguments: object, **named: object) -> object:
        try:
            return function(self, *arguments, **named)
        except Exception as error:
            _tell(error)
        return _answer(super(owner, self), name, arguments)

    vars(call)["is_guarded"] = True
    return call


def _answer(base: Any, name: str, arguments: tuple[object, ...]) -> object:
    """Return what Qt is told in place of a method that failed: what its own class says, where that is harmless."""
    if name in _ANSWERS or name.endswith("Event"):
        return _ANSWERS.get(name)
    if name == "validate":
        from PySide6.QtGui import QValidator

        return QValidator.State.Acceptable, *arguments
    try:
        return getattr(base, name)(*arguments)
    except Exception:  # Qt's own class has none: PySide6 answers with an empty value
        return None
