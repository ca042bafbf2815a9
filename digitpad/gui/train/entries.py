"""What each line in the plots stands for, in words: ``Entry``, ``entries_for``, ``named_entries``."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from digitpad.gui.train.lines import Lines
from digitpad.gui.words import counted
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run

_NAMED = 12  # runs in the legend of a picture


@dataclass(frozen=True)
class Entry:
    """One kind of line, in words, with a band around it where ``shaded``; without a ``colour`` that of quiet words.

    ``brief`` are fewer words, for where there is little room.
    """

    words: str
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    width: float = 1
    colour: QColor | None = None
    shaded: bool = False
    in_brief: str = ""

    @property
    def brief(self) -> str:
        """The fewest words that it can be known by."""
        return self.in_brief or self.words


def entries_for(lines: Lines, book: float | None) -> list[Entry]:
    """Return what explains ``lines``, and that of the ``book``'s accuracy, in [0, 1], if it is drawn.

    Solid lines are of the digits that runs are measured on. Training digits have lines of all runs, or of the selected
    one alone. Costs are of one kind: how many runs have another is told.
    """
    digits = kind_of_digits(lines.runs)
    entries = list[Entry]()
    if not lines.groups or any(lines.band(run) is None for run in lines.runs):
        of = "" if lines.all_training else ", of the selected run"
        entries = [
            Entry(f"{digits} digits", width=2),
            Entry(f"training digits{of}", Qt.PenStyle.DashLine, in_brief="training digits"),
        ]
    if seeds := [len(group.runs) for group in lines.groups]:
        least, most = min(seeds), max(seeds)
        many = f"{most}" if least == most else f"{least} to {most}"
        words = f"{digits} digits: mean of {many} seeds, least to greatest shaded"
        entries.append(Entry(words, width=2, shaded=True, in_brief=f"mean of {many} seeds"))
    if book is not None:
        figure = f"{100 * book:.2f} %"
        words = f"book (Nielsen, ch. 1) {figure}, best of three runs"
        entries.append(Entry(words, Qt.PenStyle.DotLine, in_brief=f"book {figure}, best of three"))
    if others := sum(not lines.has_cost(run) for run in lines.runs):
        hidden = f"{counted(others, 'run')} with another cost {'is' if others == 1 else 'are'} not shown"
        entries.append(Entry(f"cost: {lines.cost_kind}; {hidden}", Qt.PenStyle.NoPen, in_brief=hidden))
    return entries


def named_entries(lines: Lines, names: Callable[[Run], str]) -> list[Entry]:
    """Return whose the lines are, by ``names``, for a picture that has no list of runs beside it."""
    each = {id(lines.band(run) or run): run for run in lines.runs}  # of a band one run
    named = list(each.values())[-_NAMED:]
    entries = [
        Entry(names(run), width=3, colour=lines.colour(run), shaded=lines.band(run) is not None) for run in named
    ]
    if more := len(each) - len(named):
        entries.append(Entry(f"and {more:,} runs more", Qt.PenStyle.NoPen))
    return entries
