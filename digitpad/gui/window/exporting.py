"""Writes the network in use, and the chapter as a notebook, in forms that other programs use: ``Exporting``."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from digitpad.errors import one_line
from digitpad.gui.services.background import Background
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.file_dialogs import ask_save
from digitpad.gui.widgets.toast import Said
from digitpad.train.model_file import Model

_PAGES = "Web pages (*.html)"
_ONNX = "Networks in ONNX (*.onnx)"
_NOTEBOOKS = "Notebooks (*.ipynb)"


class Exporting(QObject):
    """Asks for a file, and writes it in a thread, with what is in use when that begins; one at a time.

    Signals: ``reported(sentence)`` when it begins, and ``ended(sentence)`` with the same one when that is no longer so;
    ``said(Said)`` when the file is there, perhaps with what opens it; ``failed(sentence)``; ``idle_changed(bool)`` as
    it begins and as it ends.
    """

    reported = Signal(str)
    ended = Signal(str)
    said = Signal(object)
    failed = Signal(str)
    idle_changed = Signal(bool)

    def __init__(self, window: QWidget, session: Session) -> None:
        """Write networks of ``session``; ``window`` has the dialogs, and calls ``close_down`` before it goes."""
        super().__init__(window)
        self._window, self._session = window, session
        self._background = Background(self)
        self.idle = True  # nothing is being written

    def ask_page(self) -> None:
        """Ask for a file, and write a page to draw on to it."""
        if path := ask_save(self._window, FileKind.PAGE, "Export as a web page", "digitpad.html", _PAGES):
            self.write_page(path)

    def write_page(self, path: Path) -> None:
        """Write a page to draw on in a browser to ``path``, say where it is, and offer to open it."""

        def save(model: Model) -> None:
            from digitpad.export import web_page  # loaded in the thread, and only for those who export

            web_page.save(path, model)

        said = Said(f"Exported {one_line(path.name)}: a page to draw on in any browser.", "Open", partial(_open, path))
        self._write_network(path, save, said)

    def ask_onnx(self) -> None:
        """Ask for a file, and write the network to it for other programs; or say at once what is lacking for that."""
        from digitpad.export import onnx

        if lacking := onnx.lacking():
            self.failed.emit(lacking)
        elif path := ask_save(self._window, FileKind.NETWORK, "Export as ONNX", "digitpad.onnx", _ONNX):
            self.write_onnx(path)

    def write_onnx(self, path: Path) -> None:
        """Write the network to ``path`` as other programs for neural networks read it, and say where it is."""

        def save(model: Model) -> None:
            from digitpad.export import onnx

            onnx.save(path, model)

        said = Said(f"Exported {one_line(path.name)}: the network for programs that read ONNX.")
        self._write_network(path, save, said)

    def ask_notebook(self) -> None:
        """Ask for a file, and write the chapter as a notebook to it."""
        if path := ask_save(self._window, FileKind.NOTEBOOK, "Save as a notebook", "chapter1.ipynb", _NOTEBOOKS):
            self.write_notebook(path)

    def write_notebook(self, path: Path) -> None:
        """Write the chapter as a notebook to ``path``, in which the network in use reads, where that is in a file."""
        network = self._session.path

        def save() -> None:
            from digitpad.export import notebook

            notebook.save(path, network)

        sentence = f"Saved {one_line(path.name)}: chapter 1 to run in Jupyter, with a Python that has digitpad."
        if self._session.unsaved:
            sentence += " The default network reads in it, as the one in use is in no file."
        self._write(path, save, Said(sentence))

    def _write_network(self, path: Path, save: Callable[[Model], None], said: Said) -> None:
        model = Model(self._session.model.network.copy(), self._session.model.provenance)
        self._write(path, partial(save, model), said)

    def _write(self, path: Path, save: Callable[[], None], said: Said) -> None:
        writing = f"Writing {one_line(path.name)} …"
        self.reported.emit(writing)
        self._set_idle(False)
        end = partial(self._end, writing)
        self._background.run(save, lambda _: end(self.said, said), partial(end, self.failed))

    def _end(self, writing: str, signal: SignalInstance, told: object) -> None:
        self._set_idle(True)
        self.ended.emit(writing)
        signal.emit(told)

    def _set_idle(self, idle: bool) -> None:
        self.idle = idle
        self.idle_changed.emit(idle)

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._background.wait()


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
