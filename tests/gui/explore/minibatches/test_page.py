"""The page of mini-batches, driven by its controls, on digits that a network learns in a moment."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore import minibatches
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.online import lead
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
    draws, told = page.direction.draws, page.direction.count.text()
    return (
        draws is not None and draws.complete and "of 100</b> draws within 30°" in told and "their mean is only" in told
    )


def test_single_images_are_drawn_and_told(shared: Shared, qtbot: QtBot) -> None:
    page = shown(shared, qtbot)
    assert "Loading" in page.direction.count.text()
    qtbot.waitUntil(lambda: "100</b> draws" in page.direction.count.text())
    assert page.direction.draws is not None
    assert len(page.direction.draws.estimates) == 100
    assert "° from" in page.formula.text()
    assert "over all 600" in page.formula.text()
    before = page.formula.text()
    hands.key(page.direction.next, Qt.Key.Key_Space)
    assert "Draw 2:" in page.formula.text() != before
    angle, ratio = page.direction.draws.estimates[40]
    hands.press(page.direction.polar, page.direction.polar.to_widget(angle, ratio))
    picked = page.direction.draws.estimates[page.direction.shown]  # another tip may lie at the same place
    assert (picked.angle, picked.ratio) == pytest.approx((angle, ratio), abs=0.05)
    assert f"Draw {page.direction.shown + 1}: {picked.angle:.1f}°" in page.formula.text()
    assert page.direction.polar.accessibleName().startswith(f"Draw {page.direction.shown + 1}:")


def test_more_images_are_nearer_as_is_to_be_expected_and_the_mean_of_all_is_nearest(
    page: MiniBatchesPage, qtbot: QtBot
) -> None:
    medians = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        hands.key(page.direction.m.slider, key)
        qtbot.waitUntil(lambda: complete(page))
        draws = page.direction.draws
        assert draws is not None
        medians.append(draws.spread.median)
        assert draws.mean.angle < medians[-1]
        assert f"{draws.mean.angle:.1f}°</b> off" in page.direction.count.text()
        assert f"the mean of all: {draws.mean.angle:.0f}°" in page.direction.polar.accessibleName()
        assert f"= {draws.full.expected_angle(page.direction.m.m):.1f}°" in page.formula.text()
    assert medians == sorted(medians, reverse=True)


def test_the_sum_is_written_out_by_the_digits_own_images_and_others(page: MiniBatchesPage, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Left):
        hands.key(page.direction.m.slider, key)
    qtbot.waitUntil(lambda: complete(page))
    m = page.direction.m.m
    assert m >= 1_000
    text = page.formula.text().replace("&nbsp;", "").replace("\u2212", "-").replace(",", "")
    count, others = re.search(r"images that show the digit \d: (\d+) others: (\d+)", text).groups()  # type: ignore[union-attr]
    written = re.search(r"≈ \((\d+)·(.+?) \+ (\d+)·(.+?)\)/(\d+) = (-?[\d.]+)", text)
    assert written is not None
    own, mean, rest, mean_of_rest, divisor, result = (float(found.strip("()")) for found in written.groups())
    assert (own, rest, own + rest, divisor) == (int(count), int(others), m, m)
    assert (own * mean + rest * mean_of_rest) / m == pytest.approx(result, abs=1e-4)
    assert "over all 600" in page.formula.text()


def test_other_draws_are_other_draws(page: MiniBatchesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: complete(page))
    first = page.direction.draws
    hands.click(page.direction.again)
    qtbot.waitUntil(lambda: complete(page))
    assert first is not None
    assert page.direction.draws is not None
    assert page.direction.draws.estimates != first.estimates


def test_the_chart_chooses_a_size(page: MiniBatchesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: complete(page))
    place = page.direction.angles.to_widget(52, 60)
    hands.press(page.direction.angles, place)
    assert page.direction.m.m == 50
    hands.move(page.direction.angles, page.direction.angles.to_widget(4, 60))
    hands.release(page.direction.angles, place)
    assert page.direction.m.m == 5


def test_the_smallest_size_does_the_task_once_chosen_by_the_person(page: MiniBatchesPage, qtbot: QtBot) -> None:
    hands.click(page.direction.networks.button(1))
    qtbot.waitUntil(lambda: complete(page))
    assert page.direction.network is ChapterNetwork.EPOCH_1
    page.direction.rest.setInterval(20)
    with qtbot.waitSignal(page.direction.solved):
        while not page.is_done(page.direction.TASK):
            assert page.direction.m.m < 5_000  # or no size would do
            hands.key(page.direction.m.slider, Qt.Key.Key_Right)
            qtbot.waitUntil(lambda: complete(page) and not page.direction.rest.isActive())
    assert page.direction.draws is not None
    assert page.direction.draws.share >= 0.9
    assert "Done:" in page.task.text()
    assert page.direction.TASK.why in page.task.text()
    assert not page.done  # the other view has a task, too


@pytest.fixture
def online(page: MiniBatchesPage, qtbot: QtBot) -> MiniBatchesPage:
    """The page with the view Online in front, all orders learned."""
    page.show_view("Online")
    qtbot.waitUntil(lambda: concluded(page))
    return page


def concluded(page: MiniBatchesPage) -> bool:
    return "Same η/m</b>" in page.online.conclusion.text()


def test_online_learning_beside_mini_batches(online: MiniBatchesPage, qtbot: QtBot) -> None:
    page = online
    assert page.online.by_images.isVisible()
    assert not page.direction.polar.isVisible()
    assert page.online.TASK.text in page.task.text()
    assert [row[1].text() for row in page.online.learned] == ["600", "30"]
    before = page.online.learned[0][4].text()
    hands.key(page.online.batch.slider, Qt.Key.Key_Left)
    assert "60 times" in page.formula.text()  # of ten images
    hands.key(page.online.eta.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: concluded(page))
    assert page.online.learned[0][4].text() != before
    assert page.online.learned[1][1].text() == "60"
    last = [point.cost for point in page.online.both[0].points]
    hands.click(page.online.order)
    qtbot.waitUntil(lambda: concluded(page))
    other = [point.cost for point in page.online.both[0].points]
    assert len(other) == len(last)
    assert other[0] == last[0]
    assert other[1:] != last[1:]


def test_the_same_rate_or_the_same_share_of_it_for_each_image(online: MiniBatchesPage, qtbot: QtBot) -> None:
    page, (single, batch) = online, online.online.both
    assert page.online.online_eta == page.online.eta.value == 1
    hands.click(page.online.alike.button(1))
    assert page.online.online_eta == 0.05
    assert "1/20 = 0.05" in page.formula.text()
    assert "0.05/1 = 0.05" in page.formula.text()
    equal, still = page.online.both
    assert still is batch
    found = lead(single, equal, batch)
    told = page.online.conclusion.text()
    assert concluded(page)  # all three were learned before
    for value in (found.online, found.batch, found.equal):
        assert f"{value:.3f}" in told
    assert f"{found.wins} of 5" in told


def test_the_task_is_done_where_what_is_left_exceeds_the_spread_of_the_orders(
    online: MiniBatchesPage, qtbot: QtBot
) -> None:
    page = online
    assert not page.is_done(page.online.TASK)
    hands.click(page.online.alike.button(1))
    assert not page.is_done(page.online.TASK)  # short steps: it is all the same
    with qtbot.waitSignal(page.online.solved):
        hands.key(page.online.eta.slider, Qt.Key.Key_PageUp)  # ten steps at once
        qtbot.waitUntil(lambda: concluded(page))
        while not page.is_done(page.online.TASK):
            assert page.online.eta.value < 30  # or none would do
            hands.key(page.online.eta.slider, Qt.Key.Key_Right)
            qtbot.waitUntil(lambda: concluded(page))
    found = lead(page.online.both[0], page.online.both[0], page.online.both[1])
    assert found.left > found.apart
    assert "an advantage of its own" in page.online.conclusion.text()
    assert page.online.TASK.why in page.task.text()
    page.show_view("Direction")
    assert "Task:" in page.task.text()


def test_the_page_is_done_when_both_tasks_are(page: MiniBatchesPage, qtbot: QtBot) -> None:
    for part in (page.direction, page.online):
        assert not page.done
        part.solved.emit(part.TASK)
    assert page.done
    for name in ("Direction", "Online"):
        page.show_view(name)
        assert "Done:" in page.task.text()


def test_nothing_is_computed_while_the_page_is_hidden(page: MiniBatchesPage, shared: Shared, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.direction.draws is not None)
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
        hands.click(page.direction.networks.button(2))
        qtbot.waitUntil(lambda: "memory" in page.direction.count.text())
        assert len(tried) == 1
    hands.key(page.direction.m.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: complete(page))
    assert "draws within" in page.direction.count.text()


def test_the_goal_stands_in_the_legend(page: MiniBatchesPage) -> None:
    assert [name for _, name in page.direction.angles.legend] == [
        "goal: within 30°"
    ]  # before there is anything to expect


def test_a_press_picks_nothing_where_there_is_nothing(shared: Shared, qtbot: QtBot) -> None:
    page = shown(shared, qtbot)
    hands.press(page.direction.polar, QPointF(5, 5))
    assert page.direction.polar.accessibleName() == "The true gradient"
