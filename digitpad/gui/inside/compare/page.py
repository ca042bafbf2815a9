"""The page Compare: two or three networks read the same drawing side by side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading
from digitpad.gui.inside.compare.compared import Compared, InFile, InUse, OfRun, choices
from digitpad.gui.inside.compare.compared_column import ComparedColumn
from digitpad.gui.inside.newest import Newest
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.told import in_brief
from digitpad.gui.services.folders import FileKind
from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.file_dialogs import NETWORKS, ask_open
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train.model_file import Model

_NAMES = "first", "second", "third"
_WIDE = 170  # pixels of a column


class ComparePage(InsidePage):
    """Shows what each network reads, and where they disagree.

    The network in use has read the drawing already; the others read it in a thread, so that drawing waits for none.
    """

    TITLE = "Compare"
    TIP = "Two or three networks, or epochs of one, read the same drawing"

    def __init__(self, shared: Shared) -> None:
        """Begin with the network in use, and the default one beside it where that is another, or the newest run."""
        super().__init__(shared)
        session = shared.session
        self._reading = Newest(self.background)
        self.words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.words.setObjectName("compared")
        self.words.setWordWrap(True)
        self.columns = [
            ComparedColumn(Compared(self, session, self.background, f"compare: {name}"), name) for name in _NAMES
        ]
        self.rows.addWidget(self.words)
        self.rows.addWidget(Columns(self.columns, _WIDE, len(self.columns), grows=True), 1)
        for column in self.columns:
            column.compared.changed.connect(self.update_soon)
            column.compared.failed.connect(self.failed)
            column.file_wanted.connect(partial(self._ask_file, column))
        self.columns[0].compared.choose(InUse())
        runs = [choice for choice in choices(session) if isinstance(choice, OfRun)]
        if session.path is not None or session.unsaved:
            self.columns[1].compared.choose(InFile(DEFAULT_NETWORK))
        elif runs:
            self.columns[1].compared.choose(runs[-1])
        for changed in (session.made.changed, session.trainer.runs_changed, session.trainer.run_changed):
            changed.connect(self._list)
        self._list()

    def _list(self) -> None:
        offered = choices(self.shared.session)
        for column in self.columns:
            column.list_choices(offered)

    def _ask_file(self, column: ComparedColumn) -> None:
        path = ask_open(self, FileKind.NETWORK, "Compare with a network", NETWORKS)
        if path:
            column.compared.choose(InFile(path))
            self._list()

    def _update(self) -> None:
        """Have each network read what is seen."""
        some_epochs = any(len(column.compared.kept) > 1 for column in self.columns)
        for column in self.columns:
            column.keep_room_for_epochs(some_epochs)
        seen, used = self.seen, self.model
        if seen is None:
            self._reading.drop()
            self._show({})
            return
        models = [model for column in self.columns if (model := column.compared.model) is not None]
        others = [model for model in models if model is not used]
        before = {used.network: seen.reading}
        if others:
            self._reading.run(partial(self._read, seen.stages, others), lambda readings: self._show(before | readings))
        else:
            self._reading.drop()
            self._show(before)

    def _read(self, stages: Stages, models: Sequence[Model]) -> dict[Network, Reading]:
        return {model.network: self.shared.reader.read(stages, model) for model in models}

    def _show(self, readings: dict[Network, Reading]) -> None:
        """Show what each network reads, by the network; nothing of those of which that is not known."""
        for column in self.columns:
            model = column.compared.model
            column.show_reading(readings.get(model.network) if model else None)
        shown = [(column.compared.choice.title, column.reading) for column in self.columns
                 if column.compared.choice and column.reading]  # fmt: skip
        self.words.setText(_compared(shown, blank=self.seen is None))


def _compared(read: Sequence[tuple[str, Reading]], *, blank: bool) -> str:
    """Return in words whether the networks, by their titles, agree."""
    if blank:
        return "Draw a digit: the networks below read it side by side."
    if len(read) < 2:
        return "Choose another network to read the same drawing."
    who: dict[str, list[str]] = {}
    for title, reading in read:
        who.setdefault(in_brief(reading), []).append(title)
    if len(who) == 1:
        return f"{'Both' if len(read) == 2 else 'All three'} answer {next(iter(who))}."
    said = (f"{answer} ({', '.join(titles)})" for answer, titles in who.items())
    return f"They disagree: {', '.join(said)}."
