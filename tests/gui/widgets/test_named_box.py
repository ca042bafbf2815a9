"""A box to choose from: what does not fit is not cut off in the middle of a number."""

from PySide6.QtGui import QImage

from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.window.main_window import MainWindow


def _picture(box: NamedBox, text: str) -> QImage:
    """Return how the box looks with this text alone to choose."""
    box.clear()
    box.addItem(text)
    return box.grab().toImage()


def test_what_does_not_fit_ends_in_an_ellipsis(window: MainWindow) -> None:
    box = NamedBox("A network")
    box.setParent(window)
    box.resize(160, 30)
    box.show()
    whole = "Run #11: 784-30-10 · η 100 · m 10"
    beginnings = [f"{whole[:letters]}…" for letters in range(4, 30)]
    fitting = [text for text in beginnings if box.fontMetrics().horizontalAdvance(text) < 120]
    assert _picture(box, whole) in [_picture(box, text) for text in fitting]
    box.resize(400, 30)
    assert _picture(box, whole) not in [_picture(box, text) for text in beginnings]
    _picture(box, whole)
    assert box.currentText() == whole
