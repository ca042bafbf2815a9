"""``SummaryPage``, the last: the chapter in the person's own results, and what is left to try."""

from collections.abc import Collection, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.page import Page, Shared
from digitpad.train import lessons
from digitpad.train.lessons import Verdict
from digitpad.train.runs import Run
from digitpad.train.untried import untried


class SummaryPage(Page):
    """What was trained and what each run showed, which pages were tried, and what to do next."""

    IDEA = Idea.SUMMARY
    TEXT = (
        "The chapter in your own results: what you trained here, and what it showed. "
        "Chapter 2 of the book explains how the gradient is computed, and chapter 3 how networks learn better."
    )
    TASK = (
        "in the Train tab, train two settings that differ in one thing, with three seeds each, the same for both, and "
        "see here whether it makes more of a difference than the seeds do."
    )

    def __init__(self, shared: Shared) -> None:
        """Write nothing yet: each time the page is shown, it tells the present state."""
        super().__init__(shared)
        self.summary, self.pages = QLabel(), QLabel()
        for label in (self.summary, self.pages):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.picture.addWidget(self.summary, 1)
        self.controls.addWidget(self.pages)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again at what was trained and tried; what is trained meanwhile shows the next time."""
        self._stale = True
        super().showEvent(event)

    def _update(self) -> None:
        runs = self.shared.session.trainer.runs
        pairs = lessons.of_pairs(runs)
        self.summary.setText(
            _section("What you trained", _of_runs(runs) or ["Nothing yet: the Train tab is the place for it."])
            + _section("What one setting does", [escape(pair.text) for pair in pairs])
            + _section("Not tried yet", [escape(idea.sentence) for idea in untried(runs)])
        )
        opened, done = self.shared.preferences.opened_pages, self.shared.preferences.done_tasks
        others = [idea.title for idea in Idea if idea not in (self.IDEA, Idea.DEEP)]
        lines = [f"{_mark(title, opened, done)} {escape(title)}" for title in others]
        self.pages.setText("<p><b>Pages</b></p><p>" + "<br>".join(lines) + "</p>")
        count = sum(title in done for title in others)
        self.formula.show_lines(f"{count} of {len(others)} tasks done", "✓ done &nbsp; ○ opened &nbsp; · not yet")
        if any(pair.verdict is not Verdict.TOO_FEW for pair in pairs):
            self._done()


def _of_runs(runs: Sequence[Run]) -> list[str]:
    lines = [(run, lessons.of_run(run)) for run in runs]
    return [f"<b>{run.number}</b>&nbsp; {escape(run.name)}: {escape(text)}" for run, text in lines if text]


def _section(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f"<p><b>{title}</b></p>" + "".join(f'<p style="margin: 0 0 6px 0">{line}</p>' for line in lines)


def _mark(title: str, opened: Collection[str], done: Collection[str]) -> str:
    return "✓" if title in done else "○" if title in opened else "·"
