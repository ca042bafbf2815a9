"""The page "Why": what pixels and neurons speak for, for the digits that are asked about."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Picture
from digitpad.gui.inside.pixels_view import PixelsView
from digitpad.gui.inside.why.page import WhyPage
from digitpad.gui.window.main_window import MainWindow
from digitpad.inside.attribution import attribution, leading
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui.inside.stage import of_a_three


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> WhyPage:
    """The page, of a three that was drawn."""
    page = of_a_three(window, WhyPage)
    qtbot.waitUntil(lambda: page.pixels.isVisible())
    return page


def use(window: MainWindow, network: Network) -> None:
    window.session.use(Model(network, window.session.model.provenance), unsaved=True)


def tool_tip(view: PixelsView, pixel: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what is told of a pixel under the pointer."""
    told: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(QToolTip, "showText", lambda _place, text, _of: told.append(text))
        place = view.place(pixel).center().toPoint() if pixel[0] >= 0 else QPoint(0, view.height() - 1)
        QApplication.sendEvent(view, QHelpEvent(QHelpEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    return told[-1]


def test_at_first_it_is_about_the_two_largest_outputs(page: WhyPage) -> None:
    seen = page.seen
    assert seen
    one, other = leading(seen.reading.outputs)
    assert one == 3
    assert page.digits == (one, other)
    assert page.told
    expected = attribution(page.model.network, seen.stages.image, one, other)
    assert expected
    np.testing.assert_allclose(page.told.pixels, expected.pixels, rtol=1e-4, atol=1e-6)  # float32
    assert page.sum.text().startswith(f"z of 3 is {expected.difference:.2f} ahead of z of {other}.")
    assert f"Pixels {expected.pixels_sum:.2f}" in page.sum.text()
    assert "first order" in page.rest.text()


def test_as_soon_as_a_digit_is_there_it_asks_for_none(page: WhyPage, window: MainWindow, qtbot: QtBot) -> None:
    message = page.findChild(QLabel, "instead")
    assert message
    window.draw.clear.trigger()
    qtbot.waitUntil(lambda: message.text().startswith("Draw a digit"))
    window.draw.undo.trigger()
    with qtbot.waitSignal(window.session.seen_changed):
        pass
    page.update_soon()
    assert "Draw a digit" not in message.text()


def test_chosen_digits_stay_until_the_largest_are_followed_again(
    page: WhyPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert not page.follow.isEnabled()
    page.other.setFocus()
    QTest.keyClick(page.other, Qt.Key.Key_8)
    qtbot.waitUntil(lambda: page.told is not None and page.told.b == 8)
    before = page.told
    window.draw.canvas.show_picture(Picture.fitted(np.eye(20, dtype=np.float32)))
    qtbot.waitUntil(lambda: page.told is not before)
    assert page.digits == (3, 8)
    page.follow.click()
    assert page.seen
    expected = leading(page.seen.reading.outputs)
    qtbot.waitUntil(lambda: page.told is not None and (page.told.a, page.told.b) == expected)
    assert page.digits == expected
    assert not page.follow.isEnabled()


def test_a_digit_is_never_asked_about_against_itself(page: WhyPage, qtbot: QtBot) -> None:
    one, other = page.digits
    QTest.keyClick(page.other, Qt.Key(ord(str(one))))
    assert page.digits == (other, one)
    qtbot.waitUntil(lambda: page.sum.text().startswith(f"z of {other} is "))
    QTest.keyClick(page.one, Qt.Key(ord(str(one))))
    assert page.digits == (one, other)


def test_a_pixel_is_told_by_the_pointer_and_by_the_keys(page: WhyPage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page.told
    pixel = divmod(int(np.abs(page.told.pixels).argmax()), 28)
    value = page.told.pixels.max(), -page.told.pixels.min()
    words = tool_tip(page.pixels, pixel, monkeypatch)
    assert words.startswith(f"Row {pixel[0]}, column {pixel[1]}: grey ")
    assert f"speaks {max(value):.3f} for " in words
    assert "Gradient times input" in words
    assert "speaks for neither" in tool_tip(page.pixels, (0, 0), monkeypatch)
    page.pixels.setFocus()
    for _ in range(30):
        QTest.keyClick(page.pixels, Qt.Key.Key_Up)
        QTest.keyClick(page.pixels, Qt.Key.Key_Left)
    QTest.keyClick(page.pixels, Qt.Key.Key_Down)
    QTest.keyClick(page.pixels, Qt.Key.Key_Right)
    assert page.pixels.accessibleDescription().startswith("Row 1, column 1: grey 0 of 255, speaks for neither")


def test_the_neurons_that_decide_are_shown_with_their_share(page: WhyPage) -> None:
    lines = page.deciding.lines
    assert page.told
    assert lines[0].value == pytest.approx(page.told.neurons.max())
    assert min(line.value for line in lines) == pytest.approx(page.told.neurons.min())
    assert all(0 < line.share <= 1 for line in lines)
    assert lines[0].name in page.deciding.accessibleDescription()


def test_marks_are_painted_where_pixels_speak_and_lie_over_the_drawing_if_wanted(
    page: WhyPage, window: MainWindow, qtbot: QtBot
) -> None:
    def colours() -> set[str]:
        image = window.draw.canvas.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}

    assert page.told
    pixel = divmod(int(page.told.pixels.argmax()), 28)
    accent = page.palette().highlight().color().name()
    place = page.pixels.place(pixel).center().toPoint() * page.pixels.devicePixelRatioF()
    assert page.pixels.grab().toImage().pixelColor(place).name() == accent
    assert page.legend.accessibleDescription().startswith("Discs: speaks for")
    window.draw.canvas.clearFocus()  # whose ring has the same colour
    before = colours()
    page.over.click()
    assert accent in colours()
    assert accent not in before
    assert window.tabs.inside
    window.tabs.inside.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: accent not in colours())
    assert not page.over.isChecked()


def test_blank_it_says_what_it_will_show(page: WhyPage, window: MainWindow, qtbot: QtBot) -> None:
    page.over.click()
    window.draw.clear.trigger()
    qtbot.waitUntil(lambda: not page.pixels.isVisible())
    window.draw.canvas.undo()
    qtbot.waitUntil(lambda: page.pixels.isVisible())


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("sizes", [[784, 10], [784, 5, 10], [784, 5, 4, 3, 10]], ids=str)
def test_networks_of_any_layers_are_told(
    page: WhyPage, window: MainWindow, qtbot: QtBot, sizes: list[int], activation: str
) -> None:
    before = page.told
    use(window, Network(sizes, seed=1, activation=activation))
    qtbot.waitUntil(lambda: page.told is not before)
    assert page.told
    assert page.deciding.isVisible() is (len(sizes) > 2)
    assert ("left over" in page.sum.text()) is (len(sizes) > 2)


def test_weights_that_are_no_numbers_are_said_to_be(page: WhyPage, window: MainWindow, qtbot: QtBot) -> None:
    network = Network([784, 8, 10], seed=1)
    network.parameters[:] = np.nan
    use(window, network)
    qtbot.waitUntil(lambda: not page.pixels.isVisible())
    assert page.told is None


@pytest.mark.parametrize("width", [300, 690, 1100])
def test_it_is_never_wider_than_its_room(page: WhyPage, width: int) -> None:
    assert page.minimumSizeHint().width() <= 300
    page.resize(width, 600)
    for part in (page.pixels, page.deciding, page.over, page.other):
        assert part.mapTo(page, part.rect().bottomRight()).x() <= width


def test_very_large_numbers_are_written_short(page: WhyPage, window: MainWindow, qtbot: QtBot) -> None:
    large = Network((784, 10), seed=1, dtype=np.float64)
    large.weights[0][:] *= 1e303
    use(window, large)
    qtbot.waitUntil(lambda: "10³⁰" in page.legend.accessibleDescription())
    told = page.legend.accessibleDescription(), page.pixels.accessibleDescription(), page.sum.text()
    assert not re.search(r"\d{10}", " ".join(told))
