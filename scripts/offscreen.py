"""The program's window where there is no display: ``open_window``, for scripts that draw and train in it."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtWidgets import QApplication

from digitpad.gui.app import make_application, make_window
from digitpad.gui.demo import SIZE
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow


def application() -> QApplication:
    """Return the application, made off-screen, unless another platform is asked for, when first wanted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance()
    if app is None:
        app = make_application()
        sys.excepthook = _end
    assert isinstance(app, QApplication)
    return app


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End the process: what fails in a callback of Qt's is told here, and cannot be raised through Qt."""
    traceback.print_exception(kind, error, trace)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(1)


@contextmanager
def open_window(session: Session | None = None) -> Iterator[MainWindow]:
    """Show the program's window, with the default network where there is no ``session``, and close it at the end."""
    window = make_window(application(), session)
    window.resize(*SIZE)  # whatever screen Qt imagines
    window.show()
    QApplication.processEvents()
    try:
        yield window
    finally:
        if not window.close():  # it asks about a network that was trained
            window.close()
