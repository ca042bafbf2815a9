"""Numbers with a sign in colour."""

import numpy as np
import pytest
from PySide6.QtGui import QPalette

from digitpad.gui.widgets.colours import DARK, LIGHT, Colours, palette_of
from digitpad.gui.widgets.signed import shares, sign_colour, signed_image


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
