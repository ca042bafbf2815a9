"""The order in which digits are asked for while a person's own are collected, and how far that is."""

import random

EACH = 10  # of each digit


class Collection:
    """What is missing to ten of each digit, in rounds, and the drawings that were kept so far."""

    def __init__(self, counts: list[int]) -> None:
        """Ask for what is missing to ten of each where there are ``counts``; for ten more where none is."""
        missing = [max(EACH - count, 0) for count in counts]
        if not any(missing):
            missing = [EACH] * 10
        # In rounds, so that no two alike follow each other: a hand that repeats itself draws copies.
        self._plan: list[int] = []
        for turn in range(EACH):
            digits = [digit for digit in range(10) if missing[digit] > turn]
            random.shuffle(digits)
            if len(digits) > 1 and self._plan and digits[0] == self._plan[-1]:
                digits = [*digits[1:], digits[0]]
            self._plan += digits
        self._kept: list[int] = []  # the drawings' identifiers

    @property
    def asked(self) -> int:
        """The digit that is asked for; only while it is not ``complete``."""
        return self._plan[self.drawn]

    @property
    def total(self) -> int:
        """How many drawings are asked for in all."""
        return len(self._plan)

    @property
    def drawn(self) -> int:
        """How many of them were kept."""
        return len(self._kept)

    @property
    def complete(self) -> bool:
        """Whether all of them were."""
        return self.drawn == self.total

    @property
    def of_this_digit(self) -> tuple[int, int]:
        """Which one of the digit that is asked for it is, counted from 1, and how many of it there will be."""
        return self._plan[: self.drawn].count(self.asked) + 1, self._plan.count(self.asked)

    def keep(self, drawing: int) -> None:
        """Go on to the next: the one asked for was kept under the identifier ``drawing``."""
        self._kept.append(drawing)

    @property
    def last(self) -> int:
        """The identifier of the drawing that was kept last; only where one was."""
        return self._kept[-1]

    def take_back(self) -> None:
        """Ask for the last one again."""
        self._kept.pop()
