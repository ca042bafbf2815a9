"""Many points painted at once."""

import numpy as np
from PySide6.QtGui import QColor

from digitpad.gui.inside.map.points import points_image

RED, BLUE = QColor("#cc2200"), QColor("#0022cc")


def test_each_point_is_a_disc_of_its_colour() -> None:
    places, groups = np.array([[10.5, 8.5], [30.5, 8.5]]), np.array([1, 0], dtype=np.uint8)
    image = points_image(places, groups, [RED, BLUE], 3, (40, 20))
    assert (image.width(), image.height()) == (40, 20)
    for x, colour in ((10, BLUE), (30, RED)):
        for dx, dy in ((0, 0), (2, 0), (0, -2), (-1, 1)):
            assert image.pixelColor(x + dx, 8 + dy) == colour
        assert image.pixelColor(x + 5, 8).alpha() == 0
        assert 0 < image.pixelColor(x + 3, 8).alpha() < 255  # its rim is smooth


def test_what_lies_outside_is_not_painted_and_nothing_comes_in_at_the_other_side() -> None:
    places = np.array([[-0.5, 5.0], [39.5, 5.5], [20.0, -1e9], [1e9, 3.0]])
    image = points_image(places, np.zeros(4, np.uint8), [RED], 3, (40, 20))
    assert image.pixelColor(39, 5) == RED
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(30) for y in range(20))


def test_rims_never_cover_what_is_within() -> None:
    places, groups = np.array([[10.5, 8.5], [12.5, 8.5]]), np.array([0, 1], dtype=np.uint8)
    image = points_image(places, groups, [RED, BLUE], 3, (40, 20))
    assert image.pixelColor(14, 8) == BLUE
    assert image.pixelColor(8, 8) == RED
    assert image.pixelColor(9, 8) == RED
