"""A room that a class draws into, as the window deals with it: ``Collecting``."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.classroom.addresses import addresses
from digitpad.data.database import batches
from digitpad.gui.services.background import Background
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.words import counted
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from digitpad.classroom.room import Room
    from digitpad.classroom.server import Server
    from digitpad.data.store import Drawn

_LOOK_MS = 500


class Collecting(QObject):
    """Opens one room at a time, and keeps what comes into it with the person's drawings.

    ``room`` is there from when it is asked for, and ``url`` while it is open. ``kept`` are the numbers of the drawings
    that came into it. Signals: ``addresses_found(list)`` of this machine; ``changed()`` when any of it did;
    ``came()`` when somebody took a seat or sent something; ``closed()``; ``failed(sentence)``;
    ``lost(sentence)`` when it closed down with drawings that could not be kept.
    """

    addresses_found = Signal(object)
    changed = Signal()
    came = Signal()
    closed = Signal()
    failed = Signal(str)
    lost = Signal(str)

    def __init__(self, parent: QObject, drawings: Drawings, model: Model) -> None:
        """Keep with ``drawings``; pads read with ``model``. ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._drawings, self._model = drawings, model
        self.room: Room | None = None
        self.url = ""
        self.kept: list[int] = []
        self._server: Server | None = None
        self._page = b""
        self._closing = False
        self._unkept: list[Drawn] = []  # that are not kept so far
        self._under_way: list[Drawn] = []  # that are being kept
        self._why = self._told = ""  # why they could not be, and what of that was told
        self._over = False  # whether nothing more comes
        self._seats: list[tuple[int, list[int]]] = []
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        drawings.rescued.connect(self._forget_numbers)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def find_addresses(self) -> None:
        """Find out the addresses a room can be opened at."""
        self._background.run(addresses, self.addresses_found.emit)

    @property
    def seats(self) -> list[tuple[int, list[int]]]:
        """The number of each seat that is taken, and how many of each digit came from it."""
        return self._seats

    def open(self, address: str) -> None:
        """Open a room at ``address``, as soon as its page is made, which takes some seconds."""
        if self.room is not None:
            return
        from digitpad.classroom.room import Room

        room = self.room = Room(keep=self._keep)
        self.changed.emit()

        def serve() -> "tuple[bytes, Server]":
            from digitpad.classroom import pages
            from digitpad.classroom.server import Server

            page = self._page or pages.pad(self._model)
            return page, Server(room, page, address)

        self._background.run(serve, self._take_server, self._fail)

    def _keep(self, drawn: "Drawn") -> int:
        """Keep what came, in the thread that answers, so that it is kept before anybody is told."""
        return self._drawings.samples.add_many([drawn])[0]

    def _forget_numbers(self) -> None:
        """Know of none of those that are kept: in another file their numbers may be those of others."""
        self.kept.clear()
        if self.room is not None:
            self.room.take_kept()

    def _take_server(self, made: "tuple[bytes, Server]") -> None:
        self._page, self._server = made
        if self._closing:
            self._end()
            return
        self.url = self._server.url
        self._timer.start()
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.room = None
        self.changed.emit()
        self.failed.emit(sentence)
        if self._closing:
            self._end()

    def _look(self) -> None:
        if self.room is None:
            return
        seats = self.room.seats()
        if kept := self.room.take_kept():
            self.kept += kept
            self._drawings.refresh()
        self._unkept += self.room.take_new()
        self._keep_some()
        if seats != self._seats:
            self._seats = seats
            self.came.emit()

    def _keep_some(self) -> None:
        """Keep the first of them, as a whole or not at all, so that none comes twice with the next try; then others."""
        if self._unkept and not self._under_way:
            self._under_way = next(batches(self._unkept))
            del self._unkept[: len(self._under_way)]
            self._drawings.add(self._under_way, self._note_kept, self._keep_back)

    def _note_kept(self, numbers: list[int]) -> None:
        self._under_way = []
        self.kept.extend(numbers)
        self._told = ""
        self._keep_some()
        self._end_with_all_kept()

    def _keep_back(self, sentence: str) -> None:
        """Try all again with the next look, and say why once, not with each."""
        self._unkept += self._under_way  # behind others, which may fare better
        self._under_way = []
        self._why = sentence
        if sentence != self._told:
            self._told = sentence
            self.failed.emit(sentence)

    def close(self) -> None:
        """Close the room, soon; what came into it stays, as one step that can be taken back, once all is kept."""
        if self._closing:
            return
        self._closing = True
        if self.room is None or self._server is not None:
            self._end()

    def _end(self) -> None:
        server = self._server
        self._server, self.url = None, ""
        self._background.run(lambda: server.close() if server else None, lambda _: self._ended(), must=True)

    def _ended(self) -> None:
        self._background.wait()  # its thread has nothing left to do, and is not there any more once all is closed
        self._over, self._told = True, ""  # what cannot be kept is told once more, and tried until it can
        self._look()  # at what came to the last
        self._end_with_all_kept()

    def _end_with_all_kept(self) -> None:
        if self._over and not self._under_way and not self._unkept:
            self._timer.stop()
            self._drawings.tell_came(self.kept, "the class", self.closed.emit)

    def find_unkept(self) -> tuple[int, str]:
        """Try to keep all that came so far, wait for that, and return how many could not be, and why."""
        self._look()
        tried: list[Drawn] = []
        while self._under_way and self._under_way is not tried:  # unless nobody tells what came of those
            tried = self._under_way
            self._drawings.finish()
        return len(self._under_way) + len(self._unkept), self._why

    def close_down(self) -> None:
        """Close the room, wait until nothing of it is left, and tell what is ``lost``."""
        self._closing = True
        self._background.finish()
        if self._server is not None:
            self._end()
            self._background.finish()
        self._timer.stop()
        self._background.wait()
        n, why = self.find_unkept()
        if n:
            self.lost.emit(f"Lost as the window closed: {counted(n, 'drawing')} of the class. {why}")
