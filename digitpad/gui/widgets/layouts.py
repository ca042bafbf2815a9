"""Parts one below the other and side by side, without margins; cards; words that wrap: how pages are laid out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.gui.widgets.theme import GAP, font

AS_LARGE_AS_IT_MAY = (1 << 24) - 1  # pixels: Qt's own limit of a widget's size, which PySide6 does not name


def column_in(parent: QWidget | None = None, spacing: int = GAP) -> QVBoxLayout:
    """Return a column that fills ``parent``, with ``spacing`` pixels between its parts."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def row_of(*parts: QWidget | None, parent: QWidget | None = None, spacing: int = GAP) -> QHBoxLayout:
    """Return a row of ``parts`` that fills ``parent``; None takes the room that is left."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def side_by_side(*parts: QWidget) -> QWidget:
    """Return ``parts`` that belong together in one widget, side by side from the left."""
    made = QWidget()
    row_of(*parts, None, parent=made, spacing=GAP // 2)
    return made


def card_of(heading: QWidget, content: QWidget) -> QFrame:
    """Return a card with ``heading`` above its ``content``."""
    card = QFrame()
    card.setObjectName("card")
    column = column_in(card)
    column.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP)
    column.addWidget(heading)
    column.addWidget(content, 1)
    return card


def wrapped(object_name: str, size: float | None = None, *, strong: bool = False) -> QLabel:
    """Return a label for sentences of any letters, in as many lines as they need; ``size`` as ``font`` has it."""
    made = QLabel(textFormat=Qt.TextFormat.PlainText)
    made.setObjectName(object_name)
    made.setWordWrap(True)
    if size is not None:
        made.setFont(font(size, strong=strong))
    return made
