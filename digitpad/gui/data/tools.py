"""The row at the bottom of the Data tab: what can be done with the selected images: ``Tools``."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.gui.data.browser import Browser
from digitpad.gui.widgets.buttons import button_for
from digitpad.gui.widgets.theme import GAP

_NARROWEST = 24  # pixels


class Tools(QWidget):
    """Has buttons for actions: one for any image, and others for the person's own drawings alone."""

    def __init__(self, browser: Browser, put: QAction, changes: Sequence[QAction], relabel: Sequence[QAction]) -> None:
        """Show ``changes`` and ``relabel`` while ``browser`` looks at the person's own drawings."""
        super().__init__()
        self.for_mine = QWidget()
        inner = QHBoxLayout(self.for_mine)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP // 2)
        for change in changes:
            inner.addWidget(button_for(change))
        words = QLabel("It is a")
        words.setProperty("quiet", True)
        words.setContentsMargins(GAP, 0, 0, 0)
        inner.addWidget(words)
        for label in relabel:
            digit = button_for(label)
            digit.setMinimumWidth(_NARROWEST)
            inner.addWidget(digit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(button_for(put))
        row.addWidget(self.for_mine)
        row.addStretch()
        browser.source_changed.connect(lambda: self.for_mine.setVisible(browser.mine))
