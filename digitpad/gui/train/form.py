"""The settings of a run as fields that check themselves."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from digitpad.gui.widgets.digits_box import DigitsBox
from digitpad.gui.widgets.theme import GAP, caption
from digitpad.train.presets import PRESETS, preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.settings import RATES, SETTINGS, Kind, NotAllowed

_GROUPS = {
    "Data": ("train_on", "held_out", "own"),
    "Network": ("hidden", "activation", "cost", "initialisation"),
    "Learning": ("eta", "mini_batch_size", "epochs", "momentum", "l2", "seed", "deform"),
}
_OWN_SETTINGS = "Your own settings"


class RecipeForm(QWidget):
    """A field for each setting of a ``Recipe``, and a list of presets that fill them all.

    Signals: ``changed()`` after any edit, valid or not; ``rate_changed(name, value)`` when a rate was edited to the
    end. ``digits`` is the list of data sets.
    """

    changed = Signal()
    rate_changed = Signal(str, float)

    def __init__(self) -> None:
        """Start with chapter 1's first experiment."""
        super().__init__()
        self.setObjectName("recipe")
        self.fields: dict[str, QLineEdit | QComboBox | QCheckBox] = {}
        self.problem = ""
        self._drawings, self._locked = 0, False
        self.digits = DigitsBox()
        self.preset = _narrow(QComboBox())
        self.preset.setObjectName("preset")
        self.preset.setToolTip("Experiments worth trying; the settings below follow")
        self.preset.addItems([*(preset.name for preset in PRESETS), _OWN_SETTINGS])
        self.preset.activated.connect(self._use_preset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GAP * 2, 0)
        column.setSpacing(GAP // 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 108)
        column.addLayout(grid)
        column.addStretch()
        row = 0
        for group, names in _GROUPS.items():
            heading = caption(group)
            heading.setContentsMargins(0, GAP if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            extra = {"Data": ("Digits", self.digits), "Network": ("Preset", self.preset)}.get(group)
            rows: list[tuple[str, QWidget]] = [extra] if extra else []
            rows += [(SETTINGS[name].label, self._field(name)) for name in names]
            for label, field in rows:
                words = QLabel(label)
                words.setProperty("quiet", True)
                words.setBuddy(field)
                words.setToolTip(field.toolTip())
                field.setAccessibleName(label)
                grid.addWidget(words, row, 0)
                grid.addWidget(field, row, 1)
                row += 1
        self.show_recipe(Recipe())

    def _field(self, name: str) -> QWidget:
        setting = SETTINGS[name]
        field: QLineEdit | QComboBox | QCheckBox
        if setting.kind is Kind.CHOICE:
            field = _narrow(QComboBox())
            field.addItems(setting.choices)
            field.currentIndexChanged.connect(self._check)
        elif setting.kind is Kind.YES_NO:
            field = QCheckBox()
            field.toggled.connect(self._check)
        else:
            field = QLineEdit()
            field.textEdited.connect(self._check)
            if name in RATES:
                field.editingFinished.connect(lambda: self._tell(name))
        field.setObjectName(name)
        allowed = f"\nAllowed: {setting.allowed}." if setting.kind is Kind.WRITTEN else ""
        field.setToolTip(setting.tip + allowed)
        self.fields[name] = field
        return field

    @property
    def recipe(self) -> Recipe | None:
        """The settings typed, or None while one of them cannot be."""
        try:
            return Recipe(**{name: SETTINGS[name].read(text) for name, text in self._texts().items()})
        except ValueError:
            return None

    def show_recipe(self, recipe: Recipe) -> None:
        """Fill all fields."""
        for name, field in self.fields.items():
            value = getattr(recipe, name)
            with QSignalBlocker(field):
                if isinstance(field, QCheckBox):
                    field.setChecked(value)
                elif isinstance(field, QComboBox):
                    field.setCurrentText(value)
                else:
                    field.setText(SETTINGS[name].show(value))
        self._check()

    def lock(self, locked: bool) -> None:
        """While locked, only the rates may be edited: the others could not apply to the run at work."""
        self._locked = locked
        for name, field in self.fields.items():
            field.setEnabled(not locked or name in RATES)
        self.show_own(self._drawings)
        self.digits.setEnabled(not locked)
        self.preset.setEnabled(not locked)

    def show_own(self, count: int) -> None:
        """Say how many drawings of the person's own there are to learn from."""
        self._drawings = count
        box = self.fields["own"]
        assert isinstance(box, QCheckBox)
        box.setText(f"add the {count:,} you kept" if count else "none kept yet")
        if not count:
            box.setChecked(False)
        box.setEnabled(count > 0 and not self._locked)

    def _texts(self) -> dict[str, str]:
        return {name: _text(field) for name, field in self.fields.items()}

    def _use_preset(self, index: int) -> None:
        if index < len(PRESETS):
            now = self.recipe or Recipe()
            recipe = PRESETS[index].recipe
            self.show_recipe(replace(recipe, own=now.own))
        else:
            self._check()

    def _check(self) -> None:
        """Mark what is wrong, say what is allowed, and show which preset this is."""
        self.problem = ""
        for name, text in self._texts().items():
            setting, field, wrong = SETTINGS[name], self.fields[name], False
            try:
                setting.read(text)
            except NotAllowed as error:
                wrong = True
                self.problem = self.problem or f"{setting.label}: {error.allowed}."
            if bool(field.property("wrong")) != wrong:
                field.setProperty("wrong", wrong)
                field.style().polish(field)
        recipe = self.recipe
        preset = preset_of(recipe) if recipe else None
        self.preset.setCurrentText(preset.name if preset else _OWN_SETTINGS)
        self.changed.emit()

    def _tell(self, name: str) -> None:
        recipe = self.recipe
        if recipe:
            self.rate_changed.emit(name, getattr(recipe, name))


def _narrow(box: QComboBox) -> QComboBox:
    """Let the box be narrower than its longest entry."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return box


def _text(field: QLineEdit | QComboBox | QCheckBox) -> str:
    if isinstance(field, QCheckBox):
        return str(field.isChecked())
    return field.currentText() if isinstance(field, QComboBox) else field.text()
