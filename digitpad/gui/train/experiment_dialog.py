"""What is saved with an experiment: a question, and which settings whoever opens it can change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.errors import one_line
from digitpad.gui.services.folders import FileKind
from digitpad.gui.train.form import DIGITS_LABEL, GROUPS
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.file_dialogs import ask_save
from digitpad.gui.widgets.theme import GAP, SMALL, caption, font, grow
from digitpad.gui.words import counted
from digitpad.train.experiment_file import DIGITS, LONGEST_QUESTION, PRESETS, SUFFIX, SavedExperiment
from digitpad.train.settings import SETTINGS

_LINES = 4  # of the question, that can be seen at once
_WIDTH = 560  # pixels
_CARDS = "Experiments worth trying"


class ExperimentDialog(QDialog):
    """Asks for these, then for a file.

    Signal: ``chosen(Path, SavedExperiment)`` when it is to be written.
    """

    chosen = Signal(object, object)

    def __init__(self, window: QWidget, experiment: SavedExperiment) -> None:
        """Begin with the question of ``experiment`` and what it hides; its settings are those to be saved."""
        super().__init__(window)
        self.setObjectName("experiment_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Save experiment")
        self._experiment = experiment
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        column.setSpacing(GAP)
        self.question, self.room = QPlainTextEdit(experiment.question), QLabel()
        self.question.setObjectName("experiment_question")
        self.question.setAccessibleName("A question")
        self.question.setAccessibleDescription("It stands above the curves; empty for none")
        self.question.setPlaceholderText("Such as: what becomes of the curve when η is ten times as large?")
        self.question.setTabChangesFocus(True)
        self.question.setFixedHeight(_LINES * self.question.fontMetrics().lineSpacing() + GAP * 2)
        self.question.textChanged.connect(self._check)
        self.room.setProperty("quiet", True)
        self.room.setFont(font(SMALL))
        column.addWidget(caption("A question"))
        column.addWidget(self._quiet("It stands above the curves. Leave it empty for none."))
        column.addWidget(self.question)
        column.addWidget(self.room, 0, Qt.AlignmentFlag.AlignRight)
        self.boxes: dict[str, QCheckBox] = {}
        column.addSpacing(GAP)
        column.addLayout(self._heading())
        column.addWidget(self._quiet("The others are hidden from whoever opens it, until they want to see all."))
        column.addWidget(self._box(PRESETS, _CARDS))
        column.addSpacing(GAP // 2)
        column.addLayout(self._groups())
        column.addSpacing(GAP)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.save: QPushButton = buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("save_as")
        self.save.setDefault(True)
        buttons.accepted.connect(self._ask)
        column.addWidget(buttons)
        grow(self, minimumWidth=_WIDTH)
        self._check()

    def _quiet(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setProperty("quiet", True)
        label.setWordWrap(True)
        return label

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(caption("What can be changed"))
        row.addStretch()
        for name, text, tip, checked in (
            ("show_every", "All", "Let whoever opens it change every setting", True),
            ("show_none", "None", "Let whoever opens it change no setting", False),
        ):
            button = tool_button(name, text, tip)
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, checked=checked: self._choose_all(checked))
            row.addWidget(button)
        return row

    def _groups(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        for group, names in GROUPS.items():
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(self._quiet(group))
            column.addSpacing(GAP // 2)
            if group == "Data":
                column.addWidget(self._box(DIGITS, DIGITS_LABEL))
            for name in names:
                column.addWidget(self._box(name, SETTINGS[name].label))
            column.addStretch()
            row.addLayout(column, 1)
        return row

    def _box(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(f"change_{name}")
        box.setChecked(name not in self._experiment.hidden)
        box.setAccessibleDescription("Whether whoever opens the experiment sees this")
        self.boxes[name] = box
        return box

    def _choose_all(self, checked: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(checked)

    def _check(self) -> None:
        """Tell how much room there is, and save nothing that is too long."""
        left = LONGEST_QUESTION - len(self._question)
        self.room.setText(f"{counted(left, 'letter')} left" if left >= 0 else f"{counted(-left, 'letter')} too many")
        self.save.setEnabled(left >= 0)

    @property
    def _question(self) -> str:
        text = self.question.toPlainText()
        return one_line(text, max(len(text), 1))

    def _ask(self) -> None:
        path = ask_save(self, FileKind.RUNS, "Save experiment", f"experiment{SUFFIX}", f"Experiments (*{SUFFIX})")
        if path is None:
            return
        hidden = frozenset(name for name, box in self.boxes.items() if not box.isChecked())
        self.chosen.emit(path, SavedExperiment(self._experiment.recipe, self._question, hidden))
        self.accept()
