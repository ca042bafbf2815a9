"""A room that a class draws into: who has which seat, what each is asked to draw, and how much may come."""

import contextlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

import numpy as np

from digitpad.data.store import Drawn, drawn_now
from digitpad.data.strokes import drawing_of, points_in
from digitpad.draw.drawing import Points
from digitpad.errors import DataError, DigitpadError

SEATS = 40
MOST_A_SEAT, MOST = 200, 4000  # drawings
MOST_STROKES, MOST_POINTS = 40, 2000  # of a drawing
MOST_POINTS_IN_ALL = 1_500_000  # of all drawings: a digit has some 60
CODE_LETTERS = 6

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is taken for something else
_KEY_BYTES = 16
_BURST, _A_SECOND = 20, 1.0  # requests of a seat at once, and after that
_PAGES, _PAGES_A_SECOND = 4, 0.05  # times that a seat loads the page, which is large
_WRONG_S = 0.02  # for which a wrong code holds up the next one, whoever tries it
_GONE_S = 180.0  # without a word: an open pad asks for its place every few seconds, behind others once a minute


class Refused(DigitpadError):
    """What a room does not take: ``status`` is that of HTTP, and the sentence is for whoever sent it."""

    def __init__(self, status: int, sentence: str) -> None:
        """Say ``sentence``."""
        super().__init__(sentence)
        self.status = status


class Bucket:
    """Lets through so many at once, and after that so many a second."""

    def __init__(self, burst: int, a_second: float, clock: Callable[[], float]) -> None:
        """Begin full; ``clock`` tells seconds."""
        self._burst, self._a_second, self._clock = burst, a_second, clock
        self._left, self._at = float(burst), clock()

    def take(self) -> bool:
        """Let one more through, or return False."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(eq=False)
class Seat:
    """One pad. ``drawings`` is how many of each digit it has sent; it was ``heard`` of last at that time.

    ``last`` is the number that it gave to what it sent last.
    """

    number: int
    requests: Bucket
    pages: Bucket
    heard: float
    last: int | None = None
    taking: Lock = field(default_factory=Lock)  # what is sent again comes behind what it repeats
    drawings: list[int] = field(default_factory=lambda: [0] * 10)

    @property
    def total(self) -> int:
        """How many drawings it has sent."""
        return sum(self.drawings)


class Place(NamedTuple):
    """What a pad is told: its seat, how many drawings it has sent, and the digit it is asked for."""

    seat: int
    sent: int
    asked: int


class Room:
    """Takes drawings from pads that know its ``code``, each under a key of its own. Every call may be from any thread.

    ``asked`` is the digit that all are asked for; None for each of the ten in turn. Nothing is known of a pad but its
    seat: no name and no address.

    A drawing is kept before its pad is told that it came, or waits in ``take_new`` where it cannot be.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
        keep: Callable[[Drawn], int] | None = None,
    ) -> None:
        """Open with no seat taken; ``clock`` tells seconds, and ``wait`` lets so many go by.

        ``keep`` returns the number that a drawing is kept under, or raises DigitpadError; without it all of them wait.
        """
        self.code = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LETTERS))
        self.name = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
        self.asked: int | None = None
        self._clock, self._wait, self._keep = clock, wait, keep
        self._lock, self._trying, self._drawing, self._keeping = Lock(), Lock(), Lock(), Lock()
        self._seats: dict[bytes, Seat] = {}  # by what the key comes to
        self._kept: list[int] = []
        self._new: list[Drawn] = []
        self._points = 0  # that came, in all

    def join(self, code: str, key: str = "") -> str:
        """Return the key of a new seat; whoever has the ``key`` of one keeps it, so that a hand has one seat.

        A seat from which nothing came, and whose pad is gone, gives way where all are taken. Raises Refused for another
        code, and where there is no seat left.
        """
        told = "".join(letter for letter in code.upper()[:64] if letter.isalnum())
        with self._trying:  # one after the other: so many can be tried a second, and the right one gets its turn
            if not hmac.compare_digest(told.encode(), self.code.encode()):
                self._wait(_WRONG_S)
                raise Refused(403, "That is not the code on the teacher's screen.")
        with self._lock:
            now = self._clock()
            if seat := self._seats.get(_digest(key)):
                seat.heard = now
                return key
            number = len(self._seats) + 1
            if number > SEATS:
                empty = (it for it, seat in self._seats.items() if not seat.total and now - seat.heard > _GONE_S)
                unused = next(empty, None)
                if unused is None:
                    raise Refused(503, f"All {SEATS} seats are taken.")
                number = self._seats.pop(unused).number
            key = secrets.token_urlsafe(_KEY_BYTES)
            requests = Bucket(_BURST, _A_SECOND, self._clock)
            self._seats[_digest(key)] = Seat(number, requests, Bucket(_PAGES, _PAGES_A_SECOND, self._clock), now)
            return key

    def place(self, key: str) -> Place:
        """Return what the pad with this ``key`` is to be told. Raises Refused."""
        with self._lock:
            return self._place(self._seat(key))

    def load(self, key: str) -> None:
        """Let the page be loaded for this ``key``. Raises Refused, also where it was loaded often just now."""
        with self._lock:
            if not self._seat(key).pages.take():
                raise Refused(429, "This pad was loaded often just now. Wait a minute, then load it again.")

    def take(self, key: str, content: bytes) -> Place:
        """Take a drawing, JSON with its "label" and its "strokes", and return what the pad is to be told then.

        A stroke is a list of points [x, y] in sides of the pad. With a "number", too, a drawing that a pad sends again,
        as it waited too long for an answer, comes once. Raises Refused for anything else, and for too much.
        """
        with self._lock:
            seat = self._seat(key)
        label, strokes, number = _drawing_in(content)
        with seat.taking:
            return self._take(seat, label, strokes, number)

    def _take(self, seat: Seat, label: int, strokes: tuple[Points, ...], number: int | None) -> Place:
        with self._lock:
            if number is not None and number == seat.last:
                return self._place(seat)
            self._check_enough(seat)
        with self._drawing:  # one at a time: the window, too, has something to do
            image = drawing_of(strokes).stages().image
        drawn = drawn_now(label, strokes, image, writer=f"seat {seat.number}, {self.name}")
        with self._lock:
            self._check_enough(seat)  # others may have been quicker
            seat.last = number
            seat.drawings[label] += 1
            self._points += sum(map(len, strokes))
        self._keep_or_wait(drawn)
        with self._lock:
            return self._place(seat)

    def _keep_or_wait(self, drawn: Drawn) -> None:
        """Keep what came, one at a time: where one cannot be kept those behind it do not try for as long, too."""
        with self._keeping:
            number = None
            try:
                if self._keep and not self._new:
                    with contextlib.suppress(DigitpadError, MemoryError):  # whoever takes what waits finds out why
                        number = self._keep(drawn)
            finally:  # it is counted, whatever happens
                with self._lock:
                    if number is None:
                        self._new.append(drawn)
                    else:
                        self._kept.append(number)

    def seats(self) -> list[tuple[int, list[int]]]:
        """Return each seat's number, in order, and how many of each digit came from it."""
        with self._lock:
            return sorted((seat.number, list(seat.drawings)) for seat in self._seats.values())

    def take_kept(self) -> list[int]:
        """Return the numbers of the drawings that were kept since this was called last."""
        with self._lock:
            kept, self._kept = self._kept, []
            return kept

    def take_new(self) -> list[Drawn]:
        """Return the drawings that came since this was called last and are not kept."""
        with self._lock:
            new, self._new = self._new, []
            return new

    def _seat(self, key: str) -> Seat:
        # What is looked up is no secret: how long that takes tells nothing of the key.
        seat = self._seats.get(_digest(key))
        if seat is None:
            raise Refused(401, "This pad has no seat. Enter the code on the teacher's screen.")
        if not seat.requests.take():
            raise Refused(429, "That was fast. Wait a moment, then send it again.")
        seat.heard = self._clock()
        return seat

    def _check_enough(self, seat: Seat) -> None:
        if seat.total >= MOST_A_SEAT:
            raise Refused(403, f"{MOST_A_SEAT} drawings came from this seat, which is enough. Thank you!")
        if sum(each.total for each in self._seats.values()) >= MOST or self._points >= MOST_POINTS_IN_ALL:
            raise Refused(403, "Enough drawings came from the class. Thank you!")

    def _place(self, seat: Seat) -> Place:
        fewest = min(range(10), key=lambda digit: seat.drawings[digit])
        return Place(seat.number, seat.total, fewest if self.asked is None else self.asked)


def _digest(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()


def _drawing_in(content: bytes) -> tuple[int, tuple[Points, ...], int | None]:
    """Return the digit, its strokes, (n, 3) each with full pressure, and the number of the drawing. Raises Refused."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(400, "This is no drawing: it cannot be read as JSON.") from None
    if not isinstance(told, dict) or told.keys() - {"number"} != {"label", "strokes"}:
        raise Refused(400, "A drawing has a label and strokes, and nothing else.")
    label, strokes, number = told["label"], told["strokes"], told.get("number")
    if type(number) not in (int, type(None)):
        raise Refused(400, "The number of a drawing is a whole one.")
    if type(label) is not int or not 0 <= label <= 9:  # True is a whole number to Python
        raise Refused(400, "A label is a digit from 0 to 9.")
    if not isinstance(strokes, list) or not 1 <= len(strokes) <= MOST_STROKES:
        raise Refused(400, f"A drawing has from 1 to {MOST_STROKES} strokes.")
    if sum(len(stroke) for stroke in strokes if isinstance(stroke, list)) > MOST_POINTS:
        raise Refused(400, f"A drawing has {MOST_POINTS:,} points at most.")
    try:
        read = [points_in("This", stroke) for stroke in strokes]
    except DataError as error:
        raise Refused(400, str(error)) from None
    if any(points.shape[1] != 2 or points.min() < 0 or points.max() > 1 for points in read):
        raise Refused(400, "A point is [x, y] from 0 to 1, in sides of the pad.")
    return label, tuple(np.column_stack([points, np.ones(len(points))]) for points in read), number
