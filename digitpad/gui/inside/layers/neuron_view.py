"""``NeuronView``: one neuron by itself, what it is made of, its formula, and the digits that excite it most."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.gui.inside.layers.made_of import Found, input_tiles, pixel_tiles
from digitpad.gui.inside.layers.neuron_words import neuron_name, short_name
from digitpad.gui.widgets.elided import ElidedLabel, elided_caption
from digitpad.gui.widgets.formula import Formula, letter, number
from digitpad.gui.widgets.neuron_formula import sum_in_columns, written_rule
from digitpad.gui.widgets.theme import GAP, NORMAL, font, grown
from digitpad.gui.widgets.tiles import EDGE, Tiles
from digitpad.inside.activity import Activity, Neuron
from digitpad.nn.network import Network

_TERMS = 5  # of the sum that are written out
_MOST = 8  # tiles in a row
_SIDE, _PIXELS = 56, 72  # pixels: sides of tiles
_BESIDE, _BROAD, _TIMES = 560, 900, 1.5  # pixels: from which widths all is side by side, and tiles larger; how much
_OPEN = "Click it to see what it is made of itself"


class NeuronView(QWidget):
    """Shows one neuron while the drawing changes.

    Signals: ``back_wanted()``; ``opened(neuron, place)`` when one of its inputs is to be seen by itself, which lies at
    ``place``, a QRectF; ``digit_picked(i)`` with the place of a digit among those that excite it, the first being 0.
    """

    back_wanted = Signal()
    opened = Signal(object, QRectF)
    digit_picked = Signal(int)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.back = QToolButton()
        self.back.setText("‹ Back")
        self.back.setToolTip("Go back to where this neuron is from (Esc)")
        self.back.setAccessibleDescription("Goes back to where this neuron is from")
        self.back.setProperty("tight", True)
        self.back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back.clicked.connect(self.back_wanted)
        self.name = ElidedLabel()
        self.name.setFont(font(NORMAL, strong=True))
        self.pixels = Tiles(
            "What it makes of the drawing", "Its weights lie over the drawing, too", _PIXELS, picks=False
        )
        self.adding, self.taking = Tiles("What adds most", _OPEN, _SIDE), Tiles("What takes most", _OPEN, _SIDE)
        self.digits = Tiles("Digits that excite it most", "Click it to put it on the canvas", _SIDE)
        self.formula, self.digits_head = Formula(), elided_caption()
        self._adding: list[Neuron] = []
        self._taking: list[Neuron] = []
        self._deep = _column(
            elided_caption("What adds most at the moment"), self.adding, elided_caption("What takes most"), self.taking
        )
        self._first = _column(elided_caption("What it makes of the drawing"), self.pixels)
        left = _column(self._deep, self._first, self.digits_head, self.digits)
        right = _column(self.formula)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(head)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(GAP * 2)
        self._body.addWidget(left, 1)
        self._body.addWidget(right, 1)
        rows.addLayout(self._body, 1)
        self.adding.picked.connect(lambda i, place: self._open(self.adding, self._adding[i], place))
        self.taking.picked.connect(lambda i, place: self._open(self.taking, self._taking[i], place))
        self.digits.picked.connect(lambda i, _: self.digit_picked.emit(i))

    def show_neuron(self, activity: Activity, neuron: Neuron, found: Found | None, looking: str) -> None:
        """Show what ``neuron`` does; ``looking`` says why there are no digits where none were ``found`` yet."""
        network, first = activity.network, neuron.layer == 1
        self.name.setText(neuron_name(network, neuron))
        self._first.setVisible(first)
        self._deep.setVisible(not first)
        if first:
            self.pixels.show_tiles(pixel_tiles(activity, neuron, self.palette()))
        else:
            adding, taking, terms = activity.strongest(neuron, _MOST)
            self._adding, self._taking = (
                [Neuron(neuron.layer - 1, int(k)) for k in chosen] for chosen in (adding, taking)
            )
            for tiles, chosen in ((self.adding, adding), (self.taking, taking)):
                adds = terms[chosen].tolist()
                tiles.show_tiles(input_tiles(activity, neuron, chosen.tolist(), adds, found, self.palette()))
        made = activity.sum_of(neuron, _TERMS)
        activation = network.neurons(neuron.layer - 1).name
        self.formula.show_lines(
            sum_in_columns(made, lambda k: _named(network, Neuron(neuron.layer - 1, k)), _TERMS),
            f"{written_rule(activation, letter('a'))} = <b>{number(made.activation, 4)}</b>",
        )
        known = found is not None and found.fits(activity)
        self.digits_head.setText("Digits that excite it most, with its activation" if known else looking)
        self.digits.show_tiles(found.tiles(neuron) if found is not None and known else [])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the formula beside all else where it is broad enough, and larger pictures where there is room."""
        super().resizeEvent(event)
        directions, times = QBoxLayout.Direction, _TIMES if self.width() >= _BROAD else 1
        beside = self.width() >= grown(_BESIDE)
        self._body.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for tiles in (self.adding, self.taking, self.digits):
            tiles.set_side(round(_SIDE * times))
        self.pixels.set_side(round(_PIXELS * times))

    def _open(self, tiles: Tiles, neuron: Neuron, place: QRectF) -> None:
        self.opened.emit(neuron, place.translated(tiles.mapTo(self, QPointF())))


def _named(network: Network, neuron: Neuron) -> str:
    """Return the name of an input where there is little room: the row and the column of a pixel, or its number."""
    if neuron.layer:
        return f"{letter('k')} = {short_name(network, neuron)}"
    return "{}, {}".format(*divmod(neuron.index, SIDE))


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GAP // 2)
    for widget in widgets:
        if isinstance(widget, ElidedLabel):
            widget.setContentsMargins(EDGE, 0, 0, 0)  # level with the pictures below it
        rows.addWidget(widget)
    rows.addStretch(1)
    return column
