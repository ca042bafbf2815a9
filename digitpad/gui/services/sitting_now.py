"""What is in the window at one moment, as a sitting that can be kept while the window goes on: ``SittingNow``."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from digitpad.draw.drawing import Drawing
from digitpad.gui.services.session import Session
from digitpad.train.runs import Run
from digitpad.train.sitting import Sitting


@dataclass(frozen=True)
class View:
    """What is kept of the window itself: the drawing on its canvas, finished or not, and the name of its front tab."""

    drawing: Drawing
    finished: bool
    tab: str


class SittingNow:
    """Looks at what is in the window, in its thread and in the time that takes to copy some lists.

    Drawings, networks and measurements never change, so only the runs are copied. ``sitting`` is what was seen last.
    """

    def __init__(self, session: Session, view: Callable[[], View]) -> None:
        """Look at ``session`` and the ``view`` of the window; nothing was seen yet."""
        self._session, self._view = session, view
        self.sitting: Sitting | None = None
        self._runs: dict[int, Run] = {}  # copies, by number

    def look(self) -> Sitting:
        """Take in what is in the window now, and return it."""
        session, view = self._session, self._view()
        if (in_use := session.made_in_use) is not None and in_use.gone:  # with the folder, but it is still at hand
            in_use.come_from(session.to_save())
        self._runs = {run.number: self._copy(run) for run in session.trainer.runs}
        shown = session.shown.run
        runs, number = tuple(self._runs.values()), shown.number if shown else None
        self.sitting = Sitting(
            view.drawing, view.finished, session.made_in_use, session.path, runs, number, view.tab, session.made.all
        )
        return self.sitting

    def forget(self) -> None:
        """Look at everything anew the next time."""
        self.sitting, self._runs = None, {}

    def _copy(self, run: Run) -> Run:
        """Return the copy there is while it tells the same: what is the same is not written again."""
        there = self._runs.get(run.number)
        return there if there is not None and _told(there) == _told(run) else _copied(run)


def same(one: Sitting, other: Sitting) -> bool:
    """Whether two sittings that were looked at, one after the other, differ in nothing."""
    return _parts(one) == _parts(other)


def _parts(sitting: Sitting) -> list[object]:
    """Return what differs between two sittings wherever anything in them does."""
    parts = [getattr(sitting, each.name) for each in fields(Sitting) if each.compare]
    return [tuple(map(id, part)) if isinstance(part, tuple) else part for part in parts]


def _told(run: Run) -> tuple[object, ...]:
    """Return what changes whenever anything in a run does."""
    return run.name, len(run.points), len(run.marks), len(run.networks), id(run.latest), run.at, run.trouble, run.tested


def _copied(run: Run) -> Run:
    """Return a run that stays as this one is now; the networks are shared, for they never change."""
    points, marks, networks = list(run.points), list(run.marks), dict(run.networks)
    return replace(run, points=points, marks=marks, networks=networks, evaluation=None)
