"""The window: menus, the tabs, the status line, and messages."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad import __version__
from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Greys
from digitpad.errors import DigitpadError
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Settings
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.fetching import FetchingBar
from digitpad.gui.widgets.notice import Notice
from digitpad.gui.widgets.theme import GAP, SMALL, Theme, font
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from digitpad.gui.data.tab import DataTab
    from digitpad.gui.explore.tab import ExploreTab
    from digitpad.gui.train.tab import TrainTab
    from digitpad.train.runs import Run

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.bmp)"
_NETWORKS = "Networks (*.safetensors)"
_RECENT = 8  # files
_DATA_SETS = (".gz", ".npz", ".pkl", ".pickle")  # and what ends with "ubyte"
_TOLD = 4000  # ms for which the status line says what was done
_SCHEMES = {
    "system": ("Like the &system", Qt.ColorScheme.Unknown),
    "light": ("&Light", Qt.ColorScheme.Light),
    "dark": ("&Dark", Qt.ColorScheme.Dark),
}
_NOT_FOR_EYES = ("recipe", "curves")  # of how a network was made: for the program to read
_IN_ORDER = ("name", "accuracy", "data", "deformation", "epochs", "mini-batch size", "eta", "final eta", "momentum")


class MainWindow(QMainWindow):
    """The program's one window."""

    def __init__(self, session: Session, theme: Theme, settings: Settings | None = None) -> None:
        """Build the window around what its parts share; without ``settings`` nothing is remembered."""
        super().__init__()
        self._session, self.theme, self._settings = session, theme, settings or Settings()
        self._train: TrainTab | None = None
        self._data: DataTab | None = None
        self._explore: ExploreTab | None = None
        self._asking: QMessageBox | None = None
        self._opened: list[Model] = []  # networks opened before there was a Train tab, which tells their runs
        self.draw = DrawTab(session)
        self.digits = DigitSets(self._settings, self)
        self.notice, self._fetching = Notice(), FetchingBar(self.digits)
        self._background = Background(self)
        self._background.failed.connect(self.notice.say)
        self.digits.failed.connect(self.notice.say)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        frame = QVBoxLayout()
        frame.setContentsMargins(GAP * 3, GAP, GAP * 3, 0)
        frame.setSpacing(GAP)
        frame.addWidget(self.notice)
        frame.addWidget(self._fetching)
        column.addLayout(frame)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self._train_page, self._data_page, self._explore_page = QWidget(), QWidget(), QWidget()
        for page in (self._train_page, self._data_page, self._explore_page):
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
        self._pages = {
            "Draw": self.draw,
            "Train": self._train_page,
            "Data": self._data_page,
            "Explore": self._explore_page,
        }
        for number, (name, page) in enumerate(self._pages.items(), 1):
            self.tabs.setTabToolTip(self.tabs.addTab(page, name), f"{name} (Ctrl+{number})")
        self.tabs.currentChanged.connect(self._show_tab)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(central)
        self._make_menus()
        self._make_status()
        self.setAcceptDrops(True)
        width, height = [*self._settings.get("window", [1100, 780]), 780, 1100][:2]
        self.resize(width, height)
        self.draw.set_brush(self._settings.get("brush", self.draw.canvas.brush))
        self._show_model()
        self._show_file()
        session.model_changed.connect(self._show_model)
        session.file_changed.connect(self._show_file)
        self.draw.canvas.setFocus()  # and not the first button, where Space would press it

    # Tabs

    @property
    def train(self) -> "TrainTab":
        """The Train tab, built when it is first wanted: what draws its curves takes a while to load."""
        if self._train is None:
            from digitpad.gui.train.tab import TrainTab

            train = self._train = TrainTab(self._session, self.digits)
            train.failed.connect(self.notice.say)
            train.to_canvas.connect(self._draw_on)
            self.draw.canvas.changed.connect(train.trainer.courtesy.hold)
            self.draw.answered.connect(train.trainer.courtesy.release_soon)
            _put(train, self._train_page)
            self._train_menu.clear()
            for group in train.menu_actions:
                self._train_menu.addActions(group)
                self._train_menu.addSeparator()
            self.statusBar().insertWidget(2, train.status, 2)
            for model in self._opened:
                train.add_model(model)
        return self._train

    @property
    def data(self) -> "DataTab":
        """The Data tab, built when it is first wanted."""
        if self._data is None:
            from digitpad.gui.data.tab import DataTab

            data = self._data = DataTab(self._session.drawings, self.digits)
            data.to_canvas.connect(self._draw_on)
            data.drawing_to_canvas.connect(self._draw_again)
            data.collect_wanted.connect(self._collect)
            data.learn_wanted.connect(self._learn)
            _put(data, self._data_page)
        return self._data

    @property
    def explore(self) -> "ExploreTab":
        """The Explore tab, built when it is first wanted."""
        if self._explore is None:
            from digitpad.gui.explore.tab import ExploreTab

            self._explore = ExploreTab(self._session, self.digits, self._settings, self._runs_so_far)
            _put(self._explore, self._explore_page)
        return self._explore

    def _runs_so_far(self) -> "Sequence[Run]":
        return self._session.trainer.runs

    def _show_tab(self, index: int) -> None:
        page = self.tabs.widget(index)
        if page is self._explore_page:
            self.explore.setFocus()
        if page is self._train_page:
            self.train.setFocus()
        if self._data is not None or page is self._data_page:
            self.data.set_in_front(page is self._data_page)
        self.draw.set_in_front(self.tabs.widget(index) is self.draw)

    def _draw_on(self, greys: Greys) -> None:
        self.tabs.setCurrentWidget(self.draw)
        self.draw.canvas.show_picture(greys)

    def _draw_again(self, drawing: Drawing) -> None:
        self.tabs.setCurrentWidget(self.draw)
        self.draw.canvas.show_drawing(drawing)

    def _collect(self) -> None:
        self.tabs.setCurrentWidget(self.draw)
        self.draw.collect()

    def _learn(self) -> None:
        """Let the network learn the person's hand, in a dialog that tells what came of it."""
        from digitpad.gui.train.hand_dialog import HandDialog

        dialog = HandDialog(self, self._session, self.digits)
        dialog.failed.connect(self.notice.say)
        dialog.accepted.connect(self._follow_no_more)
        dialog.open()

    def _follow_no_more(self) -> None:
        """Stay with the network that learned the person's hand, whatever is being trained beside it."""
        if self._train is not None:
            self._train.follow.setChecked(False)

    # Opening and saving

    def open(self, path: Path) -> None:
        """Open a network, a picture, a data set or drawings, whichever ``path`` is."""
        from digitpad.gui.services import picture_folder

        kind = path.suffix.lower()
        try:
            is_folder = path.is_dir()
        except OSError:  # it may not be looked at: whoever opens it says so
            is_folder = False
        if kind == ".safetensors":
            self.open_network(path)
        elif kind == ".jsonl":
            self._session.drawings.import_strokes(path)
        elif is_folder and picture_folder.is_picture_folder(path):
            self._session.drawings.import_pictures(path)
        elif is_folder or kind in _DATA_SETS or path.name.endswith("ubyte"):
            self.notice.hide()
            self.digits.open(path)
            if self.tabs.currentWidget() is self.draw:
                self.tabs.setCurrentWidget(self._data_page)
        else:
            self.open_picture(path)

    def open_picture(self, path: Path) -> None:
        """Put the picture of a digit in the file on the canvas, or say why it cannot be."""
        self._background.run(lambda: _ink_of_file(path), self._show_ink)

    def open_network(self, path: Path) -> None:
        """Read with the network in the file from now on, or say why not and keep the one in use."""
        try:
            model = model_file.load(path)
        except DigitpadError as error:
            self.notice.say(str(error))
            return
        self.notice.hide()
        self._session.use(model, path if path != DEFAULT_NETWORK else None)
        if path != DEFAULT_NETWORK:
            self._remember(path)
        if self._train is not None:
            self._train.add_model(model)
        else:
            self._opened.append(model)

    def save_network(self, path: Path) -> bool:
        """Write the network in use, or on the Train tab the one shown there, or say why not; whether it was."""
        if self._train is not None and self.tabs.currentWidget() is self._train_page and self._train.use.isEnabled():
            self._train.use.trigger()
        try:
            self._session.save(path)
        except DigitpadError as error:
            self.notice.say(str(error))
            return False
        self.notice.hide()
        self._remember(path)
        return True

    def _remember(self, path: Path) -> None:
        recent = [str(path.resolve()), *self._settings.get("recent", list[str]())]
        self._settings.set("recent", list(dict.fromkeys(recent))[:_RECENT])

    def _save(self) -> bool:
        path = self._session.path
        return self.save_network(path) if path else self._save_as()

    def _save_as(self) -> bool:
        start = str(self._session.path or "network.safetensors")
        name, _ = QFileDialog.getSaveFileName(self, "Save the network", start, _NETWORKS)
        if not name:
            return False
        return self.save_network(Path(name if name.endswith(".safetensors") else f"{name}.safetensors"))

    def paste(self) -> None:
        """Put the picture in the clipboard on the canvas."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.notice.say("The clipboard holds no picture: copy one first, then paste it here.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome pictures and files."""
        if event.mimeData().hasImage() or _local_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData) -> bool:
        """Open the file or the picture in ``data``; False when there is neither."""
        path = _local_file(data)
        if path:
            self.open(path)
        elif data.hasImage():
            image = QImage(data.imageData())
            self._background.run(lambda: _ink_of_image(image), self._show_ink)
        return bool(path) or data.hasImage()

    def _show_ink(self, greys: Greys) -> None:
        self.notice.hide()
        self.draw.canvas.show_picture(greys)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once what to do with a network that is in no file; then end what still works, and wait for it."""
        if self._asking is None and self._unsaved():
            event.ignore()
            self._ask_before_closing()
            return
        if self._asking is not None:
            asking, self._asking = self._asking, None
            asking.close()
        if self._train is not None:
            self._train.close_down()
        if self._data is not None:
            self._data.close_down()
        for dialog in self.findChildren(QDialog):
            dialog.close()  # what one of them has at work ends with it
        self._told_enough.stop()
        self._background.wait()
        self.digits.close_down()
        self._session.drawings.close_down()
        self._settings.set("window", [self.width(), self.height()])
        self._settings.set("brush", self.draw.canvas.brush)
        super().closeEvent(event)

    def _unsaved(self) -> bool:
        return self._session.unsaved or (self._train is not None and self._train.unsaved)

    def _ask_before_closing(self) -> None:
        box = self._asking = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "digitpad",
            "A network you trained is not saved. Save it before closing?",
            parent=self,
        )
        answers = QMessageBox.StandardButton
        box.setStandardButtons(answers.Save | answers.Discard | answers.Cancel)
        box.button(QMessageBox.StandardButton.Discard).setText("Close without saving")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._answer_closing)
        box.open()

    def _answer_closing(self, answer: int) -> None:
        if self._asking is None:
            return  # it is closed already
        if answer == QMessageBox.StandardButton.Save:
            if self._train is not None and not self._session.unsaved:
                self._train.use_newest()
            self.tabs.setCurrentWidget(self.draw)
            if not self._save():
                self._asking = None
                return
            self.close()
        elif answer == QMessageBox.StandardButton.Discard:
            self.close()
        else:
            self._asking = None

    # Menus and status

    def _make_menus(self) -> None:
        bar, drawings = self.menuBar(), self._session.drawings
        file = bar.addMenu("&File")
        self._add(file, "Open &picture…", QKeySequence.StandardKey.Open, self._ask_picture)
        self._add(file, "Open &network…", QKeySequence("Ctrl+Shift+O"), self._ask_network)
        self._recent_menu = file.addMenu("Open &recent")
        self._recent_menu.aboutToShow.connect(self._list_recent)
        file.addSeparator()
        self._add(file, "&Save network", QKeySequence.StandardKey.Save, self._save)
        self._add(file, "Save network &as…", QKeySequence("Ctrl+Shift+S"), self._save_as)
        file.addSeparator()
        self._add(file, "&Quit", QKeySequence("Ctrl+Q"), self.close)
        edit = bar.addMenu("&Edit")
        edit.addActions([self.draw.undo, self.draw.redo])
        edit.addSeparator()
        self._add(edit, "&Paste picture", QKeySequence.StandardKey.Paste, self.paste)
        edit.addActions([self.draw.clear, self.draw.erase])
        edit.addSeparator()
        edit.addActions([self.draw.thinner, self.draw.thicker])
        edit.addSeparator()
        keep = edit.addMenu("&Keep drawing as")
        keep.addActions(self.draw.keep)
        self._forget = self._add(edit, "", None, drawings.undo)
        drawings.undo_changed.connect(self._show_forget)
        self._show_forget()
        self._add(edit, "&Collect ten of each digit…", None, self._collect)
        network = bar.addMenu("&Network")
        self._add(network, "Use the &default network", None, lambda: self.open_network(DEFAULT_NETWORK))
        network.addAction(self.draw.learn)
        network.addSeparator()
        self._add(network, "&About this network", QKeySequence("Ctrl+I"), self._about_network)
        self._train_menu = bar.addMenu("&Train")
        self._add(self._train_menu, "Open the training tab", None, lambda: self.tabs.setCurrentWidget(self._train_page))
        view = bar.addMenu("&View")
        for number, (name, page) in enumerate(self._pages.items(), 1):
            self._add(view, name, QKeySequence(f"Ctrl+{number}"), partial(self.tabs.setCurrentWidget, page))
        view.addSeparator()
        group = QActionGroup(self)
        chosen = self._settings.get("appearance", "system")
        for name, (text, _) in _SCHEMES.items():
            action = QAction(text, group, checkable=True, checked=name == chosen)
            action.triggered.connect(lambda _=False, name=name: self._choose_scheme(name))
            view.addAction(action)
        if chosen in _SCHEMES and chosen != "system":
            self._choose_scheme(chosen)
        help_menu = bar.addMenu("&Help")
        self._add(help_menu, "&About digitpad", None, self._about)

    def _add(
        self, menu: QMenu, text: str, key: QKeySequence | QKeySequence.StandardKey | None, slot: Callable[[], object]
    ) -> QAction:
        action = menu.addAction(text)
        if key is not None:
            action.setShortcut(key)
        action.triggered.connect(lambda _=False: slot())
        return action

    def _show_forget(self) -> None:
        name = self._session.drawings.undo_name
        self._forget.setText(f"Take back {name or 'what was kept'}")
        self._forget.setEnabled(bool(name))

    def _choose_scheme(self, name: str) -> None:
        self.theme.choose(_SCHEMES[name][1])
        self._settings.set("appearance", name)

    def _list_recent(self) -> None:
        menu = self._recent_menu
        menu.clear()
        for name in self._settings.get("recent", list[str]()):
            self._add(menu, name.replace("&", "&&"), None, partial(self.open_network, Path(name)))
        if menu.isEmpty():
            menu.addAction("None yet").setEnabled(False)

    def _make_status(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self.network_label, self.told_label, self.time_label = QLabel(), QLabel(), QLabel()
        for label in (self.network_label, self.told_label, self.time_label):
            label.setFont(font(SMALL))
            label.setProperty("quiet", True)
            label.setContentsMargins(GAP * 2, 2, GAP * 2, 2)
        # Not the status bar's own message, which hides how far training is.
        self.told_label.setProperty("quiet", False)
        self.told_label.setTextFormat(Qt.TextFormat.PlainText)  # it may quote the name of a file
        status.addWidget(self.told_label, 1)
        self.told_label.hide()
        status.addWidget(self.network_label, 1)
        self._told_enough = QTimer(self)
        self._told_enough.setSingleShot(True)
        self._told_enough.timeout.connect(lambda: self._tell(""))
        status.addPermanentWidget(self.time_label)
        self.draw.answered.connect(self._show_time)
        self.draw.reported.connect(self._tell)
        self.draw.learn_wanted.connect(self._learn)
        self._session.drawings.reported.connect(self._tell)
        self._session.drawings.failed.connect(self.notice.say)

    def _tell(self, sentence: str) -> None:
        """Say for a while, in place of the network's name, what was done."""
        self.told_label.setText(sentence)
        self.told_label.setVisible(bool(sentence))
        self.network_label.setVisible(not sentence)
        if sentence:
            self._told_enough.start(_TOLD)

    def _show_time(self, milliseconds: float) -> None:
        self.time_label.setText(f"read in {milliseconds:.1f} ms")

    def _show_model(self) -> None:
        model = self._session.model
        name, sizes = model.made.get("name", "network"), "-".join(map(str, model.network.sizes))
        parts = [name] if sizes in name else [name, sizes]
        if accuracy := model.made.get("accuracy"):
            parts.append(accuracy)
        self.network_label.setText("  ·  ".join(parts))

    def _show_file(self) -> None:
        path, unsaved = self._session.path, self._session.unsaved
        name = path.name if path else "new network" if unsaved else ""
        self.setWindowFilePath(str(path) if path else "")
        self.setWindowTitle(f"{name}[*] - digitpad" if name else "digitpad[*]")
        self.setWindowModified(unsaved)

    def _ask_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture of a digit", "", f"{_PICTURES};;All files (*)")
        if name:
            self.open_picture(Path(name))

    def _ask_network(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a network", "", f"{_NETWORKS};;All files (*)")
        if name:
            self.open_network(Path(name))

    def _about_network(self) -> None:
        model = self._session.model
        made = {name: value for name, value in model.made.items() if name not in _NOT_FOR_EYES}
        rows = {"layers": made.pop("sizes", "-".join(map(str, model.network.sizes)))}
        rows |= {"hidden neurons": model.network.activation.name, "cost": model.network.cost.name}
        # A safetensors file keeps its metadata in no order.
        rows |= {name: made.pop(name) for name in _IN_ORDER if name in made} | dict(sorted(made.items()))
        cells = (
            f"<tr><td>{escape(name)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>" for name, value in rows.items()
        )
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, "About this network", f"<table>{''.join(cells)}</table>", parent=self
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _about(self) -> None:
        text = (
            f"digitpad {__version__}\n\nDraw a digit; a neural network reads it while you draw. After "
            "chapter 1 of Michael Nielsen's book Neural Networks and Deep Learning."
        )
        box = QMessageBox(QMessageBox.Icon.NoIcon, "About digitpad", text, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def _put(tab: QWidget, page: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(tab)


# What reads pictures is loaded when the first one comes.


def _ink_of_file(path: Path) -> Greys:
    from digitpad.gui.services import picture_file

    return picture_file.ink_of_file(path)


def _ink_of_image(image: QImage) -> Greys:
    from digitpad.gui.services import picture_file

    return picture_file.ink_of_image(image)


def _local_file(data: QMimeData) -> Path | None:
    urls = [url for url in data.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if urls else None
