"""What was done on the pages of the Explore tab: ``Progress``, and how much of a page that is, an ``Extent``."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from digitpad.explore.chapter import Idea
from digitpad.explore.task import Task
from digitpad.gui.services.preferences import Preferences


@dataclass(frozen=True)
class Contents:
    """What a page asks for: its ``tasks``, and ``exercises`` by their keys."""

    tasks: tuple[Task, ...] = ()
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extent:
    """How many tasks of a page were done and exercises solved, of how many."""

    done: int
    tasks: int
    solved: int
    exercises: int

    @property
    def mark(self) -> str:
        """A tick where all was done, half a disc where some was; otherwise ""."""
        if not self.done and not self.solved:
            return ""
        return "✓" if (self.done, self.solved) == (self.tasks, self.exercises) else "◐"

    @property
    def words(self) -> list[str]:
        """What was done, in words."""
        tasks = "task done" if self.tasks == 1 else f"{self.done} of {self.tasks} tasks done"
        words = [tasks] if self.done else []
        return words + ([f"{self.solved} of {self.exercises} exercises solved"] if self.solved else [])


class Progress(QObject):
    """Keeps in the preferences which tasks were done and which exercises solved; ``pages`` are those there are.

    Signal: ``changed(Idea)``, when something was done on the page of this idea.
    """

    changed = Signal(object)

    def __init__(self, preferences: Preferences, pages: Mapping[Idea, Contents] | None = None) -> None:
        """Go on from what is in ``preferences``."""
        super().__init__()
        self._preferences = preferences
        self.pages = pages or {}

    def is_done(self, idea: Idea, task: Task) -> bool:
        """Return whether ``task`` of the page of ``idea`` was done."""
        # The title by itself stands for all tasks of a page: so it was written when they were not told apart.
        return bool({idea.title, _name(idea, task)} & self._preferences.done_tasks)

    def note_done(self, idea: Idea, task: Task) -> None:
        """Note that ``task`` of the page of ``idea`` is done."""
        if not self.is_done(idea, task):
            self._preferences.done_tasks |= {_name(idea, task)}
            self.changed.emit(idea)

    def is_solved(self, key: str) -> bool:
        """Return whether the exercise of this ``key`` was solved."""
        return key in self._preferences.solved_exercises

    def note_solved(self, idea: Idea, key: str) -> None:
        """Note that the exercise of this ``key``, on the page of ``idea``, is solved."""
        if not self.is_solved(key):
            self._preferences.solved_exercises |= {key}
            self.changed.emit(idea)

    def of(self, *ideas: Idea) -> Extent:
        """Return how much was done on the pages of ``ideas``, all together."""
        tasks = [(idea, task) for idea in ideas if idea in self.pages for task in self.pages[idea].tasks]
        keys = [key for idea in ideas if idea in self.pages for key in self.pages[idea].exercises]
        done = sum(self.is_done(idea, task) for idea, task in tasks)
        return Extent(done, len(tasks), sum(map(self.is_solved, keys)), len(keys))


def _name(idea: Idea, task: Task) -> str:
    """Return by what name a task is remembered: its page's title, or with its own where the page has several."""
    return f"{idea.title}, {task.name}" if task.name else idea.title
