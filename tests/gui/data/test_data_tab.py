"""The Data tab: one's own drawings and all data sets, page by page."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data.store import Samples
from digitpad.data.strokes import read_strokes
from digitpad.errors import DataError
from digitpad.gui.data import tab as module
from digitpad.gui.data.tab import DataTab
from digitpad.gui.window.main_window import MainWindow
from tests import digits


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
    """The labels of the drawings on the page."""
    assert tab._page is not None
    return [sample.label for sample in tab._page.things]  # type: ignore[union-attr]


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file or folder on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, none))


# One's own drawings


def test_own_drawings_are_there_the_newest_first_and_counted(tab: DataTab) -> None:
    assert tab.title.text() == "My digits"
    assert tab.sources.item(0).text() == "My digits  ·  25"
    assert labels(tab)[:5] == [4, 3, 2, 1, 0]
    assert tab.labels.button(4).text() == "4\n3"
    assert tab.labels.button(9).text() == "9\n2"
    assert tab.where.text() == "1 to 25 of 25"
    assert not tab.before.isEnabled()
    assert not tab.after.isEnabled()
    assert not tab.remove.isEnabled()  # nothing is selected


def test_a_digit_is_shown_alone(tab: DataTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_4")
    assert labels(tab) == [4, 4, 4]
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_all")
    assert len(labels(tab)) == 25


def test_removing_can_be_taken_back(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    click(tab, 0)
    click(tab, 1, Qt.KeyboardModifier.ControlModifier)
    before = [sample.id for sample in tab.selected]
    assert len(before) == 2
    QTest.keyClick(tab.gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.gallery.count() == 23)
    assert window.told_label.text().startswith("Removed. 23 are kept")
    QTest.keyClick(tab.gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)
    assert tab._page is not None
    assert [sample.id for sample in tab._page.things[:2]] == before  # type: ignore[union-attr]
    tab.redo.trigger()
    qtbot.waitUntil(lambda: tab.gallery.count() == 23)


def test_a_key_relabels_what_is_selected(tab: DataTab, qtbot: QtBot) -> None:
    click(tab, 0)
    QTest.keyClick(tab.gallery, Qt.Key.Key_9)
    qtbot.waitUntil(lambda: labels(tab)[0] == 9)
    assert tab.labels.button(9).text() == "9\n3"
    assert tab.selected[0].label == 9  # still selected, for a second thought
    press(tab, "data_undo")
    qtbot.waitUntil(lambda: labels(tab)[0] == 4)


def test_a_drawing_goes_back_on_the_canvas_as_strokes(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    click(tab, 0)
    sample = tab.selected[0]
    with qtbot.waitSignal(window.draw.answered):
        press(tab, "data_put")
    assert window.tabs.currentWidget() is window.draw
    drawing = window.draw.canvas.drawing
    assert len(drawing.strokes) == len(sample.strokes)
    np.testing.assert_allclose(drawing.strokes[0].points, sample.strokes[0])
    np.testing.assert_allclose(drawing.stages().image * 255, sample.image, atol=1)


def test_strokes_are_exported_and_imported_again(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    with qtbot.waitSignal(window._session.drawings.reported):
        tab._ask_export_strokes()
    assert window.told_label.text() == f"Written to {file}: 25 drawings."
    assert len(read_strokes(file)) == 25
    tab._ask_import_strokes()
    qtbot.waitUntil(lambda: tab.gallery.count() == 50)
    assert window.told_label.text() == "25 drawings came from mine.jsonl. You have kept 50 so far."
    first, again = (list(window._session.drawings.samples.each())[i] for i in (0, 25))
    np.testing.assert_allclose(first.image.astype(int), again.image.astype(int), atol=1)
    np.testing.assert_allclose(first.strokes[0], again.strokes[0], atol=1e-5)
    press(tab, "data_undo")  # an import can be taken back too
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)


def test_pictures_are_exported_and_imported_again(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "pictures"))
    with qtbot.waitSignal(window._session.drawings.reported):
        tab._ask_export_pictures()
    assert len(list((tmp_path / "pictures" / "4").glob("*.png"))) == 3
    tab._ask_import_pictures()
    qtbot.waitUntil(lambda: tab.gallery.count() == 50)
    samples = list(window._session.drawings.samples.each())
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
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from digitpad.gui.services.picture_folder import write_pictures

    write_pictures(tmp_path / "p", list(window._session.drawings.samples.each())[:3])
    (tmp_path / "p" / "7").mkdir()
    (tmp_path / "p" / "7" / "x.png").write_bytes(b"no picture")
    with qtbot.waitSignal(window._session.drawings.failed):
        drop(window, tmp_path / "p")
    assert window.notice.label.accessibleName().startswith("1 of 4 pictures were left out.")
    qtbot.waitUntil(lambda: tab.gallery.count() == 28)


def test_strokes_that_are_wrong_are_told_naming_the_line(
    window: MainWindow, tab: DataTab, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(json.dumps({"label": 3, "strokes": [[[1, 2], [3, 4]]]}) + "\n{}\n")
    with qtbot.waitSignal(window._session.drawings.failed):
        drop(window, file)
    assert "line 2 has no label from 0 to 9" in window.notice.label.text()
    assert window._session.drawings.total == 25


def test_another_window_s_drawings_are_seen_when_the_tab_is_opened(
    window: MainWindow, tab: DataTab, qtbot: QtBot, tmp_path: Path
) -> None:
    window.tabs.setCurrentIndex(0)
    other = Samples(tmp_path / "drawings.sqlite")
    other.add(next(other.each()))
    other.close()
    window.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: tab.gallery.count() == 26)


def test_with_nothing_kept_it_says_how_to_begin(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    tab.gallery.selectAll()
    press(tab, "data_remove")
    qtbot.waitUntil(tab.empty.isVisible)
    assert "Draw a digit and press its key" in tab.empty.text()
    assert not tab.learn.isEnabled()
    press(tab, "data_collect")
    assert window.tabs.currentWidget() is window.draw
    qtbot.waitUntil(window.draw.collecting.isVisible)


def test_a_damaged_database_is_set_aside_and_told(
    window: MainWindow, tab: DataTab, qtbot: QtBot, tmp_path: Path
) -> None:
    drawings = window._session.drawings
    drawings.samples.close()
    file = tmp_path / "drawings.sqlite"
    file.write_bytes(b"not what it was" * 1000)
    with qtbot.waitSignal(drawings.failed):
        drawings.refresh()
    assert "was damaged" in window.notice.label.text()
    assert "drawings.broken-" in window.notice.label.text()
    qtbot.waitUntil(lambda: drawings.total == 0)
    (aside,) = tmp_path.glob("drawings.broken-*.sqlite")
    assert aside.read_bytes().startswith(b"not what it was")
    assert not tab.undo.isEnabled()


# Data sets


def show_built_in(tab: DataTab, qtbot: QtBot) -> None:
    tab.show_set(paths.DIGITS)
    qtbot.waitUntil(lambda: tab._page is not None and tab.gallery.count() == module.PAGE)


def test_a_set_is_shown_page_by_page(tab: DataTab, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    assert tab.title.text() == "Built-in digits"
    assert tab.about.text() == "10,000 to learn from, 2,000 for a test"
    assert tab.labels.button(-2).text() == "all\n10,000"
    assert tab.where.text() == "1 to 200 of 10,000"
    press(tab, "page_after")
    assert tab.where.text() == "201 to 400 of 10,000"
    QTest.keyClick(tab.gallery, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.where.text() == "1 to 200 of 10,000")
    press(tab, "label_7")
    assert tab.where.text() == "1 to 200 of 1,000"
    assert tab._page is not None
    assert tab._digits is not None
    assert set(tab._digits.training.labels[np.array(tab._page.things)]) == {7}
    with qtbot.waitSignal(tab.shown):
        press(tab, "part_test")
    assert tab.where.text() == "1 to 200 of 200"
    assert not tab.after.isEnabled()


def test_the_mean_of_each_digit_is_shown(tab: DataTab, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    assert tab._digits is not None
    training = tab._digits.training
    assert tab._shelf is not None
    for label in (0, 1):
        mean = training.images[training.labels == label].mean(axis=0)
        np.testing.assert_allclose(tab._shelf.means[label], mean, atol=0.51)  # type: ignore[attr-defined]
    icons = [tab.labels.button(label).icon().pixmap(44, 44).toImage() for label in range(10)]
    assert all(one != other for i, one in enumerate(icons) for other in icons[:i])


def test_an_image_is_found_by_its_number_and_put_on_the_canvas(tab: DataTab, window: MainWindow, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    assert tab._digits is not None
    QTest.keyClicks(tab.number, "4321")
    QTest.keyClick(tab.number, Qt.Key.Key_Return)
    assert tab.where.text() == "4,201 to 4,400 of 10,000"
    assert tab.selected == [4321]
    with qtbot.waitSignal(window.draw.answered):
        QTest.keyClick(tab.gallery, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.draw
    image = tab._digits.training.images[4321]
    np.testing.assert_allclose(window.draw.canvas.drawing.stages().image * 255, image, atol=1)


@pytest.mark.parametrize("typed", ["10000", "-1", "x", ""])
def test_a_number_that_is_none_is_told(tab: DataTab, qtbot: QtBot, typed: str) -> None:
    show_built_in(tab, qtbot)
    QTest.keyClicks(tab.number, typed)
    QTest.keyClick(tab.number, Qt.Key.Key_Return)
    assert tab.allowed.text() == "a number from 0 to 9,999"
    assert tab.where.text() == "1 to 200 of 10,000"
    tab.number.clear()
    QTest.keyClicks(tab.number, "0")
    QTest.keyClick(tab.number, Qt.Key.Key_Return)
    assert tab.allowed.text() == ""


def test_a_set_dropped_on_the_window_is_used_shown_and_remembered(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = digits.folder(tmp_path / "bars")
    window.tabs.setCurrentIndex(0)
    drop(window, folder)
    assert window.tabs.currentWidget() is window._data_page
    qtbot.waitUntil(lambda: tab.title.text() == "bars" and tab.gallery.count() == 200)
    assert window.digits.current is not None
    assert window.digits.current.name == "bars"
    assert window._settings.get("opened", list[str]()) == [str(folder)]
    assert window._settings.get("digits", "") == str(folder)
    tab.show_set(None)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)


def test_a_set_that_cannot_be_read_is_told_and_the_one_in_use_kept(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: window.digits.current is not None)
    before = window.digits.current
    (tmp_path / "mnist.npz").write_bytes(b"PK\3\4 and no more")
    with qtbot.waitSignal(window.digits.failed):
        drop(window, tmp_path / "mnist.npz")
    assert "mnist.npz: the npz file is damaged or cut off." in window.notice.label.accessibleName()
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert window.digits.current is before


def test_a_set_that_cannot_be_looked_at_shows_why_and_nothing_of_another(
    tab: DataTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = digits.folder(tmp_path / "bars")
    drop(window, folder)
    qtbot.waitUntil(lambda: tab.title.text() == "bars" and tab.gallery.count() == 200)
    window.digits.choose(paths.DIGITS)
    tab.show_set(None)
    qtbot.waitUntil(lambda: window.digits.path == paths.DIGITS and tab.gallery.count() == 25)
    for file in folder.iterdir():
        file.write_bytes(b"no digits")
    tab.gallery.selectAll()
    assert tab.remove.isEnabled()
    with qtbot.waitSignal(window.digits.failed):
        tab.show_set(folder)
    qtbot.waitUntil(lambda: tab.about.text() == "")
    assert str(folder) in tab.empty.text()
    assert tab.gallery.count() == 0
    assert not tab.remove.isEnabled()
    tab.show_set(None)
    qtbot.waitUntil(lambda: tab.gallery.count() == 25)
    assert not tab.empty.isVisible()


def test_drawings_that_cannot_be_read_are_not_called_none(
    tab: DataTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DataError("the drawings are locked.")

    monkeypatch.setattr(window._session.drawings.samples, "page", locked)
    with qtbot.waitSignal(tab.shown):
        press(tab, "label_4")
    assert tab.empty.text() == "the drawings are locked."
    assert tab.gallery.count() == 0


def test_a_number_of_any_length_is_only_wrong(tab: DataTab, qtbot: QtBot) -> None:
    show_built_in(tab, qtbot)
    tab.number.setText("9" * 5000)
    tab.number.insert("9" * 5000)
    QTest.keyClick(tab.number, Qt.Key.Key_Return)
    assert tab.allowed.text() == "a number from 0 to 9,999"


def test_selecting_with_the_mouse_and_leaving_the_tab_hands_the_keys_back(tab: DataTab, window: MainWindow) -> None:
    click(tab, 0)
    assert tab.relabel[3].isEnabled()
    QTest.mouseClick(
        window.tabs.tabBar(), Qt.MouseButton.LeftButton, pos=window.tabs.tabBar().tabRect(0).center() + QPoint(0, 0)
    )
    assert window.tabs.currentWidget() is window.draw
    assert not tab.relabel[3].isEnabled()
    assert not tab.remove.isEnabled()
