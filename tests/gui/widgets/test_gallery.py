"""Images with words beneath."""

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.gallery import Gallery


def test_words_have_room_whatever_the_last_ones_are(qtbot: QtBot) -> None:
    gallery = Gallery(wide=200)
    qtbot.addWidget(gallery)
    gallery.resize(500, 300)
    gallery.show()
    words = ["9, read as 4 (1.00)", "7"]
    gallery.show_images(np.zeros((2, 784), dtype=np.uint8), [0, 1], words.__getitem__, words.__getitem__)
    QApplication.sendPostedEvents()  # which lays it out
    cell = gallery.visualRect(gallery.model().index(0, 0))
    assert gallery.fontMetrics().horizontalAdvance(words[0]) < cell.width() < gallery.gridSize().width()


def test_words_that_need_more_room_have_it_while_they_are_shown(qtbot: QtBot) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    narrow = gallery.gridSize().width()
    words = ["9 as 4 · seat 28", "7"]
    gallery.leave_room_for(words)
    assert gallery.gridSize().width() > gallery.fontMetrics().horizontalAdvance(words[0])
    gallery.leave_room_for(["7"])
    assert gallery.gridSize().width() == narrow
