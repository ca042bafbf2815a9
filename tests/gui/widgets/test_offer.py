"""What an earlier sitting left, offered in words."""

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture
from digitpad.gui.widgets.offer import Offer
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.sitting import Place, Sitting

DRAWING = Drawing(picture=Picture.fitted(np.ones((2, 2), np.float32)))
RUNS = tuple(Run(number, Recipe(), "bars") for number in range(2))
ELSEWHERE = Path("elsewhere.safetensors")


@pytest.mark.parametrize(
    ("days", "sitting", "words"),
    [
        (0, Sitting(DRAWING), "Kept from today at 10:15: a drawing."),
        (0, Sitting(DRAWING, runs=RUNS[:1]), "Kept from today at 10:15: a drawing and 1 run."),
        (1, Sitting(DRAWING, path=ELSEWHERE, runs=RUNS),
         "Kept from 2025-03-01 at 10:15: a drawing, 2 runs and the network in use."),
    ],
)  # fmt: skip
def test_it_says_what_is_there_and_since_when(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, sitting: Sitting, words: str
) -> None:
    place = Place.new(tmp_path)
    kept_at = time.mktime((2025, 3, 1, 10, 15, 0, 0, 0, -1))
    with monkeypatch.context() as patched:
        patched.setattr(time, "time", lambda: kept_at)
        place.keep(sitting)
    now = time.localtime(kept_at + days * 86_400)
    real = time.localtime
    monkeypatch.setattr(time, "localtime", lambda *when: real(*when) if when else now)
    offer = Offer()
    qtbot.addWidget(offer)
    offer.show_place(place)
    assert offer.label.text() == words
    assert offer.isVisible()
    offer.show_place(None)
    assert not offer.isVisible()
    place.leave()


def test_every_button_says_what_it_does(qtbot: QtBot) -> None:
    offer = Offer()
    qtbot.addWidget(offer)
    buttons = {button.objectName(): button for button in offer.findChildren(QToolButton)}
    assert all(button.toolTip() for button in buttons.values())
    for name, signal in (("take_up", offer.accepted), ("later", offer.postponed), ("throw_away", offer.refused)):
        with qtbot.waitSignal(signal):
            buttons[name].click()
