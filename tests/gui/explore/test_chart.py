"""Charts: the room for their legend, and axes of which powers are evenly spaced."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_text


def test_there_is_room_for_the_words_of_the_legend(qtbot: QtBot) -> None:
    chart = Chart("name", "below", "title")
    qtbot.addWidget(chart)
    chart.show_lines(*(Line(name, i, (0, 1), (0, 1)) for i, name in enumerate(("quadratic", "cross-entropy"))))
    chart.show_level(0.2, "goal: below 0.2")
    for width, rows in ((600, 1), (300, 2)):
        chart.resize(width, 200)
        chart.grab()
        assert len({place.y() for place, _ in chart.legend}) == rows
        metrics = QFontMetricsF(font(SMALL))
        assert [name for _, name in chart.legend] == ["quadratic", "cross-entropy", "goal: below 0.2"]
        for place, name in chart.legend:
            assert place.x() + 22 + metrics.horizontalAdvance(name) <= chart.area().right()
        assert chart.area().top() == 10 + 16 * rows


def test_lines_have_as_much_room_between_their_words_where_text_is_large(window: MainWindow) -> None:
    chart = Chart("name", "below", "title", height=200)
    chart.setParent(window)
    shares = []
    for percent in (100, 200):
        choose_text(window, percent)
        chart.resize(400, chart.minimumHeight())
        chart.show_lines(Line("quadratic", 0, (0, 1), (0, 1)))
        shares.append(chart.area().height() / chart.height())
    choose_text(window, 100)
    assert shares[1] == pytest.approx(shares[0], abs=0.05)


def test_a_logarithmic_axis_is_painted_before_it_is_known_what_it_shows(qtbot: QtBot) -> None:
    chart = Chart("name", "below", "title", logarithmic=True)
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    assert not chart.grab().isNull()  # 0, which has no logarithm, is no place on it
    area = chart.area()
    assert chart.to_widget(1, 0).x() == pytest.approx(area.left())
    assert chart.to_widget(10, 0).x() == pytest.approx(area.right())


def test_powers_are_evenly_spaced_on_a_logarithmic_axis(qtbot: QtBot) -> None:
    chart = Chart("name", "below", "title", logarithmic=True)
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.set_view(1, 10_000, 0, 1)
    places = [chart.to_widget(x, 0) for x in (1, 10, 100, 1_000, 10_000)]
    steps = [after.x() - before.x() for before, after in pairwise(places)]
    assert steps == pytest.approx([chart.area().width() / 4] * 4)
    assert [chart.from_widget(place)[0] for place in places] == pytest.approx([1, 10, 100, 1_000, 10_000])
    assert chart.to_widget(0, 0).x() < 0  # it has no logarithm: far to the left of all there is
    with pytest.raises(ValueError, match="begins above 0, not at 0"):
        chart.set_view(0, 10, 0, 1)


def test_lines_can_be_told_without_their_colours(qtbot: QtBot) -> None:
    chart = Chart("Lines", "x", "y")
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    chart.show_lines(*(Line(str(colour), colour, [0, 1], [0, 1]) for colour in range(4)))
    picture = chart.grab().toImage()
    ground, pieces = picture.pixel(1, 1), []
    for place, _ in chart.legend:
        along = [picture.pixel(round(place.x()) + x, round(place.y()) - 4) == ground for x in range(17)]
        pieces.append("".join("-" if is_ground else "#" for is_ground in along))
    assert "-" not in pieces[0].strip("-")
    assert len(set(pieces)) == 4, pieces
