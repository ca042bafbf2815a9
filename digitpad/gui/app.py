"""The Qt application, set up for drawing."""

import sys

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from digitpad.gui.services.garbage import Tidy
from digitpad.paths import ICON


def make_application() -> QApplication:
    """Return the application, set up so that every point of a fast pen arrives."""
    # Qt merges mouse and tablet movements that arrive together unless told not to: that would cut corners.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents, False)
    app = QApplication(["digitpad"])
    app.setApplicationName("digitpad")
    app.setApplicationDisplayName("digitpad")
    app.setDesktopFileName("digitpad")
    app.setWindowIcon(QIcon(str(ICON)))
    Tidy(app)
    if app.platformName() == "offscreen":
        qInstallMessageHandler(_pass_on)
    return app


def _pass_on(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Print what Qt has to say, but for what it says of every window that is shown off-screen."""
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)
