"""The server that a class's browsers reach: what it serves, and what it does not."""

import errno
import http.client
import itertools
import json
import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

from digitpad.classroom import server as servers
from digitpad.classroom.addresses import LOOPBACK, addresses
from digitpad.classroom.room import Room
from digitpad.classroom.server import AT_ONCE, MOST_BYTES, Server, ServerError

PAGE = b"<!DOCTYPE html><p>the pad</p>"
LINE = [[0.5, 0.2], [0.5, 0.5], [0.5, 0.8]]
DRAWING = json.dumps({"label": 3, "strokes": [LINE]})


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def server(room: Room) -> Iterator[Server]:
    before = set(threading.enumerate())
    server = Server(room, PAGE, LOOPBACK, [0])
    yield server
    server.close()
    assert set(threading.enumerate()) <= before


def ask(server: Server, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Answer:
    host = urlsplit(server.url).netloc
    with closing(http.client.HTTPConnection(host, timeout=20)) as connection:
        sent = {"Origin": f"http://{host}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def join(server: Server, code: str, **headers: str) -> Answer:
    form = "application/x-www-form-urlencoded"
    return ask(server, "POST", "/join", urlencode({"code": code}), Content_Type=form, **headers)


def seat(server: Server, room: Room) -> str:
    """Return the cookie of a new seat."""
    return str(join(server, room.code).headers["Set-Cookie"]).partition(";")[0]


def send(server: Server, cookie: str, body: str | bytes = DRAWING, **headers: str) -> Answer:
    return ask(server, "POST", "/drawing", body, Cookie=cookie, **{"Content_Type": "application/json", **headers})


def raw(server: Server, request: bytes) -> bytes:
    """Return all that is answered to bytes."""
    place = urlsplit(server.url)
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=20) as connection:
        with suppress(OSError):
            connection.sendall(request)
        answer = b""
        with suppress(ConnectionError):
            while part := connection.recv(1 << 16):
                answer += part
        return answer


# A class


def test_a_pupil_comes_in_by_the_code_and_sends_a_drawing(server: Server, room: Room) -> None:
    assert b"The code on the teacher" in ask(server, "GET", "/").body
    let_in = join(server, room.code)
    assert (let_in.status, let_in.headers["Location"]) == (303, "/pad")
    cookie, *about = str(let_in.headers["Set-Cookie"]).split("; ")
    assert set(about) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert ask(server, "GET", "/pad", Cookie=cookie).body == PAGE
    assert json.loads(ask(server, "GET", "/place", Cookie=cookie).body) == {"seat": 1, "sent": 0, "asked": 0}
    assert json.loads(send(server, cookie).body) == {"seat": 1, "sent": 1, "asked": 0}
    assert [drawn.label for drawn in room.take_new()] == [3]
    again = join(server, room.code, Cookie=cookie)  # by the door once more, the seat is the same
    assert str(again.headers["Set-Cookie"]).startswith(f"{cookie};")


def _refuse_threads(monkeypatch: pytest.MonkeyPatch, *numbers: int, step: str = "start") -> None:
    """Have a ``step`` on the way to these of the threads that the server begins from now on fail."""
    real, count = getattr(threading.Thread, step), itertools.count(1)

    def take_step(thread: threading.Thread, **given: object) -> None:
        if next(count) in numbers:
            raise RuntimeError("can't start new thread") if step == "start" else MemoryError
        real(thread, **given)

    monkeypatch.setattr(threading.Thread, step, take_step)


@pytest.mark.parametrize("step", ["__init__", "start"])
def test_where_the_system_has_no_thread_for_one_request_those_after_it_are_answered(
    server: Server, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _refuse_threads(monkeypatch, 1, 3, step=step)
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n") == b""
    assert ask(server, "GET", "/").status == 200
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n") == b""  # and the end comes all the same


@pytest.mark.parametrize("step", ["__init__", "start"])
def test_where_the_system_has_no_thread_no_room_is_opened(
    room: Room, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        _refuse_threads(patched, 1, step=step)
        with pytest.raises(ServerError, match="the system has no further thread"):
            Server(room, PAGE, LOOPBACK, [0])


@pytest.mark.parametrize(
    "error", [OSError(errno.EMFILE, "Too many open files"), OSError(errno.ENOBUFS, "No buffers"), MemoryError()]
)
def test_where_the_system_has_not_enough_for_one_more_it_waits_and_then_answers(
    server: Server, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    take, slept, refused = socketserver.TCPServer.get_request, list[float](), iter(range(3))

    def full(http: socketserver.TCPServer) -> object:
        if next(refused, None) is not None:
            raise error
        return take(http)

    monkeypatch.setattr(socketserver.TCPServer, "get_request", full)
    monkeypatch.setattr(time, "sleep", slept.append)
    assert ask(server, "GET", "/").status == 200
    assert slept == [0.1] * 3


def test_twenty_pupils_at_once_lose_nothing(server: Server, room: Room) -> None:
    def pupil(_: int) -> int:
        cookie = seat(server, room)
        assert ask(server, "GET", "/pad", Cookie=cookie).body == PAGE
        return sum(send(server, cookie).status == 200 for _ in range(10))

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(pupil, range(20))) == 200
    drawn = room.take_new()
    assert len(drawn) == 200
    assert {one.writer for one in drawn} == {f"seat {n}, {room.name}" for n in range(1, 21)}


def test_every_answer_says_what_browsers_are_to_do_with_it(server: Server, room: Room) -> None:
    cookie = seat(server, room)
    for answer in (ask(server, "GET", "/"), ask(server, "GET", "/pad", Cookie=cookie), ask(server, "GET", "/none"),
                   join(server, "no"), send(server, cookie)):  # fmt: skip
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Server"].strip() == "digitpad"
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert "frame-ancestors 'none'" in ask(server, "GET", "/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in ask(server, "GET", "/pad", Cookie=cookie).headers["Content-Security-Policy"]


# Who is turned away


def test_nobody_comes_in_without_the_code(server: Server, room: Room) -> None:
    answer = join(server, "<script>")
    assert answer.status == 403
    assert b"That is not the code" in answer.body
    assert "Set-Cookie" not in answer.headers
    assert ask(server, "GET", "/pad").headers["Location"] == "/"
    for cookie in ("", "digitpad-seat=", "digitpad-seat=guessed", 'digitpad-seat="\\777', "a" * 3000, "\x01=;;="):
        assert ask(server, "GET", "/place", Cookie=cookie).status == 401
        assert send(server, cookie).status == 401
    assert room.seats() == []
    assert room.take_new() == []


def test_a_name_of_elsewhere_that_leads_here_is_not_answered(server: Server, room: Room) -> None:
    cookie = seat(server, room)
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80", "localhost", ""):
        assert ask(server, "GET", "/pad", Cookie=cookie, Host=host or " ").status == 421
    host = urlsplit(server.url).netloc
    two = f"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n"
    assert raw(server, two.encode()).startswith(b"HTTP/1.0 421")
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.0 421")
    assert ask(server, "GET", "/", Host=host.replace("127.0.0.1", "localhost")).status == 200


def test_another_page_can_send_nothing(server: Server, room: Room) -> None:
    cookie = seat(server, room)
    for origin in ("", "null", "http://evil.example", f"https://{urlsplit(server.url).netloc}"):
        assert send(server, cookie, Origin=origin).status == 403
        assert ask(server, "POST", "/join", f"code={room.code}", Origin=origin).status == 403
    assert send(server, cookie, Content_Type="text/plain").status == 415
    assert len(room.seats()) == 1
    assert room.take_new() == []


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/pad/../..", "//etc/passwd", "/default.safetensors", "/PAD",
     "/drawing", "/" + "a" * 5000, "/?x=/etc/passwd#", "http://evil.example/pad", "*"],
)  # fmt: skip
def test_no_path_leads_to_anything_else(server: Server, path: str) -> None:
    answer = ask(server, "GET", path)
    assert answer.status == (200 if path.startswith("/?") else 421 if "evil" in path else 404)
    assert b"root:" not in answer.body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "HEAD", "NONSENSE"])
def test_no_other_method_does_anything(server: Server, method: str) -> None:
    assert ask(server, method, "/").status == 501


def head(server: Server, cookie: str, *lines: str) -> bytes:
    host = urlsplit(server.url).netloc
    start = ("POST /drawing HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"Cookie: {cookie}")
    return "\r\n".join([*start, "Content-Type: application/json", *lines, "", ""]).encode()


def test_what_is_malformed_or_too_much_is_refused(server: Server, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = seat(server, room)
    assert send(server, cookie, "a" * (64 << 10)).status == 400
    for lines, status in [
        (["Content-Length: 65537"], 413),
        (["Content-Length: 99999999999999999999"], 411),
        (["Content-Length: -1"], 411),
        (["Content-Length: ten"], 411),
        (["Content-Length: \u0663"], 411),
        ([], 411),
        (["Transfer-Encoding: chunked"], 411),
        (["Transfer-Encoding: chunked", "Content-Length: 5"], 411),
    ]:
        answer = raw(server, head(server, cookie, *lines) + b"5\r\nhello")
        assert re.match(rb"HTTP/1.0 (\d+)", answer), answer
        assert answer.split()[1] == str(status).encode()
    monkeypatch.setattr(servers, "TIME_S", 1.0)  # some of it has no end that could be seen
    for nonsense in (b"\x16\x03\x01\x02\x00\x01\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 1000,
                     b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"GET /" + b"a" * 70_000):  # fmt: skip
        assert not re.match(rb"HTTP/1.0 2", raw(server, nonsense))
    endless = b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 50_000 + b"\r\nY: " + b"a" * (2 * MOST_BYTES)
    assert not re.match(rb"HTTP/1.0 2", raw(server, endless))
    monkeypatch.undo()
    assert room.take_new() == []
    assert send(server, cookie).status == 200


@pytest.mark.parametrize(
    "lines",
    [
        ['Cookie: digitpad-seat="' + "\\" * 60_000 + '"'],
        ["Content-Type: message/x" + "\r\r" + "Content-Type: message/x\r\r" * 1500],
        ["Content-Type: multipart/form-data; boundary*=idna''x"],
        ["Content-Type: multipart/x; boundary*0=a; boundary*=b"],
    ],
)
def test_headers_that_python_s_own_readers_come_to_grief_on_are_answered_at_once_and_tell_nobody(
    server: Server, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    host, before = urlsplit(server.url).netloc, time.process_time()
    request = "\r\n".join(["GET /place HTTP/1.1", f"Host: {host}", *lines, "", ""])
    assert raw(server, request.encode()).split()[1] == b"401"
    assert time.process_time() - before < 1  # where the square of how long they are takes many
    assert not told


def test_a_seat_is_found_among_the_cookies_of_others(server: Server, room: Room) -> None:
    cookie = seat(server, room)
    assert ask(server, "GET", "/place", Cookie=f'a="b; c";{cookie}; =; x').status == 200
    assert ask(server, "GET", "/place", Cookie=f"digitpad-seat2={cookie.partition('=')[2]}").status == 401


def test_who_is_slow_is_left_and_the_others_are_answered(
    server: Server, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "TIME_S", 1.5)
    monkeypatch.setattr(servers, "_WAIT_S", 30.0)  # for as long as a busy machine may take
    cookie, place = seat(server, room), urlsplit(server.url)
    at = (str(place.hostname), place.port or 80)
    slow = [socket.create_connection(at, timeout=20) for _ in range(AT_ONCE + 10)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHo")
    for _ in range(20):  # on a busy machine a request of ours may be too slow, too
        with suppress(OSError):
            assert send(server, cookie).status == 200  # once some of them were given up
            break
    assert len(room.take_new()) == 1
    trickle = socket.create_connection(at, timeout=20)
    begun = time.monotonic()
    with suppress(OSError):
        while time.monotonic() - begun < 15:
            trickle.sendall(b"a")  # each byte comes in time, and all of them never would
            trickle.settimeout(0.05)
            with suppress(TimeoutError):
                if trickle.recv(1) == b"":
                    break
    assert time.monotonic() - begun < 10
    for connection in (*slow, trickle):
        connection.close()


def test_closing_hangs_up_on_who_is_still_there(room: Room) -> None:
    before = set(threading.enumerate())
    server = Server(room, PAGE, LOOPBACK, [0])
    place = urlsplit(server.url)
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=20) as waiting:
        waiting.sendall(b"GET / HTTP/1.1\r\n")
        assert ask(server, "GET", "/").status == 200  # which came later, so that the other is being read
        begun = time.monotonic()
        server.close()
        assert time.monotonic() - begun < servers.TIME_S / 2
        assert waiting.recv(10) == b""
    assert set(threading.enumerate()) <= before
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection((str(place.hostname), place.port or 80), timeout=2).close()


def test_nothing_of_who_asked_is_written_down(server: Server, room: Room, capfd: pytest.CaptureFixture[str]) -> None:
    send(server, seat(server, room))
    ask(server, "GET", "/none")
    raw(server, b"nonsense\r\n\r\n")
    assert capfd.readouterr() == ("", "")
    assert LOOPBACK not in repr(vars(room)) + repr(room.take_new())


def test_a_port_that_is_taken_gives_way_to_the_next_and_an_address_of_elsewhere_is_told(room: Room) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        server = Server(room, PAGE, LOOPBACK, [port, 0])
        assert urlsplit(server.url).port != port
        server.close()
    with pytest.raises(ServerError, match=r"No room can be opened at 192\.0\.2\.77"):
        Server(room, PAGE, "192.0.2.77", [0])


def test_the_last_address_is_for_this_machine_alone() -> None:
    found = addresses()
    assert found[-1] == LOOPBACK
    assert len(set(found)) == len(found)


def test_a_network_that_does_not_say_what_the_machine_s_name_leads_to_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, over = threading.Event(), threading.Event()

    def silent(*_: object) -> list[object]:
        asked.set()
        over.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    monkeypatch.setattr("digitpad.classroom.addresses._PATIENCE_S", 0.05)
    assert addresses()[-1] == LOOPBACK
    assert asked.wait(60)
    over.set()
    for thread in threading.enumerate():
        if thread.name == "addresses":
            thread.join()
