"""``Lines``: a column of short texts, each of which may begin with a place to go to."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from digitpad.gui.widgets.links import Link, Links
from digitpad.gui.widgets.theme import GAP


class Line(NamedTuple):
    """A ``text``, rich text; the ``link`` that stands in front of it, and a ``mark`` in front of both, plain text."""

    text: str
    link: Link | None = None
    mark: str = ""


class Lines(QWidget):
    """Shows lines one under the other, each a widget, so that the one whose link has the focus is scrolled to.

    Signal: ``wanted(Destination)``.
    """

    wanted = Signal(object)

    def __init__(self, name: str) -> None:
        """Begin empty; ``name`` is the accessible name of every line."""
        super().__init__()
        self._name = name
        self._labels: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._add()  # so that there is a place in the order of the Tab key

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show ``lines`` in place of those there are."""
        while len(self._labels) < len(lines):
            self._add()
        for label, line in zip(self._labels, lines, strict=False):
            label.show_line(line)
        come = any(label.isHidden() for label in self._labels[: len(lines)])
        focused = QApplication.focusWidget()
        if come and not (focused and self.isAncestorOf(focused)):  # a link in it would lose the focus
            self.hide()  # while it is seen, the layout is worked out anew for each line
        for i, label in enumerate(self._labels):
            label.setVisible(i < len(lines))
        self.setVisible(bool(lines))

    def _add(self) -> None:
        label = _Line(self._name)
        label.wanted.connect(self.wanted)
        self._column.addWidget(label)
        label.hide()  # until it says something
        if self._labels:
            self.setTabOrder(self._labels[-1], label)
        self._labels.append(label)

    @property
    def labels(self) -> list[Links]:
        """The lines that are shown."""
        return [label for label in self._labels if not label.isHidden()]

    @property
    def text(self) -> str:
        """What they say, without any links or colours, a line each."""
        return "\n".join(label.accessibleDescription() for label in self.labels)


class _Line(Links):
    """One of the lines, which wraps."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._shown: Line | None = None

    def show_line(self, line: Line) -> None:
        """Show ``line``; where it says the same as before nothing changes, and a link that has the focus keeps it."""
        if line == self._shown:
            return
        self._shown = line
        self._links = (line.link,) if line.link else ()
        link = f'<a href="0">{escape(line.link[0])}</a>&nbsp; ' if line.link else ""
        mark = f"{escape(line.mark)}&nbsp; " if line.mark else ""
        self.setText(f"{mark}{link}{line.text}")
        self.setAccessibleDescription(QTextDocumentFragment.fromHtml(self.text()).toPlainText())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.link else Qt.FocusPolicy.NoFocus)
