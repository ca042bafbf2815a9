"""How far training is, for the line at the bottom of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from digitpad.gui.services.trainer import State, Trainer
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.gui.words import duration

_STEPS = 1000  # of the bar


class TrainingStatus(QWidget):
    """Epoch and mini-batch, a bar, images per second, and the time left; hidden while nothing is under way."""

    def __init__(self, trainer: Trainer) -> None:
        """Follow ``trainer``."""
        super().__init__()
        self._trainer = trainer
        self.words, self.left = QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName("progress")
        self.bar.setAccessibleName("Training")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setFixedHeight(6)
        self.bar.setMinimumWidth(80)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, 0, 0, 0)
        row.setSpacing(GAP * 2)
        for label in (self.words, self.left):
            label.setFont(font(SMALL))
            label.setProperty("quiet", True)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.left)
        self.hide()
        trainer.state_changed.connect(self._refresh)
        trainer.advanced.connect(self._refresh)

    def _refresh(self) -> None:
        trainer, progress = self._trainer, self._trainer.progress
        self.setVisible(trainer.state is not State.IDLE)
        if progress is None or trainer.state is State.IDLE:
            self.words.setText("Preparing")
            self.left.setText("")
            self.bar.setValue(0)
            return
        at = progress.progress
        self.bar.setValue(round(_STEPS * progress.images / progress.total))
        self.words.setText(
            f"Epoch {at.epoch} of {progress.epochs}  ·  mini-batch {at.mini_batch:,} of {at.mini_batches:,}"
        )
        rate = trainer.images_per_second
        if trainer.state is State.PAUSED:
            self.left.setText("Paused")
        elif rate > 0:
            self.left.setText(
                f"{round(rate, -2):,.0f} images/s  ·  {duration((progress.total - progress.images) / rate)} left"
            )
