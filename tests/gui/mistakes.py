"""A program that makes a mistake in each kind of method that Qt calls.

Prints the kinds that were told to the hook, one a line, when the event loop has gone on. Below Python 3.12 such a
mistake can end the process at once: hence one of its own.
"""

import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QObject,
    QPointF,
    QRectF,
    QRunnable,
    Qt,
    QThread,
    QThreadPool,
)
from PySide6.QtGui import QFont, QPainter, QPointingDevice, QTabletEvent, QUndoCommand, QUndoStack, QValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QLineEdit,
    QListView,
    QListWidget,
    QProxyStyle,
    QPushButton,
    QSpinBox,
    QStyledItemDelegate,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from digitpad.gui.guard import guard_overrides

_MISTAKES: Iterator[Callable[[], object]] = cycle(
    (
        lambda: 1 / 0,
        lambda: [][0],
        lambda: np.zeros(3)[7],
        lambda: int("x"),
        lambda: round(float("nan")),
        lambda: dict[str, str]()["x"],
    )
)


def _mistake(*_: object) -> None:
    next(_MISTAKES)()


def _paint_half(self: QWidget, _: object) -> None:
    with QPainter(self):
        _mistake()


def _made(base: type, *names: str, **methods: Callable[..., object]) -> Any:
    """Return a new subclass of ``base``, in whose methods of these names a mistake is made."""
    return type("Mistaken", (base,), dict.fromkeys(names, _mistake) | methods)


def _shown(widget: Any) -> Any:
    widget.resize(80, 60)
    widget.show()
    QApplication.processEvents()
    return widget


def _in_a_column(widget: QWidget) -> QWidget:
    window = QWidget()
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    QVBoxLayout(window).addWidget(widget)
    return window


def _leave_field(validator: QValidator) -> None:
    field = QLineEdit()
    field.setValidator(validator)
    QTest.keyClick(_shown(field), Qt.Key.Key_A)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _tablet(widget: QWidget) -> None:
    event = QTabletEvent(
        QTabletEvent.Type.TabletMove,
        QPointingDevice.primaryPointingDevice(),
        *(QPointF(5, 5), QPointF(5, 5), 0.5, 0, 0, 0, 0, 0),
        *(Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton),
    )
    QApplication.sendEvent(widget, event)


def _filtered() -> None:
    widget, watcher = QWidget(), _made(QObject, "eventFilter")()
    widget.installEventFilter(watcher)
    _shown(widget)


def _model(base: type, *mistaken: str) -> Any:
    methods: dict[str, Callable[..., object]] = {"rowCount": lambda *_: 3, "data": lambda *_: None}
    if base is QAbstractTableModel:
        methods["columnCount"] = lambda *_: 3
    return _made(base, **(methods | dict.fromkeys(mistaken, _mistake)))()


def _viewed(view: QListView | QTableView, model: Any) -> None:
    view.setModel(model)
    _shown(view)


def _delegated(name: str) -> None:
    view, delegate = QListWidget(), _made(QStyledItemDelegate, name)()
    view.addItems(["a", "b"])
    view.setItemDelegate(delegate)
    _shown(view)


def _item(*mistaken: str) -> None:
    methods: dict[str, Callable[..., object]] = {"boundingRect": lambda _: QRectF(0, 0, 9, 9), "paint": lambda *_: None}
    item = _made(QGraphicsItem, **(methods | dict.fromkeys(mistaken, _mistake)))()
    scene = QGraphicsScene()
    scene.addItem(item)
    view = _shown(QGraphicsView(scene))
    view.grab()
    scene.items(QPointF(4, 4))


def _sort() -> None:
    table, kind = QTableWidget(3, 1), _made(QTableWidgetItem, "__lt__")
    for row in range(3):
        table.setItem(row, 0, kind(str(row)))
    table.sortItems(0)


def _commands(*mistaken: str) -> None:
    methods: dict[str, Callable[..., object]] = {"redo": lambda _: None, "undo": lambda _: None, "id": lambda _: 1}
    kind = _made(QUndoCommand, **(methods | dict.fromkeys(mistaken, _mistake)))
    stack = QUndoStack()
    for _ in range(2):
        stack.push(kind())
    stack.undo()


def _styled(name: str) -> None:
    button, style = QPushButton("a"), _made(QProxyStyle, name)()
    button.setStyle(style)
    _shown(button).grab()


def _in_a_thread() -> None:
    thread = _made(QThread, "run")()
    thread.start()
    thread.wait()


def _in_a_pool() -> None:
    job = _made(QRunnable, "run")()
    job.setAutoDelete(False)
    pool = QThreadPool()
    pool.start(job)
    pool.waitForDone()


def _timed() -> None:
    clocked = _made(QObject, "timerEvent")()
    clocked.startTimer(0)
    QApplication.processEvents()


_LEFT = Qt.MouseButton.LeftButton
KINDS: dict[str, Callable[[], object]] = {
    "paintEvent": lambda: _shown(_made(QWidget, "paintEvent")()),
    "paintEvent, half-way": lambda: _shown(_made(QWidget, paintEvent=_paint_half)()),
    "showEvent": lambda: _shown(_made(QWidget, "showEvent")()),
    "hideEvent": lambda: _shown(_made(QWidget, "hideEvent")()).hide(),
    "resizeEvent": lambda: _shown(_made(QWidget, "resizeEvent")()),
    "event": lambda: _shown(_made(QWidget, "event")()),
    "eventFilter": _filtered,
    "closeEvent": lambda: _shown(_made(QWidget, "closeEvent")()).close(),
    "changeEvent": lambda: _shown(_made(QWidget, "changeEvent")()).setFont(QFont("x", 20)),
    "mousePressEvent": lambda: QTest.mousePress(_shown(_made(QWidget, "mousePressEvent")()), _LEFT),
    "mouseMoveEvent": lambda: QTest.mouseMove(_shown(_made(QWidget, "mouseMoveEvent", "enterEvent")())),
    "mouseReleaseEvent": lambda: QTest.mouseClick(_shown(_made(QWidget, "mouseReleaseEvent")()), _LEFT),
    "tabletEvent": lambda: _tablet(_shown(_made(QWidget, "tabletEvent")())),
    "keyPressEvent": lambda: QTest.keyClick(_shown(_made(QWidget, "keyPressEvent")()), Qt.Key.Key_A),
    "sizeHint": lambda: _shown(_in_a_column(_made(QWidget, "sizeHint")())),
    "minimumSizeHint": lambda: _shown(_in_a_column(_made(QWidget, "minimumSizeHint")())),
    "heightForWidth": lambda: _shown(_in_a_column(_made(QWidget, "heightForWidth")())),
    "timerEvent": _timed,
    "done": lambda: _made(QDialog, "done")().accept(),
    "rowCount": lambda: _viewed(QListView(), _model(QAbstractListModel, "rowCount")),
    "data": lambda: _viewed(QListView(), _model(QAbstractListModel, "data")),
    "columnCount": lambda: _viewed(QTableView(), _model(QAbstractTableModel, "columnCount")),
    "headerData": lambda: _viewed(QTableView(), _model(QAbstractTableModel, "headerData")),
    "flags": lambda: _viewed(QListView(), _model(QAbstractListModel, "flags")),
    "delegate's paint": lambda: _delegated("paint"),
    "delegate's sizeHint": lambda: _delegated("sizeHint"),
    "item's paint": lambda: _item("paint"),
    "boundingRect": lambda: _item("boundingRect"),
    "shape": lambda: _item("shape"),
    "validate": lambda: _leave_field(_made(QValidator, "validate")()),
    "valueFromText": lambda: QTest.keyClick(_shown(_made(QSpinBox, "valueFromText")()), Qt.Key.Key_5),
    "drawControl": lambda: _styled("drawControl"),
    "pixelMetric": lambda: _styled("pixelMetric"),
    "__lt__": _sort,
    "redo": lambda: _commands("redo"),
    "undo": lambda: _commands("undo"),
    "mergeWith": lambda: _commands("mergeWith"),
    "thread's run": _in_a_thread,
    "job's run": _in_a_pool,
}


def main() -> None:
    """Make a mistake of each kind."""
    told: list[BaseException] = []
    sys.excepthook = lambda _, error, __: told.append(error)
    app = QApplication([])
    guard_overrides()
    for kind, cause in KINDS.items():
        told.clear()
        cause()
        app.processEvents()
        if told:
            print(kind, flush=True)


if __name__ == "__main__":
    main()
