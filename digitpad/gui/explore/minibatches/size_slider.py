"""``SizeSlider``, which chooses the size of a mini-batch."""

from collections.abc import Sequence

import numpy as np

from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.train import typed


class SizeSlider(NumberSlider):
    """Chooses among some sizes of a mini-batch."""

    def __init__(self, words: str, sizes: Sequence[int], size: int) -> None:
        """Start at ``size``, one of ``sizes``."""
        self._sizes = tuple(sizes)
        super().__init__(letter("m"), words, 0, len(sizes) - 1, sizes.index(size), 1)
        self.slider.setPageStep(3)

    @property
    def m(self) -> int:
        """The size chosen."""
        return self._sizes[round(self.value)]

    def choose(self, m: float) -> None:
        """Choose the size that is nearest to ``m`` in proportion."""
        self.set_value(self._nearest(m))

    def _nearest(self, m: float) -> int:
        return int(np.argmin(np.abs(np.log(np.array(self._sizes) / max(m, 1)))))

    def _typed(self, text: str) -> float:
        """Return the place of the size next to the one that was typed."""
        return float(self._nearest(typed.whole_number(text, 1, self._sizes[-1])))

    def _allowed(self) -> str:
        return f"a whole number from 1 to {self._sizes[-1]:,}"

    def _words_of(self, value: float) -> str:
        return f"{self._sizes[round(value)]:,}"
