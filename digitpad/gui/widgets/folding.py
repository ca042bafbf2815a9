"""What takes less room where there is little: ``FoldingList``."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import grow

_WIDTH = 200  # pixels: of the list


class FoldingList(QWidget):
    """A list to choose one of; folded, it is a box on one line that opens to the same list."""

    def __init__(self, name: str) -> None:
        """Start empty and unfolded; ``name`` is the accessible name."""
        super().__init__()
        self.list, self.box = QListWidget(), NamedBox(name)
        self.list.setObjectName("sources")
        grow(self.list, minimumWidth=_WIDTH, maximumWidth=_WIDTH)
        self.list.ensurePolished()  # rows are laid out when one is chosen: the style decides how high they are
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box.setObjectName("folded")
        self.box.setModel(self.list.model())
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.list, self.box):
            part.setAccessibleName(name)
            part.setAccessibleDescription(f"Choose one of the {name.lower()}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addWidget(self.box)
        self.box.activated.connect(self.list.setCurrentRow)
        self.list.currentRowChanged.connect(self.box.setCurrentIndex)
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Be the box, or the list again; the focus stays on what is chosen."""
        had_focus = self.list.hasFocus() or self.box.hasFocus()
        self.list.setVisible(not folded)
        self.box.setVisible(folded)
        shown = self.box if folded else self.list
        self.setFocusProxy(shown)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, shown.sizePolicy().verticalPolicy())
        if had_focus:
            self.setFocus()

    def show_current(self) -> None:
        """Let the box have what was chosen in the list while its signals were blocked."""
        self.box.setCurrentIndex(self.list.currentRow())
