"""The window's menus, one function or class each."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from digitpad.errors import one_line
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.services.made_here import MOST, MOST_BYTES
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.actions import Key, action
from digitpad.gui.widgets.foreign import as_it_is, in_menu
from digitpad.gui.window.copying import Copying
from digitpad.gui.window.exporting import Exporting
from digitpad.gui.window.looks import APPEARANCES, SIZES, Looks
from digitpad.gui.window.opening import Opening
from digitpad.gui.window.recent import RecentNetworks
from digitpad.gui.window.recovery import Recovery
from digitpad.gui.window.saving import Saving
from digitpad.gui.window.saving_drawing import SavingDrawing
from digitpad.gui.window.tabs import Tabs
from digitpad.train.made import Made

if TYPE_CHECKING:
    from digitpad.gui.train.tab import TrainTab

_LONGEST = 120  # letters of a path
_STANDARD = QKeySequence.StandardKey


def add_file_menu(
    bar: QMenuBar, opening: Opening, saving: Saving, saving_drawing: SavingDrawing, recent: RecentNetworks,
    exporting: Exporting, recovery: Recovery, preferences: Callable[[], object], close: Callable[[], object],
) -> None:  # fmt: skip
    """Add what opens and saves, what empties the window, its ``preferences``, and ``close`` for the end."""
    menu = bar.addMenu("&File")
    _add(menu, "Open &picture…", opening.ask_picture, _STANDARD.Open)
    _add(menu, "Open &network…", opening.ask_network, "Ctrl+Shift+O")
    _add(menu, "Open &experiment…", opening.ask_experiment, name="open_experiment")
    menu.addMenu(RecentMenu(menu, recent, opening.open_network))
    menu.addSeparator()
    _add(menu, "&Save network", saving.save, _STANDARD.Save)
    _add(menu, "Save network &as…", saving.save_as, [_STANDARD.SaveAs, "Ctrl+Shift+S"])
    _add(menu, "Save &drawing as…", saving_drawing.ask, "Ctrl+D", name="save_drawing")
    notebook = _add(menu, "Save as note&book…", exporting.ask_notebook, name="export_notebook")
    exporting.idle_changed.connect(notebook.setEnabled)
    menu.addSeparator()
    _add(menu, "Start &fresh", recovery.start_fresh, name="start_fresh").setEnabled(recovery.possible)
    menu.addSeparator()
    role = QAction.MenuRole.PreferencesRole
    _add(menu, "P&references…", preferences, [_STANDARD.Preferences, "Ctrl+,"], name="preferences", role=role)
    menu.addSeparator()
    _add(menu, "&Quit", close, [_STANDARD.Quit, "Ctrl+Q"], role=QAction.MenuRole.QuitRole)


class RecentMenu(QMenu):
    """The networks that were opened or saved last."""

    def __init__(self, parent: QMenu, recent: RecentNetworks, open_network: Callable[[Path], object]) -> None:
        """List what is ``recent`` whenever the menu is opened."""
        super().__init__("Open &recent", parent)
        self.setObjectName("recent")
        self._recent, self._open = recent, open_network
        self.aboutToShow.connect(self._list)

    def _list(self) -> None:
        self.clear()
        for path in self._recent.paths:
            shown = one_line(str(path), _LONGEST)
            _add(self, in_menu(shown), partial(self._open, path)).setToolTip(as_it_is(shown))
        if self.isEmpty():
            _add(self, "None yet", self.hide).setEnabled(False)


def add_edit_menu(
    bar: QMenuBar, tabs: Tabs, opening: Opening, copying: Copying, collect_in_class: Callable[[], object]
) -> None:
    """Add what takes back on the tab in front, what changes and keeps the drawing, and what collects drawings."""
    menu, draw = bar.addMenu("&Edit"), tabs.draw
    menu.addActions([tabs.undoing.undo, tabs.undoing.redo])
    menu.addSeparator()
    _add(menu, "C&opy as picture", copying.copy, _STANDARD.Copy, name="copy")
    _add(menu, "&Paste picture", opening.paste, _STANDARD.Paste)
    menu.addActions([draw.clear, draw.erase])
    menu.addSeparator()
    menu.addActions([draw.thinner, draw.thicker])
    menu.addSeparator()
    menu.addActions([draw.join, draw.part])
    menu.addSeparator()
    menu.addMenu("&Keep drawing as").addActions(draw.keep)
    _add(menu, "&Collect ten of each digit…", tabs.collect, name="collect")
    _add(menu, "Collect in c&lass…", collect_in_class, name="collect_in_class")


def add_network_menu(
    bar: QMenuBar, session: Session, draw: DrawTab, opening: Opening, exporting: Exporting,
    about: Callable[[], object],
) -> None:  # fmt: skip
    """Add what concerns the network in use; ``about`` tells how it was made."""
    menu = bar.addMenu("&Network")
    _add(menu, "Use the &default network", opening.open_default_network, name="default_network")
    menu.addMenu(MadeMenu(menu, session, opening.use_made))
    menu.addSeparator()
    menu.addAction(draw.learn)
    menu.addSeparator()
    for export in (
        _add(menu, "Export as a &web page…", exporting.ask_page, name="export_page"),
        _add(menu, "Export as &ONNX…", exporting.ask_onnx, name="export_onnx"),
    ):
        exporting.idle_changed.connect(export.setEnabled)
    menu.addSeparator()
    _add(menu, "&About this network", about, "Ctrl+I")


class MadeMenu(QMenu):
    """The networks that were made here and are in no file: the one in use is ticked, each can be used again."""

    def __init__(self, parent: QMenu, session: Session, use: Callable[[Made], object]) -> None:
        """List those of ``session`` whenever the menu is opened."""
        super().__init__("Networks of this &sitting", parent)
        self.setObjectName("made")
        self._session, self._use = session, use
        self.aboutToShow.connect(self._list)

    def _list(self) -> None:
        self.clear()
        in_use = self._session.made_in_use
        for made in self._session.made.all:
            one = _add(self, in_menu(made.title), partial(self._use, made), checkable=True)
            one.setChecked(made is in_use)
            one.setToolTip(as_it_is(f"{made.title}: in no file, kept by digitpad. Choose it to read with it."))
        if self.isEmpty():
            _add(self, "None yet", self.hide).setEnabled(False)
        self.addSeparator()
        kept = f"The last {MOST} that were in use are kept, of {MOST_BYTES >> 20} MiB at most"
        _add(self, kept, self.hide).setEnabled(False)


def add_train_menu(bar: QMenuBar, tabs: Tabs) -> None:
    """Add the actions of the Train tab, or before there is one what shows it."""
    menu = bar.addMenu("&Train")
    _add(menu, "Open the training tab", partial(tabs.setCurrentWidget, tabs.train_page))

    def list_actions(train: "TrainTab") -> None:
        menu.clear()
        for group in train.menu_actions:
            menu.addActions(group)
            menu.addSeparator()

    tabs.train_built.connect(list_actions)


def add_view_menu(bar: QMenuBar, window: QMainWindow, tabs: Tabs, looks: Looks) -> None:
    """Add the tabs, how often a drawing is read, light and dark, the size of text, and all of the screen."""
    menu = bar.addMenu("&View")
    for number, (name, page) in enumerate(tabs.pages.items(), 1):
        _add(menu, name, partial(tabs.setCurrentWidget, page), f"Ctrl+{number}")
    menu.addSeparator()
    menu.addActions([tabs.draw.look_inside, tabs.draw.show_earlier])
    reader = tabs.draw.reader
    nine = _add(
        menu, "Read a drawing &nine times", lambda: reader.choose(nine.isChecked()), name="nine", checkable=True
    )
    menu.addSeparator()
    group = QActionGroup(menu)
    schemes = {}
    for appearance, text in APPEARANCES.items():
        schemes[appearance] = _add(menu, text, partial(looks.choose, appearance), name=appearance, checkable=True)
        schemes[appearance].setActionGroup(group)
    menu.addSeparator()
    larger = _add(menu, "Lar&ger text", looks.enlarge, [_STANDARD.ZoomIn, "Ctrl++", "Ctrl+="], name="larger_text")
    smaller = _add(menu, "S&maller text", looks.reduce, [_STANDARD.ZoomOut, "Ctrl+-"], name="smaller_text")
    usual = _add(menu, "Usual size of te&xt", looks.usual, "Ctrl+0", name="usual_text")
    menu.addSeparator()

    def fill_screen() -> None:
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    full = _add(menu, "&Full screen", fill_screen, ["F11", _STANDARD.FullScreen], name="full_screen", checkable=True)

    def look() -> None:
        full.setChecked(window.isFullScreen())
        nine.setChecked(reader.prefers_nine)
        nine.setEnabled(reader.can_read_nine)

    menu.aboutToShow.connect(look)
    reader.changed.connect(look)
    look()

    def show() -> None:
        schemes[looks.appearance].setChecked(True)
        larger.setEnabled(looks.text_percent < SIZES[-1])
        smaller.setEnabled(looks.text_percent > SIZES[0])
        usual.setEnabled(looks.text_percent != 100)

    looks.changed.connect(show)
    show()


def add_help_menu(bar: QMenuBar, keys: Callable[[], object], about: Callable[[], object]) -> None:
    """Add the list of ``keys``, and what tells about the program."""
    menu = bar.addMenu("&Help")
    _add(menu, "&Keys", keys, ["F1", _STANDARD.HelpContents], name="keys")
    _add(menu, "&About digitpad", about, role=QAction.MenuRole.AboutRole)


def _add(
    menu: QMenu, text: str, slot: Callable[[], object], key: Key | Sequence[Key] | None = None, *, name: str = "",
    checkable: bool = False, role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:  # fmt: skip
    made = action(menu, text, slot, key=key, name=name, checkable=checkable, role=role)
    menu.addAction(made)
    return made
