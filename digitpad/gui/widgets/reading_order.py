"""``tab_in_reading_order``: the Tab key goes through a page as one reads it, however its parts were made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_in_reading_order(page: QWidget) -> None:
    """Have Tab lead through ``page`` as its layouts have the parts, which Qt has in the order they were made in.

    To be called when ``page`` is whole and in its window.
    """
    for before, after in pairwise(_reached(page)):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> Iterator[QWidget]:
    """Return where Tab stops in ``widget``: as its layout has it, then as it was made what is in no layout."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    placed = list(_placed(layout)) if layout is not None else []
    for part in placed:
        yield from _reached(part)
    for other in widget.children():
        if isinstance(other, QWidget) and not other.isWindow() and other not in placed:
            yield from _reached(other)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for item in (layout.itemAt(i) for i in range(layout.count())):
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            yield from _placed(inner)
        elif (widget := item.widget()) is not None:
            yield widget
