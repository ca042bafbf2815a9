"""``Links``: a line of places to go to, each a word or two."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel

from digitpad.gui.services.ways import Destination, ToBook
from digitpad.gui.widgets.theme import SMALL, font

_OUTSIDE = "\u00a0\u2197"  # an arrow up to the right: it opens in the browser

Link = tuple[str, Destination]  # what is said of a place, and the place


class Links(QLabel):
    """Places by what is said of each; by mouse, and by Tab and Return. Signal: ``wanted(Destination)``."""

    wanted = Signal(object)

    def __init__(self, name: str, links: Sequence[Link] = ()) -> None:
        """Show ``links``; ``name`` is the accessible name of all together."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(font(SMALL))
        self.setAccessibleName(name)
        self.linkActivated.connect(lambda number: self.wanted.emit(self._links[int(number)][1]))
        self.show_links(links)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )

    def show_links(self, links: Sequence[Link]) -> None:
        """Show ``links`` in place of those there are."""
        self._links = tuple(links)
        words = []
        for number, (text, there) in enumerate(links):
            unbroken = escape(text).replace(" ", "&nbsp;")
            words.append(f'<a href="{number}">{unbroken}{_OUTSIDE if isinstance(there, ToBook) else ""}</a>')
        self.setText("&nbsp;&nbsp; ".join(words))
        self.setAccessibleDescription(", ".join(text for text, _ in links))
        if self.parent() is not None or not links:  # by itself it would be a window
            self.setVisible(bool(links))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the first link ready to be followed, or from behind the last: Qt would want another Tab for that."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() is Qt.FocusReason.TabFocusReason)

    def place(self, text: str) -> Destination:
        """Return where the link that says ``text`` leads. Raises KeyError where there is none."""
        return dict(self._links)[text]
