"""The page toward deep learning."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.explore import deep
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.gui.explore.deep.page import DeepPage
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.seeing import seen


def test_the_question_is_cut_into_neurons_of_the_chosen_network(page: DeepPage) -> None:
    assert "is it a 9?" in page.questions.asked.text()
    assert "30 smaller questions" in page.questions.asked.text()
    assert len(page.questions.tiles.tiles) >= 4
    assert page.questions.tiles_below.isHidden()
    assert "rough picture" not in page.questions.key.text()
    before = [tile.said for tile in page.questions.tiles.tiles]
    page.questions.digit.setCurrentIndex(3)
    assert [tile.said for tile in page.questions.tiles.tiles] != before
    page.shared.chosen.choose(None)
    assert "500 smaller questions" in page.questions.asked.text()
    assert "as the layers below mix the pixels" in page.questions.tiles.tiles[0].said
    assert page.questions.tiles_below.isVisible()
    assert "992 smaller questions" in page.questions.below.text()
    assert "rough picture" in page.questions.key.text()
    assert "random weights" not in page.questions.key.text()


def test_a_single_neuron_is_one_question(page: DeepPage) -> None:
    page.shared.session.use(Model(Network((784, 1, 1, 10), seed=1)))
    page.shared.chosen.choose(None)
    assert "into 1 smaller question, the neuron of its last hidden layer" in page.questions.asked.text()
    assert "into 1 smaller question, the neuron below it" in page.questions.below.text()


def test_what_is_left_of_the_first_weights_is_told(page: DeepPage) -> None:
    assert "By learning" in page.questions.asked.text()
    assert "random weights it began with" in page.questions.key.text()
    first, now = (one.model.network.weights[0] for one in (ChapterNetwork.UNTRAINED, ChapterNetwork.EPOCH_30))
    assert (first == now).all(axis=0).any()  # pixels where no digit has ink
    assert np.corrcoef(first.ravel(), now.ravel())[0, 1] > 0.6
    page.shared.chosen.choose(ChapterNetwork.UNTRAINED)
    assert "By chance" in page.questions.asked.text()
    assert "has learned nothing yet" in page.questions.key.text()


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
    assert page.side_by_side.cells[0][1].text() == "23,860"
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.click(page.side_by_side.start)
    race = page.side_by_side.race
    assert race is not None
    assert race.over
    ends = 100 * race.accuracies(deep.ONE_LAYER)[:, -1]
    assert page.side_by_side.cells[0][2].text() == f"{ends.mean():.1f} %"
    assert page.side_by_side.cells[0][3].text() == f"{ends.min():.1f}, {ends.max():.1f}"
    assert page.done
    assert page.shared.digits.current is not None
    assert page.shared.digits.current.name in page.side_by_side.said.text()
    first = race.accuracies(deep.ONE_LAYER)
    hands.click(page.side_by_side.start)
    qtbot.waitUntil(lambda: page.side_by_side.race not in (None, race) and page.side_by_side.race.over)
    assert page.side_by_side.race is not None
    assert (page.side_by_side.race.accuracies(deep.ONE_LAYER) != first).any()  # of other seeds


@pytest.mark.parametrize("stays", [True, False])
def test_the_focus_comes_back_to_the_button_unless_it_was_taken_elsewhere(
    page: DeepPage, qtbot: QtBot, stays: bool
) -> None:
    page.show_view("Side by side")
    view = page.side_by_side
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(view.start, Qt.Key.Key_Space)
        assert not view.start.isEnabled()
        assert page.focusWidget() is view.chart
        if not stays:
            page.top.setFocus()
    assert view.start.isEnabled()
    assert page.focusWidget() is (view.start if stays else page.top)


def test_what_stands_one_above_the_other_is_after_the_same_epochs(page: DeepPage, qtbot: QtBot) -> None:
    page.show_view("Side by side")
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.click(page.side_by_side.start)
    race = page.side_by_side.race
    assert race is not None
    for epochs in (5, 1, 0):
        for learner in race.learners:
            if learner.hidden == deep.THREE_LAYERS:
                del learner.accuracies[epochs:]  # as they are while those with one layer are ahead
        page.side_by_side.show()
        for hidden, cells in zip((deep.ONE_LAYER, deep.THREE_LAYERS), page.side_by_side.cells, strict=True):
            at = 100 * race.accuracies(hidden)[:, epochs - 1] if epochs else None
            told = ("", "") if at is None else (f"{at.mean():.1f} %", f"{at.min():.1f}, {at.max():.1f}")
            assert (cells[2].text(), cells[3].text()) == told
