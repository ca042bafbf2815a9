"""The page toward deep learning."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore import deep
from digitpad.gui.explore.deep.page import DeepPage
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests import digits
from tests.gui import hands
from tests.gui.explore.stage import on_stage, sharing
from tests.gui.seeing import seen


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, default_model: Model) -> Iterator[DeepPage]:
    with sharing(qapp, digits.digits(), default_model) as shared:
        page = on_stage(DeepPage(shared), qtbot, 1000, 700)
        yield page
        page.close()


def test_the_question_is_cut_into_neurons_of_the_chosen_network(page: DeepPage) -> None:
    assert "is it a 9?" in page.asked.text()
    assert "30 smaller questions" in page.asked.text()
    assert len(page.tiles.tiles) >= 4
    assert page.tiles_below.isHidden()
    assert "rough picture" not in page.key.text()
    before = [tile.said for tile in page.tiles.tiles]
    page.digit.setCurrentIndex(3)
    assert [tile.said for tile in page.tiles.tiles] != before
    page.shared.chosen.choose(None)
    assert "500 smaller questions" in page.asked.text()
    assert "as the layers below mix the pixels" in page.tiles.tiles[0].said
    assert page.tiles_below.isVisible()
    assert "992 smaller ones" in page.below.text()
    assert "rough picture" in page.key.text()


def test_a_sum_tells_of_no_others_where_there_are_none(page: DeepPage) -> None:
    page.shared.session.show_seen(seen(np.full(784, 0.5, dtype=np.float32)))
    for hidden, others in (((4,), True), ((2,), False)):
        page.shared.session.use(Model(Network((784, *hidden, 10), seed=1)))
        page.shared.chosen.choose(None)
        assert ("the others" in page.formula.text()) is others
    page.shared.session.use(Model(Network((784, 10), seed=1)))
    assert "a weight for each pixel" in page.formula.text()


def test_networks_are_trained_side_by_side(page: DeepPage, qtbot: QtBot) -> None:
    page.show_view("Side by side")
    assert page.cells[0][1].text() == "23,860"
    with qtbot.waitSignal(page.shared.progress.changed, timeout=60_000):
        hands.click(page.start)
    race = page.race
    assert race is not None
    assert race.over
    ends = 100 * race.accuracies(deep.ONE_LAYER)[:, -1]
    assert page.cells[0][2].text() == f"{ends.mean():.1f} %"
    assert page.cells[0][3].text() == f"{ends.min():.1f}, {ends.max():.1f}"
    assert page.done
    assert page.shared.digits.current is not None
    assert page.shared.digits.current.name in page.said.text()
    first = race.accuracies(deep.ONE_LAYER)
    hands.click(page.start)
    qtbot.waitUntil(lambda: page.race is not None and page.race is not race and page.race.over, timeout=60_000)
    assert page.race is not None
    assert (page.race.accuracies(deep.ONE_LAYER) != first).any()  # of other seeds
