"""The page of all layers, driven by pointer and keys."""

from collections.abc import Iterator
from contextlib import suppress
from threading import Thread, current_thread, main_thread

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Picture
from digitpad.gui.inside.layers.page import LayersPage
from digitpad.gui.inside.layers.weights_overlay import WeightsOverlay
from digitpad.gui.inside.page import Shared
from digitpad.gui.services.overlay import Overlay
from digitpad.gui.widgets.colours import LIGHT, palette_of
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.signed import sign_colour
from digitpad.inside.activity import Activity, Neuron
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.digits import digits
from tests.gui import hands
from tests.gui.inside.stage import on_stage, sharing
from tests.gui.seeing import seen

RNG = np.random.default_rng(0)
IMAGE, OTHER = (RNG.random(784).astype(np.float32) for _ in range(2))
DIGITS = digits(60, 20)


def network(*hidden: int, activation: str = "sigmoid", seed: int = 1) -> Network:
    return Network((784, *hidden, 10), seed=seed, activation=activation, initialisation="scaled")


@pytest.fixture
def shared(qapp: QApplication) -> Iterator[Shared]:
    with sharing(qapp, Model(network(30, 12)), DIGITS) as shared:
        yield shared


@pytest.fixture
def page(shared: Shared, qtbot: QtBot) -> LayersPage:
    page = on_stage(LayersPage(shared), qtbot)
    shared.session.show_seen(seen(IMAGE))
    return page


@pytest.fixture
def overlays(page: LayersPage) -> list[Overlay | None]:
    """What was to lie over the drawing, one after the other."""
    found: list[Overlay | None] = []
    page.overlay_wanted.connect(found.append)
    return found


def middle(page: LayersPage, neuron: Neuron) -> QPointF:
    return page.whole.view.place(neuron).center()


def click(page: LayersPage, neuron: Neuron, qtbot: QtBot) -> None:
    """Click a neuron among all layers, and wait until it is seen by itself."""
    with qtbot.waitSignal(page.zoom.arrived):
        hands.press(page.whole.view, middle(page, neuron))


def escape(page: LayersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.zoom.arrived):
        QTest.keyClick(page.one.back, Qt.Key.Key_Escape)


def test_it_says_what_it_will_show(shared: Shared, qtbot: QtBot) -> None:
    page = on_stage(LayersPage(shared), qtbot)
    assert page.hint.isVisible()
    assert "Draw a digit" in page.hint.text()
    shared.session.show_seen(seen(IMAGE))
    assert not page.hint.isVisible()
    assert page.whole.isVisible()
    shared.session.show_seen(None)
    assert not page.whole.isVisible()


def test_it_begins_with_the_output_that_wins_and_follows_the_drawing(page: LayersPage, shared: Shared) -> None:
    for image in (IMAGE, OTHER):
        shared.session.show_seen(seen(image))
        outputs = shared.session.model.network.feedforward(image)
        assert page.whole.name.text() == f"Output {np.argmax(outputs)}"
        assert f"Activation {outputs.max():.4f} = σ(" in page.whole.value.text()


def test_the_pointer_tells_a_neuron_with_its_strongest_inputs(page: LayersPage, shared: Shared) -> None:
    hands.hover(page.whole.view, middle(page, Neuron(2, 7)))
    assert page.whole.name.text() == "Hidden 2, neuron 8"
    activity = Activity.of(shared.session.model.network, IMAGE)
    made = activity.sum_of(Neuron(2, 7), 9)
    bias = f"{float(shared.session.model.network.biases[1][7]):.2f}".replace("-", "−")
    assert page.whole.value.text().endswith(f"with a bias of {bias}.")
    assert f"{activity.value(Neuron(2, 7)):.4f}" in page.whole.value.text()
    shown = page.whole.tiles.tiles
    assert len(shown) >= 5
    for tile, k, term in zip(shown, made.largest.tolist(), made.terms.tolist(), strict=False):
        assert tile.said.startswith(f"Hidden 1, neuron {k + 1} fires ")
        assert tile.below == f"{term:+.2f}".replace("-", "−")
    QApplication.sendEvent(page.whole.view, QEvent(QEvent.Type.Leave))
    assert page.whole.name.text().startswith("Output ")


def test_a_pixel_tells_its_grey(page: LayersPage) -> None:
    hands.hover(page.whole.view, middle(page, Neuron(0, 28 * 5 + 9)))
    assert page.whole.name.text() == "Pixel in row 5, column 9"
    assert f"{IMAGE[28 * 5 + 9]:.2f}" in page.whole.value.text()
    hands.press(page.whole.view, middle(page, Neuron(0, 28 * 5 + 9)))
    assert page.neuron is None  # it is made of nothing


def test_the_arrow_keys_go_through_all_layers(page: LayersPage, qtbot: QtBot) -> None:
    view = page.whole.view
    hands.hover(view, middle(page, Neuron(0, 0)))
    for key, name in (
        (Qt.Key.Key_Right, "Pixel in row 0, column 1"), (Qt.Key.Key_Down, "Pixel in row 1, column 1"),
        (Qt.Key.Key_Left, "Pixel in row 1, column 0"), (Qt.Key.Key_Left, "Pixel in row 1, column 0"),
        (Qt.Key.Key_Up, "Pixel in row 0, column 0"), (Qt.Key.Key_Up, "Pixel in row 0, column 0"),
    ):  # fmt: skip
        hands.key(view, key)
        assert page.whole.name.text() == name
    hands.key(view, Qt.Key.Key_Right, 28)
    assert page.whole.name.text() == "Hidden 1, neuron 1"
    hands.key(view, Qt.Key.Key_Right, 6)
    assert page.whole.name.text() == "Hidden 2, neuron 1"
    hands.key(view, Qt.Key.Key_Right, 4)
    assert page.whole.name.text().startswith("Output ")
    hands.key(view, Qt.Key.Key_Down, 10)
    assert page.whole.name.text() == "Output 9"
    with qtbot.waitSignal(page.zoom.arrived):
        hands.key(view, Qt.Key.Key_Return)
    assert page.neuron == Neuron(3, 9)


@pytest.mark.parametrize("hidden", [(), (30,), (12, 40, 7), (1320, 992, 500)])
def test_every_neuron_has_a_place_of_its_own(shared: Shared, qtbot: QtBot, hidden: tuple[int, ...]) -> None:
    page = on_stage(LayersPage(shared), qtbot)
    shared.session.use(Model(network(*hidden)))
    shared.session.show_seen(seen(IMAGE))
    for width in (300, 690, 1400):
        page.resize(width, 900)
        QApplication.sendPostedEvents()  # laid out
        sizes = shared.session.model.network.sizes
        for layer, size in enumerate(sizes):
            for index in {0, size // 2, size - 1}:
                assert page.whole.view.neuron_at(middle(page, Neuron(layer, index))) == Neuron(layer, index)
                assert page.whole.view.rect().contains(middle(page, Neuron(layer, index)).toPoint())
        areas = [page.whole.view.area(layer) for layer in range(len(sizes))]
        assert not any(areas[i].intersects(areas[j]) for i in range(len(areas)) for j in range(i))


@pytest.mark.parametrize("neuron", [None, Neuron(1, 3), Neuron(2, 4)])
def test_in_a_narrow_place_nothing_is_cut_off(
    page: LayersPage, shared: Shared, qtbot: QtBot, neuron: Neuron | None
) -> None:
    if neuron:
        click(page, neuron, qtbot)
    room = Scrolling(page)
    qtbot.addWidget(room)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    room.resize(246, 900)
    room.show()
    for width in (246, 700, 246, 1200):
        room.resize(width, 900)
        for _ in range(3):
            QApplication.sendPostedEvents()  # laid out, and laid out anew for the width there is
        assert page.width() == width
        part = page.one if neuron else page.whole
        assert page.zoom.part is part
        for widget in part.findChildren(QWidget):
            if widget.isVisible():
                place = QRect(widget.mapTo(page, QPoint()), widget.size())
                assert page.rect().contains(place), widget
    assert room.takeWidget() is page


def test_neurons_are_the_deeper_the_more_they_fire(page: LayersPage, shared: Shared) -> None:
    made = Network.of(
        [np.zeros((3, 784)), np.zeros((10, 3))], [np.array([2.0, 8.0, 40.0]), np.zeros(10)],
        activation="relu", cost="quadratic",
    )  # fmt: skip
    shared.session.use(Model(made))
    QApplication.sendPostedEvents()  # laid out
    picture, scale = page.whole.view.grab().toImage(), page.whole.view.devicePixelRatio()
    reds = [picture.pixelColor((middle(page, Neuron(1, i)) * scale).toPoint()).red() for i in range(3)]
    assert reds[0] > reds[1] > reds[2] + 100
    full = sign_colour(page.palette(), True)
    assert picture.pixelColor((middle(page, Neuron(1, 2)) * scale).toPoint()) == full


def test_a_click_leads_to_the_formula_of_the_moment_and_escape_back(
    page: LayersPage, shared: Shared, qtbot: QtBot
) -> None:
    click(page, Neuron(2, 4), qtbot)
    assert page.one.isVisible()
    assert page.one.name.text() == "Hidden 2, neuron 5"
    for image in (IMAGE, OTHER):
        shared.session.show_seen(seen(image))
        made = Activity.of(shared.session.model.network, image).sum_of(Neuron(2, 4), 5)
        text = page.one.formula.text()
        assert f"<b>{made.activation:.4f}</b>" in text
        assert f"<b>{made.z:.2f}</b>".replace("-", "−") in text
        assert "25 others" in text
        assert all(f"<i>k</i> = {k + 1}" in text.replace("<i>k</i>", "<i>k</i>") for k in made.largest.tolist())
    escape(page, qtbot)
    assert page.whole.isVisible()
    assert page.neuron is None
    assert page.whole.view.hasFocus() or not page.isActiveWindow()


def test_what_it_is_made_of_can_be_followed_down_and_back(page: LayersPage, shared: Shared, qtbot: QtBot) -> None:
    click(page, Neuron(3, 2), qtbot)
    adding, taking, _ = Activity.of(shared.session.model.network, IMAGE).strongest(Neuron(3, 2), 1)
    with qtbot.waitSignal(page.zoom.arrived):
        hands.press(page.one.adding, page.one.adding.place(0).center())
    assert page.neuron == Neuron(2, adding[0])
    _, taking, _ = Activity.of(shared.session.model.network, IMAGE).strongest(Neuron(2, int(adding[0])), 2)
    with qtbot.waitSignal(page.zoom.arrived):
        hands.key(page.one.taking, Qt.Key.Key_Right)
        hands.key(page.one.taking, Qt.Key.Key_Return)
    assert page.neuron == Neuron(1, taking[1])
    escape(page, qtbot)
    assert page.neuron == Neuron(2, adding[0])
    with qtbot.waitSignal(page.zoom.arrived):
        hands.click(page.one.back)
    assert page.neuron == Neuron(3, 2)
    escape(page, qtbot)
    assert page.neuron is None


def test_the_weights_of_the_first_layer_lie_over_the_drawing(
    page: LayersPage, overlays: list[Overlay | None], shared: Shared, qtbot: QtBot
) -> None:
    click(page, Neuron(1, 3), qtbot)
    assert isinstance(overlays[-1], WeightsOverlay)
    shared.session.show_seen(seen(OTHER))
    assert len(overlays) == 1  # it lies where it lay
    escape(page, qtbot)
    assert overlays[-1] is None
    click(page, Neuron(2, 3), qtbot)
    assert len(overlays) == 2
    escape(page, qtbot)
    click(page, Neuron(1, 3), qtbot)
    page.hide()
    page.show()
    assert isinstance(overlays[-1], WeightsOverlay)
    assert len(overlays) == 4  # whoever hid the page took it away
    shared.session.show_seen(None)
    assert overlays[-1] is None


def test_the_overlay_has_its_colours_where_the_pixels_lie() -> None:
    weights = np.zeros(784, dtype=np.float32)
    weights[28 * 2 + 1], weights[28 * 20 + 25] = 1, -1
    palette, paper = palette_of(LIGHT), QRectF(10, 20, 280, 280)
    image = QImage(300, 310, QImage.Format.Format_RGB32)
    image.fill(palette.color(QPalette.ColorRole.Base))
    with QPainter(image) as painter:
        WeightsOverlay(weights, (0.1, 0.2, 0.5, 0.5), "").paint(painter, paper, palette)

    def at(row: int, column: int) -> QColor:
        x, y = 10 + 280 * (0.1 + 0.5 * (column + 0.5) / 28), 20 + 280 * (0.2 + 0.5 * (row + 0.5) / 28)
        return image.pixelColor(int(x), int(y))

    blue, orange = at(2, 1), at(20, 25)
    assert blue.blue() > blue.red() + 60
    assert orange.red() > orange.blue() + 60
    assert at(2, 2) == at(10, 10) == palette.color(QPalette.ColorRole.Base)


def test_the_search_for_digits_gives_way_to_the_window(
    shared: Shared, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Thread] = []
    priority = shared.session.trainer.window_priority
    monkeypatch.setattr(priority, "give_way", lambda: asked.append(current_thread()))
    page = on_stage(LayersPage(shared), qtbot)
    shared.session.show_seen(seen(IMAGE))
    click(page, Neuron(2, 3), qtbot)
    qtbot.waitUntil(lambda: bool(page.one.digits.tiles))
    assert asked
    assert main_thread() not in asked


def test_the_digits_that_excite_it_most_can_be_put_on_the_canvas(
    page: LayersPage, shared: Shared, qtbot: QtBot
) -> None:
    click(page, Neuron(2, 4), qtbot)
    qtbot.waitUntil(lambda: bool(page.one.digits.tiles))
    a = shared.session.model.network.activations(DIGITS.training.images)[2][:, 4]
    best = np.argsort(-a, kind="stable")
    assert [tile.below for tile in page.one.digits.tiles] == [f"{a[i]:.2f}" for i in best[: len(page.one.digits.tiles)]]
    with qtbot.waitSignal(page.put_wanted) as put:
        hands.press(page.one.digits, page.one.digits.place(1).center())
    (picture,) = put.args
    assert isinstance(picture, Picture)
    np.testing.assert_allclose(255 * picture.ink.ravel(), DIGITS.training.images[best[1]], atol=0.01)


def test_of_another_network_they_are_found_anew(page: LayersPage, shared: Shared, qtbot: QtBot) -> None:
    click(page, Neuron(2, 4), qtbot)
    qtbot.waitUntil(lambda: bool(page.one.digits.tiles))
    before = [tile.below for tile in page.one.digits.tiles]
    shared.session.use(Model(network(30, 12, seed=2)))
    assert page.neuron == Neuron(2, 4)
    qtbot.waitUntil(lambda: [tile.below for tile in page.one.digits.tiles] != before)
    shared.session.use(Model(network(8)))
    assert page.neuron is None  # it is not there any more
    assert page.whole.isVisible()


@pytest.mark.parametrize(
    ("broken", "dtype"), [(np.nan, np.float32), (np.inf, np.float32), (-3e38, np.float32), (1e308, np.float64)]
)
@pytest.mark.parametrize("hidden", [(), (30, 12)])
def test_a_network_astray_is_shown_all_the_same(
    page: LayersPage,
    shared: Shared,
    qtbot: QtBot,
    broken: float,
    dtype: type[np.floating],
    hidden: tuple[int, ...],
) -> None:
    astray = Network((784, *hidden, 10), seed=1, activation="relu", initialisation="scaled", dtype=dtype)
    astray.parameters[::7] = broken
    shared.session.use(Model(astray))
    for layer in range(1, len(astray.sizes)):
        page.whole.view.grab()
        hands.hover(page.whole.view, middle(page, Neuron(layer, 0)))
        click(page, Neuron(layer, 1), qtbot)
        page.one.grab()
        qtbot.waitUntil(lambda: bool(page.one.digits.tiles))
        escape(page, qtbot)


def test_where_only_some_inputs_are_no_numbers_the_others_are_shown(page: LayersPage, shared: Shared) -> None:
    large = network(30)
    large.weights[0][3:] = np.copysign(3e38, RNG.normal(size=(27, 784)))  # whose sums are beyond all numbers
    assert large.finite
    shared.session.use(Model(large))
    for number in range(10):
        hands.hover(page.whole.view, middle(page, Neuron(2, number)))
        page.whole.view.grab()


def test_where_nothing_may_move_it_is_there_at_once(page: LayersPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitpad.gui.inside.layers.zoom.may_move", lambda _: False)
    arrived: list[bool] = []
    page.zoom.arrived.connect(lambda: arrived.append(page.one.isVisible()))
    hands.press(page.whole.view, middle(page, Neuron(2, 4)))
    assert arrived == [True]


def test_what_moves_ends_when_it_is_hidden(page: LayersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.zoom.arrived), suppress(RuntimeError):
        hands.press(page.whole.view, middle(page, Neuron(2, 4)))
        page.hide()
    page.show()
    assert page.one.isVisible()
