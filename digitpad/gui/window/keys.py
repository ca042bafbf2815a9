"""Every key and what it does, to be searched: ``KeysDialog``."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QStyle, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from digitpad.gui.widgets.theme import GAP, NORMAL, font, grown
from digitpad.paths import KEYS

_BETWEEN = re.compile(r"(, | or | and | to )")
_AROUND = QSize(40, 80)  # pixels, of the screen, that are not for a dialog
_WRAPPED = Qt.TextFlag.TextWordWrap
_SIZE, _KEYS_WIDTH = (640, 560), 230  # pixels, where text has its usual size


@dataclass(frozen=True)
class Section:
    """Where some keys do something: a ``title``, a ``note`` or "", and rows of keys and what they do."""

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]


def sections(path: Path = KEYS) -> list[Section]:
    """Return what is in the list of keys, each key called as this system calls it."""
    found = []
    for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = part.splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
        note = " ".join(line for line in lines if line and not line.startswith("|"))
        found.append(Section(title, note, tuple((_native(keys), does) for keys, does in rows[2:])))
    return found


def _native(keys: str) -> str:
    """Return ``keys``, such as "Ctrl+Y or F5", as this system calls them."""
    return "".join(
        QKeySequence(part).toString(QKeySequence.SequenceFormat.NativeText) if "+" in part else part
        for part in _BETWEEN.split(keys)
    )


class KeysDialog(QDialog):
    """Lists all keys, by where they do something; stays open beside the window, where they can be tried."""

    def __init__(self, window: QWidget) -> None:
        """List them."""
        super().__init__(window)
        self.setObjectName("keys_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.search, self.list, self._none = QLineEdit(), QTableWidget(), QLabel("No key does that.")
        self.search.setPlaceholderText("Search, such as undo or Ctrl")
        self.search.setAccessibleName("Search keys")
        self.search.setAccessibleDescription("Shows the keys with these words in what they do, or in their names")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self._none.setProperty("quiet", True)
        self._rows: list[tuple[Section, list[str]]] = []  # of which those with one text are headings
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        column.setSpacing(GAP)
        for widget in (self.search, self._none):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        room = window.screen().availableGeometry().size() - _AROUND
        self.resize(QSize(*(grown(side) for side in _SIZE)).boundedTo(room))
        self._show("")

    def _fill(self) -> None:
        table = self.list
        table.setObjectName("keys")
        table.setAccessibleName("Keys")
        table.setAccessibleDescription("Each key and what it does, by the tab on which it does it")
        table.setColumnCount(2)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(table.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(table.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(table.ScrollMode.ScrollPerPixel)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.viewport().installEventFilter(self)
        for section in sections():
            heading = QTableWidgetItem(section.title)
            heading.setFont(font(NORMAL, strong=True))
            self._add(section, heading)
            table.setSpan(table.rowCount() - 1, 0, 1, 2)
            for row in section.rows:
                self._add(section, *map(QTableWidgetItem, row))
            if section.note:
                self._add(section, QTableWidgetItem(), QTableWidgetItem(section.note))

    def _add(self, section: Section, *items: QTableWidgetItem) -> None:
        row = self.list.rowCount()
        self.list.insertRow(row)
        for column, item in enumerate(items):
            self.list.setItem(row, column, item)
        self._rows.append((section, [item.text() for item in items]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let rows be as high as their words need in the width and the size of text there is."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._fit_rows()
        return super().eventFilter(watched, event)

    def _fit_rows(self) -> None:
        """Measure the words; what Qt thinks they need is a little too little."""
        table, metrics = self.list, self.list.fontMetrics()
        whole = table.viewport().width()
        keys = min(grown(_KEYS_WIDTH), whole * 2 // 5)
        table.setColumnWidth(0, keys)
        beside = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, table) + 1)
        for row, (_, texts) in enumerate(self._rows):
            lines = [
                metrics.boundingRect(0, 0, width - beside, 0, _WRAPPED, text).height()
                for width, text in zip((keys, whole - keys), texts, strict=False)
            ]
            self.list.setRowHeight(row, max(lines) + GAP)

    @property
    def shown(self) -> dict[str, list[tuple[str, ...]]]:
        """The rows that are shown, by the title of their section."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for row, (section, texts) in enumerate(self._rows):
            if len(texts) > 1 and not self.list.isRowHidden(row):
                found.setdefault(section.title, []).append(tuple(texts))
        return found

    def _show(self, words: str) -> None:
        """Show those rows in which each of ``words`` is, and a whole section where they are in its title."""
        wanted = words.casefold().split()
        for row, (section, texts) in enumerate(self._rows):
            told = " ".join([section.title, *texts]).casefold()
            self.list.setRowHidden(row, len(texts) > 1 and not all(word in told for word in wanted))
        left = self.shown
        for row, (section, texts) in enumerate(self._rows):
            if len(texts) == 1:
                self.list.setRowHidden(row, section.title not in left)
        self._none.setVisible(not left)
        self.list.setVisible(bool(left))
