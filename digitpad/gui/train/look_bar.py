"""Which network is looked at, the way to the best and the last epoch, and what puts it into use: ``LookBar``."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from digitpad.gui.services.session import Session
from digitpad.gui.train.commands import Commands
from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, NORMAL, font, grow, grown
from digitpad.nn.evaluation import Evaluation
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run

_WIDE = 840  # pixels: with so many, all has room in one row


class LookBar(QWidget):
    """Looking changes nothing in use: only the button that says so does."""

    def __init__(self, session: Session, commands: Commands, label: Callable[[Run], str], tabs: QWidget) -> None:
        """Follow what the session shows; ``label`` names a run, ``tabs`` choose what is seen of it."""
        super().__init__()
        self._session, self._shown, self._label = session, session.shown, label
        self.heading = ElidedLabel()
        self.heading.setObjectName("looked_at")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.heading.setFont(font(NORMAL, strong=True))
        self.use, self.best, self.last = ActionButton(commands.use), QToolButton(), QToolButton()
        self.best.setObjectName("look_at_best")
        self.last.setObjectName("look_at_last")
        self.last.setToolTip("Look at the newest epoch again")
        for button, wide in ((self.use, 156), (self.best, 128), (self.last, 76)):
            button.setProperty("tight", True)
            grow(button, minimumWidth=wide)
        self.best.clicked.connect(lambda: self._shown.look_at(self._shown.best or 0.0))
        self.last.clicked.connect(lambda: self._shown.show(self._shown.run))
        self.accuracy = QLabel()
        self.accuracy.setObjectName("accuracy")
        self.accuracy.setProperty("quiet", True)
        self.accuracy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grow(self.accuracy, minimumWidth=96)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        rows = column_in(self, GAP // 2)
        for row in (self._first, self._second):
            row.setSpacing(GAP)
            rows.addLayout(row)
        self._tabs = tabs
        self._wide: bool | None = None
        self._arrange()
        self._shown.changed.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have all in one row where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= grown(_WIDE)
        if wide is self._wide:
            return
        self._wide = wide
        for row in (self._first, self._second):
            while row.takeAt(0):
                pass
        buttons = (self.use, self.best, self.last)
        first = (self._tabs, self.heading, self.accuracy, *buttons) if wide else (self.heading, *buttons)
        for part in first:
            self._first.addWidget(part, part is self.heading)
        if not wide:
            self._second.addWidget(self._tabs)
            self._second.addStretch()
            self._second.addWidget(self.accuracy)

    def minimumSizeHint(self) -> QSize:
        """Return the least width, the same however it is arranged."""
        return QSize(grown(440), super().minimumSizeHint().height())

    def refresh(self) -> None:
        """Say what is looked at now."""
        run, at, best = self._shown.run, self._shown.at, self._shown.best
        kept = self._shown.kept
        which = "the network in use"
        if run is not None:
            which = f"#{run.number}" + ("" if at is None else f" after epoch {at:g}")
        self.heading.show_parts(("Look inside", 1), (which, 0), between=" ")
        self.heading.setToolTip(as_it_is(self._label(run)) if run else "")
        self.best.setToolTip(_tip(run))
        self.best.setText("Best" if best is None else f"Best: epoch {best:g}")
        self.last.setText("Last" if not kept else f"Last: {kept[-1]:g}")
        self.best.setEnabled(best is not None and best != at)
        self.last.setEnabled(at is not None and at != kept[-1])

    def show_accuracy(self, evaluation: Evaluation | None) -> None:
        """Say how much of the held-out digits the network reads rightly."""
        self.accuracy.setText(f"{100 * evaluation.accuracy:.2f} % right" if evaluation else "")
        run = self._shown.run
        digits = f"{kind_of_digits([run]) if run else 'test'} digits"
        self.accuracy.setToolTip(f"of {len(evaluation.labels):,} {digits}" if evaluation else "")


def _tip(run: Run | None) -> str:
    """Return which epoch is called the best of ``run``, and what its figure is worth."""
    if run is not None and run.recipe.validated:
        return (
            "Look at the epoch after which most validation digits were read rightly: "
            "they choose it, and the test set tells how good it is"
        )
    return (
        "Look at the epoch after which most test digits were read rightly: "
        "chosen on the digits it is reported on, so that its figure is optimistic"
    )
