"""Ways between the parts of the program, and to the book: ``Ways``, and where one can go by them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from digitpad.explore.chapter import Idea
from digitpad.train.recipe import Recipe


@dataclass(frozen=True)
class ToDraw:
    """To the Draw tab."""


@dataclass(frozen=True)
class ToTrain:
    """To the Train tab; with a ``recipe``, whose settings then stand there, ready to start."""

    recipe: Recipe | None = None


@dataclass(frozen=True)
class ToPage:
    """To the Explore tab's page of an ``idea``; of a page with several views to the one of this name, or as it is."""

    idea: Idea
    view: str = ""


@dataclass(frozen=True)
class ToBook:
    """To an ``address`` in the book, outside the program."""

    address: str


@dataclass(frozen=True)
class ToExercise:
    """To the exercise of this ``key``, on the page where that is said."""

    key: str


Destination = ToDraw | ToTrain | ToPage | ToBook | ToExercise


class Ways(QObject):
    """Takes a person from where something is said to where it is done. Signal: ``wanted(Destination)``."""

    wanted = Signal(object)

    def go(self, destination: Destination) -> None:
        """Go there."""
        self.wanted.emit(destination)
