"""What the menus tell about the network and the program."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from digitpad.gui.window.main_window import MainWindow


def test_the_network_in_use_says_how_it_was_made(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    (box,) = window.findChildren(QMessageBox)
    layers = "-".join(map(str, window.session.model.network.sizes))
    for words in (layers, "MNIST, 60000 training images", "% on MNIST&#x27;s test set", "epochs"):
        assert words in box.text()
    box.close()
