"""What keeps a page whole in a window of any size: ``Scrolling``."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolling(QScrollArea):
    """Scrolls a page where there is less room than it needs at least.

    So nothing of it is cut off, and the window need not be wider or higher than its screen for it.
    """

    def __init__(self, page: QWidget) -> None:
        """Show ``page``, as large as there is room, and no smaller than it can be."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on the page has it, and is scrolled to
        page.setAutoFillBackground(True)  # or all that lies behind would be painted anew with every movement
        self.setWidget(page)
