"""Layouts without a margin of their own, for parts of a page."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.gui.widgets.theme import GAP


def column_in(widget: QWidget) -> QVBoxLayout:
    """Return a new column that lays out what is in ``widget``."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    return column


def side_by_side(*parts: QWidget) -> QWidget:
    """Return a widget with ``parts`` close to each other, from the left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP // 2)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made
