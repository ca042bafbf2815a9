"""What an exercise is: a question, answers that can be checked, each with its ``Verdict``, and the steps of the proof.

All texts are rich text of our own, letters in <i>, indices in <sub>.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is ``right``, and what is to be said of it; of a known mistake, what it is called, and why."""

    right: bool
    says: str


@dataclass(frozen=True)
class Choose:
    """An answer that is chosen among ``options``: what each says, in plain text, and the verdict on it.

    Raises ValueError unless exactly one of them is right.
    """

    prompt: str
    options: tuple[tuple[str, Verdict], ...]

    def __post_init__(self) -> None:
        if sum(verdict.right for _, verdict in self.options) != 1:
            raise ValueError(f"one option has to be right: {self.prompt}")


@dataclass(frozen=True)
class Number:
    """An answer that is a number: ``check`` returns the verdict on any finite one."""

    prompt: str
    check: Callable[[float], Verdict]


Answer = Choose | Number


@dataclass(frozen=True)
class Exercise:
    """An exercise of the book in our words.

    ``key`` names it where what was solved is remembered, ``address`` is where it stands in the book. It is solved when
    all ``answers`` are right. ``steps`` are those of the proof, or of the way to the answer, to be shown one by one.
    """

    key: str
    title: str
    address: str
    question: str
    answers: tuple[Answer, ...]
    steps: tuple[str, ...]


class Attempt:
    """What a person has come to with an exercise: verdicts on the answers, and how many steps were shown."""

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nothing answered and no step shown."""
        self.exercise = exercise
        self.verdicts: list[Verdict | None] = [None] * len(exercise.answers)
        self.steps_shown = 0

    def choose(self, number: int, option: int) -> None:
        """Answer question ``number`` by its ``option``, both counted from 0."""
        answer = self.exercise.answers[number]
        assert isinstance(answer, Choose)
        self.verdicts[number] = answer.options[option][1]

    def enter(self, number: int, value: float) -> None:
        """Answer question ``number``, counted from 0, by a finite ``value``."""
        answer = self.exercise.answers[number]
        assert isinstance(answer, Number)
        self.verdicts[number] = answer.check(value)

    def withdraw(self, number: int) -> None:
        """Forget what question ``number``, counted from 0, was answered by: what stands there now is no answer."""
        self.verdicts[number] = None

    @property
    def solved(self) -> bool:
        """Whether all answers are right."""
        return all(verdict is not None and verdict.right for verdict in self.verdicts)

    def next_step(self) -> None:
        """Show one step more of the way to the answer, while there is one."""
        self.steps_shown = min(self.steps_shown + 1, len(self.exercise.steps))
