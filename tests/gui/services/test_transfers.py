"""Drawings on their way while the window closes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from digitpad.gui.services.background import Background
from digitpad.gui.services.transfers import Transfer, Transfers, Way


@pytest.fixture
def transfers(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Transfers]:
    """Transfers of which none ends by itself."""
    owner = QObject(qapp)
    work = Background(owner)
    monkeypatch.setattr(work, "run", lambda *_: None)
    yield Transfers(owner, work)
    owner.deleteLater()


def test_what_ends_or_begins_after_all_has_ended_begins_no_clock(transfers: Transfers) -> None:
    def begin(name: str) -> Transfer:
        transfer = Transfer(name, Way("Importing", "import of", "Stop"))
        transfers.begin(transfer, lambda: None, print, print)
        return transfer

    def clocks() -> list[QTimer]:
        return [timer for timer in transfers.findChildren(QTimer) if timer.isActive()]

    first, second = begin("a.csv"), begin("b.csv")
    assert clocks()
    transfers.close_down()
    transfers.end(first)
    assert not clocks()
    transfers.end(second)
    begin("c.csv")
    assert not clocks()
