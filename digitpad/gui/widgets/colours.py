"""The colours of light and dark, and which can be told from which.

Widgets know them as roles of ``QPalette``, and so does the style sheet: ``Window`` behind everything, ``Base`` the
paper, ``Text`` the ink, ``PlaceholderText`` quiet words, ``Mid`` lines that only divide, ``Dark`` the edges of what
can be used, ``AlternateBase`` the empty part of a bar, ``Midlight`` what is pressed, ``Light`` behind what is to be
noticed, ``Highlight`` the one accent, ``BrightText`` its opposite, for mistakes.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole

LEGIBLE, VISIBLE = 4.5, 3.0  # the least contrast of text, and of what must be seen to use the program: WCAG 2.2, AA


@dataclass(frozen=True)
class Colours:
    """One theme, as hexadecimal colours; ``series`` are those of the lines of a plot."""

    window: str
    paper: str
    text: str
    quiet: str
    line: str
    edge: str
    track: str
    accent: str
    on_accent: str
    contrast: str
    pressed: str
    notice: str
    series: tuple[str, ...]


# The accents are the blues of Okabe and Ito's palette, which colour-blind people can tell from its other colours; the
# lines are all its colours that stand out on white, and lighter ones of the same hues for black.
LIGHT = Colours(
    window="#f6f6f4",
    paper="#ffffff",
    text="#17181c",
    quiet="#5f626a",
    line="#dededa",
    edge="#80838a",
    track="#e9e9e6",
    accent="#0072b2",
    on_accent="#ffffff",
    contrast="#ad4900",
    pressed="#ececea",
    notice="#fff1d6",
    series=("#0072b2", "#d55e00", "#009e73", "#b0559b", "#b38600", "#3a9bd6", "#6b6b6b"),
)
DARK = Colours(
    window="#17181a",
    paper="#0f1012",
    text="#f2f2f0",
    quiet="#a0a3aa",
    line="#34363a",
    edge="#797c84",
    track="#2a2b2e",
    accent="#56b4e9",
    on_accent="#0f1012",
    contrast="#e8863a",
    pressed="#2a2b2e",
    notice="#3a2f18",
    series=("#56b4e9", "#e8863a", "#2fc79b", "#dd94c4", "#e6c34a", "#8fb8ff", "#b0b0b0"),
)
CHECKED, TICK = "#0072b2", "#ffffff"  # of both themes: a picture of a tick is read once and kept


def series(i: int, palette: QPalette) -> QColor:
    """Return the colour of the ``i``-th of several lines in one plot; after seven they begin again."""
    dark = palette.color(Role.Base).name() == DARK.paper
    colours = (DARK if dark else LIGHT).series
    return QColor(colours[i % len(colours)])


# Ten are more than anybody can tell apart well. These are ten colours that stand out from the paper, none near black or
# white, that a search found to have the largest least difference between any two, to who sees all colours and to who
# lacks one kind of cone (OKLab, with the colours that Machado and others simulate). Of digits that are often taken for
# each other, as 4 and 9 are, they differ most.
_TEN_LIGHT = (
    "#0077bb", "#776666", "#004455", "#aa8888", "#5500ee", "#771199", "#cc2211", "#dd7700", "#3399ee", "#880000",
)  # fmt: skip
_TEN_DARK = (
    "#99bbff", "#aa8899", "#00ffee", "#7788ee", "#eeaa88", "#dd7700", "#884499", "#5544ee", "#ddee00", "#bb2200",
)  # fmt: skip


def of_digits(palette: QPalette) -> list[QColor]:
    """Return a colour for each of the ten digits; never the only thing that tells one from another."""
    dark = palette.color(Role.Base).name() == DARK.paper
    return [QColor(colour) for colour in (_TEN_DARK if dark else _TEN_LIGHT)]


def contrast(one: QColor, other: QColor) -> float:
    """Return how well two opaque colours can be told apart, from 1 to 21, as WCAG has it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    linear = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(share * channel for share, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def mixed(low: QColor, high: QColor, share: float) -> QColor:
    """Return the colour ``share`` of the way from ``low`` to ``high``, 0 to 1."""
    ends = zip((low.redF(), low.greenF(), low.blueF()), (high.redF(), high.greenF(), high.blueF()), strict=True)
    return QColor.fromRgbF(*(one + share * (other - one) for one, other in ends))


def legible(background: QColor, *wanted: QColor) -> QColor:
    """Return the first of ``wanted`` that can be read on ``background``, or else black or white, of which one can."""
    for colour in wanted:
        if contrast(colour, background) >= LEGIBLE:
            return colour
    return max((QColor("black"), QColor("white")), key=partial(contrast, background))


def palette_of(c: Colours) -> QPalette:
    """Return the palette that widgets paint with."""
    palette = QPalette()
    for role, colour in (
        (Role.Window, c.window),
        (Role.WindowText, c.text),
        (Role.Base, c.paper),
        (Role.AlternateBase, c.track),
        (Role.Text, c.text),
        (Role.PlaceholderText, c.quiet),
        (Role.Button, c.paper),
        (Role.ButtonText, c.text),
        (Role.Mid, c.line),
        (Role.Dark, c.edge),
        (Role.Midlight, c.pressed),
        (Role.Light, c.notice),
        (Role.Highlight, c.accent),
        (Role.HighlightedText, c.on_accent),
        (Role.BrightText, c.contrast),
        (Role.Link, c.accent),
        (Role.ToolTipBase, c.paper),
        (Role.ToolTipText, c.text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (Role.ButtonText, Role.WindowText, Role.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.quiet))
    return palette
