"""The weights into each neuron of the first layer, as pictures: ``NeuronsView``."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from digitpad.explore.chapter import Idea
from digitpad.gui.services.ways import ToPage
from digitpad.gui.train.neuron_wall import Wall
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.nn.network import Network


class NeuronsView(QWidget):
    """A picture for each neuron: what ink in each pixel adds to its weighted input, blue, or takes from it, orange.

    A click, or Return, shows one of them large.
    """

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("neurons")
        self.area = _Area()
        self.wall = self.area.wall
        self.legend = _Legend()
        self.links = Links("Ways from the neurons", (("How a layer works", ToPage(Idea.LAYERS)),))
        column = column_in(self, GAP // 2)
        column.addWidget(self.legend)
        column.addWidget(self.area, 1)
        column.addWidget(self.links)

    def show_network(self, network: Network | None) -> None:
        """Show the first layer of ``network``."""
        self.wall.show_network(network)
        self.legend.show_count(self.count)

    @property
    def count(self) -> int:
        """How many neurons are shown."""
        return self.wall.count

    def words(self, place: QPoint) -> str:
        """Return what is at ``place`` in the pictures, or nothing."""
        return self.wall.words(place)


class _Legend(QWidget):
    """What the colours say, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._tell()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self._tell()
            self.update()

    def _parts(self) -> tuple[tuple[str, QPalette.ColorRole | None], ...]:
        """Return what is written, and the colour that each is written beside."""
        many = f"{self._count:,} neurons of the first layer; each in its own scale; click one to see it large"
        return (
            ("ink here speaks for it", QPalette.ColorRole.Highlight),
            ("against it", QPalette.ColorRole.BrightText),
            (many if self._count else "", None),
        )

    def _tell(self) -> None:
        self.setAccessibleName("What the colours say")
        self.setAccessibleDescription(f"Blue: {'; orange: '.join(words for words, role in self._parts() if role)}")

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(font(SMALL)).height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a square of each colour, and what ink in a pixel of it does."""
        x = 0.0
        with QPainter(self) as painter:
            painter.setFont(font(SMALL))
            measure, palette = painter.fontMetrics(), self.palette()
            middle, side = self.height() / 2, measure.capHeight()
            for words, role in self._parts():
                if role is not None:
                    painter.fillRect(QRectF(x, middle - side / 2, side, side), palette.color(role))
                    x += side + 6
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                room = measure.elidedText(words, Qt.TextElideMode.ElideRight, max(self.width() - int(x), 0))
                painter.drawText(QPointF(x, middle + side / 2), room)
                x += measure.horizontalAdvance(words) + 18


class _Area(QScrollArea):
    """Scrolls the pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.wall = Wall(self)
        self.setWidget(self.wall)
        self.wall.setAutoFillBackground(False)  # the area has it fill its own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the pictures anew."""
        super().resizeEvent(event)
        self.wall.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll here alone."""
        super().wheelEvent(event)
        event.accept()
