"""``LayersPage``: every layer of the network at work, and the way from there to one neuron and its formula."""

from functools import partial
from threading import Event

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from digitpad.data.dataset import Dataset
from digitpad.draw.drawing import Picture
from digitpad.draw.preprocess import SIDE, Place
from digitpad.explore.exciting import Exciting, most_exciting
from digitpad.gui.inside.layers.made_of import Found
from digitpad.gui.inside.layers.neuron_view import NeuronView
from digitpad.gui.inside.layers.neuron_words import short_name
from digitpad.gui.inside.layers.weights_overlay import WeightsOverlay
from digitpad.gui.inside.layers.whole_view import WholeView
from digitpad.gui.inside.layers.zoom import Zoom
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.widgets.escape import is_escape
from digitpad.inside.activity import Activity, Neuron
from digitpad.nn.batches import greys
from digitpad.nn.network import Network

_MOST = 8  # digits that excite a neuron
_EXCITING = "exciting"  # the newest request for them counts


class LayersPage(InsidePage):
    """All layers while the pen moves; a neuron that is clicked grows into a view of its own, and goes back again."""

    TITLE = "Layers"
    TIP = "Every neuron of every layer at work, and what each is made of"

    def __init__(self, shared: Shared) -> None:
        """Begin with all layers."""
        super().__init__(shared)
        self.hint = QLabel("Draw a digit, and here you see every neuron fire as far as your ink makes it.")
        self.hint.setWordWrap(True)
        self.hint.setProperty("quiet", True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.whole, self.one = WholeView(), NeuronView()
        self.zoom = Zoom(self.whole, self.one)
        self.rows.addWidget(self.hint)
        self.rows.addWidget(self.zoom, 1)
        self._trail: list[tuple[Neuron, QRectF]] = []  # those gone through, and whence each grew
        self._sizes: tuple[int, ...] = ()
        self._activity: Activity | None = None
        self._found: Found | None = None
        self._refused: tuple[Network, Dataset] | None = None  # of which no digits could be found
        self._over: tuple[Network, Neuron, Place] | None = None  # what lies over the drawing
        self._closing = Event()
        self.whole.opened.connect(self._open)
        self.one.opened.connect(self._open)
        self.one.back_wanted.connect(self._back)
        self.one.digit_picked.connect(self._put_digit)
        shared.digits.changed.connect(self.update_soon)

    @property
    def neuron(self) -> Neuron | None:
        """The neuron that is seen by itself; None while all layers are."""
        return self._trail[-1][0] if self._trail else None

    # Showing

    def _update(self) -> None:
        seen, network = self.seen, self.model.network
        self.hint.setVisible(seen is None)
        self.zoom.setVisible(seen is not None)
        if network.sizes != self._sizes:
            self._sizes, self._trail = network.sizes, []
            self.zoom.show_part(self.whole)
        self._activity = None if seen is None else Activity.of(network, seen.stages.image)
        self._show()

    def _show(self) -> None:
        neuron, activity = self.neuron, self._activity
        if activity is not None:
            self._look_for_digits(activity.network)
            if neuron is None:
                self.whole.show_activity(activity, self._found)
            else:
                self.one.show_neuron(activity, neuron, self._found, self._looking())
        self._lay_over(neuron if activity is not None else None)

    def _lay_over(self, neuron: Neuron | None) -> None:
        """Have the weights of a neuron of the first layer lie over the drawing, and nothing where it is none."""
        seen, network = self.seen, self.model.network
        wanted = (network, neuron, seen.stages.image_place) if neuron and neuron.layer == 1 and seen else None
        if wanted == self._over:
            return
        self._over = wanted
        if wanted is None:
            self.overlay_wanted.emit(None)
            return
        words = f"Weights of neuron {short_name(network, wanted[1])}: ink on blue speaks for it, on orange against it"
        self.overlay_wanted.emit(WeightsOverlay(network.weights[0][wanted[1].index], wanted[2], words))

    # The way there and back

    def _open(self, neuron: Neuron, place: QRectF) -> None:
        def change() -> None:
            self._trail.append((neuron, place))
            self.zoom.show_part(self.one)
            self._show()

        if neuron.layer and neuron != self.neuron:
            self.zoom.go(change, place, inward=True)
            self._begin_at(self.one.back)

    def _back(self) -> None:
        if not self._trail:
            return
        _, place = self._trail[-1]

        def change() -> None:
            self._trail.pop()
            self.zoom.show_part(self.one if self._trail else self.whole)
            self._show()

        self.zoom.go(change, place, inward=False)
        self._begin_at(self.one.back if self._trail else self.whole.view)

    def _begin_at(self, widget: QWidget) -> None:
        """Give ``widget`` the focus, and show the page from its top."""
        widget.setFocus()
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.verticalScrollBar().setValue(0)

    def event(self, event: QEvent) -> bool:
        """Take Escape for the way back, before it closes a message."""
        if event.type() == QEvent.Type.ShortcutOverride and self._trail and is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if self._trail and is_escape(event):
            self._back()
        else:
            super().keyPressEvent(event)

    # The digits that excite neurons

    def _look_for_digits(self, network: Network) -> None:
        """Have them found, in a thread, unless they are known: anew for a neuron that is seen by itself."""
        if self.shared.digits.current is None:
            self.shared.digits.wanted()
            return
        digits, found = self.shared.digits.current.training, self._found
        known = found is not None and found.digits is digits and (
            found.exciting.network is network or (self.neuron is None and found.exciting.network.sizes == network.sizes)
        )  # fmt: skip
        if known or self._refused == (network, digits) or self.background.pending(_EXCITING):
            return
        self.background.run(
            partial(most_exciting, network, digits.images, digits.labels, _MOST, self._is_over),
            partial(self._take, digits),
            partial(self._refuse, network, digits),
            latest=_EXCITING,
        )

    def _is_over(self) -> bool:
        """Return, in the thread, whether to look no further, giving way to the window before."""
        self.shared.session.trainer.window_priority.give_way()
        return self._closing.is_set()

    def _take(self, digits: Dataset, exciting: Exciting | None) -> None:
        if exciting is not None:
            self._found = Found(exciting, digits)
            self.update_soon()

    def _refuse(self, network: Network, digits: Dataset, sentence: str) -> None:
        self._refused = network, digits
        self.failed.emit(sentence)
        self.update_soon()

    def _looking(self) -> str:
        if self._refused is not None and not self.background.pending(_EXCITING):
            return "The digits that excite it most could not be found."
        return "Looking for the digits that excite it most …"

    def _put_digit(self, i: int) -> None:
        if self._found is not None and self.neuron is not None:
            excited = self._found.exciting.of(self.neuron.layer, self.neuron.index)
            image = greys(self._found.digits.images[int(excited.images[i])], np.float32)
            self.put_wanted.emit(Picture.fitted(image.reshape(SIDE, SIDE)))

    # What changes around it

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme into the pictures."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Know that nothing lies over the drawing any more, and show everything anew when it is seen again."""
        super().hideEvent(event)
        self._over, self._stale = None, True

    def close_down(self) -> None:
        """Look for no more digits."""
        self._closing.set()
        super().close_down()
