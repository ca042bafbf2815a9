"""How the Draw tab fits the window: pad and panel side by side, earlier drawings and hints below: ``PadAndPanel``."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.gui.draw.pad_column import PadColumn
from digitpad.gui.draw.panel import NARROWEST, Panel
from digitpad.gui.draw.tools import Tools
from digitpad.gui.widgets.layouts import column_in, row_of
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP, grow

_BAR = 12  # pixels: of what scrolls the right side
_BETWEEN = GAP * 3  # pixels: of both sides


class PadAndPanel(QObject):
    """Lays out a tab, and keeps its pad as large as the square that fits."""

    def __init__(
        self, tab: QWidget, pad: PadColumn, tools: Tools, panel: Panel, bottom: Sequence[QWidget]
    ) -> None:  # fmt: skip
        """Fill ``tab``; of what stands at the ``bottom`` the first part takes the room that is left."""
        super().__init__(tab)
        self._tab, self._pad = tab, pad
        tools.installEventFilter(self)
        columns = QHBoxLayout()
        columns.setSpacing(_BETWEEN)
        columns.addWidget(pad, 3)
        self._panel = Scrolling(panel)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grow(self._panel, minimumWidth=NARROWEST + _BAR)
        columns.addWidget(self._panel, 2)
        columns.addStretch(0)
        self._strip: QWidget | None = None
        self._strip_row = QVBoxLayout()
        self._bottom = row_of(*bottom)
        self._bottom.setStretch(0, 1)
        page = QWidget()
        self._rows = column_in(page)
        self._rows.setContentsMargins(GAP * 3, GAP * 2, GAP * 3, GAP)
        self._rows.addLayout(columns, 1)
        self._rows.addLayout(self._strip_row)
        self._rows.addLayout(self._bottom)
        column_in(tab).addWidget(Scrolling(page))

    def add_strip(self, strip: QWidget) -> None:
        """Have ``strip`` between the pad and the bottom, whenever it is shown."""
        self._strip = strip
        self._strip_row.addWidget(strip)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the pad into its column when its tools have another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Keep the column of the pad no wider than the square that fits its height."""
        margins = self._rows.contentsMargins()
        width = self._tab.width() - margins.left() - margins.right() - self._panel.minimumWidth() - _BETWEEN
        height = self._tab.height() - margins.top() - margins.bottom() - self._bottom.sizeHint().height() - GAP
        if self._strip and not self._strip.isHidden():
            height -= self._strip.sizeHint().height() + GAP
        self._pad.fit(width, height)
