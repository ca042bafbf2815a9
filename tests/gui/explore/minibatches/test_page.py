"""The page of mini-batches, driven by its controls, on digits that a network learns in a moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore import minibatches
from digitpad.gui.explore.minibatches.page import MiniBatchesPage
from digitpad.gui.explore.page import Shared
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.digits import digits
from tests.gui import hands
from tests.gui.explore.stage import on_stage, sharing


@pytest.fixture
def shared(qapp: QApplication) -> Iterator[Shared]:
    """What pages share, with a small network and 600 digits."""
    with sharing(qapp, digits(600, 100), Model(Network([784, 10, 10], seed=1))) as shared:
        yield shared


def shown(shared: Shared, qtbot: QtBot) -> MiniBatchesPage:
    """Show the page; made in a test itself, nothing has come back from its thread yet: no event was handled."""
    return on_stage(MiniBatchesPage(shared), qtbot, 1000, 700)


@pytest.fixture
def page(shared: Shared, qtbot: QtBot) -> MiniBatchesPage:
    return shown(shared, qtbot)


def complete(page: MiniBatchesPage) -> bool:
    """Whether the page shows all draws of the size that is chosen: the thread has them a moment before."""
    return page.draws is not None and page.draws.complete and _counted(page) == "of 100</b> draws within 30°"


def _counted(page: MiniBatchesPage) -> str:
    return page.count.text().partition(" ")[2]


def test_single_images_are_drawn_and_told(shared: Shared, qtbot: QtBot) -> None:
    page = shown(shared, qtbot)
    assert "Loading" in page.count.text()
    qtbot.waitUntil(lambda: "100</b> draws" in page.count.text())
    assert page.draws is not None
    assert len(page.draws.estimates) == 100
    assert "° from" in page.formula.text()
    assert "over all 600" in page.formula.text()
    before = page.formula.text()
    hands.key(page.next, Qt.Key.Key_Space)
    assert "Draw 2:" in page.formula.text() != before
    angle, ratio = page.draws.estimates[40]
    hands.press(page.polar, page.polar.to_widget(angle, ratio))
    picked = page.draws.estimates[page.shown]  # another tip may lie at the same place
    assert (picked.angle, picked.ratio) == pytest.approx((angle, ratio), abs=0.05)
    assert f"Draw {page.shown + 1}: {picked.angle:.1f}°" in page.formula.text()
    assert page.polar.accessibleName().startswith(f"Draw {page.shown + 1}:")


def test_all_images_are_the_true_gradient_and_more_are_nearer(page: MiniBatchesPage, qtbot: QtBot) -> None:
    medians = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        hands.key(page.m.slider, key)
        qtbot.waitUntil(lambda: complete(page))
        assert page.draws is not None
        medians.append(page.draws.spread.median)
    assert medians == sorted(medians, reverse=True)
    hands.key(page.m.slider, Qt.Key.Key_End)
    assert page.m.shown.text() == "all"
    qtbot.waitUntil(lambda: "1 of 1</b> draws" in page.count.text())
    assert page.cells[0][1].text() == "0.0°"
    assert page.cells[1][1].text() == "1.00"


def test_other_draws_are_other_draws(page: MiniBatchesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: complete(page))
    first = page.draws
    hands.click(page.again)
    qtbot.waitUntil(lambda: complete(page))
    assert first is not None
    assert page.draws is not None
    assert page.draws.estimates != first.estimates


def test_the_chart_chooses_a_size(page: MiniBatchesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: complete(page))
    place = page.angles.to_widget(52, 60)
    hands.press(page.angles, place)
    assert page.m.m == 50
    hands.move(page.angles, page.angles.to_widget(4, 60))
    hands.release(page.angles, place)
    assert page.m.m == 5


def test_the_smallest_size_does_the_task_once_chosen_by_the_person(page: MiniBatchesPage, qtbot: QtBot) -> None:
    hands.click(page.stages.button(1))
    qtbot.waitUntil(lambda: complete(page))
    assert page.stage == 1
    page.rest.setInterval(20)
    with qtbot.waitSignal(page.task_done):
        while not page.done:
            assert page.m.m < 500  # or no size would do
            hands.key(page.m.slider, Qt.Key.Key_Right)
            qtbot.waitUntil(lambda: complete(page) and not page.rest.isActive())
    assert page.draws is not None
    assert page.draws.share >= 0.9


def test_online_learning_beside_mini_batches(page: MiniBatchesPage, qtbot: QtBot) -> None:
    hands.click(page.views.button(1))
    assert page.online.by_images.isVisible()
    assert not page.polar.isVisible()
    qtbot.waitUntil(lambda: "100 other digits" in page.online.progress.text())
    assert [row[1].text() for row in page.online.learned] == ["600", "30"]
    before = page.online.learned[0][4].text()
    hands.key(page.online.batch.slider, Qt.Key.Key_Left)
    assert "60 times" in page.formula.text()  # of ten images
    hands.key(page.online.eta.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "100 other digits" in page.online.progress.text())
    assert page.online.learned[0][4].text() != before
    assert page.online.learned[1][1].text() == "60"
    last = [point.cost for point in page.online.courses[1].points]
    hands.click(page.online.order)
    qtbot.waitUntil(lambda: "100 other digits" in page.online.progress.text())
    other = [point.cost for point in page.online.courses[1].points]
    assert len(other) == len(last)
    assert other[0] == last[0]
    assert other[1:] != last[1:]


def test_nothing_is_computed_while_the_page_is_hidden(page: MiniBatchesPage, shared: Shared, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.draws is not None)
    page.hide()
    assert not page.busy
    shared.digits.current = digits(60, 20)
    shared.digits.changed.emit()
    assert not page.busy
    page.show()
    qtbot.waitUntil(lambda: "over all 60<" in page.formula.text() and complete(page))


def test_a_failure_is_told_and_what_is_asked_next_tried_again(
    page: MiniBatchesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(*_: object) -> None:
        tried.append(1)
        raise MemoryError

    qtbot.waitUntil(lambda: complete(page))
    with monkeypatch.context() as broken:
        broken.setattr(minibatches, "FullGradient", fail)
        hands.click(page.stages.button(2))
        qtbot.waitUntil(lambda: "memory" in page.count.text())
        assert len(tried) == 1
    hands.key(page.m.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: complete(page))
    assert "draws within" in page.count.text()


def test_the_goal_stands_in_the_legend(page: MiniBatchesPage) -> None:
    assert [name for _, name in page.angles.legend] == ["goal: within 30°"]


def test_a_press_picks_nothing_where_there_is_nothing(shared: Shared, qtbot: QtBot) -> None:
    page = shown(shared, qtbot)
    hands.press(page.polar, QPointF(5, 5))
    assert page.polar.accessibleName() == "The true gradient"
