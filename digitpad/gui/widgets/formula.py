"""What formulas are written with, as one reads them in a book: letters with indices, and numbers with their signs."""

from math import isinf, isnan

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from digitpad.gui.widgets.theme import points

MINUS, DOT, SIGMA, ETA, DELTA, NABLA = "\u2212", "\u00b7", "\u03c3", "\u03b7", "\u0394", "\u2207"
# A narrow space, as italic letters lean against what stands right behind them. No line breaks there: beside a change of
# the font Qt would break it at U+202F, which is as wide as any space in this one.
NARROW = "<small>\u00a0</small>"
MOST_DECIMALS = 4  # of what is typed
_NONE, _INFINITE = "no number", "\u221e"
_FIGURES = 9  # before the point of a number that is written out
_RAISED = str.maketrans("-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
FORMULA = 11.25  # points, of the type scale: letters with indices are hard to read when they are small


class Formula(QLabel):
    """Some lines of formulas, written with the functions of this module.

    It has no accessible name, which would be read out in place of the text. Signal: ``filled(bool)``, whether there is
    anything to read.
    """

    filled = Signal(bool)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # as long as there is nothing to be said of it

    def show_lines(self, *lines: str) -> None:
        """Show ``lines`` one under the other."""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if lines else Qt.FocusPolicy.NoFocus)
        style = f"margin: 0 0 6px 0; font-size: {points(FORMULA):.2f}pt"
        self.setText("".join(f'<p style="{style}">{line}</p>' for line in lines))
        self.filled.emit(any(lines))


def letter(name: str, index: object = None, power: object = None) -> str:
    """Return a variable: w with index 1 is an italic w and a small 1 below."""
    below = "" if index is None else f"<sub>{index}</sub>"
    above = "" if power is None else f"<sup>{power}</sup>"
    return f"<i>{name}</i>{below}{above}"


def norm(vector: str) -> str:
    """Return the norm of what ends in a letter, which the bar does not touch."""
    return f"‖{vector}{NARROW}‖"


def dot(first: str, second: str) -> str:
    """Return the product of two vectors, the first of which ends in a letter, which the dot does not touch."""
    return f"{first}{NARROW}{DOT}{NARROW}{second}"


def number(value: float, digits: int = 2) -> str:
    """Return a number with a real minus sign and never "−0"; a very large one as "1.8·10³⁰⁸".

    Networks whose weights grew beyond all numbers have some that are none, and some that are infinite: these are
    written in a word and as "∞".
    """
    if isnan(value):
        return _NONE
    if isinf(value):
        return _INFINITE if value > 0 else MINUS + _INFINITE
    if abs(value) >= 10**_FIGURES:
        mantissa, exponent = f"{value:.1e}".split("e+")
        return f"{mantissa}{DOT}10{str(int(exponent)).translate(_RAISED)}".replace("-", MINUS)
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def decimals(value: float, least: int = 2) -> int:
    """Return how many decimals, from ``least`` on, it takes to write a number as it is, of which as many are typed."""
    return next((digits for digits in range(least, MOST_DECIMALS) if round(value, digits) == value), MOST_DECIMALS)


def whole(value: float, least: int = 2) -> str:
    """Return a number that someone chose, with all the decimals that were typed, ``least`` at least."""
    return number(value, decimals(value, least))


def not_0(value: float, least: int = 2) -> str:
    """Return a number with ``least`` decimals, or where these would make it 0 with as many as it takes, up to 6."""
    shown = next((digits for digits in range(least, 7) if float(f"{value:.{digits}f}")), least)
    return number(value, shown)


def factor(value: float, digits: int = 2) -> str:
    """Return a number as a factor or a later term: in brackets where it is negative."""
    text = number(value, digits)
    return f"({text})" if text.startswith(MINUS) else text


def added(value: float, digits: int = 2) -> str:
    """Return a number as something added: "+ 3.00", or with a minus sign in front of what is negative."""
    text = number(value, digits)
    return f"{MINUS} {text[1:]}" if text.startswith(MINUS) else f"+ {text}"


def whole_factor(value: float) -> str:
    """Return as a factor a number that someone chose, with all its decimals."""
    return factor(value, decimals(value))


def whole_added(value: float) -> str:
    """Return as something added a number that someone chose, with all its decimals."""
    return added(value, decimals(value))
