"""Numbers with a sign in colour."""

import numpy as np
import pytest
from PySide6.QtGui import QPalette

from digitpad.gui.widgets.colours import DARK, LIGHT, Colours, palette_of
from digitpad.gui.widgets.signed import shares, sign_colour, signed_image, signed_veil, strengths, weights_image


def test_shares_are_of_the_largest_by_size() -> None:
    assert shares(np.array([1.0, -4.0, 0.0])).tolist() == [0.25, -1.0, 0.0]
    assert shares(np.zeros(3)).tolist() == [0, 0, 0]
    assert shares(np.empty(0)).tolist() == []


def test_what_is_no_number_has_no_share_and_what_is_endless_all_of_it() -> None:
    assert shares(np.array([np.nan, 2.0, -1.0])).tolist() == [0, 1, -0.5]
    assert shares(np.array([np.inf, 2.0, -np.inf])) == pytest.approx([1, 0, -1])
    assert shares(np.array([np.nan, np.nan])).tolist() == [0, 0]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_an_image_is_paper_where_nothing_speaks_and_full_colour_where_most_does(colours: Colours) -> None:
    palette = palette_of(colours)
    image = signed_image(np.array([[3.0, -3.0, 0.0, np.nan]]), palette)
    paper = palette.color(QPalette.ColorRole.Base)
    wanted = [sign_colour(palette, True), sign_colour(palette, False), paper, paper]
    assert [image.pixelColor(x, 0) for x in range(4)] == wanted


def test_a_few_large_weights_leave_the_others_their_colours() -> None:
    weights = np.full((2, 100), 0.1)
    weights[0, 7], weights[1] = 50, np.nan
    row, broken = strengths(weights)
    assert row[7] == 1
    assert row[8] == pytest.approx(0.1 / (2.5 * np.sqrt((99 * 0.01 + 2500) / 100)), rel=1e-6)
    assert not broken.any()
    np.testing.assert_allclose(strengths(1e30 * weights[0].astype(np.float32)), row, rtol=1e-5)  # whatever their scale


def test_a_neurons_picture_has_a_pixel_for_each_weight() -> None:
    palette, weights = palette_of(LIGHT), np.zeros(784)
    weights[28 * 3 + 5], weights[28 * 20 + 1] = 2, -2
    image = weights_image(weights, palette)
    assert (image.width(), image.height()) == (28, 28)
    assert image.pixelColor(5, 3) == sign_colour(palette, True)
    assert image.pixelColor(1, 20) == sign_colour(palette, False)
    assert image.pixelColor(0, 0) == palette.color(QPalette.ColorRole.Base)


def test_a_veil_hides_most_where_most_is_said() -> None:
    palette = palette_of(LIGHT)
    image = signed_veil(np.array([[1.0, -0.5, 0.0]]), palette)
    assert image.pixelColor(0, 0) == sign_colour(palette, True)
    assert [image.pixelColor(x, 0).alpha() for x in range(3)] == [255, 128, 0]
