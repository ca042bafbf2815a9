"""The nine images that were read of a drawing, each with what it was read as: ``NineView``."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.nine import NINE, Nine
from digitpad.draw.preprocess import SIDE, to_bytes
from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.images import image_of
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_GAP, _LARGEST = 4, 48  # pixels: between pictures, and their side
_WORD_HEIGHT = 20  # pixels where text has its usual size


def agreement(reading: Reading) -> str:
    """Return in words how many of the nine readings agree with the answer; "" where there are no nine."""
    if reading.nine is None or reading.verdict is Verdict.BLANK:
        return ""
    return f"{reading.nine.agree} of {NINE} agree"


class NineView(QWidget):
    """Nine pictures in a row, the drawing as it is first; below each the digit, strong where it is not the answer."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setObjectName("nine")
        self.setAccessibleName("Nine readings")
        self.setToolTip(
            "The drawing as it is, and eight mildly deformed copies of it, are all read by the network.\n"
            "The ten outputs are the mean of what it says to the nine. Below each is what it is read as."
        )
        self._nine: Nine | None = None
        self._answer: int | None = None
        grow(self, minimumHeight=20 + _WORD_HEIGHT, maximumHeight=_LARGEST + _WORD_HEIGHT)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return room for nine pictures of half their size at most."""
        return QSize(440, self.heightForWidth(440))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the pictures that have room in ``width``, and the words below them."""
        return int(_side(width)) + grown(_WORD_HEIGHT)

    def show_reading(self, reading: Reading) -> None:
        """Show the nine images of ``reading``; empty places when the canvas is blank."""
        self._nine = None if reading.verdict is Verdict.BLANK else reading.nine
        self._answer = None if reading.verdict is Verdict.NO_DIGIT else reading.digit
        words = "none yet"
        if self._nine is not None:
            words = f"{agreement(reading)}. Read as {', '.join(map(_word, self._nine.digits))}"
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures on black, as MNIST is shown, and the digits; their places where there are none."""
        with QPainter(self) as painter:
            palette, side = self.palette(), _side(self.width())
            quiet, text, frame_colour = (palette.color(role) for role in (Role.PlaceholderText, Role.Text, Role.Mid))
            usual, strong = font(SMALL), font(SMALL, strong=True)
            step = (self.width() - side) / (NINE - 1) if side < grown(_LARGEST) else side + _GAP
            sheet = None if self._nine is None else image_of(to_bytes(self._nine.images.reshape(NINE * SIDE, SIDE)))
            for i in range(NINE):
                frame = QRectF(i * step, 0, side, side)
                if self._nine is None or sheet is None:
                    painter.setPen(frame_colour)
                    painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
                    continue
                painter.drawImage(frame, sheet, QRectF(0, i * SIDE, SIDE, SIDE))
                digit = self._nine.digits[i]
                agrees = digit == self._answer
                painter.setPen(quiet if agrees else text)
                painter.setFont(usual if agrees else strong)
                below = frame.adjusted(-_GAP, side + 2, _GAP, grown(_WORD_HEIGHT))
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, _sign(digit))


def _side(width: int) -> float:
    """Return the side of a picture where nine have ``width``."""
    return min((width - (NINE - 1) * _GAP) / NINE, float(grown(_LARGEST)))


def _word(digit: int | None) -> str:
    return "no digit" if digit is None else str(digit)


def _sign(digit: int | None) -> str:
    return "–" if digit is None else str(digit)
