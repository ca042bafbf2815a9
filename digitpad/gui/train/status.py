"""How far training is, for the line at the bottom of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from digitpad.gui.services.series import Series
from digitpad.gui.services.trainer import State, Trainer
from digitpad.gui.widgets.elided import ElidedLabel, Part
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.gui.words import duration

_STEPS = 1000  # of the bar
_FAST, _LONG_S = 100_000, 3599  # the room that is kept for images a second, and for seconds


class TrainingStatus(QWidget):
    """Epoch and mini-batch, a bar, images per second, and the time left; hidden while nothing is under way."""

    def __init__(self, trainer: Trainer, series: Series) -> None:
        """Follow ``trainer``, and the ``series`` that its runs may belong to."""
        super().__init__()
        self._trainer, self._series = trainer, series
        self.words, self.left = ElidedLabel(), ElidedLabel()
        self.left.keep_room_for(*_pace(_FAST, _LONG_S))
        self.bar = QProgressBar()
        self.bar.setObjectName("progress")
        self.bar.setAccessibleName("Training")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setFixedHeight(6)
        self.bar.setMinimumWidth(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, 0, 0, 0)
        row.setSpacing(GAP * 2)
        for label in (self.words, self.left):
            label.setFont(font(SMALL))
            label.setProperty("quiet", True)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance(_place(9999, 9999, 0, 0)[0][0]))
        row.addWidget(self.words)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.left)
        self.hide()
        trainer.state_changed.connect(self._refresh)
        trainer.advanced.connect(self._refresh)
        series.changed.connect(self._refresh)

    def _refresh(self) -> None:
        trainer, progress = self._trainer, self._trainer.progress
        self.setVisible(trainer.state is not State.IDLE)
        if progress is None or trainer.state is State.IDLE:
            self.words.setText("Preparing")
            self.left.setText("")
            self.bar.setValue(0)
            return
        at, series = progress.progress, self._series
        behind, runs = (series.behind, series.total) if series.active else (0, 1)
        self.bar.setValue(round(_STEPS * (behind + progress.images / progress.total) / runs))
        self.words.keep_room_for(
            *_place(progress.epochs, progress.epochs, at.mini_batches, at.mini_batches, runs, runs)
        )
        self.words.show_parts(*_place(at.epoch, progress.epochs, at.mini_batch, at.mini_batches, behind + 1, runs))
        rate = trainer.images_per_second
        if trainer.state is State.PAUSED:
            self.left.setText("Paused")
        elif rate > 0:
            self.left.show_parts(*_pace(rate, ((runs - behind) * progress.total - progress.images) / rate))


def _place(
    epoch: int, epochs: int, mini_batch: int, mini_batches: int, run: int = 1, runs: int = 1
) -> tuple[Part, ...]:
    where = f"Epoch {epoch} of {epochs}"
    where = f"Run {run} of {runs}, {where[0].lower()}{where[1:]}" if runs > 1 else where
    return (where, 0), (f"mini-batch {mini_batch:,} of {mini_batches:,}", 1)


def _pace(images_per_second: float, seconds: float) -> tuple[Part, ...]:
    return (f"{round(images_per_second, -2):,.0f} images/s", 2), (f"{duration(seconds)} left", 1)
