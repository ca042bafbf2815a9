"""The window where the system has no further thread, as in a class whose account may have few of them."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from digitpad.gui.services.jobs import NO_THREAD
from digitpad.gui.services.trainer import State
from tests.gui import training
from tests.gui.hands import LINE, drag
from tests.gui.window.conftest import Open
from tests.threads import refuse_threads


def test_what_is_drawn_and_kept_is_there_at_the_next_start(
    start: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    with monkeypatch.context() as patched:
        refuse_threads(patched)
        drag(window.draw.canvas, LINE)
        with qtbot.waitSignal(window.session.drawings.kept):
            window.draw.keep[1].trigger()
        drag(window.draw.canvas, LINE)
        window.preferences.prefers_nine = False
        window.close()
    assert not window.isVisible()
    assert not json.loads((tmp_path / "settings.json").read_text())["nine"]
    assert not start().draw.canvas.empty


def test_training_waits_until_there_is_a_thread_again(
    start: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    window.train.form.show_recipe(training.RECIPE)
    with monkeypatch.context() as patched:
        refuse_threads(patched)
        training.press(window.train, "start")
    assert window.session.trainer.state is State.PAUSED
    assert window.toast.sentence == NO_THREAD
    training.press(window.train, "start")
    training.wait(qtbot, window.train, State.IDLE)
    assert window.session.trainer.ended
