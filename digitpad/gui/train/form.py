"""The settings of a run as fields that check themselves."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from digitpad.explore.chapter import Idea
from digitpad.gui.services.ways import ToPage
from digitpad.gui.train.preset_cards import PresetCards
from digitpad.gui.widgets.digits_box import DigitsBox
from digitpad.gui.widgets.fold import Fold
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.named_box import Box
from digitpad.gui.widgets.theme import GAP, dress, grow
from digitpad.gui.words import counted
from digitpad.train.experiment_file import DIGITS, PRESETS
from digitpad.train.presets import Preset, preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.settings import RATES, SETTINGS, Kind, NotAllowed

_LABEL = 104  # pixels for the names of fields, in all sections alike
DIGITS_LABEL = "Digits"
GROUPS = {
    "Network": ("hidden", "outputs", "activation", "cost", "initialisation"),
    "Learning": ("eta", "mini_batch_size", "epochs", "momentum", "l2", "seed", "deform"),
    "Data": ("train_on", "held_out", "own"),
}
_EXPLAINED = {"mini_batch_size": ToPage(Idea.MINI_BATCHES)}  # the settings that a page of Explore is about


class RecipeForm(QWidget):
    """Cards of presets, and a field for each setting of a ``Recipe``, in sections that fold.

    Signals: ``changed()`` after any edit, valid or not; ``rate_changed(name, value)`` when a rate was edited to the
    end; ``folded()`` after a section was opened or closed; ``place_wanted(Destination)``, where a setting is explained.
    ``digits`` is the list of data sets.
    """

    changed = Signal()
    rate_changed = Signal(str, float)
    folded = Signal()
    place_wanted = Signal(object)

    def __init__(self) -> None:
        """Start with chapter 1's first experiment."""
        super().__init__()
        self.setObjectName("recipe")
        self.fields: dict[str, QLineEdit | QComboBox | QCheckBox] = {}
        self.problem = ""
        self._rows: dict[str, tuple[QWidget, ...]] = {}  # the name of each field, the field, and what explains it
        self._drawings, self._locked = 0, False
        self._values: dict[str, Any] = {}  # of each setting, as it was when it last could be
        self._own_waits = False  # for drawings, to be learned from as soon as there are some
        self.digits, self.presets = DigitsBox(), PresetCards()
        self.presets.chosen.connect(self._use_preset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(self.presets)
        self.sections = {group: Fold(f"fold_{group.lower()}", group, QWidget()) for group in GROUPS}
        for group, section in self.sections.items():
            column.addWidget(section)
            section.toggled.connect(lambda _: self.folded.emit())
            self._fill(section.content, group)  # in its place: boxes to choose from are dressed anew with every move
        column.addStretch(1)  # and not the sections, where few are there
        self.show_recipe(Recipe())

    def _fill(self, section: QWidget, group: str) -> None:
        grid = QGridLayout(section)
        grid.setContentsMargins(GAP, 0, 0, GAP // 2)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, str, QWidget]] = []
        if group == "Data":
            rows.append((DIGITS, DIGITS_LABEL, self.digits))
        rows += [(name, SETTINGS[name].label, self._field(name, section)) for name in GROUPS[group]]
        for row, (name, label, field) in enumerate(rows):
            words = QLabel(label)
            words.setProperty("quiet", True)
            words.setBuddy(field)
            words.setToolTip(field.toolTip())
            grow(words, minimumWidth=_LABEL)
            field.setAccessibleName(label)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1, 1, 1 if name in _EXPLAINED else 2)
            self._rows[name] = words, field
            if name in _EXPLAINED:
                link = Links(f"{label}, explained", (("why?", _EXPLAINED[name]),))
                link.wanted.connect(self.place_wanted)
                link.setToolTip("The page on it of the Explore tab")
                grid.addWidget(link, row, 2)
                self._rows[name] += (link,)

    def _field(self, name: str, section: QWidget) -> QWidget:
        setting = SETTINGS[name]
        field: QLineEdit | QComboBox | QCheckBox
        if setting.kind is Kind.CHOICE:
            field = _narrow(Box(section))
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

    def put_beside(self, name: str, widget: QWidget) -> None:
        """Have ``widget`` stand behind the field of a setting, which leaves it some room, and share its fate."""
        field = self.fields[name]
        section = field.parentWidget()
        grid = section.layout() if section else None
        assert isinstance(grid, QGridLayout)
        row = grid.getItemPosition(grid.indexOf(field))[0]  # type: ignore[index] # it is a tuple
        grid.addWidget(field, row, 1)
        grid.addWidget(widget, row, 2)
        self._rows[name] += (widget,)

    @property
    def recipe(self) -> Recipe | None:
        """The settings typed, or None while one of them cannot be."""
        try:
            return Recipe(**{name: SETTINGS[name].read(text) for name, text in self._texts().items()})
        except ValueError:
            return None

    @property
    def last_possible(self) -> Recipe:
        """The settings typed, those that cannot be as they last could."""
        recipe = Recipe(**self._values)
        return replace(recipe, own=recipe.own or self._own_waits)

    def show_recipe(self, recipe: Recipe) -> None:
        """Fill all fields."""
        self._own_waits = False
        for name, field in self.fields.items():
            value = getattr(recipe, name)
            with QSignalBlocker(field):
                if isinstance(field, QCheckBox):
                    field.setChecked(value)
                elif isinstance(field, QComboBox):
                    field.setCurrentText(value)
                else:
                    field.setText(SETTINGS[name].show(value))
        self.show_own(self._drawings)  # what is shown may want some where there are none
        self._check()

    def show_eta(self, eta: float) -> None:
        """Have ``eta`` in its field; all others stay as they are."""
        field = self.fields["eta"]
        assert isinstance(field, QLineEdit)
        field.setText(SETTINGS["eta"].show(eta))
        self._check()

    def lock(self, locked: bool) -> None:
        """While locked, only the rates may be edited: the others could not apply to the run at work."""
        self._locked = locked
        for name, field in self.fields.items():
            field.setEnabled(not locked or name in RATES)
        self.show_own(self._drawings)
        self.digits.setEnabled(not locked)
        self.presets.setEnabled(not locked)

    def show_own(self, count: int) -> None:
        """Say how many drawings of the person's own there are to learn from; the choice to do so waits for some."""
        self._drawings = count
        box = self.fields["own"]
        assert isinstance(box, QCheckBox)
        # No wider than there is room beside a bar to scroll by: the whole form would be cut off at its right.
        box.setText("none kept yet" if not count else "add the one" if count == 1 else f"add all {count:,}")
        if not count:
            self._own_waits |= box.isChecked()
            box.setChecked(False)
        elif self._own_waits:
            self._own_waits = False
            box.setChecked(True)
        box.setEnabled(count > 0 and not self._locked)

    def _texts(self) -> dict[str, str]:
        return {name: _text(field) for name, field in self.fields.items()}

    @property
    def open_sections(self) -> frozenset[str]:
        """The names of the sections that are open."""
        return frozenset(group for group, section in self.sections.items() if section.is_open)

    def open_only(self, groups: frozenset[str]) -> None:
        """Open these sections, and close the others."""
        for group, section in self.sections.items():
            section.set_open(group in groups)

    def show_without(self, hidden: frozenset[str]) -> None:
        """Hide these settings, and ``experiment_file``'s cards of presets and list of data sets; show all others.

        Sections of which something is left are open, so that it is seen.
        """
        self.presets.setVisible(PRESETS not in hidden)
        for name, row in self._rows.items():
            for part in row:
                part.setVisible(name not in hidden)
        for group, section in self.sections.items():
            names = {*GROUPS[group], *([DIGITS] if group == "Data" else [])}
            section.setVisible(not names <= hidden)
            if hidden and not names <= hidden:
                section.set_open(True)

    def will_be_locked(self, widget: QWidget) -> bool:
        """Whether ``widget`` cannot be used while the form is locked."""
        return self.isAncestorOf(widget) and not any(widget is self.fields[name] for name in RATES)

    def _use_preset(self, preset: Preset) -> None:
        now = self.recipe or Recipe()
        self.show_recipe(replace(preset.recipe, own=now.own))

    def _check(self) -> None:
        """Mark what is wrong, say what is allowed, and show which preset this is."""
        self.problem = ""
        for name, text in self._texts().items():
            setting, field, wrong = SETTINGS[name], self.fields[name], False
            try:
                self._values[name] = setting.read(text)
            except NotAllowed as error:
                wrong = True
                self.problem = self.problem or f"{setting.label}: {error.allowed}."
            if bool(field.property("wrong")) != wrong:
                field.setProperty("wrong", wrong)
                dress(field)
        recipe = self.recipe
        self.presets.show_preset(preset_of(recipe) if recipe else None)
        self.summarise()
        self.changed.emit()

    def summarise(self) -> None:
        """Tell the most important settings of each section beside its heading, as they are."""
        recipe = self.recipe
        if recipe is None:
            return
        epochs = counted(recipe.epochs, "epoch")
        self.sections["Network"].set_summary(f"{recipe.sizes}, {recipe.activation}")
        self.sections["Learning"].set_summary(f"η {recipe.eta:g}, {epochs}")
        self.sections["Data"].set_summary(self.digits.learned_from(recipe))

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
