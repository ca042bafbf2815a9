"""What went wrong inside the program, for the person, and a report for whoever can mend it."""

import platform
from pathlib import Path

import numpy as np
import PySide6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from digitpad import __version__
from digitpad.gui.services.faults import Fault, Faults
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.toast import Toast


class FaultReports(QObject):
    """Tells faults in one dialog that holds up nothing, opened for each new one unless it is open.

    What is made again when the dialog was closed is told by the toast.
    """

    def __init__(self, window: QWidget, toast: Toast, faults: Faults) -> None:
        """Tell ``faults`` while ``window`` is shown."""
        super().__init__(window)
        self._window, self._toast, self._faults = window, toast, faults
        self._dialog: FaultDialog | None = None
        self._told: set[Fault] = set()
        faults.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _tell(self, fault: Fault) -> None:
        faults = self._faults.faults
        new = not self._told.issuperset(faults)
        self._told = set(faults)
        if not self._window.isVisible():
            return
        if self._dialog is not None:
            self._dialog.show_newest()
        elif new:
            # A dialog that holds up the window would hold up this one, too, unless it is one of its own.
            self._dialog = FaultDialog(QApplication.activeModalWidget() or self._window, self._faults)
            self._dialog.destroyed.connect(self._forget)
            self._dialog.show()
        else:
            self._toast.say(fault.sentence)

    def _forget(self) -> None:
        self._dialog = None


class FaultDialog(QDialog):
    """Says what happened last and has a report of all of it."""

    def __init__(self, parent: QWidget, faults: Faults) -> None:
        """Show what there is of ``faults``, beside ``parent``."""
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
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
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
        self.resize(640, 400)
        self.show_newest()

    def show_newest(self) -> None:
        """Say what is newest."""
        faults = self._faults.faults
        self.words.setText(faults[-1].sentence)
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
    return text.replace(str(Path.home()), "~")
