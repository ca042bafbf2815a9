"""Images with words beneath."""

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.gallery import Gallery
from tests.gui.images import brightness


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


def test_an_image_is_shown_to_the_pixel_and_what_is_selected_stands_out(qtbot: QtBot) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.resize(500, 300)
    gallery.show()
    images = np.random.default_rng(0).choice(np.array([0, 255], dtype=np.uint8), (2, 784))
    gallery.show_images(images, [1, 0], str, str)
    gallery.select([0])
    seen = brightness(gallery.viewport().grab().toImage())
    cells = [gallery.visualRect(gallery.model().index(row, 0)) for row in range(2)]
    for cell, image in zip(cells, images[::-1], strict=True):
        inside = seen[cell.top() : cell.bottom() + 1, cell.left() : cell.right() + 1]
        doubled = np.kron(image.reshape(28, 28), np.ones((2, 2), dtype=np.uint8))
        places = np.lib.stride_tricks.sliding_window_view(inside, doubled.shape)
        assert (places == doubled).all(axis=(2, 3)).sum() == 1
    backgrounds = [int(seen[cell.bottom() - 2, cell.center().x()]) for cell in cells]
    assert abs(backgrounds[0] - backgrounds[1]) > 30
    below = [seen[cell.top() + 60 : cell.bottom(), cell.left() + 4 : cell.right() - 3] for cell in cells]
    assert all(np.ptp(words.astype(int)) > 100 for words in below)
