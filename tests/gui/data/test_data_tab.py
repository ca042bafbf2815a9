"""The Data tab: one's own drawings and all data sets, page by page."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data.formats.opening import open_digits
from digitpad.data.store import Store
from digitpad.data.strokes import read_strokes
from digitpad.errors import StoreError
from digitpad.gui.data.browser import PAGE_SIZE
from digitpad.gui.data.tab import DataTab
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow
from tests import digits
from tests.gui.data.conftest import drawn


def press(tab: DataTab, name: str) -> None:
    """Click a button of the tab."""
    button = tab.findChild(QToolButton, name)
    assert button is not None
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def click(tab: DataTab, index: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click an image on the page."""
    place = tab.gallery.visualRect(tab.gallery.model().index(index, 0)).center()
    QTest.mouseClick(tab.gallery.viewport(), Qt.MouseButton.LeftButton, keys, place)


def labels(tab: DataTab) -> list[int]:
    """The labels of the drawings on the page, as they are written below them."""
    tiles = tab.gallery.model()
    return [int(tiles.data(tiles.index(row, 0)).split()[0]) for row in range(tiles.rowCount())]


def choose(tab: DataTab, name: str) -> None:
    """Choose from the menu of files."""
    action = tab.findChild(QAction, name)
    assert action is not None
    action.trigger()


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file or folder on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, none))


# One's own drawings


def test_own_drawings_are_there_the_newest_first_and_counted(tab: DataTab) -> None:
    assert tab.heading.title.text() == "My digits"
    assert tab.sources.list.item(0).text() == "My digits  ·  25"
    assert labels(tab)[:5] == [4, 3, 2, 1, 0]
    assert tab.labels.button(4).text() == "4\n3"
    assert tab.labels.button(9).text() == "9\n2"
    assert tab.view.pager.where.text() == "1 to 25 of 25"
    assert not tab.view.pager.before.isEnabled()
    assert not tab.view.pager.after.isEnabled()
    assert not tab.remove.isEnabled()  # nothing is selected


def test_a_digit_is_shown_alone(tab: DataTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_4")
    assert labels(tab) == [4, 4, 4]
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_all")
    assert len(labels(tab)) == 25


def test_the_number_of_a_seat_has_room_below_a_drawing(tab: DataTab, drawings: Drawings, qtbot: QtBot) -> None:
    drawings.samples.add_many([replace(drawn(3, 9), writer="seat 28, a room")])
    drawings.refresh()
    qtbot.waitUntil(lambda: tab.gallery.count() == 26)
    caption = tab.gallery.model().index(0, 0).data()
    assert caption == "3 as 7 · seat 28"
    QApplication.sendPostedEvents()  # which lays it out
    cell = tab.gallery.visualRect(tab.gallery.model().index(0, 0))
    assert tab.gallery.fontMetrics().horizontalAdvance(caption) < cell.width() - 6  # Qt leaves three on each side


def test_the_ring_of_the_focus_lies_beside_the_images(tab: DataTab) -> None:
    first = tab.gallery.visualRect(tab.gallery.model().index(0, 0))
    place = first.translated(tab.gallery.viewport().pos())
    assert place.left() >= 4
    assert place.top() >= 4


def test_the_source_and_what_is_in_it_stand_on_one_line(tab: DataTab) -> None:
    def baseline(label: QLabel) -> int:
        metrics, inner = label.fontMetrics(), label.contentsRect()
        return label.y() + inner.y() + (inner.height() - metrics.height()) // 2 + metrics.ascent()

    heading = tab.heading
    assert heading.about.text() == "25 drawings, the newest first"
    assert abs(baseline(heading.title) - baseline(heading.about)) <= 1


def test_where_the_heading_has_little_room_less_is_told_and_no_word_is_cut(tab: DataTab) -> None:
    about = tab.heading.about
    assert about.shown == about.text() == "25 drawings, the newest first"
    about.resize(about.fontMetrics().horizontalAdvance("25 drawings, the newe"), about.height())
    assert about.shown == "25 drawings"


def test_removing_can_be_taken_back(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    click(tab, 0)
    click(tab, 1, Qt.KeyboardModifier.ControlModifier)
    before = [item.number for item in tab.browser.selected_items]
    assert len(before) == 2
    QTest.keyClick(tab.gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.gallery.count() == 23)
    assert window.toast.sentence == "Removed. You have 23 drawings now."
    QTest.keyClick(tab.gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)
    assert [item.number for item in tab.browser.page.items[:2]] == before
    tab.redo.trigger()
    qtbot.waitUntil(lambda: tab.gallery.count() == 23)


def test_without_drawings_the_keys_stay_on_the_tab(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    window.toast.say("This stays until it is closed.")
    click(tab, 0)
    click(tab, 24, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tab.gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(tab.gallery.isHidden)
    for _ in range(2):
        assert tab.view.hasFocus()
        window.tabs.setCurrentIndex(0)
        window.tabs.setCurrentWidget(window.tabs.data_page)
    tab.undo.trigger()
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)
    assert tab.gallery.hasFocus()


def test_each_change_can_be_taken_back_from_where_it_is_told(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    undo = window.toast.findChild(QToolButton, "said_action")
    assert undo
    file = tmp_path / "mine.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 2)
    before = labels(tab)
    for key, done, undone in (
        (Qt.Key.Key_Delete, "Removed. You have 24", "Brought back. You have 25"),
        (Qt.Key.Key_9, "1 drawing relabelled as 9.", "The label is as before."),
        (None, "2 drawings came from mine.jsonl.", "The import is taken back."),
    ):
        click(tab, 0)
        if key is None:
            window.opening.open(file)
        else:
            QTest.keyClick(tab.gallery, key)
        qtbot.waitUntil(lambda: labels(tab) != before)
        assert window.toast.sentence.startswith(done)
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: labels(tab) == before)
        assert window.toast.sentence.startswith(undone)
        assert not undo.isVisible()
    assert not window.session.history.data.canUndo()


def has_first(tab: DataTab, label: int) -> bool:
    return labels(tab)[0] == label


def test_what_was_taken_back_by_its_key_is_not_offered_any_more(
    tab: DataTab, window: MainWindow, drawings: Drawings, qtbot: QtBot
) -> None:
    for digit in (9, 8):
        click(tab, 0)
        QTest.keyClick(tab.gallery, Qt.Key(Qt.Key.Key_0 + digit))
        qtbot.waitUntil(partial(has_first, tab, digit))
    with qtbot.waitSignal(drawings.undone):
        QTest.keyClick(tab.gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: labels(tab)[0] == 9)
    undo = window.toast.findChild(QToolButton, "said_action")
    assert undo
    assert not undo.isVisible()


@pytest.mark.parametrize("held", ["NoModifier", "ShiftModifier", "GroupSwitchModifier", "KeypadModifier"])
def test_a_key_relabels_what_is_selected_wherever_the_keyboard_has_it(tab: DataTab, qtbot: QtBot, held: str) -> None:
    click(tab, 0)
    QTest.keyClick(tab.gallery, Qt.Key.Key_9, Qt.KeyboardModifier[held])
    qtbot.waitUntil(lambda: labels(tab)[0] == 9)
    assert tab.labels.button(9).text() == "9\n3"
    assert tab.gallery.selected() == [0]  # still selected, for a second thought
    press(tab, "undo")
    qtbot.waitUntil(lambda: labels(tab)[0] == 4)


def test_a_drawing_goes_back_on_the_canvas_as_strokes(
    tab: DataTab, window: MainWindow, drawings: Drawings, qtbot: QtBot
) -> None:
    click(tab, 0)
    (sample,) = drawings.samples.page(None, 0, 1)
    with qtbot.waitSignal(window.draw.answered):
        press(tab, "data_put")
    assert window.tabs.currentWidget() is window.draw
    drawing = window.draw.canvas.drawing
    assert len(drawing.strokes) == len(sample.strokes)
    np.testing.assert_allclose(drawing.strokes[0].points, sample.strokes[0])
    np.testing.assert_allclose(drawing.stages().image * 255, sample.image, atol=1)


def test_strokes_are_exported_and_imported_again(
    tab: DataTab,
    window: MainWindow,
    drawings: Drawings,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "mine.jsonl"
    monkeypatch.setattr("digitpad.gui.data.heading.ask_save", lambda *_: file)
    monkeypatch.setattr("digitpad.gui.data.heading.ask_open", lambda *_: file)
    with qtbot.waitSignal(drawings.reported):
        choose(tab, "export_strokes")
    assert window.status.report.text() == f"Written to {file}: 25 drawings."
    assert len(list(read_strokes(file))) == 25
    choose(tab, "import_strokes")
    qtbot.waitUntil(lambda: tab.gallery.count() == 50)
    assert window.toast.sentence == "25 drawings came from mine.jsonl. You have kept 50 so far."
    first, again = (list(drawings.samples.each())[i] for i in (0, 25))
    np.testing.assert_allclose(first.image.astype(int), again.image.astype(int), atol=1)
    np.testing.assert_allclose(first.strokes[0], again.strokes[0], atol=1e-5)
    press(tab, "undo")  # an import can be taken back too
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)


def test_pictures_are_exported_and_imported_again(
    tab: DataTab,
    window: MainWindow,
    drawings: Drawings,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "pictures"))
    with qtbot.waitSignal(drawings.reported):
        choose(tab, "export_pictures")
    assert len(list((tmp_path / "pictures" / "4").glob("*.png"))) == 3
    choose(tab, "import_pictures")
    qtbot.waitUntil(lambda: tab.gallery.count() == 50)
    samples = list(drawings.samples.each())
    of_four = [sample for sample in samples if sample.label == 4]
    np.testing.assert_array_equal(of_four[0].image, of_four[3].image)  # to the grey
    assert of_four[3].strokes == ()
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_4")
    click(tab, 0)
    with qtbot.waitSignal(window.draw.answered):
        press(tab, "data_put")  # a picture goes back as a picture
    assert window.draw.canvas.drawing.picture is not None
    np.testing.assert_allclose(window.draw.canvas.drawing.stages().image * 255, of_four[-1].image, atol=1)


def test_a_picture_that_cannot_be_read_is_told_and_the_others_come(
    tab: DataTab, window: MainWindow, drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    from digitpad.gui.services.picture_folder import write_pictures

    write_pictures(tmp_path / "p", list(drawings.samples.each())[:3])
    (tmp_path / "p" / "7").mkdir()
    (tmp_path / "p" / "7" / "x.png").write_bytes(b"no picture")
    with qtbot.waitSignal(drawings.failed):
        drop(window, tmp_path / "p")
    qtbot.waitUntil(lambda: tab.gallery.count() == 28)
    assert any(sentence.startswith("1 of 4 pictures were left out.") for sentence in window.toast.sentences)


def test_strokes_that_are_wrong_are_told_naming_the_line_and_those_before_it_are_kept(
    window: MainWindow, tab: DataTab, drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(json.dumps({"label": 3, "strokes": [[[1, 2], [3, 4]]]}) + "\n{}\n")
    with qtbot.waitSignal(drawings.failed) as told:
        drop(window, file)
    assert told.args
    assert "line 2 has no label from 0 to 9" in told.args[0]
    qtbot.waitUntil(lambda: drawings.total == 26)
    assert window.session.history.undoText() == "import wrong.jsonl"


def test_another_window_s_drawings_are_seen_when_the_tab_is_opened(
    window: MainWindow, tab: DataTab, qtbot: QtBot, tmp_path: Path
) -> None:
    window.tabs.setCurrentIndex(0)
    other = Store(tmp_path / "drawings.sqlite")
    other.add(next(other.each()))
    other.close()
    window.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: tab.gallery.count() == 26)


def test_with_nothing_kept_it_says_how_to_begin(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    tab.gallery.selectAll()
    press(tab, "data_remove")
    qtbot.waitUntil(tab.view.empty.isVisible)
    assert "Draw a digit and press its key" in tab.view.empty.text()
    assert not tab.learn.isEnabled()
    press(tab, "data_collect")
    assert window.tabs.currentWidget() is window.draw
    qtbot.waitUntil(window.draw.collecting.isVisible)


def test_a_damaged_database_is_set_aside_and_told(
    window: MainWindow, tab: DataTab, drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    drawings.samples.close()
    file = tmp_path / "drawings.sqlite"
    file.write_bytes(b"not what it was" * 1000)
    with qtbot.waitSignal(drawings.failed):
        drawings.refresh()
    assert "was damaged" in window.toast.sentence
    assert "drawings.broken-" in window.toast.sentence
    qtbot.waitUntil(lambda: drawings.total == 0)
    (aside,) = tmp_path.glob("drawings.broken-*.sqlite")
    assert aside.read_bytes().startswith(b"not what it was")
    assert not tab.undo.isEnabled()


# Data sets


def show_built_in(tab: DataTab, qtbot: QtBot) -> None:
    tab.show_set(paths.DIGITS)
    qtbot.waitUntil(lambda: tab.gallery.count() == PAGE_SIZE)


def test_a_set_is_shown_page_by_page(tab: DataTab, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    assert tab.heading.title.text() == "Built-in digits"
    assert tab.heading.about.text() == "10,000 to learn from, 2,000 for a test"
    assert tab.labels.button(None).text() == "all\n10,000"
    assert tab.view.pager.where.text() == "1 to 200 of 10,000"
    with qtbot.waitSignal(tab.shown):
        press(tab, "page_after")
    assert tab.view.pager.where.text() == "201 to 400 of 10,000"
    QTest.keyClick(tab.gallery, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.view.pager.where.text() == "1 to 200 of 10,000")
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_7")
    assert tab.view.pager.where.text() == "1 to 200 of 1,000"
    numbers = [item.number for item in tab.browser.page.items]
    training = open_digits(paths.DIGITS).training
    assert set(training.labels[numbers]) == {7}
    np.testing.assert_array_equal(tab.browser.page.images, training.images[numbers])
    with qtbot.waitSignal(tab.shown):
        press(tab, "show_test")
    assert tab.view.pager.where.text() == "1 to 200 of 200"
    assert not tab.view.pager.after.isEnabled()


def test_the_mean_of_each_digit_is_shown(tab: DataTab, qtbot: QtBot) -> None:
    with qtbot.waitSignals([tab.browser.means_changed] * 2):  # first none, then those of the set
        show_built_in(tab, qtbot)
    training = open_digits(paths.DIGITS).training
    for label in (0, 1):
        mean = training.images[training.labels == label].mean(axis=0)
        np.testing.assert_allclose(tab.browser.means[label], mean, atol=0.51)
    icons = [tab.labels.button(label).icon().pixmap(44, 44).toImage() for label in range(10)]
    assert all(one != other for i, one in enumerate(icons) for other in icons[:i])


def test_an_image_is_found_by_its_number_and_put_on_the_canvas(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    QTest.keyClicks(tab.view.pager.number, "4321")
    with qtbot.waitSignal(tab.shown):
        QTest.keyClick(tab.view.pager.number, Qt.Key.Key_Return)
    assert tab.view.pager.where.text() == "4,201 to 4,400 of 10,000"
    assert tab.gallery.selected() == [121]
    with qtbot.waitSignal(window.draw.answered):
        QTest.keyClick(tab.gallery, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.draw
    image = open_digits(paths.DIGITS).training.images[4321]
    np.testing.assert_allclose(window.draw.canvas.drawing.stages().image * 255, image, atol=1)


@pytest.mark.parametrize("typed", ["10000", "-1", "x", ""])
def test_a_number_that_is_none_is_told(tab: DataTab, qtbot: QtBot, typed: str) -> None:
    show_built_in(tab, qtbot)
    QTest.keyClicks(tab.view.pager.number, typed)
    QTest.keyClick(tab.view.pager.number, Qt.Key.Key_Return)
    assert tab.view.pager.allowed.text() == "a number from 0 to 9,999"
    assert tab.view.pager.where.text() == "1 to 200 of 10,000"
    tab.view.pager.number.clear()
    QTest.keyClicks(tab.view.pager.number, "0")
    QTest.keyClick(tab.view.pager.number, Qt.Key.Key_Return)
    assert tab.view.pager.allowed.text() == ""


def test_a_set_dropped_on_the_window_is_used_shown_and_remembered(
    tab: DataTab, window: MainWindow, preferences: Preferences, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = digits.folder(tmp_path / "bars")
    window.tabs.setCurrentIndex(0)
    drop(window, folder)
    qtbot.waitUntil(tab.isVisible)
    qtbot.waitUntil(lambda: tab.heading.title.text() == "bars" and tab.gallery.count() == 200)
    assert window.digits.current is not None
    assert window.digits.current.name == "bars"
    assert preferences.opened_data_sets == (folder,)
    assert preferences.data_set == folder
    tab.show_set(None)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)


def test_a_set_that_cannot_be_read_is_told_and_the_one_in_use_kept(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: window.digits.current is not None)
    before = window.digits.current
    (tmp_path / "mnist.npz").write_bytes(b"PK\3\4 and no more")
    with qtbot.waitSignal(window.opening.failed):
        drop(window, tmp_path / "mnist.npz")
    assert "mnist.npz: the zip file is damaged or cut off." in window.toast.sentence
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert window.digits.current is before


def test_images_that_were_turned_are_told(tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    part = open_digits(paths.DIGITS).test[:200]
    np.savez(tmp_path / "mine.npz", images=255 - part.images, labels=part.labels)
    with qtbot.waitSignal(window.digits.reported):
        drop(window, tmp_path / "mine.npz")
    assert "mine: the images were black on white; they were turned to be as MNIST's are." in (window.toast.sentence)
    assert window.digits.current is not None
    np.testing.assert_array_equal((window.digits.current.training + window.digits.current.test).images, part.images)


def test_a_set_that_cannot_be_looked_at_shows_why_and_nothing_of_another(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = digits.folder(tmp_path / "bars")
    drop(window, folder)
    qtbot.waitUntil(lambda: tab.heading.title.text() == "bars" and tab.gallery.count() == 200)
    window.digits.choose(paths.DIGITS)
    tab.show_set(None)
    qtbot.waitUntil(lambda: window.digits.path == paths.DIGITS and tab.gallery.count() == 25)
    for file in folder.iterdir():
        file.write_bytes(b"no digits")
    tab.gallery.selectAll()
    assert tab.remove.isEnabled()
    with qtbot.waitSignal(window.digits.failed):
        tab.show_set(folder)
    qtbot.waitUntil(lambda: tab.heading.about.text() == "")
    assert str(folder) in tab.view.empty.text()
    assert tab.gallery.count() == 0
    assert not tab.remove.isEnabled()
    tab.show_set(None)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)
    assert not tab.view.empty.isVisible()


def test_drawings_that_cannot_be_read_are_not_called_none(
    tab: DataTab, drawings: Drawings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreError("the drawings are locked.")

    monkeypatch.setattr(drawings.samples, "page", locked)
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_4")
    assert tab.view.empty.text() == "the drawings are locked."
    assert tab.gallery.count() == 0


def test_a_number_of_any_length_is_only_wrong(tab: DataTab, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    tab.view.pager.number.setText("9" * 5000)
    tab.view.pager.number.insert("9" * 5000)
    QTest.keyClick(tab.view.pager.number, Qt.Key.Key_Return)
    assert tab.view.pager.allowed.text() == "a number from 0 to 9,999"


def test_selecting_with_the_mouse_and_leaving_the_tab_hands_the_keys_back(tab: DataTab, window: MainWindow) -> None:
    click(tab, 0)
    assert tab.relabel[3].isEnabled()
    QTest.mouseClick(
        window.tabs.tabBar(), Qt.MouseButton.LeftButton, pos=window.tabs.tabBar().tabRect(0).center() + QPoint(0, 0)
    )
    assert window.tabs.currentWidget() is window.draw
    assert not tab.relabel[3].isEnabled()
    assert not tab.remove.isEnabled()
