"""What a person may choose about the program, and what it keeps: ``PreferencesDialog``."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.gui.services.autosave import DELAYS_S, Autosave
from digitpad.gui.services.background import Background
from digitpad.gui.services.folders import FileKind, Folders
from digitpad.gui.services.made_here import MOST, MOST_BYTES
from digitpad.gui.services.reader import Reader
from digitpad.gui.widgets.file_dialogs import ask_folder
from digitpad.gui.widgets.named_box import Box
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP, caption, grown
from digitpad.gui.window.looks import APPEARANCES, SIZES, Looks
from digitpad.gui.window.recovery import Recovery
from digitpad.train.sitting import size_of

_KINDS = {
    FileKind.NETWORK: "Networks",
    FileKind.PICTURE: "Pictures",
    FileKind.DATA_SET: "Data sets",
    FileKind.DRAWINGS: "Drawings",
    FileKind.RUNS: "Runs and plots",
}
_FOLDERS = "Where dialogs for files begin: in the folder where you were last."
_READING = (
    "A network that learned from deformed digits, as the default one did, makes fewer mistakes when it reads a drawing "
    "and eight mildly deformed copies of it, and the mean is its answer. All others read once."
)
_KEPT = (
    f"So that the next start finds all as you left it, the drawing is kept within {DELAYS_S[0]} seconds of a change; "
    f"the runs with their curves, the tab, and networks that are in no file within {DELAYS_S[1]}. Of these, the last "
    f"{MOST} that were in use, {MOST_BYTES >> 20} MiB at most."
)
_NOT_KEPT = "Nothing can be kept until the next start: its folder cannot be written to."
_FORGET = (
    "Forget what earlier sittings have left, and the networks of this one but for the one in use?\n\nThis cannot be "
    "taken back. What is in the window now stays, and so do your drawings on the Data tab and all files you saved."
)
_SIZE = 640, 680  # pixels, where text has its usual size


class PreferencesDialog(QDialog):
    """Appearance, size of text, reading, folders, and what is kept; whatever is chosen holds at once."""

    def __init__(
        self, window: QWidget, looks: Looks, reader: Reader, folders: Folders, autosave: Autosave, recovery: Recovery
    ) -> None:
        """Show how each is, and change it as the person says."""
        super().__init__(window)
        self.setObjectName("preferences_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self._looks, self._reader, self._folders = looks, reader, folders
        self._autosave, self._recovery = autosave, recovery
        self._background = Background(self)
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setHorizontalSpacing(GAP * 2)
        self._add_looks()
        self._add_reading()
        self._add_folders()
        self._add_kept()
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        column.addWidget(Scrolling(page), 1)
        column.addWidget(buttons)
        width, height = (grown(side) for side in _SIZE)
        room = window.screen().availableGeometry().size()
        self.resize(min(width, room.width() - 40), min(height, room.height() - 80))
        for changed in (looks.changed, reader.changed):
            changed.connect(self._show)
        autosave.kept.connect(self._measure)
        self._show()
        self._measure()

    # What is in it

    def _add_looks(self) -> None:
        self._head("Appearance")
        self.appearance = self._list("Colours", "Light or dark", "appearance")
        for appearance, text in APPEARANCES.items():
            self.appearance.addItem(text.replace("&", ""), appearance)
        self.appearance.activated.connect(lambda: self._looks.choose(self.appearance.currentData()))
        self.text = self._list("Size of text", "How large all text is, against the system's", "text_size")
        self.text.activated.connect(lambda: self._looks.set_text_percent(self.text.currentData()))

    def _add_reading(self) -> None:
        self._head("Reading", _READING)
        self.times = self._list("Read a drawing", "How often a drawing is read", "times")
        for nine, text in ((True, "nine times"), (False, "once")):
            self.times.addItem(text, nine)
        self.times.activated.connect(lambda: self._reader.choose(self.times.currentData()))

    def _add_folders(self) -> None:
        self._head("Folders", _FOLDERS)
        self._paths: dict[FileKind, QLineEdit] = {}
        for kind, name in _KINDS.items():
            self._paths[kind] = self._path(name, f"Where dialogs for {name.lower()} begin")
            choose = self._button("Choose…", f"Choose a folder for {name.lower()}", f"choose_{kind.name.lower()}")
            choose.clicked.connect(partial(self._choose, kind, name))
            self._grid.addWidget(choose, self._grid.rowCount() - 1, 2)
        forget = self._button("As at first", "Begin in your documents and pictures again", "forget_folders")
        forget.clicked.connect(self._forget_folders)
        self._grid.addWidget(forget, self._grid.rowCount(), 2)

    def _add_kept(self) -> None:
        home = self._autosave.home
        self._head("Kept until the next start", _KEPT if home else _NOT_KEPT)
        if home is None:
            return
        self._path("Folder", "Where all that is kept lies").setText(str(home))
        show = self._button("Show", "Open this folder in the system's file manager", "show_kept")
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))))
        self._grid.addWidget(show, self._grid.rowCount() - 1, 2)
        row = self._grid.rowCount()
        self.taken = QLabel()
        self._grid.addWidget(self._label("Takes"), row, 0)
        self._grid.addWidget(self.taken, row, 1)
        forget = self._button("Forget all…", "Remove what is kept but for what is in the window", "forget_all")
        forget.clicked.connect(self._ask_to_forget)
        self._grid.addWidget(forget, row, 2)

    def _head(self, title: str, words: str = "") -> None:
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, grown(30))
        self._grid.addWidget(caption(title), row, 0, 1, 3, alignment=Qt.AlignmentFlag.AlignBottom)
        if words:
            label = self._label(words)
            label.setWordWrap(True)
            self._grid.addWidget(label, row + 1, 0, 1, 3)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("quiet", True)
        return label

    def _list(self, name: str, tip: str, object_name: str) -> QComboBox:
        box = Box()
        box.setObjectName(object_name)
        self._row(name, tip, box)
        return box

    def _path(self, name: str, tip: str) -> QLineEdit:
        field = QLineEdit(readOnly=True)
        self._row(name, tip, field)
        return field

    def _row(self, name: str, tip: str, widget: QWidget) -> None:
        row, label = self._grid.rowCount(), self._label(name)
        label.setBuddy(widget)
        widget.setAccessibleName(name)
        widget.setAccessibleDescription(tip)
        widget.setToolTip(tip)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(widget, row, 1)

    def _button(self, text: str, tip: str, object_name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(object_name)
        button.setAccessibleName(tip)
        button.setAccessibleDescription(tip)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    # How it is

    def _show(self) -> None:
        self.appearance.setCurrentIndex(self.appearance.findData(self._looks.appearance))
        chosen = self._looks.text_percent
        self.text.clear()
        for percent in sorted({*SIZES, chosen}):  # the file of settings may have one between them
            self.text.addItem(f"{percent} %", percent)
        self.text.setCurrentIndex(self.text.findData(chosen))
        self.times.setCurrentIndex(self.times.findData(self._reader.prefers_nine))
        for kind, field in self._paths.items():
            field.setText(str(self._folders.of(kind)))

    def _measure(self) -> None:
        home = self._autosave.home
        if home is not None:
            self._background.run(lambda: size_of(home), self._show_size, latest="size")

    def _show_size(self, size: int) -> None:
        self.taken.setText(f"{size / (1 << 20):.1f} MiB")

    # What the person says

    def _choose(self, kind: FileKind, name: str) -> None:
        if ask_folder(self, kind, f"The folder for {name.lower()}"):
            self._show()

    def _forget_folders(self) -> None:
        self._folders.forget()
        self._show()

    def _ask_to_forget(self) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Forget all", _FORGET, parent=self)
        box.setObjectName("forget_question")
        box.addButton("Forget all", QMessageBox.ButtonRole.AcceptRole).setObjectName("forget")
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(self._recovery.forget_all)
        box.open()

    def event(self, event: QEvent) -> bool:
        """Look at the folders again when one comes back to this dialog."""
        if event.type() is QEvent.Type.WindowActivate:
            self._show()
        return super().event(event)

    def done(self, result: int) -> None:
        """Wait for what is being measured."""
        self._background.wait()
        super().done(result)
