"""What takes less room where there is little: ``FoldingList``, and ``Narrowness``, which tells where that is."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from digitpad.gui.widgets.named_box import NamedBox
from digitpad.gui.widgets.theme import grow, grown

NARROW = 930  # pixels: a page that has less has no room for the list at its left


class FoldingList(QWidget):
    """A list to choose one of; folded, it is a box on one line that opens to the same list."""

    def __init__(self, name: str, width: int = 200) -> None:
        """Start empty and unfolded; ``name`` is the accessible name, the list ``width`` pixels broad."""
        super().__init__()
        self.list, self.box = QListWidget(), NamedBox(name)
        self.list.setObjectName("sources")
        grow(self.list, minimumWidth=width, maximumWidth=width)
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


class Narrowness(QObject):
    """Looks at a page whose list is to be folded where there is little room, however large the text.

    Signal: ``changed(narrow)`` when the page has become narrow, or wide again; it begins wide.
    """

    changed = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        """Look at ``page`` from now on."""
        super().__init__(page)
        self._page, self._narrow = page, False
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at it again when it, or its text, has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            narrow = self._page.width() < grown(NARROW)
            if narrow is not self._narrow:
                self._narrow = narrow
                self.changed.emit(narrow)
        return False
