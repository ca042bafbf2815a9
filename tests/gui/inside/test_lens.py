"""The page "Lens": steps from the ink to what the network reads, switched off one by one."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Digits
from digitpad.draw.drawing import BRUSH, Drawing, Stroke
from digitpad.draw.preprocess import Centring, Scaling, Steps
from digitpad.gui.demo import THREE
from digitpad.gui.inside import told
from digitpad.gui.inside.lens import LensPage
from digitpad.gui.inside.picture_view import PictureView
from digitpad.gui.window.main_window import MainWindow
from digitpad.inside.lens import nearest_of_class, through
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui.draw.test_number import digits as number
from tests.gui.images import brightness

ACROSS, AT = 0.25, np.array([0.05, 0.05])


def three(brush: float = BRUSH) -> Drawing:
    """Return a small three at the upper left, where it has to be scaled and centred."""
    points = AT + ACROSS * (THREE[:, :2] - THREE[:, :2].min(axis=0)) / np.ptp(THREE[:, :2], axis=0).max()
    return Drawing((Stroke(np.column_stack([points, np.ones(len(points))]), brush),))


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> LensPage:
    """The page, of a small three."""
    window.draw.canvas.show_drawing(three())
    window.draw.look_inside.trigger()
    assert window.tabs.inside
    page = window.tabs.inside.show_page(LensPage.TITLE)
    assert isinstance(page, LensPage)
    qtbot.waitUntil(lambda: page.answer.isVisible() and page.answer.text().startswith("As usual: 3"))
    return page


def words(page: LensPage, steps: Steps, *, one_width: bool = True) -> str:
    seen = page.seen
    assert seen
    return told.answer(page.shared.reader.read(through(seen.drawing, seen.stages, steps, one_width=one_width)))


def shown(view: PictureView) -> np.ndarray:
    """Return the picture as it is on the screen, its brightness, without its frame."""
    side = min(view.width(), view.height()) - 2
    return brightness(view.grab().toImage())[2:side, 2:side]


def is_off(box: str, choice: int) -> Callable[[LensPage], None]:
    return lambda page: getattr(page, box).setCurrentIndex(choice)


def is_unchecked(box: str) -> Callable[[LensPage], None]:
    return lambda page: getattr(page, box).setChecked(False)


@pytest.mark.parametrize(
    ("switch", "steps"),
    [
        (is_off("scaling", 1), Steps(scaling=Scaling.STRETCH)),
        (is_off("scaling", 2), Steps(scaling=Scaling.NONE)),
        (is_off("centring", 1), Steps(centring=Centring.BOX)),
        (is_off("centring", 2), Steps(centring=Centring.NONE)),
        (is_unchecked("smooth"), Steps(smooth=False)),
        (is_unchecked("upright"), Steps(inverted=True)),
    ],
    ids=["stretched", "not scaled", "by its box", "not centred", "not smooth", "inverted"],
)
def test_each_switch_does_what_it_says(page: LensPage, switch: Callable[[LensPage], None], steps: Steps) -> None:
    before = shown(page.read)
    assert not page.verdict.text()
    assert not page.all_on.isEnabled()
    switch(page)
    assert page.steps == steps
    assert words(page, steps) in page.verdict.text()
    assert page.answer.text().startswith("As usual: 3")
    assert not np.array_equal(shown(page.read), before)
    page.all_on.click()
    assert page.steps == Steps()
    assert not page.verdict.text()
    np.testing.assert_array_equal(shown(page.read), before)


def test_inverted_paper_is_white(page: LensPage) -> None:
    assert shown(page.read)[0, 0] == 0
    page.upright.setChecked(False)
    assert shown(page.read)[0, 0] == 255


def test_a_digit_that_is_neither_scaled_nor_centred_breaks(page: LensPage) -> None:
    page.scaling.setCurrentIndex(2)
    page.centring.setCurrentIndex(2)
    assert page.verdict.text().endswith(". Broken.")
    bright = shown(page.read)
    assert bright[: len(bright) // 2, : len(bright) // 2].any()
    assert not bright[len(bright) // 2 :].any()


def test_lines_as_wide_as_the_brush(page: LensPage, window: MainWindow, qtbot: QtBot) -> None:
    window.draw.canvas.show_drawing(three(0.12))
    qtbot.waitUntil(lambda: page.seen is not None and page.seen.drawing.strokes[0].brush == 0.12)
    before = shown(page.read).mean()
    page.one_width.setFocus()
    QTest.keyClick(page.one_width, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "With these switches: " in page.verdict.text())
    assert words(page, Steps(), one_width=False) in page.verdict.text()
    assert shown(page.read).mean() > 1.5 * before


def test_of_several_digits_it_is_about_the_one_that_is_shown(page: LensPage, window: MainWindow, qtbot: QtBot) -> None:
    strokes = [np.column_stack([points, np.ones(len(points))]) for points in number("20")]
    window.draw.canvas.show_drawing(Drawing(tuple(Stroke(points, 0.12) for points in strokes)))
    qtbot.waitUntil(lambda: page.answer.text().startswith("As usual: 0"))
    seen = page.seen
    assert seen
    assert seen.part
    page.one_width.setChecked(False)
    expected = through(seen.part.piece.ink, seen.part.stages, Steps(), one_width=False)
    told_of_it = told.answer(page.shared.reader.read(expected))
    qtbot.waitUntil(lambda: page.verdict.text().startswith(f"With these switches: {told_of_it}"))
    height, width = expected.ink.shape
    assert page.ink.accessibleDescription() == f"{width} by {height} pixels"


def test_beside_it_is_the_nearest_digit_of_the_set(page: LensPage, qtbot: QtBot) -> None:
    digits, seen = page.shared.digits, page.seen
    qtbot.waitUntil(lambda: "the nearest 3" in page.alike.accessibleDescription())
    assert isinstance(digits.current, Digits)
    assert seen
    nearest = nearest_of_class(digits.current.training, seen.stages.image, 3)
    assert nearest is not None
    assert digits.current.name in page.alike.accessibleDescription()
    bright, side = shown(page.alike), min(page.alike.width(), page.alike.height())
    middles = ((np.arange(28) + 0.5) * side / 28 - 2).astype(int)[1:-1]
    np.testing.assert_allclose(bright[np.ix_(middles, middles)], nearest.reshape(28, 28)[1:-1, 1:-1], atol=1)


def test_blank_it_says_what_it_will_show(page: LensPage, window: MainWindow, qtbot: QtBot) -> None:
    window.draw.clear.trigger()
    qtbot.waitUntil(lambda: not page.read.isVisible())
    window.draw.canvas.undo()
    qtbot.waitUntil(lambda: page.read.isVisible())


def test_weights_that_are_no_numbers_say_nothing(page: LensPage, window: MainWindow, qtbot: QtBot) -> None:
    network = Network([784, 10], seed=1)
    network.parameters[:] = np.inf
    window.session.use(Model(network, window.session.model.provenance), unsaved=True)
    qtbot.waitUntil(lambda: not page.answer.text().startswith("As usual: 3 "))
    page.smooth.setChecked(False)
    assert words(page, Steps(smooth=False)) in page.verdict.text()


def test_it_fits_into_little_room(page: LensPage) -> None:
    assert page.minimumSizeHint().width() <= 250
