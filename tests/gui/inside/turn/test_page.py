"""The page "Turn": the drawing is turned into another digit, by hand, and put on the canvas."""

from typing import NoReturn

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Picture
from digitpad.draw.reading import Verdict
from digitpad.gui.inside.turn import search
from digitpad.gui.inside.turn.page import TurnPage
from digitpad.gui.replay import draw
from digitpad.gui.services.jobs import NO_MEMORY
from digitpad.gui.window.main_window import MainWindow
from digitpad.inside.turning import turned
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui.draw.test_number import digits as number
from tests.gui.inside.stage import of_a_three


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> TurnPage:
    """The page, of a three that was drawn."""
    page = of_a_three(window, TurnPage)
    qtbot.waitUntil(lambda: page.dust.isVisible())
    return page


def turn_into(page: TurnPage, digit: int, qtbot: QtBot) -> None:
    """Choose a digit by its key, and wait for what is told of it and of another network."""
    page.wanted.setCurrentIndex((digit + 1) % 10)
    page.wanted.setFocus()
    QTest.keyClick(page.wanted, getattr(Qt.Key, f"Key_{digit}"))
    qtbot.waitUntil(lambda: page.go.text() == "Turn it" and page.other.text() != "")


def small(seed: int = 3) -> Network:
    weights = np.random.default_rng(seed).normal(0, 0.6, (10, 784))
    return Network.of([weights], [np.full(10, -2.0)], activation="sigmoid", cost="cross-entropy")


def use(window: MainWindow, network: Network, name: str = "small") -> None:
    window.session.use(Model(network, Provenance(name=name)), unsaved=True)


def test_the_runner_up_is_what_it_would_be_turned_into(page: TurnPage) -> None:
    assert page.seen
    assert page.wanted.currentIndex() == page.seen.reading.runner_up
    assert "press Turn it" in page.words.text()
    assert not page.put.isEnabled()
    assert not page.over.isEnabled()


def test_the_default_network_reads_another_digit_from_the_canvas(
    page: TurnPage, window: MainWindow, qtbot: QtBot
) -> None:
    turn_into(page, 8, qtbot)
    found, seen = page.found, page.seen
    assert found is not None
    assert seen
    again = turned(page.model.network, seen.stages.image, 8, nine=True)
    assert again is not None
    np.testing.assert_array_equal(found.after, again.after)
    assert page.words.text() == (
        f"{found.pixels} pixels by {found.levels:,} grey levels in all turn it into an 8. "
        "Not one grey level less would do."
    )
    assert page.before.accessibleDescription().startswith("Read as 3 (")
    assert page.after.accessibleDescription().startswith("Read as 8 (")
    assert "Train a network" in page.other.text()
    pixel = divmod(int(np.abs(found.changes).argmax()), 28)
    first, last = (int(levels.reshape(28, 28)[pixel]) for levels in (found.before, found.after))
    assert page.dust.words(pixel).endswith(f", changed from {first} to {last}")
    assert page.dust.words((0, 0)).endswith(", not changed")
    drawing = window.draw.canvas.drawing
    page.put.click()
    qtbot.waitUntil(lambda: window.draw.reading is not None and window.draw.reading.digit == 8)
    assert window.draw.reading
    assert window.draw.reading.verdict is Verdict.SURE
    window.draw.undo.trigger()
    assert window.draw.canvas.drawing == drawing
    qtbot.waitUntil(lambda: window.draw.reading is not None and window.draw.reading.digit == 3)


def test_another_network_is_tried_beside_the_one_in_use(page: TurnPage, window: MainWindow, qtbot: QtBot) -> None:
    use(window, small())
    turn_into(page, 5, qtbot)
    assert page.found
    assert f"This network: {page.found.pixels} pixel" in page.other.text()
    assert "default network (learned from deformed digits): " in page.other.text()


def test_dust_lies_over_the_drawing_if_wanted_until_another_is_drawn(
    page: TurnPage, window: MainWindow, qtbot: QtBot
) -> None:
    use(window, small())
    turn_into(page, 4, qtbot)
    canvas = window.draw.canvas
    canvas.clearFocus()
    before = canvas.grab().toImage()
    page.over.click()
    with_dust = canvas.grab().toImage()
    assert with_dust != before
    canvas.show_picture(Picture.fitted(np.eye(20, dtype=np.float32)))
    qtbot.waitUntil(lambda: page.found is None)
    assert "press Turn it" in page.words.text()
    assert not page.over.isEnabled()


def test_of_several_digits_what_was_found_of_one_is_not_told_of_another(
    page: TurnPage, window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.draw
    tab.clear.trigger()
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, number("20"))
    qtbot.waitUntil(lambda: page.seen is not None and page.seen.reading.digit == 0)
    turn_into(page, 0, qtbot)
    assert page.words.text() == "It is read as a 0 already."
    tab.answer.number.chosen.emit(0)
    qtbot.waitUntil(lambda: page.found is None)
    assert "press Turn it" in page.words.text()


def test_what_is_read_so_already_needs_no_change(page: TurnPage, qtbot: QtBot) -> None:
    turn_into(page, 3, qtbot)
    assert page.words.text() == "It is read as a 3 already."
    assert not page.put.isEnabled()


@pytest.mark.parametrize("worth", [0.0, np.nan, np.inf])
def test_it_says_so_where_no_way_is_found(page: TurnPage, window: MainWindow, qtbot: QtBot, worth: float) -> None:
    network = Network([784, 6, 10], seed=1)
    network.parameters[:] = worth
    use(window, network)
    turn_into(page, 6, qtbot)
    assert page.words.text() == "No way was found to turn this into a 6."
    assert page.found is None
    assert "This network: no way was found." in page.other.text()


def test_blank_it_says_what_it_will_show(page: TurnPage, window: MainWindow, qtbot: QtBot) -> None:
    page.go.click()
    window.draw.clear.trigger()
    qtbot.waitUntil(lambda: not page.dust.isVisible())
    window.draw.canvas.undo()
    qtbot.waitUntil(lambda: page.dust.isVisible())
    assert page.found is None


@pytest.mark.parametrize("how", ["by the button", "by another page", "by clearing"])
def test_while_it_looks_it_says_so_and_can_be_stopped(
    page: TurnPage, window: MainWindow, qtbot: QtBot, how: str
) -> None:
    page.wanted.setCurrentIndex(8)
    page.go.click()
    assert page.go.text() == "Stop"
    assert page.words.text().startswith("Looking for the fewest changes…")
    qtbot.waitUntil(lambda: page.words.text().endswith("pixels so far."))
    if how == "by the button":
        page.go.click()
    elif how == "by another page":
        assert window.tabs.inside
        window.tabs.inside.show_page("Why")
    else:
        window.draw.clear.trigger()
        qtbot.waitUntil(lambda: not page.dust.isVisible())
    assert page.go.text() == "Turn it"
    assert "so far" not in page.words.text()
    page.close_down()  # which waits for the thread
    QApplication.processEvents()  # what it may have sent before it ended
    assert page.found is None
    assert page.other.text() == ""


@pytest.mark.parametrize("job", ["_turned", "_other_turned"])
def test_what_keeps_it_from_looking_is_told_and_ends_it(
    page: TurnPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    def lack_memory(*_: object) -> NoReturn:
        raise MemoryError

    with monkeypatch.context() as patched, qtbot.waitSignal(page.failed) as failed:
        patched.setattr(search, job, lack_memory)
        page.wanted.setCurrentIndex(8)
        page.go.click()
    assert failed.args == [NO_MEMORY]
    assert page.go.text() == "Turn it"
    assert not page.words.text().startswith("Looking")
    assert (page.found is None) == (job == "_turned")
    turn_into(page, 5, qtbot)
    assert page.found


def test_what_was_found_stays_while_networks_follow_until_another_is_drawn(
    page: TurnPage, window: MainWindow, qtbot: QtBot
) -> None:
    first = small()
    use(window, first)
    turn_into(page, 5, qtbot)
    found, words = page.found, page.words.text()
    assert found is not None
    assert not page.earlier.isVisible()
    use(window, small(4))
    qtbot.waitUntil(lambda: page.earlier.isVisible())
    assert page.found is found
    assert page.words.text() == words
    assert "as it was when the search began" in page.earlier.text()
    use(window, first)
    qtbot.waitUntil(lambda: not page.earlier.isVisible())
    use(window, small(4))
    window.draw.canvas.show_picture(Picture.fitted(np.eye(20, dtype=np.float32)))
    qtbot.waitUntil(lambda: page.found is None)
    assert not page.earlier.isVisible()


def test_the_digit_that_was_looked_for_stays_while_networks_follow(
    page: TurnPage, window: MainWindow, qtbot: QtBot
) -> None:
    use(window, small())
    qtbot.waitUntil(lambda: page.seen is not None and page.wanted.currentIndex() == page.seen.reading.runner_up)
    looked_for = page.wanted.currentIndex()
    page.go.click()
    qtbot.waitUntil(lambda: page.go.text() == "Turn it")
    network = small()
    network.weights[0][:] = np.roll(network.weights[0], 3, axis=0)
    use(window, network)
    qtbot.waitUntil(lambda: page.earlier.isVisible())
    assert page.seen
    assert page.seen.reading.runner_up != looked_for
    assert page.wanted.currentIndex() == looked_for


def test_the_window_closes_while_it_looks(page: TurnPage, window: MainWindow) -> None:
    page.go.click()
    window.close()
    assert page.found is None


@pytest.mark.parametrize("width", [300, 690, 1100])
def test_it_is_never_wider_than_its_room(page: TurnPage, width: int) -> None:
    assert page.minimumSizeHint().width() <= 300
    page.resize(width, 600)
    for part in (page.dust, page.after, page.over, page.go):
        assert part.mapTo(page, part.rect().bottomRight()).x() <= width
