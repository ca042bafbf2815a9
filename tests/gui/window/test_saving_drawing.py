"""A drawing is saved as PNG or SVG, and copied as both."""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.svg import svg_of
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.preferences import Appearance
from digitpad.gui.window.copying import picture_of
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.saving_drawing import SIDE_PX
from tests.gui import hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The name that the dialog returns, without an ending."""
    name = tmp_path / "mine"
    monkeypatch.setattr("digitpad.gui.window.saving_drawing.ask_save", lambda *_: Path(os.environ["NAMED"]))
    monkeypatch.setenv("NAMED", f"{name}.png")
    return name


def greys(image: QImage) -> np.ndarray:
    """Return how light each pixel is, (h, w), from 0 to 255."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].astype(int)


def as_shown_elsewhere(svg: bytes, side: int) -> QImage:
    """Return an SVG file as another program shows it, on a red table: what of it is paper is white."""
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    with QPainter(image) as painter:
        renderer.render(painter)
    return image


PRESSED = np.column_stack([THREE[:, 0] * 0.5, THREE[:, 1] * 0.5, np.linspace(0.3, 1, len(THREE))])


@pytest.mark.parametrize(
    "drawing",
    [
        Drawing((Stroke(np.column_stack([THREE, np.ones(len(THREE))]), 0.055),)),
        Drawing((Stroke(PRESSED, 0.1), Stroke(np.array([[0.8, 0.8, 1.0]]), 0.12))),
        Drawing(
            (Stroke(np.array([[0.1, 0.1, 1.0], [0.1, 0.9, 1.0]]), 0.02),),
            Picture(np.eye(3, dtype=np.float32).repeat(20, axis=0).repeat(20, axis=1), (0.3, 0.2, 0.6, 0.6)),
        ),
    ],
    ids=["even", "pressed", "picture"],
)
def test_elsewhere_an_svg_looks_as_the_canvas_does(drawing: Drawing) -> None:
    shown = as_shown_elsewhere(svg_of(drawing), 512)
    assert shown.pixelColor(0, 0).name() == shown.pixelColor(511, 511).name() == "#ffffff"
    difference = np.abs(greys(shown) - greys(picture_of(drawing, 512)))
    assert (difference > 100).mean() < 0.002  # along the edges a little
    assert difference.mean() < 1
    assert (greys(shown) < 50).mean() > 0.01


def test_a_drawing_is_saved_as_png_by_its_key(window: MainWindow, qtbot: QtBot, named: Path) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    read = window.draw.reading
    window.looks.choose(Appearance.DARK)
    with qtbot.waitSignal(window.saving_drawing.saved):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert window.status.report.text() == "The drawing is saved in mine.png."
    image = QImage(f"{named}.png")
    assert (image.width(), image.height()) == (SIDE_PX, SIDE_PX) == (1024, 1024)
    assert not image.hasAlphaChannel()
    assert image.pixelColor(0, 0).name() == "#ffffff"
    assert greys(image).min() == 0
    with qtbot.waitSignal(window.opening.picture_read), qtbot.waitSignal(window.draw.answered):
        window.opening.open(Path(f"{named}.png"))
    assert window.draw.reading
    assert read
    assert window.draw.reading.digit == read.digit == 3


def test_the_ending_says_whether_it_is_svg(
    window: MainWindow, qtbot: QtBot, named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(window.draw.canvas, [THREE])
    monkeypatch.setenv("NAMED", f"{named}.SVG")
    with qtbot.waitSignal(window.saving_drawing.saved):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert Path(f"{named}.SVG").read_bytes() == svg_of(window.draw.canvas.drawing)
    for ending, complaint in ((".jpg", "ends in .png or .svg"), ("/no/folder.png", "cannot be written")):
        monkeypatch.setenv("NAMED", f"{named}{ending}")
        with qtbot.waitSignal(window.saving_drawing.failed):
            QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
        assert complaint in window.toast.sentence
    assert [one.name for one in named.parent.iterdir() if one.is_file()] == ["mine.SVG"]
    monkeypatch.setenv("NAMED", f"{named}.png")
    with qtbot.waitSignal(window.saving_drawing.saved):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert not window.toast.sentence


def test_the_folder_of_pictures_is_where_the_dialog_begins(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(window.draw.canvas, [THREE])
    asked = list[object]()
    monkeypatch.setattr("digitpad.gui.window.saving_drawing.ask_save", lambda *given: asked.extend(given))
    window.folders.remember(FileKind.PICTURE, tmp_path)
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert asked[1:4] == [FileKind.PICTURE, "Save the drawing", "drawing"]


def test_where_there_is_nothing_to_save_nobody_is_asked_for_a_file(
    window: MainWindow, qtbot: QtBot, named: Path
) -> None:
    with qtbot.waitSignal(window.saving_drawing.failed):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert window.toast.sentence == "There is no drawing to save: draw one first."
    window.tabs.setCurrentWidget(window.tabs.data_page)
    data = window.data
    with qtbot.waitSignal(window.saving_drawing.failed):
        QTest.keyClick(data, Qt.Key.Key_D, CTRL)
    assert window.toast.sentence == "There is no digit to save: select one first."
    data.show_set(paths.DIGITS)
    qtbot.waitUntil(lambda: data.gallery.count() > 0)
    data.gallery.select([4])
    with qtbot.waitSignal(window.saving_drawing.saved):
        QTest.keyClick(data.gallery, Qt.Key.Key_D, CTRL)
    selected = data.selected
    assert selected
    saved = QImage(f"{named}.png").convertToFormat(QImage.Format.Format_RGB32)
    assert saved == picture_of(selected, SIDE_PX)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_earlier_drawing_is_saved_and_copied_by_its_menu(window: MainWindow, qtbot: QtBot, named: Path) -> None:
    tab = window.draw
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    three = tab.canvas.drawing
    tab.canvas.clear()
    draw(tab.canvas, [hands.LINE])
    QTest.keyClick(tab.canvas, Qt.Key.Key_H)
    assert tab.strip
    tab.strip.gallery.setFocus()
    place = tab.strip.gallery.visualRect(tab.strip.gallery.currentIndex()).center()

    def choose(name: str) -> None:
        assert tab.strip
        tab.strip.gallery.customContextMenuRequested.emit(place)
        menu = tab.strip.findChildren(QMenu, "earlier_menu")[-1]
        next(one for one in menu.actions() if one.objectName() == name).trigger()
        menu.close()

    with qtbot.waitSignal(window.saving_drawing.saved):
        choose("save_earlier")
    assert QImage(f"{named}.png").convertToFormat(QImage.Format.Format_RGB32) == picture_of(three, SIDE_PX)
    with qtbot.waitSignal(window.copying.copied):
        choose("copy_earlier")
    assert QGuiApplication.clipboard().mimeData().data("image/svg+xml").data() == svg_of(three)


def test_a_drawing_is_copied_as_pixels_and_as_svg(window: MainWindow, qtbot: QtBot) -> None:
    draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.copying.copied):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.data("image/svg+xml").data() == svg_of(window.draw.canvas.drawing)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    with qtbot.waitSignal(window.copying.copied):
        QTest.keyClick(window.tabs.explore_page, Qt.Key.Key_C, CTRL)
    assert not QGuiApplication.clipboard().mimeData().hasFormat("image/svg+xml")


def test_the_menu_tells_its_key(window: MainWindow) -> None:
    save = window.findChild(QAction, "save_drawing")
    assert save
    assert save.shortcut().toString() == "Ctrl+D"


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_kind_that_is_chosen_gives_the_ending(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    draw(window.draw.canvas, [THREE])
    window.folders.remember(FileKind.PICTURE, tmp_path)

    def choose(dialog: QFileDialog) -> bool:
        kind = next(each for each in dialog.nameFilters() if ending in each)
        dialog.selectNameFilter(kind)
        dialog.filterSelected.emit(kind)
        dialog.accept()
        return True

    monkeypatch.setattr(QFileDialog, "exec", choose)
    with qtbot.waitSignal(window.saving_drawing.saved):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_D, CTRL)
    assert [one.name for one in tmp_path.iterdir()] == [f"drawing.{ending}"]
