"""The window: menus, the tab for drawing, the status line, and messages."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QThreadPool, Signal
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
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QMenu, QMessageBox, QVBoxLayout, QWidget

from digitpad import __version__, model_file
from digitpad.errors import DigitpadError
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.notice import Notice
from digitpad.gui.session import Session
from digitpad.gui.theme import GAP, SMALL, Theme, font
from digitpad.paths import DEFAULT_NETWORK

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.bmp)"
_NETWORKS = "Networks (*.safetensors)"
_IN_ORDER = ("name", "accuracy", "data", "deformation", "epochs", "mini-batch size", "eta", "final eta", "momentum")


class MainWindow(QMainWindow):
    """The program's one window."""

    def __init__(self, session: Session, theme: Theme) -> None:
        """Build the window around what its parts share."""
        super().__init__()
        self._session, self._theme = session, theme
        self.draw = DrawTab(session)
        self.notice = Notice()
        self._background = _Background(self)
        self._background.done.connect(self._show_ink)
        self._background.failed.connect(self.notice.say)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        frame = QVBoxLayout()
        frame.setContentsMargins(GAP * 3, GAP, GAP * 3, 0)
        frame.addWidget(self.notice)
        column.addLayout(frame)
        column.addWidget(self.draw, 1)
        self.setCentralWidget(central)
        self._make_menus()
        self._make_status()
        self.setAcceptDrops(True)
        self.resize(1100, 740)
        self._show_model()
        session.model_changed.connect(self._show_model)
        self.draw.canvas.setFocus()  # and not the first button, where Space would press it

    # Opening things

    def open_picture(self, path: Path) -> None:
        """Put the picture of a digit in the file on the canvas, or say why it cannot be."""
        self._background.run(lambda: _ink_of_file(path))

    def open_network(self, path: Path) -> None:
        """Read with the network in the file from now on, or say why not and keep the one in use."""
        try:
            model = model_file.load(path)
        except DigitpadError as error:
            self.notice.say(str(error))
            return
        self.notice.hide()
        self._session.use(model)

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
        if path and path.suffix == ".safetensors":
            self.open_network(path)
        elif path:
            self.open_picture(path)
        elif data.hasImage():
            image = QImage(data.imageData())
            self._background.run(lambda: _ink_of_image(image))
        return bool(path) or data.hasImage()

    def _show_ink(self, greys: object) -> None:
        self.notice.hide()
        self.draw.canvas.show_picture(greys)  # type: ignore[arg-type]

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for a picture still being read."""
        self._background.wait()
        super().closeEvent(event)

    # Menus and status

    def _make_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu("&File")
        self._add(file, "Open &picture…", QKeySequence.StandardKey.Open, self._ask_picture)
        self._add(file, "&Quit", QKeySequence("Ctrl+Q"), self.close)
        edit = bar.addMenu("&Edit")
        edit.addActions([self.draw.undo, self.draw.redo])
        edit.addSeparator()
        self._add(edit, "&Paste picture", QKeySequence.StandardKey.Paste, self.paste)
        edit.addActions([self.draw.clear, self.draw.erase])
        edit.addSeparator()
        edit.addActions([self.draw.thinner, self.draw.thicker])
        network = bar.addMenu("&Network")
        self._add(network, "&Open network…", QKeySequence("Ctrl+Shift+O"), self._ask_network)
        self._add(network, "Use the &default network", None, lambda: self.open_network(DEFAULT_NETWORK))
        network.addSeparator()
        self._add(network, "&About this network", QKeySequence("Ctrl+I"), self._about_network)
        view = bar.addMenu("&View")
        group = QActionGroup(self)
        for text, scheme in (
            ("Like the &system", Qt.ColorScheme.Unknown),
            ("&Light", Qt.ColorScheme.Light),
            ("&Dark", Qt.ColorScheme.Dark),
        ):
            action = QAction(text, group, checkable=True, checked=scheme is Qt.ColorScheme.Unknown)
            action.triggered.connect(lambda _=False, scheme=scheme: self._theme.choose(scheme))
            view.addAction(action)
        help_menu = bar.addMenu("&Help")
        self._add(help_menu, "&About digitpad", None, self._about)

    def _add(
        self, menu: QMenu, text: str, key: QKeySequence | QKeySequence.StandardKey | None, slot: Callable[[], object]
    ) -> None:
        action = menu.addAction(text)
        if key is not None:
            action.setShortcut(key)
        action.triggered.connect(lambda _=False: slot())

    def _make_status(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self.network_label, self.time_label = QLabel(), QLabel()
        for label in (self.network_label, self.time_label):
            label.setFont(font(SMALL))
            label.setProperty("quiet", True)
            label.setContentsMargins(GAP * 2, 2, GAP * 2, 2)
        status.addWidget(self.network_label, 1)
        status.addPermanentWidget(self.time_label)
        self.draw.answered.connect(self._show_time)

    def _show_time(self, milliseconds: float) -> None:
        self.time_label.setText(f"read in {milliseconds:.1f} ms")

    def _show_model(self) -> None:
        model = self._session.model
        parts = [model.made.get("name", "network"), "-".join(map(str, model.network.sizes))]
        if accuracy := model.made.get("accuracy"):
            parts.append(accuracy)
        self.network_label.setText("  ·  ".join(parts))
        self.setWindowTitle("digitpad")

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
        made = dict(model.made)
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
            f"digitpad {__version__}\n\nDraw a digit; a network of sigmoid neurons reads it while you draw. After "
            "chapter 1 of Michael Nielsen's book Neural Networks and Deep Learning."
        )
        box = QMessageBox(QMessageBox.Icon.NoIcon, "About digitpad", text, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


class _Background(QObject):
    """Runs a job away from the window and brings its result, or its one sentence of failure, back to it.

    Signals: ``done(result)`` or ``failed(sentence)``.
    """

    done = Signal(object)
    failed = Signal(str)
    _broken = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._broken.connect(self._raise)

    def run(self, job: Callable[[], object]) -> None:
        def work() -> None:
            try:
                result = job()
            except DigitpadError as error:
                self.failed.emit(str(error))
            except Exception as error:  # to be raised where the window may be touched
                self._broken.emit(error)
            else:
                self.done.emit(result)

        self._pool.start(work)

    def wait(self) -> None:
        self._pool.waitForDone()

    def _raise(self, error: Exception) -> None:
        raise error


# What reads pictures is loaded when the first one comes.


def _ink_of_file(path: Path) -> object:
    from digitpad.gui import picture_file

    return picture_file.ink_of_file(path)


def _ink_of_image(image: QImage) -> object:
    from digitpad.gui import picture_file

    return picture_file.ink_of_image(image)


def _local_file(data: QMimeData) -> Path | None:
    urls = [url for url in data.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if urls else None
