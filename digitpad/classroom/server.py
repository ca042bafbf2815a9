"""The server that a class's browsers reach: bounded in everything, bound to one address, and quiet.

It serves one page, takes drawings for a ``Room``, and knows nothing else: no file is named by a request, nothing is
run, and nothing of who asked is kept or written down. Python's own ``http.server`` reads requests; here is what bounds
them: how many are answered at once, how long each may take and how much it may say.
"""

import contextlib
import errno
import http.client
import io
import json
import os
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import BoundedSemaphore, Lock
from typing import Any
from urllib.parse import parse_qs

from digitpad.classroom.addresses import LOOPBACK
from digitpad.classroom.pages import door, door_policy
from digitpad.classroom.room import Refused, Room
from digitpad.errors import DigitpadError, reason
from digitpad.files.threads import Thread

AT_ONCE = 64  # requests
MOST_BYTES = 96 << 10  # of a request, its headers included
TIME_S = 10.0  # for a request to come
SEND_S = 60.0  # for the answer to go: the page is large, and all ask for it at once

_BODY_BYTES = 64 << 10
_WAIT_S = 1.0  # for another request to be over, where there are as many as may be
_POLL_S = 0.1
# What a system says that has too many files open, or too little memory, for another connection.
_NOT_ENOUGH = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, getattr(errno, "WSAEMFILE", errno.EMFILE)}
_COOKIE = "digitpad-seat"
_PORTS = (8000, 8080, 0)  # that are tried: short ones first, and then any
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class ServerError(DigitpadError):
    """The server cannot be opened."""


class Server:
    """Serves ``page`` to pads, and takes their drawings for ``room``, until it is closed."""

    def __init__(self, room: Room, page: bytes, address: str, ports: Sequence[int] = _PORTS) -> None:
        """Begin, in threads of its own, at one ``address`` of this machine, at the first of ``ports`` that is free.

        Port 0 is any. Raises ServerError where it cannot.
        """
        for port in ports:
            try:
                self._http = _Http((address, port), room, page)
                break
            except OSError as error:
                if port == ports[-1]:
                    raise ServerError(f"No room can be opened at {address} ({reason(error)}).") from error
        try:
            self._thread = Thread(target=self._http.serve_forever, args=(_POLL_S,), name="classroom")
            self._thread.start()
        except (RuntimeError, MemoryError) as error:
            self._http.server_close()
            raise ServerError(f"No room can be opened at {address} (the system has no further thread).") from error

    @property
    def url(self) -> str:
        """What a browser is told."""
        return f"http://{self._http.host}/"

    def close(self) -> None:
        """Answer nobody any more, and wait until all threads have ended."""
        self._http.shutdown()
        self._http.hang_up()
        self._http.server_close()
        self._thread.join()


class _Http(HTTPServer):
    """Answers so many requests at once, each in a thread that ends with it."""

    request_queue_size = AT_ONCE
    allow_reuse_address = os.name == "posix"  # elsewhere another program could take the port, too

    def __init__(self, at: tuple[str, int], room: Room, page: bytes) -> None:
        self.room, self.page = room, page
        self._places = BoundedSemaphore(AT_ONCE)
        self._open: set[socket.socket] = set()
        self._answering: list[Thread] = []
        self._lock = Lock()
        super().__init__(at, _Handler)
        self.host = f"{at[0]}:{self.server_port}"
        self.hosts = {self.host, f"localhost:{self.server_port}"} if at[0] == LOOPBACK else {self.host}

    def server_bind(self) -> None:
        """Bind it; unlike its base, ask no name server what the address is called."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take the next who comes; where the system has not enough for one it waits, or it would try without a pause.

        Raises OSError, which ends nothing.
        """
        try:
            return super().get_request()
        except (OSError, MemoryError) as error:
            number = errno.ENOMEM if isinstance(error, MemoryError) else error.errno
            if number in _NOT_ENOUGH:
                time.sleep(_POLL_S)
            raise OSError(number, "nobody was taken") from error

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, once one of those before is over.

        Whoever comes when all stay busy, or when the system has no thread or no memory for one, is not answered; those
        who come later are.
        """
        if not self._places.acquire(timeout=_WAIT_S):
            self.shutdown_request(request)
            return
        try:
            with self._lock:
                self._open.add(request)
            answering = [one for one in self._answering if one.is_alive()]
            thread = Thread(target=self.process_request_thread, args=(request, client_address))
            answering.append(thread)
            thread.start()
        except (RuntimeError, MemoryError):
            self._leave(request)
            self.shutdown_request(request)
        else:
            self._answering = answering

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for another."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)
            self._leave(request)

    def _leave(self, request: socket.socket) -> None:
        with self._lock:
            self._open.discard(request)
        self._places.release()

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        """Write nothing down of connections that broke; a mistake of the program goes on to who is told of those."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            raise error

    def server_close(self) -> None:
        """Let go of the port, and wait for those that answer."""
        super().server_close()
        for thread in self._answering:
            thread.join()

    def hang_up(self) -> None:
        """End what is still being read or answered."""
        with self._lock:
            for request in self._open:
                with contextlib.suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)


class _Bounded(io.RawIOBase):
    """What comes from a connection: so much, and until a deadline, however slowly. Raises TimeoutError after it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._left, self._deadline = MOST_BYTES, time.monotonic() + TIME_S

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left_s = self._deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._connection.settimeout(left_s)
        n = self._connection.recv_into(buffer, min(len(buffer), self._left)) if self._left else 0
        self._left -= n
        return n


class _Headers(http.client.HTTPMessage):
    """What stands before a request.

    Python reads it as a message of e-mail, and would go on to its parts where it is said to have some: into an error of
    its own, or for as long as the square of how much is said. No request has parts.
    """

    def get_content_type(self) -> str:
        """Return that of plain text, whatever stands there."""
        return "text/plain"

    def get_content_maintype(self) -> str:
        """Return that of plain text, whatever stands there."""
        return "text"


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    server_version, sys_version = "digitpad", ""
    MessageClass = _Headers

    def setup(self) -> None:
        """Read with bounds; what is written has the same time, all of it together."""
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(_Bounded(self.connection))

    def handle(self) -> None:
        """Answer one request; a connection that breaks or is too slow just ends."""
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing down."""

    def send_error(self, code: int, _message: str | None = None, _explain: str | None = None) -> None:
        """Answer what was wrong with the request itself."""
        self._answer(code, f"{HTTPStatus(code).phrase}.\n".encode(), "text/plain; charset=utf-8")

    def do_GET(self) -> None:
        """Serve the door, the pad for whoever has a seat, or what that is asked to draw."""
        self._guarded({"/": self._show_door, "/pad": self._show_pad, "/place": self._show_place})

    def do_POST(self) -> None:
        """Let somebody in, or take a drawing."""
        self._guarded({"/join": self._join, "/drawing": self._take})

    def _guarded(self, answers: Mapping[str, Any]) -> None:
        """Answer a request that is for this server, and from its own pages where it changes something."""
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:  # also where a name of elsewhere leads here
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"This is another server.\n", "text/plain; charset=utf-8")
            return
        if self.command == "POST" and self.headers.get("Origin") != f"http://{hosts[0]}":
            self._answer(HTTPStatus.FORBIDDEN, b"This comes from another page.\n", "text/plain; charset=utf-8")
            return
        answer = answers.get(self.path.partition("?")[0])
        if answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        try:
            answer()
        except Refused as error:
            self._say({"trouble": str(error)}, error.status)

    def _show_door(self) -> None:
        self._answer(HTTPStatus.OK, door(), "text/html; charset=utf-8", {"Content-Security-Policy": door_policy()})

    def _join(self) -> None:
        try:
            told = parse_qs(self._body().decode("utf-8", "replace"), max_num_fields=3)
            key = self.server.room.join(told.get("code", [""])[0], self._key)
        except ValueError:
            raise Refused(HTTPStatus.BAD_REQUEST, "This is no code.") from None
        except Refused as error:
            policy = {"Content-Security-Policy": door_policy()}
            self._answer(error.status, door(str(error)), "text/html; charset=utf-8", policy)
            return
        cookie = f"{_COOKIE}={key}; HttpOnly; SameSite=Strict; Path=/"
        self._answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Location": "/pad", "Set-Cookie": cookie})

    def _show_pad(self) -> None:
        try:
            self.server.room.load(self._key)
        except Refused as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
            self._answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Location": "/"})
            return
        policy = {"Content-Security-Policy": "frame-ancestors 'none'"}  # the rest stands in the page itself
        self._answer(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8", policy)

    def _show_place(self) -> None:
        self._say(self.server.room.place(self._key)._asdict())

    def _take(self) -> None:
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":  # which no form of another page can send
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A drawing is sent as JSON.")
        self._say(self.server.room.take(self._key, self._body())._asdict())

    @property
    def _key(self) -> str:
        for cookie in self.headers.get("Cookie", "").split(";"):  # Python's own reader may take very long for one
            name, _, value = cookie.partition("=")
            if name.strip() == _COOKIE:
                return str(value.strip())
        return ""

    def _body(self) -> bytes:
        """Return what comes after the headers. Raises Refused where its length is not told, or is too much."""
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()) or len(length) > 9:
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "How long this is must be told.")
        if int(length) > _BODY_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too much for a drawing.")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionError
        return body

    def _say(self, told: Mapping[str, object], status: int = HTTPStatus.OK) -> None:
        self._answer(status, json.dumps(told).encode(), "application/json")

    def _answer(self, status: int, content: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.connection.settimeout(SEND_S)
        self.send_response(status)
        first = {"Content-Type": kind, "Content-Length": str(len(content))}
        for name, value in (first | _HEADERS | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
