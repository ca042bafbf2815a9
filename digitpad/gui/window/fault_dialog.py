"""What went wrong inside the program, for the person, and a report for whoever can mend it."""

import platform
from collections.abc import Callable

import numpy as np
import PySide6
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from digitpad import __version__
from digitpad.gui.services.faults import Fault, Faults
from digitpad.gui.widgets.theme import GAP, SMALL, grown, points
from digitpad.gui.widgets.toast import Toast
from digitpad.paths import home_folder

_SIZE = QSize(640, 400)  # pixels, where text has its usual size
_AROUND = QSize(40, 80)  # pixels of the screen that it leaves free, however large text is
_SAFE = "Your drawing is safe."
_NOT_KEPT = "Your drawing is still here, but it cannot be kept for the next start."


class FaultReports(QObject):
    """Tells faults in one dialog that holds up nothing, opened for each new one unless it is open.

    What is made again when the dialog was closed is told by the toast.
    """

    def __init__(self, window: QWidget, toast: Toast, faults: Faults, keeping: Callable[[], bool]) -> None:
        """Tell ``faults`` while ``window`` is shown, and whether what is drawn there is kept: ``keeping`` says so."""
        super().__init__(window)
        self._window, self._toast, self._faults, self._keeping = window, toast, faults, keeping
        self._dialog: FaultDialog | None = None
        self._told: set[Fault] = set()
        faults.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        if earlier := faults.faults:  # made while the window was: they are told as soon as it is shown
            QTimer.singleShot(0, self, lambda: self._tell(earlier[-1]))

    def _tell(self, fault: Fault) -> None:
        faults = self._faults.faults
        new = not self._told.issuperset(faults)
        self._told = set(faults)
        if not self._window.isVisible():
            return
        if self._dialog is not None:
            self._dialog.show_newest(self._drawing_is())
        elif new:
            # A dialog that holds up the window would hold up this one, too, unless it is one of its own.
            self._dialog = FaultDialog(
                QApplication.activeModalWidget() or self._window, self._faults, self._drawing_is()
            )
            self._dialog.destroyed.connect(self._forget)
            self._dialog.show()
        else:
            self._toast.say(f"{fault.sentence} {self._drawing_is()}")

    def _drawing_is(self) -> str:
        return _SAFE if self._keeping() else _NOT_KEPT

    def _forget(self) -> None:
        self._dialog = None


class FaultDialog(QDialog):
    """Says what happened last and has a report of all of it."""

    def __init__(self, parent: QWidget, faults: Faults, drawing_is: str) -> None:
        """Show what there is of ``faults``, beside ``parent``, and a sentence on what becomes of the drawing."""
        super().__init__(parent)
        self._faults = faults
        self.setObjectName("faults")
        self.setWindowTitle("digitpad")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the pen stays where it is
        self.words, self.report = QLabel(), QPlainTextEdit()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("Report")
        self.report.setAccessibleDescription("What whoever mends it needs to know, the newest first")
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(points(SMALL))
        self.report.setFont(fixed)
        where = QLabel(f"You can go on. Whoever mends it needs this report; it is also in {_short(str(faults.log))}.")
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy_report")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        column.setSpacing(GAP * 2)
        for part in (self.words, where, self.report, buttons):
            column.addWidget(part)
        self.show_newest(drawing_is)
        room = parent.screen().availableGeometry().size() - _AROUND
        self.resize(QSize(grown(_SIZE.width()), grown(_SIZE.height())).boundedTo(room))

    def show_newest(self, drawing_is: str) -> None:
        """Say what is newest."""
        faults = self._faults.faults
        self.words.setText(f"{faults[-1].sentence} {drawing_is}")
        self.report.setPlainText(report(faults))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(report(self._faults.faults))


def report(faults: list[Fault]) -> str:
    """Return what a developer needs to know of ``faults``, the newest first; the home folder is not named."""
    head = (
        f"digitpad {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__},"
        f" NumPy {np.__version__}\n{platform.platform()}, {QGuiApplication.platformName()}\n"
    )
    parts = (f"{f'{fault.times} times' if fault.times > 1 else 'Once'}:\n{fault.trace}" for fault in reversed(faults))
    return _short("\n".join([head, *parts]))


def _short(text: str) -> str:
    home = home_folder()
    return text if home == home.parent else text.replace(str(home), "~")  # the topmost is part of every path
