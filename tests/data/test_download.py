"""MNIST's files from mirrors, of which most misbehave."""

import errno
import gzip
import hashlib
import io
import json
import os
import random
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from digitpad.data import download, mnist
from digitpad.data.download import MNIST_FILES, Download, File, Received
from digitpad.errors import Cancelled, DataError, DigitpadError
from tests.threads import refuse_threads

CONTENT = {name: random.Random(name).randbytes(size) for name, size in [("first", 3000), ("second", 200_000)]}
PACKED = {name: gzip.compress(content) for name, content in CONTENT.items()}
FILES = [
    File(name, hashlib.sha256(content).hexdigest(), len(content), len(PACKED[name]))
    for name, content in CONTENT.items()
]
SHORT = 0.3  # s
LONG = 60.0  # s; longer than any test should take


class Answer(BaseHTTPRequestHandler):
    """What a server does with one request: what its mirror is told to do with the file."""

    server: "Server"

    def do_GET(self) -> None:
        mirror, name = self.path.strip("/").removesuffix(".gz").split("/")
        self.server.asked.append(f"{mirror}/{name}")
        self.server.encodings.add(self.headers["Accept-Encoding"])
        try:
            self.server.doing.get(f"{mirror}/{name}", whole(PACKED.get(name, b"")))(self)
        except OSError:  # the other side has gone
            self.close_connection = True

    def head(self, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def forever(self, data: bytes, every: float = 0.0) -> None:
        while not self.server.released.wait(every):
            self.wfile.write(data)

    def silent(self) -> None:
        self.server.silent.set()
        self.server.released.wait(LONG)

    def log_message(self, *_: object) -> None:
        pass


Doing = Callable[[Answer], None]


class Server(ThreadingHTTPServer):
    """Mirrors, each a folder of the server; a mirror gives any file unless it is told to do something else."""

    daemon_threads = False  # so that closing it waits for them

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.doing: dict[str, Doing] = {}  # by mirror/file
        self.asked: list[str] = []
        self.encodings: set[str] = set()
        self.silent = threading.Event()
        self.released = threading.Event()

    def mirror(self, name: str, **doing: Doing) -> str:
        """Return the address of a mirror that does something else for some files."""
        self.doing |= {f"{name}/{file}": what for file, what in doing.items()}
        return f"http://127.0.0.1:{self.server_address[1]}/{name}/"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()
    for thread in threading.enumerate():  # left behind by a download, each in a call that the server has just ended
        if thread.name.startswith("receive "):
            thread.join(LONG)


@pytest.fixture
def refusing() -> Iterator[str]:
    """An address where nobody listens, and nobody will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/"


def holds(folder: Path, *names: str) -> bool:
    """Return whether exactly these files are in the folder, as they should be."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} == {name: CONTENT[name] for name in names}


def whole(body: bytes, *headers: tuple[str, str], status: int = 200) -> Doing:
    def do(answer: Answer) -> None:
        answer.head(("Content-Length", str(len(body))), *headers, status=status)
        answer.wfile.write(body)

    return do


def part(answer: Answer) -> None:
    answer.head(("Content-Length", str(len(PACKED["second"]))))
    answer.wfile.write(PACKED["second"][:100_000])


def part_of_no_length(answer: Answer) -> None:
    answer.head()
    answer.wfile.write(PACKED["second"][:100_000])


def nothing(answer: Answer) -> None:
    answer.close_connection = True


def nonsense(answer: Answer) -> None:
    answer.wfile.write(b"HELLO\r\n\r\n")


def silent(answer: Answer) -> None:
    answer.silent()


def silent_after_headers(answer: Answer) -> None:
    answer.head()
    answer.silent()


def silent_after_a_part(answer: Answer) -> None:
    part(answer)
    answer.silent()


def drip(answer: Answer) -> None:
    answer.head()
    for place in range(len(PACKED["second"])):
        answer.wfile.write(PACKED["second"][place : place + 1])
        if answer.server.released.wait(0.02):
            break


def drip_headers(answer: Answer) -> None:
    answer.wfile.write(b"HTTP/1.1 200 OK\r\nServer: ")
    answer.forever(b"a", every=0.02)


def drip_chunk_size(answer: Answer) -> None:
    answer.head(("Transfer-Encoding", "chunked"))
    answer.forever(b"0", every=0.02)


def endless_digits(answer: Answer) -> None:
    answer.head()
    answer.wfile.write(PACKED["second"][:-8])
    answer.forever(b"\0" * 1000)


def endless_content(answer: Answer) -> None:
    answer.head()
    with gzip.GzipFile(fileobj=answer.wfile, mode="wb") as file:
        while not answer.server.released.is_set():
            file.write(bytes(1000))


def endless_without_content(answer: Answer) -> None:
    answer.head()
    answer.wfile.write(gzip.compress(b"")[:10])  # the header of gzip
    answer.forever(b"\0\0\0\xff\xff" * 1000)  # blocks of no bytes


def endless_page(answer: Answer) -> None:
    answer.head()
    answer.forever(b"<html>" * 1000)


BAD = {
    "dropped": (part, "broke off the connection in the middle of the file"),
    "dropped, of no length": (part_of_no_length, "broke off the connection in the middle of the file"),
    "dropped at once": (nothing, "broke off the connection"),
    "no HTTP": (nonsense, "sent an answer that cannot be understood"),
    "silent": (silent, "does not answer"),
    "silent after the headers": (silent_after_headers, "stopped sending"),
    "silent after a part": (silent_after_a_part, "stopped sending"),
    "a byte now and then": (drip, "sends too slowly"),
    "a byte of a header now and then": (drip_headers, "does not answer"),
    "a byte of a chunk's size now and then": (drip_chunk_size, "stopped sending"),
    "endless content": (endless_content, "sent more than the file holds"),
    "endless without content": (endless_without_content, "sent more than the file holds"),
    "endless page": (endless_page, "sent a page instead of the file"),
    "endless after damage": (endless_digits, "sent damaged data"),
    "page": (whole(b"<html>Log in first</html>", ("Content-Type", "text/html")), "sent a page instead of the file"),
    "not packed": (whole(CONTENT["second"]), "sent a page instead of the file"),
    "damaged": (whole(PACKED["second"][:-9] + b"\0" * 9), "sent damaged data"),
    "other file": (
        whole(gzip.compress(CONTENT["second"][::-1])),
        "sent a file that is not the right one (its SHA-256 is wrong)",
    ),
    "too short a file": (
        whole(gzip.compress(CONTENT["second"][1:])),
        "sent a file that is not the right one (its SHA-256 is wrong)",
    ),
    "too long a file": (whole(gzip.compress(CONTENT["second"] + b"\0")), "sent more than the file holds"),
    "403": (whole(b"no", status=403), "refuses to give the file (HTTP 403)"),
    "404": (whole(b"no", status=404), "does not have the file (HTTP 404)"),
    "500": (whole(b"no", status=500), "is out of order (HTTP 500)"),
}


SLOW = {"does not answer", "stopped sending", "sends too slowly"}


@pytest.mark.parametrize("bad", [*BAD])
def test_what_a_mirror_does_wrong_is_said_and_what_was_fetched_is_kept(
    tmp_path: Path, server: Server, bad: str
) -> None:
    doing, words = BAD[bad]
    names, timeout_s = (["one"], SHORT) if words in SLOW else (["one", "two"], LONG)
    with pytest.raises(DataError) as caught:
        Download(tmp_path, FILES, [server.mirror(name, second=doing) for name in names], timeout_s).run()
    assert str(caught.value) == f"second: cannot be downloaded; 127.0.0.1 {words}."
    assert holds(tmp_path, "first")
    assert server.asked == ["one/first"] + 2 * [f"{name}/second" for name in names]


def complaint(folder: Path, mirror: str) -> str:
    with pytest.raises(DataError) as caught:
        Download(folder, FILES, [mirror], LONG).run()
    assert holds(folder)
    return str(caught.value)


def test_a_refused_connection_is_said(tmp_path: Path, refusing: str) -> None:
    assert complaint(tmp_path, refusing) == "first: cannot be downloaded; 127.0.0.1 refused the connection."


def test_a_proxy_out_of_reach_is_said(tmp_path: Path, refusing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", refusing)
    said = complaint(tmp_path, "http://mirror.invalid/")
    assert said == "first: cannot be downloaded; mirror.invalid cannot be reached through the proxy that is set."


def test_a_server_that_is_not_found_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    said = complaint(tmp_path, "http://mirror.invalid/")
    assert said == "first: cannot be downloaded; mirror.invalid cannot be found (is this computer online?)."


def test_a_wrong_certificate_is_said(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def unproven(*_: object, **__: object) -> None:
        raise ssl.SSLCertVerificationError(1, "self-signed certificate")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", unproven)
    said = complaint(tmp_path, server.mirror("one").replace("http:", "https:"))
    assert said == "first: cannot be downloaded; 127.0.0.1 could not prove that it is the server meant."


def test_any_other_trouble_of_a_connection_is_said(tmp_path: Path, server: Server) -> None:
    said = complaint(tmp_path, server.mirror("one").replace("http:", "https:"))  # a server that does not encrypt
    assert said == "first: cannot be downloaded; 127.0.0.1 cannot be reached."


def test_a_gzip_bomb_takes_neither_memory_nor_disk(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = whole(gzip.compress(bytes(64 << 20)))
    removed, remove = [], os.remove

    def look_and_remove(path: str) -> None:
        removed.append(os.path.getsize(path))
        remove(path)

    monkeypatch.setattr(os, "remove", look_and_remove)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=r"second: .* sent more than the file holds"):
            Download(tmp_path, FILES, [server.mirror("one", second=bomb)], LONG).run()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 << 20
    assert len(removed) == 2
    assert max(removed) <= len(CONTENT["second"])
    assert holds(tmp_path, "first")


def test_files_come_unpacked_into_a_new_folder(tmp_path: Path, server: Server) -> None:
    folder = tmp_path / "new" / "folder"
    assert Download(folder, FILES, [server.mirror("one")]).run() == folder
    assert holds(folder, "first", "second")
    assert server.asked == ["one/first", "one/second"]
    assert server.encodings == {"identity"}


def test_what_a_killed_download_left_in_the_own_folder_goes_with_the_next(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path))
    for folder, stays in ((tmp_path / "mnist", False), (tmp_path / "elsewhere", True)):
        folder.mkdir()
        old, new = folder / "tmpab_d3f9h", folder / "tmpab_d3f9i"
        for left in (old, new):
            left.write_bytes(b"a part")
        os.utime(old, (0, 0))
        Download(folder, FILES, [server.mirror("a")]).run()
        assert old.exists() == stays
        assert new.exists()


def test_a_declared_encoding_and_a_tail_do_not_matter(tmp_path: Path, server: Server) -> None:
    def declared(answer: Answer) -> None:
        answer.head(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
        for piece in (PACKED["second"][:1], PACKED["second"][1:] + b"tail"):
            answer.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        answer.silent()

    Download(tmp_path, FILES, [server.mirror("one", second=declared)]).run()
    assert holds(tmp_path, "first", "second")


def test_the_next_mirror_helps_out_and_is_asked_first_from_then_on(tmp_path: Path, server: Server) -> None:
    mirrors = [server.mirror("one", first=nothing, second=nothing), server.mirror("two")]
    Download(tmp_path, FILES, mirrors).run()
    assert holds(tmp_path, "first", "second")
    assert server.asked == ["one/first", "two/first", "two/second"]


def test_a_mirror_is_tried_again(tmp_path: Path, server: Server) -> None:
    def once_bad(answer: Answer) -> None:
        if server.asked.count("one/second") > 1:
            whole(PACKED["second"])(answer)

    Download(tmp_path, FILES, [server.mirror("one", second=once_bad)]).run()
    assert holds(tmp_path, "first", "second")


def test_where_the_system_has_no_thread_that_is_told_and_no_other_mirror_is_asked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    download = Download(tmp_path, FILES, [server.mirror("one"), server.mirror("two")])
    with monkeypatch.context() as patched:
        refuse_threads(patched)
        with pytest.raises(DataError, match=r"/one/.*cannot be downloaded; the system has no further thread"):
            download.run()
    assert server.asked == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_and_what_is_damaged_is_fetched(tmp_path: Path, server: Server) -> None:
    (tmp_path / "first").write_bytes(CONTENT["first"])
    (tmp_path / "second").write_bytes(CONTENT["second"][:-1])
    Download(tmp_path, FILES, [server.mirror("one")]).run()
    assert holds(tmp_path, "first", "second")
    assert server.asked == ["one/second"]
    seen: list[Received] = []
    Download(tmp_path, FILES, [server.mirror("one")]).run(seen.append)
    assert server.asked == ["one/second"]
    assert seen[-1] == (seen[-1].total, seen[-1].total, None)


class Clock:
    """The seconds that a test says have passed, whatever the machine took for them."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.mark.parametrize("estimate", [0.5, 1.0, 2.0], ids=["larger than thought", "as thought", "smaller than thought"])
@pytest.mark.parametrize("first", [None, part], ids=["first try", "second try"])
def test_progress_never_goes_back_and_ends_at_the_total(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, estimate: float, first: Doing | None
) -> None:
    clock = Clock()
    monkeypatch.setattr(download, "time", clock)
    files = [File(file.name, file.sha256, file.size, int(estimate * file.packed)) for file in FILES]
    mirrors = [server.mirror("one", **({"second": first} if first else {})), server.mirror("two")]
    seen: list[Received] = []

    def report(received: Received) -> None:
        seen.append(received)
        clock.now += 1

    Download(tmp_path, files, mirrors, timeout_s=1e6).run(report)
    received = [each.received for each in seen]
    total = sum(file.packed for file in files)
    assert {each.total for each in seen} == {total}
    assert received == sorted(received)
    assert (received[0], received[-1]) == (0, total)
    assert len(set(received)) > 3
    assert seen[0].seconds_left is None
    assert seen[-1].seconds_left == 0
    told = [(second, each) for second, each in enumerate(seen) if each.seconds_left is not None]
    # What arrived in each second was a byte at least.
    assert all(each.seconds_left is not None and 0 <= each.seconds_left <= total * second for second, each in told)
    if first is None and estimate == 1.0:
        at_this_speed = [(total - each.received) * second / each.received for second, each in told]
        assert [each.seconds_left for _, each in told] == pytest.approx(at_this_speed)


def cancelled_while(silent: threading.Event, fetching: Download) -> float:
    """Cancel a download once the server is silent; return how many seconds it took to end."""
    ends: list[BaseException] = []

    def run() -> None:
        try:
            fetching.run()
        except DigitpadError as error:
            ends.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert silent.wait(LONG)
    since = time.monotonic()
    fetching.cancel()
    thread.join(LONG)
    assert [type(end) for end in ends] == [Cancelled]
    return time.monotonic() - since


@pytest.mark.parametrize("doing", [silent, silent_after_headers, silent_after_a_part])
def test_cancelling_ends_it_soon_though_the_server_is_silent(tmp_path: Path, server: Server, doing: Doing) -> None:
    fetching = Download(tmp_path, FILES, [server.mirror("one", second=doing)], LONG)
    assert cancelled_while(server.silent, fetching) < 1
    assert holds(tmp_path, "first")


def test_cancelling_ends_it_soon_though_no_address_is_found(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(*_: object, **__: object) -> None:
        server.silent.set()
        server.released.wait(LONG)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", search)
    assert cancelled_while(server.silent, Download(tmp_path, FILES, ["http://mirror.invalid/"], LONG)) < 1
    assert holds(tmp_path)


def test_cancelling_wakes_the_thread_that_receives(tmp_path: Path, server: Server) -> None:
    cancelled_while(server.silent, Download(tmp_path, FILES, [server.mirror("one", first=silent_after_headers)], LONG))
    for thread in threading.enumerate():
        if thread.name.startswith("receive "):
            thread.join(LONG / 10)
            assert not thread.is_alive()


def test_cancelling_wakes_a_thread_that_has_no_room_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = threading.Event()

    class Flood:
        """An answer that never ends, of which one chunk is taken, as many wait as may, and one has no room."""

        status_code = 200
        chunks = 0

        def __enter__(self) -> "Flood":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read1(self, *_: object, **__: object) -> bytes:
            self.chunks += 1
            if self.chunks == download.QUEUED_CHUNKS + 2:
                full.set()
            return b"\x1f\x8b"

        def shutdown(self) -> None:
            pass

        @property
        def raw(self) -> "Flood":
            return self

    def cancel_once_full(received: Received) -> None:
        if received.received:
            assert full.wait(LONG)
            fetching.cancel()

    monkeypatch.setattr(requests, "get", lambda *_, **__: Flood())
    fetching = Download(tmp_path, FILES, ["http://mirror.invalid/"], LONG)
    with pytest.raises(Cancelled):
        fetching.run(cancel_once_full)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("receive ")]


def test_cancelling_ends_it_while_all_goes_well_and_before(tmp_path: Path, server: Server) -> None:
    def cancel_in_the_middle(received: Received) -> None:
        if received.received > len(PACKED["first"]):
            fetching.cancel()

    fetching = Download(tmp_path, FILES, [server.mirror("one")])
    with pytest.raises(Cancelled, match="was cancelled"):
        fetching.run(cancel_in_the_middle)
    assert holds(tmp_path, "first")
    with pytest.raises(Cancelled):
        fetching.run()
    assert holds(tmp_path, "first")


def together(count: int) -> Doing:
    """Send a part of the second file, and the rest once so many have it."""
    all_there = threading.Barrier(count)

    def do(answer: Answer) -> None:
        part(answer)
        all_there.wait(LONG)
        answer.wfile.write(PACKED["second"][100_000:])

    return do


def test_two_threads_at_once_succeed(tmp_path: Path, server: Server) -> None:
    mirror = server.mirror("one", second=together(2))
    results: list[Path] = []
    threads = [
        threading.Thread(target=lambda: results.append(Download(tmp_path, FILES, [mirror]).run())) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert results == [tmp_path, tmp_path]
    assert holds(tmp_path, "first", "second")
    assert Counter(server.asked)["one/second"] == 2


def test_two_processes_at_once_succeed_and_print_nothing(tmp_path: Path, server: Server) -> None:
    mirror = server.mirror("one", second=together(2))
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from digitpad.data.download import Download, File\n"
        "folder, files, mirror = json.loads(sys.argv[1])\n"
        "Download(Path(folder), [File(*file) for file in files], [mirror]).run()\n"
    )
    files = [(file.name, file.sha256, file.size, file.packed) for file in FILES]
    command = [sys.executable, "-c", code, json.dumps([str(tmp_path), files, mirror])]
    processes = [
        subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=LONG)[0] for process in processes] == [b"", b""]
    assert [process.returncode for process in processes] == [0, 0]
    assert holds(tmp_path, "first", "second")
    assert Counter(server.asked)["one/second"] == 2


class Full(io.BytesIO):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_no_other_mirror_asked(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "first").write_bytes(CONTENT["first"])
    mirrors = [server.mirror("one"), server.mirror("two")]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", lambda *_: Full())
        with pytest.raises(DataError) as caught:
            Download(tmp_path, FILES, mirrors).run()
    assert str(caught.value) == f"{tmp_path}: cannot be written (No space left on device)."
    assert holds(tmp_path, "first")
    assert server.asked == ["one/second"]


def test_a_folder_that_may_not_be_written_is_said_and_no_mirror_asked(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", denied)  # for root may write anywhere
    with pytest.raises(DataError) as caught:
        Download(tmp_path, FILES, [server.mirror("one")]).run()
    assert str(caught.value) == f"{tmp_path}: cannot be written (Permission denied)."
    assert holds(tmp_path)
    assert server.asked == []


@pytest.mark.parametrize("below", ["", "below"])
def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path, server: Server, below: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / below
    with pytest.raises(DataError) as caught:
        Download(folder, FILES, [server.mirror("one")]).run()
    assert str(caught.value).startswith(f"{folder}: cannot be written (")
    assert server.asked == []


def test_what_is_slow_to_load_is_loaded_when_it_is_needed() -> None:
    code = "import sys, digitpad.data.download; assert not {'pooch', 'requests', 'urllib3'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True)


@pytest.mark.mnist
def test_mnist_itself_comes_whole(tmp_path: Path, server: Server, mnist_folder: Path) -> None:
    packed = {file.name: (mnist_folder / f"{file.name}.gz").read_bytes() for file in MNIST_FILES}
    mirror = server.mirror("one", **{name: whole(content) for name, content in packed.items()})
    Download(tmp_path, MNIST_FILES, [mirror]).run()
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {
        file.name: file.size for file in MNIST_FILES
    }
    assert len(mnist.load(tmp_path).training) == 60_000
