"""The page of the cost, driven by its controls, with a network of known outputs."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore import slowdown
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.slowdown import learn
from digitpad.gui.explore.cost.page import CostPage
from digitpad.gui.explore.page import Shared
from digitpad.gui.widgets.formula import number
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.digits import digits
from tests.gui import hands
from tests.gui.explore.stage import on_stage, sharing


def always(digit: int) -> Model:
    """Return a network that gives 0.75 for ``digit`` and 0.25 for the others, whatever it is shown."""
    bias = np.full(10, -np.log(3), dtype=np.float32)
    bias[digit] = np.log(3)
    weights = np.zeros((10, 784), dtype=np.float32)
    return Model(
        Network.of([weights], [bias], activation="sigmoid", cost="quadratic"), Provenance(name=f"always {digit}")
    )


@pytest.fixture
def shared(qapp: QApplication) -> Iterator[Shared]:
    """What pages share, with a network that takes every digit for a 3."""
    with sharing(qapp, digits(20, 100), always(3)) as shared:
        shared.chosen.choose(None)  # the one in use
        yield shared


@pytest.fixture
def page(shared: Shared, qtbot: QtBot) -> CostPage:
    return on_stage(CostPage(shared), qtbot, 1000, 700)


def costs(page: CostPage) -> list[float]:
    return list(map(float, page.five_digits.digits.costs))


def shown(page: CostPage) -> bool:
    return len(costs(page)) == 5 and "Chosen" in page.five_digits.about.text()


def test_each_term_and_the_mean(page: CostPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page))
    assert "In use: 784-10" in page.five_digits.which.currentText()
    # A 3 costs ((1 - 0.75)² + 9 · 0.25²)/2 = 0.3125; any other two wrong outputs of 0.75 and eight of 0.25.
    assert page.five_digits.handful is not None
    expected = [0.3125 if label == 3 else 0.8125 for label in page.five_digits.handful.labels]
    assert costs(page) == pytest.approx(expected)
    text = page.formula.text()
    assert "(0−0.750)²" in text
    assert "<b>(1−0.250)²</b>" in text
    assert f"= {np.mean(expected):.4f}" in text


def test_a_tiny_cost_is_not_told_as_none(shared: Shared, qtbot: QtBot) -> None:
    bias = np.full(10, -12, dtype=np.float32)  # sigma(-12) is 6e-6; a digit costs little only where it is the 3
    bias[3] = 12
    network = Network.of([np.zeros((10, 784), np.float32)], [bias], activation="sigmoid", cost="quadratic")
    shared.session.use(Model(network))
    page = on_stage(CostPage(shared), qtbot, 1000, 700)
    qtbot.waitUntil(lambda: shown(page))
    assert page.five_digits.handful is not None
    place = list(page.five_digits.handful.labels).index(3)
    hands.press(page.five_digits.digits, page.five_digits.digits.place(place).center())
    assert 0 < costs(page)[place] < 1e-4
    assert page.five_digits.digits.accessibleName().endswith("cost < 0.0001")
    assert "] &lt;&nbsp;0.0001" in page.formula.text()
    assert "<b>&lt;&nbsp;0.0001</b>" in page.formula.text()


def test_digits_are_chosen_by_mouse_and_by_key(page: CostPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page))
    hands.key(page.five_digits.digits, Qt.Key.Key_Home)
    assert page.five_digits.digits.chosen == 0
    hands.key(page.five_digits.digits, Qt.Key.Key_Right, 2)
    assert page.five_digits.digits.accessibleName().startswith("Digit 3 of 5")
    hands.press(page.five_digits.digits, page.five_digits.digits.place(4).center())
    assert page.five_digits.digits.chosen == 4
    hands.key(page.five_digits.digits, Qt.Key.Key_Right)
    assert page.five_digits.digits.chosen == 4
    assert page.five_digits.handful is not None
    label = int(page.five_digits.handful.labels[4])
    assert f"{label}</b>, read {'rightly' if label == 3 else 'as a 3'}" in page.five_digits.about.text()
    assert page.five_digits.terms.accessibleName().count("0.5625") == (0 if label == 3 else 2)


def test_another_network_and_other_digits(page: CostPage, shared: Shared, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown(page))
    assert page.five_digits.handful is not None
    label = int(page.five_digits.handful.labels[0])
    shared.session.use(always(label))
    qtbot.waitUntil(lambda: costs(page)[0] == pytest.approx(0.3125))
    before = page.five_digits.handful
    hands.click(page.five_digits.others)
    qtbot.waitUntil(lambda: page.five_digits.handful is not before and not page.busy)
    assert page.five_digits.handful is not None
    assert page.five_digits.handful.images.tobytes() != before.images.tobytes()


def test_the_worst_read(page: CostPage, shared: Shared, qtbot: QtBot) -> None:
    # A network that is the surer of a 3 the more ink there is.
    weights, bias = np.zeros((10, 784), dtype=np.float32), np.full(10, -5, dtype=np.float32)
    weights[3] = 0.05
    shared.session.use(Model(Network.of([weights], [bias], activation="sigmoid", cost="quadratic")))
    qtbot.waitUntil(lambda: shown(page))
    hands.click(page.five_digits.worst)
    qtbot.waitUntil(lambda: page.five_digits.about.text().startswith("Chosen") and not page.busy)
    digits_ = shared.digits.current
    assert digits_ is not None
    outputs = shared.session.model.network.feedforward(digits_.test.images)
    every = 0.5 * ((outputs - digits_.test.targets) ** 2).sum(axis=1)
    assert costs(page) == pytest.approx(np.sort(every)[::-1][:5].tolist(), rel=1e-5)


def test_the_slowdown_is_the_books(page: CostPage, qtbot: QtBot) -> None:
    hands.click(page.views.button(2))
    assert page.slowdown.output.isVisible()
    assert not page.five_digits.terms.isVisible()
    assert page.slowdown.cells[0][1].text() == page.slowdown.cells[1][1].text() == "0.818"
    hands.click(page.slowdown.starts[1])
    assert [row[3].text() for row in page.slowdown.cells] == ["302", "31"]
    assert "0.982 · 0.0177 = 0.0173" in page.formula.text()
    hands.key(page.slowdown.epoch.slider, Qt.Key.Key_End)
    assert page.slowdown.cells[0][1].text() == "0.203"
    hands.press(page.slowdown.cost, page.slowdown.cost.to_widget(100, 0.5))
    assert page.slowdown.epoch.value == 100
    assert "after 100 epochs" in page.formula.text()
    assert not page.done


def test_a_move_updates_once_and_only_a_new_start_is_computed(
    page: CostPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.click(page.views.button(2))
    hands.click(page.slowdown.starts[1])
    page.slowdown.epoch.set_value(100)
    calls = Counter[str]()

    def counted(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            calls[name] += 1
            return call(*arguments)

        return run

    monkeypatch.setattr(page.formula, "show_lines", counted("update", page.formula.show_lines))
    monkeypatch.setattr(slowdown, "learn", counted("learn", learn))
    hands.key(page.slowdown.w.slider, Qt.Key.Key_Right)
    assert calls == {"update": 1, "learn": 2}
    hands.click(page.slowdown.starts[0])
    assert calls == {"update": 2, "learn": 4}
    assert page.slowdown.epoch.value == 0
    assert page.slowdown.cells[0][1].text() == "0.818"
    hands.click(page.slowdown.player.play)
    qtbot.waitUntil(lambda: page.slowdown.epoch.value >= 6)
    assert calls["update"] >= 4
    assert calls["learn"] == 4


def test_a_saturated_start_does_the_task(page: CostPage, qtbot: QtBot) -> None:
    hands.click(page.views.button(2))
    hands.click(page.slowdown.starts[1])
    hands.key(page.slowdown.w.slider, Qt.Key.Key_Right, 15)
    assert page.task.text().startswith("<b>✓ Done:</b>")
    assert not page.done  # there is another
    hands.key(page.slowdown.w.slider, Qt.Key.Key_End)
    hands.key(page.slowdown.b.slider, Qt.Key.Key_End)
    assert page.slowdown.cells[0][3].text() == "over 5,000"
    assert page.slowdown.cells[0][2].text() == "0.00005"  # sigma'(10): small, and not 0
    assert "0.00005 = 0.00005" in page.formula.text()
    hands.key(page.slowdown.w.slider, Qt.Key.Key_Home)
    hands.key(page.slowdown.b.slider, Qt.Key.Key_Home)
    assert "already" in page.slowdown.times.text()


def test_the_epochs_play_and_rest_with_the_page(page: CostPage, qtbot: QtBot) -> None:
    hands.click(page.views.button(2))
    hands.key(page.slowdown.player.play, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.slowdown.epoch.value >= 6)
    page.hide()
    assert not page.slowdown.player.playing
    assert not page.slowdown.player.play.isChecked()
    page.show()
    page.slowdown.epoch.set_value(299)
    page.slowdown.player.play.setChecked(True)
    qtbot.waitUntil(lambda: not page.slowdown.player.play.isChecked())
    assert page.slowdown.epoch.value == 300


def test_it_begins_with_the_chapters_network_and_a_digit_that_costs_something(
    page: CostPage, shared: Shared, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: shown(page))
    shared.chosen.choose(ChapterNetwork.EPOCH_30)
    hands.click(page.five_digits.others)
    qtbot.waitUntil(lambda: shown(page) and not page.busy)
    assert page.five_digits.which.currentText() == "Chapter 1, after 30 epochs"
    handful = page.five_digits.handful
    assert handful is not None
    every = 0.5 * ((shared.chosen.network.feedforward(handful.images) - handful.targets) ** 2).sum(axis=1)
    assert costs(page) == pytest.approx(every.tolist(), rel=1e-4)
    assert max(costs(page)) > 0.1
    assert page.five_digits.digits.chosen == int(every.argmax())
    y = handful.targets[page.five_digits.digits.chosen]
    assert f"({', '.join(f'{target:.0f}' for target in y)})<sup>T</sup>" in page.formula.text()


def test_the_cost_falls_while_the_count_stays(page: CostPage, shared: Shared, qtbot: QtBot) -> None:
    shared.chosen.choose(ChapterNetwork.EPOCH_30)
    hands.click(page.views.button(1))
    counting = page.counting
    qtbot.waitUntil(lambda: "read rightly" in counting.told.text())
    assert page.task.text().startswith("<b>Task:</b> under Counting")
    digits_ = shared.digits.current
    assert digits_ is not None
    some, network = digits_.test[:200], shared.chosen.network
    outputs = network.feedforward(some.images)
    right = int((outputs.argmax(axis=1) == some.labels).sum())
    cost = float(0.5 * ((outputs - some.targets) ** 2).sum(axis=1).mean())
    assert f"read rightly <b>{right}</b>, before {right}" in counting.told.text()
    told = counting.told.text().split("cost <b>")[1].split("</b>")[0]
    assert float(told) == pytest.approx(cost, rel=1e-5)
    assert f"Over {len(some)} test images ({digits_.name})" in counting.told.text()
    found = re.search(r"leads from neuron (\d+) of the last hidden layer to output (\d)", page.formula.text())
    assert found
    weight = network.weights[-1][int(found[2]), int(found[1]) - 1]  # hidden neurons count from 1, outputs from 0
    assert f"= {number(float(weight), 4)} + 0.0000" in page.formula.text()
    down = "∂<i>w</i> = −" in page.formula.text()  # a negative slope leads down to the right
    hands.key(counting.change.slider, Qt.Key.Key_Left if down else Qt.Key.Key_Right)
    assert not page.is_done(counting.TASK)  # up
    hands.key(counting.change.slider, Qt.Key.Key_Right if down else Qt.Key.Key_Left, 2)
    assert page.is_done(counting.TASK)
    assert page.task.text().startswith("<b>✓ Done:</b>")
    assert not page.done
    hands.click(page.views.button(2))
    assert page.task.text().startswith("<b>Task:</b> under Slowdown")
    hands.click(page.slowdown.starts[1])
    with qtbot.waitSignal(page.shared.progress.changed):
        hands.key(page.slowdown.w.slider, Qt.Key.Key_Right, 15)


def test_of_a_network_without_numbers_it_is_said_that_there_is_no_cost(
    page: CostPage, shared: Shared, qtbot: QtBot
) -> None:
    broken = Network((784, 5, 10), seed=1)
    broken.weights[1][3, 2] = np.nan
    shared.session.use(Model(broken))
    shared.chosen.choose(None)
    qtbot.waitUntil(lambda: "no numbers" in page.five_digits.about.text())
    assert "cost none" in page.five_digits.digits.accessibleName()
    page.show_view("Counting")
    qtbot.waitUntil(lambda: "no numbers" in page.counting.told.text())
    shared.chosen.choose(ChapterNetwork.EPOCH_30)
    qtbot.waitUntil(lambda: "read rightly" in page.counting.told.text())


def test_the_weight_is_moved_on_the_chart(page: CostPage, qtbot: QtBot) -> None:
    page.show_view("Counting")
    qtbot.waitUntil(lambda: "read rightly" in page.counting.told.text())
    hands.press(page.counting.costs, page.counting.costs.to_widget(0.5, page.counting.costs.view[2]))
    assert page.counting.change.value == pytest.approx(0.5, abs=0.05)
    assert "marked at 0.5" in page.counting.counts.accessibleDescription()
