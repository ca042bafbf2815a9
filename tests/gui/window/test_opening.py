"""Opening pictures and networks, good and bad, by menu, clipboard and drop."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hands import drag_in
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.gui.demo import THREE
from digitpad.gui.draw.number_view import NumberView
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui import hands


def picture_of_three(side: int = 200) -> QImage:
    """Return a dark three on white paper, drawn with a pen of ordinary width."""
    greys = Drawing((Stroke(np.column_stack([THREE, np.ones(len(THREE))]), 0.05),)).stages().ink
    paper = np.full((side, side), 255, dtype=np.uint8)
    height, width = greys.shape
    paper[50 : 50 + height, 60 : 60 + width] = np.round(255 * (1 - greys))
    return QImage(paper.tobytes(), side, side, side, QImage.Format.Format_Grayscale8).copy()


def answer(window: MainWindow) -> str:
    return window.draw.answer.answer.text()


def said(window: MainWindow) -> str:
    assert window.toast.sentence
    return window.toast.sentence


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp"])
def test_a_picture_from_a_file_is_read(window: MainWindow, qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"three.{ending}"
    assert picture_of_three().save(str(file))
    with qtbot.waitSignal(window.draw.answered):
        window.opening.open_picture(file)
    assert answer(window) == "3"
    assert not window.toast.sentence


@pytest.mark.parametrize("pasted", [False, True])
def test_a_picture_of_several_digits_is_read_as_a_number(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, pasted: bool
) -> None:
    image = QImage(440, 260, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        for left in (10, 130, 250):
            painter.drawImage(left, 30, picture_of_three(180).copy(50, 0, 130, 180))
    file = tmp_path / "333.png"
    assert image.save(str(file))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(window.draw.answered):
        if pasted:
            window.opening.paste()
        else:
            window.opening.open_picture(file)
    number = window.findChild(NumberView)
    assert number is not None
    assert number.accessibleName() == "Number 333"


def test_where_nothing_was_ever_copied_there_is_no_picture_to_paste(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: SimpleNamespace(mimeData=lambda: None))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "The clipboard holds no picture" in window.toast.sentence


def test_a_pasted_picture_is_read_and_undo_brings_the_drawing_back(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        hands.drag(window.draw.canvas, np.array([[0.5, 0.2], [0.5, 0.5], [0.5, 0.8]]))
    assert answer(window) == "1"
    QGuiApplication.clipboard().setImage(picture_of_three())
    with qtbot.waitSignal(window.draw.answered):
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert answer(window) == "3"
    with qtbot.waitSignal(window.draw.answered):
        window.draw.undo.trigger()
    assert answer(window) == "1"


def test_drawing_on_a_picture_adds_to_it_and_the_eraser_takes_from_it(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    QGuiApplication.clipboard().setImage(picture_of_three())
    with qtbot.waitSignal(window.draw.answered):
        window.opening.paste()
    alone = canvas.drawing.stages().image
    hands.drag(canvas, hands.LINE)
    assert canvas.drawing.picture is not None
    assert len(canvas.drawing.strokes) == 1
    assert not np.array_equal(canvas.drawing.stages().image, alone)
    canvas.undo()
    hands.drag(canvas, THREE[:20], Qt.MouseButton.RightButton)
    assert canvas.drawing.stages().image.sum() < alone.sum()


WITH: Any = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def welcome(window: MainWindow, data: QMimeData) -> bool:
    """Drag ``data`` into the window, and return whether it may be dropped there."""
    return drag_in(window, data, QPoint(100, 100))


def drop(window: MainWindow, data: QMimeData) -> None:
    assert welcome(window, data)
    action, *pressed = WITH
    QApplication.sendEvent(window, QDropEvent(QPointF(100, 100), action, data, *pressed))


def test_a_dropped_picture_is_read(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "three.png"
    picture_of_three().save(str(file))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(window.draw.answered):
        drop(window, data)
    assert answer(window) == "3"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("digits.mat", b"MATLAB 5.0 MAT-file", "a MATLAB file"),
        ("digits.parquet", b"PAR1", "a Parquet file"),
        ("digits.h5", b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
        ("digits.arff", b"@relation digits", "an ARFF file"),
        ("digits", b"words", "not a set of digits"),
    ],
)
def test_a_dropped_file_of_another_kind_is_told_what_is_read(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    (tmp_path / name).write_bytes(content)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    with qtbot.waitSignal(window.opening.failed):
        drop(window, data)
    assert f"{name}: this is {what}; digits are read from IDX files like MNIST's" in said(window)


def test_a_dropped_table_of_something_else_is_told_what_a_line_has(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "digits.csv").write_text("id,label\n1,2\n")
    with qtbot.waitSignal(window.opening.failed):
        window.opening.open(tmp_path / "digits.csv")
    assert "a line of this table has 2 values; a digit's has 785" in said(window)


def test_a_picture_is_known_by_its_content(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    picture_of_three().save(str(tmp_path / "three"), "PNG")  # type: ignore[call-overload]
    with qtbot.waitSignal(window.draw.answered):
        window.opening.open(tmp_path / "three")
    assert answer(window) == "3"


def test_a_zip_file_of_pictures_and_the_lines_of_quick_draw_become_drawings(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    picture_of_three().save(str(tmp_path / "three.png"))
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as file:
        file.write(tmp_path / "three.png", "training/3/three.png")
    (tmp_path / "seven.ndjson").write_text('{"word": "seven", "drawing": [[[0, 9, 4], [0, 0, 9], [0, 16, 33]]]}\n')
    drawings = window.session.drawings
    window.opening.open(tmp_path / "mine.zip")
    qtbot.waitUntil(lambda: drawings.counts[3] == 1)
    with qtbot.waitSignal(drawings.failed):
        window.opening.open(tmp_path / "seven.ndjson")
    qtbot.waitUntil(lambda: drawings.counts[7] == 1)
    left_out = "seven.ndjson: its third numbers were taken for times, not pressures, and left out."
    assert any(left_out in sentence for sentence in window.toast.sentences)


def test_a_dropped_network_is_used(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    model_file.save(file, Model(Network([784, 12, 10], seed=3), Provenance(name="mine")))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(window.draw.answered):
        drop(window, data)
    assert window.status.network.text().split() == ["mine", "·", "784-12-10"]


def test_a_network_whose_curves_cannot_be_shown_is_used_and_that_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mine.safetensors"
    odd = Provenance(name="mine", epochs="1", recipe="{}", curves="[]")
    model_file.save(file, Model(Network([784, 12, 10], seed=3), odd))
    window.opening.open_network(file)
    qtbot.waitUntil(lambda: window.session.path == file)
    assert "settings and curves that come with mine cannot be shown" in said(window)
    assert window.session.trainer.runs == []


BAD_PICTURES: dict[str, Callable[[Path], object]] = {
    "no such file": lambda file: None,
    "the file is empty": lambda file: file.touch(),
    "not a PNG, JPEG, BMP, GIF, WebP or TIFF picture": lambda file: file.write_text("no picture at all"),
    "the picture is cut off": lambda file: cut_off(file),
    "the picture is blank": lambda file: blank().save(str(file)),
    "it is not a file": lambda file: file.mkdir(),
    "20000 x 20000 pixels": lambda file: huge(file),
    "too small": lambda file: blank(2).save(str(file)),
}


def blank(side: int = 100) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def cut_off(file: Path) -> None:
    picture_of_three().save(str(file))
    file.write_bytes(file.read_bytes()[:300])


def huge(file: Path) -> None:
    """Write a PNG whose header promises 400 million pixels."""
    import struct
    import zlib

    header = struct.pack(">IIBBBBB", 20000, 20000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = b"IDAT" + zlib.compress(bytes(1000))
    file.write_bytes(start + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data)))


@pytest.mark.parametrize("complaint", BAD_PICTURES)
def test_a_bad_picture_is_explained_in_one_sentence_and_nothing_is_lost(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, complaint: str
) -> None:
    with qtbot.waitSignal(window.draw.answered):
        hands.drag(window.draw.canvas, THREE)
    file = tmp_path / "photo.png"
    BAD_PICTURES[complaint](file)
    window.opening.open_picture(file)
    qtbot.waitUntil(lambda: bool(window.toast.sentence))
    assert complaint in said(window)
    assert str(file) in said(window)
    assert answer(window) == "3"
    close = window.toast.findChild(QToolButton, "close_notice")
    assert isinstance(close, QToolButton)
    close.click()
    assert not window.toast.sentence


def test_a_bad_network_is_explained_and_the_one_in_use_stays(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = window.session.model
    file = tmp_path / "broken.safetensors"
    file.write_bytes(b"\x08\0\0\0\0\0\0\0{}")
    window.opening.open_network(file)
    qtbot.waitUntil(lambda: bool(window.toast.sentence))
    assert str(file) in said(window)
    assert window.session.model is before
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.toast.sentence


def test_pasting_without_a_picture_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("seven")
    window.opening.paste()
    assert "clipboard holds no picture" in said(window)


@pytest.mark.parametrize("offered", [None, 5, "seven", [1, 2], QImage()], ids=lambda offered: type(offered).__name__)
def test_what_is_offered_as_a_picture_and_is_none_is_told(window: MainWindow, qtbot: QtBot, offered: object) -> None:
    data = QMimeData()
    data.setImageData(offered)
    with qtbot.waitSignal(window.opening.failed):
        drop(window, data)
    assert said(window) == "There is no picture."


def test_a_picture_as_another_part_of_qt_holds_it_is_read(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setImageData(QPixmap.fromImage(picture_of_three()))
    with qtbot.waitSignal(window.draw.answered):
        drop(window, data)
    assert answer(window) == "3"


def test_an_address_of_no_file_is_not_the_folder_one_is_in(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("file://"), QUrl("file:")])
    assert not welcome(window, data)


def test_a_dropped_text_is_not_welcome(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("seven")
    assert not welcome(window, data)


def test_closing_in_the_middle_of_reading_a_picture_waits_for_it(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "three.png"
    picture_of_three(2000).save(str(file))
    window.opening.open_picture(file)
    assert window.close()


def test_the_network_in_use_stays_until_another_is_loaded_and_the_newest_wins(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before, files = window.session.model, [tmp_path / f"{i}.safetensors" for i in range(3)]
    for i, file in enumerate(files):
        model_file.save(file, Model(Network([784, 10], seed=i), Provenance(name=f"number {i}")))
    used: list[str] = []
    window.session.model_changed.connect(lambda: used.append(window.session.model.provenance.name))
    for file in files:
        window.opening.open_network(file)
    assert window.session.model is before
    qtbot.waitUntil(lambda: window.session.path == files[-1])
    assert used == ["number 2"]


def test_closing_in_the_middle_of_loading_a_network_waits_for_it(window: MainWindow, tmp_path: Path) -> None:
    before, file = window.session.model, tmp_path / "large.safetensors"
    model_file.save(file, Model(Network([784, 2000, 2000, 10], seed=1)))
    window.opening.open_network(file)
    assert window.close()
    QApplication.processEvents()
    assert window.session.model is before
