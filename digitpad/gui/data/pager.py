"""Below the images of the Data tab: from page to page, and to an image by its number: ``Pager``."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from digitpad.gui.data.browser import Browser
from digitpad.gui.widgets.actions import with_key
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.theme import GAP, grow


class Pager(QWidget):
    """Turns the pages of a ``Browser``.

    Signals: ``found()`` when the person went to an image by its number.
    """

    found = Signal()

    def __init__(self, browser: Browser) -> None:
        """Start with nothing to turn."""
        super().__init__()
        self._browser = browser
        self.before = tool_button("page_before", "‹", with_key("The page before", "Ctrl+Left"))
        self.after = tool_button("page_after", "›", with_key("The next page", "Ctrl+Right"))
        for turner, name, keys, pages in (
            (self.before, "Page before", "Ctrl+Left", -1),
            (self.after, "Page after", "Ctrl+Right", 1),
        ):
            turner.setAccessibleName(name)
            turner.setShortcut(QKeySequence(keys))
            turner.clicked.connect(lambda _=False, pages=pages: browser.turn(pages))
        self.where, self.allowed = QLabel(), QLabel()
        self.where.setProperty("quiet", True)
        self.allowed.setProperty("quiet", True)
        self.number = QLineEdit()
        self.number.setObjectName("number")
        self.number.setPlaceholderText("Go to #")
        self.number.setToolTip("The number of an image, counted from 0; Return goes there")
        self.number.setAccessibleName("Go to image number")
        grow(self.number, minimumWidth=96, maximumWidth=96)
        self.number.setMaxLength(12)
        self.number.returnPressed.connect(self._find)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.before)
        row.addWidget(self.where)
        row.addWidget(self.after)
        row.addStretch()
        row.addWidget(self.allowed)
        row.addWidget(self.number)
        browser.source_changed.connect(self._begin_anew)
        browser.page_changed.connect(self._show_page)
        self._begin_anew()
        self._show_page()

    def _begin_anew(self) -> None:
        self.number.setVisible(not self._browser.mine)
        self.number.clear()
        self._show_allowed("")

    def _show_page(self) -> None:
        browser = self._browser
        first, last = browser.first, browser.first + len(browser.page.items)
        known = browser.source is not None and not browser.problem
        words = f"{first + 1:,} to {last:,} of {browser.count:,}" if browser.page.items else "none"
        self.where.setText(words if known else "")
        self.before.setEnabled(known and first > 0)
        self.after.setEnabled(known and last < browser.count)

    def _find(self) -> None:
        """Go to the image whose number was typed, or say which numbers there are."""
        dataset, text = self._browser.dataset, self.number.text().strip().lstrip("#").replace(",", "")
        if dataset is None:
            return
        if text.isdecimal() and int(text) < len(dataset):
            self._show_allowed("")
            self._browser.go_to(int(text))
            self.found.emit()
        else:
            self._show_allowed(f"a number from 0 to {len(dataset) - 1:,}")

    def _show_allowed(self, words: str) -> None:
        self.allowed.setText(words)
        self.number.setProperty("wrong", bool(words))
        self.number.style().polish(self.number)
