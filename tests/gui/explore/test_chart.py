"""Lines over an axis."""

from pytestqt.qtbot import QtBot

from digitpad.gui.explore.chart import Chart


def test_a_logarithmic_chart_is_painted_before_it_shows_anything(qtbot: QtBot) -> None:
    chart = Chart("Cost against updates", "updates made", "cost", logarithmic=True)
    qtbot.addWidget(chart)
    assert not chart.grab().isNull()
    left, right, *_ = chart.view
    assert 0 < left < right  # nothing below has a place on a scale of powers
    assert chart.to_widget(left, 0).x() < chart.to_widget(right, 0).x()
