"""The network in use, and the chapter as a notebook, are exported from the menus, while the window goes on."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction, QDesktopServices
from pytestqt.qtbot import QtBot

from digitpad.export import notebook, onnx, web_page
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui.training import choose, press_in


@pytest.fixture
def small(window: MainWindow) -> Model:
    """The network in use, small enough to be exported in no time."""
    model = Model(Network([784, 10], seed=1), Provenance.of({"name": "a small one"}))
    window.session.use(model)
    return model


def test_a_page_is_written_and_can_be_opened(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opened = tmp_path / "my page #1.html", list[str]()
    monkeypatch.setattr("digitpad.gui.window.exporting.ask_save", lambda *_: page)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    with qtbot.waitSignal(window.exporting.said):
        choose(window, "export_page")
        assert window.status.report.text() == "Writing my page #1.html …"
    assert web_page.is_page(page)
    assert b"a small one" in page.read_bytes()
    assert window.toast.sentence == "Exported my page #1.html: a page to draw on in any browser."
    assert not window.status.report.text()  # "Writing …" has come to its end
    press_in(window, "said_action")
    assert opened == [str(page)]


def test_a_network_is_written_for_other_programs(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "<b>net.onnx"
    monkeypatch.setattr("digitpad.gui.window.exporting.ask_save", lambda *_: file)
    with qtbot.waitSignal(window.exporting.said):
        choose(window, "export_onnx")
    assert onnx.is_network(file)
    assert window.toast.sentence == "Exported <b>net.onnx: the network for programs that read ONNX."


def test_without_the_package_for_it_that_is_said_before_a_file_is_asked_for(
    window: MainWindow, small: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.window.exporting.ask_save", lambda *_: pytest.fail("asked"))
    monkeypatch.setitem(sys.modules, "onnx", None)
    choose(window, "export_onnx")
    assert "pip install" in window.toast.sentence


def test_the_chapter_is_written_as_a_notebook_that_names_the_network_s_file(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my <b>chapter.ipynb"
    monkeypatch.setattr("digitpad.gui.window.exporting.ask_save", lambda *_: file)
    window.saving.save_to(tmp_path / "net.safetensors")
    assert window.saving.finish()
    with qtbot.waitSignal(window.exporting.said):
        choose(window, "export_notebook")
    assert notebook.is_untouched(file)
    assert file.read_text(encoding="utf-8") == notebook.build(tmp_path / "net.safetensors")
    told = "Saved my <b>chapter.ipynb: chapter 1 to run in Jupyter, with a Python that has digitpad."
    assert window.toast.sentence == told


def test_a_network_in_no_file_cannot_be_named_by_the_notebook(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.use(Model(Network([784, 10], seed=1)), unsaved=True)
    with qtbot.waitSignal(window.exporting.said):
        window.exporting.write_notebook(tmp_path / "chapter1.ipynb")
    assert (tmp_path / "chapter1.ipynb").read_text(encoding="utf-8") == notebook.build()
    assert window.toast.sentence.endswith("The default network reads in it, as the one in use is in no file.")


@pytest.mark.parametrize("folder", [".", "no folder"])
def test_one_is_written_after_the_other(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path, folder: str
) -> None:
    exporting = window.exporting
    with qtbot.waitSignal(exporting.said if folder == "." else exporting.failed):
        exporting.write_page(tmp_path / folder / "page.html")
        assert not any(action.isEnabled() for action in _exports(window))
    assert [action.isEnabled() for action in _exports(window)] == [True, True, True]


def _exports(window: MainWindow) -> list[QAction]:
    return [action for action in window.findChildren(QAction) if action.objectName().startswith("export_")]


def test_what_training_changes_meanwhile_is_not_in_it(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path
) -> None:
    expected = web_page.build(small)
    with qtbot.waitSignal(window.exporting.said):
        window.exporting.write_page(tmp_path / "page.html")
        small.network.parameters[:] = np.nan
    assert (tmp_path / "page.html").read_bytes() == expected


def test_where_it_cannot_be_written_that_is_said(
    window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.exporting.failed):
        window.exporting.write_page(tmp_path / "nowhere" / "page.html")
    assert "cannot be written" in window.toast.sentence
    assert not window.status.report.text()


def test_what_was_said_since_it_began_stays(window: MainWindow, small: Model, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.exporting.said):
        window.exporting.write_page(tmp_path / "page.html")
        window.session.drawings.reported.emit("Kept as a 3.")
    assert window.status.report.text() == "Kept as a 3."


def test_closing_waits_for_the_page(window: MainWindow, small: Model, tmp_path: Path) -> None:
    window.exporting.write_page(tmp_path / "page.html")
    window.close()
    assert web_page.is_page(tmp_path / "page.html")
