"""Two parts of a page, one below the other, or beside each other where the page is broad and low: ``BesideOrBelow``."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.widgets.placed import Placed, least_height
from digitpad.gui.widgets.theme import GAP, grown

_BROAD = 560  # pixels where text has its usual size
_BETWEEN = GAP * 3


class BesideOrBelow(Placed):
    """Shows ``first`` above ``second``, or left of it where both have no room otherwise and it is broad enough."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        """Take in both; either may be hidden, and the other then has all the room."""
        super().__init__((first, second), QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Return the size with which both fit, one below the other."""
        width = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(width, self._below(width))

    def sizeHint(self) -> QSize:
        """Return the least height for as broad as the broader part would like to be."""
        width = max((part.sizeHint().width() for part in self._shown()), default=0)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """Return the least height with ``width``."""
        below = self._below(width)
        return min(below, self._beside(width)) if self._is_broad(width) else below

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _is_broad(self, width: int) -> bool:
        return len(self._shown()) > 1 and width >= grown(_BROAD)

    def _below(self, width: int) -> int:
        """Return the least height of one below the other."""
        heights = [least_height(part, width) for part in self._shown()]
        return sum(heights) + GAP * max(len(heights) - 1, 0)

    def _beside(self, width: int) -> int:
        """Return the least height of one beside the other."""
        return max(least_height(part, (width - _BETWEEN) // 2) for part in self._shown())

    def _place(self) -> None:
        width, height = self.width(), self.height()
        first, second = self._parts
        if self._is_broad(width) and height < self._below(width):
            half = (width - _BETWEEN) // 2
            first.setGeometry(0, 0, half, height)
            second.setGeometry(width - half, 0, half, height)
            return
        last = 0 if second.isHidden() else least_height(second, width)
        first.setGeometry(0, 0, width, height - last - (GAP if last else 0))
        second.setGeometry(0, height - last, width, last)
