"""Text where there is too little room for it: what matters least goes first, and no number is cut."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.elided import ElidedLabel

PARTS = ("1,580 of 5,000", 0), ("12,300 images/s", 2), ("0:08 left", 1)
WHOLE = "1,580 of 5,000  ·  12,300 images/s  ·  0:08 left"


def label_of(qtbot: QtBot) -> ElidedLabel:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_parts(*PARTS)
    label.show()
    return label


def width_of(label: QLabel, text: str) -> int:
    return label.fontMetrics().horizontalAdvance(text)


def test_parts_go_by_rank_and_only_then_is_anything_left_out(qtbot: QtBot) -> None:
    label = label_of(qtbot)
    seen = []
    for width in range(width_of(label, WHOLE) + 10, 20, -1):
        label.setFixedWidth(width)
        if label.shown not in seen:
            seen.append(label.shown)
        assert width_of(label, label.shown) <= width
    assert seen[:3] == [WHOLE, "1,580 of 5,000  ·  0:08 left", "1,580 of 5,000"]
    assert all(shown.endswith("…") for shown in seen[3:] if shown)
    assert label.text() == WHOLE


def test_no_text_makes_it_ask_for_width(qtbot: QtBot) -> None:
    label = label_of(qtbot)
    least = label.minimumSizeHint()
    label.setText("W" * 1000)
    assert label.minimumSizeHint() == least
    assert label.minimumSizeHint().width() < 20


def test_a_number_that_grows_moves_nothing_beside_it(qtbot: QtBot) -> None:
    row, label, beside = QWidget(), ElidedLabel("1"), QLabel("beside")
    layout = QHBoxLayout(row)
    layout.addWidget(label)
    layout.addWidget(beside)
    layout.addStretch()
    qtbot.addWidget(row)
    row.resize(400, 40)
    row.show()
    label.keep_room_for(("5,000", 0))
    QApplication.processEvents()
    before = beside.geometry()
    label.setText("5,000")
    QApplication.processEvents()
    assert beside.geometry() == before


def test_the_tool_tip_has_all_of_it_where_it_is_not_shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    label = label_of(qtbot)
    place = QPoint(5, 5)
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _of: told.append(text))
    for width in (60, 900):
        label.setFixedWidth(width)
        QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, place, label.mapToGlobal(place)))
    (text,) = told
    assert "12,300 images/s" in text


def test_it_paints_what_fits(qtbot: QtBot) -> None:
    label, plain = label_of(qtbot), QLabel("1,580 of 5,000")
    qtbot.addWidget(plain)
    width = width_of(label, "1,580 of 5,000") + 3
    for one in (label, plain):
        one.setFixedSize(width, 24)
        one.show()
    assert label.grab().toImage() == plain.grab().toImage()
