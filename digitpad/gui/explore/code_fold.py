"""``CodeFold``: the lines of the book's program that a page is about, with the shapes they have at the moment."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from digitpad.explore.book_code import code_of, has_layers, shapes_of
from digitpad.explore.chapter import Idea
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.fold import Fold
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.theme import GAP, SMALL, grow, points

_WIDE_PX = 960  # room for the longest lines of code there are


class CodeFold(Fold):
    """Folded at first; the code is read from the program when it is opened, and the shapes follow the network."""

    def __init__(self, idea: Idea, sizes: Callable[[], Sequence[int]]) -> None:
        """Show the code of ``idea``; ``sizes`` returns the layers of the network that the page shows now."""
        content = QWidget()
        super().__init__("book_code", "The book's code, in today's Python", content)
        self._idea, self._sizes = idea, sizes
        self.code = QPlainTextEdit()
        self.code.setReadOnly(True)
        self.code.setTabChangesFocus(True)
        self.code.setAccessibleName("The book's code")
        self.code.setAccessibleDescription("Lines of digitpad/nn/book.py, to read and to copy")
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the page scrolls
        self.shapes = QLabel()
        self.shapes.setTextFormat(Qt.TextFormat.PlainText)
        self.shapes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shapes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy = tool_button("copy_code", "Copy", "Copy these lines")
        self.copy.clicked.connect(self._copy)
        for part in (self.code, self.shapes):
            grow(part, maximumWidth=_WIDE_PX)
        column = QVBoxLayout(content)
        column.setContentsMargins(GAP * 2, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.code)
        column.addWidget(self.shapes)
        column.addLayout(row_of(self.copy, None))

    def _show(self, is_open: bool) -> None:
        self.refresh()  # before the page is given the room for it
        super()._show(is_open)

    def refresh(self) -> None:
        """Show what there is now, while it is open."""
        if not self.is_open:
            return
        mono = _monospace()
        for part in (self.code, self.shapes):
            if part.font() != mono:
                part.setFont(mono)
        text = code_of(self._idea)
        if text != self.code.toPlainText():
            self.code.setPlainText(text)
        self._fit()
        rows = shapes_of(self._sizes()) if has_layers(self._idea) else []
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
        lines = ("   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
        self.shapes.setText("\n".join(line.rstrip() for line in lines))
        self.shapes.setVisible(bool(rows))

    def _fit(self) -> None:
        """Be as high as all lines and the scroll bar below them."""
        document, frame = self.code.document(), 2 * self.code.frameWidth()
        line = document.documentLayout().blockBoundingRect(document.firstBlock()).height()  # rounded as each one is
        bar = self.code.horizontalScrollBar().sizeHint().height()
        height = (self.code.blockCount() + 1) * line + 2 * document.documentMargin()  # and a little room below
        self.code.setFixedHeight(round(height) + frame + bar)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.toPlainText())

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what changed on another page."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Show it in text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.refresh()


def _monospace() -> QFont:
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPointSizeF(points(SMALL))
    return made
