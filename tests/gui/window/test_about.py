"""What the menus tell about the network and the program."""

import sys

import numpy as np
import PySide6
import pytest
from PySide6.QtCore import QRect, Qt, qVersion
from PySide6.QtGui import QAction, QDesktopServices, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea

from digitpad import __version__
from digitpad.explore.chapter import BOOK
from digitpad.gui.window.main_window import MainWindow


def test_the_network_in_use_says_how_it_was_made(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QDialog, "about_network")
    assert dialog
    (label,) = dialog.findChildren(QLabel)
    layers = "-".join(map(str, window.session.model.network.sizes))
    for words in (layers, "MNIST, 60000 training images", "% on MNIST&#x27;s test set", "epochs"):
        assert words in label.text()
    for name in window.session.model.provenance.rows.keys() - {"sizes"}:
        assert f">{name}&nbsp;" in label.text()
    dialog.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_all_of_it_can_be_read_by_keys_and_closed_on_a_low_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 1280, 720))
    window.looks.set_text_percent(percent)
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QDialog, "about_network")
    assert dialog
    QApplication.processEvents()
    assert dialog.height() <= 720
    (label,), (scrolling,) = dialog.findChildren(QLabel), dialog.findChildren(QScrollArea)
    assert label.height() >= label.heightForWidth(label.width())
    assert label.width() <= scrolling.viewport().width()
    QTest.keyClick(scrolling, Qt.Key.Key_Down)
    bar = scrolling.verticalScrollBar()
    assert (bar.value() > 0) is (bar.maximum() > 0) is (percent == 200)
    close = dialog.findChild(QPushButton)
    assert close
    assert dialog.rect().contains(close.geometry())
    close.click()
    assert not dialog.isVisible()
    window.looks.usual()


def test_the_program_tells_what_it_is_made_with_and_opens_the_book_only_when_asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    (about,) = [one for one in window.findChildren(QAction) if one.menuRole() is QAction.MenuRole.AboutRole]
    about.trigger()
    dialog = window.findChild(QDialog, "about")
    assert dialog
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    python = ".".join(map(str, sys.version_info[:3]))
    for words in (__version__, f"Python {python}", f"Qt {qVersion()}", f"PySide6 {PySide6.__version__}",
                  f"NumPy {np.__version__}", "MIT License", "Michael Nielsen", "Neural Networks and Deep Learning",
                  f'<a href="{BOOK}">'):  # fmt: skip
        assert words in told
    book = dialog.findChild(QLabel, "book")
    assert book
    assert book.openExternalLinks()
    assert opened == []
    dialog.close()
