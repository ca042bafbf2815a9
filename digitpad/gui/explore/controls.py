"""What pages put together: buttons, boxes to choose from, and tables."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QToolButton, QWidget

from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import GAP, caption, grow


def button(text: str, tip: str, *, checkable: bool = False) -> QToolButton:
    """Return a button that the keyboard reaches too; ``text`` marks its Alt key with &."""
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def choice(name: str, tip: str, *texts: str) -> QComboBox:
    """Return a box to choose one of ``texts`` from; ``name`` is its accessible name."""
    made = NamedBox(name)
    made.setToolTip(tip)
    made.addItems(texts)
    return made


def table_of(
    rows: int, columns: int, headers: tuple[str, ...], name: str, widths: Sequence[int] = ()
) -> tuple[QWidget, list[list[QLabel]]]:
    """Return a small table of labels in rich text under ``headers``, and its cells by row and column.

    With ``widths``, in pixels, each column keeps room for what is still to come, and they are close together; a column
    without a header then names the rows, from the left.
    """
    widget = QWidget()
    widget.setAccessibleName(name)
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP if widths else GAP * 2)
    grid.setVerticalSpacing(GAP // 2)
    for column, text in enumerate(headers):
        header = caption(text)
        grid.addWidget(header, 0, column, Qt.AlignmentFlag.AlignRight)
    cells = [[QLabel() for _ in range(columns)] for _ in range(rows)]
    for r, row in enumerate(cells, 1):
        for c, cell in enumerate(row):
            grid.addWidget(cell, r, c, Qt.AlignmentFlag.AlignRight)
            if widths:
                grow(cell, minimumWidth=widths[c])
                cell.setAlignment(Qt.AlignmentFlag.AlignRight if headers[c] else Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(columns, 1)
    return widget, cells
