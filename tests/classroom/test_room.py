"""A room that a class draws into, without the network between."""

import json
import time
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import numpy as np
import pytest

from digitpad.classroom import room as rooms
from digitpad.classroom.room import MOST_A_SEAT, MOST_POINTS, MOST_STROKES, SEATS, Refused, Room
from digitpad.data.store import Drawn
from digitpad.errors import StoreError
from tests.clock import Clock

LINE = [[0.5, 0.2], [0.5, 0.5], [0.5, 0.8]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Room:
    return Room(clock)


def content(label: object = 1, strokes: object = None, **more: object) -> bytes:
    return json.dumps({"label": label, "strokes": [LINE] if strokes is None else strokes, **more}).encode()


def refusal(room: Room, key: str, what: bytes) -> Refused:
    with pytest.raises(Refused) as raised:
        room.take(key, what)
    return raised.value


def test_a_drawing_comes_with_its_seat_and_the_strokes_as_they_were_drawn(room: Room) -> None:
    keys = [room.join(room.code) for _ in range(2)]
    assert room.take(keys[1], content(7)) == (2, 1, 0)
    (drawn,) = room.take_new()
    assert drawn.label == 7
    assert drawn.writer == f"seat 2, {room.name}"
    (stroke,) = drawn.strokes
    np.testing.assert_array_equal(stroke, np.column_stack([LINE, np.ones(3)]))
    assert drawn.image.max() > 200
    assert room.take_new() == []
    assert room.seats() == [(1, [0] * 10), (2, [0] * 7 + [1, 0, 0])]


def test_each_seat_is_asked_for_the_ten_digits_in_turn_or_all_for_one(room: Room, clock: Clock) -> None:
    key = room.join(room.code)
    asked = []
    for _ in range(12):
        clock.now += 1
        place = room.place(key)
        asked.append(place.asked)
        room.take(key, content(place.asked))
    assert asked == [*range(10), 0, 1]
    clock.now += 9
    room.asked = 4
    assert room.place(key).asked == 4


@pytest.mark.parametrize("as_typed", ["{}", " {} ", "{:.3}-{}"])
def test_the_code_is_known_however_it_is_typed(room: Room, as_typed: str) -> None:
    code = room.code.lower()
    typed = f" {code[:3]}-{code[3:]} " if "-" in as_typed else as_typed.format(code)
    assert room.join(typed)


@pytest.mark.parametrize("code", ["", "A", "ÄÖÜ", "x" * 100_000, "\ud800"])
def test_another_code_opens_nothing(room: Room, code: str) -> None:
    with pytest.raises(Refused, match="not the code") as raised:
        room.join(code)
    assert raised.value.status == 403
    assert room.seats() == []


def test_wrong_codes_are_tried_one_after_the_other_however_many_try(clock: Clock) -> None:
    inside, waits, together = Semaphore(1), list[float](), list[int]()

    def wait(seconds: float) -> None:
        if not inside.acquire(blocking=False):
            together.append(1)
            return
        waits.append(seconds)
        time.sleep(0)  # whoever else can go on does
        inside.release()

    room = Room(clock, wait)

    def guess(_: int) -> None:
        with pytest.raises(Refused, match="not the code"):
            room.join("nothing")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(guess, range(64)))
    assert not together
    assert waits == [0.02] * 64  # so no more than fifty a second
    assert room.join(room.code)  # which nobody can keep a class from
    assert len(waits) == 64


def test_whoever_joins_again_keeps_the_seat(room: Room) -> None:
    key = room.join(room.code)
    assert room.join(room.code, key) == key
    assert room.join(room.code, "another") not in (key, "another")
    assert [number for number, _ in room.seats()] == [1, 2]
    with pytest.raises(Refused, match="not the code"):
        room.join("nothing", key)


def test_codes_and_keys_are_told_from_no_other(room: Room) -> None:
    keys = {room.join(room.code) for _ in range(SEATS)}
    assert len(keys) == SEATS
    assert len({Room().code for _ in range(50)}) == 50
    assert all(len(key) >= 20 for key in keys)


def test_where_all_seats_are_taken_one_that_sent_nothing_and_is_gone_gives_way(room: Room, clock: Clock) -> None:
    keys = [room.join(room.code) for _ in range(SEATS)]
    for key in keys[1:]:
        room.take(key, content())
    for _ in range(10):
        clock.now += 5
        room.place(keys[0])  # as an open pad does
        with pytest.raises(Refused, match="All 40 seats are taken"):
            room.join(room.code)
    clock.now += 181
    late = room.join(room.code)
    assert room.place(late).seat == 1
    with pytest.raises(Refused, match="no seat"):
        room.place(keys[0])
    room.take(late, content())
    with pytest.raises(Refused, match="All 40 seats are taken") as raised:
        room.join(room.code)
    assert raised.value.status == 503


def test_a_drawing_is_kept_before_its_pad_is_told_or_waits_where_it_cannot_be(clock: Clock) -> None:
    kept, tried, full = list[int](), list[int](), [False]

    def keep(drawn: Drawn) -> int:
        tried.append(drawn.label)
        if full[0]:
            raise StoreError("The disk is full.")
        kept.append(drawn.label)
        return len(kept)

    room = Room(clock, keep=keep)
    key = room.join(room.code)
    for label in (3, 4):
        room.take(key, content(label))
        assert kept[-1] == label
    assert (room.take_kept(), room.take_kept(), room.take_new()) == ([1, 2], [], [])
    full[0] = True
    for label in (5, 6):
        assert room.take(key, content(label)).sent == label - 2
    assert tried == [3, 4, 5]  # where the first waited for the disk, not all do
    assert [drawn.label for drawn in room.take_new()] == [5, 6]
    full[0] = False
    room.take(key, content(7))
    assert room.take_kept() == [3]


def test_what_a_pad_sends_again_comes_once(room: Room) -> None:
    key, other = room.join(room.code), room.join(room.code)
    assert [room.take(key, content(3, number=number)).sent for number in (7, 7, 8, 8)] == [1, 1, 2, 2]
    assert room.take(other, content(3, number=8)).sent == 1
    assert len(room.take_new()) == 3


def test_what_is_sent_again_while_the_first_is_being_kept_waits_for_that(clock: Clock) -> None:
    keeping, go_on = Event(), Event()

    def keep(_: Drawn) -> int:
        keeping.set()
        assert go_on.wait(60)
        return 1

    room = Room(clock, keep=keep)
    key = room.join(room.code)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(room.take, key, content(3, number=7))
        assert keeping.wait(60)
        again = threads.submit(room.take, key, content(3, number=7))
        assert not futures.wait([again], timeout=0.1).done  # as long as nobody could know that it is kept
        go_on.set()
        assert first.result() == again.result() == (1, 1, 0)
    assert room.take_kept() == [1]


def test_what_was_the_last_that_is_taken_is_known_when_it_is_sent_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_A_SEAT", 1)
    key = room.join(room.code)
    assert [room.take(key, content(3, number=7)).sent for _ in range(2)] == [1, 1]
    assert "enough" in str(refusal(room, key, content(3, number=8)))


def test_a_seat_may_ask_so_often_and_no_more(room: Room, clock: Clock) -> None:
    key, other = room.join(room.code), room.join(room.code)
    for _ in range(20):
        room.place(key)
    assert refusal(room, key, content()).status == 429
    assert room.take(other, content()).sent == 1
    clock.now += 1
    assert room.take(key, content()).sent == 1
    assert len(room.take_new()) == 2


def test_a_seat_loads_the_page_so_often_and_no_more(room: Room, clock: Clock) -> None:
    key = room.join(room.code)
    for _ in range(4):
        room.load(key)
    with pytest.raises(Refused, match="loaded often") as raised:
        room.load(key)
    assert raised.value.status == 429
    clock.now += 20
    room.load(key)
    with pytest.raises(Refused, match="no seat"):
        room.load("another")


def test_a_seat_and_a_class_send_so_much_and_no_more(room: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    key, other = room.join(room.code), room.join(room.code)
    for _ in range(MOST_A_SEAT):
        clock.now += 1
        room.take(key, content())
    clock.now += 1
    assert "enough" in str(refusal(room, key, content()))
    monkeypatch.setattr(rooms, "MOST", MOST_A_SEAT + 1)
    room.take(other, content())
    assert "Enough drawings" in str(refusal(room, other, content()))
    monkeypatch.setattr(rooms, "MOST", 10_000)
    monkeypatch.setattr(rooms, "MOST_POINTS_IN_ALL", 100)
    assert "Enough drawings" in str(refusal(room, other, content()))
    assert len(room.take_new()) == MOST_A_SEAT + 1


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        (b"", "cannot be read as JSON"),
        (b"\xff\xfe", "cannot be read as JSON"),
        (b"[" * 60_000, "cannot be read as JSON"),
        (b"9" * 60_000, "cannot be read as JSON"),
        (b"[1]", "a label and strokes, and nothing else"),
        (content(name="Ada"), "a label and strokes, and nothing else"),
        (content(number="7"), "a whole one"),
        (content(number=True), "a whole one"),
        (content(True), "a digit from 0 to 9"),
        (content(10), "a digit from 0 to 9"),
        (content("1"), "a digit from 0 to 9"),
        (content(strokes=[]), "from 1 to 40 strokes"),
        (content(strokes="all"), "from 1 to 40 strokes"),
        (content(strokes=[LINE] * (MOST_STROKES + 1)), "from 1 to 40 strokes"),
        (content(strokes=[[[0.5, 0.5]] * (MOST_POINTS + 1)]), "2,000 points at most"),
        (content(strokes=[[]]), "not a list of points"),
        (content(strokes=[[[0.5, "0.5"]]]), "not a list of points"),
        (content(strokes=[{"x": 1}]), "not a list of points"),
        (content(strokes=[[[0.5, 0.5, 1.0]]]), "A point is [x, y] from 0 to 1"),
        (content(strokes=[[[0.5, 1.5]]]), "A point is [x, y] from 0 to 1"),
        (content(strokes=[[[-1e300, 0.5]]]), "A point is [x, y] from 0 to 1"),
        (b'{"label": 1, "strokes": [[[NaN, 0.5]]]}', "not finite"),
        (b'{"label": 1, "strokes": [[[1e999, 0.5]]]}', "not finite"),
    ],
    ids=lambda what: str(what)[:40],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(room: Room, what: bytes, complaint: str) -> None:
    refused = refusal(room, room.join(room.code), what)
    assert refused.status == 400
    assert complaint in str(refused)
    assert room.take_new() == []
    assert room.seats() == [(1, [0] * 10)]
