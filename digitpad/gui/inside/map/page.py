"""The page on which all digits are a cloud of points, and the drawing one that wanders: ``MapPage``."""

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from digitpad.gui.inside.map.chosen_card import ChosenCard
from digitpad.gui.inside.map.cloud_view import CloudView
from digitpad.gui.inside.map.epoch_bar import EpochBar
from digitpad.gui.inside.map.nearest import K, NearestRow
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.escape import is_escape
from digitpad.gui.widgets.segments import Segments
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.gui.words import counted
from digitpad.inside.cloud import last_hidden
from digitpad.inside.epochs import EpochMap, epoch_maps, some_of
from digitpad.inside.islands import place_among

if TYPE_CHECKING:
    from digitpad.data.dataset import Digits
    from digitpad.nn.network import Network
    from digitpad.train.runs import Run

_MAPS = "maps of epochs"


class MapPage(InsidePage):
    """Where the network has the drawing, among the digits of the data set in use."""

    TITLE = "Map"
    TIP = "All digits as the last hidden layer sees them: those alike to the network lie together"

    def __init__(self, shared: Shared) -> None:
        """Begin with what is there already."""
        super().__init__(shared)
        self._examples = shared.session.examples
        self._examples.look_among(shared.digits)
        self.cloud, self.nearest, self.about = CloudView(), NearestRow(), ElidedLabel("")
        self.about.setFont(font(SMALL))
        self.about.setProperty("quiet", True)
        self.card = ChosenCard(self.cloud)
        self.ways = Segments(
            "Lay out by",
            [
                (True, "Islands", "Digits that the network finds alike lie together"),
                (False, "Plane", "The plane on which the activations differ most: distances mean something (PCA)"),
            ],
        )
        self._by_neighbours = True
        self.ways.chosen.connect(self._lay_out_by)
        top = QHBoxLayout()
        top.addWidget(self.about, 1)
        top.addWidget(self.ways)
        self.rows.addLayout(top)
        self.epochs = EpochBar()
        self._run: Run | None = None  # whose epochs can be looked at
        self._maps: list[EpochMap] | None = None
        self._followed: dict[float, Network] | None = None  # of which maps are, or are being made
        self.epochs.chosen.connect(self._show_epoch)
        self._followed_on: Digits | None = None
        shared.session.shown.changed.connect(self._look_at_another)
        shared.digits.changed.connect(self._look_at_another)
        for part, stretch in ((self.cloud, 1), (self.epochs, 0), (self.nearest, 0)):
            self.rows.addWidget(part, stretch)
        self.cloud.chosen.connect(self._show_chosen)
        self.cloud.picked.connect(lambda _: self.card.put_now())
        self.cloud.drawing_moved.connect(self._place_card)
        self.card.put_wanted.connect(self.put_wanted)
        self.card.close_wanted.connect(self._choose_none)
        self.nearest.picked.connect(self.cloud.choose)
        self._examples.changed.connect(self.update_soon)
        self._examples.failed.connect(self.failed)

    def _update(self) -> None:
        """Show the cloud there is, and where the drawing lies in it."""
        if self.epochs.index is None:
            shown = self.shared.session.shown
            run = shown.run
            kept = some_of(shown.kept if run and run.recipe.reads_drawings else [])
            if run is not self._run or kept != list(self.epochs.epochs):
                self._run, self._maps, self._followed = run, None, None
            self.epochs.show_epochs(kept)
        epoch = self._epoch
        self.about.setText(self._told())
        self.ways.setEnabled(epoch is None)
        self.ways.show_value(self._by_neighbours and epoch is None)
        if epoch is None:
            self._show_in_use()
        else:
            seen, plane = self.seen, epoch.projection
            self.cloud.show_cloud(epoch.digits, epoch.places, epoch.names)
            self.cloud.show_drawing(plane.place(last_hidden(plane.network, seen.stages.image)) if seen else None)
            self.nearest.show_none("They are shown for the network in use.")

    def _show_in_use(self) -> None:
        cloud, islands, seen = self._examples.cloud, self._examples.islands, self.seen
        indices, distances = np.empty(0, np.intp), np.empty(0)
        if cloud is None:
            self.cloud.show_cloud(None, np.empty((0, 2)), (), self._told())
            self.cloud.show_drawing(None)
        else:
            places = cloud.places if islands is None or not self._by_neighbours else islands
            names = self._examples.names if places is islands else cloud.names
            words = "This data set has no digits to learn from."
            self.cloud.show_cloud(cloud.digits, places, names, words, stretched=places is islands)
            place = None
            if seen and len(cloud.digits):
                drawn = last_hidden(cloud.projection.network, seen.stages.image)
                indices, distances = cloud.nearest(drawn, K)
                on_plane = places is cloud.places
                place = cloud.projection.place(drawn) if on_plane else place_among(places, indices, distances)
            self.cloud.show_drawing(place, indices.tolist())
        self.nearest.show_nearest(cloud.digits if cloud else None, indices, distances)

    # Epoch by epoch

    @property
    def _epoch(self) -> EpochMap | None:
        """The map of the epoch that is looked at, when it is there."""
        if self.epochs.index is None or not self._maps:
            return None
        at = self.epochs.epochs[self.epochs.index]
        return min(self._maps, key=lambda one: abs(one.epochs - at))

    def _show_epoch(self, index: int | None) -> None:
        digits = self.shared.digits.current
        if index is not None and self._followed is None and self._run and digits:
            networks = {at: self._run.networks[at] for at in self.epochs.epochs if at in self._run.networks}
            self._followed, self._followed_on = networks, digits
            job = partial(epoch_maps, networks, digits.training, partial(self._is_over, networks))
            self.background.run(job, self._take_maps, self._no_maps, latest=_MAPS)
            self.epochs.wait(True)
        self.update_soon()

    def _is_over(self, networks: "dict[float, Network]") -> bool:
        """Return, in the thread, whether maps of others are wanted, giving way to the window before."""
        self.shared.session.trainer.window_priority.give_way()
        return self._followed is not networks

    def _take_maps(self, maps: list[EpochMap] | None) -> None:
        self._maps = maps
        self.epochs.wait(False)
        self.update_soon()

    def _no_maps(self, sentence: str) -> None:
        self._leave_epochs()
        self.failed.emit(sentence)

    def _leave_epochs(self) -> None:
        """Show the network in use, and hold no weights of epochs any more."""
        self._maps = self._followed = None
        self.background.drop(_MAPS)
        self.epochs.wait(False)
        self.epochs.choose(None)

    def _told(self) -> str:
        sets, cloud = self.shared.digits, self._examples.cloud
        if self._run and self.epochs.index is not None:
            if self._maps is None:
                return f"The networks of run #{self._run.number} read the digits."
            at = self.epochs.epochs[self.epochs.index]
            return f"{counted(len(self._maps[0].digits), 'digit')} after epoch {at:g} of run #{self._run.number}"
        if sets.current is None:
            return "The digits are being read." if sets.loading else "There are no digits to show."
        if self._examples.coming or cloud is None:
            return "The network reads the digits, to lay them out."
        if self._by_neighbours and self._examples.islands_coming:
            return "Digits that are alike are being brought together."
        sizes = cloud.projection.network.sizes
        hidden = f"by the {counted(sizes[-2], 'neuron')} of the last hidden layer"
        by = hidden if len(sizes) > 2 else "by their pixels, as there is no hidden layer"
        return f"{counted(len(cloud.digits), 'digit')} of {sets.current.name}, {by}"

    def _look_at_another(self) -> None:
        """Leave the epochs of a run, or of a data set, that is not looked at any more."""
        others = self._followed is not None and self.shared.digits.current is not self._followed_on
        if others or self.shared.session.shown.run is not self._run:
            self._leave_epochs()
            self.update_soon()

    def _lay_out_by(self, neighbours: bool) -> None:
        self._by_neighbours = neighbours
        self.update_soon()

    def _show_chosen(self, index: int | None) -> None:
        self.card.show_digit(self.cloud.digits, index)
        self._place_card()

    def _place_card(self) -> None:
        """Have the card in the corner that is furthest from the drawing, or else from what it shows."""
        if self.cloud.current is None:
            return
        at = self.cloud.drawing_on_screen or self.cloud.place_on_screen(self.cloud.current)
        room, half = self.cloud.size() - self.card.size(), self.card.rect().center()
        corners = [QPoint(x, y) for y in (GAP, room.height() - GAP) for x in (room.width() - GAP, GAP)]
        self.card.move(max(corners, key=lambda corner: math.dist((corner + half).toTuple(), at.toTuple())))

    def _choose_none(self) -> None:
        """Put the card away; what had the focus on it gives that back to the map."""
        had_focus = self.card.has_focus
        self.cloud.choose(None)
        if had_focus:
            self.cloud.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take Escape for the card of the digit chosen, wherever the focus is, before it closes a message."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and self.cloud.current is not None and is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the card of the digit chosen away with Escape."""
        if self.cloud.current is not None and is_escape(event):
            self._choose_none()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in its corner."""
        super().resizeEvent(event)
        self._place_card()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the digits laid out."""
        self._examples.want(self, islands=True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of them, if nobody comes back soon."""
        super().hideEvent(event)
        self._leave_epochs()
        self._examples.want_no_more(self)

    def close_down(self) -> None:
        """Wait for what lays them out."""
        self._leave_epochs()
        self._examples.close_down()
        super().close_down()
