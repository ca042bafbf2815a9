"""``SummaryPage``: the chapter in lines, with the person's own numbers, what runs showed, and what is left to try."""

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QShowEvent

from digitpad.data.dataset import Kind
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.exercise import Exercise
from digitpad.explore.exercises.no_hidden_layer import no_hidden_layer
from digitpad.explore.task import Task
from digitpad.explore.yours import yours
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.summary.chapter import CHAPTER
from digitpad.gui.services.trainer import State
from digitpad.gui.services.ways import ToBook, ToPage, ToTrain
from digitpad.gui.widgets.lines import Line, Lines
from digitpad.gui.widgets.theme import SMALL, caption, points
from digitpad.train import lessons
from digitpad.train.groups import FEWEST, Common, Group, groups, in_common
from digitpad.train.lessons import Comparison, Verdict
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run
from digitpad.train.untried import untried

_CHAPTER_2 = "http://neuralnetworksanddeeplearning.com/chap2.html"
_GROUPS = 6  # settings with several seeds that are shown, the newest
_RUNS = 12  # other runs that are shown, the newest
_PAIRS = 6  # comparisons that are shown


class SummaryPage(Page):
    """A line for each idea, and beside them what was trained here, what that showed, and what was not tried yet."""

    IDEA = Idea.SUMMARY
    TEXT = (
        "The chapter in lines, an idea each, with its formula and, where there is one, your own number. "
        "Beside them stands what you trained, and what it showed."
    )
    TASK = Task(
        f"train two settings that differ in one thing, with {FEWEST} seeds each, the same for both, and see here "
        "whether it makes more of a difference than the seeds do.",
        "Networks that differ in nothing but the seed end differently, too: what a setting does is what goes beyond "
        "that, and one run each cannot tell the one from the other.",
    )
    WAYS = (("Train", ToTrain()), ("Chapter 2: how the gradient is computed", ToBook(_CHAPTER_2)))
    EXERCISES = (no_hidden_layer(lambda: None),)

    def __init__(self, shared: Shared) -> None:
        """Write nothing yet: when the page is shown, it tells the present state."""
        super().__init__(shared)
        self.chapter = Lines("An idea of the chapter")
        self.picture.addWidget(self.chapter)
        self.picture.addStretch(1)
        self.trained, self.compared, self.untried = (
            Lines(name) for name in ("A run", "What a setting does", "Not tried yet")
        )
        self._captions = []
        for title, lines in (
            ("What you trained", self.trained),
            ("What one setting does", self.compared),
            ("Not tried yet: a press sets it up", self.untried),
        ):
            self._captions.append(caption(title))
            self.controls.addWidget(self._captions[-1])
            self.controls.addWidget(lines)
        for lines in (self.chapter, self.trained, self.compared, self.untried):
            lines.wanted.connect(self._go)
        trainer, progress = shared.session.trainer, shared.progress
        for changed in (trainer.runs_changed, trainer.state_changed, shared.session.model_changed, progress.changed):
            changed.connect(self.update_soon)
        shared.session.seen_changed.connect(self.update_soon)

    def _exercises(self) -> tuple[Exercise, ...]:
        return (no_hidden_layer(self._own_best),)

    def _own_best(self) -> float | None:
        """Return the best accuracy, in [0, 1], of the person's own runs that do what the exercise asks, if any did."""
        runs = [
            run for run in self.shared.session.trainer.runs
            if not run.recipe.hidden and run.epochs and run.kind is Kind.MNIST and not run.recipe.validated
            and run.recipe.reads_drawings
        ]  # fmt: skip
        return max((run.best.accuracy for run in runs if run.best), default=None)

    def prepare(self) -> None:
        """Write the lines: where they are seen the page is laid out anew with every column of them."""
        if not self.isVisible():
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again at what runs have come to."""
        self._stale = True
        super().showEvent(event)

    def _update(self) -> None:
        if any(pair.verdict is not Verdict.TOO_FEW for pair in self._tell()):
            self._done()

    def _tell(self) -> Sequence[Comparison]:
        """Tell the present state, and return what was compared for it."""
        session = self.shared.session
        runs = session.trainer.runs
        self.chapter.show_lines(
            [
                self._of_idea(idea, own)
                for idea, own in self._own().items()
                if idea in self.shared.progress.pages or idea is self.IDEA
            ]
        )
        self.trained.show_lines(self._of_runs(runs) or [Line("Nothing yet.", ("Train a network", ToTrain()))])
        pairs = lessons.of_pairs(runs, _PAIRS)
        self.compared.show_lines(_of_pairs(pairs))
        self._captions[1].setVisible(bool(pairs))
        ideas = untried(runs)
        self.untried.show_lines([Line(escape(idea.says), (idea.title, ToTrain(idea.recipe))) for idea in ideas])
        self._captions[2].setVisible(bool(ideas))
        whole = self.shared.progress.of(*Idea)
        self.formula.show_lines(
            f"{whole.done} of {whole.tasks} tasks done, {whole.solved} of {whole.exercises} exercises solved",
            "✓ all done &nbsp; ◐ some &nbsp; · nothing yet",
        )
        return pairs

    def _own(self) -> dict[Idea, str]:
        session = self.shared.session
        own = yours(session.model.network, session.image, session.trainer.runs)
        return {idea: own.get(idea, "") for idea in Idea}

    def _of_idea(self, idea: Idea, own: str) -> Line:
        said = CHAPTER[idea]
        text = f"{said.words}<br>{said.formula}"
        if own:
            small = f"font-size: {points(SMALL):.2f}pt"
            text += f'<br><span style="{small}; font-weight: 600">Yours: {escape(own)}</span>'
        place = ToTrain() if idea is self.IDEA else ToPage(idea)
        return Line(
            text, ("The program" if idea is self.IDEA else idea.title, place), self.shared.progress.of(idea).mark or "·"
        )

    def _of_runs(self, runs: Sequence[Run]) -> list[Line]:
        """Return a line for each group of enough seeds, and one for each run that is in none, as far as they are new.

        In a column of hundreds nobody would find anything, and the page would take seconds to open.
        """
        told = [(group, common) for group in groups(runs) if (common := in_common([group])) is not None]
        grouped = {id(run) for group, _ in told for run in group.runs}
        others = [run for run in runs if id(run) not in grouped and run.measured]
        lines = [_of_group(group, common) for group, common in told[-_GROUPS:]]
        lines += map(self._of_run, others[-_RUNS:])
        earlier = sum(len(group.runs) for group, _ in told[:-_GROUPS]) + len(others[:-_RUNS])
        if earlier:
            listed = "1 earlier run is" if earlier == 1 else f"{earlier} earlier runs are"
            lines.append(Line(f"{listed} listed there.", ("Train", ToTrain())))
        return lines

    def _of_run(self, run: Run) -> Line:
        trainer = self.shared.session.trainer
        text = lessons.of_run(run, learning=run is trainer.run and trainer.state is not State.IDLE)
        return Line(f"<b>{run.number}</b>&nbsp; {escape(run.name)}, {escape(run.data)}: {escape(text)}")


def _of_group(group: Group, common: Common) -> Line:
    spread = group.spread(common.epochs, common.seeds)
    epochs = f"{common.epochs:g} epoch{'' if common.epochs == 1 else 's'}"
    digits = f"{kind_of_digits(group.runs)} digits"
    title = f"<b>{escape(group.recipe.title)}</b>, {escape(group.setting.source.data)}"
    return Line(f"{title}: {spread} of the {digits} after {epochs}.")


def _of_pairs(pairs: Sequence[Comparison]) -> list[Line]:
    """Return the comparisons, and where the seeds were too few a way to more."""
    lines = [Line(escape(pair.text)) for pair in pairs]
    if any(pair.verdict is Verdict.TOO_FEW for pair in pairs):
        lines.append(Line(f"{FEWEST} seeds each, the same ones, tell more.", ("Train", ToTrain())))
    return lines
