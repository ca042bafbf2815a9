"""One dialog tells what went wrong inside the program, and holds up nothing."""

import errno
import os
import platform
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from digitpad.gui.services.faults import Faults
from digitpad.gui.window.fault_dialog import FaultDialog, FaultReports
from digitpad.gui.window.main_window import MainWindow
from tests.clock import Clock
from tests.gui.looks import choose_text
from tests.gui.services.test_faults import make
from tests.gui.window.conftest import Open


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def faults(window: MainWindow, tmp_path: Path, clock: Clock) -> Faults:
    """The faults that the window tells."""
    faults = Faults(tmp_path, clock)
    FaultReports(window, window.toast, faults, lambda: window.autosave.keeping)
    return faults


def dialogs() -> list[FaultDialog]:
    """Return the dialogs of faults that are shown."""
    QApplication.processEvents()
    return [shown for shown in QApplication.topLevelWidgets() if isinstance(shown, FaultDialog) and shown.isVisible()]


def test_one_dialog_tells_them_all_and_holds_up_nothing(window: MainWindow, faults: Faults) -> None:
    for kind in (ZeroDivisionError, IndexError, KeyError):
        for _ in range(100):
            make(faults, kind, f"of {kind.__name__}")
    (dialog,) = dialogs()
    assert not dialog.isModal()
    assert dialog.report.accessibleDescription()
    assert "of KeyError" in dialog.words.text()
    text = dialog.report.toPlainText()
    assert all(f"of {kind}" in text for kind in ("ZeroDivisionError", "IndexError", "KeyError"))
    assert text.count("100 times:") == 3
    assert text.index("of KeyError") < text.index("of IndexError")
    make(faults, OSError, "another")
    assert dialogs() == [dialog]
    assert "another" in dialog.words.text()
    assert not window.toast.sentence


def test_what_happened_before_there_was_a_window_to_tell_it_is_told(window: MainWindow, tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    make(faults)
    make(faults, IndexError, "of the making")
    FaultReports(window, window.toast, faults, lambda: True)
    (dialog,) = dialogs()
    assert "of the making" in dialog.words.text()
    assert "ZeroDivisionError" in dialog.report.toPlainText()
    make(faults, KeyError)
    assert dialogs() == [dialog]


def test_its_words_and_its_report_have_room_where_text_is_large(window: MainWindow, faults: Faults) -> None:
    sizes = {}
    for percent, kind in ((100, ValueError), (200, TypeError)):
        choose_text(window, percent)
        make(faults, kind, "a shape where another was wanted, in something that has a rather long name")
        (dialog,) = dialogs()
        for label in dialog.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
        lines = dialog.report.viewport().height() / dialog.report.fontMetrics().lineSpacing()
        assert lines > 5
        sizes[percent] = dialog.report.font().pointSizeF()
        dialog.close()
    choose_text(window, 100)
    assert sizes[200] == pytest.approx(2 * sizes[100], abs=0.1)


def test_the_drawing_is_called_safe_only_where_it_is_kept(
    start: Open, qtbot: QtBot, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    faults = Faults(tmp_path, clock)
    FaultReports(window, window.toast, faults, lambda: window.autosave.keeping)
    make(faults)
    (dialog,) = dialogs()
    assert dialog.words.text() == "Something went wrong inside digitpad (by zero). Your drawing is safe."

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, qtbot.waitSignal(window.autosave.failed):
        patched.setattr(os, "fsync", full)
        window.autosave.keep()
    make(faults, IndexError)
    assert dialogs() == [dialog]
    assert dialog.words.text().endswith("Your drawing is still here, but it cannot be kept for the next start.")
    with qtbot.waitSignal(window.autosave.kept):
        window.autosave.keep()
    make(faults, KeyError)
    assert dialogs() == [dialog]
    assert dialog.words.text().endswith("Your drawing is safe.")


def test_the_report_says_on_what_it_happened_and_not_whose_it_is(
    window: MainWindow, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path(__file__).parent)
    make(faults)
    (dialog,) = dialogs()
    copy = dialog.findChild(QPushButton, "copy_report")
    assert copy is not None
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert f"Python {platform.python_version()}" in text
    assert "PySide6" in text
    assert platform.platform() in text
    assert "ZeroDivisionError: by zero" in text
    assert str(Path(__file__).parent) not in text


def test_without_a_home_folder_or_with_all_in_it_the_paths_stay_as_they_are(
    window: MainWindow, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for home, kind in ((unknown, ZeroDivisionError), (lambda: Path(os.sep), IndexError)):
        monkeypatch.setattr(Path, "home", home)
        make(faults, kind)
        (dialog,) = dialogs()
        assert f'File "{make.__code__.co_filename}"' in dialog.report.toPlainText()
        assert any(str(faults.log) in label.text() for label in dialog.findChildren(QLabel))
        dialog.close()


def test_what_is_made_again_after_that_is_told_in_a_line(window: MainWindow, faults: Faults, clock: Clock) -> None:
    make(faults)
    dialogs()[0].close()
    assert dialogs() == []
    make(faults)
    assert dialogs() == []
    assert not window.toast.sentence
    clock.now += 6
    make(faults)
    assert dialogs() == []
    assert window.toast.sentence.startswith(
        "Something went wrong inside digitpad (by zero). Your drawing is still here"
    )
    make(faults, IndexError)
    assert len(dialogs()) == 1


def test_it_can_be_used_beside_a_dialog_that_holds_up_the_window(
    window: MainWindow, faults: Faults, qtbot: QtBot
) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    make(faults)
    (dialog,) = dialogs()
    assert dialog.parent() is box
    box.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    make(faults, IndexError)
    (dialog,) = dialogs()
    assert dialog.parent() is window


def test_it_is_closed_with_the_window_and_not_opened_after_that(window: MainWindow, faults: Faults) -> None:
    make(faults)
    (dialog,) = dialogs()
    assert isinstance(dialog, QDialog)
    window.close()
    assert dialogs() == []
    make(faults, IndexError)
    assert dialogs() == []


@pytest.mark.qt_log_ignore("Painter ended with . saved states", extend=True)
def test_a_mistake_while_painting_is_told_after_the_painting(
    window: MainWindow, faults: Faults, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(*_: object) -> None:
        raise IndexError("while painting")

    monkeypatch.setattr("digitpad.gui.draw.painted_ink.PaintedInk.paint", mistake)
    with faults.listening():
        window.draw.canvas.repaint()
        (dialog,) = dialogs()
        for _ in range(50):
            window.draw.canvas.repaint()
            assert dialogs() == [dialog]
    assert "while painting" in dialog.words.text()
