"""The images of the Data tab, a page of them, or why there are none: ``PageView``."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QVBoxLayout

from digitpad.gui.data.browser import Browser
from digitpad.gui.data.pager import Pager
from digitpad.gui.widgets.gallery import Gallery
from digitpad.gui.widgets.theme import GAP

_NOTHING = (
    "Nothing here yet. Draw a digit and press its key, 0 to 9, to keep it; or let the program ask for ten of each."
)


class PageView(QFrame):
    """Shows the page of a ``Browser``, and selects on it."""

    def __init__(self, browser: Browser) -> None:
        """Start empty."""
        super().__init__()
        self._browser = browser
        self.setObjectName("card")
        self.empty = QLabel()  # says why there are no images
        self.empty.setObjectName("empty")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setProperty("quiet", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        self.gallery = Gallery()
        self.gallery.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.gallery.setToolTip("Double-click to put an image on the canvas")
        self.gallery.selectionModel().selectionChanged.connect(self._select)
        self.pager = Pager(browser)
        self.pager.found.connect(self.gallery.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.empty, 1)
        column.addWidget(self.gallery, 1)
        column.addWidget(self.pager)
        browser.page_changed.connect(self._show_page)
        browser.selection_changed.connect(self._show_selection)

    def _show_page(self) -> None:
        page = self._browser.page
        captions, spoken = [item.caption for item in page.items], [item.spoken for item in page.items]
        self.gallery.leave_room_for(captions)  # of a class's drawings they say whose each is
        self.gallery.show_images(page.images, range(len(page.items)), captions.__getitem__, spoken.__getitem__)
        self._show_selection()
        nothing = self._browser.mine and sum(self._browser.counts) == 0
        sentence = self._browser.problem or (_NOTHING if nothing else "")
        has_keys = self.hasFocus() or self.gallery.hasFocus()
        self.empty.setText(sentence)
        self.empty.setVisible(bool(sentence))
        self.gallery.setVisible(not sentence)
        if has_keys:
            self.take_keys()

    def take_keys(self) -> None:
        """Have the focus, on the images where there are any: what is hidden gives it to whatever comes next."""
        (self if self.gallery.isHidden() else self.gallery).setFocus()

    def _show_selection(self) -> None:
        selected = self._browser.selected
        places = [i for i, item in enumerate(self._browser.page.items) if item.number in selected]
        if places != self.gallery.selected():
            self.gallery.select(places)

    def _select(self) -> None:
        self._browser.select(self._browser.page.items[i].number for i in self.gallery.selected())
