"""A small set of digits that passes for MNIST, and a web server on this machine that gives it as a mirror does."""

import gzip
import hashlib
import http.server
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from digitpad.data import download, mnist
from digitpad.data.download import Download
from tests import digits


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of digits that passes for MNIST."""
    folder = tmp_path / "elsewhere"
    digits.folder(folder, training=30, test=10)
    payloads = {name: hashlib.sha256(content).hexdigest() for name, content in unpacked(folder).items()}
    monkeypatch.setattr(mnist, "PAYLOADS", payloads)
    return folder


def unpacked(folder: Path) -> dict[str, bytes]:
    """What the files in the folder hold, by their names as MNIST has them."""
    contents = {file.name.removesuffix(".gz"): file.read_bytes() for file in folder.iterdir()}
    return {name: gzip.decompress(it) if it[:2] == b"\x1f\x8b" else it for name, it in contents.items()}


def from_mirror(address: str, files: Sequence[download.File] = download.MNIST_FILES) -> Callable[[Path], Download]:
    """What makes a download of ``files`` from this mirror alone."""
    return lambda folder: Download(folder, files, [address], 5.0)


@pytest.fixture
def mirror(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Download]]:
    """What makes a download of the set from a mirror on this machine."""
    contents = unpacked(folder)
    files = tuple(
        download.File(name, hashlib.sha256(it).hexdigest(), len(it), len(gzip.compress(it)))
        for name, it in contents.items()
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = gzip.compress(contents[self.path.strip("/").removesuffix(".gz")])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    _no_proxy(monkeypatch)
    yield from_mirror(address, files)
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Silent:
    """A mirror that takes a request, sends the beginning of an answer, and then is silent; ``reached`` once it is."""

    address: str
    reached: threading.Event


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Silent]:
    """Such a mirror on this machine."""
    reached, let_go = threading.Event(), threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 9912422\r\n\r\n\x1f\x8b")
            self.wfile.flush()
            reached.set()
            let_go.wait(10)

    _no_proxy(monkeypatch)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield Silent(f"http://127.0.0.1:{server.server_address[1]}/", reached)
        let_go.set()
        server.shutdown()
    thread.join()
    for other in threading.enumerate():
        if other.name.startswith("receive "):
            other.join(5)


def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
