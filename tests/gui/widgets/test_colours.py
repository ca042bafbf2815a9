"""Contrast, as WCAG 2.2 asks it at level AA: 4.5 for text, 3 for what must be seen to use the program."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.draw.bits import BitsView
from digitpad.gui.widgets.colours import (
    CHECKED,
    DARK,
    LEGIBLE,
    LIGHT,
    TICK,
    VISIBLE,
    Colours,
    Role,
    contrast,
    legible,
    mixed,
    of_digits,
    palette_of,
    series,
)
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.output_bars import OutputBars
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_colours

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
"""Runs a test in light and in dark."""


@pytest.fixture(params=[Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def dressed(request: pytest.FixtureRequest, window: MainWindow) -> Iterator[MainWindow]:
    """The window in light, then in dark."""
    choose_colours(window, request.param)
    yield window
    choose_colours(window, Qt.ColorScheme.Unknown)


def test_contrast_is_what_the_guidelines_say() -> None:
    white, black, grey = QColor("white"), QColor("black"), QColor("#767676")
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(grey, grey) == 1
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)  # known as the lightest grey that may be read


@THEMES
def test_words_can_be_read_on_whatever_they_stand_on(colours: Colours) -> None:
    c = colours
    words = {
        (c.text, c.quiet, c.contrast): (c.window, c.paper, c.track, c.pressed, c.notice),
        (c.accent,): (c.window, c.paper, c.notice),  # links
        (c.on_accent,): (c.accent,),
        (TICK,): (CHECKED,),
    }
    for inks, grounds in words.items():
        for ink in inks:
            for ground in grounds:
                assert contrast(QColor(ink), QColor(ground)) >= LEGIBLE, (ink, ground)


@THEMES
def test_what_can_be_used_stands_out_from_what_it_lies_on(colours: Colours) -> None:
    c = colours
    for line in (c.edge, c.accent, CHECKED):
        for ground in (c.window, c.paper):
            assert contrast(QColor(line), QColor(ground)) >= VISIBLE, (line, ground)
    for ground in (c.track, c.pressed, c.notice):
        assert contrast(QColor(c.edge), QColor(ground)) >= VISIBLE, ground
    for i in range(len(c.series)):
        assert contrast(series(i, palette_of(c)), QColor(c.paper)) >= VISIBLE, i


@THEMES
def test_on_every_mixture_there_is_a_colour_to_write_in(colours: Colours) -> None:
    ink = QColor(colours.quiet)
    for empty in (colours.paper, colours.track):
        for full in (colours.accent, colours.contrast):
            for share in np.linspace(0, 1, 101).tolist():
                fill = mixed(QColor(empty), QColor(full), share)
                assert contrast(legible(fill, ink), fill) >= LEGIBLE
    assert legible(QColor(colours.paper), ink) == ink


def test_controls_can_be_seen(dressed: MainWindow, qtbot: QtBot) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    primary, scroll, slider, bar, rows = QToolButton(), QScrollBar(), QSlider(), QProgressBar(), QListWidget()
    primary.setProperty("primary", True)
    for bar_of in (scroll, slider):
        bar_of.setOrientation(Qt.Orientation.Horizontal)
    bar.setTextVisible(False)
    rows.setObjectName("sources")
    rows.addItems(["one", "two"])
    checked = QCheckBox()
    checked.setChecked(True)
    controls = (
        QLineEdit(), QComboBox(), QSpinBox(), QPushButton("a"), QToolButton(), primary, QCheckBox(), checked, slider,
        scroll, bar,
    )  # fmt: skip
    for control in controls:
        column.addWidget(control)
    host.resize(300, 600)
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    picture = host.grab().toImage()
    ground = picture.pixelColor(1, 1)
    for control in controls:
        middle = control.geometry().center().y()
        across = [picture.pixelColor(x, middle) for x in range(control.x(), control.geometry().right() + 1)]
        assert max(contrast(colour, ground) for colour in across) >= VISIBLE, control


def test_quiet_words_are_the_theme_s_where_a_style_has_a_colour_of_its_own(dressed: MainWindow) -> None:
    quiet = dressed.palette().color(Role.PlaceholderText)
    assert quiet.name() in (LIGHT.quiet, DARK.quiet)
    for page in dressed.tabs.pages.values():
        dressed.tabs.setCurrentWidget(page)
        for widget in dressed.findChildren(QWidget):
            if isinstance(widget, QAbstractItemView | QLineEdit) and widget.isVisible() and widget.isEnabled():
                assert widget.palette().color(Role.PlaceholderText) == quiet, widget


def test_the_chosen_row_of_a_list_can_be_told_from_the_others(dressed: MainWindow, qtbot: QtBot) -> None:
    rows = dressed.explore.list
    dressed.tabs.setCurrentWidget(dressed.tabs.explore_page)
    chosen = rows.visualItemRect(rows.item(0)).center().y()
    other = rows.visualItemRect(rows.item(1)).center().y()
    picture = rows.viewport().grab().toImage()
    assert contrast(picture.pixelColor(1, chosen), picture.pixelColor(1, other)) >= VISIBLE


@pytest.mark.parametrize("fires", [0.0, 0.25, 0.4, 0.5, 0.6, 0.75, 1.0])
def test_the_number_on_a_disc_can_be_read_however_far_its_neuron_fires(
    dressed: MainWindow, qtbot: QtBot, fires: float
) -> None:
    bits = BitsView()
    qtbot.addWidget(bits)
    bits.show_reading(Reading(Verdict.SURE, np.full(10, 0.1), np.full(4, fires), 8, 3, 0.9))
    bits.resize(bits.sizeHint())
    picture = bits.grab().toImage()
    side = bits.height()
    assert _best_contrast(picture, side // 4, side * 3 // 4, ground=(side // 2, side * 5 // 6)) >= LEGIBLE


def test_the_bars_of_outputs_can_be_seen_and_told_from_their_tracks(dressed: MainWindow, qtbot: QtBot) -> None:
    bars = OutputBars()
    qtbot.addWidget(bars)
    bars.resize(400, 230)
    bars.show_reading(Reading(Verdict.UNSURE, np.full(10, 0.5), np.full(4, 0.5), 8, 3, 0.0))
    picture = bars.grab().toImage()
    row = [picture.pixelColor(x, 11) for x in range(400)]
    bar, track = row[100], row[330]
    assert contrast(bar, track) >= VISIBLE
    column = [picture.pixelColor(330, y) for y in range(23)]
    assert max(contrast(colour, picture.pixelColor(330, 1)) for colour in column) >= VISIBLE


def test_a_chosen_picture_stands_out_and_stays_as_it_is(dressed: MainWindow, qtbot: QtBot) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.resize(300, 120)
    image = np.zeros((1, 784), dtype=np.uint8)
    image[0, : 14 * 28] = 255  # white above, black below
    gallery.show_images(np.repeat(image, 2, axis=0), range(2), str, str)
    gallery.select([1])
    with qtbot.waitExposed(gallery):
        gallery.show()
    picture = gallery.viewport().grab().toImage()
    plain, chosen = (gallery.visualRect(gallery.model().index(row, 0)) for row in range(2))

    def at(place: QRect, down: int) -> QColor:
        return picture.pixelColor(place.center().x(), place.top() + down)

    edges = [picture.pixelColor(place.left() + 1, place.center().y()) for place in (plain, chosen)]
    assert contrast(*edges) >= VISIBLE
    for down in (12, 50):
        assert at(plain, down) == at(chosen, down)
    assert at(plain, 12).name() == "#ffffff"


def _best_contrast(picture: QImage, low: int, high: int, ground: tuple[int, int]) -> float:
    """Return the best contrast of the pixels of a square to the one at ``ground``: that of the strokes in it."""
    fill = picture.pixelColor(*ground)
    return max(contrast(picture.pixelColor(x, y), fill) for x in range(low, high) for y in range(low, high))


def test_links_keep_up_with_a_change_of_colours(window: MainWindow, qtbot: QtBot) -> None:
    label = QLabel('<a href="x">███████</a>')
    label.setParent(window)
    label.move(0, 0)
    label.show()
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)):
        choose_colours(window, scheme)
        picture = label.grab().toImage()
        seen = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
        assert colours.accent in seen
    choose_colours(window, Qt.ColorScheme.Unknown)


# What who lacks one kind of cone sees of linear red, green and blue (Machado, Oliveira and Fernandes, 2009).
_NO_LONG = [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]
_NO_MEDIUM = [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]
_NO_SHORT = [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]


def oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    cones = np.clip(linear, 0, 1) @ np.array(
        [[0.4122214708, 0.2119034982, 0.0883024619], [0.5363325363, 0.6806995451, 0.2817188376],
         [0.0514459929, 0.1073969566, 0.6299787005]]
    )  # fmt: skip
    return np.asarray(np.cbrt(cones) @ np.array(
        [[0.2104542553, 1.9779984951, 0.0259040371], [0.7936177850, -2.4285922050, 0.7827717662],
         [-0.0040720468, 0.4505937099, -0.8086757660]]
    ))  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_ten_digits_have_colours_that_all_can_tell_apart_as_far_as_ten_can_be(colours: Colours) -> None:
    ten = of_digits(palette_of(colours))
    assert len(ten) == 10
    assert min(contrast(colour, QColor(colours.paper)) for colour in ten) >= VISIBLE
    rgb = np.array([[colour.redF(), colour.greenF(), colour.blueF()] for colour in ten])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    for sight in (np.eye(3), _NO_LONG, _NO_MEDIUM, _NO_SHORT):
        seen = oklab(linear @ np.array(sight).T)
        apart = np.linalg.norm(seen[:, None] - seen[None], axis=2)[~np.eye(10, dtype=bool)]
        assert apart.min() > 0.11  # of the colours that most plots have two are 0.007 apart
