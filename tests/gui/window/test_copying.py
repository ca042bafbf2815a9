"""A drawing is copied as a picture, which reads as the drawing did."""

import numpy as np
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.copying import SIDE_PX, picture_of
from digitpad.gui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def copied(window: MainWindow, qtbot: QtBot) -> QImage:
    with qtbot.waitSignal(window.copying.reported):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().image()


def test_what_is_copied_can_be_pasted_and_reads_the_same(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    before = window.draw.reading
    image = copied(window, qtbot)
    assert (image.width(), image.height()) == (SIDE_PX, SIDE_PX)
    assert (image.pixelColor(0, 0).name(), image.pixelColor(SIDE_PX - 1, 200).name()) == ("#ffffff", "#ffffff")
    with qtbot.waitSignal(window.opening.picture_read), qtbot.waitSignal(window.draw.answered):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_V, CTRL)
    after = window.draw.reading
    assert before
    assert after
    assert after.digit == before.digit == 3
    assert np.abs(after.outputs - before.outputs).max() < 0.1


def test_strokes_and_pictures_are_copied_where_they_are() -> None:
    ink = np.ones((10, 10), np.float32)
    drawing = Drawing(
        (Stroke(np.array([[0.1, 0.1, 1.0], [0.1, 0.4, 1.0]]), 0.05),), Picture(ink, (0.5, 0.5, 0.25, 0.25))
    )
    image = picture_of(drawing)

    def dark(x: float, y: float) -> bool:
        return image.pixelColor(round(x * SIDE_PX), round(y * SIDE_PX)).lightness() < 20

    assert [dark(0.1, 0.1), dark(0.1, 0.4), dark(0.6, 0.6), dark(0.74, 0.51)] == [True] * 4
    assert [dark(0.1, 0.5), dark(0.2, 0.2), dark(0.45, 0.6), dark(0.77, 0.6)] == [False] * 4


def test_where_there_is_nothing_to_copy_the_clipboard_stays(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("mine")
    with qtbot.waitSignal(window.copying.failed):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_C, CTRL)
    assert window.toast.sentence == "There is no drawing to copy: draw one first."
    window.tabs.setCurrentWidget(window.tabs.data_page)
    with qtbot.waitSignal(window.copying.failed):
        QTest.keyClick(window.data, Qt.Key.Key_C, CTRL)
    assert window.toast.sentence == "There is no digit to copy: select one first."
    assert QGuiApplication.clipboard().text() == "mine"


def test_every_tab_has_something_to_copy(window: MainWindow, qtbot: QtBot) -> None:
    pages = (window.tabs.train_page, "curves are"), (window.tabs.explore_page, "page's picture is")
    for page, what in pages:
        window.tabs.setCurrentWidget(page)
        with qtbot.waitSignal(window.copying.reported) as told:
            QTest.keyClick(page, Qt.Key.Key_C, CTRL)
        assert told.args == [f"The {what} in the clipboard, as a picture."]
        image = QGuiApplication.clipboard().image()
        assert min(image.width(), image.height()) > 200
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(colours) > 3
    window.tabs.setCurrentWidget(window.tabs.data_page)
    data = window.data
    data.show_set(paths.DIGITS)
    qtbot.waitUntil(lambda: data.gallery.count() > 0)
    data.gallery.select([4])
    with qtbot.waitSignal(window.copying.reported):
        QTest.keyClick(data.gallery, Qt.Key.Key_C, CTRL)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.pixelColor(0, 0).name()) == (SIDE_PX, "#ffffff")
    drawing = data.selected
    assert drawing
    assert image.convertToFormat(QImage.Format.Format_RGB32) == picture_of(drawing)


def test_a_page_that_is_being_opened_is_copied_once_it_is_there(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    window.explore.list.setCurrentRow(9)
    with qtbot.waitSignal(window.copying.reported):
        QTest.keyClick(window.explore.list, Qt.Key.Key_C, CTRL)
        assert window.explore.busy
    assert QGuiApplication.clipboard().image().width() > 200


def test_in_a_field_text_is_copied(window: MainWindow) -> None:
    draw(window.draw.canvas, [THREE])
    field = QLineEdit("words", window.draw)
    field.show()
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "words"


def test_that_there_was_nothing_to_copy_is_settled_when_something_is(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.draw.canvas, Qt.Key.Key_C, CTRL)
    assert window.toast.sentence == "There is no drawing to copy: draw one first."
    draw(window.draw.canvas, [THREE])
    copied(window, qtbot)
    assert not window.toast.sentence


def test_off_screen_nothing_of_python_s_is_in_the_clipboard_when_the_program_ends(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.copying.copied):
        window.copying.copy()
    assert QGuiApplication.clipboard().mimeData().hasImage()
    window.close()
    left: QMimeData | None = QGuiApplication.clipboard().mimeData()  # none at all: PySide6's types do not know that
    assert left is None or not left.formats()
