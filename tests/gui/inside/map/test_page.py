"""The page "Map": all digits as points, the drawing among them, and those that are nearest to it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Dataset, Digits
from digitpad.draw.drawing import Picture
from digitpad.gui.inside.map.nearest import alike
from digitpad.gui.inside.map.page import MapPage
from digitpad.gui.inside.page import Shared
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session
from digitpad.inside.cloud import last_hidden
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from tests import digits
from tests.gui import hands
from tests.gui.images import brightness
from tests.gui.seeing import seen

Opened = tuple[MapPage, Session]


def a_network(*hidden: int, seed: int = 1) -> Network:
    return Network((784, *hidden, 10), seed=seed, initialisation="scaled")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of half as many digits as elsewhere: each test lays all of them out anew."""
    return digits.folder(tmp_path_factory.mktemp("digits"), 300)


@pytest.fixture
def opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Opened]:
    """The page, shown, of a small network and a small set of digits."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    session = Session(Model(a_network(20)))
    preferences = Preferences()
    sets = DigitSets(preferences, session)
    page = MapPage(Shared(session, sets, Reader(session, session, preferences), preferences))
    qtbot.addWidget(page)
    page.resize(600, 500)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: session.examples.cloud is not None)
    qtbot.waitUntil(lambda: session.examples.islands is not None)
    qtbot.waitUntil(lambda: "digits of" in page.about.text())  # when the page shows them, too
    page.cloud.rest()
    yield page, session
    page.close()
    page.close_down()
    sets.close_down()


def press_on(widget: QWidget, place: QPointF) -> None:
    hands.press(widget, place)
    hands.release(widget, place)


def use(qtbot: QtBot, page: MapPage, session: Session, network: Network) -> None:
    """Put another network into use, and wait for its cloud."""
    session.use(Model(network))
    page.update_soon()
    qtbot.waitUntil(lambda: session.examples.cloud is not None and session.examples.cloud.projection.network is network)
    qtbot.waitUntil(lambda: session.examples.islands is not None)
    qtbot.waitUntil(lambda: "digits of" in page.about.text())  # when the page shows them, too
    page.cloud.rest()


def show(page: MapPage, session: Session, index: int) -> None:
    """Have one of the digits on the canvas."""
    assert page.cloud.digits
    session.show_seen(seen(page.cloud.digits.images[index] / np.float32(255)))
    page.update_soon()


def test_it_lays_out_the_digits_of_the_set_in_use(opened: Opened) -> None:
    page, session = opened
    assert session.examples.cloud
    assert page.cloud.digits is session.examples.cloud.digits
    assert len(session.examples.cloud.digits) == 300
    assert "300 digits" in page.about.toolTip() or "300 digits" in page.about.text()
    assert "20 neurons" in page.about.text()


def test_the_drawing_lies_where_a_digit_like_it_does(opened: Opened) -> None:
    page, session = opened
    assert page.cloud.drawing_on_screen is None
    for index in (5, 17, 3):
        show(page, session, index)
        at = page.cloud.drawing_on_screen
        assert at
        assert (at - page.cloud.place_on_screen(index)).manhattanLength() < 0.1
    session.show_seen(None)
    page.update_soon()
    assert page.cloud.drawing_on_screen is None


def test_the_nearest_digits_are_told_with_their_labels_and_distances(opened: Opened) -> None:
    page, session = opened
    assert page.nearest.gallery.count() == 0
    show(page, session, 5)
    cloud = session.examples.cloud
    assert cloud
    model = page.nearest.gallery.model()
    told = [model.index(row, 0).data(Qt.ItemDataRole.DisplayRole) for row in range(model.rowCount())]
    every = np.linalg.norm(cloud.activations.astype(float) - cloud.activations[5], axis=1)
    nearest = np.argsort(every, kind="stable")[:5]
    assert nearest[0] == 5
    assert [text.split(" · ")[0] for text in told] == [str(label) for label in cloud.digits.labels[nearest]]
    np.testing.assert_allclose(
        [float(text.split(" · ")[1]) for text in told], every[nearest], atol=0.005 * every[nearest].max()
    )
    assert len({len(text.partition(".")[2]) for text in told}) == 1  # as many decimals


@pytest.mark.parametrize(
    ("distances", "told"),
    [
        ([2.9, 2.99, 3.0], ["2.90", "2.99", "3.00"]),
        ([9.5, 10.04, 10.0], ["9.5", "10.0", "10.0"]),
        ([0.0, 0.0], ["0.00", "0.00"]),
        ([0.0, 4e-9], ["0.00e+00", "4.00e-09"]),
        ([1234.5], ["1234"]),
        ([], []),
    ],
)
def test_distances_are_told_alike(distances: list[float], told: list[str]) -> None:
    assert alike(distances) == told


def test_what_is_cut_off_of_the_caption_is_told_by_its_tool_tip(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = opened
    told = list[str]()
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *more: told.append(text))
    page.resize(340, 500)
    about = page.about
    assert about.shown != about.text()
    assert about.shown.endswith("…")
    place = about.rect().center()
    QApplication.sendEvent(about, QHelpEvent(QEvent.Type.ToolTip, place, about.mapToGlobal(place)))
    assert len(told) == 1
    assert about.text() in told[0]


def test_one_of_the_nearest_is_chosen_on_the_map(opened: Opened) -> None:
    page, session = opened
    show(page, session, 5)
    gallery = page.nearest.gallery
    press_on(gallery.viewport(), QPointF(gallery.visualRect(gallery.model().index(0, 0)).center()))
    assert page.cloud.current == 5
    assert page.card.isVisible()


def test_a_digit_that_is_clicked_is_seen_large_and_goes_on_the_canvas(opened: Opened, qtbot: QtBot) -> None:
    page, _ = opened
    press_on(page.cloud, page.cloud.place_on_screen(40))
    index = page.cloud.current
    assert index is not None
    assert page.card.isVisible()
    digits_shown = page.cloud.digits
    assert digits_shown
    assert str(digits_shown.labels[index]) in page.card.words.text()
    with qtbot.waitSignal(page.put_wanted) as put:
        page.card.put.click()
    (picture,) = put.args
    assert isinstance(picture, Picture)
    np.testing.assert_allclose(picture.ink.reshape(784), digits_shown.images[index] / 255, atol=1e-6)
    with qtbot.waitSignal(page.put_wanted):
        QTest.keyClick(page.cloud, Qt.Key.Key_Return)
    QTest.keyClick(page.cloud, Qt.Key.Key_Escape)
    assert page.cloud.current is None
    assert not page.card.isVisible()


def choose(page: MapPage, index: int = 40) -> None:
    page.cloud.choose(index)
    assert page.card.isVisible()


def test_the_card_of_the_digit_chosen_is_put_away_by_its_button(opened: Opened) -> None:
    page, _ = opened
    choose(page)
    button = page.card.close_button
    assert button.accessibleName() == "Close"
    assert button.toolTip()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert page.cloud.current is None
    assert not page.card.isVisible()
    assert page.cloud.hasFocus()


def test_escape_puts_the_card_away_wherever_the_focus_is(opened: Opened) -> None:
    page, session = opened
    a_run(session, 3)
    show(page, session, 5)
    places = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(places) > 5
    tried = set[QWidget]()
    for place in places:
        choose(page)
        if place.isVisible() and place.isEnabled():
            place.setFocus()
            QTest.keyClick(place, Qt.Key.Key_Escape)
            assert not page.card.isVisible(), place
            tried.add(place)
    assert {page.cloud, page.card.put, page.card.close_button, page.nearest.gallery, page.epochs.slider} <= tried


def test_the_card_goes_to_the_corner_furthest_from_the_drawing(opened: Opened) -> None:
    page, session = opened
    choose(page)
    assert page.cloud.digits
    corners = set[tuple[bool, bool]]()
    for index in range(0, len(page.cloud.digits), 20):
        show(page, session, index)
        at, middle = page.cloud.drawing_on_screen, page.cloud.rect().center()
        assert at
        card = page.card.geometry()
        assert page.cloud.rect().contains(card)
        corner = card.center().x() > middle.x(), card.center().y() > middle.y()
        assert corner == (at.x() < middle.x(), at.y() < middle.y())
        corners.add(corner)
    assert len(corners) == 4
    hands.turn_wheel(page.cloud, QPointF(page.cloud.rect().center()), 120)
    for start, end in ((100, 590), (590, 100)):
        hands.press(page.cloud, QPointF(start, 40))
        hands.move(page.cloud, QPointF(end, 40))
        hands.release(page.cloud, QPointF(end, 40))
        at = page.cloud.drawing_on_screen
        assert at
        assert (page.card.geometry().center().x() > page.cloud.rect().center().x()) == (
            at.x() < page.cloud.rect().center().x()
        )


def test_arrow_keys_go_from_point_to_point(opened: Opened) -> None:
    page, _ = opened
    QTest.keyClick(page.cloud, Qt.Key.Key_Right)
    first = page.cloud.current
    assert first is not None
    for key, along in ((Qt.Key.Key_Left, (-1, 0)), (Qt.Key.Key_Down, (0, 1)), (Qt.Key.Key_Up, (0, -1))):
        before = page.cloud.place_on_screen(page.cloud.current or 0)
        QTest.keyClick(page.cloud, key)
        moved = page.cloud.place_on_screen(page.cloud.current or 0) - before
        assert moved.x() * along[0] + moved.y() * along[1] > 0


def test_coming_nearer_and_moving_end_with_home(opened: Opened) -> None:
    page, _ = opened
    cloud = page.cloud
    before = cloud.place_on_screen(9), cloud.place_on_screen(70)
    hands.turn_wheel(cloud, QPointF(cloud.rect().center()), 240)
    after = cloud.place_on_screen(9), cloud.place_on_screen(70)
    assert (after[1] - after[0]).manhattanLength() > 1.2 * (before[1] - before[0]).manhattanLength()
    assert not cloud.whole
    hands.press(cloud, QPointF(100, 100))
    for place in (QPointF(120, 110), QPointF(160, 130)):
        hands.move(cloud, place)
    hands.release(cloud, QPointF(160, 130))
    assert cloud.place_on_screen(9) - after[0] == QPointF(60, 30)
    assert cloud.current is None
    QTest.keyClick(cloud, Qt.Key.Key_Home)
    assert cloud.whole
    assert cloud.place_on_screen(9) == before[0]
    QTest.keyClick(cloud, Qt.Key.Key_Plus)
    assert not cloud.whole
    hands.double_click(cloud, cloud.rect().center())
    assert cloud.whole


def test_a_point_under_the_pointer_shows_its_picture(opened: Opened) -> None:
    page, _ = opened
    before = brightness(page.cloud.grab().toImage()).astype(float)
    hands.hover(page.cloud, page.cloud.place_on_screen(100))
    assert np.abs(brightness(page.cloud.grab().toImage()).astype(float) - before).max() > 100
    QApplication.sendEvent(page.cloud, QEvent(QEvent.Type.Leave))
    after = brightness(page.cloud.grab().toImage()).astype(float)
    assert np.abs(after - before).max() < 60  # an outline's edge depends on which size was painted before


@pytest.mark.parametrize("network", [a_network(), a_network(7, 3), a_network(1)])
def test_another_network_lays_them_out_anew(opened: Opened, qtbot: QtBot, network: Network) -> None:
    page, session = opened
    show(page, session, 5)
    use(qtbot, page, session, network)
    cloud = session.examples.cloud
    assert session.seen
    assert cloud
    drawn = last_hidden(network, session.seen.stages.image)
    np.testing.assert_allclose(cloud.projection.place(drawn), cloud.places[5], atol=1e-4)
    assert ("pixels" in page.about.text()) == (len(network.sizes) == 2)


def test_a_network_astray_is_shown_without_a_warning(opened: Opened, qtbot: QtBot) -> None:
    page, session = opened
    network = a_network(20)
    network.parameters[::7] = np.nan
    use(qtbot, page, session, network)
    show(page, session, 3)
    page.grab()
    assert page.nearest.gallery.count() == 5


ONE = digits.a_set(1, 1)
THE_SAME = Dataset(np.repeat(ONE.images, 30, axis=0), np.repeat(ONE.labels, 30))


@pytest.mark.parametrize("training", [digits.a_set(3, 1), THE_SAME, digits.a_set(30, 1)[:0]])
def test_another_set_however_odd_is_laid_out(opened: Opened, qtbot: QtBot, training: Dataset) -> None:
    page, session = opened
    sets = page.shared.digits
    sets.current = Digits("odd", training, training)
    sets.changed.emit()
    qtbot.waitUntil(lambda: page.cloud.digits is not None and len(page.cloud.digits) == len(training))
    page.cloud.rest()
    session.show_seen(seen(ONE.images[0] / np.float32(255)))
    page.update_soon()
    page.grab()
    QTest.keyClick(page.cloud, Qt.Key.Key_Down)
    assert page.nearest.gallery.count() == min(5, len(training))


def test_the_memory_is_given_back(opened: Opened) -> None:
    page, session = opened
    session.examples.let_go()
    assert session.examples.cloud is None
    assert page.cloud.digits is None


def a_run(session: Session, epochs: int) -> Run:
    """Return a run with the weights of some epochs, which is looked at."""
    run = Run(3, Recipe(), "bars")
    for at in range(1, epochs + 1):
        run.networks[float(at)] = a_network(12, seed=at)
    session.shown.show(run)
    return run


def test_a_run_with_several_epochs_is_gone_through_with_the_slider(opened: Opened, qtbot: QtBot) -> None:
    page, session = opened
    bar = page.epochs
    assert not bar.isVisible()
    run = a_run(session, 4)
    page.update_soon()
    assert bar.isVisible()
    show(page, session, 5)
    in_use = page.cloud.place_on_screen(5)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_Left)
    assert bar.index == 2
    qtbot.waitUntil(lambda: "after epoch 3 of run #3" in page.about.text())
    page.cloud.rest()
    assert page.cloud.place_on_screen(5) != in_use
    assert page.cloud.digits
    assert session.seen
    at = page.cloud.drawing_on_screen
    assert at
    assert (at - page.cloud.place_on_screen(5)).manhattanLength() < 0.1
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    assert "after epoch 1" in page.about.text()
    bar.in_use.click()
    page.cloud.rest()
    assert page.cloud.place_on_screen(5) == in_use
    assert session.model.network not in run.networks.values()


def test_play_goes_from_the_first_epoch_to_the_last(opened: Opened, qtbot: QtBot) -> None:
    page, session = opened
    a_run(session, 3)
    page.update_soon()
    seen_epochs: list[object] = []
    page.epochs.chosen.connect(seen_epochs.append)
    page.epochs.play.click()
    qtbot.waitUntil(lambda: page.epochs.index == 2)
    qtbot.waitUntil(lambda: not page.epochs.play.isChecked())
    assert seen_epochs == [0, 1, 2]
    page.cloud.rest()


def test_another_run_leaves_the_epochs(opened: Opened, qtbot: QtBot) -> None:
    page, session = opened
    a_run(session, 3)
    page.update_soon()
    page.epochs.choose(0)
    qtbot.waitUntil(lambda: "after epoch 1" in page.about.text())
    session.shown.show(None)
    assert page.epochs.index is None
    assert not page.epochs.isVisible()
    assert "neurons" in page.about.text()
    page.cloud.rest()


def test_the_epochs_of_a_run_of_four_outputs_are_left_out(opened: Opened) -> None:
    page, session = opened
    run = Run(3, Recipe(outputs="four"), "bars")
    run.networks = {float(at): run.recipe.network() for at in range(3)}
    session.shown.show(run)
    page.update_soon()
    assert not page.epochs.isVisible()
    a_run(session, 3)
    page.update_soon()
    assert page.epochs.isVisible()
