"""How large the window may be: as large as it was left, and never larger than its screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_LEAST = QSize(720, 520)  # pixels: down to this, all is there without scrolling
_FRAME = QSize(8, 40)  # pixels: what the system puts around a window, which is not known before it is shown


def fit(window: QWidget, wanted: QSize) -> None:
    """Give ``window`` the size that is ``wanted`` as far as its screen has room, and a least size that fits, too."""
    room = window.screen().availableGeometry().size() - _FRAME
    window.setMinimumSize(_LEAST.boundedTo(room))
    window.resize(wanted.boundedTo(room))
