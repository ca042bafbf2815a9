"""A run as a program in the clipboard: ``PythonCopying``."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from digitpad import paths
from digitpad.data.dataset import Kind
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.actions import action
from digitpad.train.runs import Run

_NEWEST = "newest"  # only the program asked for last is wanted


class PythonCopying(QObject):
    """An action that puts the run that is looked at into the clipboard, as a program in plain NumPy.

    The program is written away from the window: it asks the disk what the digits lie in.

    Signals: ``reported(sentence)``; ``failed(sentence)``.
    """

    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject, session: Session, sets: DigitSets) -> None:
        """Copy runs of ``session``, which learned from ``sets``; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._session, self._sets = session, sets
        self._background = Background(self)
        self.copy = action(
            self, "Copy as Python", self._copy, key="Ctrl+Shift+C",
            tip="The run as a program in plain NumPy, which gives the same curve", name="copy_python",
        )  # fmt: skip
        session.shown.changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        self.copy.setEnabled(self._session.shown.run is not None)

    def _copy(self) -> None:
        run = self._session.shown.run
        if run is None:
            return
        place = self._place(run)
        if place is None:
            self.failed.emit(
                f"Run #{run.number} learned from {run.data}, which is not among the data sets here: open it first."
            )
            return
        now = replace(run, points=list(run.points), marks=list(run.marks))

        def write() -> tuple[str, str]:
            from digitpad.train.python_script import left_out, script_of  # loaded only for those who copy

            return script_of(now, place), left_out(now)

        def put(written: tuple[str, str]) -> None:
            script, missing = written
            QGuiApplication.clipboard().setText(script)
            lines = len(script.splitlines())
            sentence = f"Run #{now.number} is in the clipboard, as a program of {lines} lines in Python."
            self.reported.emit(f"{sentence} {missing}" if missing else sentence)

        self._background.run(write, put, self.failed.emit, latest=_NEWEST)

    def _place(self, run: Run) -> Path | None:
        """Return where the digits lie that ``run`` learned from, if they are still here."""
        current = self._sets.current
        if current and (current.name, current.kind) == (run.data, run.kind):
            return self._sets.path
        if run.kind is Kind.BUILT_IN:
            return paths.DIGITS
        return next((place for name, place in self._sets.choices() if name == run.data), None)

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._background.wait()
