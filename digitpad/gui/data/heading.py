"""The line across the top of the Data tab: what is looked at, and what can be done with all of it: ``Heading``."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from digitpad.gui.data.browser import Browser, Part
from digitpad.gui.data.source_list import MINE
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.folders import FileKind
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.buttons import button_for, give_menu, tool_button
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.file_dialogs import ask_folder, ask_open, ask_save
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.segments import Segments
from digitpad.gui.widgets.theme import GAP, LARGE, font
from digitpad.gui.words import counted

_PARTS = [(Part.TRAINING, "Training", "Images to learn from"), (Part.TEST, "Test", "Images for a test")]


class Heading(QWidget):
    """Names the source of a ``Browser``; for the person's own drawings with buttons, for a set with its two parts."""

    def __init__(self, browser: Browser, drawings: Drawings, sets: DigitSets, collect: QAction, learn: QAction) -> None:
        """Have buttons for ``collect`` and ``learn``, which are done elsewhere."""
        super().__init__()
        self._browser, self._drawings, self._sets = browser, drawings, sets
        self.title, self.about = ElidedLabel(), ElidedLabel()
        self.title.setFont(font(LARGE, strong=True))
        self.about.setProperty("quiet", True)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the title comes first
        primary = button_for(learn)
        primary.setProperty("primary", True)
        self._for_mine = [Files(self, drawings).button, button_for(collect), primary]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        words = row_of(spacing=GAP * 2)
        for label, share in ((self.title, 0), (self.about, 1)):
            words.addWidget(label, share, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(words, 1)
        row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        for each in self._for_mine:
            row.addWidget(each)
        self.part: Segments[Part] = Segments("Part of the data set", _PARTS)
        self.part.chosen.connect(browser.show_part)
        row.addWidget(self.part)
        browser.source_changed.connect(self._show_source)
        browser.counts_changed.connect(self._show_about)
        browser.page_changed.connect(self._show_about)
        self._show_source()

    def _show_source(self) -> None:
        browser = self._browser
        for each in self._for_mine:
            each.setVisible(browser.mine)
        self.part.setVisible(not browser.mine)
        self.part.show_value(browser.part)
        self.title.setText(self._sets.name(browser.path) if browser.path else MINE)
        self._show_about()

    def _show_about(self) -> None:
        digits, total = self._browser.digits, self._drawings.total
        if self._browser.mine:
            parts = [counted(total, "drawing"), "the newest first"] if total else []
        elif digits:
            parts = [f"{len(digits.training):,} to learn from", f"{len(digits.test):,} for a test"]
        else:
            parts = [] if self._browser.problem else ["Loading…"]
        self.about.show_parts(*((part, rank) for rank, part in enumerate(parts)), between=", ")

    def event(self, event: QEvent) -> bool:
        """Have both texts stand on one line, whatever their sizes are."""
        if event.type() is QEvent.Type.LayoutRequest:
            below = self.title.fontMetrics().descent() - self.about.fontMetrics().descent()
            self.about.setContentsMargins(0, 0, 0, max(below, 0))
        return super().event(event)


class Files(QObject):
    """Brings drawings from files, and writes them to files, as the person chooses in dialogs."""

    def __init__(self, window: QWidget, drawings: Drawings) -> None:
        """Work with ``drawings``; ``window`` has the dialogs."""
        super().__init__(window)
        self._window, self._drawings = window, drawings
        self.button = tool_button("files", "Files", "Bring drawings from files, or write them to files")
        actions = (
            ("Import strokes (JSON lines)…", self._import_strokes, "import_strokes"),
            ("Import a folder of pictures…", self._import_pictures, "import_pictures"),
            ("Export strokes (JSON lines)…", self._export_strokes, "export_strokes"),
            ("Export a folder of pictures…", self._export_pictures, "export_pictures"),
        )
        give_menu(self.button, [action(self, text, slot, name=name) for text, slot, name in actions])

    def _import_strokes(self) -> None:
        path = ask_open(self._window, FileKind.DRAWINGS, "Import strokes", "JSON lines (*.jsonl *.ndjson)")
        if path:
            self._drawings.importing.begin_strokes(path)

    def _import_pictures(self) -> None:
        path = ask_folder(self._window, FileKind.DRAWINGS, "Import pictures from a folder with folders 0 to 9")
        if path:
            self._drawings.importing.begin_pictures(path)

    def _export_strokes(self) -> None:
        path = ask_save(self._window, FileKind.DRAWINGS, "Export strokes", "my-digits.jsonl", "JSON lines (*.jsonl)")
        if path:
            self._drawings.exporting.begin_strokes(path)

    def _export_pictures(self) -> None:
        path = ask_folder(self._window, FileKind.DRAWINGS, "Export pictures into a folder")
        if path:
            self._drawings.exporting.begin_pictures(path)
