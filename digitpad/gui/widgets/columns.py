"""Parts of a page in as many columns as there is room for: ``Columns``."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.widgets.placed import Placed, least_height
from digitpad.gui.widgets.theme import GAP, grown

_BETWEEN = GAP * 3 // 2  # pixels between two columns


class Columns(Placed):
    """Shows parts row by row, as many beside each other as its width has room for."""

    def __init__(self, parts: Sequence[QWidget], wide: int, most: int, *, grows: bool = False) -> None:
        """Take in the ``parts``, each at least ``wide`` pixels where text has its usual size, in ``most`` columns.

        One that ``grows`` takes what height there is.
        """
        super().__init__(parts, QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed)
        self._wide, self._most = wide, most

    def sizeHint(self) -> QSize:
        """Return the least height for all columns."""
        width = self._most * (max(grown(self._wide), self._least()) + _BETWEEN) - _BETWEEN
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the broadest part; its height is that for the width it is given."""
        width = self._least()
        return QSize(width, min(self.heightForWidth(width), self.heightForWidth(max(self.width(), width))))

    def heightForWidth(self, width: int) -> int:
        """Return the least height with ``width``."""
        heights = self._heights(width)
        return sum(heights) + GAP * (len(heights) - 1)

    def _least(self) -> int:
        """Return the width of the broadest part."""
        return max(part.minimumSizeHint().expandedTo(part.minimumSize()).width() for part in self._parts)

    def _count(self, width: int) -> int:
        wide = max(grown(self._wide), self._least())
        most = min(max((width + _BETWEEN) // (wide + _BETWEEN), 1), self._most)
        rows = -(-len(self._parts) // most)
        return -(-len(self._parts) // rows)  # as evenly as so many rows can be filled

    def _heights(self, width: int) -> list[int]:
        """Return the least height of each row."""
        count = self._count(width)
        column = (width - _BETWEEN * (count - 1)) // count
        heights = [least_height(part, column) for part in self._parts]
        return [max(heights[first : first + count]) for first in range(0, len(heights), count)]

    def _place(self) -> None:
        count, heights = self._count(self.width()), self._heights(self.width())
        column = (self.width() - _BETWEEN * (count - 1)) // count
        spare = max(self.height() - sum(heights) - GAP * (len(heights) - 1), 0) // len(heights)
        y = 0
        for row, height in enumerate(heights):
            for i, part in enumerate(self._parts[row * count : (row + 1) * count]):
                part.setGeometry(i * (column + _BETWEEN), y, column, height + spare)
            y += height + spare + GAP
